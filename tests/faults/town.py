"""People who learn from the real program while it is killed, and the books by which its promises are checked.

What should have come of it is asked of the engine itself: the same events, in the same order, each of them once.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select

from tests.acceptance.conftest import Program, free_port
from tests.fake_bot_api import FakeBotApi
from tests.fake_bot_api.faults import reset
from tests.fake_bot_api.people import Press, User
from tests.fake_bot_api.server import Call, Moment
from tests.integration.store.sample import connected, rows
from tutorbot.channels.telegram.updates import clicked
from tutorbot.curriculum.loader import Library
from tutorbot.store.tables import AddressRow, AttemptRow, EntryRow, EventRow, LearnerRow, table
from tutorbot.tutor import engine
from tutorbot.tutor.events import Event, TextSent
from tutorbot.tutor.replies import RecordAttempt
from tutorbot.tutor.state import LearnerState

PATIENCE = 120  # seconds, on a busy machine too
OURS = "telegram:10"  # how the addresses of our learners begin
LESSON = """---
id: first
title: A first lesson
summary: What a lesson is.
minutes: 2
skills: [F1]
asks: [what is a lesson]
can_do: You can follow a lesson.
sources: [https://www.gov.uk]
reviewed: 2026-11-22
---
# A first lesson

## What this is
This is the first card.

## Quiz: Which is a colour?
> Hint: The sky is often this colour.

- [x] Blue
  > Yes. The sky is often blue.
- [ ] Seven
  > Look again. Seven is a number.

## Quiz: Which is a number?
> Hint: Count your fingers.

- [ ] Green
  > Look again. Green is a colour.
- [x] Ten
  > Yes. You have ten fingers.

## The last card
That was all.
"""
COURSE = """---
id: basics
title: Basics
summary: The first steps.
order: 1
kind: skill
---
Go as slowly as you like.
"""
WORDS = ("next", "a", "b", "hint", "menu", "carry on", "back")


def make_lessons(folder: Path) -> Path:
    """A small folder of lessons, which is read in no time."""
    course = folder / "lessons" / "basics"
    course.mkdir(parents=True)
    (course / "course.md").write_text(COURSE, "utf-8")
    (course / "01-first.md").write_text(LESSON, "utf-8")
    return folder / "lessons"


def settings(fake: FakeBotApi, folder: Path, database_url: str) -> dict[str, str]:
    """What the program is told."""
    return {
        "PATH": "",
        "TUTORBOT_DATA": str(folder / "data"),
        "TUTORBOT_LESSONS": str(make_lessons(folder)),
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "TUTORBOT_TELEGRAM_TOKEN": fake.token,
        "TUTORBOT_TELEGRAM_API_URL": fake.url,
        "TUTORBOT_TELEGRAM_HELPERS_CHAT": str(fake.group.id),
        "TUTORBOT_TELEGRAM_PACE": "1000",
        "TUTORBOT_LEARNER_PACE": "10000",  # they are quicker than anybody who reads
        "TUTORBOT_LOG": "debug",
    }


def company(told: dict[str, str]) -> list[Program]:
    """Two webs that Telegram calls, and two workers, on one PostgreSQL."""
    told |= {
        "TUTORBOT_SECRET_KEY": "the same for all of them, and long enough",
        "TUTORBOT_PUBLIC_URL": f"http://127.0.0.1:{told['PORT']}",
    }
    webs = [Program(told | {"PORT": port}, "web") for port in (told["PORT"], str(free_port()))]
    return [*webs, *(Program(told, "worker") for _ in range(2))]


async def called_by(fake: FakeBotApi, programs: Sequence[Program]) -> None:
    """Returns when Telegram calls the webs among these, in turns."""
    await fake.wait_for(lambda: fake.webhook.url, PATIENCE)
    others = [one.environment["PORT"] for one in programs if one.serves == "web"][1:]
    fake.webhook.mirrors = [f"http://127.0.0.1:{port}/telegram/webhook" for port in others]


@dataclass
class Walker:
    """A learner who does one thing after another, and what they did."""

    user: User
    did: list[Event] = field(default_factory=list)

    def says(self, text: str) -> None:
        """They write."""
        self.user.send(text)
        self.did.append(TextSent(text))

    def presses(self, button: str) -> Press:
        """They press the newest button that is called so."""
        press = self.user.press(button)
        self.did.append(clicked(self._newest(press)))
        return press

    def goes_on(self, chance: Random) -> None:
        """They do anything: write a word, or press any button in sight; some press twice."""
        buttons = [
            (post, button["callback_data"]) for post in self.user.chat.by_bot[-3:] for button in post.buttons
            if "person" not in button["callback_data"] and "speak" not in button["callback_data"]
        ]  # fmt: skip
        if not buttons or chance.random() < 0.5:
            return self.says(chance.choice(WORDS))
        post, data = chance.choice(buttons)
        for _ in range(chance.choice((1, 1, 2))):
            self.user.press_data(data, post)
            self.did.append(clicked(data))
        return None

    def _newest(self, press: Press) -> str:
        update = press.world.updates[-1]
        return str(update["callback_query"]["data"])


@dataclass
class Town:
    """The program, its Bot API and its learners."""

    fake: FakeBotApi
    program: Program  # the one that is killed next, where there are several
    database_url: str
    lessons: Path
    walkers: list[Walker] = field(default_factory=list)
    kills: int = 0
    again: int = 0  # messages that came a second time, as of the last check

    def newcomer(self, name: str = "Ann") -> Walker:
        """A learner whom the program has not met."""
        walker = Walker(self.fake.user(1000 + len(self.walkers), name))
        self.walkers.append(walker)
        return walker

    async def on_first_quiz(self, count: int) -> list[Walker]:
        """So many learners who look at the first quiz."""
        found = [self.newcomer() for _ in range(count)]
        for walker in found:
            for words in ("/start first", "Ann", "next"):
                walker.says(words)
        await self.settled()
        return found

    async def killed_when(
        self,
        is_time: Callable[[Moment, Call], bool],
        act: Callable[[], Any],
        how: signal.Signals = signal.SIGKILL,
    ) -> None:
        """Kill the program at the first call of which this is so, which `act` brings about.

        When the call has only arrived, it is not carried out: the program died before it was sent. SIGTERM only asks
        the program to stop, and it has to end well.
        """
        dead = asyncio.Event()

        def watch(moment: Moment, call: Call) -> None:
            if not dead.is_set() and is_time(moment, call):
                self._kill(how)
                if moment is Moment.ARRIVED and how is signal.SIGKILL:
                    self.fake.fail(call.method, reset())
                dead.set()

        self.fake.onlookers.append(watch)
        act()
        async with asyncio.timeout(PATIENCE):
            await dead.wait()
        self.fake.onlookers.remove(watch)
        await self.buried()
        assert self.program.process
        assert how is signal.SIGKILL or self.program.process.returncode == 0, "did not end well"

    async def killed_among_all(self, chance: Random, how: signal.Signals = signal.SIGKILL) -> None:
        """Everybody does something, and after so many calls the program is killed and started again."""
        left = chance.randint(1, 3 * len(self.walkers))
        when = chance.choice(list(Moment))

        def is_time(moment: Moment, _: Call) -> bool:
            nonlocal left
            left -= moment is when
            return left <= 0 and moment is when

        await self.killed_when(is_time, lambda: self.everybody_acts(chance, 3), how)
        await self.back()

    def everybody_acts(self, chance: Random, times: int = 1) -> None:
        """Every learner does something, so many times."""
        for walker in self.walkers:
            for _ in range(times):
                walker.goes_on(chance)

    def has_a_bad_line(self, walker: Walker, chance: Random) -> None:
        """What this learner does comes twice, or under two numbers, or in another order than it was done in."""
        walker.goes_on(chance)
        updates = self.fake.world.updates
        newest = updates[-1]
        match chance.choice(("again", "two numbers", "swapped")):
            case "again":
                self.fake.repeat(newest)
            case "two numbers" if "callback_query" in newest:
                self.fake.world.tell("callback_query", newest["callback_query"])
                walker.did.append(walker.did[-1])
            case "swapped" if self.fake.webhook.url:  # who asks is given everything in the order of its numbers
                walker.says(chance.choice(WORDS))
                newest["update_id"], updates[-1]["update_id"] = updates[-1]["update_id"], newest["update_id"]

    async def buried(self) -> None:
        """Returns when the killed program has ended."""
        assert self.program.process
        async with asyncio.timeout(PATIENCE):
            await self.program.process.wait()
            await self.program.reader

    async def back(self) -> None:
        """Start the program again."""
        self.program.said.clear()
        await self.program.start()

    async def kill(self) -> None:
        """Kill it now."""
        self._kill(signal.SIGKILL)
        await self.buried()

    def _kill(self, how: signal.Signals) -> None:
        assert self.program.process
        os.kill(self.program.process.pid, how)
        self.kills += 1

    async def until(self, condition: Callable[[], object]) -> None:
        """Returns when this is so."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.02)

    async def settled(self, whose: str = OURS) -> None:
        """Returns when every update is confirmed and nothing is owed, to our learners or to whoever is meant."""
        await self.fake.wait_for(lambda: not self.fake.waiting, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while await asyncio.to_thread(is_owed, self.database_url, whose):
                await asyncio.sleep(0.1)

    async def check(self) -> None:
        """Every promise, by the books: nothing lost, nothing done twice, all in order, few repetitions."""
        await self.settled()
        books = Books(self.database_url, Library(self.lessons))
        for walker in self.walkers:
            books.check(walker)
        self.again = sum(books.check_chat(walker.user, self.kills) for walker in self.walkers)
        assert _events(self.database_url) >= sum(len(walker.did) for walker in self.walkers)


def _events(database_url: str) -> int:
    with connected(database_url) as connection:
        return connection.execute(select(func.count()).select_from(table(EventRow))).scalar_one()


def _entries(database_url: str) -> Sequence[Any]:
    """What was said in our learners' chats."""
    entries = table(EntryRow)
    ours = select(entries).where(entries.c.address.startswith(OURS)).order_by(entries.c.id)
    with connected(database_url) as connection:
        return connection.execute(ours).all()


def is_owed(database_url: str, start: str) -> bool:
    """Whether anything is owed to an address that begins so."""
    entries = table(EntryRow)
    owed = select(entries.c.id).where(entries.c.due_at.is_not(None), entries.c.address.startswith(start)).limit(1)
    with connected(database_url) as connection:
        return connection.execute(owed).first() is not None


class Books:
    """What the database holds, beside what the engine says it should hold."""

    def __init__(self, database_url: str, library: Library) -> None:
        library.reload()
        self._curriculum = library.curriculum
        self._learners = {row.id: row for row in rows(database_url, LearnerRow)}
        self._addresses = {row.address: row.learner for row in rows(database_url, AddressRow)}
        self._entries = _entries(database_url)
        self._attempts = rows(database_url, AttemptRow)

    def check(self, walker: Walker) -> None:
        """State, answers and words of one learner are what the engine makes of what they did."""
        state, said, attempts = self._lived(walker.did)
        learner = self._addresses[f"telegram:{walker.user.id}"]
        assert replace(self._learners[learner].state, seen=None) == replace(state, seen=None)
        kept = [(row.card, row.answer, row.was_right) for row in self._attempts if row.learner == learner]
        assert kept == attempts, "an answer is lost, or counted twice"
        heard = [row.message.said for row in self._of(walker.user, "learner")]
        assert heard == [event.text for event in walker.did if isinstance(event, TextSent)]
        assert len(self._of(walker.user, "tutor")) == said

    def check_chat(self, user: User, kills: int) -> int:
        """Every message of the record stands in the chat, in order; the number of those that came again."""
        owed = self._of(user, "tutor")
        refs = [int(row.ref) for row in owed if row.kind == "say"]
        sent = [post.id for post in user.chat.by_bot]
        assert refs == sorted(refs), "out of order"
        assert set(refs) <= set(sent), "lost"
        assert not [row.error for row in owed if row.given_up_at], "given up"
        again = len(set(sent) - {int(row.ref) for row in owed})
        assert again <= kills, "more than one message was repeated for a kill"
        return again

    def _of(self, user: User, author: str) -> list[Any]:
        address = f"telegram:{user.id}"
        return [row for row in self._entries if row.address == address and row.author == author]

    def _lived(self, did: Sequence[Event]) -> tuple[LearnerState, int, list[tuple[str, str, bool]]]:
        state, said = LearnerState(), 0
        attempts: list[tuple[str, str, bool]] = []
        for event in did:
            turn = engine.advance(state, event, self._curriculum, datetime(2026, 3, 2, 12, tzinfo=UTC))
            state, said = turn.state, said + len(turn.replies)
            found = [effect for effect in turn.effects if isinstance(effect, RecordAttempt)]
            attempts += [(one.card, one.answer, one.right) for one in found]
        return state, said, attempts
