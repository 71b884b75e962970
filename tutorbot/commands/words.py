"""The command `tutorbot words`: which words are explained, and which learners asked for."""

import asyncio
from argparse import Namespace
from collections.abc import Sequence

from tutorbot.bootstrap import opened
from tutorbot.caretaker import migrate
from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.commands.in_lessons import named
from tutorbot.config import Settings
from tutorbot.runtime.values import SHOWN_FROM, AskedWord
from tutorbot.workshop import wordbook


def carry_out(typed: Namespace) -> int:
    """Tell of the words that are explained; or, with `--asked`, of those that learners miss."""
    print(_asked(typed) if typed.asked else _explained(typed))
    return WELL


def _explained(typed: Namespace) -> str:
    found = wordbook.used(named(typed.path).loaded.curriculum)
    return wordbook.as_json(found) if typed.json else "\n".join(wordbook.as_lines(found)) or "There is no words.md."


def _asked(typed: Namespace) -> str:
    settings = settings_to_talk()
    migrate(settings)
    asked = asyncio.run(_read(settings))
    wanted = [wordbook.Wanted(one.language, one.word, one.times, one.last.date()) for one in asked]
    wanted = wordbook.still_wanted(wanted, named(typed.path).loaded.curriculum)
    lines = "\n".join(wordbook.wanted_as_lines(wanted))
    return wordbook.as_json(wanted) if typed.json else lines or "Nobody has asked twice for a word that is not there."


async def _read(settings: Settings) -> Sequence[AskedWord]:
    """The words that learners asked for more than once, and that we could not explain."""
    async with opened(settings) as house:
        return await house.store.read(lambda tx: tx.words.asked(SHOWN_FROM))
