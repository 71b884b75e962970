"""Whatever people do, in whatever order, over all real lessons: a kind answer that leads somewhere."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sample import CURRICULUM
from tutorbot.curriculum.library import Curriculum
from tutorbot.curriculum.loader import load
from tutorbot.messages.markup import to_telegram
from tutorbot.messages.renderer import Renderer
from tutorbot.tutor import actions, shortcuts
from tutorbot.tutor.engine import STAGES, advance
from tutorbot.tutor.events import (
    ChoicePicked,
    Event,
    HelperJoined,
    HelperLeft,
    HelperReplied,
    Media,
    MediaSent,
    TextSent,
    TicketClosed,
)
from tutorbot.tutor.replies import TellHelper
from tutorbot.tutor.state import LearnerState, Stage, from_json, to_json
from tutorbot.tutor.turn import Turn

REAL = load(Path(__file__).parents[3] / "lessons").curriculum
RENDERER = Renderer()
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FACTS = {"before": 2, "about": False}
VERBS = sorted({value for name, value in vars(actions).items() if name.isupper() and isinstance(value, str)})
WORDS = sorted(shortcuts._words("en"))

offered = st.integers(0, 9).map(lambda place: ("press", place))
written = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["a", "B", "1", "2", "a c", "/start", "/start scam-text", "/menu", "/nonsense", "", "  "]),
    st.sampled_from(["what is a browser?", "browser?", "wat is a brouser", "beth yw porwr", "what is a zzz", "words"]),
    st.sampled_from(["my passport ran out", "somebody sent me a strange message", "renew", "when is the next bus"]),
    st.text(max_size=30),
    st.just("x" * 5_000),
).map(lambda text: ("write", text))
forged = st.tuples(st.sampled_from(VERBS), st.text(max_size=12), st.integers(-1, 40)).map(lambda one: ("forge", one))
helped = st.sampled_from(
    [HelperJoined("Amir"), HelperReplied("Amir", "Hello"), HelperLeft("Amir"), TicketClosed(3, "Amir")]
).map(lambda event: ("helper", event))
media = st.sampled_from(list(Media)).map(lambda kind: ("media", kind))
acts = st.lists(st.one_of(offered, offered, offered, written, forged, helped, media), max_size=60)


def event(act: tuple[str, object], state: LearnerState) -> Event:
    kind, what = act
    match kind:
        case "press":
            action = state.offered[what % len(state.offered)] if state.offered else actions.MENU
            return ChoicePicked(action, state.step)
        case "write":
            return TextSent(what)
        case "forge":
            verb, argument, step = what
            return ChoicePicked(actions.join(verb, argument) if argument else verb, step)
        case "media":
            return MediaSent(what)
    return what


def check(turn: Turn, happened: Event) -> None:
    messages = [RENDERER.message(reply, "en", turn.state.step, FACTS) for reply in turn.replies]
    silent = turn.state.stage is Stage.HELPED and any(isinstance(effect, TellHelper) for effect in turn.effects)
    assert messages or turn.notice or silent, f"{happened} was met with silence"
    if messages:
        assert messages[-1].buttons or isinstance(happened, HelperReplied), f"{happened} led to a dead end"
    for message in messages:
        assert 0 < len(to_telegram(message.text)[0]) + len(message.said) <= 4096
        assert all(0 < len(f"{message.step}.{one.action}".encode()) <= 64 for one in message.buttons)
        assert all(0 < len(one.label) <= 60 for one in message.buttons)


def walk(curriculum: Curriculum, happenings: list[tuple[str, object]]) -> None:
    state, now = LearnerState(), NOON
    for act in happenings:
        now += timedelta(hours=1)
        happened = event(act, state)
        turn = advance(state, happened, curriculum, now)
        check(turn, happened)
        state = turn.state
        assert from_json(to_json(state)) == state
        assert state.stage in STAGES or state.stage is Stage.NEW


@given(acts)
@settings(max_examples=300, deadline=None)
def test_any_walk_over_the_sample_lessons_leads_somewhere(happenings: list[tuple[str, object]]) -> None:
    walk(CURRICULUM, happenings)


@given(acts)
@settings(max_examples=300, deadline=None)
def test_any_walk_over_the_real_lessons_leads_somewhere(happenings: list[tuple[str, object]]) -> None:
    walk(REAL, happenings)


@given(acts, acts)
@settings(max_examples=100, deadline=None)
def test_lessons_may_change_under_a_learner(before: list[tuple[str, object]], after: list[tuple[str, object]]) -> None:
    state, now = LearnerState(), NOON
    for curriculum, happenings in ((REAL, before), (Curriculum(), after), (CURRICULUM, after), (REAL, before)):
        for act in happenings:
            happened = event(act, state)
            turn = advance(state, happened, curriculum, now)
            check(turn, happened)
            state = turn.state
