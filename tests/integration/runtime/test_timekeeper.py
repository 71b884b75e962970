"""What happens if nobody acts, over a real store: each timer fires once, and whoever must hear of it does."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.integration.runtime.conftest import AMIR, ANN, CORA, DANA, GROUP, Town
from tutorbot.desk.ticket import Status, Timer
from tutorbot.messages.markup import to_plain
from tutorbot.runtime.values import Address
from tutorbot.store.database import SqlStore
from tutorbot.tutor.state import Stage

PRIVATE = CORA.address  # where Cora can be told something alone


async def claimed(town: Town) -> int:
    ticket = await town.ticket()
    await town.desk.claim(town.key(), AMIR, ticket)
    return ticket


def written(town: Town, to: Address, words: str) -> int:
    """How many messages with these words were sent there."""
    return sum(words in text for text in town.sent_to(to))


async def test_helper_is_reminded_once_and_the_ticket_then_goes_back(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.passes(10)
    assert written(stuck, GROUP, "waits for your answer") == 1
    assert (await stuck.now_is(ticket)).timer is Timer.RETURN
    await stuck.passes(10)
    now = await stuck.now_is(ticket)
    assert (now.status, now.returned, now.timer) == (Status.WAITING, 1, Timer.TELL)
    assert "Amir has not answered. I have asked again." in stuck.sent_to(ANN)[-1]
    assert (await stuck.state(ANN)).stage is Stage.WAITING
    assert await stuck.acts(ticket) == ["claimed Amir", "reminded Amir", "returned Amir"]


async def test_answer_stops_the_timer_and_the_learners_words_start_it_anew(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.passes(9)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Hello")
    await stuck.passes(60)
    assert (await stuck.now_is(ticket)).timer is None
    await stuck.says(ANN, "and now?")
    first = (await stuck.now_is(ticket)).timer_at
    await stuck.passes(5)
    await stuck.says(ANN, "hello?")
    assert (await stuck.now_is(ticket)).timer_at == first
    await stuck.passes(15)
    assert (await stuck.now_is(ticket)).status is Status.WAITING


async def test_coordinator_and_learner_are_told_of_a_ticket_that_waits_long(stuck: Town) -> None:
    await stuck.coordinator(CORA)
    await stuck.passes(100)
    assert written(stuck, GROUP, "Nobody has answered for 30 minutes. **Cora**, please look after this.") == 1
    assert written(stuck, PRIVATE, "waited for 30 minutes") == 1
    assert written(stuck, ANN, "Nobody has been free yet. I have told the person") == 1
    assert (await stuck.state(ANN)).stage is Stage.WAITING


async def test_learner_who_went_on_with_the_lesson_stays_there(stuck: Town) -> None:
    await stuck.presses(ANN, "carry")
    await stuck.passes(31)
    assert written(stuck, ANN, "Nobody has been free yet") == 1
    assert (await stuck.state(ANN)).stage is Stage.LESSON


async def test_where_nobody_coordinates_the_learner_is_not_told_that_somebody_was_told(stuck: Town) -> None:
    await stuck.passes(31)
    assert written(stuck, ANN, "Nobody has been free yet.") == 1
    assert written(stuck, ANN, "I have told the person") == 0


async def test_urgent_ticket_stays_with_its_silent_helper_and_the_coordinator_is_told(stuck: Town) -> None:
    await stuck.coordinator(CORA)
    ticket = await claimed(stuck)
    await stuck.desk.mark_urgent(stuck.key(), AMIR, ticket)
    assert written(stuck, PRIVATE, "this is urgent") == 1
    await stuck.passes(300)
    assert (await stuck.now_is(ticket)).status is Status.CLAIMED
    assert written(stuck, PRIVATE, "waited for 20 minutes") == 1
    assert written(stuck, ANN, "Amir has not answered yet") == 1


async def test_ticket_made_urgent_after_the_reminder_does_not_go_back(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.passes(15)
    await stuck.desk.mark_urgent(stuck.key(), DANA, ticket)
    await stuck.passes(15)
    assert (await stuck.now_is(ticket)).status is Status.CLAIMED


async def test_long_pause_fires_each_timer_once_and_late(stuck: Town) -> None:
    ticket = await claimed(stuck)
    stuck.now += timedelta(hours=5)
    await stuck.passes(1)
    assert await stuck.acts(ticket) == ["claimed Amir", "reminded Amir"]
    await stuck.passes(200)
    assert await stuck.acts(ticket) == ["claimed Amir", "reminded Amir", "returned Amir", "told_coordinator"]


async def test_two_programs_that_look_at_once_fire_once(
    stuck: Town, database_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    ticket = await claimed(stuck)
    other = Town(open_stores(database_url), now=stuck.now)
    for _ in range(21):
        await asyncio.gather(stuck.passes(1), other.passes(1))
    assert await stuck.acts(ticket) == ["claimed Amir", "reminded Amir", "returned Amir"]


@pytest.mark.parametrize("round_", range(5))
async def test_answer_and_return_at_once_leave_one_truth(stuck: Town, round_: int) -> None:
    ticket = await claimed(stuck)
    await stuck.passes(19)
    words, _ = await asyncio.gather(stuck.desk.reply(stuck.key(), AMIR, ticket, "Here I am"), stuck.passes(1))
    now, state = await stuck.now_is(ticket), await stuck.state(ANN)
    if now.status is Status.CLAIMED:
        assert (words, state.stage) == ("", Stage.HELPED)
    else:
        assert ("stayed here" in words, state.stage) == (True, Stage.WAITING)


@pytest.mark.parametrize("round_", range(5))
async def test_claim_and_return_at_once_leave_one_holder(stuck: Town, round_: int) -> None:
    ticket = await claimed(stuck)
    await stuck.passes(19)
    words, _ = await asyncio.gather(stuck.desk.claim(stuck.key(), DANA, ticket), stuck.passes(1))
    now, state = await stuck.now_is(ticket), await stuck.state(ANN)
    holder = now.helper.name if now.helper else ""
    assert (holder, words) in (("Dana", ""), ("", "Amir has this one."))
    assert state.helper == holder


async def test_hours_of_the_group_keep_coordinators_asleep(town: Town) -> None:
    await town.coordinator(CORA)
    hours = "mon-fri 09:00-17:00"
    await town.store.transact(lambda tx: tx.groups.save(replace(tx.groups.list()[0], hours=hours)))
    town.now = town.now.replace(hour=20)
    await town.says(ANN, "/start fake-email", "Ann", "person", "yes")
    assert "Someone is back tomorrow at 09:00." in to_plain(town.sent_to(ANN)[-1])
    ticket = await town.now_is(await town.ticket())
    assert ticket.timer_at == town.now.replace(day=3, hour=9, minute=30, second=0)
