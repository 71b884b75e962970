"""Who is woken by what is written, here and in other processes."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from tutorbot.messages.message import Message
from tutorbot.runtime.live import ALL, OUTBOX, Live, bell, bells
from tutorbot.runtime.values import Address, Author, NewEntry

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PHONE, PAGE = Address("telegram", "1001"), Address("web", "anns-browser")


def entry(to: Address, **more: Any) -> NewEntry:
    return NewEntry(to, Author.TUTOR, Message("hi"), NOON, **more)


def woken(*told: str) -> list[str]:
    """Of three topics, those whose listeners these bells wake."""
    live = Live()
    with live.listen("desk") as desk, live.listen("ticket:27") as ticket, live.listen(str(PAGE)) as page:
        live.ring(told)
        listeners: dict[str, asyncio.Event] = {"desk": desk, "ticket": ticket, "page": page}
        return [name for name, event in listeners.items() if event.is_set()]


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ([bell("desk")], ["desk"]),
        ([bell(str(PAGE)), bell("ticket:27")], ["ticket", "page"]),
        ([bell("ticket:28"), OUTBOX, "a word of a later version"], []),
        ([ALL], ["desk", "ticket", "page"]),
    ],
)
def test_signs_wake_who_listens_to_their_topics(told: list[str], who: list[str]) -> None:
    assert woken(*told) == who


def test_sign_is_short_and_the_same_in_every_process() -> None:
    assert bell("telegram:1001") == "878a"


@pytest.mark.parametrize(
    ("entries", "taken", "told"),
    [
        ([entry(PHONE, owed=True)], False, {OUTBOX}),
        ([entry(PHONE, owed=True)], True, set()),
        ([entry(PHONE)], False, set()),
        ([entry(PAGE), entry(PAGE)], False, {bell(str(PAGE))}),
        ([entry(PHONE, ticket=27, owed=True)], True, {bell("desk"), bell("ticket:27")}),
    ],
)
def test_others_are_told_of_pages_and_of_what_nobody_sends(
    entries: list[NewEntry], taken: bool, told: set[str]
) -> None:
    assert bells(entries, taken=taken) == told
