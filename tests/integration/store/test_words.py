"""Words that learners asked for are counted, and forgotten when nobody asks any more."""

import asyncio

from tests.integration.store.sample import MINUTE, NOW
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import AskedWord
from tutorbot.tutor.replies import AskedForWord

ROUTER, MODEM = AskedForWord("router", "en"), AskedForWord("modem", "en")


async def test_a_word_is_counted_for_each_language(store: Store) -> None:
    for minute, word in enumerate((ROUTER, MODEM, ROUTER, AskedForWord("router", "cy"))):
        await store.transact(lambda tx, word=word, at=NOW + minute * MINUTE: tx.words.count(word, at))
    assert await store.read(lambda tx: tx.words.asked(1)) == [
        AskedWord("router", "en", 2, NOW + 2 * MINUTE),
        AskedWord("modem", "en", 1, NOW + MINUTE),
        AskedWord("router", "cy", 1, NOW + 3 * MINUTE),
    ]
    assert [one.word for one in await store.read(lambda tx: tx.words.asked(2))] == ["router"]


async def test_a_word_asked_for_from_several_sides_at_once_is_counted_each_time(store: Store) -> None:
    await asyncio.gather(*(store.transact(lambda tx: tx.words.count(ROUTER, NOW)) for _ in range(8)))
    assert [one.times for one in await store.read(lambda tx: tx.words.asked(1))] == [8]


async def test_words_that_nobody_asks_for_any_more_are_forgotten(store: Store) -> None:
    await store.transact(lambda tx: [tx.words.count(ROUTER, NOW), tx.words.count(MODEM, NOW + MINUTE)])
    assert await store.transact(lambda tx: tx.words.forget(NOW + MINUTE)) == 1
    assert [one.word for one in await store.read(lambda tx: tx.words.asked(1))] == ["modem"]
