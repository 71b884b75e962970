"""Every rule: a file that breaks it and nothing else, and the line that is told."""

import ast
from pathlib import Path

import pytest

from tests.unit.curriculum.samples import (
    COURSE,
    HEADER,
    LESSON,
    PRACTICE,
    QUIZ,
    course,
    lesson,
    line_of,
    told,
    with_body,
    with_header,
)
from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.rules import RULES

HEADERS = [  # code, the header's line, what the author wrote instead, where the problem is
    ("bad-header", "title: Spot a fake email", "title: Spot it: a fake", "title:"),
    ("bad-header", "skills: [S5]", "skills: [S5\n", "asks:"),
    ("bad-header", "title: Spot a fake email", "title: `Spot`", "title:"),
    ("header-alias", "title: Spot a fake email", "title: &a Spot", "title:"),
    ("header-alias", "title: Spot a fake email", "title: *a", "title:"),
    ("header-alias", "skills: [S5]", "skills: &a [S5]", "skills:"),
    ("header-shape", "skills: [S5]", "skills: [[S5]]", "skills:"),
    ("header-shape", "skills: [S5]", "skills: {a: S5}", "skills:"),
    ("unknown-key", "minutes: 5", "minutes: 5\nminuts: 5", "minuts:"),
    ("repeated-key", "minutes: 5", "minutes: 5\nminutes: 6", "minutes: 6"),
    ("missing-key", "minutes: 5\n", "", "---"),
    ("missing-key", "minutes: 5", "minutes:", "minutes:"),
    ("missing-key", "skills: [S5]", "skills: []", "skills:"),
    ("not-a-list", "skills: [S5]", "skills: S5", "skills:"),
    ("not-a-text", "minutes: 5", "minutes: [5]", "minutes:"),
    ("long-list", "skills: [S5]", f"skills: [{'S5, ' * 21}]", "skills:"),
    ("long-value", "title: Spot a fake email", f"title: {'a' * 41}", "title:"),
    ("long-value", "minutes: 5", f"minutes: 5\noffline: {'a' * 301}", "offline:"),
    ("bad-id", "id: fake-email", "id: Fake_Email", "id:"),
    ("bad-id", "id: fake-email", f"id: {'a' * 41}", "id:"),
    ("bad-id", "minutes: 5", "minutes: 5\nneeds: [a b]", "needs:"),
    ("bad-minutes", "minutes: 5", "minutes: about 5", "minutes:"),
    ("bad-minutes", "minutes: 5", "minutes: ٥", "minutes:"),
    ("bad-skill", "skills: [S5]", "skills: [safety]", "skills:"),
    ("bad-source", "sources: [https://", "sources: [http://", "sources:"),
    ("bad-date", "reviewed: 2026-11-22", "reviewed: 2026-02-30", "reviewed:"),
    ("bad-date", "reviewed: 2026-11-22", "reviewed: 20261122", "reviewed:"),
    ("bad-can-do", "can_do: You can", "can_do: Learn to", "can_do:"),
    ("asks", "asks: [is this email real, strange message, fake email]", "asks: [fake email]", "asks:"),
]
CARDS = [  # code, cards added to a lesson, where the problem is
    ("unfinished", "## A\nText.\nCHANGE THIS to more.", "CHANGE THIS"),
    ("empty-card", "## A\n\n## B\nText.", "## A"),
    ("empty-heading", "## ...\nText.", "## ..."),
    ("empty-heading", "## Quiz:\n> Hint: x\n- [ ] a\n  > x\n- [x] b\n  > y\n", "## Quiz:\n"),
    ("other-heading", "## A\nText.\n### Small\nText.", "### Small"),
    ("other-heading", "## A\n- # Big\n", "- # Big"),
    ("repeated-card", "## A!\nText.\n## a\nText.", "## a\n"),
    ("repeated-card", "## A\nText.\n## B\n<!-- id: a -->\nText.", "## B"),
    ("two-ids", "## A <!-- id: b -->\n<!-- id: c -->\nText.", "## A"),
    ("long-card", f"## A\n{'letters ' * 115}", "## A"),
    ("long-card", f"## A\n{'😀' * 500}", "## A"),
    ("wordy-card", f"## A\n{'word ' * 121}", "## A"),
    ("html", "## A\nThis is <b> here.", "This is"),
    ("html", "## A\nText.\n\n<div>x</div>", "<div>"),
    ("html", "## A\nText.\n\n<!-- a note -->", "<!--"),
    ("html", "## A\nText. <!-- id: a -->", "Text."),
    ("table", "## A\n| a | b |\n|---|---|\n| c | d |", "| a"),
    ("code-block", "## A\n```\nx\n```", "```"),
    ("code-block", "## A\nText.\n\n    x", "    x"),
    ("nested-list", "## A\n- a\n  - b", "  - b"),
    ("divider", "## A\nText.\n\n***", "***"),
    ("reference-link", "## A\n[Text][a]\n\n[a]: https://a.example", "[a]:"),
    ("relative-link", "## A\nText\n[there](other.md)", "[there]"),
    ("relative-link", "## A\n- a\n- [there](//a.example)", "- [there]"),
    ("relative-link", "## A\n[there]()", "[there]"),
    ("unsafe-link", "## A\n[there](javascript:alert)", "[there]"),
    ("unsafe-link", "## A\n[there](JAVA&#115;cript:alert)", "[there]"),
    ("unsafe-link", "## A\n<somebody@a.example>", "<somebody"),
    ("unsafe-link", "## A\n> Text\n> [there](tel:999)", "> [there]"),
    ("no-alt", "## A\nText\n![ ](a.png)", "![ ]"),
    ("picture-place", "## A\nSee ![x](a.png)", "See"),
    ("picture-place", "## A\n- ![x](a.png)", "- !["),
    ("picture-place", "## A\n> ![x](a.png)", "> !["),
    ("picture-place", "## A ![x](a.png)\nText.", "## A"),
    ("two-pictures", "## A\n![x](a.png)\n![y](b.png)", "![y]"),
    ("picture-outside", "## A\n![x](../../a.png)", "![x]"),
    ("picture-outside", "## A\n![x](..%2f..%2fa.png)", "![x]"),
    ("picture-outside", "## A\n![x](/etc/a.png)", "![x]"),
    ("picture-outside", "## A\n![x](https://a.example/a.png)", "![x]"),
    ("picture-outside", "## A\n![x](C:/a.png)", "![x]"),
    ("answers-outside-quiz", "## A\n- [ ] a\n- [x] b\n", "- [ ] a"),
    ("hint-outside-quiz", "## A\nText.\n\n> Hint: x", "> Hint: x"),
    ("stray-quote", "## Try it: A\nText.\n> Stuck? x\n\n> A quote.", "> A quote."),
    ("loose-line", "## Try it: A\nText.\n> Stuck? x\nloose", "loose"),
    ("empty-hint", "## Try it: A\nText.\n> Stuck?", "> Stuck?\n"),
    ("long-note", f"## Try it: A\nText.\n> Stuck? a\n> Stuck? {'b' * 301}", "> Stuck? b"),
    ("no-hint", "## Try it: A\nText.", "## Try it: A"),
]
A, B = "- [ ] a\n  > not a\n", "- [x] b\n  > b\n"
QUIZZES = [  # code, what follows the heading and the hint of a quiz, where the problem is
    ("no-answers", "- a\n- b", "## Quiz: Q"),
    ("two-lists", f"- [ ] a\n> not a\n{B}", "- [x] b"),
    ("two-lists", f"{A}{B}\n1. [ ] c\n2. [x] d", "1. [ ] c"),
    ("bad-mark", f"{A}{B}- c", "- c"),
    ("bad-mark", f"{A}{B}- []c", "- []c"),
    ("bad-mark", f"{A}{B}- [ ]", "- [ ]\n"),
    ("bad-mark", f"{A}{B}- > [x] c", "- > [x] c"),
    ("one-answer", B, "- [x] b"),
    ("no-right-answer", f"{A}- [ ] c\n  > c", "- [ ] a"),
    ("all-right", f"{B}- [x] `c`\n  > c", "- [x] b"),
    ("many-answers", A + B + "".join(f"- [ ] {n}\n  > n\n" for n in range(4)), "- [ ] a"),
    ("long-answer", f"{A}{B}- [ ] {'c' * 61}\n  > c", "- [ ] c"),
    ("same-answer", f"{A}{B}- [ ] A\n  > c", "- [ ] A"),
    ("answer-extra", f"{A}{B}\n  More text.", "  More text."),
    ("nested-list", f"{A}{B}  - c", "  - c"),
    ("stray-quote", f"{A}{B}\n> not a note", "> not a note"),
    ("loose-line", f"{A}{B}  loose", "  loose"),
    ("long-note", f"{A}- [x] c\n  > {'c' * 301}", "  > ccc"),
    ("no-note", f"{A}{B}- [ ] c", "- [ ] c"),
]
FILES = [  # code, the whole lesson, the line
    ("no-header", LESSON.replace("---\n", "", 1), 1),
    ("open-header", HEADER.replace("---\n# ", "# "), 1),
    ("header-shape", HEADER.replace(HEADER[4:-26], "- id\n") + QUIZ + PRACTICE, 2),
    ("title", LESSON.replace("# Spot", "# Stop", 1), 12),
    ("title", LESSON.replace("# Spot a fake email\n", ""), 13),
    ("lost-text", LESSON.replace("# Spot a fake email\n", "# Spot a fake email\n\nLost.\n"), 14),
    ("no-cards", HEADER, 1),
    ("many-cards", LESSON + "".join(f"\n## Card {n}\nText.\n" for n in range(6)), 1),
    ("few-exercises", HEADER + "## A\nText.\n\n" + QUIZ, 1),
    ("not-typed", LESSON.replace("real?", "real? (type it)"), 22),
]
COURSES = [  # code, the whole course, the line
    ("bad-order", COURSE.replace("order: 5", "order: first"), 5),
    ("bad-kind", COURSE.replace("kind: skill", "kind: skil"), 6),
    ("bad-months", COURSE.replace("kind: skill", "kind: skill\nreview_every: often"), 7),
    ("unfinished", COURSE.replace("Tricks catch", "CHANGE THIS to"), 8),
    ("long-value", COURSE.replace("title: Stay safe", f"title: {'a' * 25}"), 3),
    ("course-id", COURSE.replace("id: scams", "id: scam"), 2),
    ("course-heading", COURSE + "\n## More\nText.\n", 10),
    ("picture-place", COURSE + "\n![x](a.png)\n", 10),
    ("long-card", COURSE + "letters " * 115, 8),
    ("no-header", "", 1),
]


