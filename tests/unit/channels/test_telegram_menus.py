"""What a helper may choose, as the buttons that stand below a message."""

from collections.abc import Sequence

import pytest

from tests.integration.telegram.stubs import ticket
from tutorbot.channels.telegram import menus
from tutorbot.channels.telegram.compose import keyboard
from tutorbot.channels.telegram.updates import clicked
from tutorbot.channels.telegram.verbs import CHOOSING, NUMBERED
from tutorbot.desk.briefing import briefing
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.desk import Canned
from tutorbot.tutor.actions import split
from tutorbot.tutor.replies import Choice, Reply

AMIR, BEA, CAL = (Helper(id_, name, joined=True) for id_, name in ((1, "Amir"), (2, "Bea"), (3, "Cal")))
LEEDS, YORK = Group(1, "Leeds"), Group(2, "York")
MINE = ticket(number=123456789, status=Status.CLAIMED, helper=AMIR, group=1)
LONG = Canned("a" * 40, "A title that is longer than a button of a small phone", "text")
ALL = [
    menus.DESK,
    menus.held(123456789),
    menus.outcomes(MINE),
    menus.tools(MINE, [LEEDS, YORK]),
    menus.helpers(MINE, [AMIR, BEA]),
    menus.groups(MINE, [LEEDS, YORK]),
    menus.canned(MINE, [LONG]),
    briefing(MINE, MINE.opened_at).choices,
]


def _labels(choices: Sequence[Choice]) -> list[str]:
    message = menus.small(Renderer().message(Reply("desk_words", {"words": ""}, tuple(choices)), "en"))
    return [button.label for button in message.buttons]


@pytest.mark.parametrize("choices", ALL)
def test_every_button_fits_and_comes_back_as_a_press_that_we_know(choices: Sequence[Choice]) -> None:
    message = menus.small(Renderer().message(Reply("desk_words", {"words": ""}, tuple(choices)), "en"))
    keys = keyboard(message)
    assert keys
    for button in (button for row in keys["inline_keyboard"] for button in row):
        assert len(button["callback_data"].encode()) <= 64
        verb, argument = split(clicked(button["callback_data"]).action)
        assert verb in NUMBERED | CHOOSING or not argument
        assert 0 < len(button["text"]) <= 24


def test_tools_of_a_waiting_ticket_are_those_that_need_no_helper() -> None:
    assert _labels(menus.tools(ticket(), [LEEDS])) == ["Urgent", "Transfer", "◀ Back"]


def test_tools_of_a_claimed_ticket_hold_all_and_urgent_once() -> None:
    labels = _labels(menus.tools(MINE, [LEEDS, YORK]))
    assert labels[:4] == ["Urgent", "Show the card again", "Back three steps", "Ready-made answers"]
    assert labels[4:] == ["Transfer", "Hand over", "◀ Back"]
    assert "Urgent" not in _labels(menus.tools(ticket(urgent=True), [LEEDS]))


def test_only_others_who_are_here_can_take_a_ticket() -> None:
    away = Helper(4, "Dee", joined=True, here=False)
    assert _labels(menus.helpers(MINE, [AMIR, BEA, CAL, away])) == ["Bea", "Cal", "◀ Back"]


def test_only_other_groups_can_take_a_ticket() -> None:
    assert _labels(menus.groups(MINE, [LEEDS, YORK])) == ["York", "◀ Back"]


def test_long_name_is_cut() -> None:
    assert _labels(menus.canned(MINE, [LONG]))[0] == "A title that is longer …"


def test_no_list_is_longer_than_a_screen() -> None:
    assert len(menus.helpers(MINE, [Helper(id_, f"H{id_}", joined=True) for id_ in range(10, 60)])) == 21
