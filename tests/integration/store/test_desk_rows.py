"""What is kept for the desk beside tickets: sessions, held answers, the audit."""

import asyncio

from sqlalchemy import update

from tests.integration.store.sample import AMIR, MINUTE, NOW, QUESTION, connected, learner
from tutorbot.desk.audit import Act, Audited
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Ticket
from tutorbot.messages.message import Copied, Message
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Held
from tutorbot.store.tables import AuditRow, table

VOICE = Copied("-1005", (7, 8), "voice", "listen")


async def amir(store: Store) -> Helper:
    return await store.transact(lambda tx: tx.helpers.at(AMIR, "Amir", NOW))


async def opened(store: Store) -> Ticket:
    known = await learner(store)
    return await store.transact(lambda tx: tx.tickets.open(known.id, QUESTION, NOW))


async def test_link_opens_once_and_in_time(store: Store) -> None:
    helper = await amir(store)
    for digest in ("one", "two"):
        await store.transact(lambda tx, word=digest: tx.signing.add_link(helper.id, word, NOW + MINUTE))  # type: ignore[misc]
    used = [await store.transact(lambda tx: tx.signing.use_link("one", NOW)) for _ in range(2)]
    assert used == [helper.id, None]
    assert await store.transact(lambda tx: tx.signing.use_link("two", NOW + MINUTE)) is None


async def test_of_many_who_use_a_link_at_once_one_is_let_in(store: Store) -> None:
    helper = await amir(store)
    await store.transact(lambda tx: tx.signing.add_link(helper.id, "one", NOW + MINUTE))
    used = await asyncio.gather(*(store.transact(lambda tx: tx.signing.use_link("one", NOW)) for _ in range(8)))
    assert sorted(used, key=str) == [helper.id, *[None] * 7]


async def test_session_lasts_until_it_ends_or_is_closed(store: Store) -> None:
    helper = await amir(store)
    await store.transact(lambda tx: tx.signing.open(helper.id, "secret", NOW + MINUTE))
    assert await store.read(lambda tx: tx.signing.helper_of("secret", NOW)) == helper.id
    assert await store.read(lambda tx: tx.signing.helper_of("secret", NOW + MINUTE)) is None
    await store.transact(lambda tx: tx.signing.close("secret"))
    assert await store.read(lambda tx: tx.signing.helper_of("secret", NOW)) is None


async def test_revoking_ends_all_sessions_and_links_of_a_helper(store: Store) -> None:
    helper = await amir(store)
    for digest in ("one", "two"):
        await store.transact(lambda tx, word=digest: tx.signing.open(helper.id, word, NOW + MINUTE))  # type: ignore[misc]
    await store.transact(lambda tx: tx.signing.add_link(helper.id, "link", NOW + MINUTE))
    assert await store.transact(lambda tx: tx.signing.revoke(helper.id)) == 2
    assert await store.read(lambda tx: tx.signing.helper_of("one", NOW)) is None
    assert await store.transact(lambda tx: tx.signing.use_link("link", NOW)) is None


async def test_what_has_ended_is_forgotten(store: Store) -> None:
    helper = await amir(store)
    await store.transact(lambda tx: tx.signing.open(helper.id, "old", NOW))
    await store.transact(lambda tx: tx.signing.open(helper.id, "new", NOW + MINUTE))
    await store.transact(lambda tx: tx.signing.add_link(helper.id, "link", NOW))
    assert await store.transact(lambda tx: tx.signing.forget(NOW)) == 2
    assert await store.read(lambda tx: tx.signing.helper_of("new", NOW)) == helper.id


async def test_held_answer_reads_back_until_it_is_dropped(store: Store) -> None:
    ticket, helper, message = await opened(store), await amir(store), Message(said="your PIN?", media=VOICE)
    number = await store.transact(lambda tx: tx.held.add(ticket.id, helper.id, message, "telegram:-1005:9", NOW))
    held = Held(number, ticket.id, helper.id, message, "telegram:-1005:9")
    assert await store.read(lambda tx: tx.held.get(number)) == held
    assert await store.read(lambda tx: tx.held.of_ticket(ticket.id)) == [held]
    assert [await store.transact(lambda tx: tx.held.drop(number)) for _ in range(2)] == [True, False]
    assert await store.read(lambda tx: tx.held.of_ticket(ticket.id)) == []
    another = await store.transact(lambda tx: tx.held.add(ticket.id, helper.id, message, "", NOW))
    assert another > number, "an old button would send another answer"


async def test_acts_are_written_down_and_read_back_in_order(store: Store) -> None:
    ticket, helper = await opened(store), await amir(store)
    await store.transact(lambda tx: tx.audit.add(Act.CLAIMED, NOW, helper, ticket.id))
    await store.transact(lambda tx: tx.audit.add(Act.CLOSED, NOW + MINUTE, None, ticket.id, "went_on"))
    await store.transact(lambda tx: tx.audit.add(Act.LEFT, NOW + 2 * MINUTE, helper))
    claimed = Audited(NOW, Act.CLAIMED, "Amir", helper.id, ticket.id)
    closed = Audited(NOW + MINUTE, Act.CLOSED, "", None, ticket.id, "went_on")
    assert await store.read(lambda tx: tx.audit.of_ticket(ticket.id)) == [claimed, closed]
    since = await store.read(lambda tx: tx.audit.since(NOW + MINUTE))
    assert [one.act for one in since] == [Act.CLOSED, Act.LEFT]


async def test_acts_belong_to_the_group_in_which_they_were_done(store: Store, database_url: str) -> None:
    """Also when helper and ticket have gone to another group since; and when the program that wrote knew no groups."""
    ticket, helper = await opened(store), await amir(store)
    york = await store.transact(lambda tx: tx.groups.add(Group(0, "York", invite="york"), NOW))

    async def acts(group: int) -> list[Act]:
        return [one.act for one in await store.read(lambda tx: tx.audit.since(NOW, group))]

    await store.transact(lambda tx: tx.audit.add(Act.CLAIMED, NOW, helper, ticket.id))
    await store.transact(lambda tx: tx.audit.add(Act.ALARM, NOW, None, ticket.id))
    await store.transact(lambda tx: tx.audit.add(Act.FORGOT, NOW, None))
    await store.transact(lambda tx: tx.tickets.hand_over(ticket.id, york, NOW))
    await store.transact(lambda tx: tx.helpers.join(helper.id, york, NOW))
    assert (await acts(helper.group), await acts(york)) == ([Act.CLAIMED, Act.ALARM], [])
    with connected(database_url) as connection:
        connection.execute(update(table(AuditRow)).values(group_id=None))
    assert (await acts(helper.group), await acts(york)) == ([], [Act.CLAIMED, Act.ALARM])
