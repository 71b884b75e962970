"""What becomes of an update: carried out, answered, told to the helper."""

import logging

import pytest

from tests.fake_bot_api import FakeBotApi, flood, refuse, reset
from tests.fake_bot_api.people import member_changed
from tests.fake_bot_api.world import Chat
from tests.integration.telegram.conftest import Stand
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.values import Address
from tutorbot.tutor.events import ChoicePicked

KEYBOARD = {"inline_keyboard": [[{"text": "▶ Next", "callback_data": "4.next"}]]}
CLAIM = {"inline_keyboard": [[{"text": "I'll help", "callback_data": "0.claim:27"}]]}


async def _handle_all(fake: FakeBotApi, stand: Stand) -> None:
    for update in fake.waiting:
        await stand.inbox.handle(update)
    await stand.inbox.close()


@pytest.fixture
async def card(fake: FakeBotApi, stand: Stand) -> None:
    """Ann has a card with a button before her; nothing else waits."""
    fake.user(7, "Ann").send("/start")
    await stand.api.call("sendMessage", chat_id=7, text="A card", reply_markup=KEYBOARD)
    fake.world.updates.clear()


@pytest.fixture
async def topic(fake: FakeBotApi, stand: Stand) -> int:
    """A topic of ticket 27 with its briefing."""
    made = await stand.api.call("createForumTopic", chat_id=fake.group.id, name="#27 Ann")
    thread: int = made["message_thread_id"]
    fields = {"chat_id": fake.group.id, "message_thread_id": thread}
    await stand.api.call("sendMessage", text="Ann asks", reply_markup=CLAIM, **fields)
    stand.desk.tickets[str(thread)] = 27
    return thread


@pytest.mark.usefixtures("card")
async def test_ten_presses_are_each_answered(fake: FakeBotApi, stand: Stand) -> None:
    presses = [fake.user(7).press("Next") for _ in range(10)]
    await _handle_all(fake, stand)
    assert all(press.answer is not None for press in presses)
    assert stand.conversation.taken[0].event == ChoicePicked("next", 4)


@pytest.mark.usefixtures("card")
async def test_press_shows_the_words_of_the_turn(fake: FakeBotApi, stand: Stand) -> None:
    stand.conversation.words = "You pressed that already. " + "All is well. " * 20
    press = fake.user(7).press("Next")
    await _handle_all(fake, stand)
    assert press.words == stand.conversation.words[:200]
    assert press.answer is not None
    assert "show_alert" not in press.answer


@pytest.mark.usefixtures("card")
async def test_press_is_not_answered_before_it_is_committed(fake: FakeBotApi, stand: Stand) -> None:
    stand.conversation.down = True
    press = fake.user(7).press("Next")
    with pytest.raises(StoreUnavailable):
        await stand.inbox.handle(fake.waiting[0])
    await stand.inbox.close()
    assert press.answer is None


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize("fault", [reset(), refuse(502, "Bad Gateway"), flood(1)])
async def test_answer_to_a_press_is_tried_again(fake: FakeBotApi, stand: Stand, fault: object) -> None:
    fake.fail("answerCallbackQuery", fault)  # type: ignore[arg-type]
    press = fake.user(7).press("Next")
    await _handle_all(fake, stand)
    assert press.answer is not None


@pytest.mark.usefixtures("card")
async def test_press_too_old_to_be_answered_is_let_go(fake: FakeBotApi, stand: Stand) -> None:
    fake.fail("answerCallbackQuery", refuse(400, "Bad Request: query is too old"))
    fake.user(7).press("Next")
    await _handle_all(fake, stand)
    assert len(fake.called("answerCallbackQuery")) == 1


@pytest.mark.usefixtures("card")
async def test_forged_press_is_a_turn_that_does_nothing(fake: FakeBotApi, stand: Stand) -> None:
    press = fake.user(7).press_data("0.claim:27;drop\0", fake.user(7).last)
    await _handle_all(fake, stand)
    assert stand.conversation.taken[0].event == ChoicePicked("", -1)
    assert stand.desk.acts == []
    assert press.answer is not None


async def test_blocking_is_noted_and_so_is_coming_back(fake: FakeBotApi, stand: Stand) -> None:
    fake.user(7).block()
    await _handle_all(fake, stand)
    assert stand.store.learners.reachable == {Address("telegram", "7"): False}
    fake.user(7).unblock()
    await _handle_all(fake, stand)
    assert stand.store.learners.reachable == {Address("telegram", "7"): True}


