"""The same hands over HTTP, for tests that drive a whole process. JSON in, JSON out.

POST /control/user    {"id": 7, "name": "Ann", "do": "send", "text": "/start"}       -> {"message_id": 1}
                      do: send, media (kind, caption), edit (message_id, text), press (button), block, unblock
POST /control/group   {"do": "write", "user": 50, "topic": 3, "text": "Hello", "reply_to": 9}
                      do: write, media (kind, caption), edit (message_id, text), press (button), leave, add_bot,
                      close_topic, delete_topic, migrate (new_id), kick
POST /control/fault   {"method": "sendMessage", "trouble": "refuse", "code": 500, "times": 1, "after": false}
GET  /control/press/press-1                  -> how a press was answered, or null
GET  /control/transcript?chat=7              -> text
GET  /control/messages?chat=7                -> what the bot said there
GET  /control/state                          -> what waits, topics, calls by method
"""

from collections import Counter
from typing import Any

from aiohttp import web

from tests.fake_bot_api.faults import Fault, Trouble
from tests.fake_bot_api.people import Press
from tests.fake_bot_api.server import FakeBotApi


class Control:
    """The handlers, for one server."""

    def __init__(self, fake: FakeBotApi) -> None:
        self._fake = fake

    async def user(self, request: web.Request) -> web.Response:
        """A person does something."""
        order = await request.json()
        user = self._fake.user(order["id"], order.get("name", ""), order.get("language", "en"))
        acts = {
            "send": lambda: user.send(order["text"]),
            "media": lambda: user.send_media(order["kind"], order.get("caption", "")),
            "edit": lambda: user.edit(order["message_id"], order["text"]),
            "press": lambda: user.press(order["button"]),
            "block": user.block,
            "unblock": user.unblock,
        }
        return _done(acts[order["do"]])

    async def group(self, request: web.Request) -> web.Response:
        """Something happens in the helpers' group."""
        order = await request.json()
        group = self._fake.group
        user = self._fake.user(order.get("user", 1), order.get("name", ""))
        acts = {
            "write": lambda: group.write(order.get("topic"), user, order["text"], reply_to=order.get("reply_to")),
            "media": lambda: group.send_media(order.get("topic"), user, order["kind"], order.get("caption", "")),
            "edit": lambda: group.edit(order["message_id"], order["text"]),
            "press": lambda: group.press(user, order["button"]),
            "leave": lambda: group.leave(user),
            "add_bot": lambda: group.add_bot(user),
            "close_topic": lambda: group.close_topic(order["topic"]),
            "delete_topic": lambda: group.delete_topic(order["topic"]),
            "migrate": lambda: group.migrate(order["new_id"], user),
            "kick": group.kick_bot,
        }
        return _done(acts[order["do"]])

    async def fault(self, request: web.Request) -> web.Response:
        """The next calls go wrong."""
        order = await request.json()
        fault = Fault(
            Trouble(order["trouble"]),
            order.get("code", 500),
            order.get("description", "Internal Server Error"),
            order.get("parameters", {}),
            order.get("after", False),
        )
        self._fake.fail(order["method"], *[fault] * order.get("times", 1))
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        """How a press was answered."""
        return web.json_response(self._fake.world.presses[request.match_info["id"]])

    async def transcript(self, request: web.Request) -> web.Response:
        """A chat as text."""
        return web.Response(text=self._fake.transcript(int(request.query["chat"])))

    async def messages(self, request: web.Request) -> web.Response:
        """What the bot said in a chat."""
        chat = self._fake.world.chats[int(request.query["chat"])]
        told = [
            {"id": post.id, "text": post.text, "labels": post.labels, "thread": post.thread, "edits": post.edits}
            for post in chat.by_bot
        ]
        return web.json_response(told)

    async def state(self, _: web.Request) -> web.Response:
        """What an onlooker may ask."""
        chat = self._fake.group.chat
        return web.json_response(
            {
                "waiting": len(self._fake.waiting),
                "unanswered": sum(answer is None for answer in self._fake.world.presses.values()),
                "group": chat.id,
                "topics": {topic.id: topic.name for topic in chat.topics.values()},
                "calls": Counter(call.method for call in self._fake.calls),
            }
        )


def control_routes(fake: FakeBotApi) -> list[web.RouteDef]:
    """The addresses of the control."""
    control = Control(fake)
    return [
        web.post("/control/user", control.user),
        web.post("/control/group", control.group),
        web.post("/control/fault", control.fault),
        web.get("/control/press/{id}", control.press),
        web.get("/control/transcript", control.transcript),
        web.get("/control/messages", control.messages),
        web.get("/control/state", control.state),
    ]


def _done(act: Any) -> web.Response:
    try:
        result = act()
    except LookupError as error:
        return web.json_response({"error": str(error)}, status=404)
    if isinstance(result, Press):
        return web.json_response({"press": result.id})
    return web.json_response({"message_id": result} if result else {})
