"""Words understood anywhere."""

import pytest

from tutorbot.tutor import actions, shortcuts


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Menu", actions.MENU),
        ("menue", actions.MENU),
        ("I don't get it", shortcuts.CONFUSED),
        ("i dont understnad", shortcuts.CONFUSED),
        ("DUNNO!!", shortcuts.CONFUSED),
        ("talk to a persn", actions.PERSON),
        ("yess", actions.YES),
        ("nope", shortcuts.NO),
        ("show me agian", actions.AGAIN),
    ],
)
def test_a_spelling_near_a_known_word_is_understood(text: str, meant: str) -> None:
    assert shortcuts.intent(text, "en") == meant


@pytest.mark.parametrize("text", ["", "not", "nine", "tax my car", "pe", "?"])
def test_other_words_are_left_alone(text: str) -> None:
    assert shortcuts.intent(text, "en") is None


def test_a_spelling_must_be_exact_where_answers_are_typed() -> None:
    assert shortcuts.intent("menue", "en", near=False) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/menu", (actions.MENU, "")),
        ("/Help@tutor_bot", (actions.HELP, "")),
        ("/start fake-email", (actions.CARRY_ON, "fake-email")),
        ("/progres", (actions.PROGRESS, "")),
        ("/nonsense", None),
        ("menu", None),
    ],
)
def test_commands_are_known_by_their_slash(text: str, found: tuple[str, str] | None) -> None:
    assert shortcuts.command(text) == found


@pytest.mark.parametrize("text", ["I understand", "I can do it", "I have not done it", "i am not stuck"])
def test_the_opposite_of_a_known_phrase_is_not_near_it(text: str) -> None:
    assert shortcuts.intent(text, "en") is None


@pytest.mark.parametrize("text", ["Thank you", "thank you so much!", "thnak you"])
def test_thank_you_is_not_no_thank_you(text: str) -> None:
    assert shortcuts.intent(text, "en") == shortcuts.THANKED


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Dewislen", actions.MENU), ("yn ôl", actions.BACK), ("Ie.", actions.YES), ("menu", actions.MENU)],
)
def test_welsh_words_are_understood_and_english_ones_too(text: str, meant: str) -> None:
    assert shortcuts.intent(text, "cy") == meant


def test_welsh_words_mean_nothing_to_those_who_speak_english() -> None:
    assert shortcuts.intent("dewislen", "en") is None


def test_words_about_the_screen_are_not_about_the_score() -> None:
    assert shortcuts.intent("my screen", "en") is None
    assert shortcuts.intent("my scor", "en") == shortcuts.intent("my score", "en")
