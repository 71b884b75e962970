"""The figures of benchmarks/REDACTION.md: what was found once is found from then on."""

import pytest

from benchmarks import redaction
from benchmarks.redaction import PAGE, Score, measure, report

SCORES = measure()
HIDDEN, HEARD, HELD = SCORES.values()


@pytest.mark.parametrize(
    ("score", "found", "wanted", "alarms", "harmless"),
    [
        (HIDDEN["tuning"], 113, 113, 0, 119),
        (HIDDEN["held out"], 118, 118, 0, 123),
        (HEARD["tuning"], 68, 68, 0, 68),
        (HEARD["held out"], 60, 61, 0, 62),
        (HELD["tuning"], 55, 56, 0, 55),
        (HELD["held out"], 55, 56, 1, 58),
        (HELD["about you"], 11, 11, 0, 10),
    ],
)
def test_no_less_is_found_than_was_measured(score: Score, found: int, wanted: int, alarms: int, harmless: int) -> None:
    assert (score.wanted.total(), score.harmless) == (wanted, harmless)
    assert score.found.total() >= found, score.lost
    assert score.alarms <= alarms, score.lost


def test_the_page_is_what_is_measured_now() -> None:
    assert PAGE.read_text("utf-8") == "\n".join(report(SCORES)), f"run {redaction.__name__}"
