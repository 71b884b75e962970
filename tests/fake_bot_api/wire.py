"""What callers send, as JSON, form or multipart, made into one kind of value."""

import json
from typing import Any

from aiohttp import web

from tests.fake_bot_api.world import Json

# Fields that may come as JSON inside a form, or inside JSON.
NESTED = frozenset(
    {
        "allowed_updates", "caption_entities", "commands", "entities", "link_preview_options", "media",
        "menu_button", "message_ids", "reaction", "reply_markup", "reply_parameters", "scope",
    }
)  # fmt: skip
NUMBERS = frozenset(
    {
        "chat_id", "from_chat_id", "limit", "max_connections", "message_id", "message_thread_id", "offset", "timeout",
        "user_id",
    }
)  # fmt: skip


async def read_fields(request: web.Request) -> Json:
    """The fields of a call. Files are bytes."""
    if request.content_type == "application/json":
        return typed(json.loads(await request.read() or b"{}"))
    form = await request.post()
    fields: Json = {}
    for name, value in form.items():
        fields[name] = value.file.read() if isinstance(value, web.FileField) else _value(name, value)
    return fields


def typed(fields: Json) -> Json:
    """The fields of a call that came as JSON."""
    return {name: _value(name, value) for name, value in fields.items()}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in NESTED:
        return json.loads(value)
    return int(value) if name in NUMBERS and value.lstrip("-").isdigit() else value


def good(result: Any) -> web.Response:
    """The answer to a call that was carried out."""
    return web.json_response({"ok": True, "result": result})


def bad(code: int, description: str, parameters: Json | None = None) -> web.Response:
    """The answer to a call that was refused."""
    body = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=code)
