"""Whole stories in Telegram: learners, helpers and their groups, over real HTTP to the fake Bot API.

The files in `telegram/` are what stands in each chat. `pytest tests/dialogs --update` writes them anew; read the
difference.

A line of a story:
    group    Leeds; flat York      the groups of helpers, the first without asking; `flat` is one without topics
    helpers  Amir, Bea; York Dana  who has joined the first group, and another; `coordinator Cora` watches over it
    members  Bea                   who is in the first group, and has not joined its desk
    asks     Ann, Bob              learners who open a lesson and ask for a person; of it we see what helpers see
    Ann      words                 what somebody does: a helper in their group, where the newest message of the bot
                                   stands; anybody else in a chat with the bot
    Ann      [Label]               presses the newest button there that says so; Amir+Bea at the same moment
    Amir     [old: Label]          presses one that is not there any more
    Ann      <photo> words         sends something, with words below it; <photo photo> is an album
    Ann      35 times: words       writes so often, in a hurry: all is written before anything goes to the groups
    Ann      ~ words               changes the last message; with <video> also what stands above the words
    Amir     ^ words               answers their own last message
    Amir     all: ...              the same in the group, outside topics
    Amir     alone: ...            the same in a chat with the bot alone
    Amir     hidden: ...           the same as an administrator who is anonymous
    Amir     * leaves              leaves the group; `is removed`, `deletes the topic`, `adds the bot`
    ...      49 hours              time goes by; of minutes, we look after each
    Telegram loses a message       the next one is lost on its way, and we cannot know; `loses its answer`: it arrives
Everything else is what comes of it, by chat: `|` is new, `~` changed (only the lines that are new), `x` taken away.
What a button answers stands in brackets.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fake_bot_api import Chat, FakeBotApi, Group, Posted, Press, User, reset
from tests.fake_bot_api.people import find_button
from tests.fake_bot_api.world import Topic
from tests.integration.telegram.program import Program, add_group, running
from tutorbot.channels.telegram.pace import Pace
from tutorbot.desk.helper import Role
from tutorbot.runtime.desk import Who
from tutorbot.runtime.limits import Heard, Limits
from tutorbot.runtime.values import Address, Haste

HERE = Path(__file__).parent / "telegram"
LINE = re.compile(r"^(group|helpers|\.\.\.|\S+)\s+(\S.*)$")
MEDIA = re.compile(r"<([a-z_ ]+)>\s*(.*)")
OFTEN = re.compile(r"(\d+) times: (.*)")
PLACE = re.compile(r"(all|alone|hidden): (.*)")
TOKEN = re.compile(r"token=\S+")
WEB = "https://desk.example"


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_story_stands_as_written(path: Path, request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> None:
    played = asyncio.run(played_in(sqlite_url, tmp_path, path.read_text()))
    if request.config.getoption("--update", default=False):
        path.write_text(played)
    assert played == path.read_text()


async def played_in(database: str, lessons: Path, written: str) -> str:
    """The story as it goes now, in this empty database."""
    lines = written.splitlines()
    flat = any(line.startswith("group") and "flat Leeds" in line for line in lines)
    gate = Gate()
    async with (
        FakeBotApi(forum=not flat) as fake,
        running(fake, database, lessons, web=WEB, pace=gate, limits=Patience(fake)) as program,
    ):
        story = Story(program, gate)
        played = [shown for line in lines for shown in await story.play(line)]
    return "".join(f"{line}\n" for line in played)


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stood when we looked last."""

    text: str
    buttons: str
    reaction: str
    album: str = ""


class Gate(Pace):
    """Nothing goes to a group while it is shut."""

    def __init__(self) -> None:
        super().__init__(None, None)
        self.open = asyncio.Event()
        self.open.set()

    async def wait(self, address: Address, count: int = 1) -> None:
        if self.is_group(address):
            await self.open.wait()


class Patience(Limits):
    """No time goes by but what the story says."""

    def __init__(self, fake: FakeBotApi) -> None:
        super().__init__()
        self._fake = fake

    def counted(self, haste: Haste, now: datetime) -> tuple[Heard, Haste]:
        then = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=self._fake.world.later)
        return super().counted(haste, then)


