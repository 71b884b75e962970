"""The Bot API fails in every way at once, or we are told to stop: what is owed goes out later, in order."""

import signal
from random import Random

from tests.fake_bot_api import Fault, flood, refuse, reset
from tests.fake_bot_api.server import Call, Moment
from tests.faults.town import Town

LEARNERS, MANY, SEED = 12, 100, 27


async def test_storm_of_faults_delays_messages_and_loses_none(town: Town) -> None:
    chance = Random(SEED)
    walkers = await town.on_first_quiz(LEARNERS)
    faults: list[Fault] = [
        refuse(500, "Internal Server Error"),
        refuse(502, "Bad Gateway"),
        reset(),
        reset(after=True),
        flood(1),
    ] * 2
    chance.shuffle(faults)
    town.fake.fail("sendMessage", *faults)
    town.fake.fail("getUpdates", refuse(502, "Bad Gateway"), reset(), reset(after=True), flood(1))
    town.kills = sum(fault.after for fault in faults)  # whose messages may be repeated
    for walker in walkers:
        walker.presses("A")
    await town.check()
    assert not town.fake.pending("sendMessage")


async def test_stop_in_the_middle_of_a_hundred_turns_loses_none(town: Town) -> None:
    walkers = [town.newcomer() for _ in range(MANY)]
    calls = 0

    def stop(moment: Moment, call: Call) -> None:
        nonlocal calls
        calls += moment is Moment.DONE and call.method == "sendMessage"
        if calls == MANY // 2:
            calls = -10 * MANY
            assert town.program.process
            town.program.process.send_signal(signal.SIGTERM)

    town.fake.onlookers.append(stop)
    for walker in walkers:
        walker.says("/start first")
    await town.buried()
    town.fake.onlookers.clear()
    assert town.program.process
    assert town.program.process.returncode == 0
    town.kills = 1  # who was not waited for any longer may get one message twice
    await town.back()
    await town.check()
