"""How a group is doing, in numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tutorbot.desk.overview import Minutes, Overview, Spell, minutes, overview
from tutorbot.desk.ticket import Status

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WAITING = Spell(
    Status.WAITING, urgent=False, opened_at=NOW - 20 * MINUTE, since=NOW - 5 * MINUTE, lesson="fake", card=2
)
CLOSED = replace(
    WAITING,
    status=Status.CLOSED,
    first_reply_at=NOW - 16 * MINUTE,
    closed_at=NOW - 10 * MINUTE,
    outcome="solved",
    rating="yes",
    returned=1,
)


def seen(*spells: Spell, since: datetime = NOW - timedelta(days=7)) -> Overview:
    return overview(["Amir"], spells, since, NOW, LONDON)


def test_numbers_of_now_are_those_of_open_tickets() -> None:
    found = seen(WAITING, replace(WAITING, status=Status.CLAIMED, urgent=True), CLOSED)
    assert (found.waiting, found.claimed, found.urgent, found.closed) == (1, 1, 1, 1)
    assert (found.on, found.longest) == (("Amir",), 5 * MINUTE)


def test_of_no_tickets_there_is_nothing_to_tell() -> None:
    found = seen()
    assert (found.waiting, found.longest, list(found.spots), list(found.days)) == (0, None, [], [])


def test_cards_where_most_ask_come_first() -> None:
    found = seen(WAITING, replace(CLOSED, card=5), CLOSED, replace(CLOSED, lesson=""))
    assert [(spot.lesson, spot.card, spot.tickets) for spot in found.spots] == [("fake", 2, 2), ("fake", 5, 1)]


def test_outcomes_and_ratings_are_counted() -> None:
    found = seen(CLOSED, CLOSED, replace(CLOSED, outcome="no_help", rating=""), WAITING)
    assert (found.outcomes, found.ratings, found.returned) == ({"solved": 2, "no_help": 1}, {"yes": 2}, 3)


def test_each_day_has_its_waits() -> None:
    yesterday = replace(CLOSED, opened_at=CLOSED.opened_at - timedelta(days=1), first_reply_at=None, closed_at=None)
    before, today = seen(CLOSED, yesterday).days
    assert (before.day, before.first_reply, before.solve) == (date(2026, 3, 2), None, None)
    assert (today.opened, today.first_reply, today.solve) == (1, Minutes(1, 4, 4), Minutes(1, 10, 10))


def test_ticket_of_before_counts_only_while_it_is_open() -> None:
    found = seen(WAITING, since=NOW)
    assert (found.waiting, found.opened, list(found.days), list(found.spots)) == (1, 0, [], [])


def test_half_and_nine_of_ten_waits() -> None:
    assert minutes([number * MINUTE for number in range(1, 12)]) == Minutes(11, 6, 10)
    assert minutes([]) is None