class Story:
    """One story: who is in it, and what stood in each chat after the last line."""

    def __init__(self, program: Program, gate: Gate) -> None:
        self.program, self.fake, self.gate = program, program.fake, gate
        self.groups: dict[str, Group] = {"Leeds": self.fake.group}
        self.homes: dict[str, Group] = {}  # of helpers, by name
        self.last: dict[str, tuple[Chat, int]] = {}  # what somebody wrote last
        self.seen: dict[tuple[int, int], Seen] = {}
        self.closed: dict[tuple[int, int], bool] = {}
        self.pressed: dict[str, tuple[Posted, str]] = {}

    async def play(self, line: str) -> list[str]:
        """The line and what comes of it; nothing for a line that only says what came."""
        if line.startswith("#"):
            return [line]
        said = LINE.match(line)
        if not said or line.startswith(" "):
            return []
        presses = await self.happen(said[1], said[2])
        await self.program.quiet()
        words = [f"    ({who}: {press.words})" for who, press in presses if press and press.words]
        return [line, *words, *self.news()]

    # --- What happens -----------------------------------------------------------------------------------------------

    async def happen(self, who: str, what: str) -> list[tuple[str, Press | None]]:
        """Let it happen; what was pressed, by whom."""
        match who:
            case "group":
                await self.set_up(what)
            case "helpers":
                await self.join(what)
            case "members":
                self.homes |= dict.fromkeys(what.split(", "), self.fake.group)
            case "asks":
                for name in what.split(", "):
                    await self.ask(name)
            case "Telegram":
                self.fake.fail("sendMessage", reset(after="answer" in what))
            case "...":
                await self.pass_by(*what.split())
            case _ if often := OFTEN.fullmatch(what):
                await self.hurry(who, int(often[1]), often[2])
            case _:
                return [(name, self.act(name, what)) for name in who.split("+")]
        return []

    async def pass_by(self, count: str, what: str) -> None:
        if what == "hours":
            self.fake.world.later += 3600 * float(count)
        for _ in range(int(count) if what == "minutes" else 1):
            self.fake.world.later += 60
            await self.program.timekeeper.look()
            if self.program.sender.busy:  # in a minute, all that is owed goes
                await self.program.quiet()

    async def hurry(self, who: str, count: int, words: str) -> None:
        self.gate.open.clear()
        for number in range(1, count + 1):
            self.act(who, f"{words} {number}")
        await self.fake.wait_for(lambda: self.fake.polling.waiting and not self.fake.waiting, 20)
        self.gate.open.set()

    async def set_up(self, what: str) -> None:
        for number, part in enumerate(what.split("; ")):
            name = part.removeprefix("flat ")
            if name not in self.groups:
                group = self.fake.second_group(-1001000000001 - number, forum=name == part, title=name)
                self.groups[name] = group
                await add_group(self.program, name, group.id)

    async def join(self, what: str) -> None:
        numbers = {group.name: group.id for group in await self.program.desk.groups()}
        for part in what.split("; "):
            place, _, names = part.partition(" ") if part.partition(" ")[0] in self.groups else ("Leeds", "", part)
            for name in names.split(", "):
                await self.join_one(name.removeprefix("coordinator "), place, numbers[place], name)

    async def join_one(self, name: str, place: str, group: int, as_what: str) -> None:
        self.homes[name] = self.groups[place]
        who = Who(Address("telegram", str(self.user(name).id)), name)
        await self.program.desk.join(f"join:{name}", who, group)
        helper = await self.program.desk.helper_of(who)
        if helper and as_what != name:
            changed = replace(helper, role=Role.COORDINATOR)
            await self.program.store.transact(lambda tx: tx.helpers.save(changed))

    async def ask(self, name: str) -> None:
        for act in ("/start fake-email", name, "person", "[Yes, ask a person]"):
            self.act(name, act)
            await self.program.quiet()
        chat = self.user(name).chat
        self.seen |= {(chat.id, post.id): _seen(post) for post in chat.posts.values()}

    def user(self, name: str) -> User:
        return self.fake.user(sum(map(ord, name)) * 1000 + len(name), name)

    def act(self, who: str, what: str) -> Press | None:
        user, home = self.user(who), self.homes.get(who)
        found = PLACE.fullmatch(what)
        place, what = (found[1], found[2]) if found else ("", what)
        if home is None or place == "alone":
            return self.alone(who, user, what)
        return self.in_group(who, user, home, what, place)

    def alone(self, who: str, user: User, what: str) -> Press | None:
        if what.startswith("["):
            return user.press(what[1:-1])
        if what.startswith("~ "):
            user.edit(self.last[who][1], what[2:])
            self.note(who, user.chat, [self.last[who][1]])
        elif media := MEDIA.fullmatch(what):
            kinds = media[1].split()
            sent = user.send_album(*kinds, caption=media[2]) if kinds[1:] else [user.send_media(kinds[0], media[2])]
            self.note(who, user.chat, sent)
        else:
            self.note(who, user.chat, [user.send(what)])
        return None

    def in_group(self, who: str, user: User, home: Group, what: str, place: str) -> Press | None:
        if what.startswith("["):
            return self.press(user, home, what[1:-1])
        newest = [post for post in home.chat.by_bot if not post.extra and "Join the desk" not in post.labels]
        topic = newest[-1].thread if newest and place != "all" else None
        answered = newest[-1].id if newest and not home.chat.forum and place != "all" else None
        hidden = place == "hidden"
        if what.startswith("* "):
            self.event(user, home, what[2:], topic)
        elif what.startswith("~ "):
            swapped = MEDIA.fullmatch(what[2:])
            home.edit(self.last[who][1], swapped[2] if swapped else what[2:], swapped[1] if swapped else "")
            self.note(who, home.chat, [self.last[who][1]])
        elif what.startswith("^ "):
            home.write(topic, user, what[2:], reply_to=self.last[who][1])
        elif media := MEDIA.fullmatch(what):
            kinds = media[1].split()
            if kinds[1:]:
                sent = home.send_album(topic, user, *kinds, caption=media[2])
            else:
                sent = [home.send_media(topic, user, kinds[0], media[2], reply_to=answered, anonymous=hidden)]
            self.note(who, home.chat, sent)
        else:
            self.note(who, home.chat, [home.write(topic, user, what, reply_to=answered, anonymous=hidden)])
        return None

    def press(self, user: User, home: Group, label: str) -> Press:
        """A button; one that is not there any more was pressed before, and is remembered by its label."""
        if not label.startswith("old: "):
            self.pressed[label] = find_button(home.chat.by_bot, label)
        post, data = self.pressed[label.removeprefix("old: ")]
        return home.press_data(user, data, post)

    def event(self, user: User, home: Group, what: str, topic: int | None) -> None:
        match what:
            case "leaves":
                home.leave(user)
            case "is removed":
                home.remove(user, self.user("Owner"))
            case "adds the bot":
                home.add_bot(user)
            case "deletes the topic" if topic:
                home.delete_topic(topic)
            case _:
                raise LookupError(what)

    def note(self, who: str, chat: Chat, sent: list[int]) -> None:
        self.last[who] = (chat, sent[0])
        for id_ in sent:
            self.seen[chat.id, id_] = _seen(chat.posts[id_])

    # --- What is seen -----------------------------------------------------------------------------------------------

    def news(self) -> Iterator[str]:
        """What has changed in every chat since the last line."""
        now = {
            (chat.id, post.id): (chat, post) for chat in self.fake.world.chats.values() for post in chat.posts.values()
        }
        for key in [key for key in self.seen if key not in now]:
            yield from _told(self.name(key[0]), "x", self.seen.pop(key).text)
        for key, (chat, post) in now.items():
            before, seen = self.seen.get(key), _seen(post)
            self.seen[key] = seen
            if before is None and "forum_topic_created" in post.extra:
                yield f"    {self.place(chat, post)} is made: {post.extra['forum_topic_created']['name']}"
            elif before is None and post.by_bot:
                yield from _told(self.place(chat, post), "|", _shown(chat, seen, post))
            elif before and before != seen:
                yield from _told(self.place(chat, post), "~", _changed(before, seen))
        for chat in self.fake.world.chats.values():
            for topic in chat.topics.values():
                was = self.closed.get((chat.id, topic.id), False)
                self.closed[chat.id, topic.id] = topic.closed
                if was != topic.closed:
                    yield f"    {self.name(chat.id)} {_short(topic)} is {'closed' if topic.closed else 'open'}"

    def place(self, chat: Chat, post: Posted) -> str:
        topic = chat.topics.get(post.thread or 0)
        return f"{self.name(chat.id)} {_short(topic)}" if topic else self.name(chat.id)

    def name(self, chat: int) -> str:
        group = next((name for name, group in self.groups.items() if group.id == chat), None)
        return group or str(self.fake.world.chats[chat].about.get("first_name"))


