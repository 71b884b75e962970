"""`kill -9`, at named points and at any moment: nothing is lost, nothing is done twice, one message may be repeated."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.fake_bot_api import Group, User
from tests.fake_bot_api.people import find_button
from tests.fake_bot_api.server import Call, Moment
from tests.faults.town import PATIENCE, Town, Walker
from tests.integration.store.sample import rows
from tutorbot.store.tables import AttemptRow, TicketRow

LEARNERS, KILLS, SEED = 20, 5, 27


def of_call(when: Moment, method: str, chat: int = 0) -> Callable[[Moment, Call], bool]:
    """Whether a call of this method (to this chat) has come so far."""

    def is_it(moment: Moment, call: Call) -> bool:
        here = not chat or call.fields.get("chat_id") == chat
        return moment is when and call.method == method and here

    return is_it


def fetched(town: Town) -> Callable[[Moment, Call], bool]:
    """Whether updates are on their way to the program."""
    return lambda moment, call: moment is Moment.ANSWERED and call.method == "getUpdates" and bool(town.fake.waiting)


@contextmanager
def nobody_writes(url: str) -> Iterator[Callable[[], bool]]:
    """Hold the database, so that a transaction gets no further. Gives whether one waits, as far as can be known."""
    if url.startswith("sqlite"):
        held: Any = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        yield lambda: True
    else:
        held = psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
        held.execute("LOCK TABLE entries IN EXCLUSIVE MODE")
        yield lambda: bool(held.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone())
    held.rollback()
    held.close()


async def answers_are_killed(town: Town, is_time: Callable[[Moment, Call], bool], walker: Walker) -> None:
    await town.killed_when(is_time, lambda: walker.presses("A"))
    await town.back()
    await town.settled()


async def test_killed_at_any_point_of_a_turn_counts_an_answer_once(town: Town) -> None:
    ann, bea, cai, dan, eve = await town.on_first_quiz(5)
    for walker, is_time in (
        (ann, fetched(town)),
        (bea, of_call(Moment.ARRIVED, "sendMessage", bea.user.id)),
        (cai, of_call(Moment.DONE, "sendMessage", cai.user.id)),
        (dan, of_call(Moment.ANSWERED, "sendMessage", dan.user.id)),
    ):
        await answers_are_killed(town, is_time, walker)
    with nobody_writes(town.database_url) as one_waits:
        eve.presses("A")
        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(one_waits):
                await asyncio.sleep(0.02)
        await town.kill()
    await town.back()
    await town.check()
    assert len(rows(town.database_url, AttemptRow)) == 5


async def test_killed_while_it_calls_a_person_opens_one_ticket_and_shows_it(town: Town) -> None:
    (ann,) = await town.on_first_quiz(1)
    ann.presses("Talk to a person")
    await town.settled()
    group = town.fake.group
    is_time = of_call(Moment.DONE, "sendMessage", group.id)
    await town.killed_when(is_time, lambda: ann.presses("Yes, ask a person"))
    await town.back()
    await town.settled("telegram:")
    (ticket,) = rows(town.database_url, TicketRow)
    cards = [post for post in group.chat.by_bot if "I'll help" in post.labels]
    assert str(ticket.card_ref) in {str(post.id) for post in cards}
    assert len(cards) <= 1 + town.kills
    assert len(group.chat.topics) == 1


@pytest.mark.parametrize(("when", "arrived"), [(Moment.ARRIVED, 0), (Moment.DONE, 1)])
async def test_helpers_answer_that_was_being_sent_is_asked_about_and_never_repeated_by_itself(
    town: Town, when: Moment, arrived: int
) -> None:
    (ann,) = await town.on_first_quiz(1)
    amir, group, topic = await a_person_helps(town, ann)

    def is_answer(moment: Moment, call: Call) -> bool:
        return of_call(when, "sendMessage", ann.user.id)(moment, call) and "Press A" in call.fields["text"]

    def times() -> int:
        return sum("Press A" in text for text in ann.user.texts)

    await town.killed_when(is_answer, lambda: group.write(topic, amir, "Press A"))
    await town.back()
    await town.until(lambda: "Send it again" in group.in_topic(topic)[-1].labels)
    await town.settled("telegram:")
    assert times() == arrived
    post, data = find_button(group.in_topic(topic), "Send it again")
    for _ in range(2):
        group.press_data(amir, data, post)
    await town.until(lambda: times() > arrived)
    await town.settled("telegram:")
    group.press_data(amir, data, post)
    await town.settled("telegram:")
    assert times() == arrived + 1


async def a_person_helps(town: Town, ann: Walker) -> tuple[User, Group, int]:
    """Amir joins the desk and takes Ann's question; he, the group, and the topic."""
    amir, group = town.fake.user(50, "Amir"), town.fake.group
    group.write(None, amir, "/desk")
    await town.until(lambda: any("Join the desk" in post.labels for post in group.chat.by_bot))
    joined = group.press(amir, "Join the desk")
    await town.until(lambda: joined.answer)
    for button in ("Talk to a person", "Yes, ask a person"):
        ann.presses(button)
        await town.settled("telegram:")
    group.press(amir, "I'll help")
    await town.until(lambda: "Amir is here" in ann.user.last.text)
    return amir, group, next(iter(group.chat.topics))


async def test_killed_at_any_moment_loses_nothing_of_twenty_learners(town: Town) -> None:
    chance = Random(SEED)
    await town.on_first_quiz(LEARNERS)
    for _ in range(KILLS):
        await town.killed_among_all(chance)
    await town.check()