@pytest.mark.usefixtures("topic")
async def test_helper_takes_a_ticket_with_a_press(fake: FakeBotApi, stand: Stand) -> None:
    press = fake.group.press(fake.user(50, "Amir"), "I'll help")
    await _handle_all(fake, stand)
    assert stand.desk.acts == [("claim", "Amir", 27)]
    assert press.answer == {"callback_query_id": press.id}


@pytest.mark.usefixtures("topic")
async def test_helper_who_was_late_is_told_who_has_it(fake: FakeBotApi, stand: Stand) -> None:
    stand.desk.words = "Bea has this one."
    press = fake.group.press(fake.user(50, "Amir"), "I'll help")
    await _handle_all(fake, stand)
    assert press.answer == {"callback_query_id": press.id, "text": "Bea has this one.", "show_alert": True}


async def test_words_in_a_topic_go_to_the_desk(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    fake.group.write(topic, fake.user(50, "Amir"), "Hello Ann")
    await _handle_all(fake, stand)
    assert stand.desk.acts == [("reply", "Amir", 27, "Hello Ann")]
    assert len(fake.group.in_topic(topic)) == 1


async def test_note_stays_a_note(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    fake.group.write(topic, fake.user(50, "Amir"), "// she may be tired")
    await _handle_all(fake, stand)
    assert stand.desk.acts == [("note", "Amir", 27, "she may be tired")]


async def test_words_of_the_desk_stand_below_what_was_written(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    stand.desk.words = "Bea has this one. What you wrote stayed here."
    written = fake.group.write(topic, fake.user(50, "Amir"), "Hello Ann")
    await _handle_all(fake, stand)
    notice = fake.group.in_topic(topic)[-1]
    assert (notice.text, notice.reply_to) == (stand.desk.words, written)


async def test_hidden_admin_is_told_how_to_be_seen(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    fake.group.write(topic, fake.user(50, "Amir"), "Hello Ann", anonymous=True)
    await _handle_all(fake, stand)
    assert stand.desk.acts == []
    assert fake.group.in_topic(topic)[-1].text == "<telegram_hidden>"


async def test_answer_in_a_flat_group_is_found_by_its_message(fake: FakeBotApi, stand: Stand) -> None:
    sent = await stand.api.call("sendMessage", chat_id=fake.group.id, text="#27 Ann asks")
    stand.desk.tickets[f"ref {sent['message_id']}"] = 27
    fake.group.write(None, fake.user(50, "Amir"), "Hello Ann", reply_to=sent["message_id"])
    await _handle_all(fake, stand)
    assert stand.desk.acts == [("reply", "Amir", 27, "Hello Ann")]


async def test_talk_among_helpers_stays_theirs(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    del stand.desk.tickets[str(topic)]
    fake.group.write(topic, fake.user(50, "Amir"), "Who is on tomorrow?")
    fake.group.write(None, fake.user(50, "Amir"), "Tea?")
    await _handle_all(fake, stand)
    assert stand.desk.acts == []
    assert len(fake.group.in_topic(topic)) == 1


async def test_group_that_moved_is_still_the_group(fake: FakeBotApi, stand: Stand) -> None:
    old = fake.group.id
    fake.group.migrate(-1002, fake.user(50, "Amir"))
    await _handle_all(fake, stand)
    assert stand.store.settings == {f"telegram.moved.{old}": "-1002"}
    assert stand.group.is_here(-1002)
    assert stand.group.address == Address("telegram", str(old))


async def test_group_of_which_another_process_heard_that_it_moved_is_known(fake: FakeBotApi, stand: Stand) -> None:
    fake.group.migrate(-1002, fake.user(50, "Amir"))
    stand.store.settings = {f"telegram.moved.{stand.group.id}": "-1002"}
    stand.desk.tickets["ref 9"] = 27
    fake.world.updates.clear()
    fake.group.write(None, fake.user(50, "Amir"), "Look at card 2", reply_to=9)
    await _handle_all(fake, stand)
    assert stand.group.is_here(-1002)


async def test_nothing_a_person_wrote_is_logged(
    fake: FakeBotApi, stand: Stand, topic: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.user(7, "Ann").send("my secret is green")
    fake.group.write(topic, fake.user(50, "Amir"), "my secret is green")
    await _handle_all(fake, stand)
    assert stand.conversation.texts == ["my secret is green"]
    assert "green" not in caplog.text
    assert fake.token not in caplog.text


async def test_the_number_of_a_group_is_told_when_the_bot_is_added(
    fake: FakeBotApi, stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    chat, me = Chat(-100777, {"id": -100777, "type": "supergroup", "title": "New"}), fake.user(7, "Ann")
    member_changed(fake.world, chat, me.about, "left", "member")
    await _handle_all(fake, stand)
    assert "-100777" in caplog.text