@pytest.mark.parametrize(("code", "old", "new", "at"), HEADERS)
def test_header_is_told(code: str, old: str, new: str, at: str) -> None:
    text = with_header(old, new)
    assert f"{line_of(text, at)} {code}" in told(lesson(text).problems)


@pytest.mark.parametrize(("code", "body", "at"), CARDS)
def test_card_is_told_and_nothing_else(code: str, body: str, at: str) -> None:
    text = with_body(f"{body}\n")
    assert told(lesson(text).problems) == [f"{line_of(text, at)} {code}"]


@pytest.mark.parametrize(("code", "rest", "at"), QUIZZES)
def test_quiz_is_told(code: str, rest: str, at: str) -> None:
    text = with_body(f"## Quiz: Q\n> Hint: x\n\n{rest}\n")
    assert f"{line_of(text, at)} {code}" in told(lesson(text).problems)


@pytest.mark.parametrize(("code", "text", "line"), FILES)
def test_lesson_is_told(code: str, text: str, line: int) -> None:
    assert f"{line} {code}" in told(lesson(text).problems)


@pytest.mark.parametrize(("code", "text", "line"), COURSES)
def test_course_is_told_and_nothing_else(code: str, text: str, line: int) -> None:
    assert told(course(text).problems) == [f"{line} {code}"]


