"""GIFT, both ways: what Moodle takes, what we take of Moodle's, and that nothing is lost between."""

from itertools import count
from pathlib import Path
from string import punctuation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import sample
from tests.unit.curriculum.samples import HEADER, PATH
from tutorbot.curriculum.cards import slug
from tutorbot.curriculum.gift import from_gift, to_gift
from tutorbot.curriculum.lesson import Answer, Card, Exercise, ExerciseKind, Picture
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.parser import parse_lesson
from tutorbot.curriculum.writer import to_markdown

LESSONS = Path(__file__).parents[3] / "lessons"
ONE, MANY, TYPED, TRY = ExerciseKind.ONE, ExerciseKind.MANY, ExerciseKind.TYPED, ExerciseKind.TRY


def asked(card: Card) -> tuple[str, str, str, Exercise | None]:
    """All of a card that GIFT can hold."""
    return card.id, card.title, card.body, card.exercise


def only(gift: str) -> Card:
    """The one card of one question, without a word of complaint."""
    read = from_gift(gift, "quiz.gift")
    assert read.problems == ()
    (card,) = read.cards
    return card


def told(gift: str) -> list[str]:
    return [f"{problem.line} {problem.code}" for problem in from_gift(gift, "quiz.gift").problems]


def typed(*texts: str) -> Exercise:
    return Exercise(TYPED, tuple(Answer(text, right=True) for text in texts))


# --- There and back -------------------------------------------------------------------------------------------------

LETTERS = st.sampled_from([*punctuation, *"abn 0159£é文🙂", "://", "->", "####", "%50%", "[html]", "<b>", "&amp;"])
LINE = st.lists(LETTERS, min_size=1, max_size=12).map("".join).map(lambda text: " ".join(text.split()))
WORDS = LINE.filter(bool)
TITLE = WORDS.map(lambda text: f"What {text}")
NOTE = st.lists(LINE, max_size=3).map("\n\n".join).map(str.strip)
CALM = st.from_regex(r"[A-Za-z][a-z ,.?]{0,20}[a-z]", fullmatch=True).map(lambda text: " ".join(text.split()))


def exercises(note: st.SearchStrategy[str]) -> st.SearchStrategy[Exercise]:
    """Exercises of every kind, as lessons have them."""
    texts = st.lists(WORDS, min_size=2, max_size=5, unique_by=str.casefold)
    hints = st.lists(CALM, max_size=2).map(tuple)

    @st.composite
    def one(draw: st.DrawFn) -> Exercise:
        kind = draw(st.sampled_from([ONE, MANY, TYPED]))
        answers = draw(texts)
        right = {ONE: 1, MANY: max(1, len(answers) - 1), TYPED: len(answers)}[kind]
        kind = ONE if kind is MANY and right == 1 else kind
        made = [Answer(text, place < right, draw(note)) for place, text in enumerate(answers)]
        return Exercise(kind, tuple(made if kind is TYPED else draw(st.permutations(made))), draw(hints))

    return one()


@settings(deadline=None)
@given(TITLE, NOTE, exercises(NOTE))
def test_an_exercise_comes_back_from_gift_as_it_was(title: str, body: str, exercise: Exercise) -> None:
    card = Card(slug(title), title, body, 1, exercise=exercise)
    written = to_gift([card], PATH)
    arrows = [text for answer in exercise.answers for text in (answer.text, answer.feedback) if ">" in text]
    if exercise.kind is TYPED and arrows:
        return  # a test of its own
    assert [asked(card) for card in from_gift(written.text, PATH).cards] == [asked(card)]


@settings(deadline=None)
@given(TITLE.filter(lambda title: not title.endswith("(type it)")), CALM, exercises(CALM))
def test_a_card_comes_back_from_markdown_as_it_was(title: str, body: str, exercise: Exercise) -> None:
    card = Card("kept-id", title, body, 1, exercise=exercise)
    file = parse_lesson(PATH, HEADER + to_markdown([card]))
    assert file.lesson, file.problems
    assert [asked(card) for card in file.lesson.cards] == [asked(card)]


def test_all_our_quizzes_come_back_as_they_were() -> None:
    for lesson in load(LESSONS).curriculum.lessons.values():
        quizzes = [card for card in lesson.cards if card.exercise and card.exercise.kind is not TRY]
        read = from_gift(to_gift(lesson.cards, lesson.path).text, lesson.path)
        assert [asked(card) for card in read.cards] == [asked(card) for card in quizzes]
        assert read.problems == ()


