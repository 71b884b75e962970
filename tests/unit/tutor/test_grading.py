"""Answers typed by people in a hurry, on a small keyboard."""

from dataclasses import replace

import pytest

from tests.sample import PIN, SENDER, SIGNS
from tutorbot.curriculum.lesson import Answer
from tutorbot.tutor.grading import picked, right_picks, right_text


@pytest.mark.parametrize("text", ["pin", "PIN", " Pin ", "PIN number", "pin  numbr", "p.i.n", "pin-number!"])
def test_slips_of_the_finger_are_forgiven(text: str) -> None:
    assert right_text(PIN, text)


@pytest.mark.parametrize("text", ["it is a PIN", "I think it's the pin number", "the answer is: pin"])
def test_words_around_an_answer_are_forgiven(text: str) -> None:
    assert right_text(PIN, text)


@pytest.mark.parametrize("text", ["", "pen", "password", "number", "the number", "it is", "bin", "not a pin"])
def test_another_word_is_not_right(text: str) -> None:
    assert not right_text(PIN, text)


def test_digits_must_agree_exactly() -> None:
    emergency = replace(PIN, answers=(Answer("call 999 now", right=True),))
    assert right_text(emergency, "Call 999 now.")
    assert not right_text(emergency, "call 99 now")


@pytest.mark.parametrize(
    ("text", "place"), [("a", 0), ("B", 1), ("b.", 1), ("2", 1), ("２", 1), ("help@paypal.example", 1)]
)
def test_one_answer_is_picked_by_letter_number_or_words(text: str, place: int) -> None:
    assert picked(SENDER, text) == (place,)


@pytest.mark.parametrize("text", ["", "c", "0", "3", "a b", "hello", "ab", "what"])
def test_what_is_no_answer_picks_none(text: str) -> None:
    assert picked(SENDER, text) == ()


@pytest.mark.parametrize("text", ["a c", "A, C", "ac", "1 and 3", "c and a", "a & c", "1,3"])
def test_several_answers_are_picked_at_once(text: str) -> None:
    assert picked(SIGNS, text) == (0, 2)
    assert right_picks(SIGNS, picked(SIGNS, text))


@pytest.mark.parametrize("picks", [(0,), (0, 1, 2), (1,), ()])
def test_some_right_answers_are_not_all(picks: tuple[int, ...]) -> None:
    assert not right_picks(SIGNS, picks)
