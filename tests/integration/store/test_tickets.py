"""A ticket moves only as its rules allow, whoever else is at it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.integration.store.sample import AMIR, ANN, BOB, DANA, MINUTE, NOW, QUESTION, learner
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Outcome, Status, Ticket
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
