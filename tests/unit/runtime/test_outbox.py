"""The sender, over a store and a transport made by hand."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, ClassVar

import pytest

from tutorbot.errors import StoreUnavailable, TransportError
from tutorbot.messages.message import Copied, Message
from tutorbot.runtime import outbox
from tutorbot.runtime.meters import NoMeters, Sending
from tutorbot.runtime.outbox import Sender
from tutorbot.runtime.trail import following, trail
from tutorbot.runtime.values import Address, Author, Kind, Owed

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANN, BEA, GROUP = (Address("telegram", id_) for id_ in ("1", "2", "-100"))


class Books:
    """A store that only remembers what it was told."""

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []
        self.down = 0  # how many more transactions fail
        self.bugs = 0  # how many more claims meet a bug
        self.ours = True  # what is leased to us still is
        self.due: list[Owed] = []

    @property
    def outbox(self) -> "Books":
        return self

    @property
    def learners(self) -> "Books":
        return self

    async def transact(self, work: Callable[[Any], Any]) -> Any:
        if self.down:
            self.down -= 1
            raise StoreUnavailable
        return work(self)

    def begin(self, ids: Sequence[int], worker: str) -> bool:
        self.log.append(("begin", *ids))
        return self.ours

    def sent(self, ids: Sequence[int], ref: str, now: datetime) -> None:
        self.log.append(("sent", *ids))

    def put_off(self, id_: int, due: datetime, error: str, *, unsure: bool) -> None:
        self.log.append(("put_off", id_, due - NOON, unsure))

    def let_go(self, ids: Sequence[int]) -> None:
        self.log.append(("let_go", *ids))

    def give_up(self, id_: int, error: str, now: datetime) -> None:
        self.log.append(("give_up", id_))

    def mark_reachable(self, address: Address, reachable: bool) -> None:
        self.log.append(("reachable", str(address), reachable))

    def free_others(self, worker: str) -> None:
        self.log.append(("free_others", worker))

    def claim(self, channels: Sequence[str], lease: object, now: datetime, limit: int) -> Sequence[Owed]:
        if self.bugs:
            self.bugs -= 1
            raise ValueError("a row that cannot be read")
        due, self.due = self.due, []
        return due

    def next_due(self, channels: Sequence[str]) -> datetime | None:
        return None


class Wire:
    """A transport that fails as told and keeps what it sent."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.sent: list[tuple[str, str]] = []

    async def send(self, owed: Owed) -> str:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((owed.to.id, owed.message.text))
        return str(owed.id)


class NoPace:
    async def wait(self, address: Address, count: int = 1) -> None:
        """At once."""

    def is_group(self, address: Address) -> bool:
        return address.id.startswith("-")


class Queue(NoPace):
    """Somebody joins it, and waits until we say that it is their turn."""

    def __init__(self) -> None:
        self.joined, self.turn = asyncio.Event(), asyncio.Event()

    async def wait(self, address: Address, count: int = 1) -> None:
        self.joined.set()
        await self.turn.wait()


class Crowd(NoPace):
    """So many want to send that our turn never comes."""

    async def wait(self, address: Address, count: int = 1) -> None:
        await asyncio.Event().wait()


def owed(id_: int, to: Address = ANN, text: str = "", **more: Any) -> Owed:
    message = Message(text=text or f"m{id_}")
    return Owed(id_, to, Kind.SAY, more.pop("message", message), NOON + timedelta(minutes=2), **more)


def sender(books: Books, wire: Wire, now: datetime = NOON, pace: NoPace | None = None) -> Sender:
    return Sender(books, {"telegram": wire}, pace or NoPace(), lambda: now, "w", Random(1))


async def at_once(_: float) -> None:
    """A pause that is over."""


async def served(one: Sender) -> None:
    while one.busy:
        await asyncio.sleep(0)


