"""Helpers come and go, and may do what their role and group allow."""

import pytest

from tests.integration.runtime.conftest import AMIR, ANN, BEA, CORA, DANA, GROUP, Town
from tutorbot.desk.ticket import Outcome, Status
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address, Kind
from tutorbot.tutor.state import Stage

STRANGER = Who(Address("telegram", "90"), "Sam")
YORK = Address("telegram", "-200")


async def claimed(town: Town) -> int:
    ticket = await town.ticket()
    await town.desk.claim(town.key(), AMIR, ticket)
    return ticket


async def number_of(town: Town, who: Who) -> int:
    helper = await town.desk.helper_of(who)
    assert helper
    return helper.id


@pytest.mark.parametrize("act", ["claim", "close", "mark_urgent", "show_card", "step_back", "unblock", "unsend"])
async def test_who_has_not_joined_may_do_nothing_and_is_told_how(stuck: Town, act: str) -> None:
    ticket = await stuck.ticket()
    words = await getattr(stuck.desk, act)(stuck.key(), STRANGER, ticket)
    assert "Join the desk" in words
    assert (await stuck.now_is(ticket)).status is Status.WAITING
    assert await stuck.acts(ticket) == []


async def test_words_of_who_has_left_go_nowhere(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.leave(stuck.key(), AMIR)
    told = len(stuck.sent_to(ANN))
    assert "Join the desk" in await stuck.desk.reply(stuck.key(), AMIR, ticket, "one more thing")
    assert len(stuck.sent_to(ANN)) == told


async def test_who_leaves_gives_all_tickets_back_and_their_learners_are_told(stuck: Town) -> None:
    await stuck.says(BEA, "/start links", "Bea", "person", "yes")
    for ticket in await stuck.store.read(lambda tx: tx.tickets.list()):
        await stuck.desk.claim(stuck.key(), AMIR, ticket.id)
    assert "have left" in await stuck.desk.leave(stuck.key(), AMIR)
    assert [one.status for one in await stuck.store.read(lambda tx: tx.tickets.list())] == [Status.WAITING] * 2
    for learner in (ANN, BEA):
        assert "Amir had to go" in stuck.sent_to(learner)[-1]
        assert (await stuck.state(learner)).stage is Stage.WAITING


async def test_who_joins_another_group_gives_tickets_of_the_first_back(stuck: Town) -> None:
    ticket, york = await claimed(stuck), await stuck.second_group()
    await stuck.desk.join(stuck.key(), AMIR, york)
    assert (await stuck.now_is(ticket)).status is Status.WAITING
    assert "another group" in await stuck.desk.claim(stuck.key(), AMIR, ticket)
    assert "already" in await stuck.desk.join(stuck.key(), AMIR, york)
    assert "no such group" in await stuck.desk.join(stuck.key(), AMIR, 404)


async def test_helper_sees_only_the_queue_of_their_group(stuck: Town) -> None:
    york = await stuck.second_group()
    await stuck.desk.join(stuck.key(), STRANGER, york)
    assert list(await stuck.desk.queue(STRANGER)) == []
    assert [one.id for one in await stuck.desk.queue(AMIR)] == [await stuck.ticket()]
    assert [one.name for one in await stuck.desk.helpers(york)] == ["Sam"]
    assert [one.name for one in await stuck.desk.helpers()] == ["Amir", "Dana"]
    assert [one.name for one in await stuck.desk.groups()] == ["Leeds", "York"]


async def test_helper_cannot_act_on_the_ticket_of_another_helper(stuck: Town) -> None:
    ticket = await claimed(stuck)
    dana = await number_of(stuck, DANA)
    for words in (
        await stuck.desk.release(stuck.key(), DANA, ticket),
        await stuck.desk.close(stuck.key(), DANA, ticket),
        await stuck.desk.transfer(stuck.key(), DANA, ticket, dana),
        await stuck.desk.show_card(stuck.key(), DANA, ticket),
        await stuck.desk.block(stuck.key(), DANA, ticket, "why"),
        await stuck.desk.hand_over(stuck.key(), DANA, ticket, await stuck.second_group()),
    ):
        assert words == "Amir has this one."
    assert (await stuck.now_is(ticket)).status is Status.CLAIMED


async def test_coordinator_looks_after_the_tickets_of_the_group(stuck: Town) -> None:
    await stuck.coordinator(CORA)
    ticket = await claimed(stuck)
    await stuck.desk.release(stuck.key(), CORA, ticket)
    assert "Amir had to go" in stuck.sent_to(ANN)[-1]
    await stuck.desk.transfer(stuck.key(), CORA, ticket, await number_of(stuck, DANA))
    assert "Dana is here" in stuck.sent_to(ANN)[-1].replace("**", "")
    await stuck.desk.close(stuck.key(), CORA, ticket, Outcome.REFERRED)
    assert (await stuck.now_is(ticket)).outcome is Outcome.REFERRED
    assert await stuck.acts(ticket) == [
        "claimed Amir",
        "released Cora",
        f"transferred Cora {await number_of(stuck, DANA)}",
        "closed Cora referred",
    ]


async def test_ticket_is_given_only_to_somebody_of_the_group_who_is_here(stuck: Town) -> None:
    ticket, york = await claimed(stuck), await stuck.second_group()
    await stuck.desk.join(stuck.key(), STRANGER, york)
    assert "not at your group" in await stuck.desk.transfer(stuck.key(), AMIR, ticket, await number_of(stuck, STRANGER))
    assert "not at your group" in await stuck.desk.transfer(stuck.key(), AMIR, ticket, 404)
    await stuck.desk.presence(stuck.key(), DANA, here=False)
    assert await stuck.desk.transfer(stuck.key(), AMIR, ticket, await number_of(stuck, DANA)) == "Dana is away now."
    assert (
        await stuck.desk.transfer(stuck.key(), AMIR, ticket, await number_of(stuck, AMIR))
        == "You have this one already."
    )


async def test_transferred_ticket_starts_the_new_helpers_time(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.passes(9)
    await stuck.desk.transfer(stuck.key(), AMIR, ticket, await number_of(stuck, DANA))
    await stuck.passes(9)
    assert "reminded" not in "".join(await stuck.acts(ticket))
    await stuck.passes(1)
    assert (await stuck.acts(ticket))[-1] == "reminded Dana"


async def test_ticket_handed_over_is_the_other_groups_with_all_that_was_written(stuck: Town) -> None:
    york = await stuck.second_group()
    await stuck.desk.join(stuck.key(), STRANGER, york)
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Hello Ann")
    await stuck.store.transact(lambda tx: tx.tickets.set_thread(ticket, "12"))
    assert await stuck.desk.hand_over(stuck.key(), AMIR, ticket, york) == ""
    there = [one for one in stuck.owed if one.to == YORK]
    assert (there[0].kind, there[0].message.buttons[0].label) == (Kind.SAY, "I'll help")
    assert "Amir: Hello Ann" in there[1].message.said
    ended = next(one for one in stuck.owed if one.kind is Kind.CLOSE_THREAD)
    assert (ended.to, ended.ref) == (GROUP, "12")
    assert await stuck.desk.claim(stuck.key(), STRANGER, ticket) == ""
    assert (await stuck.case(ticket)).entries[0].message.said == "Hello Ann"


async def test_ticket_is_handed_over_only_to_another_group_that_is_there(stuck: Town) -> None:
    ticket = await claimed(stuck)
    here = (await stuck.now_is(ticket)).group
    assert "already" in await stuck.desk.hand_over(stuck.key(), AMIR, ticket, here)
    assert "no such group" in await stuck.desk.hand_over(stuck.key(), AMIR, ticket, 404)


async def test_waiting_ticket_handed_over_is_no_news_to_the_learner(stuck: Town) -> None:
    told = len(stuck.sent_to(ANN))
    await stuck.desk.hand_over(stuck.key(), AMIR, await stuck.ticket(), await stuck.second_group())
    assert len(stuck.sent_to(ANN)) == told


async def test_urgent_is_told_to_leads_and_coordinators_at_once(stuck: Town) -> None:
    await stuck.coordinator(CORA)
    dana = await stuck.desk.helper_of(DANA)
    assert dana
    await stuck.desk.sessions_revoke(dana.id)
    ticket = await stuck.ticket()
    assert await stuck.desk.mark_urgent(stuck.key(), AMIR, ticket) == "Marked as urgent. I have told: Cora."
    assert "this is urgent" in stuck.sent_to(CORA.address)[-1]
    assert "already" in await stuck.desk.mark_urgent(stuck.key(), AMIR, ticket)


async def test_urgent_where_nobody_can_be_told_is_said(stuck: Town) -> None:
    assert "999" in await stuck.desk.mark_urgent(stuck.key(), AMIR, await stuck.ticket())


async def test_hours_and_languages_are_checked(town: Town) -> None:
    assert "cannot read “noon”" in await town.desk.set_hours(town.key(), AMIR, "noon")
    assert "do not know the language “qqq”" in await town.desk.set_languages(town.key(), AMIR, "en qqq")
    await town.desk.set_hours(town.key(), AMIR, "mon 09:00-12:00")
    await town.desk.set_languages(town.key(), AMIR, "EN, cy en")
    helper = await town.desk.helper_of(AMIR)
    assert helper
    assert (helper.hours, helper.languages) == ("mon 09:00-12:00", ("en", "cy"))


async def test_who_is_away_is_not_expected(town: Town) -> None:
    for who in (AMIR, DANA):
        assert "away" in await town.desk.presence(town.key(), who, here=False)
    await town.says(ANN, "hi", "Ann", "person", "yes")
    assert "cannot see a volunteer" in town.sent_to(ANN)[-1]
    assert "here" in await town.desk.presence(town.key(), AMIR, here=True)
    await town.says(BEA, "hi", "Bea", "person", "yes")
    assert "A volunteer is here now" in town.sent_to(BEA)[-1]
