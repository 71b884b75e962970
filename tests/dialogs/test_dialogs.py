"""Whole conversations, replayed through the engine and the renderer; the files beside this one are what people see.

`pytest tests/dialogs --update` writes them anew after a change of words: read the difference before you commit it.

A line of a dialog:
    you   words            the learner writes
    you   [Label]          the learner presses the button with this label
    Amir  [I'll help]      a helper takes the ticket; also [Give back] and [Close]
    Amir  words            the helper answers
    you   <picture>        the learner sends something that is no text
    you   <too fast>       the learner has written too much in too short a time
Everything else is what the tutor says, and `*` lines are what it wants done.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.sample import CURRICULUM, FACTS
from tutorbot.messages.markup import to_plain
from tutorbot.messages.message import Button, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import safe
from tutorbot.tutor.aside import slow_down
from tutorbot.tutor.engine import advance
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
from tutorbot.tutor.replies import AskedForWord, Effect, ForgetMe, OpenTicket, RaiseAlarm, RateTicket, TellHelper
from tutorbot.tutor.stages import rights
from tutorbot.tutor.state import LearnerState

HERE = Path(__file__).parent
LINE = re.compile(r"^(you|[A-Z][a-z]+)\s+(\S.*)$")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
INDENT = "      "
REMOVED = {"messages": 24, "answers": 1, "lessons": 1, "tickets": 0, "pushed": True}  # as the shell counts it


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_dialog_reads_as_written(path: Path, request: pytest.FixtureRequest) -> None:
    written = path.read_text()
    played = "".join(f"{line}\n" for line in play(written.splitlines()))
    if request.config.getoption("--update", default=False):
        path.write_text(played)
    assert played == path.read_text()


def play(lines: list[str]) -> Iterator[str]:
    """The dialog as it goes now: comments and people's lines as written, our lines as we say them."""
    state, buttons, renderer, now = LearnerState(), (), Renderer(), NOON
    for line in lines:
        if line.startswith("#"):
            yield line
        if not (said := LINE.match(line)):
            continue
        now += timedelta(minutes=1)
        yield line
        if said[2] == "<too fast>":
            turn = slow_down(state, CURRICULUM, now)
        else:
            turn = advance(state, event(said[1], said[2], buttons, state.step), CURRICULUM, now)
        state = turn.state
        if ForgetMe() in turn.effects:
            state, turn = LearnerState(), replace(turn, replies=(rights.goodbye(REMOVED),))
        for reply in turn.replies:
            message = renderer.message(reply, state.language, state.step, FACTS)
            buttons = message.buttons or buttons
            yield from shown(message)
        if turn.notice:
            yield f"{INDENT}({renderer.words(turn.notice)})"
        yield from (line for effect in turn.effects if (line := done(effect, renderer)))


def event(who: str, words: str, buttons: tuple[Button, ...], step: int) -> Event:
    label = words[1:-1] if words.startswith("[") else ""
    if who != "you":
        acts = {"I'll help": HelperJoined(who), "Give back": HelperLeft(who), "Close": TicketClosed(1, who)}
        return acts[label] if label else HelperReplied(who, words)
    if words.startswith("<"):
        return MediaSent(Media(words[1:-1]))
    if not label:
        return safe(TextSent(words))
    found = [button for button in buttons if label in button.label]
    assert found, f"there is no button [{label}] among {[button.label for button in buttons]}"
    return ChoicePicked(found[0].action, step)


def shown(message: Message) -> Iterator[str]:
    text = "\n".join(filter(None, (to_plain(message.text), message.said)))
    first, *rest = text.splitlines()
    yield f"bot   {first}"
    yield from (f"{INDENT}{line}".rstrip() for line in rest)
    if message.picture:
        yield f"{INDENT}<picture: {message.picture.alt}>"
    if message.document:
        yield f"{INDENT}<a copy of all that is kept: {message.document.value}>"
    if message.buttons:
        yield INDENT + " ".join(f"[{button.label}]" for button in message.buttons)


def done(effect: Effect, renderer: Renderer) -> str:
    match effect:
        case OpenTicket(reason=reason, tried=tried, urgent=urgent):
            what = "an urgent ticket" if urgent else "a ticket"
            return f"{INDENT}* {what} is opened: {reason.value}; tried: {', '.join(tried) or 'nothing'}"
        case RaiseAlarm(signs):
            return f"{INDENT}* an alarm is raised: {', '.join(signs)}"
        case TellHelper(text):
            return f"{INDENT}* the helper reads: {renderer.said(text, 'en')}"
        case RateTicket(rating=rating):
            return f"{INDENT}* the help is rated: {rating.value}"
        case AskedForWord(word):
            return f"{INDENT}* counted for authors, without the learner: {word}"
        case ForgetMe():
            return f"{INDENT}* all that is kept about them is removed"
    return ""
