"""How much is found of what must be: `python -m benchmarks.redaction`. Prints REDACTION.md and writes it.

Three finders over messages written before them: what is hidden in learners' words, what is heard of despair and danger,
and what is held back of helpers' messages. With `--lost` it prints each message that came out otherwise than wanted.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import finding_questions
from tests.unit.desk import caution_messages, redaction_messages
from tests.unit.tutor import distress_messages
from tutorbot.desk.caution import concerns
from tutorbot.desk.redaction import redact
from tutorbot.tutor.distress import HARM, signs
from tutorbot.tutor.marks import MARK, mark

PAGE = Path(__file__).parent / "REDACTION.md"
SHOWN = 4  # letters or digits of a secret in a row that must not be left
HEAD = """# Protecting people in the words they write

`python -m benchmarks.redaction` writes this page; with `--lost` it prints what was missed and what was taken for more
than it is. A test holds the figures.

The messages (`tests/unit/desk/redaction_messages.py`, `tests/unit/desk/caution_messages.py`,
`tests/unit/tutor/distress_messages.py`) were written before the rules, in the way people write who are new to this. The
rules were made with the half called *tuning* in sight. The half called *held out* was measured when they were done.
Both halves and the rules come from one person, so real people will be missed more often than these figures say. They
are English, with some Welsh that no native speaker has read yet.

That first run on the half held out found 116 of 118 things to hide, 60 of 61 messages of despair or danger, and 49 of
56 concerns in helpers' messages; of the harmless messages it took 0 of 123, 0 of 62 and 1 of 58 for more. These are the
figures to trust. What it showed was then mended, once: lines between digits, "as my code", and more ways to ask for
money and cards. The tables say how it is now.

The 20 messages called *about you* were written later, and again before the rules for them: helpers who ask for a phone
number, an address, a date of birth or a National Insurance number. Before these rules 0 of their 11 concerns were
found, and 0 of the 10 harmless messages taken for more. Those rules were made with them in sight.
"""


@dataclass(slots=True)
class Score:
    """What came of one half of the messages."""

    wanted: Counter[str] = field(default_factory=Counter)  # kind -> how many there are to find
    found: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    alarms: int = 0  # harmless messages in which something was found
    named: int = 0  # of the messages in which all was found: by its right name, and no more than it
    whole: int = 0  # messages in which all was found
    lost: list[str] = field(default_factory=list)


def hidden(rows: str, harmless: str) -> Score:
    """The redaction of learners' words."""
    score = Score()
    for sample in redaction_messages.samples(rows + harmless):
        after, expected = redact(sample.text).text, sample.text
        for kind, secret in sample.secrets:
            score.wanted[kind] += 1
            score.found[kind] += not _is_left(secret, after)
            expected = expected.replace(secret, mark(kind), 1)
        is_whole = not any(_is_left(secret, after) for _, secret in sample.secrets)
        _count(score, sample.secrets, is_whole, after != sample.text, after == expected, f"{sample.text!r} → {after!r}")
    return score


def _is_left(secret: str, after: str) -> bool:
    """Whether enough of a secret can still be read."""
    kept, wanted = ("".join(filter(str.isalnum, text)) for text in (MARK.sub("", after), secret))
    return any(wanted[start : start + SHOWN] in kept for start in range(max(1, len(wanted) - SHOWN + 1)))


def heard(rows: str, harmless: str) -> Score:
    """What is heard of despair and danger."""
    score = Score()
    for sign, text in distress_messages.samples(rows + harmless):
        found = {one.value for one in signs(text) if one in HARM}
        score.wanted[sign] += bool(sign)
        score.found[sign] += bool(sign and found)
        _count(score, sign, bool(found), bool(found), sign in found, f"{sign or 'harmless'}: {text}")
    return score


