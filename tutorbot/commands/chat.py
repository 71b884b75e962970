"""The command `tutorbot chat`: a learner at the keyboard."""

import asyncio
import shutil
import sys
from argparse import Namespace
from threading import Thread

from tutorbot.bootstrap import now, opened
from tutorbot.caretaker import migrate
from tutorbot.channels.terminal import Screen, Terminal
from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.config import Settings, wants_colour


def carry_out(typed: Namespace) -> int:
    """Talk until the learner leaves; with `--repro`, print the dialog at the end, as a test."""
    settings = settings_to_talk()
    migrate(settings)
    asyncio.run(_chat(settings, typed.repro))
    return WELL


async def _chat(settings: Settings, repro: bool) -> None:
    async with opened(settings) as house:
        Thread(target=house.library.prepare, daemon=True).start()  # nobody waits for it, not even who leaves at once
        terminal = Terminal(
            house.conversation,
            house.store,
            house.renderer,
            now,
            Screen(shutil.get_terminal_size().columns, colour=wants_colour(sys.stdout)),
        )
        await terminal.talk()
        if repro:
            print("\n".join(terminal.dialog))
