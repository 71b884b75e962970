"""How people ask what a word means."""

import pytest

from tutorbot.tutor.questions import alone_in, word_in


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("what is a browser?", "browser"),
        ("What's a browser, please", "browser"),
        ("wat is a brouser", "brouser"),
        ("what does browser mean", "browser"),
        ("meaning of URL", "url"),
        ("whats the meaning of the word URL?", "url"),
        ("do you know what a router is?", "router"),
        ("i dont know what Wi-Fi means", "wi fi"),
        ("what are cookies", "cookies"),
        ("please explain QR code", "qr code"),
        ("what do you mean by tab", "tab"),
    ],
)
def test_the_word_that_is_asked_for_is_found(text: str, word: str) -> None:
    assert word_in(text, "en") == word


@pytest.mark.parametrize(
    "text", ["", "?", "browser", "what is it?", "what", "somewhat is a browser", "i want a browser", "what is " * 20]
)
def test_other_texts_ask_for_no_word(text: str) -> None:
    assert word_in(text, "en") == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Beth yw porwr?", "porwr"),
        ("beth yw'r cwmwl", "cwmwl"),
        ("beth mae porwr yn ei feddwl", "porwr"),
        ("beth yw ystyr y gair porwr", "porwr"),
        ("what is a browser", "browser"),
    ],
)
def test_in_welsh_both_languages_are_understood(text: str, word: str) -> None:
    assert word_in(text, "cy") == word


def test_a_word_alone_needs_a_question_mark() -> None:
    assert [alone_in(text) for text in ("Browser? ", "browser", "a browser?!")] == ["browser", "", ""]
