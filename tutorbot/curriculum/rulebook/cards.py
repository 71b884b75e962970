"""Rules for cards: their headings, their number, their length."""

from collections.abc import Mapping

from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.rule import Rule

CARDS: Mapping[str, Rule] = {
    "unfinished": Rule(
        "This still waits for your words.",
        "Write them, and take 'CHANGE THIS' out.",
        "A lesson is not taught before it is finished.",
        before="## Why it matters\nCHANGE THIS. Say why it helps people.",
        after="## Why it matters\nA fake email makes you hurry.",
    ),
    "title": Rule(
        "The title in the text and in the header differ.",
        "Write '# {title}' below the header.",
        "Who reads the file sees one, who learns the other.",
        before=("title: Spot a fake email\n...\n# Fake emails"),
        after=("title: Spot a fake email\n...\n# Spot a fake email"),
        level=Level.WARNING,
    ),
    "lost-text": Rule(
        "This stands before the first card.",
        "Put it under a line '## Heading'.",
        "Nobody sees it.",
        before=("# Spot a fake email\n\nA fake email makes you hurry."),
        after=("# Spot a fake email\n\n## Why it matters\nA fake email makes you hurry."),
    ),
    "no-cards": Rule(
        "This lesson is empty.",
        "Add a line '## Heading' and text under it.",
        "It would be a dead end.",
        before="# Spot a fake email",
        after=("# Spot a fake email\n\n## Why it matters\nA fake email makes you hurry."),
    ),
    "empty-card": Rule(
        "This card is empty.",
        "Write text under its heading.",
        "It would puzzle people.",
        before=("## The signs\n\n## What to do\nDelete it."),
        after=("## The signs\nIt makes you hurry.\n\n## What to do\nDelete it."),
    ),
    "empty-heading": Rule(
        "This heading has no words.",
        "Write '## ' and a few words.",
        "Progress is kept by it.",
        before=("## ...\nIt makes you hurry."),
        after=("## The signs\nIt makes you hurry."),
    ),
    "other-heading": Rule(
        "Only '## ' begins a card.",
        "Write '## ' for a new card, or **bold** text.",
        "A chat has no smaller headings.",
        before=("## The signs\nLook at these.\n\n### The sender\nIs the name spelled right?"),
        after=("## The signs\nLook at these.\n\n**The sender.** Is the name spelled right?"),
    ),
    "course-heading": Rule(
        "A course page has no headings.",
        "Remove it, or move it to a lesson.",
        "Nobody sees it.",
        before=("## About this course\nYou learn to stay safe."),
        after="You learn to stay safe.",
    ),
    "repeated-card": Rule(
        "Another card of this lesson has the id '{id}'.",
        "Change the heading, or add a line '<!-- id: another-name -->' below it.",
        "Progress is remembered by id.",
        before=("## The signs\nIt makes you hurry.\n\n## The signs\nIt wants money."),
        after=("## The signs\nIt makes you hurry.\n\n## More signs\nIt wants money."),
    ),
    "two-ids": Rule(
        "This card has two ids.",
        "Keep one.",
        "Progress is remembered by id.",
        before=("## The signs\n<!-- id: signs -->\n<!-- id: what-to-look-for -->\nIt makes you hurry."),
        after=("## The signs\n<!-- id: signs -->\nIt makes you hurry."),
    ),
    "long-card": Rule(
        "This card has {size} letters; 900 is the most.",
        "Make two cards of it.",
        "It must fit one message.",
        before=("## Why it matters\n(a text of 1,100 letters)"),
        after=("## Why it matters\n(its first half)\n\n## What to look at\n(its second half)"),
    ),
    "wordy-card": Rule(
        "This card has {size} words; 120 is a lot on a phone.",
        "Make two cards of it.",
        "One idea a card.",
        before=("## Why it matters\n(a text of 140 words)"),
        after=("## Why it matters\n(its first half)\n\n## What to look at\n(its second half)"),
        level=Level.WARNING,
    ),
    "many-cards": Rule(
        "This lesson has {size} cards; 8 is a lot.",
        "Make two lessons of it.",
        "People tire.",
        before="## 1 ... ## 12, in one file",
        after="## 1 ... ## 6, in each of two files",
        level=Level.WARNING,
    ),
    "few-exercises": Rule(
        "This lesson has few exercises ({size}); 2 or more are good.",
        "Add a card '## Quiz: ...' or '## Try it: ...'.",
        "People learn by doing.",
        before=("## Why it matters\n...\n## The signs\n..."),
        after=("## Why it matters\n...\n## Quiz: Which sender is real?\n...\n## Try it: Find the sender\n..."),
        level=Level.WARNING,
    ),
}
