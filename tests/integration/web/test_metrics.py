"""Our numbers, as Prometheus reads them."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.integration.runtime.conftest import ANN, Town
from tests.integration.store.sample import NOW, QUESTION, learner, owed, write
from tutorbot.channels.web.metrics import Metrics, PrometheusMeters
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.meters import Sending
from tutorbot.store.database import SqlStore, open_store
from tutorbot.tutor.events import TextSent

TOKEN = "a-word-of-a-test-27"


def numbers(store: Any, meters: PrometheusMeters) -> dict[str, float]:
    """Every number, by its name and labels."""
    page = Metrics(meters, store, TOKEN, lambda: NOW + timedelta(minutes=2))
    answer = TestClient(Starlette(routes=[page.route])).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    return {
        f"{sample.name}{sorted(sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_what_waits_is_told_with_its_age(store: SqlStore) -> None:
    ann = await learner(store)
    await write(store, owed("news"), owed("more news"))
    await store.transact(lambda tx: tx.tickets.open(ann.id, QUESTION, NOW))
    await store.transact(lambda tx: tx.remember("backup", NOW.isoformat()))
    found = numbers(store, PrometheusMeters())
    assert (found["tutorbot_outbox_messages[]"], found["tutorbot_outbox_oldest_seconds[]"]) == (2, 120)
    assert (found["tutorbot_tickets_waiting[]"], found["tutorbot_tickets_oldest_seconds[]"]) == (1, 120)
    assert found["tutorbot_last_backup_timestamp_seconds[]"] == NOW.timestamp()
    assert found["tutorbot_database_answers[]"] == 1


def test_store_that_is_down_shows_no_made_up_numbers() -> None:
    class Down:
        async def read(self, _work: Any) -> None:
            raise StoreUnavailable

    found = numbers(Down(), PrometheusMeters())
    assert found["tutorbot_database_answers[]"] == 0
    assert found["tutorbot_outbox_messages[]"] != found["tutorbot_outbox_messages[]"], "it is not a number"


async def test_turns_and_transactions_are_timed(sqlite_url: str) -> None:
    town, meters = measured_town(sqlite_url)
    await town.on(ANN, TextSent("hello"))
    await town.store.close()  # type: ignore[attr-defined]
    with pytest.raises(StoreUnavailable):
        await town.on(ANN, TextSent("hello"))
    found = numbers(town.store, meters)
    assert found["tutorbot_turns_total['done', 'telegram']"] == 1
    assert found["tutorbot_turns_total['telegram', 'unavailable']"] == 1
    assert found["tutorbot_turn_seconds_count['telegram']"] == 2
    assert found["tutorbot_transactions_total['done', 'write']"] == 1


def measured_town(url: str) -> tuple[Town, PrometheusMeters]:
    meters = PrometheusMeters()
    town = Town(open_store(url, meters))
    town.conversation._meters = meters
    return town, meters


def test_sends_are_counted_by_result() -> None:
    meters = PrometheusMeters()
    meters.sending("telegram", Sending.SENT, 3)
    assert meters.registry.get_sample_value("tutorbot_sends_total", {"channel": "telegram", "result": "sent"}) == 3


def test_lines_of_the_log_are_counted_by_level() -> None:
    meters = PrometheusMeters()
    counting = Metrics(meters, None, TOKEN, lambda: NOW).counting  # type: ignore[arg-type]
    counting.handle(logging.makeLogRecord({"levelname": "ERROR", "levelno": logging.ERROR, "msg": "It broke."}))
    assert meters.registry.get_sample_value("tutorbot_log_lines_total", {"level": "error"}) == 1


@pytest.mark.parametrize("word", ["", f"Bearer {TOKEN}x", TOKEN, "Bearer ", "Bearer \xe9"])
def test_nobody_else_reads_them(word: str) -> None:
    page = Metrics(PrometheusMeters(), None, TOKEN, lambda: NOW)  # type: ignore[arg-type]
    headers = {"Authorization": word.encode("latin-1")} if word else {}
    answer = TestClient(Starlette(routes=[page.route])).get("/metrics", headers=headers)
    assert (answer.status_code, answer.text) == (401, "")


async def test_numbers_tell_of_nobody(sqlite_url: str) -> None:
    town, meters = measured_town(sqlite_url)
    await town.says(ANN, "/start fake-email", "Ann", "my pin is 1234")
    told = numbers(town.store, meters)
    await town.store.close()  # type: ignore[attr-defined]
    assert told["tutorbot_turns_total['done', 'telegram']"] == 3
    assert not re.search(r"Ann|1234|1001|fake-email", repr(list(told)))
