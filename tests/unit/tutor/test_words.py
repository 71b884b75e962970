"""Words explained and lessons found, in the conversation. Cards as in `test_engine`; the third course has no lesson."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.sample import COURSES, CURRICULUM, LESSONS, LINKS, WORDS
from tests.unit.tutor.walker import Walker, actions_of, at_card
from tutorbot.curriculum.finder import Hit, Kind
from tutorbot.curriculum.glossary import Glossary, Word, with_words
from tutorbot.curriculum.library import Curriculum
from tutorbot.tutor.events import ChoicePicked, HelperJoined, TextSent, TicketClosed
from tutorbot.tutor.replies import AskedForWord, RecordAttempt, TellHelper
from tutorbot.tutor.state import Stage

WELSH = Glossary.of((Word("porwr", "Yr ap i weld gwefannau."),), "cy")
TWIN = with_words(replace(LINKS, language="cy", title="Beth yw dolen", edition="w1"), WELSH)
EMAIL = Hit(Kind.LESSON, "fake-email", 0.9, sure=True)
LINK = Hit(Kind.LESSON, "links", 0.4, sure=False)
GONE = Hit(Kind.LESSON, "nowhere", 0.9, sure=True)
BROWSER = Hit(Kind.WORD, "browser", 0.5, sure=False)


class Finding:
    """A finder that finds always the same, and remembers what it was asked."""

    def __init__(self, *hits: Hit) -> None:
        self.hits, self.asked = hits, list[str]()

    def find(self, text: str, language: str, limit: int, /) -> Sequence[Hit]:
        self.asked.append(text)
        return self.hits

    def prepare(self) -> None:
        pass


def finding(walker: Walker, *hits: Hit) -> Finding:
    """From now on this is found, whatever the walker asks."""
    finder = Finding(*hits)
    walker.curriculum = replace(CURRICULUM, finder=finder)
    return finder


def in_menu() -> Walker:
    ann = Walker()
    ann.says("hi", "Ann")
    return ann


# Words on a card


def test_a_card_with_words_has_a_button_before_the_menu() -> None:
    ann = at_card(1)
    assert actions_of(ann.says("again"))[2:4] == ["words", "menu"]
    assert "words" not in actions_of(at_card(4).says("again"))


def test_the_words_of_a_card_lead_back_to_it_with_all_tries() -> None:
    ann = at_card(5)
    ann.presses("stuck", "notnow")
    before = ann.state.tries
    assert actions_of(ann.presses("words").replies[-1]) == ["word:sender", "word:email", "carry", "person"]
    reply = ann.presses("word:email").replies[-1]
    assert (reply.template, reply.values["meaning"]) == ("word", "A letter that comes over the internet.")
    assert actions_of(reply) == ["carry", "words", "menu", "person"]
    assert ann.presses("carry").replies[-1].values["number"] == 5
    assert ann.state.tries == before
    assert ann.done(RecordAttempt) == []


def test_one_word_is_explained_at_once_and_can_be_answered_from_there() -> None:
    ann = at_card(2)
    assert ann.presses("words").replies[-1].values["word"] == "sender"
    assert ann.presses("pick:1").replies[-1].template == "right"


def test_words_can_be_pressed_again_after_something_was_written() -> None:
    ann = at_card(1)
    ann.presses("words")
    ann.says("what is a browser")
    assert ann.presses("words").replies[-1].template == "words"


def test_ticks_are_kept_over_a_word() -> None:
    ann = at_card(3)
    ann.presses("pick:0", "words", "carry", "pick:2")
    assert ann.presses("check").replies[-1].template == "right"


def test_the_words_of_an_older_card_are_not_those_of_this_one() -> None:
    ann = at_card(2)
    turn = ann.on(ChoicePicked("words", ann.state.step - 1))
    assert turn.replies[-1].values["note"] == "old_button"


def test_a_word_that_is_gone_leads_back_to_the_card() -> None:
    ann = at_card(2)
    assert ann.presses("word:nonsense").replies[-1].values["number"] == 2


@pytest.mark.parametrize("stage", ["menu", "person"])
def test_words_asked_for_elsewhere_tell_how_to_ask(stage: str) -> None:
    ann = at_card(1)
    ann.presses(stage)
    assert ann.says("words").template == "no_words"


# Asked for by typing


@pytest.mark.parametrize(
    ("text", "near"), [("what is a browser?", False), ("browser?", False), ("wat is a brouser", True)]
)
def test_a_word_is_explained_where_it_is_asked_for(text: str, near: bool) -> None:
    reply = in_menu().says(text)
    assert (reply.template, reply.values["word"], reply.values["near"]) == ("word", "browser", near)


def test_a_right_answer_wins_over_a_word() -> None:
    ann = at_card(4)
    ann.curriculum = replace(CURRICULUM, words={"en": Glossary.of((Word("pin", "A secret number."),))})
    assert ann.says("pin?").template == "right"


def test_a_question_is_not_an_answer_but_a_guess_is() -> None:
    ann = at_card(4)
    assert ann.says("what is a browser").template == "word"
    assert ann.says("what is a zebra").template == "lost"
    assert ann.done(RecordAttempt) == []
    assert ann.says("browser?").template == "look_again"


def test_known_words_win_over_a_question_for_a_word() -> None:
    ann = at_card(2)
    assert ann.says("what is this").template == "welcome"
    assert ann.says("what is a man who hits me").values["note"] == "distress"


def test_a_lesson_that_is_asked_for_in_the_same_words_is_offered_too() -> None:
    ann = in_menu()
    lessons = (replace(LINKS, asks=("what is a browser",)), *LESSONS[1:])
    ann.curriculum = Curriculum.of(COURSES, lessons, (WORDS,))
    assert actions_of(ann.says("what is a browser?"))[0] == "open:links"


def test_a_lesson_that_is_called_so_is_opened() -> None:
    ann = in_menu()
    ann.curriculum = Curriculum.of(COURSES, (replace(LINKS, title="What is a browser?"), *LESSONS[1:]), (WORDS,))
    assert ann.says("what is a browser?").template == "card"


def test_a_question_before_the_name_is_answered_and_the_name_asked_again() -> None:
    ann = Walker()
    ann.says("hi")
    turn = ann.on(TextSent("what is a browser?"))
    assert [reply.template for reply in turn.replies] == ["word", "ask_name"]
    assert ann.says("Ann").values["name"] == "Ann"


def test_a_question_at_an_offer_leaves_the_offer_open() -> None:
    ann = at_card(2)
    ann.presses("person")
    turn = ann.on(TextSent("what is a browser?"))
    assert [reply.template for reply in turn.replies] == ["word", "offer"]
    assert ann.says("yes").template == "waiting"


@pytest.mark.parametrize("leave", [(), ("carry",)])
def test_while_waiting_questions_go_to_the_helper(leave: tuple[str, ...]) -> None:
    ann = at_card(1)
    ann.presses("person", "yes", *leave)
    for text in ("what is a browser?", "what is a zebra", "my strange email"):
        assert ann.says(text).template == "passed_on"
    assert len(ann.done(TellHelper)) == 3
    assert ann.done(AskedForWord) == []


def test_we_say_nothing_of_words_while_a_helper_is_there() -> None:
    ann = at_card(1)
    ann.presses("person", "yes")
    ann.on(HelperJoined("Amir"))
    assert ann.on(TextSent("what is a browser?")).replies == ()


# Words we do not know


@pytest.mark.parametrize(
    "text",
    [
        "what is zebra 7",
        "what is my mother in law called",
        "what is a" + "b" * 31,
        "zebra",
        "zebra?",
        "what is a browser",
    ],
)
def test_only_what_looks_like_a_word_is_counted(text: str) -> None:
    ann = in_menu()
    ann.says(text)
    assert ann.done(AskedForWord) == []


def test_a_word_we_do_not_know_is_counted_without_its_learner() -> None:
    ann = in_menu()
    ann.says("What is a Zebra crossing?")
    assert ann.done(AskedForWord) == [AskedForWord("zebra crossing", "en")]


# In another language


def in_welsh(*words: Glossary) -> Walker:
    ann = in_menu()
    ann.curriculum = Curriculum.of(COURSES, (*LESSONS, TWIN), words)
    ann.presses("speak:cy")
    return ann


def test_without_welsh_words_the_english_one_is_told_and_says_so() -> None:
    reply = in_welsh(WORDS).says("beth yw browser")
    assert (reply.values["word"], reply.values["in_english"]) == ("browser", True)


def test_welsh_words_are_told_in_welsh() -> None:
    ann = in_welsh(WORDS, WELSH)
    reply = ann.says("beth yw porwr?")
    assert (reply.values["word"], reply.values["in_english"]) == ("porwr", False)
    assert ann.says("what is a sender").values["in_english"] is True


# Finding by asking


def test_what_is_surely_meant_is_put_as_found() -> None:
    ann = in_menu()
    finding(ann, EMAIL, GONE, BROWSER)
    reply = ann.says("a letter on my phone looks odd")
    assert (reply.template, reply.values["sure"]) == ("found", True)
    assert actions_of(reply) == ["open:fake-email", "word:browser", "menu", "person"]
    assert ann.says("1").values["lesson"] == "Spot a fake email"


def test_a_guess_is_put_as_one_and_leads_back() -> None:
    ann = at_card(2)
    finding(ann, LINK)
    reply = ann.says("blue things on a page")
    assert (reply.values["sure"], actions_of(reply)) == (False, ["open:links", "carry", "menu", "person"])
    assert ann.presses("carry").replies[-1].values["number"] == 2


def test_the_third_guess_in_a_row_is_a_person() -> None:
    ann = in_menu()
    finding(ann, LINK)
    said = [ann.says(text).template for text in ("one thing", "or another", "or a third")]
    assert said == ["found", "found", "offer"]


@pytest.mark.parametrize("hits", [(), (GONE,)])
def test_where_nothing_is_found_we_say_that_we_are_lost(hits: tuple[Hit, ...]) -> None:
    ann = in_menu()
    finding(ann, *hits)
    assert ann.says("something else").template == "lost"


def test_who_asks_for_something_at_once_is_not_asked_for_a_name_again() -> None:
    ann = Walker()
    ann.says("hi")
    finding(ann, EMAIL)
    assert ann.says("i have got a letter on my phone").template == "found"
    assert ann.state.stage is Stage.MENU


def test_a_lesson_that_a_link_named_comes_first() -> None:
    ann = Walker()
    ann.says("/start links")
    finder = finding(ann, EMAIL)
    assert ann.says("i have got a letter on my phone").values["lesson"] == LINKS.title
    assert finder.asked == []


@pytest.mark.parametrize(
    "text",
    ["they stole my money by email", "spot a scam", "Spot a fake email", "/menu", "1", "help", "menue", "x" * 4001],
)
def test_the_finder_is_not_asked_for_what_is_understood(text: str) -> None:
    ann = in_menu()
    finder = finding(ann, EMAIL)
    ann.says(text)
    assert finder.asked == []


@pytest.mark.parametrize("act", ["person", "yes", "closed"])
def test_the_finder_is_not_asked_in_a_talk_about_a_person(act: str) -> None:
    ann = at_card(2)
    ann.presses("person", *(["yes"] if act != "person" else []))
    if act == "closed":
        ann.on(TicketClosed(7, "Amir"))
    finder = finding(ann, EMAIL)
    ann.says("it went so and so")
    assert finder.asked == []
