"""Privacy, a copy, and being forgotten: within reach anywhere, and never by accident."""

from dataclasses import replace

import pytest

from tests.unit.tutor.walker import Walker, actions_of, at_card
from tutorbot.tutor.aside import slow_down
from tutorbot.tutor.events import ChoicePicked, HelperJoined, HelperReplied, TextSent
from tutorbot.tutor.replies import Document, ForgetMe, TellHelper
from tutorbot.tutor.state import Stage


def helped() -> Walker:
    walker = at_card(2)
    walker.presses("person", "yes")
    walker.on(HelperJoined("Amir"))
    walker.effects.clear()
    return walker


def test_first_contact_says_the_most_important_and_has_the_rest_one_tap_away() -> None:
    walker = Walker()
    assert "privacy" in actions_of(walker.says("/start"))
    page = walker.presses("privacy").replies[-1]
    assert page.template == "privacy"
    assert {"mydata", "forget", "carry:on"} <= set(actions_of(page))
    assert walker.presses("carry:on").replies[-1].template == "ask_name"


def test_copy_comes_as_a_page_and_as_data_and_changes_nothing() -> None:
    walker = at_card(2)
    before = walker.state
    turn = walker.presses("mydata")
    assert [reply.document for reply in turn.replies] == [Document.PAGE, Document.DATA]
    assert (turn.state.stage, turn.state.step, turn.effects) == (before.stage, before.step, ())


@pytest.mark.parametrize("words", ["/forget", "forget me", "Delete my data!", "anghofiwch fi"])
def test_forgetting_is_asked_in_any_words(words: str) -> None:
    walker = at_card(2)
    walker.state = replace(walker.state, language="cy")
    assert walker.says(words).template == "forget"
    assert not walker.done(ForgetMe)


def test_two_answers_are_needed() -> None:
    walker = at_card(2)
    assert walker.presses("forget").replies[-1].template == "forget"
    assert walker.presses("forget:sure").replies[-1].template == "forget_sure"
    assert not walker.done(ForgetMe)
    walker.presses("forget:now")
    assert walker.done(ForgetMe)


@pytest.mark.parametrize("action", ["forget:sure", "forget:now", "forget:yes", "forget:"])
def test_an_answer_that_was_not_asked_for_begins_at_the_first_question(action: str) -> None:
    walker = at_card(2)
    assert walker.presses(action).replies[-1].template == "forget"
    assert not walker.done(ForgetMe)


def test_what_comes_in_between_ends_the_question() -> None:
    walker = at_card(2)
    walker.presses("forget", "forget:sure", "carry", "forget:now")
    assert not walker.done(ForgetMe)


def test_saying_it_again_is_no_answer() -> None:
    walker = at_card(2)
    walker.says("forget me", "forget me", "forget me", "/forget", "/forget")
    assert not walker.done(ForgetMe)


def test_yes_and_no_in_words_answer_the_question() -> None:
    walker = at_card(2)
    assert walker.says("forget me", "no").template == "all_kept"
    assert walker.says("forget me", "yes").template == "forget_sure"
    walker.on(TextSent("yes please"))
    assert walker.done(ForgetMe)


@pytest.mark.parametrize("command", ["/privacy", "/mydata", "/forget"])
def test_rights_work_while_a_helper_is_there(command: str) -> None:
    walker = helped()
    reply = walker.says(command)
    assert reply.template in ("privacy", "mydata_file", "forget")
    assert walker.state.stage is Stage.HELPED
    assert not walker.done(TellHelper)


def test_helper_hears_the_wish_to_be_forgotten_and_the_learner_gets_the_button() -> None:
    walker = helped()
    assert walker.says("please forget me").template == "forget"
    assert walker.done(TellHelper) == [TellHelper("please forget me")]


def test_answer_of_a_helper_in_between_does_not_take_the_button_away() -> None:
    walker = helped()
    walker.says("/forget")
    walker.on(HelperReplied("Amir", "Are you sure?"))
    assert walker.presses("forget:sure").replies[-1].template == "forget_sure"


def test_yes_to_a_helper_is_no_answer_to_us() -> None:
    walker = helped()
    walker.says("/forget")
    walker.on(HelperReplied("Amir", "Shall we go on?"))
    walker.on(ChoicePicked("forget:no", walker.state.step))
    for _ in range(2):
        walker.on(TextSent("yes"))
    assert walker.done(TellHelper) == [TellHelper("yes"), TellHelper("yes")]
    assert not walker.done(ForgetMe)


def test_question_to_a_person_that_is_open_is_named() -> None:
    assert helped().says("/forget").values["question"] is True
    assert at_card(2).says("/forget").values["question"] is False


def test_slowing_down_changes_nothing_and_leads_on() -> None:
    walker = at_card(2)
    turn = slow_down(walker.state, walker.curriculum, walker.now)
    assert turn.state == walker.state
    assert actions_of(turn.replies[-1]) == ["carry", "menu", "person"]
