"""When a new question goes on with a closed ticket."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tutorbot.desk.ticket import REOPENS, Status, Ticket
from tutorbot.tutor.replies import OpenTicket, Reason

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OPENING = OpenTicket(Reason.ASKED, "Ann", "en", lesson="fake-email")
CLOSED = Ticket(1, 1, Status.CLOSED, OPENING, NOW, closed_at=NOW)


def test_question_about_the_same_lesson_goes_on_for_a_week() -> None:
    assert CLOSED.comes_back(replace(OPENING, reason=Reason.WRONG), NOW + REOPENS - timedelta(seconds=1))
    assert not CLOSED.comes_back(OPENING, NOW + REOPENS)


def test_question_about_another_lesson_or_none_is_a_new_one() -> None:
    assert not CLOSED.comes_back(replace(OPENING, lesson="links"), NOW)
    nowhere = replace(OPENING, lesson="")
    assert not replace(CLOSED, opening=nowhere).comes_back(nowhere, NOW)


def test_open_ticket_does_not_come_back() -> None:
    assert not replace(CLOSED, status=Status.WAITING, closed_at=None).comes_back(OPENING, NOW)
