"""Whatever an author writes, reading it ends in values or problems, never in an exception."""

from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.curriculum.mutations import mutated
from tests.unit.curriculum.samples import COURSE_PATH, HEADER, PATH
from tutorbot.curriculum.header import read_header
from tutorbot.curriculum.parser import parse_course, parse_lesson
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import Report
from tutorbot.curriculum.words import parse_words

PIECES = st.sampled_from(
    [
        *("---", "id: x", "title: a: b", "asks: [a, b", "needs: [a]", "&a", "*a", "? a", "{a: b}", "!!set x", "..."),
        *("# T", "## A", "## Quiz: A", "## Try it: A (type it)", "### B", "===", "***", "<!-- id: a -->", "<!--"),
        *("> Hint: x", "> Stuck?", "> ", "  > note", "- [ ] a", "- [x] `b`", "- [x]", "-", "1. [x] a", "  - b"),
        *("    code", "```", "| a |\n|---|", "![a](b.png)", "![](../x)", "[a](javascript:x)", "[a]: b", "<b>", "`"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8)).map("\n".join) | st.text()
REAL = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[3] / "lessons").glob("*/[0-9]*.md"))]
ANY_SPEED = settings(deadline=None)  # a busy machine is no fault


def assert_told_well(problems: tuple[Problem, ...], text: str) -> None:
    lines = len(f"{text}\r".splitlines())
    for problem in problems:
        assert 1 <= problem.line <= lines
        assert "\n" not in str(problem)


@ANY_SPEED
@given(TEXTS)
def test_any_text_is_read_as_a_lesson(text: str) -> None:
    file = parse_lesson(PATH, text)
    assert_told_well(file.problems, text)
    assert file.lesson or file.problems


@ANY_SPEED
@given(TEXTS)
def test_any_cards_are_read_under_a_good_header(text: str) -> None:
    file = parse_lesson(PATH, HEADER + text)
    assert_told_well(file.problems, HEADER + text)
    assert file.lesson or file.problems


@ANY_SPEED
@given(st.sampled_from(REAL), st.integers(min_value=0))
def test_a_spoiled_lesson_is_read_or_told_of(text: str, seed: int) -> None:
    spoiled = mutated(text, Random(seed))
    file = parse_lesson(PATH, spoiled)
    assert_told_well(file.problems, spoiled)
    assert file.lesson or file.problems


@ANY_SPEED
@given(TEXTS)
def test_any_text_is_read_as_a_course(text: str) -> None:
    file = parse_course(COURSE_PATH, text)
    assert_told_well(file.problems, text)
    assert file.course or file.problems


@ANY_SPEED
@given(TEXTS)
def test_any_text_is_read_as_words(text: str) -> None:
    file = parse_words("lessons/words.md", text)
    assert_told_well(file.problems, text)
    assert file.glossary or file.problems


@ANY_SPEED
@given(st.text())
def test_quoted_text_comes_back_as_it_was(text: str) -> None:
    words = " ".join("".join(letter for letter in text if letter.isprintable() and letter != "'").split())
    header, _ = read_header(["---", f"title: '{words}'", "---"], Report(PATH))
    assert header is not None
    assert header.text("title") == words
