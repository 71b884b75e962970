"""Spelling, where Harper is installed; without it, nothing is told."""

import pytest

from tests.unit.curriculum.samples import LESSON, PATH, line_of, told, with_body
from tutorbot.curriculum.problem import Problem
from tutorbot.workshop import spelling as room
from tutorbot.workshop.script import read_script
from tutorbot.workshop.spelling import spelling
from tutorbot.workshop.wordlists import names

with_harper = pytest.mark.skipif(room.HARPER is None, reason="Harper is not installed: pip install 'tutorbot[dev]'")


def found_in(text: str, *own: str) -> list[Problem]:
    return spelling(read_script(PATH, text), names() | frozenset(own))


@with_harper
@pytest.mark.parametrize(
    ("code", "body", "at"),
    [
        ("spelling", "## A\nFine.\n\nTap the\nbuton now.", "buton"),
        ("spelling", "## A\n- What color is it?", "- What"),
        ("spelling", "## Try it: A\nDo it.\n> Stuck? One.\n> Stuck? Loook.", "> Stuck? Loook"),
        ("grammar", "## A\nTap the the name.", "Tap the the"),
        ("grammar", "## A\nIt is an phone.", "It is"),
    ],
)
def test_slip_is_told_on_its_line(code: str, body: str, at: str) -> None:
    text = with_body(f"{body}\n")
    assert told(found_in(text)) == [f"{line_of(text, at)} {code}"]


@with_harper
def test_near_word_is_offered() -> None:
    [found] = found_in(with_body("## A\nTap the buton.\n"))
    assert found.text.endswith("Did you mean 'button'?")


@with_harper
@pytest.mark.parametrize(
    "body",
    [
        "## A\nThe colour, the centre, to organise.",
        "## A\nAsk HMRC's and the GPs about Wi-Fi.",
        "## A\nOpen www.gvo-uk.example/teh or write to hlep@mial.example.",
        "## A\nYour P60 and form DL1, letter b.",
        "## Quiz: Q (type it)\n> Hint: x\n\n- [x] `emial`\n- [x] `emaill`",
    ],
)
def test_what_is_right_or_meant_to_be_typed_is_left_alone(body: str) -> None:
    assert found_in(with_body(f"{body}\n")) == []


@with_harper
def test_word_is_told_once_and_own_names_never() -> None:
    text = with_body("## A\nAsk Zblorg. Zblorg helps.\n\n## B\nZblorg's phone.\n")
    assert [problem.code for problem in found_in(text)] == ["spelling", "spelling"]  # Zblorg and Zblorg's
    assert found_in(text, "Zblorg") == []


@with_harper
def test_good_lesson_has_no_slip() -> None:
    assert found_in(LESSON) == []


def test_without_harper_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "HARPER", None)
    assert found_in(with_body("## A\nTap the buton.\n")) == []
