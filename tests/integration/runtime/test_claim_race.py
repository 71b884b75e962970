"""Two helpers press at once, many times: one of them has it, each time. `RACES=1000` runs as many as wanted."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable

from tests.integration.runtime.conftest import AMIR, DANA, Town
from tutorbot.desk.ticket import Status
from tutorbot.runtime.values import Address
from tutorbot.store.database import SqlStore
from tutorbot.tutor.replies import OpenTicket, Reason

RACES = int(os.environ.get("RACES", "50"))
QUESTION = OpenTicket(Reason.ASKED, "Ann", "en")


async def test_of_two_who_claim_at_once_one_wins_every_time(
    town: Town, database_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    there = Town(open_stores(database_url), now=town.now)  # Dana's press comes in at another program
    learner = await town.store.transact(lambda tx: tx.learners.at(Address("web", "ann"), "en", town.now))
    ticket = await town.store.transact(lambda tx: tx.tickets.open(learner.id, QUESTION, town.now))
    won: Counter[str] = Counter()
    for number in range(RACES):
        words = await asyncio.gather(
            town.desk.claim(f"amir:{number}", AMIR, ticket.id), there.desk.claim(f"dana:{number}", DANA, ticket.id)
        )
        now = await town.now_is(ticket.id)
        assert now.status is Status.CLAIMED
        assert now.helper
        assert sorted(words) == ["", f"{now.helper.name} has this one."]
        won[now.helper.name] += 1
        holder = AMIR if now.helper.name == AMIR.name else DANA
        await town.desk.release(f"back:{number}", holder, ticket.id)
    assert sum(won.values()) == RACES
    acts = Counter(str(one.act) for one in (await town.case(ticket.id)).acts)
    assert acts == {"claimed": RACES, "released": RACES}
