"""How a message looks in Telegram: its text, and where its buttons stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_bot_api.checks import check_keyboard, check_text
from tutorbot.channels.telegram.compose import Text, data, keyboard, text_of
from tutorbot.channels.telegram.updates import clicked
from tutorbot.messages.message import Button, Message
from tutorbot.tutor.events import ChoicePicked


def _rows(*buttons: Button) -> list[list[str]]:
    keys = keyboard(Message(buttons=buttons))
    return [[button["text"] for button in row] for row in keys["inline_keyboard"]] if keys else []


def _answer(label: str) -> Button:
    return Button("pick:0", label)


def _nav(label: str) -> Button:
    return Button("next", label, nav=True)


def test_markdown_becomes_entities_and_a_persons_words_stay_as_they_are() -> None:
    found = text_of(Message(text="**Ann** writes:", said="<b>*hi*</b> @ann"))
    assert found.text == "Ann writes:\n\n<b>*hi*</b> @ann"
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found.entities] == [("bold", 0, 3)]


def test_words_alone_stand_alone() -> None:
    assert text_of(Message(said="hi")).text == "hi"


def test_heading_moves_the_entities_by_utf_16_units() -> None:
    found = text_of(Message(text="**Ann**")).below("#27 🙋")
    assert (found.text, found.entities[0]["offset"]) == ("#27 🙋\n\nAnn", 8)
    check_text(found.text, found.entities)


def test_answers_stand_one_below_the_other() -> None:
    assert _rows(_answer("help@paypal.example"), _answer("I do not know")) == [
        ["help@paypal.example"],
        ["I do not know"],
    ]


def test_letters_stand_side_by_side_five_in_a_row() -> None:
    assert _rows(*map(_answer, ["A", "☑ B", "C", "D", "E", "F"])) == [["A", "☑ B", "C", "D", "E"], ["F"]]


def test_ways_to_move_about_share_a_row_unless_they_are_long() -> None:
    labels = ["◀ Back", "☰ Menu", "💡 Hint", "🙋 Talk to a person"]
    assert _rows(*map(_nav, labels)) == [["◀ Back", "☰ Menu"], ["💡 Hint"], ["🙋 Talk to a person"]]


def test_person_on_top_stays_on_top() -> None:
    found = _rows(_nav("🙋 Talk to a person"), _answer("A"), _answer("B"), _nav("☰ Menu"))
    assert found == [["🙋 Talk to a person"], ["A", "B"], ["☰ Menu"]]


def test_message_without_buttons_has_no_keyboard() -> None:
    assert keyboard(Message(text="Hello")) is None


def test_data_comes_back_as_the_same_press() -> None:
    assert clicked(data(12, "open:fake-email")) == ChoicePicked("open:fake-email", 12)


@pytest.mark.parametrize("action", ["open:" + "x" * 100, "open:" + "ж" * 40])
def test_data_fits_in_what_telegram_takes(action: str) -> None:
    assert len(data(999, action).encode()) <= 64


_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@given(ours=_TEXT, said=_TEXT, heading=_TEXT)
def test_any_text_is_one_that_telegram_takes(ours: str, said: str, heading: str) -> None:
    for part in text_of(Message(text=f"**a** {ours}", said=said)).below(heading, type="italic").parts():
        check_text(part.text, part.entities)


def test_long_text_is_cut_into_parts() -> None:
    parts = Text("word " * 2000).parts()
    assert len(parts) == 3
    assert "".join(part.text for part in parts) == "word " * 2000


def test_keyboard_of_a_long_menu_is_one_that_telegram_takes() -> None:
    buttons = tuple(Button(f"open:{number}", f"Lesson {number}") for number in range(90))
    keys = keyboard(Message(buttons=buttons))
    assert keys is not None
    check_keyboard(keys["inline_keyboard"])
