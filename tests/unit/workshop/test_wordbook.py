"""What authors are told of words: those on cards, those on none, and those they lack."""

import json
from datetime import date

from tests.sample import CURRICULUM
from tutorbot.curriculum.library import Curriculum
from tutorbot.workshop.wordbook import Wanted, as_json, as_lines, still_wanted, used, wanted_as_lines

ROUTER = Wanted("en", "router", 7, date(2026, 3, 2))


def test_words_are_told_with_their_cards_and_the_others_at_the_end() -> None:
    assert list(as_lines(used(CURRICULUM))) == [
        "    2  en  email",
        "    2  en  fake",
        "    2  en  sender",
        "\nOn no card, or explained where they stand (en): browser",
    ]


def test_without_a_list_there_is_nothing_to_tell() -> None:
    assert list(as_lines(used(Curriculum()))) == []


def test_a_word_that_is_on_the_list_meanwhile_is_not_wanted_any_more() -> None:
    assert still_wanted([Wanted("en", "web browser", 2, ROUTER.last), ROUTER], CURRICULUM) == [ROUTER]


def test_wanted_words_are_told_in_lines_and_for_programs() -> None:
    assert list(wanted_as_lines([ROUTER])) == ["    7  2026-03-02  en  router"]
    assert json.loads(as_json([ROUTER])) == [{"language": "en", "word": "router", "times": 7, "last": "2026-03-02"}]