async def test_messages_of_a_chat_go_out_in_order_and_are_marked() -> None:
    books, wire = Books(), Wire()
    one = sender(books, wire)
    one.deliver([owed(1), owed(2), owed(3, BEA)])
    await served(one)
    assert [text for to, text in wire.sent if to == "1"] == ["m1", "m2"]
    assert sorted(books.log) == [("sent", 1), ("sent", 2), ("sent", 3)]


async def test_what_is_handed_over_in_another_order_goes_out_in_order() -> None:
    books, wire, pace = Books(), Wire(), Queue()
    one = sender(books, wire, pace=pace)
    one.deliver([owed(2)])
    await pace.joined.wait()
    one.deliver([owed(1)])
    pace.turn.set()
    await served(one)
    assert [text for _, text in wire.sent] == ["m1", "m2"]


async def test_a_chat_that_must_wait_holds_back_what_follows_and_no_other_chat() -> None:
    books, wire = Books(), Wire(TransportError("slow down", retry_after=timedelta(seconds=3)))
    one = sender(books, wire)
    one.deliver([owed(1), owed(2), owed(3, BEA)])
    await served(one)
    assert wire.sent == [("2", "m3")]
    assert books.log[:1] == [("put_off", 1, timedelta(seconds=3), False)]
    assert ("let_go", 2) in books.log


async def test_a_permanent_fault_gives_up_and_goes_on() -> None:
    books, wire = Books(), Wire(TransportError("blocked", permanent=True))
    one = sender(books, wire)
    one.deliver([owed(1), owed(2)])
    await served(one)
    assert books.log == [("give_up", 1), ("reachable", "telegram:1", False), ("sent", 2)]


async def test_a_message_that_is_refused_is_given_up_and_the_chat_stays_reachable() -> None:
    books, wire = Books(), Wire(TransportError("too odd", refused=True))
    one = sender(books, wire)
    one.deliver([owed(1), owed(2)])
    await served(one)
    assert books.log == [("give_up", 1), ("sent", 2)]


@pytest.mark.parametrize(
    ("fault", "counted"),
    [
        (None, [("sent", 1)]),
        (TransportError("?"), [("put_off", 1)]),
        (TransportError("blocked", permanent=True), [("given_up", 1)]),
    ],
)
async def test_what_came_of_each_message_is_counted(
    fault: TransportError | None, counted: list[tuple[str, int]]
) -> None:
    class Counts(NoMeters):
        found: ClassVar[list[tuple[str, int]]] = []

        def sending(self, _channel: str, result: Sending, messages: int) -> None:
            self.found.append((result.value, messages))

    wire = Wire(*([fault] if fault else []))
    one = Sender(Books(), {"telegram": wire}, NoPace(), lambda: NOON, "w", Random(1), Counts())
    one.deliver([owed(1)])
    await served(one)
    assert Counts.found == counted


async def test_what_is_logged_while_sending_belongs_to_no_one_turn() -> None:
    class Listening(Wire):
        async def send(self, owed: Owed) -> str:
            words.append(trail())
            return await super().send(owed)

    words: list[str] = []
    one = sender(Books(), Listening())
    with following("telegram:1"):
        one.deliver([owed(1)])
    await served(one)
    assert words == [""]


async def test_an_unknown_fault_is_tried_again_later_and_later() -> None:
    waits = []
    for tries in (0, 3, 30):
        books = Books()
        one = sender(books, Wire(TransportError("?")))
        one.deliver([owed(1, tries=tries)])
        await served(one)
        waits.append(books.log[0][2])
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(minutes=15)


async def test_a_bug_is_tried_again_later_and_holds_back_what_follows() -> None:
    books, wire = Books(), Wire(KeyError("message_id"))
    one = sender(books, wire)
    one.deliver([owed(1), owed(2)])
    await served(one)
    assert wire.sent == []
    assert [entry[:2] for entry in books.log] == [("put_off", 1), ("let_go", 2)]


