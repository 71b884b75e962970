"""The engine's rules, one at a time. Cards of the sample lesson: 1 text, 2 one, 3 many, 4 typed, 5 try."""

from dataclasses import replace

import pytest

from tests.sample import COURSES, CURRICULUM, FAKE, LINKS
from tests.unit.tutor.walker import Walker, actions_of, at_card
from tutorbot.curriculum.library import Curriculum
from tutorbot.tutor.events import ChoicePicked, HelperJoined, HelperReplied, TextSent, TicketClosed
from tutorbot.tutor.replies import EndTicket, FinishLesson, OpenTicket, RateTicket, Reason, RecordAttempt, TellHelper
from tutorbot.tutor.state import Stage, Trouble


def test_the_same_press_counts_once() -> None:
    ann = at_card(2)
    first = ChoicePicked("pick:0", ann.state.step)
    for _ in range(10):
        turn = ann.on(first)
    assert turn.notice is not None
    assert turn.notice.template == "toast_again"
    assert len(ann.done(RecordAttempt)) == 1


def test_two_answers_in_turn_both_count() -> None:
    ann = at_card(3)
    ann.presses("pick:0", "check", "pick:0", "check")
    assert len(ann.done(RecordAttempt)) == 2


def test_a_button_of_an_earlier_card_changes_nothing() -> None:
    ann = at_card(3)
    place = ann.state.progress["fake-email"]
    reply = ann.on(ChoicePicked("back", ann.state.step - 1)).replies[-1]
    assert reply.values["note"] == "old_button"
    assert ann.state.progress["fake-email"] == place


def test_the_menu_opens_from_a_button_however_old() -> None:
    ann = at_card(3)
    assert ann.on(ChoicePicked("menu", 0)).replies[-1].template == "menu"


def test_back_to_the_exact_card_from_the_menu() -> None:
    ann = at_card(4)
    ann.says("menu")
    assert ann.presses("carry").replies[-1].values["number"] == 4


def test_each_lesson_keeps_its_own_place() -> None:
    ann = at_card(3)
    ann.presses("open:links", "next", "open:fake-email")
    assert ann.state.progress["fake-email"].card == "signs"
    assert ann.state.progress["links"].card == "try"


def test_second_wrong_answer_brings_the_first_hint_and_a_person_on_top() -> None:
    ann = at_card(2)
    ann.presses("pick:0")
    reply = ann.says("a")
    assert reply.values["hint"] == FAKE.cards[1].exercise.hints[0]
    assert actions_of(reply)[0] == "person"


def test_four_wrong_answers_in_a_lesson_offer_a_person() -> None:
    ann = at_card(4)
    ann.says("one", "two", "three")
    assert ann.state.stage is Stage.LESSON
    assert ann.says("four").template == "offer"
    assert ann.state.reason == Reason.LESSON


def test_a_hint_that_an_offer_left_unsaid_is_still_to_come() -> None:
    ann = at_card(2)
    ann.state = replace(ann.state, trouble=Trouble(failed=2))
    ann.presses("pick:0")
    assert ann.says("a").template == "offer"
    assert "hint:1" in actions_of(ann.presses("notnow").replies[-1])


def test_one_wrong_answer_is_never_stuck() -> None:
    ann = at_card(2)
    assert ann.presses("pick:0").replies[-1].template == "look_again"


def test_a_right_answer_clears_the_signs_of_being_stuck() -> None:
    ann = at_card(4)
    ann.says("one", "two", "three", "pin")
    assert ann.state.trouble.failed == 0


def test_not_understanding_twice_offers_a_person() -> None:
    ann = at_card(2)
    assert ann.says("i dont get it").template == "hint"
    assert ann.says("dunno").template == "offer"


def test_coming_back_three_times_to_a_card_offers_a_person() -> None:
    ann = at_card(1)
    for _ in range(2):
        ann.presses("next", "back")
    ann.presses("next")
    assert ann.presses("back").replies[-1].template == "offer"
    assert ann.state.reason == Reason.LOOP


def test_stuck_in_practice_gives_the_hint_and_offers_a_person() -> None:
    ann = at_card(5)
    reply = ann.presses("stuck").replies[-1]
    assert reply.template == "offer"
    assert reply.values["feedback"] == FAKE.cards[4].exercise.hints[0]


def test_no_ticket_without_a_yes() -> None:
    ann = at_card(5)
    ann.presses("stuck", "notnow")
    assert ann.done(OpenTicket) == []
    assert ann.state.stage is Stage.LESSON


def test_a_yes_opens_a_ticket_that_says_where_they_are() -> None:
    ann = at_card(2)
    ann.presses("pick:0", "person", "yes")
    (ticket,) = ann.done(OpenTicket)
    assert (ticket.alias, ticket.lesson, ticket.card, ticket.question) == ("Ann", "fake-email", 2, FAKE.cards[1].title)
    assert ticket.tried == ("help@paypa1.example",)
    assert ticket.reason is Reason.ASKED


def test_a_second_ticket_is_not_opened_while_one_waits() -> None:
    ann = at_card(2)
    ann.presses("person", "yes")
    ann.says("person", "yes")
    assert len(ann.done(OpenTicket)) == 1


def test_the_lesson_goes_on_while_a_question_waits() -> None:
    ann = at_card(2)
    ann.presses("person", "yes", "carry")
    assert ann.presses("pick:1").replies[-1].template == "right"


