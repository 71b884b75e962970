"""There is always a group; a learner's questions go to theirs."""

from dataclasses import replace

from tests.integration.store.sample import ANN, BOB, NOW, QUESTION, learner
from tutorbot.desk.group import Group
from tutorbot.runtime.ports import Store

LEEDS = Group(0, "Leeds", "telegram:-1005", ("en", "cy"), "mon-fri 09:00-17:00", "Leeds Library", "word")


async def added(store: Store, group: Group = LEEDS) -> Group:
    number = await store.transact(lambda tx: tx.groups.add(group, NOW))
    return replace(group, id=number)


async def test_first_group_is_there_from_the_start(store: Store) -> None:
    (first,) = await store.read(lambda tx: tx.groups.list())
    assert first == Group(first.id)
    assert await store.read(lambda tx: tx.groups.get(0)) == first


async def test_group_reads_back_as_it_was_written(store: Store) -> None:
    leeds = await added(store)
    assert await store.read(lambda tx: tx.groups.get(leeds.id)) == leeds
    changed = replace(leeds, name="York", chat="", languages=(), hours="", place="", invite="other")
    await store.transact(lambda tx: tx.groups.save(changed))
    assert await store.read(lambda tx: tx.groups.get(leeds.id)) == changed


async def test_oldest_group_stays_the_first(store: Store) -> None:
    leeds = await added(store)
    first, second = await store.read(lambda tx: tx.groups.list())
    assert (second, await store.read(lambda tx: tx.groups.get(0))) == (leeds, first)
    assert await store.read(lambda tx: tx.groups.get(404)) is None


async def test_group_is_found_by_its_invite_and_by_its_chat(store: Store) -> None:
    leeds = await added(store)
    assert await store.read(lambda tx: tx.groups.of_invite("word")) == leeds
    assert await store.read(lambda tx: tx.groups.of_chat("telegram:-1005")) == leeds
    for nothing in ("", "other"):
        assert await store.read(lambda tx, word=nothing: tx.groups.of_invite(word)) is None  # type: ignore[misc]
        assert await store.read(lambda tx, word=nothing: tx.groups.of_chat(word)) is None  # type: ignore[misc]


async def test_question_goes_to_the_learners_group_and_to_the_first_of_those_who_have_none(store: Store) -> None:
    leeds, ann, bob = await added(store), await learner(store, ANN), await learner(store, BOB)
    first = (await store.read(lambda tx: tx.groups.list()))[0]
    await store.transact(lambda tx: tx.learners.set_group(ann.id, leeds.id))
    assert await store.read(lambda tx: (tx.learners.group_of(ann.id), tx.learners.group_of(bob.id))) == (leeds.id, 0)
    hers, his = [await store.transact(lambda tx, one=one: tx.tickets.open(one.id, QUESTION, NOW)) for one in (ann, bob)]  # type: ignore[misc]
    assert (hers.group, hers.chat) == (leeds.id, "telegram:-1005")
    assert (his.group, his.chat) == (first.id, "")
    assert [one.id for one in await store.read(lambda tx: tx.tickets.list(leeds.id))] == [hers.id]