async def test_a_message_that_meets_a_bug_each_time_is_given_up() -> None:
    books, wire = Books(), Wire(KeyError("message_id"))
    one = sender(books, wire)
    one.deliver([owed(1, tries=outbox.BUG_TRIES - 1), owed(2)])
    await served(one)
    assert books.log == [("give_up", 1), ("sent", 2)]


async def test_what_must_wait_is_given_back_as_soon_as_the_store_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "HOLD", timedelta(0))
    books = Books()
    books.down = 2
    one = sender(books, Wire(), NOON + timedelta(seconds=119))
    one.deliver([owed(1)])
    await served(one)
    assert books.log == [("let_go", 1)]


async def test_a_bug_does_not_end_the_looking_for_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "SWEEP", timedelta(0))
    books, wire = Books(), Wire()
    books.bugs, books.due = 1, [owed(7)]
    one = sender(books, wire)
    running = asyncio.create_task(one.run())
    while not wire.sent and not running.done():
        await asyncio.sleep(0)
    await one.stop()
    await running
    assert wire.sent == [("1", "m7")]


async def test_a_message_that_may_have_arrived_twice_is_not_hurried_nor_sent_for_ever() -> None:
    books = Books()
    one = sender(books, Wire(TransportError("?", unsure=True), TransportError("?", unsure=True)))
    one.deliver([owed(1, unsure=True)])
    await served(one)
    one.deliver([owed(1, unsure=True, tries=4)])
    await served(one)
    assert books.log[0][2] >= timedelta(minutes=5)
    assert books.log[1] == ("give_up", 1)


class Asking:
    """Remembers which answers the helpers are asked about."""

    def __init__(self) -> None:
        self.answers: list[Owed] = []
        self.told: list[Owed] = []

    def ask(self, _tx: object, answer: Owed, _now: datetime) -> None:
        self.answers.append(answer)

    def asked(self, answer: Owed) -> None:
        self.told.append(answer)


def asking_sender(books: Books, wire: Wire, asking: Asking) -> Sender:
    return Sender(books, {"telegram": wire}, NoPace(), lambda: NOON, "w", Random(1), doubt=asking, pause=at_once)


async def test_a_helpers_answer_that_may_have_arrived_is_asked_about_instead_of_repeated() -> None:
    books, wire, asking = Books(), Wire(TransportError("?", unsure=True)), Asking()
    one, answer = asking_sender(books, wire, asking), owed(1, author=Author.HELPER, ticket=7)
    one.deliver([answer, owed(2)])
    await served(one)
    assert asking.answers == asking.told == [answer]
    assert wire.sent == [("1", "m2")]
    assert books.log == [("begin", 1), ("give_up", 1), ("sent", 2)]


async def test_a_helpers_answer_whose_sender_died_is_asked_about_and_not_sent() -> None:
    books, wire, asking = Books(), Wire(), Asking()
    one, answer = asking_sender(books, wire, asking), owed(1, author=Author.HELPER, ticket=7, unsure=True)
    one.deliver([answer, owed(2)])
    await served(one)
    assert asking.answers == [answer]
    assert wire.sent == [("1", "m2")]


async def test_a_helpers_answer_that_somebody_else_has_taken_is_left_to_them() -> None:
    books, wire, asking = Books(), Wire(), Asking()
    books.ours = False
    one = asking_sender(books, wire, asking)
    one.deliver([owed(1, author=Author.HELPER), owed(2)])
    await served(one)
    assert (wire.sent, asking.answers) == ([("1", "m2")], [])


async def test_a_helpers_answer_that_surely_did_not_arrive_is_tried_again() -> None:
    books, wire, asking = Books(), Wire(TransportError("slow down", retry_after=timedelta(seconds=3))), Asking()
    one = asking_sender(books, wire, asking)
    one.deliver([owed(1, author=Author.HELPER)])
    await served(one)
    assert books.log == [("begin", 1), ("put_off", 1, timedelta(seconds=3), False)]
    assert asking.answers == []


