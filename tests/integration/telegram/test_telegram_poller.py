"""The offset and the order: what Telegram may forget, and when."""

import asyncio
import logging
from collections.abc import Callable

import pytest

from tests.fake_bot_api import FakeBotApi, flood, refuse, reset
from tests.integration.telegram.conftest import Stand
from tests.integration.telegram.stubs import NOW
from tutorbot.channels.telegram.poller import Poller
from tutorbot.runtime.conversation import Incoming
from tutorbot.tutor.events import TextSent


async def test_update_is_confirmed_only_after_its_commit(fake: FakeBotApi, stand: Stand) -> None:
    release, asked = asyncio.Event(), asyncio.Event()

    async def hold(_: Incoming) -> None:
        asked.set()
        await release.wait()

    stand.conversation.before = hold
    fake.user(7).send("/start")
    async with stand.polling():
        await asked.wait()
        assert len(fake.waiting) == 1
        release.set()
        await fake.wait_for(lambda: not fake.waiting)
    assert stand.conversation.texts == ["/start"]


async def test_batch_is_confirmed_only_when_all_of_it_is_committed(fake: FakeBotApi, stand: Stand) -> None:
    release, quick = asyncio.Event(), asyncio.Event()

    async def hold_ann(incoming: Incoming) -> None:
        await (release.wait() if incoming.address.id == "7" else asyncio.sleep(0))
        quick.set()

    stand.conversation.before = hold_ann
    fake.user(7).send("slow")
    fake.user(8).send("quick")
    async with stand.polling():
        await quick.wait()
        assert len(fake.waiting) == 2
        release.set()
        await fake.wait_for(lambda: not fake.waiting)


async def test_store_down_acknowledges_nothing_and_loses_nothing(fake: FakeBotApi, stand: Stand) -> None:
    stand.conversation.down = True
    for user_id in (7, 8):
        fake.user(user_id).send(f"from {user_id}")
    async with stand.polling():
        await _until(lambda: stand.conversation.asked >= 4)  # fetched twice at least
        assert len(fake.waiting) == 2
        stand.conversation.down = False
        await fake.wait_for(lambda: not fake.waiting)
    assert sorted(stand.conversation.texts) == ["from 7", "from 8"]


async def test_poller_that_was_killed_leaves_its_batch_to_the_next(fake: FakeBotApi, stand: Stand) -> None:
    reached = asyncio.Event()

    async def stall(_: Incoming) -> None:
        reached.set()
        await asyncio.Event().wait()

    stand.conversation.before = stall
    fake.user(7).send("hello")
    killed = asyncio.create_task(Poller(stand.api, stand.inbox.handle).run())
    await reached.wait()
    killed.cancel()
    stand.conversation.before = None
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    assert stand.conversation.texts == ["hello"]


async def test_poller_runs_anew_from_where_another_one_came_to(fake: FakeBotApi, stand: Stand) -> None:
    poller = Poller(stand.api, stand.inbox.handle)
    fake.user(7).send("one")
    first = asyncio.create_task(poller.run())
    await fake.wait_for(lambda: not fake.waiting)
    first.cancel()
    await asyncio.wait({first})
    fake.user(7).send("two")
    second = asyncio.create_task(poller.run())
    await fake.wait_for(lambda: not fake.waiting)
    poller.stop()
    await second
    assert stand.conversation.texts == ["one", "two"]


async def test_updates_of_one_chat_keep_their_order_and_chats_go_side_by_side(fake: FakeBotApi, stand: Stand) -> None:
    met = asyncio.Barrier(2)

    async def meet(incoming: Incoming) -> None:
        if incoming.event == TextSent("1"):
            await met.wait()  # would never return if one chat waited for the other

    stand.conversation.before = meet
    for text in "123":
        for user_id in (7, 8):
            fake.user(user_id).send(text)
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    for address in ("telegram:7", "telegram:8"):
        own = [one.event for one in stand.conversation.taken if str(one.address) == address]
        assert own == [TextSent("1"), TextSent("2"), TextSent("3")]


async def test_more_than_a_batch_is_taken(fake: FakeBotApi, stand: Stand) -> None:
    for number in range(250):
        fake.user(7).send(str(number))
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    assert stand.conversation.texts == [str(number) for number in range(250)]


async def test_bug_does_not_stand_in_the_way_and_is_not_met_with_silence(
    fake: FakeBotApi, stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stand.conversation.bug = ValueError("my pin is 1234")
    fake.user(7).send("my pin is 1234")
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting and fake.user(7).texts)
    assert fake.user(7).texts == ["<telegram_trouble>"]
    assert "ValueError at stubs.py" in caplog.text
    assert "1234" not in caplog.text


async def test_update_of_a_shape_unknown_is_passed_over(fake: FakeBotApi, stand: Stand) -> None:
    fake.world.tell("message", {"message_id": "?", "chat": {"id": 7}})
    fake.user(7).send("hello")
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    assert stand.conversation.texts == ["hello"]


async def test_stop_ends_the_long_poll_at_once_and_confirms_what_is_done(fake: FakeBotApi, stand: Stand) -> None:
    fake.user(7).send("hello")
    async with asyncio.timeout(25):  # the long poll alone would take 50
        async with stand.polling():
            await _until(lambda: stand.conversation.taken)
    assert fake.waiting == []


async def test_stop_finishes_the_batch_at_hand(fake: FakeBotApi, stand: Stand) -> None:
    release, asked = asyncio.Event(), asyncio.Event()

    async def hold(_: Incoming) -> None:
        asked.set()
        await release.wait()

    stand.conversation.before = hold
    fake.user(7).send("hello")
    async with stand.polling() as poller:
        await asked.wait()
        poller.stop()
        release.set()
    assert stand.conversation.texts == ["hello"]
    assert fake.waiting == []


async def test_poller_takes_the_webhook_away_but_keeps_what_waits(fake: FakeBotApi, stand: Stand) -> None:
    fake.webhook.url = "http://127.0.0.1:9/telegram/webhook"
    fake.user(7).send("hello")
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    assert fake.webhook.url == ""
    assert stand.conversation.texts == ["hello"]


@pytest.mark.parametrize("fault", [refuse(502, "Bad Gateway"), refuse(200, "No sense"), reset(), flood(1)])
async def test_faults_of_the_other_side_are_waited_out(fake: FakeBotApi, stand: Stand, fault: object) -> None:
    fake.fail("getUpdates", fault)  # type: ignore[arg-type]
    fake.user(7).send("hello")
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    assert stand.conversation.texts == ["hello"]


async def test_conflict_is_told_in_one_line_that_says_what_to_do(
    fake: FakeBotApi, stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fail("getUpdates", refuse(409, "Conflict: terminated by other getUpdates request"))
    async with stand.polling():
        await _until(lambda: "Another program asks for this bot's updates" in caplog.text)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert fake.token not in caplog.text


async def test_outage_is_logged_once_and_so_is_its_end(
    fake: FakeBotApi, stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tutorbot")
    fake.fail("getUpdates", refuse(502, "Bad Gateway"), refuse(502, "Bad Gateway"))
    fake.user(7).send("hello")
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    assert [record.message for record in caplog.records] == [
        "Updates cannot be fetched: Bad Gateway. We keep trying.",
        "Updates come in again.",
    ]


async def test_time_is_the_clocks(fake: FakeBotApi, stand: Stand) -> None:
    fake.user(7).send("hello")
    async with stand.polling():
        await fake.wait_for(lambda: not fake.waiting)
    assert stand.conversation.taken[0].at == NOW


async def _until(condition: Callable[[], object]) -> None:
    """Wait for what nobody tells of."""
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.001)
