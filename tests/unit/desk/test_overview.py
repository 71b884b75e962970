"""How a group is doing, in numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tutorbot.desk.overview import Minutes, Overview, minutes, overview
from tutorbot.desk.tally import Counted, Spell, Tally, tallies
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


DAYS = [date(2026, 2, 25) + timedelta(days=number) for number in range(7)]


def seen(*spells: Spell, removed: Sequence[Tally] = (), days: Sequence[date] = DAYS) -> Overview:
    return overview(["Amir"], spells, removed, days, NOW, LONDON, lambda lesson, card: (lesson.title(), f"No. {card}"))


def test_numbers_of_now_are_those_of_open_tickets() -> None:
    found = seen(WAITING, replace(WAITING, status=Status.CLAIMED, urgent=True), CLOSED)
    assert (found.waiting, found.claimed, found.urgent, found.closed) == (1, 1, 1, 1)
    assert (found.on, found.longest) == (("Amir",), 5 * MINUTE)


def test_of_no_tickets_there_is_nothing_to_tell() -> None:
    found = seen()
    assert (found.waiting, found.longest, list(found.spots)) == (0, None, [])
    assert [(one.day, one.opened, one.first_reply, one.solve) for one in found.days] == [
        (d, 0, None, None) for d in DAYS
    ]


def test_cards_where_most_ask_come_first() -> None:
    found = seen(WAITING, replace(CLOSED, card=5), CLOSED, replace(CLOSED, lesson=""))
    assert [(spot.lesson, spot.card, spot.tickets) for spot in found.spots] == [("fake", 2, 2), ("fake", 5, 1)]


def test_outcomes_and_ratings_are_counted() -> None:
    found = seen(CLOSED, CLOSED, replace(CLOSED, outcome="no_help", rating=""), WAITING)
    assert (found.outcomes, found.ratings, found.returned) == ({"solved": 2, "no_help": 1}, {"yes": 2}, 3)


def test_each_day_has_its_waits() -> None:
    yesterday = replace(CLOSED, opened_at=CLOSED.opened_at - timedelta(days=1), first_reply_at=None, closed_at=None)
    *_, before, today = seen(CLOSED, yesterday).days
    assert (before.day, before.first_reply, before.solve) == (date(2026, 3, 2), None, None)
    assert (today.opened, today.first_reply, today.solve) == (1, Minutes(1, 4, 4), Minutes(1, 10, 10))


def test_ticket_of_before_counts_only_while_it_is_open() -> None:
    found = seen(WAITING, days=[date(2026, 3, 4)])
    assert (found.waiting, found.opened, list(found.spots)) == (1, 0, [])


def test_nothing_changes_when_a_ticket_is_removed_and_its_tallies_stay() -> None:
    """But for the names of cards: those are the lesson's now."""
    others = [WAITING, replace(CLOSED, outcome="no_help", rating="", reopened=2)]
    gone = replace(CLOSED, first_reply_at=NOW - timedelta(minutes=17, seconds=31), reopened=1)
    assert seen(gone, *others) == seen(*others, removed=[*tallies(gone, NOW, LONDON)])


def test_card_that_no_ticket_names_any_more_is_called_as_in_its_lesson() -> None:
    (spot,) = seen(removed=[Tally(DAYS[0], Counted.ASKED, "fake/2", 3)]).spots
    assert (spot.title, spot.question, spot.tickets) == ("Fake", "No. 2", 3)


def test_tallies_of_other_days_are_not_in_it() -> None:
    assert seen(removed=[Tally(date(2026, 1, 1), Counted.ENDED, "solved")]).closed == 0


def test_day_is_that_of_the_clock_on_the_wall() -> None:
    late = replace(WAITING, opened_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert next(iter(tallies(late, NOW, LONDON))).day == date(2026, 7, 1)


def test_half_and_nine_of_ten_waits() -> None:
    assert minutes([*range(1, 12)]) == Minutes(11, 6, 10)
    assert minutes([]) is None
