"""The goals, and whether the figures of a run reach them. Each is about the worst of ours, named beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.kinds import (
    BARE,
    BARE_AIOHTTP,
    BARES,
    PG_POLLING,
    PG_TWO,
    PG_WEBHOOK,
    POLLING,
    SINGLE,
    WEBHOOK,
    with_lessons,
)
from benchmarks.latency import MANY, SLOW_API, USUAL, Case, Latency, Waits
from benchmarks.memory import Memory
from benchmarks.startup import Startup, later
from benchmarks.stopping import Stopping
from benchmarks.stored import MANY as MILLION
from benchmarks.stored import Stored
from benchmarks.throughput import Load, Throughput

LEARNERS = 100_000  # for whom the goal of memory is
REACHED, MISSED, OPEN = "reached", "**missed**", "not measured"

Worst = tuple[float, str]
"""A figure, and whose it is; "": there is one alone."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal, and what came of it."""

    what: str
    asked: str
    figure: str = "-"
    verdict: str = OPEN


def of_throughput(found: Throughput, *, apart: bool) -> Iterator[Goal]:
    """Against bare bots, and two processes against one. `apart`: each process had a core of its own."""
    for ours, base, limit in (
        (SINGLE, BARE, 1.0),
        ((POLLING, WEBHOOK), BARE_AIOHTTP, 0.8),
        ((PG_POLLING, PG_WEBHOOK), BARE_AIOHTTP, 0.7),
    ):
        ratios = [(ratio_of_rounds(found, kind.name, base.name, _per_cpu), kind.name) for kind in ours]
        worst = min(((ratio, name) for ratio, name in ratios if ratio), default=None)
        yield _at_least(f"Replies for each second of CPU, x {base.name}", limit, worst)
    what = "Replies a second of two webs and a worker, x one process"
    of = _per_second if apart else _per_busiest
    ratio = ratio_of_rounds(found, PG_TWO.name, PG_WEBHOOK.name, of)
    goal = _at_least(what, 1.7, (ratio, "") if ratio else None)
    if apart or not ratio:
        yield goal
    else:
        figure = f"too few cores to see; {ratio:.2f} at most, by the CPU of the busiest process"
        yield Goal(what, goal.asked, figure, OPEN)


def of_latency(found: Latency) -> Iterator[Goal]:
    """Waiting times, and the share of a core."""
    for case in (USUAL, MANY):
        yield _at_most(f"p99 at {case.rate:.0f} presses a second", 15.0, _worst_wait(found, case, 99), " ms")
    for percent in (50, 99):
        worst, bare = _worst_wait(found, SLOW_API, percent), _best_of_bare(found, SLOW_API, percent)
        ratio = (worst[0] / bare, worst[1]) if worst and bare else None
        what = f"p{percent} at {SLOW_API.rate:.0f} a second with answers after {1000 * SLOW_API.delay:.0f} ms"
        yield _at_most(f"{what}, x the quickest bare bot", 1.1, ratio)
    shares = [(100 * waits.share(case.rate), name) for case, name, waits in _ours(found) if case == USUAL]
    yield _at_most(f"Share of a core at {USUAL.rate:.0f} replies a second", 10.0, max(shares, default=None), " %")


def of_memory(found: Memory) -> Iterator[Goal]:
    """At the largest number of learners that the goal is about."""
    figures = [(kept.mib, "") for kept in found.kept if kept.learners >= LEARNERS]
    yield _at_most(f"Memory with {LEARNERS:,} learners", 120.0, max(figures, default=None), " MiB")


def of_stored(found: Mapping[str, Stored]) -> Iterator[Goal]:
    """A turn with a million learners against one with ten."""
    figures = [(one.ratio, f"{name}, {one.learners:,} learners") for name, one in found.items() if one.ratio]
    goal = _at_most(f"Time of a turn with {MILLION:,} learners stored, x with ten", 1.2, max(figures, default=None))
    whole = figures and all(one.learners >= MILLION for one in found.values())
    yield goal if whole or goal.verdict == MISSED else Goal(goal.what, goal.asked, goal.figure, OPEN)


def of_startup(found: Startup) -> Iterator[Goal]:
    """Until updates are asked for, where there was a start before."""
    for count, limit in ((0, 1.0), (1_000, 3.0)):
        name = later(with_lessons(count))
        tries = [asked for asked, _, _ in found.tries.get(name, ())]
        yield _at_most(f"Start, {name}", limit, (median(tries), "") if tries else None, " s")


def of_stopping(found: Stopping) -> Iterator[Goal]:
    """The slowest of all tries; missed if one did not end cleanly."""
    figures = [(max(tries), name) for name, tries in found.seconds.items()]
    goal = _at_most("SIGTERM to a clean end, under load", 5.0, max(figures, default=None), " s")
    yield Goal(goal.what, goal.asked, goal.figure, MISSED) if found.failed else goal


def ratio_of_rounds(found: Throughput, name: str, base: str, of: Callable[[Load], float]) -> float:
    """The median of the ratios within each round; 0 if there is none."""
    return median(ratios_of_rounds(found, name, base, of) or [0.0])


def ratios_of_rounds(found: Throughput, name: str, base: str, of: Callable[[Load], float]) -> Sequence[float]:
    """Of each round in which both took part."""
    pairs = zip(found.rounds.get(name, ()), found.rounds.get(base, ()), strict=False)
    return [of(one) / of(other) for one, other in pairs if of(other)]


def _per_cpu(load: Load) -> float:
    return load.per_cpu


def _per_busiest(load: Load) -> float:
    return load.per_busiest


def _per_second(load: Load) -> float:
    return load.per_second


def _ours(found: Latency) -> Iterator[tuple[Case, str, Waits]]:
    names = {kind.name for kind in SINGLE}
    return ((case, name, waits) for (case, name), waits in found.waits.items() if name in names and waits.seconds)


def _worst_wait(found: Latency, case: Case, percent: int) -> Worst | None:
    waits = [(waits.percentile(percent), name) for one, name, waits in _ours(found) if one == case]
    return max(waits, default=None)


def _best_of_bare(found: Latency, case: Case, percent: int) -> float:
    waits = [found.waits[case, kind.name].percentile(percent) for kind in BARES if (case, kind.name) in found.waits]
    return min(waits, default=0.0)


def _at_most(what: str, limit: float, worst: Worst | None, unit: str = "") -> Goal:
    return _judged(what, f"<= {limit:g}{unit}", worst, unit, lambda figure: figure <= limit)


def _at_least(what: str, limit: float, worst: Worst | None) -> Goal:
    return _judged(what, f">= {limit:g}", worst, "", lambda figure: figure >= limit)


def _judged(what: str, asked: str, worst: Worst | None, unit: str, is_well: Callable[[float], bool]) -> Goal:
    if worst is None:
        return Goal(what, asked)
    figure, whose = worst
    beside = f" ({whose})" if whose else ""
    return Goal(what, asked, f"{figure:,.2f}{unit}{beside}", REACHED if is_well(figure) else MISSED)