def _short(topic: Topic) -> str:
    """The number of its ticket."""
    return topic.name.split()[0]


def _seen(post: Posted) -> Seen:
    kind = "picture" if post.photo else post.kind
    about = f"<{kind}{' of an album' if post.album else ''}{', protected' if post.protected else ''}>" if kind else ""
    made = f"<{next(iter(post.extra))}>" if post.extra else ""
    buttons = " ".join(f"[{label}]" for label in post.labels)
    text = TOKEN.sub("token=...", post.text)
    return Seen("\n".join(filter(None, (made, about, text))), buttons, post.reaction, post.album)


def _changed(before: Seen, seen: Seen) -> str:
    """The lines that are new, and the buttons if there are others."""
    was = before.text.splitlines()
    lines = [line for line in seen.text.splitlines() if line not in was]
    buttons = "" if seen.buttons == before.buttons else seen.buttons or "(no buttons)"
    reaction = seen.reaction if seen.reaction != before.reaction else ""
    return "\n".join(filter(None, (*lines, buttons, reaction))) or "(less)"


def _shown(chat: Chat, seen: Seen, post: Posted) -> str:
    answered = chat.posts.get(post.reply_to or 0)
    head = f"(to: {answered.text.splitlines()[0] if answered.text else answered.kind})" if answered else ""
    return "\n".join(filter(None, (head, seen.text, seen.buttons)))


def _told(place: str, sign: str, text: str) -> Iterator[str]:
    first, *rest = text.splitlines() or [""]
    yield f"    {place} {sign} {first}".rstrip()
    yield from (f"    {sign} {line}".rstrip() for line in rest)
