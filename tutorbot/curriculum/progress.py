"""The rule that says a lesson is mastered."""

from collections.abc import Iterable


def mastered(exercises: Iterable[str], answered: Iterable[str]) -> bool:
    """Whether every exercise was answered right in the end, in one run.

    How many tries it took does not matter, nor do hints: asking for help is never held against anyone.
    """
    return set(answered).issuperset(exercises)