@pytest.mark.parametrize("name", ["01-x.draft.md", "01-x.CY.md", "01-x.cy.old.md"])
def test_unknown_language_is_told(name: str) -> None:
    assert told(lesson(path=f"lessons/scams/{name}").problems) == ["1 bad-language"]


def test_translation_may_promise_in_its_own_words() -> None:
    text = with_header("can_do: You can tell", "can_do: Gallwch weld")
    assert lesson(text, "lessons/scams/01-fake-email.cy.md").problems == ()


def test_how_far_a_translation_is_to_be_trusted_is_kept() -> None:
    found = lesson(
        with_header("minutes: 5", "minutes: 5\ntranslation: unreviewed"), "lessons/scams/01-fake-email.cy.md"
    )
    assert found.lesson is not None
    assert found.lesson.translation == "unreviewed"


def test_message_says_where_what_and_what_to_do() -> None:
    text = with_body("## Quiz: Q\n> Hint: x\n- [ ] a\n> not a\n- [x] b\n  > b\n")
    message = str(next(found for found in lesson(text).problems if found.code == "two-lists"))
    assert message == (
        f"lessons/scams/01-fake-email.md:{line_of(text, '- [x] b')}: This quiz has two lists of answers. "
        "Keep one; if a note splits the list, indent its '>' by two spaces."
    )


def test_note_that_splits_a_list_is_one_problem() -> None:
    text = LESSON.replace("  > Look again", "> Look again")
    assert told(lesson(text).problems) == [f"{line_of(text, '- [x]')} two-lists"]


def test_message_guesses_what_was_meant() -> None:
    assert str(course(COURSE.replace("skill", "skil")).problems[0]).endswith("Did you mean 'skill'?")
    [missing, unknown] = lesson(with_header("minutes", "minuts")).problems
    assert missing.text == "'minutes' is missing. Add a line 'minutes: ...' to the header."
    assert unknown.text == "'minuts' is not a known key. Correct or remove it. Did you mean 'minutes'?"


def test_message_stays_on_one_short_line_whatever_was_written() -> None:
    [found] = lesson(with_header("minutes: 5", 'minutes: "5\\n\\e[31m{key}' + "x" * 500 + '"')).problems
    assert "\n" not in found.text
    assert "\x1b" not in found.text
    assert len(found.text) < 150


def test_warning_is_told_as_one() -> None:
    [found] = lesson(with_body("## Try it: A\nText.\n")).problems
    assert found.level is Level.WARNING
    assert ": warning: This card has no hint." in str(found)


def test_every_rule_is_tested() -> None:
    tests = Path(__file__).parents[1].glob("*/test_*.py")
    words = {
        node.value for test in tests for node in ast.walk(ast.parse(test.read_text())) if isinstance(node, ast.Constant)
    }
    said = {part for word in words if isinstance(word, str) for part in word.split()}
    assert set(RULES) <= said