async def test_a_bug_while_a_helpers_answer_is_sent_is_asked_about() -> None:
    books, asking = Books(), Asking()
    one = asking_sender(books, Wire(KeyError("message_id")), asking)
    one.deliver([owed(1, author=Author.HELPER)])
    await served(one)
    assert len(asking.answers) == 1


async def test_of_an_album_what_was_being_sent_is_asked_about_and_the_rest_is_sent() -> None:
    books, wire, asking = Books(), Wire(), Asking()
    one = asking_sender(books, wire, asking)
    media = [Copied("-100", (number,), "picture", album="9") for number in (1, 2, 3)]
    parts = [owed(id_, author=Author.HELPER, message=Message(media=one)) for id_, one in enumerate(media, 1)]
    one.deliver([replace(parts[0], unsure=True), replace(parts[1], unsure=True), parts[2]])
    await served(one)
    (asked,) = asking.answers
    assert asked.message.media == replace(media[0], ids=(1, 2))
    assert books.log == [("give_up", 1), ("give_up", 2), ("begin", 3), ("sent", 3)]


async def test_of_messages_put_together_only_the_odd_one_is_given_up() -> None:
    odd = TransportError("too odd", refused=True)
    books, wire = Books(), Wire(odd, odd)
    one = sender(books, wire)
    one.deliver([owed(1, GROUP, ticket=7), owed(2, GROUP, ticket=7)])
    await served(one)
    assert books.log == [("give_up", 1), ("sent", 2)]


async def test_a_lease_near_its_end_is_given_back_unused() -> None:
    books, wire = Books(), Wire()
    one = sender(books, wire, NOON + timedelta(seconds=119))
    one.deliver([owed(1)])
    await served(one)
    assert wire.sent == []
    assert books.log == [("let_go", 1)]


async def test_what_was_sent_while_the_store_was_down_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "HOLD", timedelta(0))
    books, wire = Books(), Wire()
    books.down = 3
    one = sender(books, wire)
    one.deliver([owed(1)])
    while not wire.sent:
        await asyncio.sleep(0)
    one.deliver([owed(1)])  # its lease ended meanwhile, and it was claimed anew
    await served(one)
    assert wire.sent == [("1", "m1")]
    assert books.log == [("sent", 1)]


async def test_a_lease_that_nears_its_end_while_waiting_for_a_turn_is_given_back_unused() -> None:
    books, wire = Books(), Wire()
    one = sender(books, wire, NOON + timedelta(minutes=2) - outbox.MARGIN - timedelta(milliseconds=1), Crowd())
    one.deliver([owed(1)])
    await served(one)
    assert (wire.sent, books.log) == ([], [("let_go", 1)])


async def test_what_is_due_is_looked_for() -> None:
    books, wire = Books(), Wire()
    books.due = [owed(7)]
    one = sender(books, wire)
    running = asyncio.create_task(one.run())
    while not wire.sent:
        await asyncio.sleep(0)
    await one.stop()
    await running
    assert wire.sent == [("1", "m7")]


async def test_new_sender_takes_back_what_others_have_leased_for_some_time() -> None:
    books, moments = Books(), iter([NOON, NOON, NOON + outbox.SETTLES, NOON + outbox.SETTLES])
    one = Sender(books, {"telegram": Wire()}, NoPace(), lambda: next(moments), "w", Random(1))
    await one._sweep()
    assert books.log == [("free_others", "w")]
    await one._sweep()
    assert len(books.log) == 1


async def test_no_more_chats_are_taken_than_can_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "ROOM", 1)
    books, pace = Books(), Queue()
    one = sender(books, Wire(), pace=pace)
    one.deliver([owed(1)])
    await pace.joined.wait()
    books.due = [owed(2, BEA)]
    assert await one._sweep() == outbox.BREATH
    assert books.due, "they stay in the store, for whoever has room"
    pace.turn.set()
    await served(one)


