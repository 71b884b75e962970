"""Lists of words: how they are found, and that our own lists are in order."""

import pytest

from tutorbot.workshop.wordlists import WordList, blame, jargon, names, read_names, swaps

LIST = WordList.of({"claim": "ask", "PIN": "number", "in order to": "to", "e.g.": "for example", "notify": "tell"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Claim it. She claims, claimed, is claiming.", ["Claim", "claims", "claimed", "claiming"]),
        ("A disclaimer, a proclaim.", []),
        ("In  order\nto win", ["In  order\nto"]),
        ("Your PIN. A pin. PINs.", ["PIN", "PINs"]),
        ("Fruit, e.g. apples", ["e.g"]),
        ("They notified him and notifies.", ["notified", "notifies"]),
        ("claim-form", []),
    ],
)
def test_words_are_found_in_their_forms(text: str, found: list[str]) -> None:
    assert [one.word for one in LIST.found_in(text)] == found
    assert all(text[one.start :].startswith(one.word) for one in LIST.found_in(text))


def test_word_inside_a_longer_one_is_not_told_again() -> None:
    words = WordList.of({"browser": "app", "web browser": "app for pages"})
    assert [one.term for one in words.found_in("A web browser, a browser.")] == ["web browser", "browser"]


def test_names_are_read_without_notes() -> None:
    assert read_names("# People\nAnn\n\n  Wi-Fi \n") == {"Ann", "Wi-Fi"}


@pytest.mark.parametrize("words", [jargon(), swaps(), blame()])
def test_our_lists_hold_words_and_never_advise_another_of_them(words: WordList) -> None:
    assert len(words.say) > 20
    for term, say in words.say.items():
        assert term == term.strip()
        assert not [found.word for found in words.found_in(say) if found.term == term]


def test_our_advice_needs_no_advice() -> None:
    said = [say for words in (jargon(), swaps(), blame()) for say in words.say.values()]
    assert [found.word for say in said for found in (*swaps().found_in(say), *blame().found_in(say))] == []


def test_short_names_are_known() -> None:
    assert {"HMRC", "Wi-Fi", "URL"} <= names()
