"""Sends what is owed: in order for each chat, chats side by side, patient with every fault that may pass.

What a turn has just written is handed over in memory, leased to us; everything else (left by a crash, put off, written
by another process) is claimed from the store when it is due. A message is marked sent after it was sent: a crash in
between repeats one message, and never loses one, for Telegram knows no key by which to tell the repetition. Only what
a helper says is never repeated by itself: see `doubt`.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from contextvars import Context
from datetime import datetime, timedelta
from functools import partial
from random import Random

from tutorbot.errors import StoreUnavailable, TransportError, kind_and_place
from tutorbot.runtime.doubt import Doubt, is_answer, never_heard
from tutorbot.runtime.meters import NO_METERS, Meters, Sending
from tutorbot.runtime.ports import Pace, Store, Transaction, Transport
from tutorbot.runtime.together import album, joined, messages_in, put_in_order, take_out, together
from tutorbot.runtime.turns import LEASE
from tutorbot.runtime.values import Address, Lease, Owed

log = logging.getLogger(__name__)

SWEEP = timedelta(seconds=5)  # how often we look for what is due and nobody's
BREATH = timedelta(milliseconds=100)  # the least time between two looks, unless we are told of something new
SETTLES = timedelta(seconds=5)  # in which somebody who sent before us may still commit what they began
ROOM = 300  # chats served at once; what else is due stays in the store: a lease on it might end before its turn
FIRST_WAIT = timedelta(seconds=2)  # before the second try; doubled for each further one
LONGEST_WAIT = timedelta(minutes=10)
HOLD = timedelta(seconds=5)  # how often we try to write down what happened, while the store is down
MARGIN = timedelta(seconds=25)  # a lease this near its end is let go: a send may take nearly that long
UNSURE_TRIES = 5  # of a message whose answers were all lost: by then it has most likely arrived
BUG_TRIES = 5  # of a message that meets a bug of ours
COMES_BEHIND = 0.5  # seconds in which the other parts of an album come in, and the words below a picture


class Sender:
    """One for all channels that have a transport. `doubt`: asks helpers whether an answer of theirs has arrived."""

    def __init__(
        self,
        store: Store,
        transports: Mapping[str, Transport],
        pace: Pace,
        clock: Callable[[], datetime],
        worker: str,
        chance: Random,
        meters: Meters = NO_METERS,
        doubt: Doubt | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store, self._transports, self._pace, self._doubt = store, transports, pace, doubt
        self._clock, self._chance, self._meters, self._pause = clock, chance, meters, pause
        self.worker = worker  # a name that nobody had before, for leases of its own
        self._settled = clock() + SETTLES
        self._lines: defaultdict[Address, deque[Owed]] = defaultdict(deque)
        self._tasks: dict[Address, asyncio.Task[None]] = {}
        self._apart: set[Address] = set()  # chats whose messages are not put together now
        self._waiting: set[Address] = set()  # for their turn
        self._wake = asyncio.Event()
        self._stopping = self._lost = False

    def deliver(self, owed: Sequence[Owed]) -> None:
        """Take over what was written and leased to us; it goes out in the order of its ids.

        What we hold already is not taken twice: its lease may have ended while the store was down, and been renewed.
        """
        for one in owed:
            line = self._lines[one.to]
            if all(held.id != one.id for held in line):
                line.append(one)
            if one.to not in self._tasks and not self._stopping:
                self._tasks[one.to] = asyncio.create_task(self._serve(one.to), context=Context())  # of no one turn

    def look(self) -> None:
        """There may be something new in the store."""
        self._wake.set()

    async def run(self) -> None:
        """Look for what is due and nobody's, until stopped. No other sender may run: their leases count for nothing.

        Cancelled, it sends nothing more, for somebody else may; what was sent is still written down: see `settled`.
        """
        try:
            while not self._stopping:
                await self._look()
        except asyncio.CancelledError:
            self._stopping = self._lost = True
            for to in self._waiting:
                self._tasks[to].cancel()
            raise

    async def settled(self) -> None:
        """Return when all that was sent is written down."""
        while self._tasks:
            await asyncio.wait(set(self._tasks.values()))

    async def _look(self) -> None:
        """One look for what is due, and the time until the next."""
        self._wake.clear()
        wait = SWEEP
        try:
            wait = await self._sweep()
        except StoreUnavailable:
            pass  # whoever has something to write down tells of it
        except Exception as bug:  # even a bug must not end the looking: nothing left by a crash would ever go out
            what = kind_and_place(bug)
            log.error("What is owed cannot be looked for (%s).", what, extra={"action": "sweep_failed"})
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), wait.total_seconds())

    async def stop(self, patience: float = 3.0) -> None:
        """Finish what is being sent now, for at most so many seconds; the rest stays owed."""
        self._stopping = True
        self._wake.set()
        if self._tasks:
            await asyncio.wait(set(self._tasks.values()), timeout=patience)
        for task in list(self._tasks.values()):
            task.cancel()
        left = [one.id for line in self._lines.values() for one in line]
        if left:
            with suppress(StoreUnavailable):
                await self._store.transact(lambda tx: tx.outbox.let_go(left))

    @property
    def busy(self) -> bool:
        """Whether anything is being sent now."""
        return bool(self._tasks)

    async def _sweep(self) -> timedelta:
        """Take what is due; how long to wait until something else is."""
        now, room = self._clock(), ROOM - len(self._tasks)
        if room <= 0:
            return BREATH
        owed, due = await self._store.transact(lambda tx: self._take(tx, now, room))
        self.deliver(owed)
        return SWEEP if due is None else min(max(due - now, BREATH), SWEEP)

    def _take(self, tx: Transaction, now: datetime, most: int) -> tuple[Sequence[Owed], datetime | None]:
        """What is due, leased to us, and when something else is."""
        channels = tuple(self._transports)
        if now < self._settled:
            tx.outbox.free_others(self.worker)
        return tx.outbox.claim(channels, Lease(self.worker, now + LEASE), now, most), tx.outbox.next_due(channels)

    async def _serve(self, to: Address) -> None:
        """Send one chat's line to its end, or until it has to wait; then nothing of it is held back."""
        line = self._lines[to]
        try:
            while line and not self._stopping and await self._next(to, line):
                pass
            while line and not self._lost:
                left = [one.id for one in line]
                line.clear()
                await self._surely(partial(_let_go, left))
        except StoreUnavailable:
            log.warning("The store is down; what is owed stays owed.", extra={"action": "sender_paused"})
        except Exception as bug:
            what = kind_and_place(bug)
            log.error("A chat could not be served (%s); its messages stay owed.", what, extra={"action": "line_broken"})
        finally:
            del self._tasks[to], self._lines[to]
            self._apart.discard(to)

    async def _next(self, to: Address, line: deque[Owed]) -> bool:
        """Send the head of a line, with what can go along. False if the line has to wait."""
        if line[0].message.media:
            await self._pause(COMES_BEHIND)
        paid = 0
        while paid < (count := messages_in(batch := self._batch(to, line))):
            if self._stopping or not await self._may_go(batch[0], count - paid):
                return False
            paid = count  # and more, if more parts of the album came in meanwhile
        if is_answer(batch[0]):
            if batch[0].unsure:
                return await self._not_sent(line, batch, never_heard())
            if not await self._store.transact(partial(self._begin, batch)):
                take_out(line, batch)
                return True
        try:
            ref = await self._transports[to.channel].send(joined(batch))
        except TransportError as error:
            return await self._not_sent(line, batch, error)
        except Exception as bug:
            return await self._not_sent(line, batch, _met_a_bug(bug, batch[0]))
        now = self._clock()
        await self._surely(lambda tx: _sent(tx, batch, ref, now))
        self._meters.sending(to.channel, Sending.SENT, len(batch))
        take_out(line, batch)
        return True

    def _batch(self, to: Address, line: deque[Owed]) -> list[Owed]:
        """The head of a line with what goes out in the same message."""
        put_in_order(line)
        if to in self._apart:
            return [line[0]]
        parts = album(line)
        return together(line) if len(parts) == 1 and self._pace.is_group(to) else parts

    def _begin(self, batch: Sequence[Owed], tx: Transaction) -> bool:
        """Note that these are being sent. False if they are not ours any more."""
        return tx.outbox.begin([one.id for one in batch], self.worker)

    async def _may_go(self, head: Owed, count: int) -> bool:
        """Wait for a turn of so many messages. False if the lease would be near its end by then: others may send it."""
        left = (head.until - MARGIN - self._clock()).total_seconds()
        if left <= 0:
            return False
        self._waiting.add(head.to)
        try:
            async with asyncio.timeout(left):
                await self._pace.wait(head.to, count)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(head.to)
        return True

    async def _not_sent(self, line: deque[Owed], batch: Sequence[Owed], error: TransportError) -> bool:
        head, now = batch[0], self._clock()
        if error.refused and len(batch) > 1:  # only one of them may be odd: from now on each goes alone
            self._apart.add(head.to)
            return True
        if error.permanent or error.refused or (error.unsure and (is_answer(head) or head.tries + 1 >= UNSURE_TRIES)):
            level = logging.WARNING if self._pace.is_group(head.to) else logging.INFO
            log.log(level, "A message cannot be delivered: %s", error, extra={"action": "given_up", "entry": head.id})
            await self._surely(lambda tx: self._give_up(tx, batch, error, now))
            if self._doubt and error.unsure and is_answer(head):
                self._doubt.asked(head)
                self._wake.set()
            self._meters.sending(head.to.channel, Sending.GIVEN_UP, len(batch))
            take_out(line, batch)
            return True
        due = now + (error.retry_after or self._patience(head.tries, error.unsure and head.unsure))
        take_out(line, batch)
        await self._surely(partial(_put_off, batch, due, error))
        self._meters.sending(head.to.channel, Sending.PUT_OFF, len(batch))
        self._wake.set()
        return False

    def _give_up(self, tx: Transaction, batch: Sequence[Owed], error: TransportError, now: datetime) -> None:
        for one in batch:
            tx.outbox.give_up(one.id, str(error), now)
        if self._doubt and error.unsure and is_answer(batch[0]):
            self._doubt.ask(tx, joined(batch), now)
        if error.permanent:
            tx.learners.mark_reachable(batch[0].to, reachable=False)

    async def _surely(self, work: Callable[[Transaction], None]) -> None:
        """Write down what happened outside. While the store is down we hold on: forgetting would repeat a message."""
        while True:
            try:
                return await self._store.transact(work)
            except StoreUnavailable:
                if self._stopping and not self._lost:
                    raise
                await asyncio.sleep(HOLD.total_seconds())

    def _patience(self, tries: int, doubtful: bool) -> timedelta:
        """How long to wait before the next try: doubled each time, and never the same for all.

        `doubtful`: it may have arrived twice already, so that there is no hurry.
        """
        wait: timedelta = LONGEST_WAIT if doubtful else min(FIRST_WAIT * 2 ** min(tries, 10), LONGEST_WAIT)
        return self._chance.uniform(0.5, 1.5) * wait


def _met_a_bug(bug: Exception, head: Owed) -> TransportError:
    """A bug of ours as a fault: tried again like any other, but not for ever, or all behind it would never go out."""
    what = kind_and_place(bug)
    log.error("A message met a bug (%s).", what, extra={"action": "send_failed", "entry": head.id})
    return TransportError(what, refused=head.tries + 1 >= BUG_TRIES, unsure=is_answer(head))


def _sent(tx: Transaction, batch: Sequence[Owed], ref: str, now: datetime) -> None:
    """Each part of an album has an id of its own, as one word of `ref`; what went out together else shares all ids."""
    refs, last = ref.split(), batch[-1].message.media
    if len(refs) != len(batch) or not (last and last.album):
        return tx.outbox.sent([one.id for one in batch], ref, now)
    for one, own in zip(batch, refs, strict=True):
        tx.outbox.sent([one.id], own, now)
    return None


def _put_off(batch: Sequence[Owed], due: datetime, error: TransportError, tx: Transaction) -> None:
    for one in batch:
        tx.outbox.put_off(one.id, due, str(error), unsure=error.unsure)


def _let_go(entry_ids: Sequence[int], tx: Transaction) -> None:
    tx.outbox.let_go(entry_ids)