async def test_sender_that_is_cancelled_sends_nothing_more_and_writes_nothing_down() -> None:
    books, wire, pace = Books(), Wire(), Queue()
    one = sender(books, wire, pace=pace)
    running = asyncio.create_task(one.run())
    one.deliver([owed(1)])
    await pace.joined.wait()
    books.log.clear()
    running.cancel()
    await asyncio.wait({running})
    await served(one)
    assert (wire.sent, books.log) == ([], [])


async def test_what_was_sent_is_written_down_by_a_sender_that_was_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "HOLD", timedelta(0))
    books, wire = Books(), Wire()
    one = sender(books, wire)
    running = asyncio.create_task(one.run())
    await asyncio.sleep(0)
    books.down, books.log = 1000, []
    one.deliver([owed(1), owed(2)])
    while not wire.sent:
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running})
    books.down = 0
    await one.settled()
    assert wire.sent == [("1", "m1")]
    assert books.log == [("sent", 1)]


async def test_sender_looks_when_it_is_told_of_something() -> None:
    books, wire = Books(), Wire()
    one = sender(books, wire)
    running = asyncio.create_task(one.run())
    await asyncio.sleep(0)
    books.due = [owed(7)]
    one.look()
    while not wire.sent:
        await asyncio.sleep(0)
    await one.stop()
    await running


async def test_stopping_gives_back_what_was_not_sent() -> None:
    books, wire = Books(), Wire()
    one = sender(books, wire)
    one.deliver([owed(1), owed(2)])
    await one.stop()
    assert {entry[0] for entry in books.log} <= {"sent", "let_go"}
    assert sorted(id_ for entry in books.log for id_ in entry[1:]) == [1, 2]


class AlbumWire(Wire):
    """Gives each part of an album an id of its own."""

    async def send(self, owed: Owed) -> str:
        await super().send(owed)
        return " ".join(f"9{id_}" for id_ in owed.message.media.ids) if owed.message.media else "90"


def part(id_: int, **more: Any) -> Owed:
    return owed(id_, message=Message(f"m{id_}", media=Copied("7", (id_,), "picture", "album")), **more)


async def test_parts_of_an_album_that_come_one_by_one_go_out_as_one() -> None:
    books, wire = Books(), AlbumWire()

    async def meanwhile(_: float) -> None:
        one.deliver([owed(2), part(3)])

    one = Sender(books, {"telegram": wire}, NoPace(), lambda: NOON, "w", Random(1), pause=meanwhile)
    one.deliver([part(1)])
    await served(one)
    assert wire.sent == [("1", "m1"), ("1", "m2")]
    assert books.log == [("sent", 1), ("sent", 3), ("sent", 2)]


class Counted(NoPace):
    """Notes for how many messages somebody waited."""

    def __init__(self) -> None:
        self.counts: list[int] = []

    async def wait(self, address: Address, count: int = 1) -> None:
        self.counts.append(count)


async def test_album_takes_a_place_for_each_part_also_for_those_that_come_while_it_waits() -> None:
    wire, pace = AlbumWire(), Counted()
    one = Sender(Books(), {"telegram": wire}, pace, lambda: NOON, "w", Random(1), pause=at_once)
    wait = pace.wait

    async def meanwhile(address: Address, count: int = 1) -> None:
        await wait(address, count)
        one.deliver([part(number) for number in range(3, 9)])

    pace.wait = meanwhile  # type: ignore[method-assign]
    one.deliver([part(1), part(2)])
    await served(one)
    assert (pace.counts, len(wire.sent)) == ([2, 6], 1)


async def test_parts_of_an_album_that_is_refused_go_alone() -> None:
    books, wire = Books(), Wire(TransportError("odd", refused=True), TransportError("odd", refused=True))
    one = Sender(books, {"telegram": wire}, NoPace(), lambda: NOON, "w", Random(1), pause=at_once)
    one.deliver([part(1), part(2)])
    await served(one)
    assert books.log == [("give_up", 1), ("sent", 2)]
