"""What becomes of words in which something was hidden: asked once, told afterwards, and nothing of it anywhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.tutor.walker import Walker, actions_of, at_card
from tutorbot.runtime.conversation import safe
from tutorbot.tutor.events import HelperJoined, HelperLeft, TextSent, TicketClosed
from tutorbot.tutor.replies import OpenTicket, RecordAttempt, TellHelper
from tutorbot.tutor.state import Stage, to_json

CARD = "my card is 4111 1111 1111 1111"
SAFE = "my card is ⟦card⟧"


def helped() -> Walker:
    ann = at_card(2)
    ann.presses("person", "yes")
    ann.on(HelperJoined("Amir"))
    ann.effects.clear()
    return ann


def waiting() -> Walker:
    ann = at_card(2)
    ann.presses("person", "yes")
    return ann


@pytest.mark.parametrize("begin", [helped, waiting])
def test_the_first_time_they_are_asked_and_nothing_is_sent(begin: object) -> None:
    ann = begin()
    reply = ann.says(CARD)
    assert (reply.template, reply.said, reply.values["kinds"]) == ("hidden_review", SAFE, ("card",))
    assert actions_of(reply) == ["send", "rewrite"]
    assert ann.done(TellHelper) == []


@pytest.mark.parametrize("begin", [helped, waiting])
@pytest.mark.parametrize("yes", ["send", "yes", "1", "Send it"])
def test_their_yes_sends_what_was_shown(begin: object, yes: str) -> None:
    ann = begin()
    ann.says(CARD)
    assert ann.says(yes).template == "hidden_told"
    assert ann.done(TellHelper) == [TellHelper(SAFE)]
    assert ann.state.pending == ""


@pytest.mark.parametrize("no", ["no", "2", "write it again"])
def test_to_write_it_again_sends_nothing(no: str) -> None:
    ann = helped()
    ann.says(CARD)
    assert ann.says(no).template == "hidden_rewrite"
    ann.on(TextSent("my card is stuck"))
    assert ann.done(TellHelper) == [TellHelper("my card is stuck")]


def test_other_words_take_the_place_of_what_waits() -> None:
    ann = helped()
    ann.says(CARD)
    assert ann.on(TextSent("it is stuck")).replies == ()
    assert ann.presses("send").notice.template == "toast_with_helper"
    assert ann.done(TellHelper) == [TellHelper("it is stuck")]


def test_send_pressed_twice_sends_once() -> None:
    ann = helped()
    ann.says(CARD)
    ann.presses("send", "send")
    assert len(ann.done(TellHelper)) == 1


def test_later_it_is_sent_at_once_and_one_line_says_what_was_hidden() -> None:
    ann = helped()
    ann.says(CARD)
    ann.presses("rewrite")
    reply = ann.says("ok. my pin is 4821")
    assert (reply.template, reply.values["kinds"]) == ("hidden_sent", ("pin",))
    assert ann.done(TellHelper) == [TellHelper("ok. my pin is ⟦pin⟧")]


def test_what_waits_can_be_sent_to_the_helper_who_comes_next() -> None:
    ann = helped()
    ann.says(CARD)
    ann.on(HelperLeft("Amir"))
    assert ann.presses("send").replies[-1].template == "hidden_told"


def test_what_waits_is_dropped_when_the_talk_is_over() -> None:
    ann = helped()
    ann.says(CARD)
    ann.on(TicketClosed(7, "Amir"))
    ann.presses("send")
    assert ann.done(TellHelper) == []


@pytest.mark.parametrize("text", ["Ann 07700 900123", "my name is Ann, my card is 4111 1111 1111 1111"])
def test_a_name_is_kept_without_what_is_hidden(text: str) -> None:
    ann = Walker()
    ann.says("hi", text)
    assert ann.state.name.strip(" ,").startswith("Ann") or ann.state.name == ""
    assert "4111" not in to_json(ann.state)
    assert "900123" not in to_json(ann.state)


def test_a_number_alone_is_no_name() -> None:
    ann = Walker()
    turn = [ann.on(safe(TextSent(text))) for text in ("hi", "07700 900123")][-1]
    assert [reply.template for reply in turn.replies] == ["hidden", "menu"]
    assert ann.state.name == ""


def test_an_answer_is_recorded_and_shown_to_helpers_without_it() -> None:
    ann = at_card(4)
    ann.says("4111 1111 1111 1111")
    ann.presses("person", "yes")
    assert [attempt.answer for attempt in ann.done(RecordAttempt)] == ["⟦card⟧"]
    assert ann.done(OpenTicket)[0].tried == ("⟦card⟧",)


def test_an_answer_that_is_right_is_right() -> None:
    ann = at_card(4)
    assert ann.says("the pin").template == "right"


SECRETS = ["4111 1111 1111 1111", "07700 900123", "ann@example.com", "AB123456C", "GB29 NWBK 6016 1331 9268 19"]
acts = st.lists(
    st.one_of(
        st.sampled_from(
            ["hi", "person", "yes", "no", "1", "2", "menu", "/start fake-email", "/start " + SECRETS[0], "hint"]
        ),
        st.tuples(st.text(max_size=8), st.sampled_from(SECRETS), st.text(max_size=8)).map(" ".join),
        st.sampled_from(["send", "rewrite", "next", "yes", "leave", "cancel", "carry"]).map(lambda verb: (verb,)),
        st.sampled_from([HelperJoined("Amir"), HelperLeft("Amir"), TicketClosed(3, "Amir")]),
    ),
    max_size=25,
)


@given(acts)
@settings(max_examples=200, deadline=None)
def test_no_secret_leaves_the_engine_whatever_happens(happenings: list[object]) -> None:
    ann = Walker()
    for act in happenings:
        if isinstance(act, tuple):
            turn = ann.presses(*act)
        else:
            turn = ann.on(safe(TextSent(act)) if isinstance(act, str) else act)
        left = to_json(turn.state) + repr(turn.replies) + repr(turn.effects)
        assert not any(secret in left for secret in SECRETS)
    assert ann.state.stage in Stage
