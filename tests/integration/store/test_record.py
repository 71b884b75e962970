"""What was said is kept in order, and what is owed is leased by the rule."""

from dataclasses import replace

import pytest

from tests.integration.store.sample import (
    ANN,
    BOB,
    ME,
    MINUTE,
    NOW,
    OTHER,
    QUESTION,
    ids,
    learner,
    owed,
    texts,
    write,
)
from tutorbot.messages.message import Button, Message
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address, Author, Entry, Kind, NewEntry, Owed, settled

GROUP = Address("telegram", "-100500")


def line(text: str, author: Author = Author.TUTOR, ticket: int | None = None, ref: str = "") -> NewEntry:
    return NewEntry(ANN, author, Message(text), NOW, ticket=ticket, ref=ref)


async def ticket(store: Store, of: Address = ANN) -> int:
    known = await learner(store, of)
    return (await store.transact(lambda tx: tx.tickets.open(known.id, QUESTION, NOW))).id


async def test_entry_is_read_back_equal(store: Store) -> None:
    message = Message("Hello", said="*x*", buttons=(Button("next", "Next", nav=True),), step=3)
    new = NewEntry(ANN, Author.HELPER, message, NOW, name="Amir", kind=Kind.REPLACE, ref="17")
    await write(store, new)
    (entry,) = await store.read(lambda tx: tx.record.of_chat(ANN))
    assert entry == Entry(entry.id, Author.HELPER, message, NOW, "Amir", None, Kind.REPLACE)


async def test_chat_holds_its_own_entries_in_order_without_notes(store: Store) -> None:
    await write(store, line("1"), replace(line("2"), to=BOB), line("3", Author.NOTE), line("4", Author.LEARNER))
    assert texts(await store.read(lambda tx: tx.record.of_chat(ANN))) == ["1", "4"]


async def test_chat_gives_the_newest_after_an_id(store: Store) -> None:
    await write(store, *(line(str(number)) for number in range(5)))
    first = (await ids(store))[0]
    assert texts(await store.read(lambda tx: tx.record.of_chat(ANN, limit=2))) == ["3", "4"]
    assert texts(await store.read(lambda tx: tx.record.of_chat(ANN, after=first))) == ["1", "2", "3", "4"]


async def test_ticket_holds_what_people_wrote_with_notes(store: Store) -> None:
    one = await ticket(store)
    authors = [Author.LEARNER, Author.TUTOR, Author.HELPER, Author.NOTE, Author.DESK]
    await write(store, line("before"), *(line(author.value, author, one) for author in authors))
    assert texts(await store.read(lambda tx: tx.record.of_ticket(one))) == ["learner", "helper", "note"]
    last = (await ids(store))[-1]
    assert await store.read(lambda tx: tx.record.of_ticket(one, after=last)) == []


async def test_ticket_is_found_by_the_channels_id_of_an_entry(store: Store) -> None:
    one, two = await ticket(store), await ticket(store, BOB)
    await write(store, line("a", ticket=one, ref="17"), line("b", ticket=two, ref="17"), line("c", ref="17"))
    assert await store.read(lambda tx: tx.record.ticket_of_ref(ANN, "17")) == two
    assert await store.read(lambda tx: tx.record.ticket_of_ref(GROUP, "17")) is None
    assert await store.read(lambda tx: tx.record.ticket_of_ref(ANN, "18")) is None


@pytest.mark.parametrize(("ref", "found"), [("17", True), ("18", True), ("19", True), ("7", False), ("1", False)])
async def test_ticket_is_found_by_every_part_of_a_long_message(store: Store, ref: str, found: bool) -> None:
    one = await ticket(store)
    await write(store, line("a", ticket=one, ref="17 18 19"))
    assert await store.read(lambda tx: tx.record.ticket_of_ref(ANN, ref)) == (one if found else None)


async def test_owed_entry_carries_all_that_a_sender_needs(store: Store) -> None:
    known, one = await learner(store), await ticket(store)
    new = owed("Hi", GROUP, learner=known.id, ticket=one, kind=Kind.REPLACE, ref="17")
    (sent,) = await store.transact(lambda tx: tx.record.write([new], ME))
    assert sent == Owed(sent.id, GROUP, Kind.REPLACE, Message("Hi"), ME.until, Author.TUTOR, "17", one)


async def test_only_what_is_owed_is_leased_to_its_writer(store: Store) -> None:
    assert await write(store, line("heard"), owed("1"), owed("2"), lease=ME) == ["1", "2"]


async def test_without_a_lease_nothing_may_be_sent_at_once(store: Store) -> None:
    assert await write(store, owed("1")) == []


async def test_chat_in_the_same_hands_goes_on(store: Store) -> None:
    await write(store, owed("1"), lease=ME)
    assert await write(store, owed("2"), lease=ME) == ["2"]


async def test_new_message_waits_behind_one_that_nobody_has(store: Store) -> None:
    await write(store, owed("1"))
    assert await write(store, owed("2"), owed("other chat", BOB), lease=ME) == ["other chat"]


async def test_new_message_waits_behind_one_in_other_hands(store: Store) -> None:
    await write(store, owed("1"), lease=OTHER)
    assert await write(store, owed("2"), lease=ME) == []


