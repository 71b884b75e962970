"""What a helper does with the learner's lesson, and whether a learner may ask."""

from tests.integration.runtime.conftest import AMIR, ANN, CORA, Town
from tutorbot.desk.ticket import Outcome, Status
from tutorbot.messages.markup import to_plain
from tutorbot.tutor.state import Stage


async def claimed(town: Town) -> int:
    ticket = await town.ticket()
    await town.desk.claim(town.key(), AMIR, ticket)
    return ticket


async def test_card_is_shown_with_its_answers_and_only_the_way_back(stuck: Town) -> None:
    ticket = await claimed(stuck)
    assert await stuck.desk.show_card(stuck.key(), AMIR, ticket) == ""
    shown = stuck.owed[-1].message
    assert "Which sender looks real?" in to_plain(shown.text)
    assert "- help@paypa1.example" in to_plain(shown.text)
    assert [button.label for button in shown.buttons] == ["▶ Back to my lesson"]
    assert (await stuck.state(ANN)).stage is Stage.HELPED


async def test_learner_goes_on_where_the_helper_sent_them(stuck: Town) -> None:
    await stuck.presses(ANN, "carry", "pick:1", "next", "person")
    ticket = await claimed(stuck)
    assert await stuck.desk.step_back(stuck.key(), AMIR, ticket, cards=1) == ""
    assert "gone back a little" in stuck.sent_to(ANN)[-1]
    await stuck.presses(ANN, "leave")
    assert "2 of 5" in stuck.sent_to(ANN)[-1]
    assert await stuck.acts(ticket) == ["claimed Amir", "stepped_back Amir", "closed  went_on"]


async def test_steps_back_end_at_the_first_card(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.step_back(stuck.key(), AMIR, ticket)
    await stuck.desk.step_back(stuck.key(), AMIR, ticket)
    assert "1 of 5" in stuck.sent_to(ANN)[-1]


async def test_outside_a_lesson_there_is_no_card(town: Town) -> None:
    await town.says(ANN, "hi", "Ann", "person", "yes")
    ticket, told = await claimed(town), len(town.sent_to(ANN))
    for act in (town.desk.show_card, town.desk.step_back):
        assert "no card" in await act(town.key(), AMIR, ticket)
    assert len(town.sent_to(ANN)) == told
    assert await town.acts(ticket) == ["claimed Amir"]


async def test_blocked_learner_is_told_where_else_to_go_and_lessons_go_on(stuck: Town) -> None:
    ticket = await claimed(stuck)
    assert "cannot ask" in await stuck.desk.block(stuck.key(), AMIR, ticket, "rude")
    now = await stuck.now_is(ticket)
    assert (now.status, now.outcome) == (Status.CLOSED, Outcome.NO_HELP)
    assert (await stuck.state(ANN)).stage is Stage.LESSON
    await stuck.says(ANN, "person")
    assert "Citizens Advice" in stuck.sent_to(ANN)[-1]
    await stuck.presses(ANN, "pick:1")
    assert "spelled right" in stuck.sent_to(ANN)[-1]
    assert list(await stuck.store.read(lambda tx: tx.tickets.list())) == []


async def test_only_a_coordinator_lets_a_learner_ask_again(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.coordinator(CORA)
    await stuck.desk.block(stuck.key(), AMIR, ticket, "rude")
    assert "Only a coordinator" in await stuck.desk.unblock(stuck.key(), AMIR, ticket)
    assert "can ask again" in await stuck.desk.unblock(stuck.key(), CORA, ticket)
    await stuck.says(ANN, "person", "yes")
    assert await stuck.ticket() == ticket


async def test_learner_can_be_blocked_after_the_ticket_was_closed(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.coordinator(CORA)
    await stuck.desk.close(stuck.key(), AMIR, ticket)
    await stuck.desk.block(stuck.key(), CORA, ticket, "rude")
    assert (await stuck.now_is(ticket)).outcome is Outcome.SOLVED
    assert (await stuck.state(ANN)).blocked


async def test_every_act_is_written_down_without_a_word_of_what_was_said(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "secret words")
    await stuck.desk.note(stuck.key(), AMIR, ticket, "secret words")
    await stuck.desk.block(stuck.key(), AMIR, ticket, "secret words")
    acts = (await stuck.case(ticket)).acts
    assert [str(one.act) for one in acts] == ["claimed", "replied", "noted", "blocked"]
    assert "secret" not in repr(acts)
