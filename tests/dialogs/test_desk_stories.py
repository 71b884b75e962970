"""Whole stories of a learner, helpers and the clock, over the real shell and a real store.

The files in `desk/` are what each of them sees. `pytest tests/dialogs --update` writes them anew; read the difference.

A line of a story:
    group Leeds; hours mon-fri 09:00-17:00; place Leeds Library    how a group is set up; the first is everybody's
    helpers Amir, Dana; coordinator Cora; York Dan                 who has joined the first group, and another
    you   words, you [Label]       the learner writes, or presses the button with this label
    Amir  words, Amir [I'll help]  a helper answers, or presses one of `ACTS`; `Amir // words` is a note
    ...   10 minutes               time goes by, and the timekeeper looks every minute
    ...   until tue 08:30          the same
Everything else is what comes of it: `bot` is what the learner gets, `desk` the helpers' chat, `(Cora)` what one helper
gets alone, and words in brackets what the helper is told at once.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.integration.runtime.conftest import ANN, GROUP, Town
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Role
from tutorbot.desk.hours import DAYS
from tutorbot.desk.ticket import Outcome
from tutorbot.messages.markup import to_plain
from tutorbot.messages.message import Button
from tutorbot.runtime.desk import Who
from tutorbot.runtime.facts import LONDON
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import Address, Author, Kind, Owed
from tutorbot.store.database import open_store

HERE = Path(__file__).parent / "desk"
LINE = re.compile(r"^(you|\.\.\.|group|helpers|[A-Z][a-z]+)\s+(\S.*)$")
DIRECTIONS = ("you", "...", "group", "helpers")
INDENT = "      "
MINUTE = timedelta(minutes=1)
ACTS = {
    "I'll help": lambda desk, *who: desk.claim(*who),
    "Give back": lambda desk, *who: desk.release(*who),
    "Close": lambda desk, *who: desk.close(*who),
    "Close: another service": lambda desk, *who: desk.close(*who, Outcome.REFERRED),
    "Close: no answer": lambda desk, *who: desk.close(*who, Outcome.NO_ANSWER),
    "Urgent": lambda desk, *who: desk.mark_urgent(*who),
    "Show the card": lambda desk, *who: desk.show_card(*who),
    "Three steps back": lambda desk, *who: desk.step_back(*who),
    "Take back": lambda desk, *who: desk.unsend(*who),
    "Block": lambda desk, *who: desk.block(*who, "rude"),
    "Unblock": lambda desk, *who: desk.unblock(*who),
}
OWN_ACTS = {
    "Join": lambda desk, *who: desk.join(*who),
    "Leave": lambda desk, *who: desk.leave(*who),
    "Away": lambda desk, *who: desk.presence(*who, here=False),
    "Here": lambda desk, *who: desk.presence(*who, here=True),
}


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_story_goes_as_written(path: Path, request: pytest.FixtureRequest, sqlite_url: str) -> None:
    played = asyncio.run(played_in(sqlite_url, path.read_text()))
    if request.config.getoption("--update", default=False):
        path.write_text(played)
    assert played == path.read_text()


async def played_in(database: str, written: str) -> str:
    """The story as it goes now, in this empty database."""
    store = open_store(database)
    played = [line async for line in Story(Town(store)).play(written.splitlines())]
    await store.close()
    return "".join(f"{line}\n" for line in played)


class Story:
    """One story: who is in it, and what each has seen so far."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.people: dict[str, Who] = {}
        self.sent: list[Owed] = []
        self.chats = {GROUP: "desk"}  # what the chats of groups are called
        self.buttons: tuple[Button, ...] = ()

    async def play(self, lines: list[str]) -> AsyncIterator[str]:
        """The story as it goes now: comments and people's lines as written, our lines as we say them."""
        for line in lines:
            if line.startswith("#"):
                yield line
            said = LINE.match(line)
            if not said or not (said[1] in {*DIRECTIONS, *self.people} or said[2].startswith("[")):
                continue
            yield line
            words = await self.act(said[1], said[2])
            for owed in self.sent:
                for shown in self.shown(owed):
                    yield shown
            self.sent.clear()
            if words:
                yield f"{INDENT}({' '.join(words.split())})"

    async def act(self, who: str, words: str) -> str:
        """Let it happen, and send what is owed; what the one who acts is told at once."""
        words = await self.happen(who, words)
        await self.send()
        return words

    async def send(self) -> None:
        sent = await self.town.send()
        self.buttons = next((one.message.buttons for one in reversed(sent) if _to_press(one)), self.buttons)
        self.sent += sent

    async def happen(self, who: str, words: str) -> str:
        match who:
            case "group":
                return await self.set_up(words)
            case "helpers":
                return await self.join(words)
            case "...":
                return await self.wait(words)
            case "you":
                return await self.learner(words)
        return await self.helper(self.who(who), words)

    async def set_up(self, words: str) -> str:
        name, *more = words.split("; ")
        about = dict(one.split(" ", 1) for one in more)
        first = (await self.town.desk.groups())[0]
        if first.name:
            chat = Address("telegram", f"-20{len(self.chats)}")
            group = Group(0, name, str(chat), invite=name.lower(), **about)
            await self.town.store.transact(lambda tx: tx.groups.add(group, self.town.now))
            self.chats[chat] = name.lower()
        else:
            changed = replace(first, name=name, chat=str(GROUP), **about)
            await self.town.store.transact(lambda tx: tx.groups.save(changed))
        return ""

    async def join(self, words: str) -> str:
        groups = {group.name: group.id for group in await self.town.desk.groups()}
        for part in words.split("; "):
            role = Role.COORDINATOR if part.startswith("coordinator ") else Role.HELPER
            place, _, names = part.rpartition(" ") if part.partition(" ")[0] in groups else ("", "", part)
            for name in names.removeprefix("coordinator ").split(", "):
                who = self.who(name)
                await self.town.desk.join(self.town.key(), who, groups.get(place, 0))
                await self.town.store.transact(partial(_give_role, who, role))
        return ""

    async def wait(self, words: str) -> str:
        for _ in range(self.minutes(words)):
            self.town.now += MINUTE
            await self.town.timekeeper.look()
            await self.send()
        return ""

    def minutes(self, words: str) -> int:
        if not words.startswith("until "):
            number, unit = words.split()
            return int(number) * {"minute": 1, "hour": 60, "day": 24 * 60}[unit.removesuffix("s")]
        day, clock = words.removeprefix("until ").split()
        here = self.town.now.astimezone(LONDON)
        days = (DAYS.index(day) - here.weekday()) % 7
        then = datetime.combine(here.date() + timedelta(days=days), time.fromisoformat(clock), LONDON)
        return int((then - here) / MINUTE)

    async def learner(self, words: str) -> str:
        if not words.startswith("["):
            await self.town.says(ANN, words)
            return ""
        found = [button.action for button in self.buttons if words[1:-1] in button.label]
        assert found, f"there is no button {words} among {[button.label for button in self.buttons]}"
        return await self.town.presses(ANN, found[0])

    async def helper(self, who: Who, words: str) -> str:
        desk, key = self.town.desk, self.town.key()
        label = words[1:-1] if words.startswith("[") else ""
        if label in OWN_ACTS:
            return await OWN_ACTS[label](desk, key, who)
        ticket = await self.town.newest()
        if label.startswith("Give to group "):
            groups = {group.name: group.id for group in await desk.groups()}
            return await desk.hand_over(key, who, ticket, groups[label.removeprefix("Give to group ")])
        if label.startswith("Give to "):
            other = await desk.helper_of(self.who(label.removeprefix("Give to ")))
            return await desk.transfer(key, who, ticket, other.id if other else 0)
        if label:
            return await ACTS[label](desk, key, who, ticket)
        if words.startswith("// "):
            return await desk.note(key, who, ticket, words.removeprefix("// "), ref=key)
        return await desk.reply(key, who, ticket, words, ref=key)

    def who(self, name: str) -> Who:
        number = 77 + len(self.people)
        return self.people.setdefault(name, Who(Address("telegram", str(number)), name))

    def shown(self, owed: Owed) -> Iterator[str]:
        """One message, as whoever gets it sees it."""
        alone = {who.address: name for name, who in self.people.items()}
        side = {ANN: "bot", **self.chats}.get(owed.to) or f"({alone.get(owed.to, owed.to.id)})"
        text = "\n".join(filter(None, (to_plain(owed.message.text), owed.message.said)))
        if owed.kind is Kind.CLOSE_THREAD:
            text = f"{text}\n* the topic is closed".strip()
        elif owed.kind is Kind.DELETE_THREAD:
            text = "* the topic is deleted"
        elif owed.kind is Kind.DELETE:
            text = "* the message is taken away"
        elif owed.kind is Kind.REPLACE and owed.author is Author.DESK:
            text = f"* the card says: {', '.join(filter(None, text.splitlines()[1:3]))}"
        first, *rest = text.splitlines() or [""]
        yield f"{side:<5} {first}"
        yield from (f"{INDENT}{line}".rstrip() for line in rest)
        if owed.message.buttons and not text.startswith("*"):
            yield INDENT + " ".join(f"[{button.label}]" for button in owed.message.buttons)


def _to_press(owed: Owed) -> bool:
    return owed.to == ANN and bool(owed.message.buttons)


def _give_role(who: Who, role: Role, tx: Transaction) -> None:
    helper = tx.helpers.of_address(who.address)
    assert helper
    tx.helpers.save(replace(helper, role=role))
