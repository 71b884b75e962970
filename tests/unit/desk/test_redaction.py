"""What is hidden in people's words, and that it stays hidden. The figures are held in test_protection."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.desk import redaction_messages
from tutorbot.desk import secret_rules
from tutorbot.desk.redaction import Kind, redact
from tutorbot.tutor.marks import cut, kinds_in, unmarked

CARD = "4111111111111111"
MANY = 100_000  # letters of a hostile text


def spaced(by: str) -> Callable[[str], str]:
    return lambda number: by.join(number[start : start + 4] for start in range(0, len(number), 4))


def in_digits_from(zero: str) -> Callable[[str], str]:
    return lambda number: "".join(chr(ord(zero) + int(digit)) for digit in number)


@pytest.mark.parametrize(
    "disguise",
    [
        spaced(" "),
        spaced("-"),
        spaced(" - "),
        spaced("."),
        spaced("\n"),
        spaced("\u00a0"),
        spaced("\u2013"),
        spaced("\u200b"),
        " ".join,
        "\u200d".join,
        "\u0336".join,
        in_digits_from("\uff10"),
        in_digits_from("\u0660"),
        in_digits_from("\u0966"),
        in_digits_from("\U0001d7ce"),
    ],
)
def test_a_disguised_card_number_is_hidden(disguise: Callable[[str], str]) -> None:
    found = redact(f"It is {disguise(CARD)} ok")
    assert found.kinds == (Kind.CARD,)
    assert found.text == "It is ⟦card⟧ ok"


def test_what_is_not_hidden_stays_as_it_was_written() -> None:
    assert redact("Ｈéllo ﬁ, my PIN is ４８２１. Thänks 👍🏽").text == "Ｈéllo ﬁ, my PIN is ⟦pin⟧. Thänks 👍🏽"


def test_each_kind_is_told_once_in_the_order_of_the_text() -> None:
    kinds = redact("my pin is 4821, ring 07700 900123, or 07700 900456").kinds
    assert set(kinds) == {Kind.PIN, Kind.PHONE}
    assert len(kinds) == 2


@pytest.mark.parametrize(
    "line",
    ["999", "112", "111", "101", "105", "159", "7726", "85258", "0800 1111", "116 123", "116123", "0808 2000 247"],
)
def test_help_lines_are_never_hidden(line: str) -> None:
    text = f"do i ring {line} now"
    assert redact(text).text == text


@pytest.mark.parametrize("number", ["9434765919", "943 476 5919"])
def test_an_nhs_number_is_named_only_where_the_words_say_so(number: str) -> None:
    assert redact(f"my nhs number is {number}").kinds == (Kind.NHS,)
    assert redact(f"it says {number}").kinds == (Kind.NUMBER,)


def test_a_number_with_a_wrong_check_digit_is_hidden_all_the_same() -> None:
    assert redact("my card is 4111 1111 1111 1112").kinds == (Kind.NUMBER,)


@pytest.mark.parametrize("name", ["passport_533401372.jpg", "IMG-07700900123.png", "card 4111-1111-1111-1111.pdf"])
def test_names_of_files_are_looked_through(name: str) -> None:
    hidden = redact(name)
    assert hidden.kinds
    assert not any(map(str.isdigit, hidden.text))


ROWS = [
    sample.text
    for name in ("TUNING_SECRET", "TUNING_HARMLESS", "HELD_OUT_SECRET", "HELD_OUT_HARMLESS")
    for sample in redaction_messages.samples(getattr(redaction_messages, name))
]
PIECES = [
    " ",
    "-",
    ".",
    "\n",
    "/",
    "\u200b",
    "is ",
    "my ",
    "code ",
    "pin ",
    "password ",
    "@",
    "a",
    "⟦",
    "⟦card⟧",
    "4",
    "41",
]
pieces = st.lists(st.sampled_from([*PIECES, *ROWS]), max_size=12).map("".join)


@given(st.one_of(st.text(), pieces, st.text(alphabet="0123456789 -./+()@a⟦⟧\n", max_size=80)))
@example("\ud800 4111 1111 1111 1111 \x00")
@settings(max_examples=600, deadline=None)
def test_what_was_hidden_is_not_hidden_again(text: str) -> None:
    once = redact(text)
    assert redact(once.text).text == once.text


@given(pieces)
@settings(max_examples=200, deadline=None)
def test_what_is_left_stands_in_the_text_as_it_was(text: str) -> None:
    place = 0
    for piece in re.split("⟦[a-z]+⟧", redact(text).text):
        place = text.index(piece, place) + len(piece)


HOSTILE = [
    *(
        "1",
        "1 ",
        "1\n",
        "1\u200b",
        "1 2 3 4 5 6 7 8 9 ",
        "2020 ",
        "12/03/1961 ",
        "a@",
        "a@b.",
        "@",
        "+1",
        "\ud800",
        "ﷺ",
    ),
    *("⟦card⟧", "pin is my the a ", "code: a1b2c3 ", "password is ", "gb29 nwbk ", "ab 12 34 5 ", "a at b dot "),
]


class Counting:
    """A pattern that counts how often it is asked to search on."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.count, self.groupindex = pattern, 0, pattern.groupindex

    def search(self, *args: object) -> object:
        self.count += 1
        return self.pattern.search(*args)


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_a_hostile_text_is_searched_no_more_often_than_it_has_letters(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = cache(lambda pattern: Counting(re.compile(pattern)))
    monkeypatch.setattr(secret_rules, "_compiled", counting)
    redact((piece * MANY)[:MANY])
    assert max(counting(rule.pattern).count for rule in secret_rules.RULES) <= 4 * MANY


def test_a_text_is_never_cut_within_a_mark() -> None:
    assert cut("my ⟦card⟧ no", 6) == "my "
    assert cut("my ⟦card⟧ no", 9) == "my ⟦card⟧"
    assert cut("my ⟦ no", 5) == "my ⟦ "


def test_marks_can_be_counted_and_taken_out() -> None:
    assert kinds_in("⟦card⟧ and ⟦pin⟧ and ⟦card⟧") == ("card", "pin")
    assert unmarked("Ann ⟦phone⟧").split() == ["Ann"]
