"""Rules for Markdown: what a chat can show, and what is safe to tap."""

from collections.abc import Mapping

from tutorbot.curriculum.rule import Rule

MARKUP: Mapping[str, Rule] = {
    "html": Rule(
        "HTML is not shown.",
        "Write Markdown. Only '<!-- id: name -->' may stay, on its own line.",
        "A chat cannot show it.",
        before=("## The signs\nIt makes you <b>hurry</b>."),
        after=("## The signs\nIt makes you **hurry**."),
    ),
    "table": Rule(
        "A table does not fit a phone.",
        "Write a list.",
        "A chat cannot show it.",
        before=("## Who to ring\n| Where | Number |\n|---|---|\n| Scotland | 101 |"),
        after=("## Who to ring\n- Scotland: 101"),
    ),
    "code-block": Rule(
        "This is read as computer code.",
        "Remove the ``` or the spaces before it.",
        "It is hard to read in a chat.",
        before=("## Who to ring\nRing this number:\n\n    101"),
        after=("## Who to ring\nRing this number:\n\n101"),
    ),
    "nested-list": Rule(
        "This list is inside another list.",
        "Make one list of them.",
        "It is hard to follow.",
        before=("## The signs\n- The sender\n  - a wrong letter\n  - a long name"),
        after=("## The signs\n- The sender has a wrong letter.\n- The sender has a long name."),
    ),
    "divider": Rule(
        "A line across the page is not shown.",
        "Begin a new card with '## '.",
        "A chat has no pages.",
        before=("## The signs\nIt makes you hurry.\n\n***\n\nIt wants money."),
        after=("## The signs\nIt makes you hurry.\n\n## More signs\nIt wants money."),
    ),
    "reference-link": Rule(
        "This address is apart from its link.",
        "Write [words](https://...).",
        "A card stands alone.",
        before=("## Report it\nRead [how to report it][1].\n\n[1]: https://www.gov.uk/report"),
        after=("## Report it\nRead [how to report it](https://www.gov.uk/report)."),
    ),
    "relative-link": Rule(
        "The link '{link}' is not a full address.",
        "Write it from https:// on.",
        "It leads nowhere.",
        before=("## Report it\nRead [how to report it](report.md)."),
        after=("## Report it\nRead [how to report it](https://www.gov.uk/report)."),
    ),
    "unsafe-link": Rule(
        "'{link}' is not a web address.",
        "Use one from https:// on.",
        "A link must be safe to tap.",
        before=("## Report it\nRing [the police](tel:101)."),
        after=("## Report it\nRing the police on **101**."),
    ),
    "no-alt": Rule(
        "This picture has no description.",
        "Write ![what it shows](name).",
        "Some cannot see it.",
        before=("## The sender\n![](images/a.png)"),
        after=("## The sender\n![An email with its sender marked](images/a.png)"),
    ),
    "picture-place": Rule(
        "This picture is not alone on its line.",
        "Put it on a line of its own on a card, outside lists and quotes.",
        "A message shows its picture on top.",
        before=("## The sender\nLook: ![An email with its sender marked](images/a.png)"),
        after=("## The sender\nLook:\n\n![An email with its sender marked](images/a.png)"),
    ),
    "two-pictures": Rule(
        "This card has two pictures.",
        "Keep one, or make two cards.",
        "A message has one picture.",
        before=("## The sender\n![A real sender](images/a.png)\n\n![A false sender](images/b.png)"),
        after=(
            "## A real sender\n![A real sender](images/a.png)\n\n## A false sender\n![A false sender](images/b.png)"
        ),
    ),
    "picture-outside": Rule(
        "'{name}' is not in the lessons folder.",
        "Put the picture beside the lesson, as in images/name.png.",
        "Only that folder is shown to learners.",
        before=("## The sender\n![A real sender](../../Desktop/a.png)"),
        after=("## The sender\n![A real sender](images/a.png)"),
    ),
    "picture-missing": Rule(
        "There is no picture '{name}'.",
        "Add the file or correct the name.",
        "Nobody sees it.",
        before="![A real sender](images/seder.png)",
        after="![A real sender](images/sender.png)",
    ),
    "picture-kind": Rule(
        "'{name}' is not a PNG or JPEG picture.",
        "Save it as name.png or name.jpg.",
        "Phones show these.",
        before="![A real sender](images/sender.svg)",
        after="![A real sender](images/sender.png)",
    ),
    "picture-big": Rule(
        "'{name}' has {size} kB; 100 is the most.",
        "Make it smaller.",
        "Learners pay for data.",
        before="images/sender.png, 2,400 kB",
        after="images/sender.png, 60 kB",
    ),
}
