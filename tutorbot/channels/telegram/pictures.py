"""The pictures of lessons on their way to Telegram: each is uploaded once, then named by the id Telegram gave it."""

import asyncio
import logging
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from telegram.error import BadRequest

from tutorbot.channels.telegram.api import Api
from tutorbot.curriculum.lesson import Picture

log = logging.getLogger(__name__)


class Pictures:
    """Sends pictures of the lessons folder."""

    def __init__(self, api: Api, lessons: Path) -> None:
        self._api, self._lessons = api, lessons.resolve()
        self._ids: dict[tuple[Path, int, int], str] = {}  # by path, time and size: an edited picture is a new one

    async def send(self, picture: Picture, **fields: object) -> str | None:
        """A new message with the picture; its id. None: the picture is not there, or Telegram does not take it."""
        try:
            return str((await self._hand_in("sendPhoto", picture, None, fields))["message_id"])
        except (BadRequest, OSError) as error:
            log.warning("%s was not sent: %s", picture.name, error, extra={"action": "picture_refused"})
            return None

    async def replace(self, picture: Picture, caption: Mapping[str, object], **fields: object) -> None:
        """The picture and its caption in the place of an earlier message. Raises TelegramError and OSError."""
        await self._hand_in("editMessageMedia", picture, caption, fields)

    async def _hand_in(
        self, method: str, picture: Picture, caption: Mapping[str, object] | None, fields: Mapping[str, object]
    ) -> Any:
        """Call with the id of the picture, or else with the picture itself. With a caption it goes as `media`."""
        path = self._path(picture)
        about = path.stat()
        key = (path, about.st_mtime_ns, about.st_size)
        known = self._ids.pop(key, None)  # put back below, unless Telegram refuses it
        if known:
            result = await self._api.call(method, **_source(known, caption), **fields)
        else:
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            file = (path.name, await asyncio.to_thread(path.read_bytes), kind)
            attached = {} if caption is None else _source("attach://photo", caption)
            result = await self._api.upload(method, "photo", file, **attached, **fields)
        self._ids[key] = result["photo"][-1]["file_id"]
        return result

    def _path(self, picture: Picture) -> Path:
        path = (self._lessons / picture.name).resolve()
        if not path.is_relative_to(self._lessons):
            raise FileNotFoundError("it is not in the lessons folder")
        return path


def _source(where: str, caption: Mapping[str, object] | None) -> dict[str, object]:
    if caption is None:
        return {"photo": where}
    return {"media": {"type": "photo", "media": where, **caption}}
