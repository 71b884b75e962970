"""Web and worker processes that share the work on one PostgreSQL, and a worker that is killed in the middle of it."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.acceptance.conftest import PATIENCE, ROOT, Program, environment, free_port
from tests.conftest import Server
from tests.fake_bot_api import FakeBotApi
from tests.fake_bot_api.people import User
from tests.fake_bot_api.updates import SECRET_HEADER
from tests.integration.store.sample import rows
from tutorbot.store.tables import EntryRow, EventRow

pytestmark = pytest.mark.postgres
SAID = ("/start web-links", "Ann", "next", "next", "menu", "carry on")
SOON = 30  # seconds: by then no lease of somebody killed has ended by itself
CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'tutorbot'
"""
LONG = 120  # seconds for the work of hundreds of learners, on a busy machine too


@dataclass
class Company:
    """Two webs and two workers."""

    webs: Sequence[Program]
    workers: Sequence[Program]

    @property
    def addresses(self) -> list[str]:
        """Where the webs are."""
        return [f"http://127.0.0.1:{web.environment['PORT']}" for web in self.webs]

    @property
    def leader(self) -> Program:
        """The worker that leads."""
        (leader,) = [worker for worker in self.workers if worker.leads]
        return leader

    async def start(self) -> None:
        """Returns when they serve and one of them leads."""
        await asyncio.gather(*(one.start() for one in (*self.webs, *self.workers)))
        async with asyncio.timeout(PATIENCE):
            while not any(worker.leads for worker in self.workers):
                await asyncio.sleep(0.02)


CALLED, ASKS = "called by Telegram", "asks Telegram"


@pytest.fixture(params=[CALLED])
async def company(
    fake: FakeBotApi, tmp_path: Path, postgres_url: str, request: pytest.FixtureRequest
) -> AsyncIterator[Company]:
    ports = [free_port(), free_port()] if request.param is CALLED else []
    settings = environment(fake, tmp_path, postgres_url) | {
        "TUTORBOT_SECRET_KEY": "the same for all of them, and long enough",
        "TUTORBOT_PUBLIC_URL": f"http://127.0.0.1:{ports[0]}" if ports else "",
        "TUTORBOT_TELEGRAM_PACE": "1000",
    }
    webs = [Program(settings | {"PORT": str(port)}, "web") for port in ports]
    workers = [Program(settings, "worker") for _ in range(2)]
    one = Company(webs, workers)
    await one.start()
    if webs:
        await fake.wait_for(lambda: fake.webhook.url, PATIENCE)
        fake.webhook.mirrors = [one.addresses[1] + "/telegram/webhook"]
    yield one
    alive = [program for program in (*webs, *workers) if program.process and program.process.returncode is None]
    assert set(await asyncio.gather(*(program.end(signal.SIGTERM) for program in alive))) == {0}


async def all_said(fake: FakeBotApi, database_url: str, people: Sequence[User]) -> list[Any]:
    """Wait until everything is answered and sent; what we said, as the record has it."""
    turns = sum(len(SAID) for _ in people)
    await fake.wait_for(lambda: not fake.waiting, LONG)
    async with asyncio.timeout(LONG):
        while True:
            entries = [row for row in await asyncio.to_thread(rows, database_url, EntryRow) if row.author == "tutor"]
            if len(entries) >= turns and not any(row.due_at for row in entries):
                return entries
            await asyncio.sleep(0.1)


def order_of(entries: Sequence[Any], person: User) -> list[int]:
    """The messages of one chat as Telegram numbered them, in the order in which they were written."""
    return [int(row.ref) for row in entries if row.address == f"telegram:{person.id}" and row.kind == "say"]


async def test_two_hundred_learners_get_every_message_once_and_in_order(
    fake: FakeBotApi, company: Company, postgres_url: str
) -> None:
    people = [fake.user(1000 + number, "Ann") for number in range(200)]
    for words in SAID:
        for one in people:
            one.send(words)
    entries = await all_said(fake, postgres_url, people)
    assert fake.webhook.statuses.count(200) == len(people) * len(SAID)
    for one in people:
        assert order_of(entries, one) == [post.id for post in one.chat.by_bot]
    assert not any(row.error for row in entries)


@pytest.mark.parametrize("company", [CALLED, ASKS], indirect=True)
async def test_killed_leader_is_followed_at_once_and_nothing_is_lost(
    fake: FakeBotApi, company: Company, postgres_url: str
) -> None:
    people = [fake.user(1000 + number, "Ann") for number in range(50)]
    for words in SAID:
        for one in people:
            one.send(words)
    await fake.wait_for(lambda: sum(len(one.texts) for one in people) > 60, LONG)
    killed = company.leader
    await killed.end(signal.SIGKILL)
    before = sum(len(one.texts) for one in people)
    await fake.wait_for(lambda: sum(len(one.texts) for one in people) > before, SOON)
    entries = await all_said(fake, postgres_url, people)
    assert all(worker.leads for worker in company.workers)
    for one in people:
        marked, sent = order_of(entries, one), [post.id for post in one.chat.by_bot]
        assert marked == sorted(marked), "in order"
        assert set(marked) <= set(sent), "nothing is lost"
        assert len(sent) - len(marked) <= 1, "at most one message is repeated"