def test_we_are_silent_while_a_helper_is_there() -> None:
    ann = at_card(2)
    ann.presses("person", "yes")
    ann.on(HelperJoined("Amir"))
    assert ann.on(TextSent("next")).replies == ()
    assert ann.on(ChoicePicked("menu", ann.state.step)).replies == ()
    assert ann.done(TellHelper) == [TellHelper("next")]


def test_leaving_a_helper_leads_to_the_exact_card() -> None:
    ann = at_card(3)
    ann.presses("person", "yes")
    ann.on(HelperJoined("Amir"))
    values = ann.presses("leave").replies[-1].values
    assert (values["number"], values["note"]) == (3, "left_helper")
    assert len(ann.done(EndTicket)) == 1


def test_a_closed_ticket_is_rated_and_leads_to_the_exact_card() -> None:
    ann = at_card(3)
    ann.presses("person", "yes")
    ann.on(HelperJoined("Amir"))
    ann.on(TicketClosed(7, "Amir"))
    assert ann.presses("rate:some").replies[-1].values["number"] == 3
    assert ann.done(RateTicket)[0].ticket == 7


def test_a_rating_counts_even_from_the_menu() -> None:
    ann = at_card(3)
    ann.presses("person", "yes")
    ann.on(TicketClosed(7, "Amir"))
    old = ann.state.step
    ann.presses("menu")
    ann.on(ChoicePicked("rate:yes", old))
    assert len(ann.done(RateTicket)) == 1


def test_a_late_answer_of_a_helper_is_still_shown() -> None:
    ann = at_card(3)
    reply = ann.on(HelperReplied("Amir", "Try again")).replies[-1]
    assert reply.said == "Try again"


@pytest.mark.parametrize("text", ["next", "ok"])
def test_a_question_is_not_skipped_by_a_word(text: str) -> None:
    ann = at_card(2)
    assert ann.says(text).template == "skip_question"
    assert ann.state.progress["fake-email"].card == "sender"


def test_a_lesson_done_to_the_end_is_mastered_when_all_was_right() -> None:
    ann = at_card(1)
    ann.presses("next", "pick:0", "pick:1", "next")
    ann.says("a c")
    ann.presses("next")
    ann.says("pin")
    ann.presses("next", "did", "next")
    (finish,) = ann.done(FinishLesson)
    assert (finish.asked, finish.right, finish.first_try, finish.mastered) == (4, 4, 3, True)


def test_a_lesson_with_a_skipped_question_is_done_but_not_mastered() -> None:
    ann = at_card(5)
    ann.presses("did", "next")
    (finish,) = ann.done(FinishLesson)
    assert (finish.right, finish.mastered) == (1, False)
    assert ann.state.progress["fake-email"].done


def test_the_answer_is_told_when_the_hints_are_used_up() -> None:
    ann = at_card(4)
    ann.says("one")
    ann.presses("hint:1")
    reply = ann.presses("answer").replies[-1]
    assert reply.values["right"] == ("pin",)
    assert "next" in actions_of(reply)
    assert ann.state.progress["fake-email"].answered == ()


def changed(**changes: object) -> Curriculum:
    return Curriculum.of(COURSES, (LINKS, replace(FAKE, edition="e2", **changes)))


def test_a_card_that_vanished_leads_to_the_nearest() -> None:
    ann = at_card(2)
    ann.curriculum = changed(cards=(FAKE.cards[0], *FAKE.cards[2:]))
    reply = ann.says("b")
    assert reply.values["note"] == "lesson_changed"
    assert reply.values["title"] == FAKE.cards[2].title


def test_a_card_that_moved_is_found_by_its_id() -> None:
    ann = at_card(2)
    ann.curriculum = changed(cards=(FAKE.cards[0], FAKE.cards[0], *FAKE.cards[1:]))
    assert ann.says("again").values["number"] == 3


def test_an_old_answer_is_not_judged_by_a_changed_question() -> None:
    ann = at_card(2)
    ann.curriculum = changed()
    turn = ann.presses("pick:1")
    assert turn.replies[-1].values["note"] == "lesson_changed"
    assert ann.done(RecordAttempt) == []


def test_a_lesson_that_vanished_leads_to_the_menu() -> None:
    ann = at_card(2)
    ann.curriculum = Curriculum.of(COURSES, (LINKS,))
    assert ann.says("next").values["note"] == "lesson_gone"
    assert ann.state.stage is Stage.MENU


def test_a_link_to_a_lesson_that_is_gone_leads_to_the_menu() -> None:
    ann = Walker()
    ann.says("/start nowhere")
    assert ann.says("Ann").values["note"] == "moved"


def test_welcome_back_after_a_long_time() -> None:
    ann = at_card(2)
    ann.now = ann.now.replace(year=2027)
    turn = ann.on(TextSent("hello"))
    assert turn.replies[0].template == "welcome_back"
    assert turn.replies[-1].values["number"] == 2


@pytest.mark.parametrize("name", ["<3", "</a>", "_*[", "'; DROP", "{{7*7}}", "\u202e evil"])
def test_a_strange_name_is_a_name_or_none(name: str) -> None:
    ann = Walker()
    ann.says("hi")
    ann.says(name)
    assert ann.state.stage is Stage.MENU


def test_a_typed_number_picks_a_button() -> None:
    ann = Walker()
    ann.says("hi", "Ann")
    assert ann.says("2").values["title"] == CURRICULUM.courses[1].title
