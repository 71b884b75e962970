"""Whatever helpers, a learner and the clock do, in any order: what must always be true of the desk still is.

`WALKS=300` takes more walks than the suite does.
"""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.runtime.conftest import AMIR, ANN, CORA, DANA, GROUP, Town
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import HELPERS_OUTCOMES, Status, Ticket, Timer
from tutorbot.runtime.desk import Who
from tutorbot.store.database import open_store
from tutorbot.tutor.events import ChoicePicked
from tutorbot.tutor.state import LearnerState, Stage

WALKS = int(os.environ.get("WALKS", "10"))
SECRET = "only for helpers"
TIMERS = {
    Status.WAITING: {None, Timer.TELL},
    Status.CLAIMED: {None, Timer.REMIND, Timer.RETURN, Timer.TELL},
    Status.CLOSED: {None},
}

who = st.sampled_from([AMIR, DANA, CORA])
word = st.sampled_from(["person", "yes", "no", "hello", "thanks", "/menu", "/start fake-email", "cancel", "a"])
acts = st.one_of(
    st.tuples(st.just("says"), word),
    st.tuples(st.just("presses"), st.integers(0, 9)),
    st.tuples(st.just("presses"), st.integers(0, 9)),
    st.tuples(st.just("passes"), st.integers(1, 35)),
    st.tuples(st.just("claim"), who),
    st.tuples(st.just("claim"), who),
    st.tuples(st.just("reply"), who),
    st.tuples(
        st.sampled_from(["release", "note", "urgent", "show", "back", "block", "unblock", "unsend", "leave", "join"]),
        who,
    ),
    st.tuples(st.sampled_from(["away", "york"]), who),
    st.tuples(st.just("close"), who, st.sampled_from(HELPERS_OUTCOMES)),
    st.tuples(st.just("transfer"), who, who),
)


@given(st.lists(acts, min_size=15, max_size=60))
@settings(max_examples=WALKS, deadline=None)
def test_whatever_they_do_the_desk_stays_true(sqlite_at_head: Path, happenings: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        database = shutil.copy(sqlite_at_head, Path(folder) / "tutorbot.db")
        asyncio.run(_live(f"sqlite:///{database}", happenings))


async def _live(url: str, happenings: list[tuple[object, ...]]) -> None:
    store = open_store(url)
    try:
        town = Town(store)
        await town.store.transact(lambda tx: tx.groups.save(tx.groups.list()[0].__class__(1, "Leeds", str(GROUP))))
        york = await town.second_group()
        for one in (AMIR, DANA):
            await town.desk.join(town.key(), one)
        await town.coordinator(CORA)
        await town.says(ANN, "/start fake-email", "Ann", "person", "yes")
        for act, *about in happenings:
            await _happen(town, str(act), about, york)
            await _check(town)
    finally:
        await store.close()


async def _happen(town: Town, act: str, about: list[object], york: int) -> None:
    desk, ticket, key = town.desk, await town.newest(), town.key()
    match act, about:
        case "says", [str(text)]:
            await town.says(ANN, text)
        case "presses", [int(place)]:
            offered = (await town.state(ANN)).offered or ("menu",)
            await town.on(ANN, ChoicePicked(offered[place % len(offered)], (await town.state(ANN)).step))
        case "passes", [int(minutes)]:
            await town.passes(minutes)
        case "close", [Who() as one, outcome]:
            await desk.close(key, one, ticket, outcome)  # type: ignore[arg-type]
        case "transfer", [Who() as one, Who() as other]:
            known = await desk.helper_of(other)
            await desk.transfer(key, one, ticket, known.id if known else 0)
        case _, [Who() as one]:
            await _of_helper(town, york, ticket, key)[act](one)


def _of_helper(town: Town, york: int, ticket: int, key: str) -> dict[str, Callable[[Who], Awaitable[str]]]:
    desk = town.desk
    return {
        "claim": lambda one: desk.claim(key, one, ticket),
        "release": lambda one: desk.release(key, one, ticket),
        "reply": lambda one: desk.reply(key, one, ticket, "Hello"),
        "note": lambda one: desk.note(key, one, ticket, SECRET),
        "urgent": lambda one: desk.mark_urgent(key, one, ticket),
        "show": lambda one: desk.show_card(key, one, ticket),
        "back": lambda one: desk.step_back(key, one, ticket),
        "block": lambda one: desk.block(key, one, ticket, "why"),
        "unblock": lambda one: desk.unblock(key, one, ticket),
        "unsend": lambda one: desk.unsend(key, one, ticket),
        "join": lambda one: desk.join(key, one),
        "leave": lambda one: desk.leave(key, one),
        "away": lambda one: desk.presence(key, one, here=False),
        "york": lambda one: desk.hand_over(key, one, ticket, york),
    }


async def _check(town: Town) -> None:
    state: LearnerState = await town.state(ANN)
    tickets = [
        *await town.store.read(lambda tx: tx.tickets.list()),
        *await town.store.read(lambda tx: tx.tickets.list(closed=True)),
    ]
    crew = {one.id: one for group in await town.desk.groups() for one in await town.desk.helpers(group.id)}
    for ticket in tickets:
        _check_ticket(ticket, crew)
    open_ones = [one for one in tickets if one.status is not Status.CLOSED]
    assert len(open_ones) <= 1, "a learner has one open ticket at most"
    _check_learner(state, open_ones[0] if open_ones else None)
    assert await town.store.read(lambda tx: tx.tickets.due(town.now)) == [], "what is due has fired"
    assert SECRET not in repr(await town.chat(ANN)), "a note is for helpers alone"


def _check_ticket(ticket: Ticket, crew: dict[int, Helper]) -> None:
    assert ticket.timer in TIMERS[ticket.status]
    assert (ticket.timer is None) is (ticket.timer_at is None)
    assert not (ticket.urgent and ticket.timer is Timer.RETURN), "an urgent ticket is not taken from its helper"
    assert ticket.urgent or ticket.status is not Status.CLAIMED or ticket.timer is not Timer.TELL
    assert (ticket.closed_at is None) is (ticket.status is not Status.CLOSED)
    if ticket.status is Status.CLAIMED:
        assert ticket.helper, "a claimed ticket has a helper"
        assert crew[ticket.helper.id].group == ticket.group, "who has a ticket is at the desk of its group"
    if ticket.status is Status.WAITING:
        assert ticket.helper is None


def _check_learner(state: LearnerState, ticket: Ticket | None) -> None:
    claimed = ticket is not None and ticket.status is Status.CLAIMED
    waiting = ticket is not None and ticket.status is Status.WAITING
    assert (state.stage is Stage.HELPED) is claimed, "a learner is helped while a helper has their ticket"
    assert state.helper == (ticket.helper.name if ticket and ticket.helper and claimed else "")
    assert state.waiting is waiting, "a learner waits while their ticket does"
    assert state.stage is not Stage.WAITING or waiting
    assert not (state.blocked and ticket)
