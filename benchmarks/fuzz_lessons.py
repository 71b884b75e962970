"""`python -m benchmarks.fuzz_lessons [--inputs 100000] [--seed 1]`: does any spoiled lesson break what reads lessons?

Takes real lessons, courses and words, spoils them (`tests/unit/curriculum/mutations.py`), and reads each as the check
and a running tutor do. It must end in a lesson or in problems, each with a line of the file; an exception ends the run
with the number that brings it back. Bounded by `--inputs`; needs no network.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter

from tests.unit.curriculum.mutations import mutated
from tutorbot.curriculum.parser import parse_course, parse_lesson
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.words import parse_words
from tutorbot.workshop.advice import advise
from tutorbot.workshop.script import read_script
from tutorbot.workshop.wording import Known

LESSONS = Path(__file__).parents[1] / "lessons"
ADVISED = 10  # every so manieth input is given advice too, which takes longer


def read(path: Path, text: str) -> tuple[object, tuple[Problem, ...]]:
    """What the file would be, and what is wrong with it."""
    name = f"lessons/{path.relative_to(LESSONS).as_posix()}"
    if path.name.startswith("words."):
        words = parse_words(name, text)
        return words.glossary, words.problems
    if path.name.startswith("course."):
        course = parse_course(name, text)
        return course.course, course.problems
    lesson = parse_lesson(name, text)
    return lesson.lesson, lesson.problems


def look(path: Path, text: str, *, advised: bool) -> str:
    """How the reading of this text ended. AssertionError: not as it should."""
    found, problems = read(path, text)
    assert found or problems, "neither a lesson nor a problem"
    if advised:
        problems = (*problems, *advise(read_script(f"lessons/x/{path.name}", text), Known(frozenset(), frozenset())))
    lines = len(f"{text}\r".splitlines())
    lost = [one for one in problems if not 1 <= one.line <= lines or "\n" in str(one)]
    assert not lost, f"no line of the file: {lost}"
    return "still a lesson" if found else "refused, with file and line"


def main() -> int:
    """Spoil and read; the exit code is 1 at the first fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_lessons", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    originals = [(path, path.read_text("utf-8")) for path in sorted(LESSONS.rglob("*.md"))]
    ends: Counter[str] = Counter()
    slowest, began = 0.0, perf_counter()
    for number in range(chosen.inputs):
        chance = Random(f"{chosen.seed}.{number}")
        path, original = chance.choice(originals)
        text, start = mutated(original, chance), perf_counter()
        try:
            ends[look(path, text, advised=number % ADVISED == 0)] += 1
        except Exception as bug:  # whatever it is, the number brings it back
            print(f"seed {chosen.seed}, input {number}, {path}: {bug!r}")
            return 1
        slowest = max(slowest, perf_counter() - start)
    taken = perf_counter() - began
    print(f"{chosen.inputs:,} inputs from {len(originals)} files in {taken:.0f} s; slowest {slowest * 1000:.0f} ms.")
    print("\n".join(f"{what}: {times:,}" for what, times in ends.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
