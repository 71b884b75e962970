"""Whether a learner can expect a helper to answer now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tutorbot.desk.helper import LATELY, Helper

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
AMIR = Helper(1, "Amir", joined=True, seen_at=NOON)


def test_without_hours_who_did_something_lately_is_on() -> None:
    assert AMIR.is_on("", NOON + LATELY - timedelta(seconds=1), LONDON)
    assert not AMIR.is_on("", NOON + LATELY, LONDON)
    assert not replace(AMIR, seen_at=None).is_on("", NOON, LONDON)


def test_with_hours_they_decide() -> None:
    assert AMIR.is_on("mon 09:00-17:00", NOON + timedelta(hours=3), LONDON)
    assert not AMIR.is_on("tue 09:00-17:00", NOON, LONDON)


def test_hours_of_ones_own_come_before_those_of_the_group() -> None:
    assert replace(AMIR, hours="mon 11:00-13:00").is_on("tue 09:00-17:00", NOON, LONDON)


def test_who_is_away_or_has_left_is_not_on_and_not_expected_back() -> None:
    for gone in (replace(AMIR, here=False), replace(AMIR, joined=False)):
        assert not gone.is_on("mon 09:00-17:00", NOON, LONDON)
        assert gone.back_at("mon 09:00-17:00", NOON, LONDON) is None


def test_who_has_hours_is_back_when_they_begin() -> None:
    assert AMIR.back_at("tue 09:00-17:00", NOON, LONDON) == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert AMIR.back_at("", NOON, LONDON) is None
