"""What each update means: a table of updates as Telegram sends them, and of what we make of them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from tutorbot.channels.telegram.updates import (
    DeskPress,
    DeskText,
    Inbound,
    Moved,
    Reachable,
    clicked,
    lane,
    lean,
    translate,
)
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address
from tutorbot.tutor.events import ChoicePicked, Media, MediaSent, TextSent

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GROUP = -1001
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "pt-br"}
AMIR = {"id": 50, "is_bot": False, "first_name": "Amir"}
ADDRESS = Address("telegram", "7")
WHO = Who(Address("telegram", "50"), "Amir")
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
HELPERS = {"id": GROUP, "type": "supergroup", "title": "Helpers", "is_forum": True}
FILE = {"file_id": "f", "file_unique_id": "f"}
SIZED = FILE | {"width": 9, "height": 9}

Json = dict[str, Any]


def _message(chat: Json, sender: Json, **content: Any) -> Json:
    return {"message_id": 11, "date": 1, "chat": chat, "from": sender, **content}


def _inbound(**content: Any) -> list[Inbound]:
    update = Update.de_json({"update_id": 5, **content})
    return translate(update, lambda chat: chat == GROUP, NOW)


def _from_ann(**content: Any) -> list[Inbound]:
    return _inbound(message=_message(PRIVATE, ANN, **content))


def _in_group(sender: Json = AMIR, **content: Any) -> list[Inbound]:
    return _inbound(message=_message(HELPERS, sender, **content))


def _in_topic(sender: Json = AMIR, **content: Any) -> list[Inbound]:
    return _in_group(sender, message_thread_id=3, is_topic_message=True, **content)


def _press(data: str | None, chat: Json, sender: Json, **message: Any) -> list[Inbound]:
    carrier = {"message_id": 9, "date": 1, "chat": chat, **message}
    query = {"id": "1", "from": sender, "chat_instance": "1", "message": carrier}
    return _inbound(callback_query=query | ({"data": data} if data is not None else {}))


def test_text_comes_in_as_it_was_written() -> None:
    expected = Incoming("telegram:5", ADDRESS, TextSent(" /start fake-email "), NOW, "pt", "11")
    assert _from_ann(text=" /start fake-email ") == [expected]


def test_edited_text_is_text() -> None:
    edited = _message(PRIVATE, ANN, text="Anne", edit_date=2)
    assert _inbound(edited_message=edited) == [Incoming("telegram:5", ADDRESS, TextSent("Anne"), NOW, "pt", "11")]


def test_edited_picture_says_nothing_new() -> None:
    assert _inbound(edited_message=_message(PRIVATE, ANN, photo=[SIZED], edit_date=2)) == []


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ({"photo": [SIZED]}, Media.PICTURE),
        ({"voice": FILE | {"duration": 1}}, Media.VOICE),
        ({"sticker": SIZED | {"type": "regular", "is_animated": False, "is_video": False}}, Media.STICKER),
        ({"animation": SIZED | {"duration": 1}, "document": FILE}, Media.STICKER),
        ({"document": FILE}, Media.FILE),
        ({"video": SIZED | {"duration": 1}}, Media.FILE),
        ({"location": {"latitude": 0, "longitude": 0}}, Media.OTHER),
        ({"contact": {"phone_number": "07700 900123", "first_name": "Ann"}}, Media.OTHER),
        ({"a_kind_of_next_year": {}}, Media.OTHER),
    ],
)
def test_media_come_in_by_their_kind(content: Json, media: Media) -> None:
    (incoming,) = _from_ann(**content)
    assert isinstance(incoming, Incoming)
    assert incoming.event == MediaSent(media)


def test_words_under_a_picture_are_heard_too() -> None:
    picture, words = _from_ann(photo=[SIZED], caption="Is this real?")
    assert isinstance(picture, Incoming)
    assert isinstance(words, Incoming)
    assert (picture.event, words.event) == (MediaSent(Media.PICTURE), TextSent("Is this real?"))
    assert picture.key != words.key


def test_telegrams_own_words_in_a_private_chat_are_passed_over() -> None:
    assert _from_ann(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}) == []


def test_press_brings_action_step_and_message() -> None:
    keyboard = {"inline_keyboard": [[{"text": "▶ Next", "callback_data": "4.next"}]]}
    expected = Incoming("telegram:5", ADDRESS, ChoicePicked("next", 4), NOW, "pt", "9")
    assert _press("4.next", PRIVATE, ANN, text="Card", reply_markup=keyboard) == [expected]


def test_a_lean_update_keeps_all_that_is_read() -> None:
    message = {"message_id": 9, "date": 1, "chat": PRIVATE, "text": "Card", "reply_markup": {"inline_keyboard": []}}
    raw = {"update_id": 5, "callback_query": {"id": "1", "from": ANN, "chat_instance": "x", "message": message}}
    kept = {"message_id": 9, "date": 1, "chat": PRIVATE}
    assert lean(raw)["callback_query"] == {**raw["callback_query"], "message": kept}
    assert lean({"update_id": 5, "message": message}) == {"update_id": 5, "message": message}


def test_press_on_a_message_no_longer_shown_still_counts() -> None:
    expected = Incoming("telegram:5", ADDRESS, ChoicePicked("next", 4), NOW, "pt", "9")
    assert _press("4.next", PRIVATE | {"date": 0}, ANN) == [expected]


@pytest.mark.parametrize(
    "data", [None, "", "next", ".next", "4.", "-4.next", "4.né", "4.a b", "4.\0", "9999999999.next", "٤.next"]
)
def test_data_that_is_not_ours_is_a_press_that_does_nothing(data: str | None) -> None:
    assert clicked(data) == ChoicePicked("", -1)


def test_data_keeps_what_follows_the_first_dot() -> None:
    assert clicked("12.open:a.b") == ChoicePicked("open:a.b", 12)


@pytest.mark.parametrize(("old", "new", "reachable"), [("member", "kicked", False), ("kicked", "member", True)])
def test_blocking_and_coming_back_are_noted(old: str, new: str, reachable: bool) -> None:
    bot = {"id": 42, "is_bot": True, "first_name": "Tutorbot"}
    change = {
        "chat": PRIVATE,
        "from": ANN,
        "date": 1,
        "old_chat_member": {"user": bot, "status": old, "until_date": 0},
        "new_chat_member": {"user": bot, "status": new, "until_date": 0},
    }
    assert _inbound(my_chat_member=change) == [Reachable(ADDRESS, reachable)]


@pytest.mark.parametrize("verb", ["claim", "release", "close"])
def test_press_in_the_group_is_an_act_on_a_ticket(verb: str) -> None:
    assert _press(f"0.{verb}:27", HELPERS, AMIR) == [DeskPress("telegram:5", WHO, verb, 27)]


@pytest.mark.parametrize("data", ["0.next", "0.claim:", "0.claim:x", "0.claim:1234567890", "claim:27", "0.open:27"])
def test_forged_press_in_the_group_does_nothing(data: str) -> None:
    assert _press(data, HELPERS, AMIR) == []


def test_words_in_a_topic_are_about_its_ticket() -> None:
    opened = _message(HELPERS, AMIR, forum_topic_created={"name": "#27 Ann", "icon_color": 1})
    expected = DeskText("telegram:5", WHO, "3", "", "Hello Ann", 11)
    assert _in_topic(text="Hello Ann", reply_to_message=opened) == [expected]


def test_words_in_a_flat_group_are_about_the_message_they_answer() -> None:
    asked = _message(HELPERS, AMIR, text="Ann writes: ...") | {"message_id": 8}
    # Telegram gives answers outside topics a thread id too, which leads nowhere.
    found = _in_group(text="Hello Ann", reply_to_message=asked, message_thread_id=8)
    assert found == [DeskText("telegram:5", WHO, "", "8", "Hello Ann", 11)]


def test_talk_among_helpers_is_passed_over() -> None:
    assert _in_group(text="Tea?") == []


def test_picture_in_a_topic_is_no_words() -> None:
    assert _in_topic(photo=[SIZED], caption="Look") == [DeskText("telegram:5", WHO, "3", "", "", 11)]


def test_hidden_admin_is_nobody() -> None:
    group_bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    found = _in_topic(group_bot, text="Hello", sender_chat=HELPERS)
    assert found == [DeskText("telegram:5", None, "3", "", "Hello", 11)]


@pytest.mark.parametrize(
    "content",
    [
        {"forum_topic_closed": {}},
        {"forum_topic_created": {"name": "#27 Ann", "icon_color": 1}},
        {"new_chat_members": [AMIR]},
    ],
)
def test_telegrams_own_words_in_the_group_are_passed_over(content: Json) -> None:
    assert _in_topic(**content) == []


def test_other_bots_are_passed_over() -> None:
    assert _in_topic({"id": 60, "is_bot": True, "first_name": "Weather"}, text="Rain") == []


def test_group_that_became_a_supergroup_has_moved() -> None:
    assert _in_group(migrate_to_chat_id=-1002) == [Moved(-1002)]


def test_groups_that_are_not_the_helpers_are_passed_over() -> None:
    other = {"id": -5, "type": "group", "title": "Family"}
    assert _inbound(message=_message(other, ANN, text="/start")) == []
    assert _press("0.claim:27", other, ANN) == []


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        ({"update_id": 5, "message": {"chat": {"id": 7}, "text": "a"}}, 7),
        ({"update_id": 5, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -1}}}}, -1),
        ({"update_id": 5, "callback_query": {"from": {"id": 7}}}, 7),
        ({"update_id": 5, "my_chat_member": {"chat": {"id": 7}}}, 7),
        ({"update_id": 5}, 0),
        ({"message": {"chat": [], "from": "x"}}, 0),
        ({"callback_query": {"message": "x", "from": {"id": {}}}}, 0),
    ],
)
def test_lane_is_the_chat(raw: Json, chat: int) -> None:
    assert lane(raw) == chat