def held(rows: str, harmless: str) -> Score:
    """What is held back of helpers' messages."""
    score = Score()
    for wanted, text in caution_messages.samples(rows + harmless):
        found = {concern.value for concern in concerns(text)}
        score.wanted.update(wanted)
        score.found.update(wanted & found)
        _count(
            score, wanted, wanted <= found, bool(found), wanted == found, f"{sorted(wanted)} {sorted(found)}: {text}"
        )
    return score


def _count(score: Score, wanted: Iterable[object], is_whole: bool, any_found: bool, is_exact: bool, line: str) -> None:
    if wanted:
        score.whole += is_whole
        score.named += is_whole and is_exact
    else:
        score.harmless += 1
        score.alarms += any_found
    if not (is_whole if wanted else not any_found):
        score.lost.append(line)


def measure() -> dict[str, dict[str, Score]]:
    """The scores: finder -> half -> score."""
    red, dis, cau = redaction_messages, distress_messages, caution_messages
    return {
        "Hidden in learners' words": {
            "tuning": hidden(red.TUNING_SECRET, red.TUNING_HARMLESS),
            "held out": hidden(red.HELD_OUT_SECRET, red.HELD_OUT_HARMLESS),
        },
        "Heard of despair and danger": {
            "tuning": heard(dis.TUNING, dis.TUNING_HARMLESS),
            "held out": heard(dis.HELD_OUT, dis.HELD_OUT_HARMLESS),
        },
        "Held back of helpers' messages": {
            "tuning": held(cau.TUNING, cau.TUNING_HARMLESS),
            "held out": held(cau.HELD_OUT, cau.HELD_OUT_HARMLESS),
            "about you": held(cau.ASKING, cau.ASKING_HARMLESS),
        },
    }


def report(scores: dict[str, dict[str, Score]]) -> Iterator[str]:
    """The whole of REDACTION.md."""
    yield HEAD
    for title, halves in scores.items():
        yield f"## {title}\n"
        yield "| half | to find | found | all of it named right | harmless messages | taken for more |"
        yield "|---|---|---|---|---|---|"
        for half, score in halves.items():
            wanted, found = score.wanted.total(), score.found.total()
            named, alarms = f"{score.named} of {score.whole}", _of(score.alarms, score.harmless)
            yield f"| {half} | {wanted} | {_of(found, wanted)} | {named} | {score.harmless} | {alarms} |"
        yield f"\n| kind | {' | '.join(halves)} |\n|---|{'---|' * len(halves)}"
        kinds = sorted(set().union(*(score.wanted for score in halves.values())) - {""})
        for kind in kinds:
            yield (
                f"| {kind} | "
                + " | ".join(f"{score.found[kind]} of {score.wanted[kind]}" for score in halves.values())
                + " |"
            )
        yield ""
    yield elsewhere()


def elsewhere() -> str:
    """The questions of FINDING.md, which were written for another purpose."""
    groups = (finding_questions.PLAIN, finding_questions.MISSPELT, finding_questions.OFF_TOPIC)
    asked = [row.partition(" | ")[0] for group in groups for row in group.strip().splitlines()]
    changed, calls = sum(redact(text).text != text for text in asked), [text for text in asked if signs(text)]
    return (
        "## Elsewhere\n\n"
        f"The {len(asked)} English questions of [FINDING.md](FINDING.md) were written for another purpose. "
        f"Something was hidden in {changed} of them. Heard as a call for help: {'; '.join(calls) or 'none'}.\n"
    )


def _of(count: int, whole: int) -> str:
    return f"{count} ({100 * count / whole:.0f} %)"


def main() -> int:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.redaction", description=__doc__)
    parser.add_argument("--lost", action="store_true", help="print what came out otherwise than wanted")
    scores = measure()
    if parser.parse_args().lost:
        for title, halves in scores.items():
            for half, score in halves.items():
                print(f"{title}, {half}", *(f"  {line}" for line in score.lost), sep="\n")
        return 0
    page = "\n".join(report(scores))
    print(page)
    PAGE.write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
