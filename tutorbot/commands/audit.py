"""The command `tutorbot audit`: who did what at the desk, and when."""

from argparse import Namespace

from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.commands.of_people import with_store
from tutorbot.desk.audit import Audited
from tutorbot.desk.audit_files import as_csv, as_json, as_row
from tutorbot.store.database import SqlStore


def carry_out(typed: Namespace) -> int:
    """Print it, in the form that was asked for."""

    async def work(store: SqlStore) -> list[Audited]:
        return [*await store.read(lambda tx: tx.audit.since(typed.since))]

    acts = with_store(settings_to_talk(), work)
    if typed.json:
        print(as_json(acts))
    elif typed.csv:
        print(as_csv(acts), end="")
    else:
        for act in map(as_row, acts):
            about = f"#{act['ticket']}" if act["ticket"] else ""
            print("  ".join(filter(None, (act["at"], act["name"] or "-", act["act"], about, act["detail"]))))
    return WELL
