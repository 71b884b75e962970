"""What people write in their own words, and the kind answer it gets. Cards as in `test_engine`."""

from dataclasses import replace

import pytest

from tests.sample import COURSES, FAKE
from tests.unit.tutor.walker import Walker, actions_of, at_card
from tutorbot.curriculum.library import Curriculum
from tutorbot.tutor.events import HelperJoined, TextSent, TicketClosed
from tutorbot.tutor.replies import OpenTicket, RateTicket, Rating, RecordAttempt, TellHelper
from tutorbot.tutor.state import Stage


@pytest.mark.parametrize("text", ["My name is Ann", "I'm Ann.", "hello, I am Ann", "Ann", "it’s Ann!"])
def test_a_name_is_found_among_the_words_around_it(text: str) -> None:
    ann = Walker()
    ann.says("hi", text)
    assert ann.state.name == "Ann"


def test_no_to_the_question_for_a_name_leaves_it_out() -> None:
    ann = Walker()
    assert ann.says("hi", "no").template == "menu"
    assert ann.state.name == ""


def test_a_lesson_asked_for_is_not_lost_over_the_name() -> None:
    ann = Walker()
    assert ann.says("/start fake-email", "what?").values["lesson"] == FAKE.title


def test_a_number_is_an_answer_where_one_is_typed() -> None:
    ann = at_card(4)
    assert ann.says("2").template == "look_again"
    assert len(ann.done(RecordAttempt)) == 1


def test_done_in_words_ends_the_ticking() -> None:
    ann = at_card(3)
    ann.presses("pick:0", "pick:2")
    assert ann.says("done").template == "right"


def test_some_right_ones_are_a_good_start() -> None:
    assert at_card(3).says("a").values["missing"] is True
    assert at_card(3).says("a b c").values["missing"] is False


def test_the_last_hint_is_not_said_again_to_the_confused() -> None:
    ann = at_card(3)
    ann.presses("hint:1")
    assert ann.says("i dont get it").values["note"] == "slowly"


def test_more_in_words_shows_the_next_page() -> None:
    courses = [replace(COURSES[0], id=f"course-{number}", lessons=()) for number in range(7)]
    ann = Walker(curriculum=Curriculum.of(courses, ()))
    ann.says("hi", "Ann")
    assert actions_of(ann.says("more"))[0] == "course:course-4"


def test_yes_on_a_card_without_a_question_goes_on() -> None:
    assert at_card(1).says("yes").values["number"] == 2


def test_thanks_change_nothing() -> None:
    ann = at_card(2)
    before = ann.state.progress
    reply = ann.says("thank you")
    assert reply.template == "you_are_welcome"
    assert "pick:1" in actions_of(reply)
    assert ann.state.progress == before


@pytest.mark.parametrize(
    ("text", "rating"),
    [("thank you", Rating.YES), ("yes", Rating.YES), ("a little", Rating.SOME), ("no", Rating.NO)],
)
def test_help_is_rated_in_words(text: str, rating: Rating) -> None:
    ann = at_card(2)
    ann.presses("person", "yes")
    ann.on(HelperJoined("Amir"))
    ann.on(TicketClosed(7, "Amir"))
    ann.says(text)
    assert ann.done(RateTicket) == [RateTicket(7, rating)]


def test_a_question_closed_unanswered_is_not_called_finished() -> None:
    ann = at_card(2)
    ann.presses("person", "yes")
    assert ann.on(TicketClosed(7, "Amir")).replies[-1].values["met"] is False


@pytest.mark.parametrize("text", ["what?", "thank you", "a man rang me and wants my card"])
def test_other_words_to_an_offer_bring_it_again(text: str) -> None:
    ann = at_card(2)
    ann.presses("person")
    reply = ann.says(text)
    assert (reply.template, reply.values["note"]) == ("offer", "yes_or_no")
    assert "yes" in actions_of(reply)


def test_who_is_being_scammed_is_told_what_to_do_and_offered_a_person() -> None:
    ann = at_card(4)
    reply = ann.says("help me im being scammed")
    assert (reply.template, reply.values["note"]) == ("offer", "scammed")
    assert ann.says("yes").template == "waiting"


@pytest.mark.parametrize("text", ["i want to kill myself", "my husband hits me", "Im in danger"])
def test_who_is_in_danger_is_told_whom_to_ring(text: str) -> None:
    assert at_card(2).says(text).values["note"] == "distress"


def test_who_are_you_is_answered() -> None:
    assert at_card(2).says("Are you a robot?").template == "welcome"


def test_please_changes_nothing() -> None:
    assert at_card(1).says("next please").values["number"] == 2


def test_being_scammed_while_waiting_reaches_the_helper() -> None:
    ann = at_card(1)
    ann.presses("person", "yes")
    assert ann.says("i told them the code").values["note"] == "scammed"
    assert ann.done(TellHelper) == [TellHelper("i told them the code")]
    assert len(ann.done(OpenTicket)) == 1


@pytest.mark.parametrize("text", ["spot a fake", "i want to spot a fake email please", "please, is this email real?"])
def test_a_lesson_is_found_by_part_of_its_name_or_words_around_it(text: str) -> None:
    ann = Walker()
    assert ann.says("hi", "Ann", text).values["lesson"] == FAKE.title


def test_one_word_alone_opens_no_lesson() -> None:
    ann = Walker()
    assert ann.says("hi", "Ann", "fake").template == "found"
    assert ann.state.stage is Stage.MENU


def test_hello_while_waiting_tells_how_the_question_stands() -> None:
    ann = at_card(1)
    ann.presses("person", "yes")
    assert ann.says("hello?").template == "waiting"


def test_not_understanding_while_waiting_is_told_to_the_helper() -> None:
    ann = at_card(1)
    ann.presses("person", "yes")
    assert ann.says("i dont understand").template == "passed_on"


def test_never_mind_without_a_question_stays_where_it_is() -> None:
    assert at_card(2).says("never mind").values["number"] == 2


def test_a_question_asked_in_the_menu_and_taken_back_in_a_lesson_leads_to_the_card() -> None:
    ann = Walker()
    ann.says("hi", "Ann")
    ann.presses("person", "yes", "open:fake-email", "next")
    reply = ann.presses("cancel").replies[-1]
    assert (reply.values["note"], reply.values["number"]) == ("cancelled", 2)


def test_a_cry_for_help_as_the_first_words_is_heard_at_once() -> None:
    ann = Walker()
    turn = ann.on(TextSent("they stole my money what do i do"))
    assert [reply.template for reply in turn.replies] == ["welcome", "offer"]
    assert turn.replies[-1].values["note"] == "scammed"
    ann.presses("yes")
    assert len(ann.done(OpenTicket)) == 1
