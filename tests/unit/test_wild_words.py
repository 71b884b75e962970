"""Whatever people write, as a name, an answer or a message, is shown letter by letter or cleaned; nothing is lost."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.sample import FACTS
from tests.unit.tutor.walker import Walker, at_card
from tutorbot.messages.markup import clean, to_html, to_plain, to_telegram
from tutorbot.messages.message import Message, from_json, to_json
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import safe
from tutorbot.tutor import state as states
from tutorbot.tutor.events import HelperJoined, HelperReplied, TextSent
from tutorbot.tutor.marks import cut
from tutorbot.tutor.replies import TellHelper
from tutorbot.tutor.shortcuts import command
from tutorbot.tutor.stages.passing import TEXT_LIMIT
from tutorbot.tutor.turn import Turn

WILD = [
    "<3",
    "</a>",
    "<script>alert(1)</script>",
    "_*[`~|",
    "'; DROP TABLE learners; --",
    "{{7*7}}",
    "{% raw %}",
    "%(name)s",
    "${x}",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "\u200b\u200d\ufeff",
    "\ud800",
    "a\udfffb",
    "\x00",
    "A\x00nn",
    "a" * 100_000,
    "🙋🏽" * 3_000,
    "e" + "\u0301" * 5_000,
    "ﷺ" * 2_000,
    "１２３４",
    "⟦card⟧",
    "⟦⟦⟧",
    "\n\n\n",
    "Ⅷ ½ ①",
    "عبد الله",
    "/start " + "x" * 500,
    "/\u0000",
]
RENDERER = Renderer()
wild = st.one_of(
    st.sampled_from(WILD), st.text(max_size=60), st.text(alphabet="<>&{}%[]()_*`~|\\'\"\u202e\u200b⟦⟧ 1a", max_size=60)
)


def shown(turn: Turn) -> str:
    """All of a turn in every dress; its plain text."""
    messages = [
        RENDERER.message(reply, language, turn.state.step, FACTS) for reply in turn.replies for language in ("cy", "en")
    ]
    for message in messages:
        to_telegram(message.text)
        to_html(message.text)
        assert from_json(to_json(message)) == message
    assert states.from_json(states.to_json(turn.state)) == turn.state
    return "\n".join(to_plain(message.text) for message in messages)


@given(wild)
@settings(max_examples=60, deadline=None)
def test_a_wild_name_is_shown_letter_by_letter(name: str) -> None:
    ann = Walker()
    ann.says("hi")
    page = shown(ann.on(safe(TextSent(name))))
    assert RENDERER.said(ann.state.name, "en") in page
    assert clean(ann.state.name) == ann.state.name


def test_a_name_is_no_template() -> None:
    ann = Walker()
    ann.says("hi")
    assert "Hello {{7*7}}a." in shown(ann.on(safe(TextSent("{{7*7}}a"))))


@given(st.integers(1, 5), st.lists(wild, max_size=4))
@settings(max_examples=40, deadline=None)
def test_wild_words_in_a_lesson_lead_somewhere(card: int, texts: list[str]) -> None:
    ann = at_card(card)
    for text in texts:
        turn = ann.on(safe(TextSent(text)))
        assert shown(turn)
        assert turn.replies[-1].choices


@given(wild)
@settings(max_examples=60, deadline=None)
def test_a_helper_reads_all_of_wild_words_but_for_what_is_hidden(text: str) -> None:
    ann = at_card(1)
    ann.presses("person", "yes")
    ann.on(HelperJoined("Amir"))
    ann.state = replace(ann.state, warned=True)
    event = safe(TextSent(text))
    assume(not command(event.text))
    turn = ann.on(event)
    shown(turn)
    told = [effect.text for effect in turn.effects if isinstance(effect, TellHelper)]
    assert told == ([cut(event.kept, TEXT_LIMIT)] if event.kept else [])
    assert told or turn.replies[-1].template == "empty"


@given(wild, wild)
@settings(max_examples=40, deadline=None)
def test_wild_words_of_a_helper_are_shown_letter_by_letter(name: str, text: str) -> None:
    ann = at_card(1)
    ann.presses("person", "yes")
    said = clean(text)
    page = shown(ann.on(HelperJoined(clean(name))))
    assert "⟦" in name or " ".join(clean(name).split()) in page  # our mark for what was hidden reads as words
    turn = ann.on(HelperReplied(clean(name), said))
    assert turn.replies[-1].said == said
    shown(turn)


@pytest.mark.parametrize("text", ["my ⟦card⟧", "⟦nonsense⟧ ⟦card"])
def test_a_mark_that_somebody_writes_harms_nobody(text: str) -> None:
    message = Message(said=RENDERER.said(text, "en"))
    assert "⟦card⟧" not in message.said