@settings(deadline=None)
@given(st.lists(LETTERS | st.sampled_from(["\n", "\n\n", "{", "}", "=", "~", "::", "//"]), max_size=40).map("".join))
def test_any_text_is_read_as_gift(gift: str) -> None:
    read = from_gift(gift, "quiz.gift")
    for card in read.cards:
        assert card.exercise
        assert any(answer.right for answer in card.exercise.answers)
    assert all(1 <= problem.line <= gift.count("\n") + 1 for problem in read.problems)


# --- What we write --------------------------------------------------------------------------------------------------


def test_a_quiz_is_written_as_moodle_reads_it() -> None:
    card = Card("sender", "Which is real?", "Look well.", 4, exercise=sample.SENDER)
    assert to_gift([card], PATH).text.splitlines() == [
        "// [id:sender]",
        r"::Which is real?::[markdown]Which is real?\n\nLook well.{",
        "\t~help@paypa1.example#The last letter is the number 1.",
        "\t=help@paypal.example#Yes. The name is spelled right.",
        r"	####Hint\: Look at what comes after the @ sign.\n\nHint\: Read the name letter by letter.",
        "}",
    ]


def test_several_right_answers_share_the_mark() -> None:
    three = tuple(Answer(text, right=text != "d") for text in "abcd")
    gift = to_gift([Card("x", "Which?", "", 1, exercise=Exercise(MANY, three))], PATH).text
    assert [line.strip() for line in gift.splitlines()[2:-1]] == ["~%33.33333%a"] + [
        f"~%33.33333%{text}" for text in "bc"
    ] + ["~%-100%d"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a = b", r"=a \= b"),
        ("{~#:}", r"=\{\~\#\:\}"),
        ("%50% off", "=%100%%50% off"),
        ("[html] x", "=[plain][html] x"),
        ("5*5", r"=5\\*5"),
        ("a\\b", r"=a\\b"),
    ],
)
def test_signs_with_a_meaning_are_escaped(text: str, written: str) -> None:
    card = Card("what", "What?", "", 1, exercise=typed(text))
    gift = to_gift([card], PATH).text
    assert gift.splitlines()[2].strip() == written
    assert asked(only(gift)) == asked(card)


def test_a_card_to_do_for_real_is_told_and_left_out() -> None:
    written = to_gift([Card("try", "Tap it", "", 7, exercise=sample.LOOK)], PATH)
    assert written.text == ""
    assert [(problem.line, problem.code) for problem in written.problems] == [(7, "gift-try")]


def test_a_typed_answer_with_an_arrow_is_told_and_left_out() -> None:
    written = to_gift([Card("menu", "Where?", "", 7, exercise=typed("File -> Open"))], PATH)
    assert [problem.code for problem in written.problems] == ["gift-arrow"]


def test_an_arrow_in_a_note_is_no_pair_to_match() -> None:
    note = Exercise(TYPED, (Answer("pin", right=True, feedback="Menu -> PIN"),))
    gift = to_gift([Card("pin", "Pin", "", 1, exercise=note)], PATH).text
    assert "->" not in gift
    assert only(gift).exercise == note


def test_a_picture_that_stays_here_is_told() -> None:
    card = Card("x", "Which?", "", 3, Picture("a/images/b.png", "A page."), sample.SENDER)
    assert [problem.code for problem in to_gift([card], PATH).problems] == ["gift-picture"]


# --- What others write ----------------------------------------------------------------------------------------------


def test_a_choice_with_feedback_is_read() -> None:
    card = only("// a comment\n::Q1:: Who lies in Grant's tomb? {\n  =Grant # Yes.\n  ~Lincoln\n}\n")
    assert card.title == "Who lies in Grant's tomb?"
    assert card.exercise == Exercise(
        ONE, (Answer("Grant", right=True, feedback="Yes."), Answer("Lincoln", right=False))
    )
    assert card.line == 2


def test_weights_tell_which_of_several_are_right() -> None:
    card = only("Which two?{~%50%a ~%50%b ~%-100%c ~d}")
    assert card.exercise
    assert card.exercise.kind is MANY
    assert [answer.right for answer in card.exercise.answers] == [True, True, False, False]


