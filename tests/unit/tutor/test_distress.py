"""What is heard of despair and danger. The figures are held in tests/unit/desk/test_protection.py."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.tutor import distress_messages
from tutorbot.tutor.distress import TABLES, Sign, recent, signs

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = sorted({word for row in distress_messages.TUNING.splitlines() for word in row.split()})


@pytest.mark.parametrize(
    "text",
    [
        "I want to DIE!!!",
        "i w\u200bant to die",
        "ｉ want to die",
        "I want to... die",
        "i want to die. my husband left",
        "sorry but i want to die ok?",
    ],
)
def test_case_signs_and_what_nobody_sees_hide_nothing(text: str) -> None:
    assert signs(text) == (Sign.DESPAIR,)


@pytest.mark.parametrize("text", ["suicidle", "suiside", "i am sucidal", "overdoze"])
def test_hard_words_are_heard_in_spellings_near_them(text: str) -> None:
    assert signs(f"thinking of {text}") == (Sign.DESPAIR,) or signs(f"i took an {text}") == (Sign.DESPAIR,)


def test_both_are_told_where_both_are_heard() -> None:
    assert signs("he hits me and i want to die") == (Sign.DESPAIR, Sign.DANGER)


@pytest.mark.parametrize("text", ["help me im being scammed", "a man rang and I told them the code", "SCAMMED!"])
def test_being_scammed_is_heard_among_other_words(text: str) -> None:
    assert signs(text) == (Sign.SCAMMED,)


@pytest.mark.parametrize("language", TABLES)
def test_every_language_has_words_for_every_sign(language: str) -> None:
    assert set(TABLES[language]) == set(Sign)


def test_a_sign_is_recent_for_a_day() -> None:
    alarmed = {Sign.DANGER.value: NOON}
    assert recent(alarmed, NOON + timedelta(hours=23)) == {"danger"}
    assert recent(alarmed, NOON + timedelta(hours=25)) == frozenset()


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_every_text_is_heard_without_a_fault(text: str) -> None:
    assert set(signs(text)) <= set(Sign)


@pytest.mark.parametrize(
    "piece", ["he ", "he said ", "suicidx ", "naked ", "im 12 ", "work it off ", "a", "\ud800", "i am was "]
)
def test_a_hostile_text_is_heard_to_its_end(piece: str) -> None:
    assert Sign.DESPAIR in signs((piece * 100_000)[:100_000] + " i want to die")
