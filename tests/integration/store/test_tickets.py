"""A ticket moves only as its rules allow, whoever else is at it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from tests.integration.store.sample import AMIR, ANN, BOB, DANA, MINUTE, NOW, QUESTION, learner
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Outcome, Status, Ticket, Timer
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address
from tutorbot.store.database import SqlStore
from tutorbot.tutor.replies import Rating


async def opened(store: Store, address: Address = ANN, minutes: int = 0) -> Ticket:
    known = await learner(store, address)
    return await store.transact(lambda tx: tx.tickets.open(known.id, QUESTION, NOW + minutes * MINUTE))


async def helper(store: Store, address: Address = AMIR, name: str = "Amir") -> Helper:
    return await store.transact(lambda tx: tx.helpers.at(address, name, NOW))


async def got(store: Store, ticket: Ticket) -> Ticket:
    found = await store.read(lambda tx: tx.tickets.get(ticket.id))
    assert found is not None
    return found


async def claimed(store: Store, ticket: Ticket, by: Helper) -> bool:
    return await store.transact(lambda tx: tx.tickets.claim(ticket.id, by, NOW + MINUTE))


async def closed(store: Store, ticket: Ticket, outcome: Outcome = Outcome.SOLVED, minutes: int = 2) -> bool:
    return await store.transact(lambda tx: tx.tickets.close(ticket.id, outcome, NOW + minutes * MINUTE))


async def test_opened_ticket_waits_with_all_that_the_helper_sees(store: Store) -> None:
    ticket = await opened(store)
    (group,) = await store.read(lambda tx: tx.groups.list())
    known = await learner(store)
    assert ticket == Ticket(ticket.id, known.id, Status.WAITING, QUESTION, NOW, group=group.id, waiting_since=NOW)
    assert await got(store, ticket) == ticket
    assert await store.read(lambda tx: tx.tickets.open_of(ticket.learner)) == ticket


async def test_learner_has_one_open_ticket_at_most(store: Store) -> None:
    several = await asyncio.gather(*(opened(store) for _ in range(5)))
    assert len({ticket.id for ticket in several}) == 1


async def test_closed_ticket_makes_room_for_another(store: Store) -> None:
    first = await opened(store)
    await closed(store, first)
    assert (await opened(store)).id > first.id


async def test_unknown_tickets_are_none(store: Store) -> None:
    assert await store.read(lambda tx: tx.tickets.get(404)) is None
    assert await store.read(lambda tx: tx.tickets.open_of(404)) is None
    assert await store.read(lambda tx: tx.tickets.of_thread("", "")) is None


async def test_of_two_who_claim_the_first_has_it(store: Store) -> None:
    ticket, amir, dana = await opened(store), await helper(store), await helper(store, DANA, "Dana")
    assert [await claimed(store, ticket, amir), await claimed(store, ticket, dana)] == [True, False]
    now = await got(store, ticket)
    assert (now.status, now.helper, now.claimed_at) == (Status.CLAIMED, Helper(amir.id, "Amir"), NOW + MINUTE)


async def test_two_programs_claim_the_same_ticket_and_one_gets_it(
    database_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    one, two = open_stores(database_url), open_stores(database_url)
    ticket, amir, dana = await opened(one), await helper(one), await helper(two, DANA, "Dana")
    tries = [claimed(store, ticket, by) for _ in range(5) for store, by in ((one, amir), (two, dana))]
    assert sorted(await asyncio.gather(*tries)) == [False] * 9 + [True]


async def test_released_ticket_waits_again(store: Store) -> None:
    ticket, amir, dana = await opened(store), await helper(store), await helper(store, DANA, "Dana")
    await claimed(store, ticket, amir)
    assert not await store.transact(lambda tx: tx.tickets.release(ticket.id, dana, NOW + 2 * MINUTE))
    assert await store.transact(lambda tx: tx.tickets.release(ticket.id, amir, NOW + 2 * MINUTE))
    now = await got(store, ticket)
    assert now == replace(ticket, returned=1, last_helper=Helper(amir.id, "Amir"), waiting_since=NOW + 2 * MINUTE)


async def test_closed_ticket_keeps_who_helped(store: Store) -> None:
    ticket, amir = await opened(store), await helper(store)
    await claimed(store, ticket, amir)
    assert [await closed(store, ticket), await closed(store, ticket, Outcome.WENT_ON)] == [True, False]
    now = await got(store, ticket)
    assert (now.status, now.helper, now.closed_at) == (Status.CLOSED, Helper(amir.id, "Amir"), NOW + 2 * MINUTE)
    assert now.outcome is Outcome.SOLVED
    assert not await claimed(store, ticket, amir)
    assert not await store.transact(lambda tx: tx.tickets.release(ticket.id, amir, NOW + 2 * MINUTE))


async def test_only_its_own_learner_rates_a_ticket(store: Store) -> None:
    ticket, other = await opened(store), await learner(store, BOB)
    await store.transact(lambda tx: tx.tickets.rate(ticket.id, other.id, Rating.NO))
    assert (await got(store, ticket)).rating == ""
    await store.transact(lambda tx: tx.tickets.rate(ticket.id, ticket.learner, Rating.SOME))
    assert (await got(store, ticket)).rating == "some"


async def test_ticket_is_found_by_its_topic_until_that_is_forgotten(store: Store) -> None:
    ticket = await opened(store)
    await store.transact(lambda tx: tx.tickets.set_thread(ticket.id, "12"))
    await store.transact(lambda tx: tx.tickets.set_card_ref(ticket.id, "34"))
    found = await store.read(lambda tx: tx.tickets.of_thread("", "12"))
    assert found is not None
    assert (found.id, found.thread, found.card_ref) == (ticket.id, "12", "34")
    await store.transact(lambda tx: tx.tickets.set_thread(ticket.id, ""))
    assert await store.read(lambda tx: tx.tickets.of_thread("", "12")) is None


async def test_open_tickets_come_longest_waiting_first_and_closed_ones_newest_first(store: Store) -> None:
    first, second, third = [await opened(store, Address("web", str(n)), minutes=n) for n in range(3)]
    assert await store.read(lambda tx: tx.tickets.list()) == [first, second, third]
    await closed(store, third, minutes=8)
    await closed(store, first, minutes=9)
    assert await store.read(lambda tx: tx.tickets.list()) == [second]
    assert [one.id for one in await store.read(lambda tx: tx.tickets.list(closed=True))] == [first.id, third.id]
    assert len(await store.read(lambda tx: tx.tickets.list(closed=True, limit=1))) == 1


async def test_those_waiting_before_are_counted(store: Store) -> None:
    first, second, third = [await opened(store, Address("web", str(number))) for number in range(3)]
    assert await store.read(lambda tx: tx.tickets.waiting_before(third)) == 2
    await claimed(store, first, await helper(store))
    await closed(store, second)
    assert await store.read(lambda tx: tx.tickets.waiting_before(third)) == 0


@pytest.mark.parametrize("step", ["claim", "close"])
async def test_number_of_a_ticket_that_is_not_there_changes_nothing(store: Store, step: str) -> None:
    amir = await helper(store)
    ticket = Ticket(404, 1, Status.WAITING, QUESTION, NOW)
    assert not await (claimed(store, ticket, amir) if step == "claim" else closed(store, ticket))


# The desk's steps


async def test_transferred_ticket_is_the_others(store: Store) -> None:
    ticket, amir, dana = await opened(store), await helper(store), await helper(store, DANA, "Dana")
    assert not await store.transact(lambda tx: tx.tickets.transfer(ticket.id, amir, dana, NOW))
    await claimed(store, ticket, amir)
    assert await store.transact(lambda tx: tx.tickets.transfer(ticket.id, amir, dana, NOW + 2 * MINUTE))
    now = await got(store, ticket)
    assert (now.status, now.helper, now.last_helper) == (
        Status.CLAIMED,
        Helper(dana.id, "Dana"),
        Helper(amir.id, "Amir"),
    )
    assert [one.id for one in await store.read(lambda tx: tx.tickets.of_helper(dana.id))] == [ticket.id]
    assert await store.read(lambda tx: tx.tickets.of_helper(amir.id)) == []


async def test_ticket_handed_over_waits_in_the_other_group_without_a_topic(store: Store) -> None:
    ticket, amir = await opened(store), await helper(store)
    other = await store.transact(lambda tx: tx.groups.add(Group(0, "York", "telegram:-7", invite="york"), NOW))
    await claimed(store, ticket, amir)
    await store.transact(lambda tx: tx.tickets.set_thread(ticket.id, "12"))
    moved = [await store.transact(lambda tx: tx.tickets.hand_over(ticket.id, other, NOW + MINUTE)) for _ in range(2)]
    now = await got(store, ticket)
    assert moved == [True, False]
    assert (now.status, now.helper, now.group, now.chat, now.thread) == (Status.WAITING, None, other, "telegram:-7", "")
    assert now.last_helper == Helper(amir.id, "Amir")


async def test_topic_is_looked_for_in_its_own_chat(store: Store) -> None:
    ticket = await opened(store)
    await store.transact(lambda tx: tx.groups.save(replace(tx.groups.list()[0], chat="telegram:-1")))
    await store.transact(lambda tx: tx.tickets.set_thread(ticket.id, "12"))
    assert await store.read(lambda tx: tx.tickets.of_thread("telegram:-2", "12")) is None
    assert await store.read(lambda tx: tx.tickets.of_thread("telegram:-1", "12")) == await got(store, ticket)


async def test_closed_ticket_is_reopened_by_its_learner_and_in_time(store: Store) -> None:
    ticket, other = await opened(store), await learner(store, BOB)
    await claimed(store, ticket, await helper(store))
    await closed(store, ticket)
    again = replace(QUESTION, tried=("A", "B"))

    async def reopened(by: int, after: datetime = NOW) -> bool:
        return await store.transact(lambda tx: tx.tickets.reopen(ticket.id, by, again, after, NOW + 5 * MINUTE))

    assert not await reopened(other.id)
    assert not await reopened(ticket.learner, after=NOW + 2 * MINUTE)
    assert [await reopened(ticket.learner), await reopened(ticket.learner)] == [True, False]
    now = await got(store, ticket)
    assert (now.status, now.outcome, now.closed_at, now.helper) == (Status.WAITING, None, None, None)
    assert (now.reopened, now.opening, now.waiting_since) == (1, again, NOW + 5 * MINUTE)
    assert now.last_helper is not None
    assert now.last_helper.name == "Amir"


async def test_last_closed_ticket_is_found(store: Store) -> None:
    assert await store.read(lambda tx: tx.tickets.closed_of(404)) is None
    first = await opened(store)
    await closed(store, first, minutes=2)
    second = await opened(store)
    await closed(store, second, minutes=3)
    last = await store.read(lambda tx: tx.tickets.closed_of(first.learner))
    assert last is not None
    assert last.id == second.id


async def test_timer_fires_once_and_only_if_it_is_the_one_that_was_seen(store: Store) -> None:
    ticket = await opened(store)
    await store.transact(lambda tx: tx.tickets.set_timer(ticket.id, (Timer.TELL, NOW + MINUTE)))
    seen = await got(store, ticket)
    assert (seen.timer, seen.timer_at) == (Timer.TELL, NOW + MINUTE)
    assert await store.read(lambda tx: tx.tickets.due(NOW)) == []
    assert await store.read(lambda tx: tx.tickets.due(NOW + MINUTE)) == [ticket.id]
    late = replace(seen, timer_at=NOW + 2 * MINUTE)
    fired = [await store.transact(lambda tx, one=one: tx.tickets.fired(one)) for one in (late, seen, seen)]  # type: ignore[misc]
    assert fired == [False, True, False]
    assert await store.read(lambda tx: tx.tickets.due(NOW + MINUTE)) == []


@pytest.mark.parametrize("act", ["claim", "close", "reply"])
async def test_timer_is_off_once_somebody_acts(store: Store, act: str) -> None:
    ticket, amir = await opened(store), await helper(store)
    await store.transact(lambda tx: tx.tickets.set_timer(ticket.id, (Timer.TELL, NOW)))
    if act == "reply":
        await store.transact(lambda tx: tx.tickets.replied(ticket.id, NOW))
    else:
        await (claimed(store, ticket, amir) if act == "claim" else closed(store, ticket))
    assert (await got(store, ticket)).timer is None
    assert await store.read(lambda tx: tx.tickets.due(NOW)) == []


async def test_closed_ticket_takes_no_timer(store: Store) -> None:
    ticket = await opened(store)
    await closed(store, ticket)
    await store.transact(lambda tx: tx.tickets.set_timer(ticket.id, (Timer.TELL, NOW)))
    assert (await got(store, ticket)).timer is None


async def test_first_reply_is_kept(store: Store) -> None:
    ticket = await opened(store)
    for minutes in (3, 4):
        await store.transact(lambda tx, at=NOW + minutes * MINUTE: tx.tickets.replied(ticket.id, at))  # type: ignore[misc]
    assert (await got(store, ticket)).first_reply_at == NOW + 3 * MINUTE


async def test_urgent_ticket_goes_before_all_others_and_back_to_nobody(store: Store) -> None:
    first, second = await opened(store), await opened(store, BOB, minutes=1)
    await store.transact(lambda tx: tx.tickets.set_timer(second.id, (Timer.RETURN, NOW)))
    marked = [await store.transact(lambda tx: tx.tickets.set_urgent(second.id)) for _ in range(2)]
    now = await got(store, second)
    assert (marked, now.urgent, now.timer, now.timer_at) == ([True, False], True, Timer.TELL, NOW)
    assert [one.id for one in await store.read(lambda tx: tx.tickets.list())] == [second.id, first.id]
    assert await store.read(lambda tx: (tx.tickets.waiting_before(first), tx.tickets.waiting_before(now))) == (1, 0)


async def test_only_those_of_the_same_group_wait_before(store: Store) -> None:
    first, second = await opened(store), await opened(store, BOB, minutes=1)
    other = await store.transact(lambda tx: tx.groups.add(Group(0, "York", invite="york"), NOW))
    await store.transact(lambda tx: tx.tickets.hand_over(first.id, other, NOW))
    assert await store.read(lambda tx: tx.tickets.waiting_before(second)) == 0


async def test_cards_are_counted_and_those_without_come_in_order(store: Store) -> None:
    first, second, third = [await opened(store, Address("web", str(n)), minutes=n) for n in range(3)]
    noted = [await store.transact(lambda tx: tx.tickets.set_carded(third.id, carded=False)) for _ in range(2)]
    await store.transact(lambda tx: tx.tickets.set_carded(second.id, carded=False))
    assert noted == [True, False]
    assert await store.read(lambda tx: tx.tickets.cards(first.group)) == 1
    assert [one.id for one in await store.read(lambda tx: tx.tickets.without_card())] == [second.id, third.id]
    await claimed(store, second, await helper(store))
    assert [one.id for one in await store.read(lambda tx: tx.tickets.without_card())] == [third.id]


async def test_what_is_counted_tells_of_nobody(store: Store) -> None:
    ticket, old = await opened(store), await opened(store, BOB)
    await closed(store, old, minutes=1)
    counted = await store.read(lambda tx: tx.tickets.spells(ticket.group, NOW + 2 * MINUTE))
    assert [(one.status, one.lesson, one.since) for one in counted] == [(Status.WAITING, "fake-email", NOW)]
    both = await store.read(lambda tx: tx.tickets.spells(ticket.group, NOW))
    assert sorted(one.outcome for one in both) == ["", "solved"]
    assert "Ann" not in repr(both)
