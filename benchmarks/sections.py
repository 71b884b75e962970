"""The figures of each part as Markdown: a table, and notes of what was noisy and of what did not work."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from benchmarks.goals import Goal, ratios_of_rounds
from benchmarks.kinds import BARE, BARES, POLLING
from benchmarks.latency import Latency
from benchmarks.memory import Memory
from benchmarks.startup import Startup
from benchmarks.stopping import Stopping
from benchmarks.stored import FEW, Stored
from benchmarks.throughput import ACTIVE, Load, Throughput

NOISY = 1.5  # the largest ratio of a bot's rounds over the smallest, from which on we say so


def of_goals(goals: Iterable[Goal]) -> Iterable[str]:
    """What was wanted, and what came of it."""
    yield "## Goals\n"
    yield "Each is about the worst of ours, whose name stands in brackets.\n"
    rows = [[goal.what, goal.asked, goal.figure, goal.verdict] for goal in goals]
    yield _table(["what", "goal", "figure", "verdict"], rows)


def of_throughput(found: Throughput) -> Iterable[str]:
    """Replies for each second of CPU, and for each on the clock."""
    yield f"## Replies, {ACTIVE} learners who press as soon as they have read\n"
    yield (
        "Ratios are of replies for each second of CPU, the database's server not counted; medians of rounds, in "
        "brackets the smallest and the largest. The server's own CPU stands apart.\n"
    )
    short = ("x bare, as pip installs it", "x the same, concurrent", "x bare on aiohttp")
    more = ("replies/s", "server's CPU a reply, ms", "busiest process, of its bot's CPU", "bytes a reply")
    rows = [_throughput_row(found, name) for name in found.rounds]
    yield _table(["bot", "replies/CPU-s", *short, *more], rows)
    yield from _notes([*_throughput_notes(found), *_failures(found.failed)])


def _throughput_row(found: Throughput, name: str) -> Sequence[str]:
    loads = found.rounds[name]
    replies = max(1, sum(load.replies for load in loads))
    database = sum(load.database for load in loads)
    return [
        name,
        f"{median(load.per_cpu for load in loads):,.0f}",
        *(_ratio(found, name, base.name) for base in BARES),
        f"{median(load.per_second for load in loads):,.0f}",
        f"{1000 * database / replies:.2f}" if database else "-",
        f"{sum(load.busiest for load in loads) / max(sum(load.cpu for load in loads), 1e-9):.0%}",
        f"{sum(load.letters for load in loads) / replies:,.0f}",
    ]


def _throughput_notes(found: Throughput) -> Iterable[str]:
    for name, loads in found.rounds.items():
        speeds = [load.per_cpu for load in loads]
        if min(speeds) <= 0:
            yield f"{name}: a round without any reply."
        elif max(speeds) / min(speeds) > NOISY:
            yield f"{name}: noisy, {min(speeds):,.0f} to {max(speeds):,.0f} replies for each second of CPU."
        if lost := sum(load.lost for load in loads):
            yield f"{name}: {lost} presses were never answered with a message."
        odd = sum(load.replies - load.answers for load in loads)
        if abs(odd) > ACTIVE:
            yield f"{name}: {odd:+} messages more than answered presses."
        busiest = max(load.loader / load.wall for load in loads)
        if busiest > NOISY / 2:
            yield f"{name}: the Bot API was {busiest:.0%} busy, and may have limited replies/s (not replies/CPU-s)."


def of_latency(found: Latency) -> Iterable[str]:
    """Waiting times: a table for each case."""
    yield "## Waiting times\n"
    yield (
        "Milliseconds from the due press to the bot's message; in brackets the quietest round. Share of a core: CPU "
        "for each reply, times the rate.\n"
    )
    for case in dict.fromkeys(case for case, _ in found.waits):
        here = {name: waits for (one, name), waits in found.waits.items() if one == case}
        yield f"### {case.rate:.0f} presses a second, answers of the Bot API after {1000 * case.delay:.0f} ms\n"
        rows = [
            [
                name,
                f"{waits.percentile(50):,.1f}",
                f"{waits.percentile(99):,.1f} ({waits.best_round(99):,.1f})",
                f"{waits.share(case.rate):.1%}",
                f"{len(waits.seconds):,}",
            ]
            for name, waits in here.items()
            if waits.seconds
        ]
        yield _table(["bot", "p50", "p99", "share of a core", "presses"], rows)
        yield from _notes(
            f"{name}: {waits.lost} presses without an answer, {waits.nobody} not made because all were waiting."
            for name, waits in here.items()
            if waits.lost or waits.nobody
        )
    yield from _notes(_failures(found.failed))


def of_memory(found: Memory) -> Iterable[str]:
    """Of our process."""
    yield f"## Memory of our process ({POLLING.name})\n"
    rows = [[f"{kept.learners:,}", f"{kept.served:,}", f"{kept.mib:.0f}"] for kept in found.kept]
    yield _table(["learners stored", "of them served since the start", "MiB"], rows)
    yield from _notes([f"The database has {found.file:.0f} MiB at the end."])


def of_stored(found: Mapping[str, Stored]) -> Iterable[str]:
    """What a turn takes."""
    yield f"## A turn with {FEW} learners stored, and with many\n"
    yield "In our process, no wire; the store is on the disk. Medians of rounds, in brackets the range.\n"
    rows = []
    for name, one in found.items():
        if not one.many:
            continue
        ratios = [many.wall / few.wall for few, many in zip(one.few, one.many, strict=True)]
        few, many = [_micro([turn.wall for turn in turns]) for turns in (one.few, one.many)]
        cpus = [_micro([turn.cpu for turn in turns]) for turns in (one.few, one.many)]
        ratio = f"**{one.ratio:.2f}** ({min(ratios):.2f}-{max(ratios):.2f})"
        rows.append([name, f"{one.learners:,}", f"{one.filled:.0f}", few, many, ratio, *cpus])
    heads = [
        "database",
        "many",
        "s to fill",
        "µs with few",
        "µs with many",
        "x",
        "our CPU, few, µs",
        "our CPU, many, µs",
    ]
    yield _table(heads, rows)


def of_startup(found: Startup) -> Iterable[str]:
    """Until it asks, and until it answers."""
    yield "## Start\n"
    yield "Seconds from the start of the process; medians, in brackets the range. CPU until it asks.\n"
    rows = []
    for name, tries in found.tries.items():
        cells = [_range(one) for one in zip(*tries, strict=True)]
        rows.append([name if name == BARE.name else f"{POLLING.name}, {name}", *cells])
    yield _table(["what", "until it asks for updates", "until the first learner is answered", "CPU"], rows)
    yield from _notes(_failures(found.failed))


def of_stopping(found: Stopping) -> Iterable[str]:
    """From SIGTERM to the end."""
    yield f"## Stop, while {ACTIVE} learners press\n"
    yield "Seconds from SIGTERM to the end of the last process, with exit code 0; medians, in brackets the range.\n"
    rows = [[name, _range(tries)] for name, tries in found.seconds.items()]
    yield _table(["bot", "seconds"], rows)
    yield from _notes(_failures(found.failed))


def _ratio(found: Throughput, name: str, base: str) -> str:
    ratios = ratios_of_rounds(found, name, base, _per_cpu)
    if name == base or not ratios:
        return "1" if ratios else "-"
    return f"**{median(ratios):.2f}** ({min(ratios):.2f}-{max(ratios):.2f})"


def _per_cpu(load: Load) -> float:
    return load.per_cpu


def _range(figures: Sequence[float]) -> str:
    return f"{median(figures):.2f} ({min(figures):.2f}-{max(figures):.2f})"


def _micro(seconds: Sequence[float]) -> str:
    return f"{1e6 * median(seconds):,.0f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _notes(notes: Iterable[str]) -> Iterable[str]:
    lines = [f"- {note}" for note in notes]
    if lines:
        yield "\n".join(lines) + "\n"


def _failures(failed: dict[str, str]) -> Iterable[str]:
    for name, why in failed.items():
        yield f"**{name} failed**: `{why.splitlines()[-1]}`"
