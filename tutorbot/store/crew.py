"""Threads that do the database's work, and the way from asyncio to them and back. Knows no database.

The drivers wait for disks and networks, so they may not run on the event loop. A unit of work is put in a queue; a
thread takes what has queued up, its `Hand` does it, and every caller gets its own outcome, back on its own loop.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol, TypeVar

from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.ports import Transaction

T = TypeVar("T")
Work = Callable[[Transaction], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one unit of work: what it returned, or what it raised."""

    result: Any = None
    error: BaseException | None = None


class Hand(Protocol):
    """Does units of work on a connection of its own. Lives in one thread and survives every failure."""

    def run(self, works: Sequence[Work]) -> Sequence[Outcome]:
        """The outcome of each, in order, committed or undone. Raises nothing."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


class Crew:
    """Some threads, each with a hand, and one queue."""

    def __init__(self, name: str, hands: Sequence[Hand], at_once: int = 1) -> None:
        self._at_once = at_once  # units of work that a hand is given together, if so many have queued up
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()  # None: one thread may go home
        self._closed = False
        self._door = Lock()  # nobody comes in behind the Nones
        self._threads = [
            Thread(target=self._work, args=(hand,), name=f"{name}-{number}", daemon=True)
            for number, hand in enumerate(hands)
        ]
        for thread in self._threads:
            thread.start()

    async def do(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns, once a thread has done it."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._door:
            if self._closed:
                raise StoreUnavailable("The database has been closed.")
            self._queue.put(_Job(_here(work), future, loop))
        return await future

    async def close(self) -> None:
        """Finish what is in the queue, then let go."""
        with self._door:
            if not self._closed:
                self._closed = True
                for _ in self._threads:
                    self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _work(self, hand: Hand) -> None:
        try:
            while jobs := self._take():
                _settle(jobs, hand.run([job.work for job in jobs]))
        finally:
            hand.close()

    def _take(self) -> list[_Job]:
        """Wait for a job, and take with it what has queued up behind it; nothing: time to go home."""
        jobs: list[_Job] = []
        job = self._queue.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == self._at_once:
                return jobs
            try:
                job = self._queue.get_nowait()
            except Empty:
                return jobs
        if jobs:
            self._queue.put(None)  # finish these first
        return jobs


def _here(work: Work) -> Work:
    """The work, done as if it were here: what it logs belongs to the turn that is under way here."""
    context = copy_context()
    return lambda tx: context.run(work, tx)


def _settle(jobs: Sequence[_Job], outcomes: Sequence[Outcome]) -> None:
    """Tell the callers, waking each event loop once."""
    by_loop: defaultdict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Outcome]]] = defaultdict(list)
    for job, outcome in zip(jobs, outcomes, strict=True):
        by_loop[job.loop].append((job.future, outcome))
    for loop, settled in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_tell, settled)


def _tell(settled: Sequence[tuple[asyncio.Future[Any], Outcome]]) -> None:
    for future, outcome in settled:
        if future.done():  # the caller has gone; the work is done all the same
            continue
        if outcome.error is None:
            future.set_result(outcome.result)
        else:
            future.set_exception(_tellable(outcome.error))


def _tellable(error: BaseException) -> BaseException:
    """An asyncio future cannot carry StopIteration."""
    return RuntimeError("the work raised StopIteration") if isinstance(error, StopIteration) else error
