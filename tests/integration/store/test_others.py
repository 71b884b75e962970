"""Several processes on one PostgreSQL: one of them leads, and each hears what the others write."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from tests.conftest import Server
from tests.integration.runtime.conftest import AMIR, Town
from tests.integration.store.sample import ANN, ME, NOW, QUESTION, learner, owed
from tutorbot.messages.message import Message
from tutorbot.runtime.live import ALL, OUTBOX, bell
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import Address, Author, NewEntry
from tutorbot.store import others, query
from tutorbot.store.database import SqlStore

pytestmark = pytest.mark.postgres
SESSIONS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE "
CUT_LEADER = f"SELECT pg_terminate_backend(pid) {SESSIONS} '%pg_locks%'"
CUT_LISTENER = f"SELECT pg_terminate_backend(pid) {SESSIONS} 'LISTEN%'"
PATIENCE = 20  # seconds
WEB = Address("web", "anns-browser")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "BEAT", 0.02)


@pytest.fixture
def two(postgres_url: str, open_stores: Callable[[str], SqlStore]) -> tuple[SqlStore, SqlStore]:
    """Two processes, as far as the database can tell."""
    return open_stores(postgres_url), open_stores(postgres_url)


class Term:
    """What a process does while it leads: it waits to be told to end."""

    def __init__(self, store: SqlStore) -> None:
        self.begun, self.done, self.stop = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.terms: list[bool] = []  # of each: whether it followed on another process
        self.cancelled = 0
        self.work = asyncio.create_task(store.lead(self._duty, self.stop))

    async def _duty(self, succeeds: bool) -> None:
        self.terms.append(succeeds)
        self.begun.set()
        try:
            await self.done.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    async def end(self) -> None:
        self.stop.set()
        self.done.set()
        await self.work


def one_waits(server: Server) -> bool:
    """Whether a session has asked whether the lead is still its own, and another one has asked for it."""
    return all(server.rows(f"SELECT 1 {SESSIONS} '{asked}'", on=server.at_head) for asked in ("%pg_locks%", "%_try_%"))


async def soon(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), PATIENCE)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


async def test_one_leads_and_the_other_takes_over_when_it_ends(
    two: tuple[SqlStore, SqlStore], postgres: Server
) -> None:
    first = Term(two[0])
    await soon(first.begun)
    second = Term(two[1])
    await until(lambda: one_waits(postgres))
    assert not second.begun.is_set()
    await first.end()
    await soon(second.begun)
    assert (first.terms, second.terms) == ([False], [True])
    await second.end()


async def test_who_lost_its_session_does_not_lead_any_more(two: tuple[SqlStore, SqlStore], postgres: Server) -> None:
    first = Term(two[0])
    await soon(first.begun)
    second = Term(two[1])
    await until(lambda: one_waits(postgres))
    postgres.run(CUT_LEADER, on=postgres.at_head)
    await until(lambda: first.cancelled == 1)
    await until(lambda: first.terms == [False, True] or second.terms == [True])
    await asyncio.gather(first.end(), second.end())


async def test_who_stands_by_ends_when_told(two: tuple[SqlStore, SqlStore]) -> None:
    first = Term(two[0])
    await soon(first.begun)
    second = Term(two[1])
    second.stop.set()
    await asyncio.wait_for(second.work, PATIENCE)
    assert second.terms == []
    await first.end()


async def test_bug_in_a_term_is_told_and_gives_the_lead_back(two: tuple[SqlStore, SqlStore]) -> None:
    async def broken(_: bool) -> None:
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        await two[0].lead(broken, asyncio.Event())
    second = Term(two[1])
    await soon(second.begun)
    await second.end()


async def test_server_ends_the_session_of_a_leader_that_fell_silent(
    two: tuple[SqlStore, SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(others, "GONE", 1)
    monkeypatch.setattr(others, "BEAT", 1000)
    first = Term(two[0])
    await soon(first.begun)  # and now it does not look again
    monkeypatch.setattr(others, "BEAT", 0.02)
    second = Term(two[1])
    await soon(second.begun)
    first.work.cancel()
    await asyncio.wait({first.work})
    await second.end()


async def test_lead_needs_a_database_that_is_there(tmp_path: Any) -> None:
    url = others.URL.create("postgresql+psycopg", query={"host": str(tmp_path)})
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, stop.set)
    await others.Others(url, "me").lead(_never, stop)


async def _never(_: bool) -> None:
    raise AssertionError("there is nothing to lead")


# --- What others write ----------------------------------------------------------------------------------------------


@asynccontextmanager
async def hearing(store: SqlStore) -> AsyncIterator[list[str]]:
    """What this process is told, from now on."""
    told: list[str] = []
    stop, ready = asyncio.Event(), asyncio.Event()

    def heard(bells: Sequence[str]) -> None:
        told.extend(bells)
        ready.set()

    work = asyncio.create_task(store.follow(heard, stop))
    await soon(ready)
    assert told == [ALL], "whatever came before is to be looked for"
    told.clear()
    yield told
    stop.set()
    await work


def say(*entries: NewEntry, lease: Any = None) -> Callable[[Transaction], Any]:
    return lambda tx: tx.record.write(entries, lease)


async def test_what_is_owed_and_nobodys_is_told_to_others_alone(two: tuple[SqlStore, SqlStore]) -> None:
    async with hearing(two[0]) as here, hearing(two[1]) as there:
        await two[0].transact(say(owed("hello")))
        await until(lambda: there == [OUTBOX])
        await two[1].transact(say(owed("hello")))
        await until(lambda: here == [OUTBOX])
        assert there == [OUTBOX], "who wrote it knows it already"


async def test_what_its_writer_sends_is_not_told(two: tuple[SqlStore, SqlStore]) -> None:
    async with hearing(two[1]) as there:
        await two[0].transact(say(owed("mine"), lease=ME))
        await two[0].transact(say(owed("anybody's", Address("telegram", "7"))))
        await until(lambda: there)
        assert there == [OUTBOX]


async def test_pages_of_a_chat_and_of_a_ticket_are_told_without_naming_anybody(
    two: tuple[SqlStore, SqlStore],
) -> None:
    ann = await learner(two[0], WEB)
    ticket = await two[0].transact(lambda tx: tx.tickets.open(ann.id, QUESTION, NOW))
    async with hearing(two[1]) as there:
        await two[0].transact(say(NewEntry(WEB, Author.TUTOR, Message("hi"), NOW, ticket=ticket.id)))
        await until(lambda: there)
    assert set(there) == {bell(str(WEB)), bell("desk"), bell(f"ticket:{ticket.id}")}
    assert all(len(word) == 4 for word in there)


async def test_helper_who_comes_or_goes_wakes_pages_of_other_processes(two: tuple[SqlStore, SqlStore]) -> None:
    town = Town(two[0])
    for act in (town.desk.join, partial(town.desk.presence, here=False), town.desk.leave):
        async with hearing(two[1]) as there:
            await act(town.key(), AMIR)
            await until(lambda there=there: bell("desk") in there)


async def test_what_is_undone_is_not_told(two: tuple[SqlStore, SqlStore]) -> None:
    def undone(tx: Transaction) -> None:
        tx.record.write([owed("never said")])
        raise ValueError("a bug")

    async with hearing(two[1]) as there:
        with pytest.raises(ValueError, match="a bug"):
            await two[0].transact(undone)
        await two[0].transact(say(NewEntry(WEB, Author.TUTOR, Message("said"), NOW)))
        await until(lambda: there)
        assert there == [bell(str(WEB))]


async def test_news_of_very_many_chats_is_told_as_one_word(
    two: tuple[SqlStore, SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_WORDS", 2)
    chats = [Address("web", str(number)) for number in range(3)]
    async with hearing(two[1]) as there:
        await two[0].transact(say(*(NewEntry(chat, Author.TUTOR, Message("hi"), NOW) for chat in chats)))
        await until(lambda: there)
    assert there == [ALL]


async def test_listener_that_was_cut_off_hears_again(two: tuple[SqlStore, SqlStore], postgres: Server) -> None:
    async with hearing(two[1]) as there:
        postgres.run(CUT_LISTENER, on=postgres.at_head)
        await until(lambda: there)
        assert there == [ALL], "anything may have been told meanwhile"
        await two[0].transact(say(owed("hello", ANN)))
        await until(lambda: there[1:] == [OUTBOX])


async def test_alone_on_sqlite_one_leads_at_once_and_hears_nothing(
    sqlite_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    store, terms = open_stores(sqlite_url), list[bool]()

    async def duty(succeeds: bool) -> None:
        terms.append(succeeds)

    await store.lead(duty, asyncio.Event())
    await store.follow(lambda bells: terms.append(bool(bells)), asyncio.Event())
    assert terms == [False]
