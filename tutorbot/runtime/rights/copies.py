"""A copy of all that is kept about a learner: a page for them to read, and data for programs. Made anew each time.

Helpers' notes are part of it, for they are about the learner. Two kinds are held back: a note on a question where
somebody was in danger, which may bring them harm if somebody reads along; and one that names another question, which
is somebody else's. How many were held back is told, and a person can look into it.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from tutorbot.curriculum.library import Curriculum
from tutorbot.messages.document import moment, to_document
from tutorbot.messages.markup import to_plain
from tutorbot.messages.renderer import Renderer, language_name, skill_name
from tutorbot.runtime.ports import Store
from tutorbot.runtime.rights.values import Kept
from tutorbot.runtime.values import Address, Author, Entry, settled
from tutorbot.tutor.replies import Document, Reply, Value

_NUMBER = re.compile(r"#(\d+)")
_SHOWN = 3  # the last letters of an address, so that they know it again
_OURS = ("thread", "card_ref", "chat", "learner", "timer", "timer_at", "carded")  # of a ticket: nothing about them


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over."""

    name: str
    content: bytes
    kind: str  # media type


class Copies:
    """Makes copies for the one they are about."""

    def __init__(self, store: Store, curriculum: Callable[[], Curriculum], renderer: Renderer) -> None:
        self._store, self._curriculum, self._renderer = store, curriculum, renderer

    async def page(self, address: Address) -> str | None:
        """The page, in our Markdown; None if nothing is kept about them."""
        kept = await self._store.read(lambda tx: tx.copies.of(address))
        return self._page(kept) if kept else None

    async def file(self, address: Address, document: Document) -> File | None:
        """The page or the data as a file; None if nothing is kept about them."""
        kept = await self._store.read(lambda tx: tx.copies.of(address))
        if kept is None:
            return None
        if document is Document.DATA:
            data = json.dumps(as_data(kept), ensure_ascii=False, indent=1, default=datetime.isoformat)
            return File("about-me.json", data.encode(), "application/json")
        page = to_document(self._page(kept), kept.state.language)
        return File("about-me.html", page.encode(), "text/html")

    def _page(self, kept: Kept) -> str:
        language, curriculum = kept.state.language, self._curriculum()

        def title(lesson_id: str) -> str:
            lesson = curriculum.lesson(lesson_id, language)
            return lesson.title if lesson else lesson_id

        def when(at: datetime | None) -> str:
            return moment(at, language) if at else ""

        talk, held_back = _readable(kept)
        values: dict[str, Value] = {
            "name": kept.state.name,
            "spoken": language_name(language, language),
            "first": when(kept.first_at),
            "last": when(kept.last_at),
            "blocked": kept.blocked_why,
            "addresses": tuple((one.channel, _end(one)) for one in kept.addresses),
            "lesson": title(kept.state.lesson) if kept.state.lesson else "",
            "lessons": tuple((title(one.lesson), when(one.started_at), when(one.finished_at)) for one in kept.lessons),
            "answered": tuple((when(one.at), title(one.lesson), one.answer, one.right) for one in kept.answers),
            "skills": tuple((one.skill, one.tries, one.mastered) for one in kept.skills),
            "tickets": tuple(
                (
                    one.id,
                    when(one.opened_at),
                    title(one.opening.lesson),
                    one.helper.name if one.helper else "",
                    one.rating,
                )
                for one in kept.tickets
            ),
            "talk": tuple((when(one.at), one.author.value, one.name, _text(one)) for one in talk),
            "held_back": held_back,
        }
        return self._renderer.message(Reply("kept", values), language).text


def as_data(kept: Kept) -> dict[str, Any]:
    """All of it as plain data, but for moments."""
    talk, held_back = _readable(kept)
    data: dict[str, Any] = asdict(replace(kept, talk=(), addresses=()))
    data |= {
        "addresses": [f"{one.channel}:…{_end(one)}" for one in kept.addresses],
        "talk": [
            {"at": one.at, "who": one.author.value, "name": one.name, "ticket": one.ticket, "text": _text(one)}
            for one in talk
        ],
        "notes_held_back": held_back,
    }
    for skill in data["skills"]:
        skill["name"] = skill_name(skill["skill"], kept.state.language)
    for ticket in data["tickets"]:
        for name in _OURS:
            ticket.pop(name, None)
        for name in ("helper", "last_helper"):
            ticket[name] = ticket[name]["name"] if ticket[name] else ""
    return data


def _readable(kept: Kept) -> tuple[Sequence[Entry], int]:
    """What was said, but for the notes that are held back, and how many those are."""
    urgent = {ticket.id for ticket in kept.tickets if ticket.urgent}
    own = {str(ticket.id) for ticket in kept.tickets}
    talk = settled(kept.talk)
    shown = [
        entry
        for entry in talk
        if entry.author is not Author.NOTE
        or (entry.ticket not in urgent and own.issuperset(_NUMBER.findall(entry.message.said)))
    ]
    return shown, len(talk) - len(shown)


def _text(entry: Entry) -> str:
    message = entry.message
    picture = f"[{message.picture.alt}]" if message.picture else ""
    media = f"[{message.media.kind}]" if message.media else ""
    heading = "" if entry.author is Author.HELPER else to_plain(message.text)  # of a helper it is their name, as above
    return "\n".join(filter(None, (heading, message.said, picture, media)))


def _end(address: Address) -> str:
    """Enough of an address to know it again, and too little to use it."""
    return address.id[-_SHOWN:]
