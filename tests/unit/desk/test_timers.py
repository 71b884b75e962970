"""What happens if nobody acts: the rules, each by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket, Timer
from tutorbot.desk.timers import Next, Waits, in_hours, next_timer
from tutorbot.tutor.replies import OpenTicket, Reason

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
MINUTE = timedelta(minutes=1)
WAITS = Waits()
WAITING = Ticket(1, 1, Status.WAITING, OpenTicket(Reason.ASKED, "Ann", "en"), NOW, waiting_since=NOW)
CLAIMED = replace(WAITING, status=Status.CLAIMED, helper=Helper(1, "Amir"), claimed_at=NOW)
LONDON = ZoneInfo("Europe/London")


def after(ticket: Ticket, fired: Timer, minutes: int = 0) -> Next | None:
    """What runs once this timer has fired, so many minutes from now."""
    return next_timer(replace(ticket, timer=fired), NOW + minutes * MINUTE, WAITS)


def test_waiting_ticket_is_told_of_once() -> None:
    assert next_timer(WAITING, NOW, WAITS) == (Timer.TELL, NOW + 30 * MINUTE)
    assert after(WAITING, Timer.TELL, 30) is None


def test_helper_is_reminded_and_then_the_ticket_goes_back() -> None:
    assert next_timer(CLAIMED, NOW, WAITS) == (Timer.REMIND, NOW + 10 * MINUTE)
    assert after(CLAIMED, Timer.REMIND, 10) == (Timer.RETURN, NOW + 20 * MINUTE)
    assert after(CLAIMED, Timer.RETURN, 20) is None


def test_urgent_ticket_is_never_taken_from_its_helper() -> None:
    urgent = replace(CLAIMED, urgent=True)
    assert next_timer(urgent, NOW, WAITS) == (Timer.REMIND, NOW + 10 * MINUTE)
    assert after(urgent, Timer.REMIND, 10) == (Timer.TELL, NOW + 20 * MINUTE)


def test_helper_reminded_late_has_as_long_as_ever() -> None:
    assert after(CLAIMED, Timer.REMIND, 500) == (Timer.RETURN, NOW + 510 * MINUTE)


def test_ticket_that_came_back_counts_anew() -> None:
    back = replace(WAITING, waiting_since=NOW + 60 * MINUTE)
    assert next_timer(back, NOW + 60 * MINUTE, WAITS) == (Timer.TELL, NOW + 90 * MINUTE)


def test_closed_ticket_has_no_timer() -> None:
    assert next_timer(replace(CLAIMED, status=Status.CLOSED), NOW, WAITS) is None


def test_minutes_can_be_set() -> None:
    waits = Waits(remind=MINUTE, back=3 * MINUTE, tell=5 * MINUTE)
    assert next_timer(CLAIMED, NOW, waits) == (Timer.REMIND, NOW + MINUTE)
    assert next_timer(WAITING, NOW, waits) == (Timer.TELL, NOW + 5 * MINUTE)


def test_nobody_is_told_at_night() -> None:
    evening = replace(WAITING, waiting_since=NOW + timedelta(hours=5))
    timer = next_timer(evening, NOW, WAITS)
    morning = datetime(2026, 3, 3, 9, 30, tzinfo=LONDON)
    assert in_hours(timer, evening, "mon-fri 09:00-17:00", LONDON, WAITS) == (Timer.TELL, morning)


def test_within_hours_or_without_any_nothing_is_put_off() -> None:
    timer = next_timer(WAITING, NOW, WAITS)
    assert in_hours(timer, WAITING, "mon-fri 09:00-17:00", LONDON, WAITS) == timer
    assert in_hours(timer, WAITING, "", LONDON, WAITS) == timer
    assert in_hours(None, WAITING, "mon 09:00-10:00", LONDON, WAITS) is None


def test_urgent_and_claimed_tickets_do_not_wait_for_the_morning() -> None:
    for ticket in (replace(WAITING, urgent=True), CLAIMED):
        timer = next_timer(ticket, NOW, WAITS)
        assert in_hours(timer, ticket, "sun 09:00-10:00", LONDON, WAITS) == timer
