"""Sentences and reading grades."""

import pytest

from tests.unit.curriculum.samples import PATH
from tutorbot.workshop.reading import grade, sentences
from tutorbot.workshop.script import Passage, read_script


def passages(text: str) -> tuple[Passage, ...]:
    return read_script(PATH, text).passages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Go to www.gov.uk. Then read it.", ["Go to www.gov.uk.", "Then read it."]),
        ('It says: "Stop. Pay." Do not.', ['It says: "Stop.', 'Pay."', "Do not."]),
        ("It costs 3.50, e.g. for one.", ["It costs 3.50, e.g. for one."]),
        ("Tap **Next**. 1 more", ["Tap Next.", "1 more"]),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(passages(text)[0])] == expected


def test_sentence_knows_its_line_and_size() -> None:
    [_, second] = sentences(passages("One. And\nRing 0300 123 on\nhttps://a.example now.")[0])
    assert (second.line, second.size) == (1, 7)


def test_plain_text_has_a_low_grade_and_officialese_a_high_one() -> None:
    plain, official = (
        grade(passages(text))
        for text in (
            "The cat sat on the mat. It was a red mat. The cat was glad to sit on it, and it slept for an hour.",
            "Notification regarding eligibility determination is ordinarily communicated electronically " * 3,
        )
    )
    assert plain is not None
    assert official is not None
    assert plain < 2
    assert official > 12


def test_little_text_has_no_grade() -> None:
    assert grade(passages("Only a few words stand here.")) is None


def test_numbers_and_addresses_do_not_change_the_grade() -> None:
    text = "Ring us on the phone and say what you need. We help you with the form that you have at home today."
    more = text.replace("phone", "phone https://www.gov.uk/personal-tax-account 0300 200 3300")
    assert grade(passages(more)) == grade(passages(text))
