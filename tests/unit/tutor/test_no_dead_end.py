"""Whatever people do, in whatever order, over all real lessons: a kind answer that leads somewhere."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import sample
from tests.sample import CURRICULUM
from tutorbot.curriculum.library import Curriculum
from tutorbot.curriculum.loader import load
from tutorbot.messages.markup import to_telegram
from tutorbot.messages.renderer import Renderer
from tutorbot.tutor import actions, shortcuts
from tutorbot.tutor.engine import STAGES, advance
from tutorbot.tutor.events import (
    Blocked,
    CardShown,
    ChoicePicked,
    Event,
    HelperChanged,
    HelperJoined,
    HelperLeft,
    HelperReplied,
    Left,
    Media,
    MediaSent,
    NobodyAnswered,
    SteppedBack,
    TextSent,
    TicketClosed,
)
from tutorbot.tutor.replies import ForgetMe, TellHelper
from tutorbot.tutor.state import LearnerState, Stage, from_json, to_json
from tutorbot.tutor.turn import Turn

REAL = load(Path(__file__).parents[3] / "lessons").curriculum
RENDERER = Renderer()
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FACTS = {**sample.FACTS, "before": 2, "about": False, "back_day": "3", "back_time": "09:00"}
VERBS = sorted({value for name, value in vars(actions).items() if name.isupper() and isinstance(value, str)})
WORDS = sorted(shortcuts._words("en"))

offered = st.integers(0, 9).map(lambda place: ("press", place))
written = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["a", "B", "1", "2", "a c", "/start", "/start scam-text", "/menu", "/nonsense", "", "  "]),
    st.sampled_from(["what is a browser?", "browser?", "wat is a brouser", "beth yw porwr", "what is a zzz", "words"]),
    st.sampled_from(["my passport ran out", "somebody sent me a strange message", "renew", "when is the next bus"]),
    st.sampled_from(
        ["/start group-leeds", "a", "B", "1", "2", "a c", "/start", "/start scam-text", "/menu", "/nonsense", "", "  "]
    ),
    st.text(max_size=30),
    st.just("x" * 5_000),
).map(lambda text: ("write", text))
forged = st.tuples(st.sampled_from(VERBS), st.text(max_size=12), st.integers(-1, 40)).map(lambda one: ("forge", one))
helped = st.sampled_from(
    [
        HelperJoined("Amir"),
        HelperReplied("Amir", "Hello"),
        *(HelperLeft("Amir", why) for why in Left),
        HelperChanged("Amir", "Dana"),
        NobodyAnswered(),
        NobodyAnswered("Amir", told=False),
        CardShown("Amir"),
        SteppedBack("Amir", 3),
        *(TicketClosed(3, "Amir", outcome) for outcome in ("solved", "no_answer")),
        Blocked(),
        Blocked(yes=False),
    ]
).map(lambda event: ("helper", event))
media = st.builds(MediaSent, st.sampled_from(list(Media)), st.booleans()).map(lambda event: ("helper", event))
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
    return what


def check(turn: Turn, happened: Event) -> None:
    messages = [RENDERER.message(reply, "en", turn.state.step, FACTS) for reply in turn.replies]
    passed_on = turn.state.stage is Stage.HELPED and any(isinstance(effect, TellHelper) for effect in turn.effects)
    not_theirs = isinstance(happened, HelperLeft | CardShown | SteppedBack)  # nothing they would notice
    forgotten = ForgetMe() in turn.effects  # the shell says goodbye, when it is done
    quiet = passed_on or not_theirs or forgotten
    assert messages or turn.notice or quiet, f"{happened} was met with silence"
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
