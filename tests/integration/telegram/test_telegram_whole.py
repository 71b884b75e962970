"""A learner is stuck and is helped, over Telegram alone, with every real part behind it."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fake_bot_api import FakeBotApi, refuse, reset
from tests.integration.telegram.program import running as _running
from tutorbot.channels.telegram.pace import Pace
from tutorbot.runtime.values import Address


@pytest.fixture
async def running(fake: FakeBotApi, sqlite_url: str, tmp_path: Path) -> AsyncIterator[None]:
    async with _running(fake, sqlite_url, tmp_path, "Amir", "Bea"):
        yield


async def _ask_a_person(fake: FakeBotApi) -> int:
    """Ann comes in and asks for a person; the topic of her ticket."""
    ann = fake.user(7, "Ann")
    ann.send("/start fake-email")
    await fake.wait_for(lambda: "Skip this" in ann.last.labels if ann.texts else False)
    ann.send("Ann")
    await fake.wait_for(lambda: "🙋 Talk to a person" in ann.last.labels)
    ann.press("Talk to a person")
    await fake.wait_for(lambda: "Yes, ask a person" in ann.last.labels)
    ann.press("Yes, ask a person")
    await fake.wait_for(lambda: any(post.buttons for post in fake.group.chat.by_bot))
    return next(iter(fake.group.chat.topics))


@pytest.mark.usefixtures("running")
async def test_stuck_learner_is_helped_and_goes_on(fake: FakeBotApi) -> None:
    ann, amir = fake.user(7, "Ann"), fake.user(50, "Amir")
    topic = await _ask_a_person(fake)
    assert fake.group.chat.topics[topic].name == "#1 Ann · Spot a fake email"

    fake.group.press(amir, "I'll help")
    await fake.wait_for(lambda: "Amir is here" in ann.last.text)
    fake.group.write(topic, amir, "Hello Ann <3")
    await fake.wait_for(lambda: "Hello Ann <3" in ann.last.text)
    ann.send("thank you")
    await fake.wait_for(lambda: "thank you" in fake.group.in_topic(topic)[-1].text)

    fake.group.press(amir, "Close")
    await fake.wait_for(lambda: any("Solved" in post.labels for post in fake.group.in_topic(topic)))
    fake.group.press(amir, "Solved")
    await fake.wait_for(lambda: fake.group.chat.topics[topic].closed and "A little" in ann.last.labels)
    ann.press("Yes", ann.last)
    await fake.wait_for(lambda: "Why it matters" in ann.last.text)


@pytest.mark.usefixtures("running")
async def test_words_are_explained_and_a_lesson_is_found_by_asking(fake: FakeBotApi) -> None:
    ann = fake.user(7, "Ann")
    ann.send("/start fake-email")
    await fake.wait_for(lambda: "Skip this" in ann.last.labels if ann.texts else False)
    ann.press("Skip this")
    await fake.wait_for(lambda: "📖 Words" in ann.last.labels)
    ann.press("Words")
    await fake.wait_for(lambda: "📖 email" in ann.last.labels)
    ann.press("email")
    await fake.wait_for(lambda: "A letter that comes over the internet." in ann.last.text)
    ann.press("Back to my lesson")
    await fake.wait_for(lambda: "1 of 5" in ann.last.text)
    ann.send("links please")
    await fake.wait_for(lambda: "What a link is" in ann.last.labels)


@pytest.mark.usefixtures("running")
async def test_helper_who_is_late_and_one_who_only_writes_are_told(fake: FakeBotApi) -> None:
    amir, bea = fake.user(50, "Amir"), fake.user(51, "Bea")
    topic = await _ask_a_person(fake)
    first, second = fake.group.press(amir, "I'll help"), fake.group.press(bea, "I'll help")
    fake.group.write(topic, bea, "I would say B")
    await fake.wait_for(lambda: first.answer and second.answer and "stayed here" in fake.group.in_topic(topic)[-1].text)
    assert second.words == "Amir has this one."
    assert "I would say B" not in "".join(fake.user(7).texts)


@pytest.mark.usefixtures("running")
async def test_ten_fast_presses_are_one_turn(fake: FakeBotApi) -> None:
    ann = fake.user(7, "Ann")
    ann.send("/start fake-email")
    await fake.wait_for(lambda: "Skip this" in ann.last.labels if ann.texts else False)
    before = len(ann.texts)
    presses = [ann.press("Skip this") for _ in range(10)]
    await fake.wait_for(lambda: all(press.answer for press in presses) and len(ann.texts) > before)
    ann.send("menu")
    await fake.wait_for(lambda: len(ann.texts) > before + 1)
    assert sum("Why it matters" in text for text in ann.texts) == 1


@pytest.mark.usefixtures("running")
async def test_learner_hears_everything_in_order_through_a_bad_line(fake: FakeBotApi) -> None:
    ann = fake.user(7, "Ann")
    fake.fail("getUpdates", reset(), refuse(502, "Bad Gateway"))
    ann.send("/start")
    await fake.wait_for(lambda: "Skip this" in ann.last.labels if ann.texts else False)
    assert ann.texts[0].startswith("Hello. I am Tutorbot.")
    assert len(ann.texts) == len(set(ann.texts))


async def test_what_came_while_we_were_down_is_answered_after_the_start(
    fake: FakeBotApi, sqlite_url: str, tmp_path: Path
) -> None:
    ann = fake.user(7, "Ann")
    async with _running(fake, sqlite_url, tmp_path):
        ann.send("/start")
        await fake.wait_for(lambda: "Skip this" in ann.last.labels if ann.texts else False)
    ann.send("Ann")
    async with _running(fake, sqlite_url, tmp_path):
        await fake.wait_for(lambda: "Hello Ann." in ann.last.text)


class CountingPace(Pace):
    """As fast as it goes; counts who was let through."""

    def __init__(self) -> None:
        super().__init__(None, None)
        self.places: Counter[str] = Counter()

    async def wait(self, address: Address, count: int = 1) -> None:
        self.places[address.id] += count


async def test_no_message_goes_to_the_group_without_a_place_in_its_pace(
    fake: FakeBotApi, sqlite_url: str, tmp_path: Path
) -> None:
    made: Counter[str] = Counter()
    fake.world.on_post.append(lambda chat, _: made.update([str(chat.id)]))
    pace, ann, amir = CountingPace(), fake.user(7, "Ann"), fake.user(50, "Amir")
    async with _running(fake, sqlite_url, tmp_path, "Amir", pace=pace) as program:
        topic = await _ask_a_person(fake)
        ann.send_album("photo", "photo", "video", caption="Look")
        fake.group.write(topic, amir, "Hello")
        fake.group.write(topic, amir, "/dance")
        fake.group.write(None, amir, "/desk")
        await program.quiet()
        fake.group.delete_topic(topic)
        ann.send("which one is it")
        await program.quiet()
    group = str(fake.group.id)
    assert 9 <= made[group] <= pace.places[group]
    assert fake.called("sendChatAction") == []
