"""The whole real program in this process, and a driver that asks it anything: no socket lies between them.

Only what it sends to Telegram goes over loopback. A fault is told with what brought it about.
"""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp

import tutorbot
from tests.fake_bot_api import FakeBotApi
from tests.faults.inputs import HOOK, SECRET, Ask, Known, any_ask
from tests.faults.town import OURS, Books, Walker, is_owed, settings
from tutorbot.bootstrap import House, Outgoing, make_sender, make_telegram, opened
from tutorbot.channels.web.links import sign_in_address
from tutorbot.config import load_settings
from tutorbot.curriculum.loader import Library
from tutorbot.pages import make_pages
from tutorbot.runtime.desk import Who

OURS_FILES = {path.name for path in Path(tutorbot.__file__).parent.rglob("*.py")}
PATIENCE = 20  # seconds for one answer, on a busy machine too: more is a hang
LEARNER_EVERY = 200  # inputs; one learner may press forty times at once
WALKERS, WALK_EVERY = 5, 50  # inputs
HERE = "http://127.0.0.1:80"
ORIGIN = (b"sec-fetch-site", b"same-origin")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[bytes, bytes]

    @property
    def cookie(self) -> bytes:
        """The cookie that it sets."""
        return self.headers.get(b"set-cookie", b"").partition(b";")[0]


class Listener(logging.Handler):
    """Keeps what the log should never hold, and counts the updates that could not be read."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.unread: Counter[str] = Counter()

    @property
    def by_us(self) -> int:
        """How many could not be read by our own code. What the library does not know is no fault of ours."""
        return sum(times for place, times in self.unread.items() if place.split()[-1].partition(":")[0] in OURS_FILES)

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line."""
        if record.exc_info or record.levelno >= logging.CRITICAL:
            self.bad.append(f"{record.getMessage()} {record.exc_info}")
        if getattr(record, "action", "") == "update_failed":
            self.unread[str((record.args or ("", "", ""))[2])] += 1  # type: ignore[index]


