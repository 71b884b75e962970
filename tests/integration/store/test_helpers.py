"""Helpers are known by their address, and sign in with a link once."""

from tests.integration.store.sample import AMIR, MINUTE, NOW
from tutorbot.desk.helper import Helper
from tutorbot.runtime.ports import Store


async def amir(store: Store, name: str = "Amir", minutes: int = 0) -> Helper:
    return await store.transact(lambda tx: tx.helpers.at(AMIR, name, NOW + minutes * MINUTE))


async def test_helper_is_made_once_and_the_name_kept_up_to_date(store: Store) -> None:
    first, second = await amir(store), await amir(store, "Amir B")
    assert (second.id, second.name) == (first.id, "Amir B")


async def test_link_is_good_for_one_use(store: Store) -> None:
    await store.transact(lambda tx: tx.helpers.add_link("Amir", "digest", NOW + MINUTE))
    assert await store.transact(lambda tx: tx.helpers.use_link("other", NOW)) is None
    assert await store.transact(lambda tx: tx.helpers.use_link("digest", NOW)) == "Amir"
    assert await store.transact(lambda tx: tx.helpers.use_link("digest", NOW)) is None


async def test_link_ends_in_time(store: Store) -> None:
    await store.transact(lambda tx: tx.helpers.add_link("Amir", "digest", NOW + MINUTE))
    assert await store.transact(lambda tx: tx.helpers.use_link("digest", NOW + MINUTE)) is None
