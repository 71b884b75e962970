"""The benchmarks' table of goals: made from the figures, and true to them."""

import sqlite3
from collections.abc import Sequence

from benchmarks import goals
from benchmarks.filling import copying
from benchmarks.goals import MISSED, OPEN, REACHED, Goal
from benchmarks.kinds import BARE, BARE_AIOHTTP, PG_POLLING, PG_TWO, PG_WEBHOOK, POLLING, WEBHOOK, with_lessons
from benchmarks.latency import MANY, SLOW_API, USUAL, Latency, Waits
from benchmarks.memory import Kept, Memory
from benchmarks.report import Report
from benchmarks.startup import Startup, later
from benchmarks.stopping import Stopping
from benchmarks.stored import Stored, Turns
from benchmarks.throughput import Load, Throughput
from tutorbot.store.tables import AttemptRow, table


def verdicts(found: Sequence[Goal]) -> list[str]:
    return [goal.verdict for goal in found]


def steady(milliseconds: float, cpu: float = 0.0) -> Waits:
    """A hundred answers that all took as long."""
    return Waits([milliseconds / 1000] * 100, cpu=cpu)


def test_ratio_to_bare_is_the_median_of_the_rounds_and_of_the_worst_bot() -> None:
    rounds = {
        BARE.name: [Load(replies=100, cpu=1.0)] * 3,
        POLLING.name: [Load(replies=count, cpu=1.0) for count in (250, 300, 900)],
        WEBHOOK.name: [Load(replies=count, cpu=1.0) for count in (50, 90, 200)],
    }
    first, *_ = goals.of_throughput(Throughput(rounds), apart=False)
    assert (first.figure, first.verdict) == (f"0.90 ({WEBHOOK.name})", MISSED)


def test_ratio_to_the_quickest_transport_is_judged_for_each_database() -> None:
    counts = {BARE_AIOHTTP: 100, POLLING: 90, WEBHOOK: 81, PG_POLLING: 69, PG_WEBHOOK: 75}
    rounds = {kind.name: [Load(replies=count, cpu=1.0)] for kind, count in counts.items()}
    _, on_sqlite, on_postgres, _ = goals.of_throughput(Throughput(rounds), apart=False)
    assert (on_sqlite.figure, on_sqlite.verdict) == (f"0.81 ({WEBHOOK.name})", REACHED)
    assert (on_postgres.figure, on_postgres.verdict) == (f"0.69 ({PG_POLLING.name})", MISSED)


def test_start_is_judged_by_the_median_of_later_starts() -> None:
    few, many = (later(with_lessons(count)) for count in (0, 1_000))
    found = Startup({few: [(0.9, 1.0, 0.9), (1.4, 1.5, 1.4), (0.8, 0.9, 0.8)], many: [(3.1, 3.2, 3.1)]})
    assert verdicts(list(goals.of_startup(found))) == [REACHED, MISSED]


def test_two_processes_on_too_few_cores_are_bounded_by_the_busiest_and_not_judged() -> None:
    one, two = Load(replies=100, cpu=1.0, busiest=1.0), Load(replies=100, cpu=1.1, busiest=0.5)
    found = Throughput({PG_WEBHOOK.name: [one], PG_TWO.name: [two]})
    goal = list(goals.of_throughput(found, apart=False))[-1]
    assert goal.verdict == OPEN
    assert "2.00 at most" in goal.figure


def test_two_processes_with_cores_of_their_own_are_judged_by_the_clock() -> None:
    one, two = Load(in_time=100, wall=1.0), Load(in_time=160, wall=1.0)
    found = Throughput({PG_WEBHOOK.name: [one], PG_TWO.name: [two]})
    assert list(goals.of_throughput(found, apart=True))[-1].verdict == MISSED


def test_waiting_times_are_judged_by_the_worst_of_ours_and_the_quickest_bare_bot() -> None:
    found = Latency(
        {
            (USUAL, POLLING.name): steady(14, cpu=0.2),
            (USUAL, WEBHOOK.name): steady(5, cpu=0.4),
            (MANY, POLLING.name): steady(16),
            (SLOW_API, POLLING.name): steady(109),
            (SLOW_API, BARE.name): steady(200),
            (SLOW_API, BARE_AIOHTTP.name): steady(100),
        }
    )
    judged = list(goals.of_latency(found))
    assert verdicts(judged) == [REACHED, MISSED, REACHED, REACHED, MISSED]
    assert judged[-1].figure == f"12.00 % ({WEBHOOK.name})"


def test_memory_is_judged_by_the_largest_figure_with_all_learners() -> None:
    found = Memory([Kept(1_000, 1_000, 130.0), Kept(100_000, 0, 110.0), Kept(100_000, 10_000, 119.0)])
    (goal,) = goals.of_memory(found)
    assert (goal.figure, goal.verdict) == ("119.00 MiB", REACHED)


def test_turns_with_fewer_learners_than_wanted_do_not_reach_the_goal() -> None:
    turns = [Turns(0.001, 0.001)]
    whole, part = Stored(turns, turns, 1_000_000), Stored(turns, turns, 400_000)
    assert verdicts(list(goals.of_stored({"SQLite": whole}))) == [REACHED]
    assert verdicts(list(goals.of_stored({"SQLite": whole, "PostgreSQL": part}))) == [OPEN]


def test_one_stop_that_was_not_clean_misses_the_goal() -> None:
    assert verdicts(list(goals.of_stopping(Stopping({POLLING.name: [0.5, 1.0]})))) == [REACHED]
    assert verdicts(list(goals.of_stopping(Stopping({POLLING.name: [0.5]}, {POLLING.name: "ended with -9"})))) == [
        MISSED
    ]


def test_report_of_a_run_that_broke_says_so_and_has_every_goal_unmeasured() -> None:
    report = Report("python -m benchmarks", "today", broken={"latency": "TimeoutError()"})
    assert set(verdicts(list(report.goals))) == {OPEN}
    assert "**latency was not measured to its end**: `TimeoutError()`" in report.markdown()


def test_copied_learners_get_numbers_of_their_own(sqlite_url: str) -> None:
    columns = "learner, at, lesson, card, edition, kind, answer, was_right, first_try, hints"
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as file:
        file.execute(f"INSERT INTO attempts ({columns}) VALUES (1, '', 'a', 'b', '', '', '', 1, 1, 0)")
        file.execute(copying(table(AttemptRow), own=1, keys=0, after=0, until=3, every=1))
        assert [row[0] for row in file.execute("SELECT learner FROM attempts ORDER BY id")] == [1, 2, 3, 4]
