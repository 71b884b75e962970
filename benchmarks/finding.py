"""How often a question finds its lesson: `python -m benchmarks.finding`. Prints FINDING.md and writes it.

Both finders, over all the lessons and words that come with the program. The smart one needs the extra `smart`.
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import finding_questions
from tutorbot.curriculum.finder import Finder, Kind, Target, targets
from tutorbot.curriculum.fulltext import FullTextFinder
from tutorbot.curriculum.library import Curriculum
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.smart import SmartFinder, installed

HERE = Path(__file__).parent
SHOWN = 3  # buttons
GROUPS = {
    "English": finding_questions.PLAIN,
    "English, misspelt": finding_questions.MISSPELT,
    "other languages": finding_questions.OTHER_LANGUAGES,
    "off topic": finding_questions.OFF_TOPIC,
}
HEAD = """# Finding by asking

How often people's own words lead to the right lesson or word. `python -m benchmarks.finding` writes this page; with
`--lost` it tells which questions failed. It needs `pip install -e .[smart]`.

The questions (`finding_questions.py`) were written before any finder was tried on them, and by one person: a
difference of two or three of them is noise. What is only a guess is put as one ("I am not sure what you mean. Did you
mean one of these?"). The numbers in the finders were chosen on other questions:

- the lessons' own `asks`, each left out in turn, and the same with slips of the finger,
- the questions of the quizzes, and the `asks` of Welsh lessons where only English ones can be found,
- 480 lines of small talk and general knowledge from a public collection: nothing should be found for them.

Earlier runs of this page, so that nobody need guess how often we looked. In the groups below the right one was among
three, and of the questions off topic so many got a button:

| finder | English | misspelt | other languages | off topic (as if we were sure) | |
|---|---|---|---|---|---|
| full text | 61 % | 76 % | 0 % | 6 | the first |
| full text | 68 % | 86 % | 0 % | 14 (3) | guesses shown a little earlier |
| by meaning | 79 % | 93 % | 50 % | 4 | the first |
| by meaning | 84 % | 95 % | 58 % | 9 (1) | guesses shown a little earlier |
| by meaning | 78 % | 95 % | 50 % | 4 (0) | chosen on `asks` and small talk alone: it found too little |

Since then full text compares a question word by word, where it took groups of letters from all over a lesson together.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and every good answer to it; none, where there is none in the lessons."""

    text: str
    good: frozenset[tuple[Kind, str]]


@dataclass(slots=True)
class Score:
    """What came of the questions of one group."""

    asked: int = 0
    first: int = 0  # a good answer was the first button
    among: int = 0  # was one of the buttons
    silent: int = 0  # no button at all
    sure: int = 0  # buttons, and we said that we were sure
    lost: list[str] = field(default_factory=list)  # the questions without a good answer among the buttons


def read(text: str, curriculum: Curriculum) -> list[Question]:
    """The questions of a group. KeyError where a good answer is not in the curriculum (any more)."""
    rows = (line.partition(" | ") for line in text.strip().splitlines())
    return [Question(asked, frozenset(_good(answers, curriculum))) for asked, _, answers in rows]


def _good(answers: str, curriculum: Curriculum) -> Iterator[tuple[Kind, str]]:
    for answer in filter(None, answers.split(", ")):
        name = answer.removeprefix("word:")
        word, lesson = curriculum.word_called(name), curriculum.lesson(name)
        if not (word if name != answer else lesson):
            raise KeyError(answer)
        yield (Kind.WORD, word.key) if word and name != answer else (Kind.LESSON, name)


def ask(finder: Finder, questions: Sequence[Question]) -> Score:
    """Ask them all."""
    score = Score(asked=len(questions))
    for question in questions:
        hits = finder.find(question.text, "en", SHOWN)
        found = [(hit.kind, hit.id) in question.good for hit in hits]
        score.first += found[:1] == [True]
        score.among += any(found)
        score.silent += not hits
        score.sure += bool(hits) and hits[0].sure
        if question.good and not any(found):
            score.lost.append(f"{question.text} → {', '.join(hit.id for hit in hits) or 'nothing'}")
    return score


def measure(make: Callable[[Sequence[Target]], Finder], curriculum: Curriculum) -> tuple[dict[str, Score], str]:
    """The scores of each group, and how long it took, in words."""
    begin = time.perf_counter()
    finder = make(targets(curriculum.lessons.values(), curriculum.words.values()))
    finder.prepare()
    ready = time.perf_counter()
    groups = {name: read(text, curriculum) for name, text in GROUPS.items()}
    scores = {name: ask(finder, questions) for name, questions in groups.items()}
    each = (time.perf_counter() - ready) / sum(map(len, groups.values()))
    return scores, f"ready in {ready - begin:.2f} s, {1000 * each:.1f} ms a question"


def table(name: str, scores: dict[str, Score], took: str) -> Iterator[str]:
    """The lines of one finder."""
    yield f"## {name}\n"
    yield f"{took[0].upper()}{took[1:]}.\n"
    yield "| questions | asked | first button | among three | no button |"
    yield "|---|---|---|---|---|"
    for group, score in scores.items():
        if group != "off topic":
            cells = (group, score.asked, _of(score.first, score), _of(score.among, score), score.silent)
            yield f"| {' | '.join(map(str, cells))} |"
    off = scores["off topic"]
    yield (
        f"\nOff topic, {off.asked} questions: {off.asked - off.silent} got a button that fits nothing, "
        f"{off.sure} of them as if we were sure; the others as a guess.\n"
    )


def _of(count: int, score: Score) -> str:
    return f"{count} ({100 * count / score.asked:.0f} %)"


def report(curriculum: Curriculum, finders: dict[str, Callable[[Sequence[Target]], Finder]]) -> Iterator[str]:
    """The whole of FINDING.md."""
    yield HEAD
    yield (
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {len(curriculum.lessons)} lessons, "
        f"{sum(len(words.words) for words in curriculum.words.values())} words.\n"
    )
    for name, make in finders.items():
        yield from table(name, *measure(make, curriculum))


def main() -> int:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.finding", description=__doc__)
    parser.add_argument("--output", type=Path, default=HERE / "FINDING.md")
    parser.add_argument("--lost", action="store_true", help="print each question that did not find its lesson")
    chosen = parser.parse_args()
    if not installed():
        parser.error("the smart finder is not here; install it: .venv/bin/pip install -e .[smart]")
    curriculum = load(HERE.parent / "lessons").curriculum
    finders = {"Full text, always there": FullTextFinder, "By meaning, the extra `smart`": SmartFinder}
    if chosen.lost:
        for name, make in finders.items():
            scores, _ = measure(make, curriculum)
            print(name, *(f"  {line}" for score in scores.values() for line in score.lost), sep="\n")
        return 0
    found = "\n".join(report(curriculum, finders))
    print(found)
    chosen.output.write_text(found, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
