"""How questions come into the queue, come back to it, and which have a card in the chat."""

from dataclasses import replace
from datetime import timedelta

from tests.integration.runtime.conftest import AMIR, ANN, BEA, DANA, GROUP, Town
from tutorbot.desk.routing import CARDS
from tutorbot.desk.ticket import Status, Timer
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address, Kind
from tutorbot.tutor.state import Stage

WEEK = timedelta(days=7)


async def helped(town: Town) -> int:
    """Ann's question was taken and closed."""
    ticket = await town.ticket()
    await town.desk.claim(town.key(), AMIR, ticket)
    await town.desk.close(town.key(), AMIR, ticket)
    return ticket


def learners(count: int) -> list[Address]:
    return [Address("telegram", str(2000 + number)) for number in range(count)]


def cards(town: Town) -> int:
    """How many new cards went to the helpers' chat."""
    return sum(one.to == GROUP and one.kind is Kind.SAY and bool(one.message.buttons) for one in town.owed)


# Coming back


async def test_help_that_did_not_help_is_asked_for_again_with_the_same_ticket(stuck: Town) -> None:
    ticket = await helped(stuck)
    await stuck.presses(ANN, "rate:no")
    assert "Shall I ask again?" in stuck.sent_to(ANN)[-1]
    await stuck.presses(ANN, "yes:again")
    now = await stuck.now_is(ticket)
    assert (now.status, now.reopened, now.rating, now.timer) == (Status.WAITING, 1, "no", Timer.TELL)
    assert "**Amir**, you helped before." in stuck.sent_to(GROUP)[-1]
    assert "come back" in stuck.sent_to(AMIR.address)[-1]
    assert "Amir helped you before" in stuck.sent_to(ANN)[-1]
    assert await stuck.acts(ticket) == ["claimed Amir", "closed Amir solved", "reopened"]


async def test_helper_who_is_away_is_not_told_and_not_promised(stuck: Town) -> None:
    await helped(stuck)
    await stuck.desk.presence(stuck.key(), AMIR, here=False)
    await stuck.presses(ANN, "rate:no", "yes:again")
    assert "helped before" not in stuck.sent_to(GROUP)[-1]
    assert stuck.sent_to(AMIR.address) == []
    assert "Amir" not in stuck.sent_to(ANN)[-1]


async def test_question_about_the_same_lesson_within_a_week_is_the_same_ticket(stuck: Town) -> None:
    ticket = await helped(stuck)
    stuck.now += WEEK - timedelta(minutes=1)
    await stuck.says(ANN, "person", "yes")
    assert (await stuck.ticket(), (await stuck.now_is(ticket)).reopened) == (ticket, 1)


async def test_question_about_another_lesson_or_after_a_week_is_a_new_ticket(stuck: Town) -> None:
    ticket = await helped(stuck)
    await stuck.says(ANN, "/start links", "person", "yes")
    second = await stuck.ticket()
    assert second != ticket
    await stuck.presses(ANN, "cancel")
    stuck.now += WEEK + timedelta(minutes=1)
    await stuck.says(ANN, "person", "yes")
    assert await stuck.ticket() not in (ticket, second)


async def test_asking_again_after_a_week_opens_a_new_ticket(stuck: Town) -> None:
    ticket = await helped(stuck)
    stuck.now += WEEK + timedelta(minutes=1)
    await stuck.presses(ANN, "rate:no", "yes:again")
    assert await stuck.ticket() != ticket


async def test_thanks_after_closing_reopens_nothing(stuck: Town) -> None:
    await helped(stuck)
    for text in ("thanks", "👍", "ok bye"):
        await stuck.says(ANN, text)
    assert list(await stuck.store.read(lambda tx: tx.tickets.list())) == []


async def test_not_asking_again_leads_back_to_the_card(stuck: Town) -> None:
    await helped(stuck)
    await stuck.presses(ANN, "rate:no", "notnow")
    assert "2 of 5" in stuck.sent_to(ANN)[-1]
    assert list(await stuck.store.read(lambda tx: tx.tickets.list())) == []
    assert (await stuck.state(ANN)).again == 0


async def test_ticket_of_somebody_else_cannot_be_reopened(stuck: Town) -> None:
    ticket = await helped(stuck)
    await stuck.says(BEA, "/start links", "Bea")
    bea = await stuck.store.transact(lambda tx: tx.learners.at(BEA, "en", stuck.now))
    forged = replace(bea, state=replace(bea.state, rating=ticket))
    await stuck.store.transact(lambda tx: tx.learners.save(forged, stuck.now))
    await stuck.presses(BEA, "rate:no", "yes:again")
    assert (await stuck.now_is(ticket)).status is Status.CLOSED
    assert await stuck.ticket() != ticket


