"""What helpers do, over a real store."""

import asyncio
from dataclasses import replace

from tests.integration.runtime.conftest import AMIR, ANN, DANA, GROUP, Town
from tutorbot.desk.ticket import Outcome, Status
from tutorbot.runtime.values import Author, Kind
from tutorbot.tutor.state import Stage


async def claimed(town: Town) -> int:
    ticket = await town.ticket()
    await town.desk.claim(town.key(), AMIR, ticket)
    return ticket


async def test_a_claim_is_told_to_the_learner_and_the_card_shows_it(stuck: Town) -> None:
    await claimed(stuck)
    assert "Amir" in stuck.sent_to(ANN)[-1]
    card = stuck.owed[-1]
    assert (card.to, card.kind) == (GROUP, Kind.REPLACE)
    assert "Amir is helping" in card.message.text


async def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(stuck: Town) -> None:
    ticket = await stuck.ticket()
    words = await asyncio.gather(*(stuck.desk.claim(stuck.key(), who, ticket) for who in (AMIR, DANA)))
    (winner,) = [one.helper.name for one in await stuck.store.read(lambda tx: tx.tickets.list()) if one.helper]
    assert sorted(words) == ["", f"{winner} has this one."]


async def test_the_claimers_words_reach_the_learner_under_their_first_name(stuck: Town) -> None:
    ticket = await claimed(stuck)
    assert await stuck.desk.reply(stuck.key(), AMIR, ticket, "Hello <b>Ann</b>") == ""
    last = stuck.owed[-2] if stuck.owed[-1].to == GROUP else stuck.owed[-1]
    assert (last.to, last.message.said, last.author) == (ANN, "Hello <b>Ann</b>", Author.HELPER)
    assert "Amir" in last.message.text


async def test_another_helpers_words_stay_inside_as_a_note(stuck: Town) -> None:
    ticket = await claimed(stuck)
    told = len(stuck.sent_to(ANN))
    assert "Amir has this one" in await stuck.desk.reply(stuck.key(), DANA, ticket, "secret", ref="5")
    assert len(stuck.sent_to(ANN)) == told
    case = await stuck.case(ticket)
    assert (case.entries[-1].author, case.entries[-1].name) == (Author.NOTE, "Dana")


async def test_words_before_a_claim_stay_inside_and_the_helper_is_told_how(stuck: Town) -> None:
    words = await stuck.desk.reply(stuck.key(), AMIR, await stuck.ticket(), "Hello", ref="5")
    assert "I'll help" in words
    assert "Hello" not in stuck.sent_to(ANN)[-1]


async def test_a_note_is_never_seen_by_the_learner(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.note(stuck.key(), AMIR, ticket, "she is deaf")
    assert all("deaf" not in repr(entry) for entry in await stuck.chat(ANN))


async def test_the_talk_is_kept_in_order_for_both_sides(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Hello")
    await stuck.says(ANN, "Hi Amir")
    await stuck.desk.note(stuck.key(), AMIR, ticket, "slowly")
    case = await stuck.case(ticket)
    assert [(entry.author, entry.message.said) for entry in case.entries] == [
        (Author.HELPER, "Hello"),
        (Author.LEARNER, "Hi Amir"),
        (Author.NOTE, "slowly"),
    ]


async def test_a_ticket_given_back_waits_again_and_the_learner_is_told(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.release(stuck.key(), AMIR, ticket)
    (waiting,) = await stuck.store.read(lambda tx: tx.tickets.list())
    assert waiting.status is Status.WAITING
    assert "had to go" in stuck.sent_to(ANN)[-1]
    assert (await stuck.state(ANN)).waiting


async def test_closing_asks_for_a_rating_and_closes_the_topic(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.close(stuck.key(), AMIR, ticket)
    assert "Did that help?" in stuck.sent_to(ANN)[-1]
    assert Kind.CLOSE_THREAD in [one.kind for one in stuck.owed if one.to == GROUP]
    await stuck.presses(ANN, "rate:yes")
    (closed,) = await stuck.store.read(lambda tx: tx.tickets.list(closed=True))
    assert (closed.outcome, closed.rating) == (Outcome.SOLVED, "yes")
    assert "2 of 5" in stuck.sent_to(ANN)[-1]


async def test_only_the_one_who_has_it_can_close_it(stuck: Town) -> None:
    ticket = await claimed(stuck)
    assert "Amir has this one" in await stuck.desk.close(stuck.key(), DANA, ticket)
    assert (await stuck.state(ANN)).stage is Stage.HELPED


async def test_words_for_a_closed_ticket_are_kept_as_a_note(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.presses(ANN, "leave")
    assert "closed" in await stuck.desk.reply(stuck.key(), AMIR, ticket, "wait")
    assert "wait" not in stuck.sent_to(ANN)[-1]
    case = await stuck.case(ticket)
    assert (case.entries[-1].author, case.entries[-1].message.said) == (Author.NOTE, "wait")


async def test_an_unknown_ticket_is_refused_kindly(town: Town) -> None:
    assert await town.desk.claim(town.key(), AMIR, 999) == "There is no such ticket."


async def test_the_same_act_twice_has_one_effect(stuck: Town) -> None:
    ticket = await claimed(stuck)
    for _ in range(3):
        await stuck.desk.reply("same", AMIR, ticket, "Look again")
    assert sum("Look again" in text for text in stuck.sent_to(ANN)) == 1


async def test_a_helper_who_changes_name_is_the_same_helper(stuck: Town) -> None:
    ticket = await claimed(stuck)
    assert await stuck.desk.reply(stuck.key(), replace(AMIR, name="Amir B"), ticket, "Hello") == ""
