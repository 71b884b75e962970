"""A learner who changes the language stays where they are; what is not written in their language is taught in English.

Cards as in `test_engine`. The lesson on emails has a Welsh twin, the one on links has none.
"""

from dataclasses import replace

import pytest

from tests.sample import COURSES, FAKE, LINKS
from tests.unit.tutor.walker import Walker, actions_of, at_card
from tutorbot.curriculum.library import Curriculum
from tutorbot.tutor.replies import RecordAttempt
from tutorbot.tutor.state import Stage

TWIN = replace(
    FAKE,
    language="cy",
    title="Adnabod e-bost ffug",
    edition="w1",
    cards=tuple(replace(card, title=f"{card.title} (yn Gymraeg)") for card in FAKE.cards),
)
SCAMS = replace(COURSES[1], language="cy", title="Adnabod sgam", intro="Mae sgam yn twyllo pobl ofalus hefyd.")
BOTH = Curriculum.of((*COURSES, SCAMS), (FAKE, TWIN, LINKS))


def learner_at(card: int, lesson: str = "fake-email") -> Walker:
    walker = at_card(card, lesson)
    walker.curriculum = BOTH
    return walker


@pytest.mark.parametrize("place", range(len(FAKE.cards)))
def test_another_language_in_mid_lesson_shows_the_same_card(place: int) -> None:
    ann = learner_at(place + 1)
    reply = ann.presses("speak:cy").replies[-1]
    assert (reply.values["lesson"], reply.values["title"]) == (TWIN.title, TWIN.cards[place].title)
    assert ann.presses("speak:en").replies[-1].values["title"] == FAKE.cards[place].title


def test_the_first_answer_after_another_language_counts() -> None:
    ann = learner_at(2)
    ann.presses("speak:cy")
    assert ann.presses("pick:1").replies[-1].template == "right"
    assert len(ann.done(RecordAttempt)) == 1


def test_what_was_right_stays_right_in_another_language() -> None:
    ann = learner_at(2)
    ann.presses("pick:1", "speak:cy")
    assert actions_of(ann.presses("next").replies[-1])[0] == "pick:0"  # on the third card
    assert ann.presses("back").replies[-1].values["solved"] is True


def test_ticks_do_not_wander_into_another_language() -> None:
    ann = learner_at(3)
    ann.presses("pick:0")
    reply = ann.presses("speak:cy").replies[-1]
    assert [choice.mark for choice in reply.choices[:3]] == ["open", "open", "open"]


def test_a_lesson_begun_in_english_goes_on_in_the_new_language() -> None:
    ann = learner_at(2)
    ann.presses("open:links", "speak:cy", "open:fake-email")
    assert ann.presses("pick:1").replies[-1].template == "right"


def test_a_card_that_the_translation_lacks_leads_to_the_one_in_its_place() -> None:
    ann = learner_at(2)
    cards = (TWIN.cards[0], replace(TWIN.cards[1], id="arall"), *TWIN.cards[2:])
    ann.curriculum = Curriculum.of(COURSES, (FAKE, replace(TWIN, cards=cards), LINKS))
    assert ann.presses("speak:cy").replies[-1].values["number"] == 2


def test_a_lesson_without_a_translation_says_so_once() -> None:
    ann = learner_at(1)
    said = [ann.presses(action) for action in ("speak:cy", "open:links", "next", "menu", "carry")]
    assert [turn.replies[0].template for turn in said] == ["card", "in_english", "card", "menu", "card"]
    assert said[1].replies[-1].values["lesson"] == LINKS.title


def test_a_lesson_opened_by_a_link_says_in_which_language_it_is() -> None:
    ann = Walker(curriculum=BOTH)
    ann.state = replace(ann.state, language="cy")
    ann.says("/start links")
    assert [reply.template for reply in ann.presses("skip").replies] == ["in_english", "card"]


def test_a_language_without_this_lesson_says_so_in_mid_lesson() -> None:
    ann = learner_at(1, "links")
    turn = ann.presses("speak:cy")
    assert [reply.template for reply in turn.replies] == ["in_english", "card"]


def test_a_language_that_nobody_speaks_changes_nothing() -> None:
    ann = learner_at(2)
    ann.presses("speak:xx")
    assert (ann.state.language, ann.state.stage) == ("en", Stage.LESSON)


def test_courses_are_named_in_the_language_of_the_learner() -> None:
    ann = Walker(curriculum=BOTH)
    ann.state = replace(ann.state, language="cy")
    menu = ann.says("hi", "Ann")
    assert [choice.text for choice in menu.choices[:2]] == [COURSES[0].title, SCAMS.title]
    assert ann.presses("course:scams").replies[-1].values["intro"] == SCAMS.intro
    assert ann.says("adnabod sgam").values["title"] == SCAMS.title


def test_answers_of_one_lesson_do_not_solve_another() -> None:
    ann = learner_at(2)
    ann.presses("open:links", "next", "did", "open:fake-email")
    assert ann.state.tries.solved is False
