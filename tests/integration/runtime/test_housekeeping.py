"""What would grow for ever is tidied up."""

import asyncio
from datetime import timedelta

from tests.integration.runtime.conftest import AMIR, ANN, Town
from tutorbot.runtime.desk.signing import SESSION
from tutorbot.runtime.housekeeping import REMEMBERED, WANTED, keep_house
from tutorbot.runtime.rights.retention import Retention
from tutorbot.tutor.keep import Keep


async def tidied(town: Town, later: timedelta) -> None:
    """The house is tidied once, so much later."""
    stop, retention = asyncio.Event(), Retention(town.conversation.eraser, Keep())
    keeping = asyncio.create_task(keep_house(retention, lambda: town.now + later, stop))
    for _ in range(2):  # lets it begin, and its parts
        await asyncio.sleep(0)
    stop.set()
    await keeping


async def test_a_word_is_forgotten_when_nobody_has_asked_for_it_for_long(town: Town) -> None:
    await town.says(ANN, "hi", "Ann", "what is a router?")
    await tidied(town, WANTED)
    assert await town.store.read(lambda tx: tx.words.asked(1))
    await tidied(town, WANTED + timedelta(seconds=1))
    assert await town.store.read(lambda tx: tx.words.asked(1)) == []


async def test_an_event_is_forgotten_when_no_channel_can_repeat_it(town: Town) -> None:
    await town.says(ANN, "hi")
    await tidied(town, REMEMBERED + timedelta(seconds=1))
    assert await town.store.transact(lambda tx: tx.first_time("key:1", town.now))


async def test_a_session_at_the_desk_is_forgotten_when_it_has_ended(town: Town) -> None:
    secret = await town.desk.session_open(await town.desk.sign_in_link(AMIR))
    assert secret
    await tidied(town, SESSION - timedelta(seconds=1))
    assert await town.desk.session_helper(secret)
    await tidied(town, SESSION)
    assert await town.store.transact(lambda tx: tx.signing.forget(town.now + SESSION)) == 0
