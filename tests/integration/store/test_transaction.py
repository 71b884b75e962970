"""A unit of work happens wholly or not at all, and nobody gets in between."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete

from tests.integration.store.sample import ANN, BOB, MINUTE, NOW, QUESTION, connected, ids, learner, owed, rows, write
from tutorbot.messages.message import Message
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.trail import following, trail
from tutorbot.runtime.values import Address, Author, Learner, NewEntry
from tutorbot.store.database import SqlStore
from tutorbot.store.tables import AddressRow, EntryRow, LearnerRow, Row, SettingRow, TicketRow


def step_on(tx: Transaction, address: Address = ANN) -> Learner:
    """Read, change, write: what loses updates where nobody locks."""
    known = tx.learners.at(address, "en", NOW)
    moved = replace(known, state=replace(known.state, step=known.state.step + 1))
    tx.learners.save(moved, NOW)
    return moved


async def test_event_is_new_once(store: Store) -> None:
    first = await store.transact(lambda tx: tx.first_time("telegram:1", NOW))
    again = await store.transact(lambda tx: tx.first_time("telegram:1", NOW))
    other = await store.transact(lambda tx: tx.first_time("web:1", NOW))
    assert (first, again, other) == (True, False, True)


async def test_same_event_from_several_sides_at_once_has_one_effect(
    database_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    stores = [open_stores(database_url), open_stores(database_url)]

    def once(tx: Transaction) -> None:
        if tx.first_time("telegram:1", NOW):
            step_on(tx)

    await asyncio.gather(*(store.transact(once) for store in stores for _ in range(5)))
    assert (await learner(stores[0])).state.step == 1


async def test_event_of_work_that_went_wrong_is_still_new(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        await store.transact(lambda tx: tx.first_time("telegram:1", NOW) and 1 // 0)
    assert await store.transact(lambda tx: tx.first_time("telegram:1", NOW))


async def test_old_events_are_forgotten(store: Store) -> None:
    await store.transact(lambda tx: [tx.first_time("old", NOW), tx.first_time("new", NOW + MINUTE)])
    assert await store.transact(lambda tx: tx.forget_events(NOW + MINUTE)) == 1
    assert await store.transact(lambda tx: [tx.first_time("old", NOW), tx.first_time("new", NOW)]) == [True, False]


async def test_setting_is_remembered(store: Store, database_url: str) -> None:
    assert await store.read(lambda tx: tx.setting("offset")) is None
    await store.transact(lambda tx: tx.remember("offset", "1"))
    await store.transact(lambda tx: tx.remember("offset", "2"))
    assert await store.read(lambda tx: tx.setting("offset")) == "2"
    assert [row.value for row in rows(database_url, SettingRow) if row.key == "offset"] == ["2"]


async def test_work_of_many_on_one_learner_is_never_lost(
    database_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    stores = [open_stores(database_url), open_stores(database_url)]
    await asyncio.gather(*(store.transact(step_on) for store in stores for _ in range(100)))
    assert (await learner(stores[0])).state.step == 200


async def test_work_that_raises_leaves_nothing(store: Store, database_url: str) -> None:
    def half(tx: Transaction) -> None:
        step_on(tx)
        tx.record.write([owed("never said")])
        raise LookupError("in the middle")

    with pytest.raises(LookupError, match="in the middle"):
        await store.transact(half)
    assert rows(database_url, LearnerRow) == rows(database_url, EntryRow) == []


async def test_stop_iteration_in_the_work_reaches_the_caller(store: Store) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.transact(lambda tx: next(iter(())))


async def test_reading_sees_what_was_committed_before(store: Store) -> None:
    moved = await store.transact(step_on)
    assert await store.read(lambda tx: tx.learners.get(moved.id)) == moved
    assert await store.read(lambda tx: tx.learners.at(ANN, "en", NOW)) == moved


async def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(RuntimeError, match="may not write"):
        await store.read(step_on)


async def test_reading_does_not_wait_for_work_that_takes_long(store: Store) -> None:
    known = await store.transact(step_on)
    loop, begun, end = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def slowly(tx: Transaction) -> None:
        step_on(tx)
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(end.wait(), loop).result()

    work = asyncio.create_task(store.transact(slowly))
    await begun.wait()
    assert await store.read(lambda tx: tx.learners.get(known.id)) == known
    end.set()
    await work


async def test_text_that_databases_refuse_is_cleaned(store: Store) -> None:
    odd = "a\x00b\ud800c"
    known = await learner(store, Address("web", odd))
    named = replace(known, state=replace(known.state, name=odd))
    await store.transact(lambda tx: tx.learners.save(named, NOW))
    await write(store, NewEntry(ANN, Author.HELPER, Message(odd, said=odd), NOW, name=odd))
    await store.transact(lambda tx: tx.tickets.open(known.id, replace(QUESTION, tried=(odd,)), NOW))
    assert (await store.read(lambda tx: tx.learners.get(known.id))).state.name == "a?b?c"
    (entry,) = await store.read(lambda tx: tx.record.of_chat(ANN))
    assert (entry.name, entry.message) == ("a?b?c", Message("a?b?c", said="a?b?c"))
    (ticket,) = await store.read(lambda tx: tx.tickets.list())
    assert ticket.opening.tried == ("a?b?c",)


@pytest.mark.parametrize("text", ["🙂" * 3000, "Llŷn 'quoted' \"twice\" %s %(x)s :name ? -- ;", "ا" * 50, "\\ud800"])
async def test_any_other_text_is_kept_letter_by_letter(store: Store, text: str) -> None:
    await write(store, NewEntry(ANN, Author.LEARNER, Message(said=text), NOW, name=text))
    (entry,) = await store.read(lambda tx: tx.record.of_chat(ANN))
    assert (entry.message.said, entry.name) == (text, text)


async def test_deleting_a_learner_deletes_all_about_them(store: Store, database_url: str) -> None:
    known, other = await learner(store), await learner(store, BOB)
    for one in (known, other):
        await store.transact(lambda tx, one=one: tx.tickets.open(one.id, QUESTION, NOW))  # type: ignore[misc]
        await write(store, owed("hello", one.address, learner=one.id))
    with connected(database_url) as connection:
        if database_url.startswith("sqlite"):
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.execute(delete(LearnerRow).where(LearnerRow.id == known.id))  # type: ignore[arg-type]
    left: list[tuple[type[Row], str]] = [(AddressRow, "learner"), (TicketRow, "learner"), (EntryRow, "learner")]
    for row, column in left:
        assert [getattr(one, column) for one in rows(database_url, row)] == [other.id]
    assert await ids(store, ANN) == []


async def test_what_the_store_logs_belongs_to_the_turn_that_asked(store: Store) -> None:
    with following("telegram:1"):
        assert await store.transact(lambda tx: trail()) == trail() != ""
    assert await store.transact(lambda tx: trail()) == ""
