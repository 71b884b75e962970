"""Finding by asking: what is found for a learner's own words, how surely, and from many threads at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.curriculum.samples import write_library
from tutorbot.curriculum import smart
from tutorbot.curriculum.finder import NOTHING, Finder, Hit, Kind, Target, best, targets
from tutorbot.curriculum.fulltext import FullTextFinder
from tutorbot.curriculum.library import Curriculum
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.smart import Model, SmartFinder

REAL = load(Path(__file__).parents[3] / "lessons").curriculum
PASSPORT = Target(
    Kind.LESSON,
    "passport",
    "en",
    "Renew a passport online",
    "How to pay the right price.",
    ("pasport ran out",),
    ("Fees",),
)
EMAIL = Target(Kind.LESSON, "email", "en", "Read and answer an email", "What an email is.", ("strange email",))
WELSH = Target(Kind.LESSON, "passport", "cy", "Adnewyddu pasbort ar-lein", "Sut i dalu.", ("pasbort newydd",))
BROWSER = Target(Kind.WORD, "browser", "en", "browser", "The app you use to look at websites.", ("web browser",))
TAB = Target(Kind.WORD, "tab", "en", "tab", "A page that is open in your browser.")
SAMPLE = (PASSPORT, EMAIL, WELSH, BROWSER, TAB)
FULL = FullTextFinder(SAMPLE)


def prepared(finder: Finder) -> Finder:
    finder.prepare()
    return finder


def names(hits: Sequence[Hit]) -> list[str]:
    return [hit.id for hit in hits]


# Full text


@pytest.mark.parametrize(
    "text",
    ["renew passport", "how do I renew my passport?", "RENEWING my passports", "pasport renwal", "passpord!", "fees"],
)
def test_a_lesson_is_found_by_words_their_stems_and_misspelt_ones(text: str) -> None:
    assert names(FULL.find(text, "en", 3))[:1] == ["passport"]


@pytest.mark.parametrize("text", ["", "  ", "?!", "how do i do this", "x", "the weather in rome", "\ud83d", '"', "_"])
def test_nothing_is_found_where_nothing_fits(text: str) -> None:
    assert list(FULL.find(text, "en", 3)) == []


def test_who_asks_for_little_of_what_is_there_gets_a_guess() -> None:
    assert [hit.sure for hit in FULL.find("renew passport", "en", 1)] == [True]
    assert [hit.sure for hit in FULL.find("passport abroad", "en", 1)] == [False]


def test_the_other_language_is_left_alone() -> None:
    assert FULL.find("pasbort newydd", "en", 3) == []
    assert names(FULL.find("pasbort newydd", "cy", 3)) == ["passport"]
    assert names(FULL.find("strange email", "cy", 3)) == ["email"]


def test_words_that_say_nothing_are_known_in_the_language_of_the_question() -> None:
    assert names(FULL.find("beth yw sut i", "cy", 3)) == []
    assert names(FULL.find("sut i dalu", "cy", 3)) == ["passport"]


def test_one_word_at_most_is_among_the_hits() -> None:
    assert names(FULL.find("browser", "en", 3)) == ["browser"]


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_text_can_be_asked(text: str) -> None:
    assert len(FULL.find(text, "en", 3)) <= 3


# What both share


def test_the_best_are_each_lesson_once_and_no_more_than_asked_for() -> None:
    found = [(PASSPORT, 0.9), (WELSH, 0.8), (BROWSER, 0.7), (TAB, 0.6), (EMAIL, 0.5)]
    assert best(found, 3, 0.8) == [
        Hit(Kind.LESSON, "passport", 0.9, sure=True),
        Hit(Kind.WORD, "browser", 0.7, sure=False),
        Hit(Kind.LESSON, "email", 0.5, sure=False),
    ]
    assert names(best(found, 1, 0.8)) == ["passport"]


@pytest.mark.parametrize("make", [FullTextFinder, lambda every: SmartFinder(every, lambda: Model(letters))])
def test_many_threads_may_ask_at_once(make: Callable[[Sequence[Target]], Finder]) -> None:
    asked = ["renew my passport", "strange email", "web browser", "pasport"] * 25
    expected = [prepared(make(SAMPLE)).find(text, "en", 3) for text in asked[:4]] * 25
    finder = prepared(make(SAMPLE))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: finder.find(text, "en", 3), asked)) == expected


def test_a_curriculum_made_by_hand_finds_nothing() -> None:
    assert Curriculum().finder is NOTHING
    assert prepared(NOTHING).find("passport", "en", 3) == ()


def test_lessons_and_words_that_are_loaded_can_be_found(tmp_path: Path) -> None:
    folder = write_library(tmp_path)
    (folder / "words.md").write_text("## browser\nThe app you use to look at websites.\n")
    finder = load(folder).curriculum.finder
    assert names(finder.find("a fake email", "en", 3)) == ["fake-email"]
    assert names(finder.find("browsr", "en", 3)) == ["browser"]


def test_every_lesson_is_found_by_its_own_title() -> None:
    finder = FullTextFinder(targets(REAL.lessons.values(), REAL.words.values()))
    lost = [
        lesson.title
        for lesson in REAL.lessons.values()
        if lesson.id not in names(finder.find(lesson.title, lesson.language, 3))
    ]
    assert lost == []


# By meaning


class Vector(tuple[float, ...]):
    """As much of an array as the finder needs."""

    def __matmul__(self, other: "Vector") -> float:
        return sum(a * b for a, b in zip(self, other, strict=True))


READ: list[str] = []


def letters(texts: list[str]) -> list[Vector]:
    """A model that takes texts with the same letters for the same."""
    READ.extend(texts)
    counts = [[text.casefold().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
    return [Vector(n / (sum(m * m for m in row) ** 0.5 or 1) for n in row) for row in counts]


def test_what_means_the_same_is_found() -> None:
    finder = prepared(SmartFinder(SAMPLE, lambda: Model(letters)))
    assert names(finder.find("leaima egntrs", "en", 1)) == ["email"]
    assert finder.find("zzzz", "en", 3) == []
    assert finder.find(" ", "en", 3) == ()


def test_a_reload_reads_only_what_is_new() -> None:
    model = Model(letters)
    SmartFinder(SAMPLE, lambda: model).prepare()
    READ.clear()
    SmartFinder((*SAMPLE, Target(Kind.LESSON, "new", "en", "New", "News.")), lambda: model).prepare()
    assert READ == ["New", "News.", "New. News."]


def test_until_the_model_is_there_words_are_compared() -> None:
    finder = SmartFinder(SAMPLE, lambda: Model(letters))
    assert finder.find("renew passport", "en", 3) == FULL.find("renew passport", "en", 3)
    assert finder.find("leaima egntrs", "en", 1) == []


@pytest.mark.skipif(not smart.installed(), reason="the extra `smart` is not installed")
def test_a_question_in_another_language_finds_the_lesson() -> None:
    finder = prepared(SmartFinder(targets(REAL.lessons.values(), ())))
    assert "passport" in names(finder.find("jak przedłużyć paszport", "en", 3))
