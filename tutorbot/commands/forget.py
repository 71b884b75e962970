"""The command `tutorbot forget`: all that is kept about one learner is removed."""

import sys
from argparse import Namespace
from dataclasses import asdict
from datetime import UTC, datetime

from tutorbot.commands.codes import PROBLEMS, WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.commands.of_people import eraser, listed, turns, with_store
from tutorbot.config import Settings
from tutorbot.errors import SettingError
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.rights.erasure import begin
from tutorbot.runtime.rights.values import Removed, Why
from tutorbot.store.database import SqlStore


def carry_out(typed: Namespace) -> int:
    """Forget one learner, if whoever typed it means it."""
    settings = settings_to_talk()
    if not typed.yes and not _sure("Remove all that is kept about this learner? It cannot be brought back."):
        print("Nothing was removed.")
        return PROBLEMS
    removed = with_store(settings, lambda store: _forget(settings, store, typed.ticket, typed.learner))
    print(f"Removed: {listed(asdict(removed))}. They are told so, and topics in Telegram are deleted, as it runs.")
    print("Backups made before now still hold them: see docs/operators.md.")
    return WELL


async def _forget(settings: Settings, store: SqlStore, ticket: int | None, learner: int | None) -> Removed:
    now = datetime.now(UTC)

    def start(tx: Transaction) -> int:
        number = learner if ticket is None else found.learner if (found := tx.tickets.get(ticket)) else None
        try:
            return begin(tx, turns(settings), tx.learners.get(number or 0), Why.OPERATOR, now)[0]
        except KeyError:
            raise SettingError("There is no such ticket or learner. Perhaps they are forgotten already.") from None

    return await eraser(settings, store).finish(await store.transact(start), now)


def _sure(question: str) -> bool:
    if not sys.stdin.isatty():
        raise SettingError(f"{question} To say yes, add --yes.")
    return input(f"{question} Type yes: ").strip().lower() == "yes"