@dataclass
class Gale:
    """The program under fire."""

    fake: FakeBotApi
    house: House
    app: ASGIApp
    known: Known
    log: Listener
    database_url: str
    lessons: Path
    walkers: list[Walker] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    async def ask(self, ask: Ask, visitor: int = 1) -> Answer:
        """Ask, and take the answer. Raises what the program raises, TimeoutError if it hangs."""
        started = asyncio.Event()
        found: dict[str, Any] = {}
        body = [ask.body]

        async def receive() -> dict[str, Any]:
            if body:
                return {"type": "http.request", "body": body.pop(), "more_body": False}
            await started.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                found.update(message)
                started.set()

        async with asyncio.timeout(PATIENCE):
            await self.app(scope_of(ask, visitor), receive, send)
        return Answer(found["status"], dict(found["headers"]))

    async def throw(self, seed: int, number: int) -> None:
        """One input. AssertionError: not answered as it should be."""
        chance = Random(f"{seed}.{number}")
        ask, unread = any_ask(chance, 1_000_000 + number, self.known), self.log.by_us
        answer = await self.ask(ask, visitor=number % 50_000)
        self.statuses[answer.status] += 1
        assert answer.status < 500, f"{answer.status} for {ask}"
        assert not self.log.bad, f"{self.log.bad} for {ask}"
        assert not ask.valid or self.log.by_us == unread, f"{self.log.unread} for {ask}"

    async def settle_in(self) -> None:
        """Two helpers sign in, and somebody waits for a person."""
        for name in ("Amir", "Dana"):
            who: Who = await self.house.office.enlist(name, coordinator=name == "Dana")
            token = sign_in_address("", await self.house.desk.sign_in_link(who)).partition("token=")[2]
            entered = await self.ask(Ask("POST", "/desk/enter", headers=[ORIGIN], body=f"token={token}".encode()))
            assert entered.status == 303
            self.known.helpers.append(entered.cookie)
        self.walkers = [Walker(self.fake.user(1000 + number, "Ann")) for number in range(WALKERS)]
        for walker in self.walkers:
            for words in ("/start first", "Ann", "next"):
                walker.says(words)
        await self.bring()
        await self.newcomer()
        for text in ("Ann", "/helper", "yes"):
            said, cookie = f"text={text}&nonce={text}".encode(), (b"cookie", self.known.learners[-1])
            await self.ask(Ask("POST", "/say", headers=[ORIGIN, cookie], body=said))

    async def newcomer(self) -> None:
        """A learner on the web, whose cookie is known from now on."""
        start = Ask("POST", "/start", headers=[ORIGIN], body=b"start=first")
        begun = await self.ask(start, visitor=len(self.known.learners))
        assert begun.cookie, begun
        self.known.learners.append(begun.cookie)

    async def bring(self) -> None:
        """Take what people of Telegram did to the webhook, as Telegram does."""
        for update in self.fake.waiting:
            hook = Ask("POST", HOOK, headers=[(SECRET, self.known.secret)], body=_json(update))
            assert (await self.ask(hook)).status == 200
        self.fake.world.updates.clear()

    async def blow(self, inputs: int, seed: int, first: int = 0) -> None:
        """So many inputs, while learners walk. AssertionError, with the number of the input, at the first fault."""
        for number in range(first, first + inputs):
            if number % LEARNER_EVERY == 0:
                await self.newcomer()
            if number % WALK_EVERY == 0:
                for walker in self.walkers:
                    walker.goes_on(Random(f"{seed}.{number}.{walker.user.id}"))
                await self.bring()
            try:
                await self.throw(seed, number)
            except Exception as fault:
                raise AssertionError(f"seed {seed}, input {number}: {type(fault).__name__}: {fault}"[:3000]) from fault

    async def check(self) -> None:
        """Those who walked have lost nothing, nothing counted twice, and all was sent in order."""
        async with asyncio.timeout(10 * PATIENCE):
            while await asyncio.to_thread(is_owed, self.database_url, OURS):
                await asyncio.sleep(0.1)
        books = Books(self.database_url, Library(self.lessons))
        for walker in self.walkers:
            books.check(walker)
            assert books.check_chat(walker.user, 0) == 0
        assert not self.log.bad, self.log.bad


def scope_of(ask: Ask, visitor: int) -> dict[str, Any]:
    """The request as a server of ASGI hands it on."""
    path = unquote_to_bytes(ask.path)
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": ask.method.upper(),
        "scheme": "http",
        "path": path.decode("utf-8", "replace"),
        "raw_path": ask.path.encode(),
        "query_string": ask.query,
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:80"), *ask.headers],
        "client": (f"10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }


def _json(update: Any) -> bytes:
    return json.dumps(update).encode()


@asynccontextmanager
async def gale(fake: FakeBotApi, folder: Path, database_url: str, lessons: Path | None = None) -> AsyncIterator[Gale]:
    """The program is up and people are in it. `lessons`: others than the small ones."""
    told = settings(fake, folder, database_url)
    told |= {"TUTORBOT_PUBLIC_URL": HERE}
    told |= {"TUTORBOT_LESSONS": str(lessons)} if lessons else {}
    chosen, outgoing, log = load_settings(told), Outgoing(), Listener()
    logging.getLogger().addHandler(log)
    async with AsyncExitStack() as stack:
        stack.callback(logging.getLogger().removeHandler, log)
        house = await stack.enter_async_context(opened(chosen, outgoing))
        await house.office.set_chat(f"telegram:{fake.group.id}")
        telegram = await make_telegram(house, stack)
        outgoing.sender = make_sender(house, telegram, succeeds=False)
        sending = asyncio.create_task(outgoing.sender.run())
        app = make_pages(house, telegram).config.app
        secret = chosen.telegram_webhook_secret.get_secret_value().encode()
        one = Gale(fake, house, app, Known(secret, fake.group.id), log, database_url, Path(told["TUTORBOT_LESSONS"]))
        await one.settle_in()
        yield one
        await outgoing.sender.stop()
        await sending
