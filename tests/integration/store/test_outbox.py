"""What is owed is claimed once, in the order of each chat, and never forgotten."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.integration.store.sample import (
    ANN,
    BOB,
    ME,
    MINUTE,
    NOW,
    OTHER,
    claim,
    ids,
    owed,
    rows,
    write,
)
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address, Author, Kind, Owed
from tutorbot.store import outbox
from tutorbot.store.database import SqlStore
from tutorbot.store.query import Query
from tutorbot.store.tables import EntryRow

LATER = NOW + 2 * MINUTE


async def put_off(store: Store, entry: int, *, unsure: bool = False) -> None:
    await store.transact(lambda tx: tx.outbox.put_off(entry, LATER, "slow down", unsure=unsure))


async def test_what_is_owed_is_claimed_once_and_in_order(store: Store) -> None:
    await write(store, owed("a1"), owed("b1", BOB), owed("a2"))
    assert await claim(store) == ["a1", "b1", "a2"]
    assert await claim(store) == await claim(store, OTHER) == []


async def test_claimed_message_carries_all_that_a_sender_needs(store: Store) -> None:
    await write(store, owed("1", kind=Kind.REPLACE, ref="17"))
    (first,) = await ids(store)
    await put_off(store, first, unsure=True)
    lease = replace(ME, until=LATER + MINUTE)
    (got,) = await store.transact(lambda tx: tx.outbox.claim(["telegram"], lease, LATER))
    assert got == Owed(first, ANN, Kind.REPLACE, got.message, lease.until, ref="17", tries=1, unsure=True)


async def test_only_the_channels_asked_for_are_claimed(store: Store) -> None:
    await write(store, owed("phone"), owed("letter", Address("letter", "9")))
    claimed = await store.transact(lambda tx: tx.outbox.claim(["letter", "fax"], ME, NOW))
    assert [one.to.channel for one in claimed] == ["letter"]


async def test_no_more_than_the_limit_is_claimed(store: Store) -> None:
    await write(store, owed("a1"), owed("a2"), owed("a3"), owed("b1", BOB))
    assert await claim(store, limit=2) == ["a1", "a2"]
    assert await claim(store, limit=2) == ["a3", "b1"]


async def test_message_not_due_holds_up_its_chat_and_no_other(store: Store) -> None:
    await write(store, owed("a1"), owed("a2"), owed("b1", BOB))
    await put_off(store, (await ids(store))[0])
    assert await claim(store) == ["b1"]
    assert await claim(store, OTHER, LATER) == ["a1", "a2", "b1"]


async def test_message_in_other_hands_holds_up_its_chat(store: Store) -> None:
    await write(store, owed("1"), lease=OTHER)
    await write(store, owed("2"))
    assert await claim(store) == []


async def test_message_in_our_hands_holds_nothing_up(store: Store) -> None:
    await write(store, owed("1"), lease=ME)
    await write(store, owed("2"))
    assert await claim(store) == ["2"]


async def test_lease_that_has_ended_can_be_claimed_by_others(store: Store) -> None:
    await write(store, owed("1"), owed("2"), lease=OTHER)
    assert await claim(store, ME, OTHER.until) == ["1", "2"]


async def test_what_was_let_go_can_be_claimed_again(store: Store) -> None:
    await write(store, owed("1"), owed("2"), lease=OTHER)
    last = (await ids(store))[1:]
    await store.transact(lambda tx: tx.outbox.let_go(last))
    assert await claim(store) == []
    assert await claim(store, OTHER) == ["2"]


async def test_who_leads_takes_back_every_lease_of_others(store: Store) -> None:
    await write(store, owed("1"), lease=OTHER)
    await write(store, owed("2", BOB), lease=ME)
    await store.transact(lambda tx: tx.outbox.free_others(ME.worker))
    assert await claim(store) == ["1"]


async def test_what_was_sent_together_has_one_id_and_is_owed_no_more(store: Store, database_url: str) -> None:
    await write(store, owed("1"), owed("2"), lease=ME)
    both = await ids(store)
    await store.transact(lambda tx: tx.outbox.sent(both, "17", LATER))
    assert [(row.ref, row.sent_at, row.due_at, row.worker) for row in rows(database_url, EntryRow)] == [
        ("17", LATER, None, None)
    ] * 2
    assert await claim(store, now=LATER) == []


async def test_putting_off_counts_tries_and_remembers_doubt(store: Store, database_url: str) -> None:
    await write(store, owed("1"), lease=ME)
    (first,) = await ids(store)
    await put_off(store, first, unsure=True)
    await put_off(store, first)
    (row,) = rows(database_url, EntryRow)
    assert (row.tries, row.unsure, row.error, row.due_at, row.leased_until) == (2, True, "slow down", LATER, None)


async def test_answer_is_in_doubt_from_before_it_is_sent_until_it_surely_was_not(store: Store) -> None:
    await write(store, replace(owed("1"), author=Author.HELPER), lease=ME)
    (first,) = await ids(store)
    assert await store.transact(lambda tx: tx.outbox.begin([first], ME.worker))

    async def is_unsure() -> bool:
        (got,) = await store.transact(lambda tx: tx.outbox.claim(["telegram"], replace(ME, until=LATER), LATER))
        return got.unsure

    assert await is_unsure(), "whoever sent it died"
    await put_off(store, first)
    assert not await is_unsure()


async def test_answer_that_another_has_taken_is_not_begun(store: Store) -> None:
    await write(store, replace(owed("1"), author=Author.HELPER), lease=ME)
    found = await ids(store)
    assert not await store.transact(lambda tx: tx.outbox.begin(found, OTHER.worker))
    await store.transact(lambda tx: tx.outbox.sent(found, "17", NOW))
    assert not await store.transact(lambda tx: tx.outbox.begin(found, ME.worker))


async def test_what_is_given_up_stays_in_the_record_alone(store: Store, database_url: str) -> None:
    await write(store, owed("1"), owed("2"), lease=ME)
    first, _ = await ids(store)
    await store.transact(lambda tx: tx.outbox.give_up(first, "gone", NOW))
    row, _ = rows(database_url, EntryRow)
    assert (row.given_up_at, row.error, row.due_at) == (NOW, "gone", None)
    assert await claim(store, now=LATER) == ["2"]


async def test_next_due_is_the_first_moment_to_look_again(store: Store) -> None:
    async def next_due() -> object:
        return await store.read(lambda tx: tx.outbox.next_due(["telegram", "fax"]))

    assert await next_due() is None
    await write(store, owed("1"), owed("2"))
    assert await next_due() == NOW
    await put_off(store, (await ids(store))[0])
    assert await next_due() == LATER
    await write(store, owed("3", BOB), lease=ME)
    assert await next_due() == ME.until


@pytest.mark.parametrize("query", [outbox._CLAIMABLE, outbox._NEXT])
async def test_looking_for_what_is_due_is_one_walk_however_much_is_owed(store: Store, query: Query) -> None:
    """PostgreSQL plans for next to nothing: anything else takes minutes for some ten thousands."""
    values = {"start": "telegram:", "worker": "me", "now": NOW, "limit": 100}

    def explain(tx: Any) -> str:
        driver, plan = tx._db._driver, query.plan(tx._db._dialect)
        word = "EXPLAIN QUERY PLAN" if plan.sql.count("?") else "EXPLAIN"
        return str(driver.execute(f"{word} {plan.sql}", plan.values(values)).fetchall())

    plan = await store.read(explain)
    assert len(re.findall(r"(?:Scan[^']* on|SCAN|SEARCH) entries\b", plan)) == 1, plan


async def test_two_senders_never_claim_the_same_message(
    database_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    one, two = open_stores(database_url), open_stores(database_url)
    chats = [Address("telegram", str(number)) for number in range(30)]
    await write(one, *(owed(f"{chat.id} {part}", chat) for part in "abc" for chat in chats))
    claims = (claim(store, lease, limit=10) for _ in range(6) for store, lease in ((one, ME), (two, OTHER)))
    claimed = [text for texts in await asyncio.gather(*claims) for text in texts]
    claimed += await claim(one, limit=1000) + await claim(two, OTHER, limit=1000)
    assert sorted(claimed) == sorted(f"{chat.id} {part}" for chat in chats for part in "abc")


@pytest.mark.postgres
async def test_chat_that_another_sender_is_claiming_is_left_alone(
    postgres_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    one, two = open_stores(postgres_url), open_stores(postgres_url)
    await write(one, owed("a1"), owed("a2"))
    inside, leave = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slowly(tx: object) -> None:
        tx.outbox.claim(["telegram"], ME, NOW, 1)  # type: ignore[attr-defined]
        loop.call_soon_threadsafe(inside.set)
        asyncio.run_coroutine_threadsafe(leave.wait(), loop).result()

    first = asyncio.create_task(one.transact(slowly))
    await inside.wait()
    assert await claim(two, OTHER) == []
    leave.set()
    await first
