"""Our numbers, as Prometheus reads them: what was measured in this process, and who and what waits in the store.

Needs the extra `ops`. Shown only to whoever knows the token: behind a proxy, strangers come from this machine too. No
label holds anything that people choose, so the numbers stay few and tell of nobody.
"""

import hmac
import logging
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from time import perf_counter
from typing import TypeVar

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tutorbot import __version__
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.meters import Sending
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.values import LAST_BACKUP, Pile

T = TypeVar("T")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_REFUSED = {"WWW-Authenticate": "Bearer"}


class PrometheusMeters:
    """See `runtime.meters.Meters`."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._turns = Counter("tutorbot_turns", "What learners did", ["channel", "result"], registry=registry)
        self._turn = Histogram(
            "tutorbot_turn_seconds", "From coming in to the commit", ["channel"], registry=registry, buckets=_SECONDS
        )
        self._transactions = Counter(
            "tutorbot_transactions", "Transactions of the store", ["kind", "result"], registry=registry
        )
        self._transaction = Histogram(
            "tutorbot_transaction_seconds", "With the wait in the queue", ["kind"], registry=registry, buckets=_SECONDS
        )
        self._sends = Counter("tutorbot_sends", "Messages that were owed", ["channel", "result"], registry=registry)
        Gauge("tutorbot_info", "The program", ["version"], registry=registry).labels(__version__).set(1)

    async def turn(self, channel: str, work: Awaitable[T]) -> T:
        """Count and time what a learner did."""
        return await _measured(work, self._turns, self._turn, channel)

    async def transaction(self, kind: str, work: Awaitable[T]) -> T:
        """Count and time a transaction."""
        return await _measured(work, self._transactions, self._transaction, kind)

    def sending(self, channel: str, result: Sending, messages: int) -> None:
        """Count messages that were owed."""
        self._sends.labels(channel, result.value).inc(messages)


async def _measured(work: Awaitable[T], counter: Counter, timer: Histogram, label: str) -> T:
    start, result = perf_counter(), "broken"
    try:
        done = await work
        result = "done"
    except StoreUnavailable:
        result = "unavailable"
        raise
    finally:
        counter.labels(label, result).inc()
        timer.labels(label).observe(perf_counter() - start)
    return done


class _Counting(logging.Handler):
    """Counts what is worth looking at."""

    def __init__(self, lines: Counter) -> None:
        super().__init__(logging.WARNING)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.labels(record.levelname.lower()).inc()


class Metrics:
    """The page of numbers."""

    def __init__(self, meters: PrometheusMeters, store: Store, token: str, clock: Callable[[], datetime]) -> None:
        self._registry, self._store, self._clock = meters.registry, store, clock
        self._sesame = f"Bearer {token}".encode()
        lines = Counter("tutorbot_log_lines", "Warnings and worse in the log", ["level"], registry=self._registry)
        self.counting = _Counting(lines)  # for the root logger
        self._answers = self._gauge("tutorbot_database_answers", "1 if it does")
        self._owed = self._gauge("tutorbot_outbox_messages", "Messages owed")
        self._owed_age = self._gauge("tutorbot_outbox_oldest_seconds", "Age of the oldest message owed")
        self._waiting = self._gauge("tutorbot_tickets_waiting", "Tickets that nobody has taken")
        self._waiting_age = self._gauge("tutorbot_tickets_oldest_seconds", "How long the first of them has waited")
        self._backup = self._gauge("tutorbot_last_backup_timestamp_seconds", "When the last backup was made")

    @property
    def route(self) -> Route:
        """Where it stands."""
        return Route("/metrics", self.page)

    async def page(self, request: Request) -> Response:
        """The numbers, for whoever knows the token."""
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), self._sesame):
            return Response(status_code=401, headers=_REFUSED)
        await self._look()
        return Response(generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _look(self) -> None:
        """Bring the gauges up to date; those that cannot be known now show no number."""
        now, owed, waiting, backup = self._clock(), None, None, None

        def look(tx: Transaction) -> tuple[Pile, Pile, str | None]:
            return tx.upkeep.owed(now), tx.upkeep.waiting(), tx.setting(LAST_BACKUP)

        with suppress(StoreUnavailable):
            owed, waiting, backup = await self._store.read(look)
        self._answers.set(owed is not None)
        for pile, count, age in ((owed, self._owed, self._owed_age), (waiting, self._waiting, self._waiting_age)):
            count.set(pile.count if pile else math.nan)
            age.set((now - (pile.oldest or now)).total_seconds() if pile else math.nan)
        self._backup.set(datetime.fromisoformat(backup).timestamp() if backup else math.nan)

    def _gauge(self, name: str, about: str) -> Gauge:
        return Gauge(name, about, registry=self._registry)
