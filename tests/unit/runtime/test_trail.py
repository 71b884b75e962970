"""The word that joins the lines about one turn."""

import re

from tutorbot.runtime.trail import following, trail


def test_what_is_inside_belongs_to_the_first_that_was_named() -> None:
    with following("telegram:1"):
        outer = trail()
        with following("telegram:1:caption"):
            assert trail() == outer
    assert trail() == ""


def test_word_tells_nothing_of_the_key_and_any_key_has_one() -> None:
    with following("web:someone\ud83d:nonce"):
        assert re.fullmatch("[0-9a-f]{8}", trail())
