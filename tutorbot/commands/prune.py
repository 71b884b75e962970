"""The command `tutorbot prune`: what is kept for longer than the settings say is removed."""

from argparse import Namespace
from dataclasses import asdict
from datetime import UTC, datetime

from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.commands.of_people import eraser, listed, with_store
from tutorbot.runtime.rights.retention import Retention
from tutorbot.runtime.rights.values import Old
from tutorbot.store.database import SqlStore


def carry_out(typed: Namespace) -> int:
    """Remove it; with `--dry-run`, tell how much that would be."""
    settings = settings_to_talk()

    async def work(store: SqlStore) -> Old:
        retention, now = Retention(eraser(settings, store), settings.keep), datetime.now(UTC)
        return await (retention.look(now) if typed.dry_run else retention.prune(now))

    found = asdict(with_store(settings, work))
    print(f"{'Would be removed' if typed.dry_run else 'Removed'}: {listed(found)}.")
    return WELL
