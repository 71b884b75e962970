"""Despair and danger are answered at once, in every stage, and the desk is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.unit.tutor.walker import Walker, actions_of, at_card
from tutorbot.tutor.events import HelperJoined, TextSent, TicketClosed
from tutorbot.tutor.replies import OpenTicket, RaiseAlarm, TellHelper
from tutorbot.tutor.state import Stage

DESPAIR, DANGER = "i want to die", "my husband hits me"


def met(*texts: str) -> Callable[[], Walker]:
    def walk() -> Walker:
        ann = Walker()
        for text in texts:
            ann.says(text)
        return ann

    return walk


def offered() -> Walker:
    ann = at_card(2)
    ann.presses("person")
    return ann


def rating() -> Walker:
    ann = at_card(2)
    ann.presses("person", "yes")
    ann.on(TicketClosed(7, "Amir"))
    return ann


def waiting() -> Walker:
    ann = at_card(2)
    ann.presses("person", "yes")
    ann.effects.clear()
    return ann


def helped() -> Walker:
    ann = waiting()
    ann.on(HelperJoined("Amir"))
    return ann


def finished() -> Walker:
    ann = at_card(5)
    ann.presses("did", "next")
    return ann


ALONE = [
    met(),
    met("hi"),
    met("hi", "Ann"),
    lambda: at_card(1),
    lambda: at_card(2),
    lambda: at_card(3),
    lambda: at_card(4),
    lambda: at_card(5),
    offered,
    rating,
    finished,
]


@pytest.mark.parametrize("begin", ALONE)
@pytest.mark.parametrize(
    ("text", "sign"), [(DESPAIR, "despair"), (DANGER, "danger"), (f"hello. {DANGER} no", "danger")]
)
def test_who_is_alone_is_told_whom_to_ring_and_offered_a_person(
    begin: Callable[[], Walker], text: str, sign: str
) -> None:
    ann = begin()
    reply = ann.says(text)
    assert (reply.template, reply.values["note"], reply.values["signs"]) == ("offer", "distress", sign)
    assert "yes" in actions_of(reply)
    ann.presses("yes")
    assert [ticket.urgent for ticket in ann.done(OpenTicket)][-1]


def test_who_waits_is_told_and_the_desk_hears_it() -> None:
    ann = waiting()
    assert ann.says(DESPAIR).values["note"] == "distress"
    assert ann.effects == [TellHelper(DESPAIR), RaiseAlarm(("despair",))]


def test_who_waits_on_a_card_is_heard_there_too() -> None:
    ann = waiting()
    ann.presses("carry")
    ann.says(DESPAIR)
    assert ann.effects == [TellHelper(DESPAIR), RaiseAlarm(("despair",))]


def test_with_a_helper_we_are_not_silent_and_the_helper_hears_it() -> None:
    ann = helped()
    reply = ann.says(DANGER)
    assert (reply.template, reply.values["signs"]) == ("distress", "danger")
    assert ann.effects == [TellHelper(DANGER), RaiseAlarm(("danger",))]
    assert ann.state.stage is Stage.HELPED


def test_with_a_helper_the_same_is_not_said_again_and_again() -> None:
    ann = helped()
    ann.says(DANGER)
    assert ann.on(TextSent("he hit me today")).replies == ()
    assert ann.says(DESPAIR).template == "distress"
    ann.now += timedelta(hours=1)
    assert ann.says(DANGER).template == "distress"


def test_what_cannot_wait_is_sent_at_once_without_what_is_hidden() -> None:
    ann = helped()
    ann.says(f"{DESPAIR}. my number is 07700 900123")
    assert ann.done(TellHelper) == [TellHelper(f"{DESPAIR}. my number is ⟦phone⟧")]
    assert ann.state.pending == ""


def test_it_is_heard_before_a_changed_lesson_is_shown() -> None:
    ann = at_card(2)
    ann.curriculum = type(ann.curriculum)()
    assert ann.says(DESPAIR).values["note"] == "distress"


def test_nobody_is_welcomed_back_before_it_is_heard() -> None:
    ann = at_card(2)
    ann.now += timedelta(days=3)
    assert [reply.template for reply in ann.on(TextSent(DESPAIR)).replies] == ["offer"]


def test_a_question_the_next_day_is_not_urgent_any_more() -> None:
    ann = at_card(2)
    ann.says(DESPAIR)
    ann.presses("notnow")
    ann.now += timedelta(days=2)
    ann.presses("person", "yes")
    assert not ann.done(OpenTicket)[0].urgent


def test_being_scammed_raises_no_alarm() -> None:
    ann = waiting()
    assert ann.says("i told them the code").values["note"] == "scammed"
    assert ann.done(RaiseAlarm) == []


def test_with_a_helper_we_leave_a_scam_to_them() -> None:
    ann = helped()
    assert ann.on(TextSent("i told them the code")).replies == ()
    assert ann.done(TellHelper) == [TellHelper("i told them the code")]
