"""What is read of a file: the words, their part, and their line."""

import pytest

from tests.unit.curriculum.samples import LESSON, PATH, line_of, with_body
from tutorbot.workshop.script import Part, Script, read_script


def read(body: str) -> tuple[str, Script]:
    text = with_body(body)
    return text, read_script(PATH, text)


def test_every_part_is_read_with_its_line() -> None:
    script = read_script(PATH, LESSON)
    found = {(one.part, one.text, one.line) for one in script.passages}
    assert {
        (Part.HEADER, "Spot a fake email", 3),
        (Part.HEADING, "Which sender looks real?", line_of(LESSON, "## Quiz")),
        (Part.TEXT, "A fake email makes you hurry.", line_of(LESSON, "A **fake**")),
        (Part.HINT, "Look behind the @ sign.", line_of(LESSON, "> Hint: Look")),
        (Part.HINT, "Read letter by letter.", line_of(LESSON, "> Hint: Read")),
        (Part.ANSWER, "help@paypal.example", line_of(LESSON, "- [x]")),
        (Part.NOTE, "Yes. The name is spelled right.", line_of(LESSON, "  > Yes")),
        (Part.TEXT, "Open any email.", line_of(LESSON, "1. Open")),
        (Part.HINT, "Hold your finger on the name.", line_of(LESSON, "> Stuck")),
    } <= found


def test_cards_are_told_apart() -> None:
    assert [len(card) for card in read_script(PATH, LESSON).cards] == [2, 8, 4]


def test_picture_is_read_by_its_description() -> None:
    text, script = read("## A\nText.\n\n![A sign](images/a.png)\n")
    assert [(one.text, one.line) for one in script.passages if one.part is Part.PICTURE] == [
        ("A sign", line_of(text, "![A"))
    ]


def test_line_of_a_letter_counts_the_lines_of_its_passage() -> None:
    text, script = read("## A\nOne\ntwo **three\nfour** five.\n")
    passage = script.passages[-1]
    assert passage.text == "One\ntwo three\nfour five."
    assert passage.line_at(passage.text.index("five")) == line_of(text, "four**")


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ('Say "stop it" now.', "Say _________ now."),
        ("Tap **Send** or **now**.", "Tap ____ or now."),
        ("Type `pin` there.", "Type ___ there."),
        ("Open www.gov.uk/tax today.", "Open ______________ today."),
        ("Write to ann@mail.example today.", "Write to ________________ today."),
    ],
)
def test_what_is_not_the_authors_voice_is_left_out(words: str, own: str) -> None:
    _, script = read(f"## A\n{words}\n")
    assert script.passages[-1].own == own


def test_links_are_found_with_words_and_line() -> None:
    text, script = read("## A\nText\n[the page](https://a.example) and\n\n- [b\nc](https://b.example)\n")
    assert [(link.words, link.target, link.line) for link in script.links] == [
        ("the page", "https://a.example", line_of(text, "[the page]")),
        ("b\nc", "https://b.example", line_of(text, "- [b")),
    ]


def test_file_without_a_header_is_read_too() -> None:
    script = read_script(PATH, "## A\nText.\n")
    assert [(one.text, one.line) for one in script.passages] == [("A", 1), ("Text.", 2)]
    assert script.header.entries == {}