async def test_worker_without_pages_answers_programs_that_look_after_it(
    fake: FakeBotApi, tmp_path: Path, postgres_url: str
) -> None:
    port, word = free_port(), "a-word-of-a-test-27"
    worker = Program(
        environment(fake, tmp_path, postgres_url)
        | {"TUTORBOT_WORKER_PORT": str(port), "TUTORBOT_METRICS_TOKEN": word}
        | {"TUTORBOT_SECRET_KEY": "the same for all of them, and long enough"},
        "worker",
    )
    await worker.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as asks:

        async def status(path: str, **more: Any) -> int:
            async with asks.get(path, **more) as answer:
                return answer.status

        sesame = {"Authorization": f"Bearer {word}"}
        assert [await status("/healthz"), await status("/readyz")] == [200, 200]
        assert [await status("/metrics"), await status("/metrics", headers=sesame)] == [401, 200]
        assert [await status("/"), await status("/desk")] == [404, 404]
    assert await worker.end(signal.SIGTERM) == 0


async def test_worker_whose_port_is_taken_says_so_in_one_line(
    fake: FakeBotApi, tmp_path: Path, postgres_url: str
) -> None:
    told = environment(fake, tmp_path, postgres_url)
    key = {"TUTORBOT_SECRET_KEY": "the same for all of them, and long enough"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = {"TUTORBOT_WORKER_PORT": str(taken.getsockname()[1])}
        code, said = await ended(told | key | port, "worker")
    assert code == 2
    assert [line for line in said.splitlines() if "TUTORBOT_WORKER_PORT" in line]
    assert "Traceback" not in said


async def ended(told: dict[str, str], *words: str) -> tuple[int | None, str]:
    """How a command that does not begin to serve ends, and what it says."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tutorbot", *words),
        cwd=ROOT,
        env=told,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, said.decode()


@pytest.mark.parametrize("company", [ASKS], indirect=True)
async def test_worker_whose_connections_are_all_cut_leads_again_and_repeats_nothing(
    fake: FakeBotApi, company: Company, postgres: Server, postgres_url: str
) -> None:
    people = [fake.user(1000 + number, "Ann") for number in range(50)]
    (other,) = [worker for worker in company.workers if worker is not company.leader]
    await other.end(signal.SIGTERM)
    for words in SAID:
        for one in people:
            one.send(words)
    await fake.wait_for(lambda: sum(len(one.texts) for one in people) > 60, LONG)
    postgres.run(CUT, on=postgres_url)
    entries = await all_said(fake, postgres_url, people)
    for one in people:
        assert order_of(entries, one) == [post.id for post in one.chat.by_bot]


async def test_update_that_reaches_two_webs_at_once_has_one_effect(
    fake: FakeBotApi, company: Company, postgres_url: str
) -> None:
    ann = fake.user(7, "Ann")
    ann.send("/start web-links")
    await fake.wait_for(lambda: ann.texts, LONG)
    update = {
        "update_id": 999_999,
        "message": {"message_id": 99, "date": 1, "chat": ann.chat.about, "from": ann.about, "text": "Ann"},
    }
    (secret,) = {call["secret_token"] for call in fake.called("setWebhook")}
    async with aiohttp.ClientSession(headers={SECRET_HEADER: secret}) as session:
        posts = [posted(session, f"{url}/telegram/webhook", json=update) for url in company.addresses * 5]
        assert set(await asyncio.gather(*posts)) == {200}
    await fake.wait_for(lambda: any("1 of" in text for text in ann.texts), LONG)
    heard = [row for row in rows(postgres_url, EntryRow) if row.author == "learner" and row.message.said == "Ann"]
    assert len(heard) == 1
    assert [row.key for row in rows(postgres_url, EventRow)].count("telegram:999999") == 1


async def test_page_open_on_one_web_is_woken_by_a_turn_on_the_other(company: Company) -> None:
    first, second = company.addresses
    async with AsyncExitStack() as stack:
        jar = aiohttp.CookieJar(unsafe=True)  # one browser, for which both are one site
        browser = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar, headers={"Origin": first}))
        assert await posted(browser, f"{first}/start") == 200
        page = await stack.enter_async_context(browser.get(f"{first}/events?after=0"))
        await heard(page, "What shall I call you?")
        assert await posted(browser, f"{second}/say", data={"text": "Ann", "nonce": "1"}) == 200
        await heard(page, "Hello Ann")


async def posted(browser: aiohttp.ClientSession, url: str, **content: Any) -> int:
    """Post it; the status of the answer, or of the page it leads to."""
    async with browser.post(url, **content) as answer:
        await answer.read()
        return answer.status


async def heard(page: aiohttp.ClientResponse, words: str) -> None:
    """Wait until an open page is sent these words; not so long that it could have looked by itself."""
    async with asyncio.timeout(20):
        async for line in page.content:
            if words in line.decode():
                return
    raise AssertionError("the page was closed")