async def test_new_message_waits_behind_one_that_was_put_off(store: Store) -> None:
    await write(store, owed("1"), lease=ME)
    (first,) = await ids(store)
    await store.transact(lambda tx: tx.outbox.put_off(first, NOW + MINUTE, "slow down", unsure=False))
    assert await write(store, owed("2"), lease=ME) == []


async def test_new_message_waits_behind_one_whose_lease_has_ended(store: Store) -> None:
    await write(store, owed("1"), lease=ME)
    assert await write(store, replace(owed("2"), at=ME.until), lease=replace(ME, until=NOW + 5 * MINUTE)) == []


async def test_message_delivered_holds_nobody_up(store: Store) -> None:
    await write(store, owed("1"), lease=OTHER)
    first = await ids(store)
    await store.transact(lambda tx: tx.outbox.sent(first, "17", NOW))
    assert await write(store, owed("2"), lease=ME) == ["2"]


async def test_answer_is_found_by_the_message_it_passes_on(store: Store) -> None:
    ann = await learner(store)
    first = replace(owed("one", learner=ann.id), author=Author.HELPER, source="telegram:-1:5")
    await write(store, replace(first, author=Author.LEARNER), first)
    found = await store.read(lambda tx: tx.record.of_source("telegram:-1:5"))
    assert found is not None
    assert (found.author, found.message.text, found.of) == (Author.HELPER, "one", 0)
    assert await store.read(lambda tx: (tx.record.of_source(""), tx.record.of_source("telegram:-1:6"))) == (None, None)


async def test_change_of_an_entry_names_it_in_the_record_and_to_the_sender(store: Store) -> None:
    await write(store, owed("one"))
    (number,) = await ids(store)
    assert await store.read(lambda tx: tx.record.ref_of(number, ANN)) == ""
    await store.transact(lambda tx: tx.outbox.sent([number], "77", NOW))
    await store.transact(lambda tx: tx.record.write([replace(owed("two"), kind=Kind.EDIT, of=number)]))
    (change,) = await store.transact(lambda tx: tx.outbox.claim(["telegram"], ME, NOW))
    assert (change.kind, change.of) == (Kind.EDIT, number)
    assert await store.read(lambda tx: tx.record.ref_of(change.of, ANN)) == "77"
    assert await store.read(lambda tx: tx.record.ref_of(change.of, BOB)) == ""
    written = await store.read(lambda tx: tx.record.of_chat(ANN))
    assert [entry.message.text for entry in settled(written)] == ["two"]


async def test_entry_that_was_said_anew_when_it_was_changed_has_the_ids_of_then(store: Store) -> None:
    await write(store, owed("one"))
    (number,) = await ids(store)
    await store.transact(lambda tx: tx.outbox.sent([number], "77", NOW))
    await store.transact(lambda tx: tx.record.write([replace(owed("two"), kind=Kind.EDIT, of=number)]))
    await store.transact(lambda tx: tx.outbox.sent([number + 1], "80 81", NOW))
    assert await store.read(lambda tx: tx.record.ref_of(number, ANN)) == "80 81"


async def test_change_that_may_go_at_once_names_the_entry_too(store: Store) -> None:
    await write(store, owed("one"))
    (number,) = await ids(store)
    await store.transact(lambda tx: tx.outbox.sent([number], "77", NOW))
    change = replace(owed(""), kind=Kind.DELETE, of=number)
    (handed,) = await store.transact(lambda tx: tx.record.write([change], ME))
    assert (handed.kind, handed.of) == (Kind.DELETE, number)
    assert settled(await store.read(lambda tx: tx.record.of_chat(ANN))) == []


async def test_words_of_a_learner_and_our_line_about_them_are_found_by_their_author(store: Store) -> None:
    ann = await learner(store)
    heard = replace(owed("heard", learner=ann.id), author=Author.LEARNER, source="telegram:7:5")
    await write(store, heard, replace(heard, to=GROUP, author=Author.DESK, message=Message("line")))
    found = await store.read(
        lambda tx: [tx.record.of_source("telegram:7:5", author) for author in (Author.LEARNER, Author.DESK)]
    )
    assert [entry.message.text for entry in found if entry] == ["heard", "line"]


async def test_what_was_delivered_in_one_message_is_found_as_it_reads_now(store: Store) -> None:
    one = await ticket(store)
    await write(store, *(owed(text, to=GROUP, ticket=one) for text in ("a", "b", "c")))
    first, second, third = await ids(store, GROUP)
    await store.transact(lambda tx: tx.outbox.sent([first, second], "77", NOW))
    await store.transact(lambda tx: tx.outbox.sent([third], "78", NOW))
    await write(store, replace(owed("A", to=GROUP, ticket=one), kind=Kind.EDIT, of=first))
    edit = (await ids(store, GROUP))[-1]
    assert texts(await store.read(lambda tx: tx.record.sent_with(second))) == ["a", "b"]
    await store.transact(lambda tx: tx.outbox.sent([edit], "77", NOW))
    assert texts(await store.read(lambda tx: tx.record.sent_with(second))) == ["A", "b"]


async def test_nothing_stands_with_what_was_not_delivered(store: Store) -> None:
    await write(store, owed("a", to=GROUP, ticket=await ticket(store)), owed("b", to=GROUP))
    first, second = await ids(store, GROUP)
    assert await store.read(lambda tx: [*tx.record.sent_with(first), *tx.record.sent_with(second)]) == []
