"""What is kept and being forgotten, over Telegram alone, with every real part behind it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from tests import sample
from tests.fake_bot_api import FakeBotApi
from tests.fake_bot_api.world import Chat, Posted
from tests.integration.store.sample import connected
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.bot import Telegram
from tutorbot.channels.telegram.pace import Pace
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk, Who
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.outbox import Sender
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Address, Owed
from tutorbot.store.database import SqlStore, open_store
from tutorbot.store.tables import TicketRow, table


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def store(fake: FakeBotApi, sqlite_url: str, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """The store of the program, which runs but for the web; Amir has joined its helpers."""
    store, renderer = open_store(sqlite_url), Renderer()
    senders: list[Sender] = []

    def deliver(owed: Sequence[Owed]) -> None:
        for sender in senders:  # none yet, while the town is set up
            sender.deliver(owed)

    turns, live = Turns(Entries(renderer), lambda: "test"), Live()
    conversation = Conversation(store, lambda: sample.CURRICULUM, turns, live, deliver)
    desk = Desk(store, lambda: sample.CURRICULUM, turns, live, deliver, _now)
    chat = f"telegram:{fake.group.id}"
    await store.transact(lambda tx: tx.groups.save(replace(tx.groups.list()[0], chat=chat)))
    await desk.join("join", Who(Address("telegram", "50"), "Amir"))
    async with Api(fake.token, fake.url) as api:
        telegram = Telegram(
            api,
            store,
            conversation,
            desk,
            renderer,
            lessons=tmp_path,
            helpers=fake.group.id,
            public_url="",
            secret="",
            clock=_now,
        )
        sender = Sender(store, {"telegram": telegram.transport}, Pace(None, None), _now, "test", Random(1))
        senders.append(sender)
        works = [asyncio.create_task(telegram.run()), asyncio.create_task(sender.run())]
        yield store
        telegram.stop()
        await sender.stop()
        await asyncio.gather(*works)
        await telegram.close()
    await store.close()


async def _begin(fake: FakeBotApi) -> None:
    ann = fake.user(7, "Ann")
    ann.send("/start fake-email")
    await fake.wait_for(lambda: "Skip this" in ann.last.labels if ann.texts else False)
    ann.send("Ann")
    await fake.wait_for(lambda: "▶ Next" in ann.last.labels)


async def _be_helped(fake: FakeBotApi) -> int:
    """Ann asks for a person, and Amir comes; the topic."""
    ann, amir = fake.user(7, "Ann"), fake.user(50, "Amir")
    ann.press("Talk to a person")
    await fake.wait_for(lambda: "Yes, ask a person" in ann.last.labels)
    ann.press("Yes, ask a person")
    await fake.wait_for(lambda: any(post.buttons for post in fake.group.chat.by_bot))
    fake.group.press(amir, "I'll help")
    await fake.wait_for(lambda: "Amir is here" in ann.last.text)
    return next(iter(fake.group.chat.topics))


async def _forget(fake: FakeBotApi) -> None:
    ann = fake.user(7, "Ann")
    ann.send("/forget")
    await fake.wait_for(lambda: "Yes, forget me" in ann.last.labels)
    ann.press("Yes, forget me")
    await fake.wait_for(lambda: "Yes, remove all of it" in ann.last.labels)
    ann.press("Yes, remove all of it")
    await fake.wait_for(lambda: "I have forgotten you" in ann.last.text)


@pytest.mark.usefixtures("store")
async def test_copy_comes_as_two_files(fake: FakeBotApi) -> None:
    ann = fake.user(7, "Ann")
    await _begin(fake)
    ann.send("/mydata")
    await fake.wait_for(lambda: "computer programs" in ann.last.text)
    page, data = [post for post in ann.chat.by_bot if post.file]
    assert b"<li>Name: Ann</li>" in page.file
    assert json.loads(data.file)["state"]["name"] == "Ann"
    assert "☰ Menu" in data.labels


async def test_forgetting_in_the_middle_of_a_talk_takes_the_topic_along(fake: FakeBotApi, store: SqlStore) -> None:
    await _begin(fake)
    topic = await _be_helped(fake)
    fake.group.write(topic, fake.user(50, "Amir"), "Hello Ann")
    await fake.wait_for(lambda: "Hello Ann" in fake.user(7).last.text)
    await _forget(fake)
    await fake.wait_for(lambda: not fake.group.chat.topics)
    assert "1 question to a person" in fake.user(7).last.text
    assert await store.read(lambda tx: tx.copies.of(Address("telegram", "7"))) is None
    assert "asked to be forgotten" in fake.group.chat.by_bot[-1].text


@pytest.mark.usefixtures("store")
async def test_in_a_group_without_topics_our_messages_are_deleted(fake: FakeBotApi) -> None:
    fake.group.chat.forum = False
    ann, amir = fake.user(7, "Ann"), fake.user(50, "Amir")
    await _begin(fake)
    ann.press("Talk to a person")
    await fake.wait_for(lambda: "Yes, ask a person" in ann.last.labels)
    ann.press("Yes, ask a person")
    await fake.wait_for(lambda: any(post.buttons for post in fake.group.chat.by_bot))
    fake.group.press(amir, "I'll help")
    await fake.wait_for(lambda: "Amir is here" in ann.last.text)
    await _forget(fake)
    await fake.wait_for(lambda: len(fake.group.chat.by_bot) == 1)
    assert "asked to be forgotten" in fake.group.chat.by_bot[0].text


@pytest.mark.usefixtures("store")
async def test_topic_that_was_made_a_moment_too_late_is_deleted_again(fake: FakeBotApi, sqlite_url: str) -> None:
    def forgotten_meanwhile(_chat: Chat, post: Posted) -> None:
        if "forum_topic_created" in post.extra:
            with connected(sqlite_url) as connection:
                connection.execute(table(TicketRow).delete())

    fake.world.on_post.append(forgotten_meanwhile)
    ann = fake.user(7, "Ann")
    await _begin(fake)
    ann.press("Talk to a person")
    await fake.wait_for(lambda: "Yes, ask a person" in ann.last.labels)
    ann.press("Yes, ask a person")
    await fake.wait_for(lambda: fake.called("deleteForumTopic"))
    assert not fake.group.chat.topics
    assert not fake.group.chat.by_bot
