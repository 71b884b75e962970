"""A lesson without faults becomes the values that its author meant."""

from datetime import date

import pytest

from tests.unit.curriculum.samples import COURSE, HEADER, LESSON, PATH, course, lesson, line_of, told, with_body
from tutorbot.curriculum.lesson import Answer, Card, Course, CourseKind, ExerciseKind, Lesson, Picture


def parsed(text: str = LESSON, path: str = PATH) -> Lesson:
    file = lesson(text, path)
    assert file.lesson, [str(problem) for problem in file.problems]
    return file.lesson


def last_card(body: str) -> Card:
    return parsed(with_body(body)).cards[-1]


def test_good_lesson_has_no_problems() -> None:
    assert lesson().problems == ()


def test_header_fills_the_lesson() -> None:
    found = parsed()
    assert (found.id, found.course, found.language, found.minutes) == ("fake-email", "scams", "en", 5)
    assert found.asks == ("is this email real", "strange message", "fake email")
    assert found.reviewed == date(2026, 11, 22)
    assert found.path == PATH


def test_header_values_stay_as_written() -> None:
    assert parsed(LESSON.replace("summary: Signs that a message is a trick.", "summary: no")).summary == "no"


def test_file_name_tells_the_language() -> None:
    assert parsed(path="lessons/scams/01-fake-email.cy.md").language == "cy"


def test_each_heading_is_a_card_with_its_line() -> None:
    cards = parsed().cards
    assert [card.title for card in cards] == ["Why it matters", "Which sender looks real?", "Find the sender"]
    assert [card.id for card in cards] == ["why-it-matters", "which-sender-looks-real", "find-the-sender"]
    assert [card.line for card in cards] == [line_of(LESSON, f"## {words}") for words in ("Why", "Quiz", "Try")]


def test_body_keeps_the_authors_markdown() -> None:
    card = last_card("## More\n\nSee **this**:\n\n1. one\n2. [two](https://two.example)\n\n> A quote.\n\n\n\nEnd.\n")
    assert card.body == "See **this**:\n\n1. one\n2. [two](https://two.example)\n\n> A quote.\n\nEnd."


def test_quiz_with_one_right_answer_is_choose_one() -> None:
    card = parsed().cards[1]
    assert card.body == "Look at both."
    assert card.exercise
    assert card.exercise.kind is ExerciseKind.ONE
    assert card.exercise.hints == ("Look behind the @ sign.", "Read letter by letter.")
    assert card.exercise.answers == (
        Answer("help@paypa1.example", right=False, feedback="Look again. The last letter is the number 1."),
        Answer("help@paypal.example", right=True, feedback="Yes. The name is spelled right."),
    )


def test_quiz_with_more_right_answers_is_choose_all() -> None:
    card = last_card("## Quiz: Signs?\n> Hint: Two.\n- [X] a\n  > x\n- [ ] b\n  > y\n- [x] c\n  > z\n")
    assert card.exercise
    assert card.exercise.kind is ExerciseKind.MANY
    assert [answer.right for answer in card.exercise.answers] == [True, False, True]


def test_answers_in_backticks_are_typed() -> None:
    card = last_card("## Quiz: What word? (type it)\n> Hint: Short.\n- [x] `pin`\n  > Yes.\n- [x] `pin number`\n")
    assert card.title == "What word?"
    assert card.exercise
    assert card.exercise.kind is ExerciseKind.TYPED
    assert card.exercise.answers == (Answer("pin", right=True, feedback="Yes."), Answer("pin number", right=True))


def test_answers_lose_their_marks() -> None:
    card = last_card("## Quiz: Which?\n> Hint: x\n- [x] The **red** one &\n  not blue\n  > a\n- [ ] `b`\n  > c\n")
    assert card.exercise
    assert [answer.text for answer in card.exercise.answers] == ["The red one & not blue", "b"]


def test_hints_may_run_over_lines_and_stand_anywhere() -> None:
    card = last_card("## Quiz: Q?\n> Hint: one\n> more\n\n- [x] a\n  > x\n- [ ] b\n  > y\n\n> hint: two\n")
    assert card.exercise
    assert card.exercise.hints == ("one\nmore", "two")
    assert card.body == ""


def test_try_it_is_practice() -> None:
    card = parsed().cards[2]
    assert card.exercise
    assert card.exercise.kind is ExerciseKind.TRY
    assert card.exercise.hints == ("Hold your finger on the name.",)
    assert card.body == "1. Open any email.\n2. Tap the name at the top."


@pytest.mark.parametrize(
    "heading", ["## Other words <!-- id: kept -->\nText.", "## Other words\n<!-- id: kept -->\nText."]
)
def test_comment_keeps_an_id(heading: str) -> None:
    card = last_card(heading)
    assert (card.id, card.title, card.body) == ("kept", "Other words", "Text.")


def test_comment_keeps_any_id_that_a_heading_can_make() -> None:
    made = last_card("## In a café\nText.").id
    assert last_card(f"## Mewn caffi\n<!-- id: {made} -->\nText.").id == made == "in-a-café"


def test_picture_is_named_from_the_lessons_folder() -> None:
    card = last_card("## Look\nText\n![A **warning**](images/a%20b.png)\nmore\n")
    assert card.picture == Picture("scams/images/a b.png", "A warning")
    assert card.body == "Text\n\nmore"


def test_ids_know_other_letters() -> None:
    assert last_card("## Beth yw dŵr?\nText.\n").id == "beth-yw-dŵr"


def test_edition_changes_with_the_words() -> None:
    assert parsed().edition == parsed().edition != parsed(LESSON.replace("hurry", "rush")).edition


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(end: str) -> None:
    assert parsed(LESSON.replace("\n", end)) == parsed()


def test_line_of_dashes_is_no_heading() -> None:
    assert told(lesson(with_body("## A\ntext\n---\n")).problems) == [
        f"{line_of(with_body('## A'), '## A') + 2} divider"
    ]


def test_answers_are_not_read_as_links() -> None:
    assert lesson(with_body("## A\nPress [ ] or [x] there.\n")).problems == ()


def test_course_is_read() -> None:
    assert course().course == Course(
        "scams", "Stay safe", "Spot a trick.", "Tricks catch careful people too.", 5, CourseKind.SKILL, ()
    )


def test_error_leaves_no_lesson() -> None:
    assert lesson(LESSON.replace("id: fake-email\n", "")).lesson is None
    assert course(COURSE.replace("order: 5\n", "")).course is None


def test_warning_leaves_the_lesson() -> None:
    file = lesson(HEADER + "## One\nText.\n")
    assert told(file.problems) == ["1 few-exercises"]
    assert file.lesson


def test_all_problems_are_told_at_once_in_order() -> None:
    text = LESSON.replace("minutes: 5", "minuts: 5").replace("[x]", "[ ]") + "\n<b>x</b>"
    assert told(lesson(text).problems) == ["1 missing-key", "5 unknown-key", "22 no-right-answer", "32 html"]