def test_half_right_is_not_the_right_one() -> None:
    card = only("Which one?{=a ~%50%b ~c}")
    assert card.exercise
    assert [answer.right for answer in card.exercise.answers] == [True, False, False]


@pytest.mark.parametrize("truth", ["T", "TRUE"])
def test_true_or_false_becomes_a_choice_of_two(truth: str) -> None:
    card = only(f"The sun rises in the east.{{{truth}#Look again.#Yes.}}")
    answers = (Answer("True", right=True, feedback="Yes."), Answer("False", right=False, feedback="Look again."))
    assert card.exercise == Exercise(ONE, answers)


def test_a_missing_word_is_a_gap() -> None:
    card = only("Grant is {~buried =entombed} in his tomb.")
    assert card.title == "Grant is _____ in his tomb."
    assert "## Quiz: Grant is _____ in his tomb.\n" in to_markdown([card])


def test_html_becomes_words() -> None:
    card = only("[html]<p>Which <b>one</b>?</p><p>A &amp; *B*.</p>{=<i>a</i> ~b#<p>No</p>}")
    assert (card.title, card.body) == ("Which one?", r"A & \*B\*.")
    assert card.exercise
    assert [(answer.text, answer.feedback) for answer in card.exercise.answers] == [("a", ""), ("b", "No")]


def test_plain_text_is_not_taken_for_markdown() -> None:
    assert only("What is 2*3*4?\n{=24}").title == "What is 2*3*4?"


def test_general_feedback_belongs_to_the_right_answer_and_hints_stay_hints() -> None:
    card = only(r"Pin?{=pin#Yes.####Keep it to yourself.\n\nHint\: Three letters.}")
    answer = Answer("pin", right=True, feedback="Yes.\n\nKeep it to yourself.")
    assert card.exercise == Exercise(TYPED, (answer,), ("Three letters.",))


def test_a_long_question_stands_under_its_name() -> None:
    card = only("::The tomb:: " + "Very long. " * 20 + "{=a ~b}")
    assert card.title == "The tomb"
    assert card.body.startswith("Very long.")


def test_an_id_is_kept_only_where_the_heading_would_make_another() -> None:
    ids = [only(f"// [id:{name}]\nWhich one?{{=a ~b}}") for name in ("which-one", "old-name")]
    assert ["<!-- id:" in to_markdown([card]) for card in ids] == [False, True]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Match.{=a->b =c->d}", "gift-matching"),
        ("How many?{#5:1}", "gift-number"),
        ("Tell us.{}", "gift-essay"),
        ("Read this.", "gift-text"),
        ("Which?{=a ~b", "gift-braces"),
        ("Which?{~a ~b}", "gift-answers"),
        ("Which?{~%50%a ~%50%b}", "gift-answers"),
        ("{=a ~b}", "gift-empty"),
        ("Which?{=a ~[html]<br>}", "gift-empty"),
        ("Pin?{=%50%pun}", "gift-answers"),
    ],
)
def test_what_has_no_card_is_told_by_its_line_and_left_out(question: str, code: str) -> None:
    gift = f"$CATEGORY: tests\n\n// first\nPin?{{=pin}}\n\n// second\n{question}\n\nPin again?{{=pin}}\n"
    read = from_gift(gift, "quiz.gift")
    assert [card.title for card in read.cards] == ["Pin?", "Pin again?"]
    assert told(gift) == [f"7 {code}"]


def test_a_typed_answer_that_is_not_all_right_is_told() -> None:
    gift = "Pin?{=pin =%50%pun =p*n}"
    assert told(gift) == ["1 gift-part", "1 gift-part"]
    assert from_gift(gift, "quiz.gift").cards[0].exercise == typed("pin")


def test_one_of_several_right_answers_is_told_to_be_looked_at() -> None:
    assert told("Which?{=a =b ~c}") == ["1 gift-several"]


def test_a_picture_of_theirs_is_told() -> None:
    assert told('[html]<img src\\="x.png">Which?{=a ~b}') == ["1 gift-images"]


def test_questions_keep_their_order_and_their_lines() -> None:
    cards = from_gift("\n".join(f"Pin {number}?{{=pin}}\n" for number in range(1, 4)), "x").cards
    assert [(card.title, card.line) for card in cards] == list(
        zip(("Pin 1?", "Pin 2?", "Pin 3?"), count(1, 2), strict=False)
    )
