"""What becomes of an update: carried out, answered, told to the helper."""

import logging

import pytest

from tests.fake_bot_api import FakeBotApi, flood, refuse, reset
from tests.fake_bot_api.people import member_changed
from tests.fake_bot_api.world import Chat
from tests.integration.telegram.conftest import Stand
from tests.integration.telegram.stubs import HOME
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.values import Address
from tutorbot.tutor.events import ChoicePicked

KEYBOARD = {"inline_keyboard": [[{"text": "▶ Next", "callback_data": "4.next"}]]}
JOIN = {"inline_keyboard": [[{"text": "Join the desk", "callback_data": "0.join"}]]}
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
    written = fake.group.write(topic, fake.user(50, "Amir"), "Hello Ann")
    await _handle_all(fake, stand)
    assert stand.desk.acts == [("reply", "Amir", 27, "Hello Ann", str(written), f"{HOME}:{written}")]
    assert stand.desk.told == []


async def test_note_stays_a_note(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    written = fake.group.write(topic, fake.user(50, "Amir"), "// she may be tired")
    await _handle_all(fake, stand)
    assert stand.desk.acts == [("note", "Amir", 27, "she may be tired", str(written))]


async def test_words_of_the_desk_stand_below_what_was_written(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    stand.desk.words = "Bea has this one. What you wrote stayed here."
    written = fake.group.write(topic, fake.user(50, "Amir"), "Hello Ann")
    await _handle_all(fake, stand)
    assert stand.desk.told == [(str(HOME), stand.desk.words, 27, str(written))]


async def test_hidden_admin_is_told_how_to_be_seen(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    written = fake.group.write(topic, fake.user(50, "Amir"), "Hello Ann", anonymous=True)
    await _handle_all(fake, stand)
    assert stand.desk.acts == []
    assert stand.desk.told == [(str(HOME), "<telegram_hidden>", 27, str(written))]


async def test_answer_in_a_flat_group_is_found_by_its_message(fake: FakeBotApi, stand: Stand) -> None:
    sent = await stand.api.call("sendMessage", chat_id=fake.group.id, text="#27 Ann asks")
    stand.desk.tickets[f"ref {sent['message_id']}"] = 27
    fake.group.write(None, fake.user(50, "Amir"), "Hello Ann", reply_to=sent["message_id"])
    await _handle_all(fake, stand)
    assert [act[:4] for act in stand.desk.acts] == [("reply", "Amir", 27, "Hello Ann")]


async def test_talk_among_helpers_stays_theirs(fake: FakeBotApi, stand: Stand, topic: int) -> None:
    del stand.desk.tickets[str(topic)]
    fake.group.write(topic, fake.user(50, "Amir"), "Who is on tomorrow?")
    fake.group.write(None, fake.user(50, "Amir"), "Tea?")
    await _handle_all(fake, stand)
    assert stand.desk.acts == stand.desk.told == []


async def test_group_that_moved_is_still_the_group(fake: FakeBotApi, stand: Stand) -> None:
    old = fake.group.id
    fake.group.migrate(-1002, fake.user(50, "Amir"))
    await _handle_all(fake, stand)
    assert stand.store.settings == {f"telegram.moved.{old}": "-1002"}
    home = stand.groups.at(-1002)
    assert home is not None
    assert (home.address, home.now) == (Address("telegram", str(old)), -1002)


async def test_group_that_is_set_up_meanwhile_is_one_at_once(fake: FakeBotApi, stand: Stand) -> None:
    york, amir = fake.second_group(), fake.user(50, "Amir")
    york.write(None, amir, "/desk")
    await _handle_all(fake, stand)
    assert "not a helpers' group yet" in york.last.text
    assert str(york.id) in york.last.text
    fake.world.updates.clear()
    stand.store.groups.rows.append(Group(2, chat=f"telegram:{york.id}"))
    york.write(None, amir, "/desk")
    await _handle_all(fake, stand)
    assert [(to, said) for to, said, *_ in stand.desk.told] == [(f"telegram:{york.id}", "<desk_welcome>")]


async def test_bot_that_comes_into_a_helpers_group_says_how_to_join_and_gives_it_a_menu(
    fake: FakeBotApi, stand: Stand
) -> None:
    fake.group.add_bot(fake.user(50, "Amir"))
    await _handle_all(fake, stand)
    assert [said for _, said, *_ in stand.desk.told] == ["<desk_welcome>"]
    assert f"commands:chat:{fake.group.id}" in fake.world.profile


@pytest.mark.parametrize("at_desk", [True, False])
async def test_command_of_the_desk_from_who_is_not_at_it_is_a_learners_words(
    fake: FakeBotApi, stand: Stand, at_desk: bool
) -> None:
    stand.desk.helper = Helper(1, "Amir", joined=at_desk)
    fake.user(50, "Amir").send("/leave")
    await _handle_all(fake, stand)
    assert stand.desk.acts == ([("leave", "Amir")] if at_desk else [])
    assert stand.conversation.texts == ([] if at_desk else ["/leave"])


async def test_stranger_who_asks_for_the_desk_gets_a_kind_line(fake: FakeBotApi, stand: Stand) -> None:
    fake.user(7, "Ann").send("/desk")
    await _handle_all(fake, stand)
    assert "The desk is for our volunteers" in fake.user(7).last.text
    assert stand.conversation.texts == []


async def test_helper_hears_how_the_web_desk_gets_an_address(fake: FakeBotApi, stand: Stand) -> None:
    stand.desk.helper = Helper(1, "Amir", joined=True)
    fake.user(50, "Amir").send("/desk")
    await _handle_all(fake, stand)
    assert "TUTORBOT_PUBLIC_URL" in fake.user(50).last.text


async def test_who_is_not_in_a_public_group_does_not_join_it(fake: FakeBotApi, stand: Stand) -> None:
    await stand.api.call("sendMessage", chat_id=fake.group.id, text="The desk", reply_markup=JOIN)
    fake.group.chat.gone.add(50)
    press = fake.group.press(fake.user(50, "Amir"), "Join")
    await _handle_all(fake, stand)
    assert "I cannot see you" in press.words
    assert stand.desk.acts == []


async def test_who_leaves_one_group_keeps_their_place_in_another(fake: FakeBotApi, stand: Stand) -> None:
    stand.desk.helper = Helper(1, "Amir", group=2, joined=True)
    fake.group.leave(fake.user(50, "Amir"))
    await _handle_all(fake, stand)
    assert stand.desk.acts == []
    stand.desk.helper = Helper(1, "Amir", group=1, joined=True)
    await _handle_all(fake, stand)
    assert stand.desk.acts[0] == ("leave", "Amir")


@pytest.mark.usefixtures("topic")
async def test_desk_that_is_down_gets_the_same_press_again(fake: FakeBotApi, stand: Stand) -> None:
    stand.store.down = True
    press = fake.group.press(fake.user(50, "Amir"), "I'll help")
    with pytest.raises(StoreUnavailable):
        await stand.inbox.handle(fake.waiting[0])
    stand.store.down = False
    await _handle_all(fake, stand)
    assert stand.desk.acts == [("claim", "Amir", 27)]
    assert press.answer is not None


async def test_group_of_which_another_process_heard_that_it_moved_is_known(fake: FakeBotApi, stand: Stand) -> None:
    fake.group.migrate(-1002, fake.user(50, "Amir"))
    stand.store.settings = {f"telegram.moved.{HOME.id}": "-1002"}
    asked = (await stand.api.call("sendMessage", chat_id=-1002, text="#27 Ann asks"))["message_id"]
    stand.desk.tickets[f"ref {asked}"] = 27
    fake.world.updates.clear()
    fake.group.write(None, fake.user(50, "Amir"), "Look at card 2", reply_to=asked)
    await _handle_all(fake, stand)
    assert [act[0] for act in stand.desk.acts] == ["reply"]


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
