"""The finder that is always there: SQLite's full-text search, in memory. Knows no word but those it was given.

Two indexes: one by word stems ("renewing" finds "renew"), one by groups of three letters, which stand slips of the
finger ("pasport"). Both rank what they find; the ranks are added up, together with how much of the question stands in
what was found. That share also says how sure we are. The numbers were chosen on the lessons' own `asks`, each left out
in turn; `benchmarks/FINDING.md` tells how it does on questions that were written before.
"""

import math
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from threading import Lock

from tutorbot.curriculum.finder import Hit, Target, best
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.spelling import simplify

SURE = 0.6  # share of the question that stands in the lesson: from here on we are sure
GUESS = 0.35  # below this we say nothing

_PARTS = 24  # words of a question that are looked at
_RANKED = 20  # hits taken from each index
_SMOOTH = 60  # the usual number of rank fusion: the first is worth little more than the second
_TABLES = """
CREATE VIRTUAL TABLE stems USING fts5(title, asks, summary, headings, language UNINDEXED, tokenize = 'porter');
INSERT INTO stems (stems, rank) VALUES ('rank', 'bm25(6, 5, 2, 1)');
CREATE VIRTUAL TABLE letters USING fts5(text, language UNINDEXED, tokenize = 'trigram');
"""
_BY_STEMS = "SELECT rowid FROM stems WHERE stems MATCH ? AND language IN (?, ?) ORDER BY rank LIMIT ?"
_BY_LETTERS = "SELECT rowid FROM letters WHERE letters MATCH ? AND language IN (?, ?) ORDER BY rank LIMIT ?"
_SAY_NOTHING = """
a about all am an and any are as at be because been but by can cannot cant could did do does doesnt dont for from get
gets getting give go going got had has have he help her here him his how i if im in into is it its ive just know like
look make me mean means my need no not now of off on one or our out please put see she should show so some somebody
someone tell than that the their them then there they thing things this to too up us use want wants was way we what
whats when where which who why will with would you your
"""
_EMPTY = frozenset(_SAY_NOTHING.split())


class FullTextFinder:
    """See `finder.Finder`. The index is made when it is first asked."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._lock = Lock()
        self._index: _Index | None = None

    def find(self, text: str, language: str, limit: int, /) -> Sequence[Hit]:
        """At most `limit` hits, the best first."""
        parts = simplify(text).split()[:_PARTS]
        telling = [part for part in parts if part not in _EMPTY]
        if not telling:
            return ()
        with self._lock:
            if self._index is None:
                self._index = _Index(self._targets)
            found = self._index.ranked(parts, telling, language)
        return best([(self._targets[row], share) for row, share in found if share >= GUESS], limit, SURE)


class _Index:
    """All targets, searchable. One thread at a time."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._database.executescript(_TABLES)
        self._groups: list[frozenset[str]] = []
        for row, target in enumerate(targets):
            self._add(row, target)
        times = Counter(group for groups in self._groups for group in groups)
        self._worth: Mapping[str, float] = {group: math.log(1 + len(targets) / n) for group, n in times.items()}
        self._most = math.log(1 + len(targets))  # what nobody wrote is worth most: it is missed most

    def _add(self, row: int, target: Target) -> None:
        title, asks, summary, headings = target.title, " ".join(target.asks), target.summary, " ".join(target.headings)
        values = (row, title, asks, summary, headings, target.language)
        self._database.execute(
            "INSERT INTO stems (rowid, title, asks, summary, headings, language) VALUES (?, ?, ?, ?, ?, ?)", values
        )
        text = simplify(f"{title} {asks} {summary}")
        self._database.execute(
            "INSERT INTO letters (rowid, text, language) VALUES (?, ?, ?)", (row, text, target.language)
        )
        self._groups.append(_groups(f"{text} {simplify(headings)}".split()))

    def ranked(self, parts: Sequence[str], telling: Sequence[str], language: str) -> Sequence[tuple[int, float]]:
        """The row of each target that may be meant, best first, with the share of the question that stands in it.

        `parts`: the words of the question; `telling`: those of them that say something.
        """
        groups = _groups(telling)
        rows = self._rows(_BY_STEMS, parts, language), self._rows(_BY_LETTERS, _letters(telling), language)
        shares = {row: self._share(groups, row) for row in {*rows[0], *rows[1]}}
        points = dict(shares)
        for found in rows:
            for rank, row in enumerate(found):
                points[row] += _SMOOTH / (_SMOOTH + rank)
        return sorted(shares.items(), key=lambda one: points[one[0]], reverse=True)

    def _rows(self, query: str, terms: Sequence[str], language: str) -> list[int]:
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in terms)
        return [row for (row,) in self._database.execute(query, (match, language, FALLBACK, _RANKED))]

    def _share(self, groups: frozenset[str], row: int) -> float:
        """How much of the question stands in a target; rare groups of letters count for more."""
        there = sum(self._worth[group] for group in groups & self._groups[row])
        return there / sum(self._worth.get(group, self._most) for group in groups)


def _letters(parts: Sequence[str]) -> list[str]:
    """The groups of three letters inside words, as SQLite's index takes them."""
    return sorted({part[start : start + 3] for part in parts for start in range(len(part) - 2)})


def _groups(parts: Sequence[str]) -> frozenset[str]:
    """The same with the ends of each word, which say more."""
    return frozenset(_letters([f" {part} " for part in parts]))
