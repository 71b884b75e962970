"""The HTTP server: one address a method, faults on demand, and the hands that drive it from a test."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.fake_bot_api.faults import Fault, Refused, Trouble
from tests.fake_bot_api.group import Group
from tests.fake_bot_api.methods import METHODS
from tests.fake_bot_api.people import User
from tests.fake_bot_api.transcript import transcript
from tests.fake_bot_api.updates import Polling, Webhook
from tests.fake_bot_api.wire import bad, good, read_fields, typed
from tests.fake_bot_api.world import Json, World

TOKEN = "42:fake-token-for-tests"
GROUP = -1001000000001
NEVER_ASKED = frozenset({"setWebhook", "deleteWebhook", "close", "logOut"})  # in an answer to the webhook


@dataclass(frozen=True, slots=True)
class Call:
    """A call the bot made."""

    method: str
    fields: Json


class Moment(Enum):
    """How far we are with a call."""

    ARRIVED = auto()  # nothing is done yet
    DONE = auto()  # carried out, and the caller does not know it
    ANSWERED = auto()  # the answer is on its way


class FakeBotApi:
    """A Bot API server on loopback, and everyone who uses Telegram."""

    def __init__(self, *, token: str = TOKEN, group_id: int = GROUP, forum: bool = True, port: int = 0) -> None:
        self.token = token
        self.world = World()
        self.group = Group(self.world, group_id, forum=forum)
        self.calls: deque[Call] = deque(maxlen=100_000)  # without getUpdates
        self.onlookers: list[Callable[[Moment, Call], None]] = []  # told of every call, getUpdates too
        self.latency = 0.0  # seconds before every answer
        self.polling = Polling(self.world)
        self.webhook = Webhook(self.world, self._asked)
        hook = self.webhook
        self._methods = METHODS | {
            "setWebhook": hook.set,
            "deleteWebhook": hook.delete,
            "getWebhookInfo": hook.info,
        }
        self._users: dict[int, User] = {}
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._stopping = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, more: Sequence[web.RouteDef] = ()) -> None:
        """Listen on loopback, on a free port unless one was named; `more` addresses may be added."""
        app = web.Application(client_max_size=20 * 2**20)
        app.router.add_post("/bot{token}/{method}", self._answer)
        app.add_routes(more)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.world.on_update = self._wake

    async def stop(self) -> None:
        """Let go of everything."""
        self._stopping.set()
        self.polling.wake()
        await self.webhook.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """What the bot is told instead of https://api.telegram.org."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def waiting(self) -> list[Json]:
        """Updates the bot has not confirmed."""
        return list(self.world.updates)

    def user(self, user_id: int, name: str = "", language: str = "en") -> User:
        """A person, made at the first mention."""
        if user_id not in self._users:
            self._users[user_id] = User(self.world, user_id, name or f"Person{user_id}", language)
        return self._users[user_id]

    def second_group(self, group_id: int = GROUP - 1, *, forum: bool = True, title: str = "More helpers") -> Group:
        """Another group of helpers."""
        return Group(self.world, group_id, forum=forum, title=title)

    def repeat(self, update: Json) -> None:
        """An update comes once more, as when the bot's answer to it was lost."""
        self.world.updates.append(update)
        if self.webhook.url:
            self.webhook.enter(update)
        self._wake()

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of a method go wrong like this, one fault a call."""
        self._faults[method].extend(faults)

    def pending(self, method: str) -> int:
        """How many of these faults have not come yet."""
        return len(self._faults[method])

    def called(self, method: str) -> list[Json]:
        """The fields of every call of a method so far."""
        return [call.fields for call in self.calls if call.method == method]

    def transcript(self, chat_id: int) -> str:
        """What stands in a chat, one message a paragraph."""
        return transcript(self.world.chats[chat_id])

    async def wait_for(self, condition: Callable[[], object], seconds: float = 30) -> None:
        """Wait until something is so. TimeoutError if it does not come about."""
        changed = asyncio.Event()
        self.world.watchers.append(changed.set)
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await changed.wait()
                    changed.clear()
        finally:
            self.world.watchers.remove(changed.set)

    def _wake(self) -> None:
        self.polling.wake()
        self.webhook.wake()

    async def _answer(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return bad(401, "Unauthorized")
        method = request.match_info["method"]
        try:
            fields = await read_fields(request)
        except (json.JSONDecodeError, UnicodeDecodeError):
            return bad(400, "Bad Request: can't parse the request")
        call = Call(method, fields)
        if method != "getUpdates":
            self.calls.append(call)
        self._tell(Moment.ARRIVED, call)
        waiting = self._faults.get(method)
        answer = await (
            self._go_wrong(request, method, fields, waiting.popleft()) if waiting else self._carry_out(method, fields)
        )
        self.world.touch()
        self._tell(Moment.DONE, call)
        if self.onlookers:
            with suppress(ConnectionError):  # whoever called may have ended
                await answer.prepare(request)
                await answer.write_eof()
            self._tell(Moment.ANSWERED, call)
        return answer

    async def _asked(self, asked: Json) -> None:
        """Carry out what the bot asks for in its answer to an update. It does not hear what came of it."""
        method, fields = asked["method"], typed({name: value for name, value in asked.items() if name != "method"})
        if method in NEVER_ASKED or method.startswith("get"):
            return
        call = Call(method, fields)
        self.calls.append(call)
        self._tell(Moment.ARRIVED, call)
        if self._faults[method]:
            self._faults[method].popleft()
        else:
            await self._carry_out(method, fields)
        self.world.touch()
        self._tell(Moment.DONE, call)

    def _tell(self, moment: Moment, call: Call) -> None:
        for onlooker in tuple(self.onlookers):
            onlooker(moment, call)

    async def _carry_out(self, method: str, fields: Json) -> web.Response:
        if self.latency:
            await asyncio.sleep(self.latency)
        try:
            if method == "getUpdates":
                if self.webhook.url:
                    raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
                return good(await self.polling.get_updates(fields))
            if method not in self._methods:
                return bad(404, "Not Found")
            return good(self._methods[method](self.world, fields))
        except Refused as refused:
            return bad(refused.code, refused.description, refused.parameters)

    async def _go_wrong(self, request: web.Request, method: str, fields: Json, fault: Fault) -> web.Response:
        if fault.after:
            await self._carry_out(method, fields)
            self.world.touch()
        if fault.trouble is Trouble.REFUSE:
            return bad(fault.code, fault.description, fault.parameters)
        if fault.trouble is Trouble.HANG:
            await self._stopping.wait()
        if request.transport:
            request.transport.abort()
        return bad(500, "Internal Server Error")
