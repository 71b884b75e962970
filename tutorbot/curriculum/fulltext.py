"""The finder that is always there: SQLite's full-text search, in memory. Knows no word but those it was given.

What counts is how much of a question stands in what was found, word by word: the same word, or one that is written
nearly so ("pasport", "renewing"), which counts for less. Rare words count for more, and so does what stands in a title
or in a way to ask. That share says how sure we are; together with the rank that SQLite gives by word stems it says what
comes first. The numbers were chosen on the lessons' own `asks`, each left out in turn, and on small talk that is about
nothing we teach; `benchmarks/FINDING.md` tells how it does on questions that were written before.
"""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from threading import Lock

from tutorbot.curriculum.finder import Hit, Target, best
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.spelling import simplify

SURE = 0.55  # share of the question that stands in the lesson: from here on we are sure
GUESS = 0.28  # below this we say nothing

_PARTS = 24  # words of a question that are looked at
_RANKED = 20  # hits taken from SQLite
_SMOOTH = 60  # the usual number of rank fusion: the first is worth little more than the second
_RANK = 0.5  # what the rank is worth beside the share
_LIKE = 0.5  # share of letter pairs that two words must have in common to be near
_STRICT = 3  # the power that makes a near word worth less than the same one
_ASIDE = 0.6  # what a word in a summary or a heading is worth, beside one in a title or a way to ask
_TABLE = """
CREATE VIRTUAL TABLE stems USING fts5(title, asks, summary, headings, language UNINDEXED, tokenize = 'porter');
INSERT INTO stems (stems, rank) VALUES ('rank', 'bm25(6, 5, 2, 1)');
"""
_ADD = "INSERT INTO stems (rowid, title, asks, summary, headings, language) VALUES (?, ?, ?, ?, ?, ?)"
_BY_STEMS = "SELECT rowid FROM stems WHERE stems MATCH ? AND language IN (?, ?) ORDER BY rank LIMIT ?"
_ENGLISH = """
a about all am an and any are as at be because been but by can cannot cant could did do does doesnt dont for from get
gets getting give go going got had has have he help her here him his how i if im in into is it its ive just know like
look make me mean means my need no not now of off on one or our out please put see she should show so some somebody
someone tell than that the their them then there they thing things this to too up us use want wants was way we what
whats when where which who why will with would you your
"""
_WELSH = """
a ac am ar at beth ble bod bydd byddaf cael chi chwi dach dan dim dod dw dwi dy ei eich ein eisiau eu felly fi fy
fydd gael gan gen gwneud hi hon hwn hyn i iawn lle mae maen maer mewn mi mynd na nad neu ni nid o oes on pam pan pwy
rwyf rwyn rydw rydym sut sy sydd ti un wedi wneud wrth y ydi ydw ydy ydych ym yma yn yna yr yw ywr
"""
_SAY_NOTHING = {"en": frozenset(_ENGLISH.split()), "cy": frozenset(_WELSH.split())}


class FullTextFinder:
    """See `finder.Finder`. The index is made when it is first needed."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._lock = Lock()
        self._index: _Index | None = None

    def find(self, text: str, language: str, limit: int, /) -> Sequence[Hit]:
        """At most `limit` hits, the best first."""
        parts = simplify(text).split()[:_PARTS]
        empty = _SAY_NOTHING[FALLBACK] | _SAY_NOTHING.get(language, frozenset())
        telling = [part for part in parts if part not in empty]
        if not telling:
            return ()
        with self._lock:
            found = self._made().ranked(parts, telling, language)
        return best([(self._targets[row], share) for row, share in found if share >= GUESS], limit, SURE)

    def prepare(self) -> None:
        """Make the index."""
        with self._lock:
            self._made()

    def _made(self) -> "_Index":
        if self._index is None:
            self._index = _Index(self._targets)
        return self._index


class _Index:
    """All targets, searchable. One thread at a time."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._languages = [target.language for target in targets]
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._database.executescript(_TABLE)
        self._rows: dict[str, dict[int, float]] = defaultdict(dict)  # word -> the targets it stands in, and its worth
        for row, target in enumerate(targets):
            self._add(row, target)
        self._pairs = {word: _pairs(word) for word in self._rows}
        self._having: dict[str, set[str]] = defaultdict(set)  # pair of letters -> the words that have it
        for word, pairs in self._pairs.items():
            for pair in pairs:
                self._having[pair].add(word)
        self._rare = {word: math.log(1 + len(targets) / len(rows)) for word, rows in self._rows.items()}
        self._most = math.log(1 + len(targets))  # what nobody wrote is worth most: it is missed most

    def _add(self, row: int, target: Target) -> None:
        title, asks, summary, headings = target.title, " ".join(target.asks), target.summary, " ".join(target.headings)
        self._database.execute(_ADD, (row, title, asks, summary, headings, target.language))
        for text, worth in ((f"{summary} {headings}", _ASIDE), (f"{title} {asks}", 1.0)):
            for word in simplify(text).split():
                self._rows[word][row] = worth

    def ranked(self, parts: Sequence[str], telling: Sequence[str], language: str) -> Sequence[tuple[int, float]]:
        """The row of each target that may be meant, best first, with the share of the question that stands in it.

        `parts`: the words of the question; `telling`: those of them that say something.
        """
        shares = self._shares(telling)
        match = " OR ".join(f'"{part}"' for part in parts)
        ranked = self._database.execute(_BY_STEMS, (match, language, FALLBACK, _RANKED))
        points = {row: share for row, share in shares.items() if self._languages[row] in (language, FALLBACK)}
        for rank, (row,) in enumerate(ranked):
            if row in points:
                points[row] += _RANK * _SMOOTH / (_SMOOTH + rank)
        return [(row, shares[row]) for row in sorted(points, key=lambda row: (-points[row], row))]

    def _shares(self, telling: Sequence[str]) -> Mapping[int, float]:
        """How much of the question stands in each target that has any of it."""
        shares: dict[int, float] = defaultdict(float)
        whole = 0.0
        for part in telling:
            near = self._near(part)
            nearest = max(near, key=lambda word: (near[word], word), default="")
            likeness = near.get(nearest, 0.0)
            rare = likeness * self._rare.get(nearest, 0.0) + (1 - likeness) * self._most
            there: dict[int, float] = {}
            for word, like in near.items():
                for row, worth in self._rows[word].items():
                    there[row] = max(there.get(row, 0.0), like * worth)
            for row, much in there.items():
                shares[row] += rare * much
            whole += rare
        return {row: share / whole for row, share in shares.items()}

    def _near(self, part: str) -> Mapping[str, float]:
        """The words that are written nearly like this one, and how much of it each of them counts for."""
        pairs = _pairs(part)
        common = Counter(word for pair in pairs for word in self._having.get(pair, ()))
        like = {word: 2 * n / (len(pairs) + len(self._pairs[word])) for word, n in common.items()}
        return {word: share**_STRICT for word, share in like.items() if share >= _LIKE}


def _pairs(word: str) -> frozenset[str]:
    """The pairs of letters in a word, with its ends, which say more."""
    whole = f" {word} "
    return frozenset(whole[start : start + 2] for start in range(len(whole) - 1))
