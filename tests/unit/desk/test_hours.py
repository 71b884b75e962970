"""Hours as people write them, in summer and in winter."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.desk.hours import DAYS, BadHours, is_open, next_opening, parse

LONDON = ZoneInfo("Europe/London")
OFFICE = "mon-fri 09:00-17:00, sat 10:00-12:00"


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment of 2026 on a clock in London; 2 March is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (at(2, 8, 59), False),
        (at(2, 9), True),
        (at(6, 16, 59), True),
        (at(6, 17), False),
        (at(7, 9, 30), False),
        (at(7, 11), True),
        (at(8, 11), False),
    ],
)
def test_open_from_the_first_minute_to_before_the_last(moment: datetime, there: bool) -> None:
    assert is_open(OFFICE, moment.astimezone(UTC), LONDON) is there


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(2, 8), at(2, 9)),
        (at(2, 9), at(3, 9)),
        (at(6, 18), at(7, 10)),
        (at(7, 13), at(9, 9)),
    ],
)
def test_next_opening_is_the_soonest_later_one(now: datetime, then: datetime) -> None:
    assert next_opening(OFFICE, now.astimezone(UTC), LONDON) == then


@pytest.mark.parametrize(("month", "day", "hour"), [(3, 27, 9), (3, 30, 8), (10, 23, 8), (10, 26, 9)])
def test_nine_is_nine_on_the_wall_before_and_after_the_clocks_change(month: int, day: int, hour: int) -> None:
    early = datetime(2026, month, day, 3, tzinfo=UTC)
    opening = next_opening("mon-fri 09:00-17:00", early, LONDON)
    assert opening == datetime(2026, month, day, hour, tzinfo=UTC)
    assert is_open("mon-fri 09:00-17:00", datetime(2026, month, day, hour, tzinfo=UTC), LONDON)
    assert not is_open("mon-fri 09:00-17:00", datetime(2026, month, day, hour - 1, 59, tzinfo=UTC), LONDON)


def test_hours_that_the_clock_jumps_over_do_no_harm() -> None:
    night = datetime(2026, 3, 28, 12, tzinfo=UTC)  # at one in the night after, the clocks go forward
    opening = next_opening("sun 01:30-05:00", night, LONDON)
    assert opening is not None
    assert is_open("sun 01:30-05:00", datetime(2026, 3, 29, 2, tzinfo=UTC), LONDON)


@pytest.mark.parametrize(
    "text", ["Mon 9:00-17:00", "mon 09.00 - 17.00", "monday – friday 09:00–17:00", "mon 00:00-24:00"]
)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    (span,) = parse(text)
    assert span.days[0] == 0


def test_days_may_go_over_the_end_of_the_week() -> None:
    assert parse("sat-mon 10:00-12:00")[0].days == (5, 6, 0)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("mon 9-17", "mon 9-17"),
        ("mon 09:00-17:00, noday 10:00-12:00", "noday 10:00-12:00"),
        ("mon 17:00-09:00", "mon 17:00-09:00"),
        ("mon 25:00-26:00", "mon 25:00-26:00"),
        ("always", "always"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, part: str) -> None:
    with pytest.raises(BadHours, match=f"^{part}$"):
        parse(text)


def test_no_hours_are_never_open() -> None:
    assert parse("") == ()
    assert next_opening("", at(2, 9), LONDON) is None


@given(st.text(max_size=40))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(BadHours):
        assert all(span.start < span.end for span in parse(text))


@given(st.sampled_from(DAYS), st.integers(0, 22), st.integers(0, 59), st.integers(0, 366 * 24 * 60))
def test_it_is_open_at_the_next_opening(day: str, hour: int, minute: int, moment: int) -> None:
    hours = f"{day} {hour:02}:{minute:02}-23:30"
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=moment)
    opening = next_opening(hours, now, LONDON)
    assert opening is not None
    assert now < opening <= now + timedelta(days=8)
    assert is_open(hours, opening, LONDON)
