"""What is secret in a learner's words is not in the database, the helpers' chat or what is owed, whatever they did."""

from sqlalchemy import select

from tests.integration.runtime.conftest import AMIR, ANN, GROUP, Town
from tests.integration.store.sample import connected
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.values import Author
from tutorbot.store.tables import Row
from tutorbot.tutor.events import TextSent
from tutorbot.tutor.state import Stage

SECRETS = ("4111", "900123", "Fluffy", "4821", "900777")


def everything(url: str) -> str:
    """Every row of every table."""
    with connected(url) as connection:
        return "\n".join(str(row) for table in Row.metadata.sorted_tables for row in connection.execute(select(table)))


async def helped(town: Town) -> None:
    await town.says(ANN, "/start fake-email", "Ann 07700 900777")
    await town.presses(ANN, "next", "next", "next")
    await town.says(ANN, "4111 1111 1111 1111")
    await town.presses(ANN, "person", "yes")
    await town.desk.claim(town.key(), AMIR, await town.ticket())


async def test_nothing_secret_is_kept_or_passed_on(town: Town, database_url: str) -> None:
    await helped(town)
    await town.says(ANN, "my card is 4111-1111-1111-1111")
    await town.presses(ANN, "send")
    await town.says(ANN, "my password is Fluffy123", "pin 4821. i want to die. ring 07700900123")
    kept = everything(database_url) + repr(town.owed)
    assert "⟦card⟧" in kept
    assert not [secret for secret in SECRETS if secret in kept]


async def test_helpers_read_what_was_hidden_in_words(town: Town) -> None:
    await helped(town)
    await town.says(ANN, "my card is 4111 1111 1111 1111")
    await town.presses(ANN, "send")
    assert "my card is [card number hidden]" in town.sent_to(GROUP)[-1]
    case = await town.case(await town.ticket())
    assert "card number hidden" in case.briefing.text
    assert [entry.message.said for entry in case.entries if entry.author is Author.LEARNER] == [
        "my card is [card number hidden]"
    ]


async def test_what_they_do_not_send_is_not_under_the_ticket(town: Town) -> None:
    await helped(town)
    await town.says(ANN, "my card is 4111 1111 1111 1111")
    await town.presses(ANN, "rewrite")
    case = await town.case(await town.ticket())
    assert [entry for entry in case.entries if entry.author is Author.LEARNER] == []


async def test_their_own_page_shows_what_was_hidden_in_their_language(town: Town) -> None:
    text = TextSent("fy ngherdyn yw 4111 1111 1111 1111")
    await town.conversation.receive(Incoming(town.key(), ANN, text, town.now, language="cy"))
    said = [entry.message.said for entry in await town.chat(ANN) if entry.author is Author.LEARNER]
    assert said == ["fy ngherdyn yw [cuddiwyd: rhif cerdyn]"]


async def test_an_alarm_is_told_to_the_helpers(town: Town) -> None:
    await helped(town)
    await town.says(ANN, "my husband hits me")
    assert "may be in danger" in town.sent_to(GROUP)[-1]
    assert "my husband hits me" in town.sent_to(GROUP)[-3]
    assert "0808 2000 247" in town.sent_to(ANN)[-1]
    assert (await town.state(ANN)).stage is Stage.HELPED


async def test_an_urgent_question_is_marked(town: Town) -> None:
    await town.says(ANN, "hi", "Ann", "i want to die")
    await town.presses(ANN, "yes")
    assert "Urgent" in town.sent_to(GROUP)[-2]
    assert "may be in danger" in town.sent_to(GROUP)[-1]
    assert (await town.store.read(lambda tx: tx.tickets.list()))[0].opening.urgent
