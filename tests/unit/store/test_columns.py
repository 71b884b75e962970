"""Text that no database can hold is cleaned; all other text is left as it is."""

from hypothesis import given
from hypothesis import strategies as st

from tutorbot.curriculum.lesson import Picture
from tutorbot.messages.message import Button, Message
from tutorbot.store.columns import clean, clean_all
from tutorbot.tutor.state import LearnerState, Progress, Stage


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_common_text_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(st.text(st.sampled_from("a\x00\ud800\udfff🙂é")))
def test_any_text_can_be_encoded_and_keeps_its_length(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert len(cleaned) == len(text)
    assert cleaned.encode().decode() == cleaned


def test_every_text_inside_a_value_is_cleaned() -> None:
    message = Message("\ud800", "\x00", (Button("a\ud800", "b"),), 3, Picture("\ud800", "alt"))
    assert clean_all(message) == Message("?", "?", (Button("a?", "b"),), 3, Picture("?", "alt"))


def test_mappings_and_enumerations_keep_their_kind() -> None:
    state = LearnerState(Stage.MENU, name="\ud800", progress={"\ud800": Progress("c", 0, "e")})
    cleaned = clean_all(state)
    assert cleaned == LearnerState(Stage.MENU, name="?", progress={"?": Progress("c", 0, "e")})
    assert cleaned.stage is Stage.MENU
