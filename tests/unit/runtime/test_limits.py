"""How fast one learner may write, told by the clock in our hands."""

from datetime import UTC, datetime, timedelta

from tutorbot.runtime.limits import MANY, Heard, Limits
from tutorbot.runtime.values import Address

ANN, BEA = Address("telegram", "1001"), Address("telegram", "1002")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_minutes_worth_may_come_at_once() -> None:
    limits = Limits(pace=30)
    assert [limits.take(ANN, NOON) for _ in range(30)] == [Heard.YES] * 30


def test_the_first_too_many_is_told_and_then_there_is_silence() -> None:
    limits = Limits(pace=2)
    assert [limits.take(ANN, NOON) for _ in range(5)] == [Heard.YES, Heard.YES, Heard.TELL, Heard.NO, Heard.NO]


def test_who_was_told_is_heard_again_when_they_have_cooled() -> None:
    limits = Limits(pace=60)
    for _ in range(61):
        limits.take(ANN, NOON)
    assert limits.take(ANN, NOON + 29 * SECOND) is Heard.NO
    assert limits.take(ANN, NOON + 30 * SECOND) is Heard.YES


def test_one_who_keeps_the_pace_is_always_heard() -> None:
    limits = Limits(pace=30)
    assert {limits.take(ANN, NOON + 2 * n * SECOND) for n in range(500)} == {Heard.YES}


def test_others_are_not_slowed() -> None:
    limits = Limits(pace=2)
    for _ in range(100):
        limits.take(ANN, NOON)
    assert limits.take(BEA, NOON) is Heard.YES


def test_what_is_urgent_is_always_heard() -> None:
    limits = Limits(pace=1)
    limits.take(ANN, NOON)
    assert {limits.take(ANN, NOON, urgent=True) for _ in range(10)} == {Heard.YES}


def test_a_clock_that_goes_back_silences_nobody() -> None:
    limits = Limits(pace=2)
    for _ in range(2):
        limits.take(ANN, NOON)
    assert limits.take(ANN, NOON - timedelta(hours=1)) is Heard.YES


def test_who_has_rested_is_not_kept_in_mind() -> None:
    limits = Limits()
    for number in range(MANY):
        limits.take(Address("telegram", str(number)), NOON)
    limits.take(ANN, NOON + timedelta(hours=1))
    assert set(limits._hasty) == {ANN}