# Groups


async def test_learner_who_came_by_an_invite_asks_that_group(town: Town) -> None:
    york = await town.second_group(place="York Library")
    sam = Who(Address("telegram", "90"), "Sam")
    await town.desk.join(town.key(), sam, york)
    await town.desk.presence(town.key(), sam, here=False)
    await town.says(ANN, "/start group-york", "Ann", "person", "yes")
    assert (await town.now_is(await town.ticket())).group == york
    assert town.owed[-1].to == Address("telegram", "-200")
    assert "York Library" in town.sent_to(ANN)[-1]


async def test_learner_who_is_known_joins_a_group_by_its_link_too(stuck: Town) -> None:
    york = await stuck.second_group()
    await stuck.presses(ANN, "cancel")
    await stuck.says(ANN, "/start group-york")
    assert "Here you are" in stuck.sent_to(ANN)[-1]
    assert "2 of 5" in stuck.sent_to(ANN)[-1]
    await stuck.says(ANN, "/start links", "person", "yes")
    assert (await stuck.now_is(await stuck.ticket())).group == york


async def test_link_of_no_group_is_a_greeting(town: Town) -> None:
    await town.says(ANN, "/start group-nowhere", "Ann")
    assert (await town.state(ANN)).stage is Stage.MENU


async def test_group_without_a_chat_works_at_the_web_desk(town: Town) -> None:
    york = await town.second_group(chat="")
    await town.says(ANN, "/start group-york", "Ann")
    before = len(town.sent_to(GROUP))
    await town.says(ANN, "person", "yes")
    assert len(town.sent_to(GROUP)) == before
    assert [one.group for one in await town.store.read(lambda tx: tx.tickets.list())] == [york]


# A flood


async def test_flood_of_questions_becomes_a_few_cards_and_one_line(town: Town) -> None:
    for learner in learners(CARDS + 5):
        await town.says(learner, "hi", "Ann", "person", "yes")
    assert cards(town) == CARDS
    assert sum("Many people are asking" in text for text in town.sent_to(GROUP)) == 1
    assert len(await town.store.read(lambda tx: tx.tickets.list())) == CARDS + 5
    assert all(one.to != GROUP or one.ticket is None or one.message.buttons for one in town.owed)


async def test_as_tickets_are_taken_the_next_get_their_cards(town: Town) -> None:
    asking = learners(CARDS + 2)
    for learner in asking:
        await town.says(learner, "hi", "Ann", "person", "yes")
    await town.says(asking[-2], "it is about my phone")
    assert "my phone" not in "".join(town.sent_to(GROUP))
    first, *_ = await town.store.read(lambda tx: tx.tickets.list())
    await town.desk.claim(town.key(), AMIR, first.id)
    await town.passes(2)
    assert cards(town) == CARDS + 1
    assert "it is about my phone" in town.sent_to(GROUP)[-1]
    assert not (await town.store.read(lambda tx: tx.tickets.list()))[-1].carded


async def test_ticket_taken_back_in_a_flood_never_gets_a_card(town: Town) -> None:
    asking = learners(CARDS + 1)
    for learner in asking:
        await town.says(learner, "hi", "Ann", "person", "yes")
    told = len(town.sent_to(GROUP))
    await town.presses(asking[-1], "cancel")
    await town.presses(asking[0], "cancel")
    await town.passes(2)
    assert cards(town) == CARDS
    assert len(town.sent_to(GROUP)) == told + 3  # that one was taken back, its card, its topic


async def test_urgent_ticket_has_a_card_in_any_flood(town: Town) -> None:
    for learner in learners(CARDS + 1):
        await town.says(learner, "hi", "Ann", "person", "yes")
    last = (await town.store.read(lambda tx: tx.tickets.list()))[-1]
    await town.desk.mark_urgent(town.key(), DANA, last.id)
    assert cards(town) == CARDS + 1
    assert (await town.store.read(lambda tx: tx.tickets.list()))[0].id == last.id


async def test_ticket_taken_at_the_web_desk_without_a_card_says_nothing_in_the_chat(town: Town) -> None:
    for learner in learners(CARDS + 1):
        await town.says(learner, "hi", "Ann", "person", "yes")
    last, told = (await town.store.read(lambda tx: tx.tickets.list()))[-1], len(town.sent_to(GROUP))
    await town.desk.claim(town.key(), AMIR, last.id)
    await town.desk.reply(town.key(), AMIR, last.id, "Hello")
    assert len(town.sent_to(GROUP)) == told
    await town.desk.release(town.key(), AMIR, last.id)
    assert not (await town.now_is(last.id)).carded
