"""The whole program as its users meet it: a learner is taught, is stuck, and is helped; whatever befalls it."""

import asyncio
import os
import re
import signal
from pathlib import Path

import aiohttp
import pytest

from tests.acceptance.conftest import Program
from tests.fake_bot_api import FakeBotApi
from tests.fake_bot_api.people import User
from tests.leaks import leaks


async def at_card_two(fake: FakeBotApi, who: int = 7) -> User:
    """A learner called Ann on the second card of a real lesson."""
    ann = fake.user(who, "Ann")
    ann.send("/start web-links")
    await fake.wait_for(lambda: ann.texts and "Skip this" in ann.last.labels)
    ann.send("Ann")
    await fake.wait_for(lambda: "1 of" in ann.texts[-1])
    ann.press("Next")
    await fake.wait_for(lambda: "2 of" in ann.texts[-1])
    return ann


async def at_the_desk(fake: FakeBotApi) -> User:
    """A helper called Amir, who has joined the desk as helpers do."""
    amir = fake.user(77, "Amir")
    fake.group.write(None, amir, "/desk")
    await fake.wait_for(lambda: fake.group.texts)
    press = fake.group.press(amir, "Join the desk")
    await fake.wait_for(lambda: press.words)
    assert press.words == "Welcome to the desk, and thank you. Learners see you as “Amir”."
    return amir


async def test_a_learner_is_taught_stuck_helped_and_back_on_the_exact_card(fake: FakeBotApi, program: Program) -> None:
    ann, amir = await at_card_two(fake), await at_the_desk(fake)
    ann.press("Talk to a person")
    await fake.wait_for(lambda: "Yes, ask a person" in ann.last.labels)
    ann.press("Yes, ask a person")
    await fake.wait_for(lambda: "Ann" in fake.group.texts[-1])
    fake.group.press(amir, "I'll help")
    await fake.wait_for(lambda: "Amir is here" in ann.texts[-1])
    topic = next(iter(fake.group.chat.topics))
    fake.group.write(topic, amir, "Hello Ann. Shall we look together?")
    await fake.wait_for(lambda: "Shall we look together?" in ann.texts[-1])
    said = len(ann.texts)
    ann.send("menu")
    await fake.wait_for(lambda: any("menu" in text for text in fake.group.texts))
    assert len(ann.texts) == said
    ann.press("Back to my lesson")
    await fake.wait_for(lambda: "2 of" in ann.texts[-1])


async def test_what_a_start_makes_is_for_its_owner_alone(fake: FakeBotApi, program: Program) -> None:
    await at_card_two(fake)
    rights = rights_below(Path(program.environment["TUTORBOT_DATA"]))
    assert "secret_key" in rights
    assert not [name for name, mode in rights.items() if mode & 0o077 and name != ".gitignore"]


def rights_below(folder: Path) -> dict[str, int]:
    """Who may do what with the folder and all that is in it."""
    return {path.name: path.stat().st_mode for path in (folder, *folder.rglob("*"))}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_a_learner_comes_back_to_the_exact_card_after_the_program_ended(
    fake: FakeBotApi, program: Program, how: signal.Signals
) -> None:
    ann = await at_card_two(fake)
    code = await program.end(how)
    assert code == (0 if how is signal.SIGTERM else -signal.SIGKILL)
    ann.press("Menu")
    ann.send("back to my lesson")
    program.said.clear()
    await program.start()
    await fake.wait_for(lambda: "2 of" in ann.texts[-1], seconds=20)


async def test_nothing_is_lost_when_it_is_killed_in_the_middle(fake: FakeBotApi, program: Program) -> None:
    people = [await at_card_two(fake, who) for who in range(100, 105)]
    for one in people:
        one.press("Next")
    await program.end(signal.SIGKILL)
    program.said.clear()
    await program.start()
    await fake.wait_for(lambda: all("3 of" in one.texts[-1] for one in people), seconds=60)
    for one in people:
        assert sum("3 of" in text for text in one.texts) <= 2, "at most one message is repeated"


@pytest.mark.usefixtures("tools")
async def test_a_backup_made_while_it_runs_brings_everybody_back(
    fake: FakeBotApi, program: Program, tmp_path: Path
) -> None:
    ann = await at_card_two(fake)
    program.environment["PATH"] = os.environ["PATH"]  # with PostgreSQL's tools
    await program.command("backup", str(tmp_path / "mine.zip"))
    ann.press("Next")
    await fake.wait_for(lambda: "3 of" in ann.texts[-1])
    await program.end(signal.SIGTERM)
    assert "is kept" in await program.command("restore", str(tmp_path / "mine.zip"), "--yes")
    program.said.clear()
    await program.start()
    ann.send("back to my lesson")
    await fake.wait_for(lambda: "2 of" in ann.texts[-1], seconds=20)


async def test_no_page_and_no_line_of_the_log_holds_a_secret_or_a_word_of_anybody(
    fake: FakeBotApi, program: Program
) -> None:
    ann = await at_card_two(fake)
    ann.send("my pin is one two three four")
    await fake.wait_for(lambda: "pin" not in ann.texts[-1])
    base, answers = program.address("learners"), []
    async with aiohttp.ClientSession() as session:
        for path in ("", "help", "desk", "healthz", "readyz", "metrics", "nowhere", "desk/enter/made-up-link"):
            async with session.get(base + path) as page:
                answers.append(f"{page.status} {page.headers} {await page.text()}")
    await program.end(signal.SIGTERM)
    assert leaks("\n".join(answers), program.secrets, ["my pin is one two three four"], ["Ann"]) == []
    assert sum(answer.startswith("200") for answer in answers) >= 4
    # what was logged is looked through after every test of this tier: see `program`


async def test_numbers_are_read_by_whoever_knows_the_token(fake: FakeBotApi, program: Program) -> None:
    await at_card_two(fake)
    headers = {"Authorization": "Bearer a-word-of-a-test-27"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(program.address("learners") + "metrics") as page,
    ):
        numbers = await page.text()
    assert 'tutorbot_turns_total{channel="telegram",result="done"} 3.0' in numbers
    assert re.search(r'tutorbot_sends_total\{channel="telegram",result="sent"\} [1-9]', numbers)


async def test_a_port_in_use_stops_the_start_with_one_plain_line(program: Program) -> None:
    second = Program({**program.environment, "TUTORBOT_TELEGRAM_TOKEN": ""})
    with pytest.raises(AssertionError):
        await second.start()
    await asyncio.wait_for(second.reader, 5)
    (line,) = [line for line in second.said if "PORT" in line]
    assert "Set PORT to another" in line
    assert not any("Traceback" in line for line in second.said)
