"""Helpers are known by their address, join, leave, and have a role and hours."""

from dataclasses import replace

from tests.integration.store.sample import AMIR, DANA, MINUTE, NOW
from tutorbot.desk.helper import Helper, Role
from tutorbot.runtime.ports import Store


async def amir(store: Store, name: str = "Amir", minutes: int = 0) -> Helper:
    return await store.transact(lambda tx: tx.helpers.at(AMIR, name, NOW + minutes * MINUTE))


async def joined(store: Store) -> Helper:
    helper = await amir(store)
    await store.transact(lambda tx: tx.helpers.join(helper.id, helper.group, NOW))
    return await amir(store)


async def test_helper_is_made_once_and_the_name_kept_up_to_date(store: Store) -> None:
    first, second = await amir(store), await amir(store, "Amir B", minutes=3)
    assert (second.id, second.name, second.seen_at) == (first.id, "Amir B", NOW + 3 * MINUTE)


async def test_helper_is_found_by_number_and_by_address(store: Store) -> None:
    helper = await amir(store)
    assert await store.read(lambda tx: tx.helpers.get(helper.id)) == helper
    assert await store.read(lambda tx: tx.helpers.of_address(AMIR)) == helper
    assert await store.read(lambda tx: tx.helpers.address_of(helper.id)) == AMIR
    assert await store.read(lambda tx: (tx.helpers.get(404), tx.helpers.of_address(DANA))) == (None, None)


async def test_who_only_wrote_something_has_not_joined(store: Store) -> None:
    helper = await amir(store)
    assert not helper.joined
    assert await store.read(lambda tx: tx.helpers.of_group(helper.group)) == []


async def test_who_joins_is_in_the_group_until_they_leave(store: Store) -> None:
    helper = await joined(store)
    assert helper.joined
    assert await store.read(lambda tx: tx.helpers.of_group(helper.group)) == [helper]
    left = [await store.transact(lambda tx: tx.helpers.leave(helper.id, NOW)) for _ in range(2)]
    assert left == [True, False]
    assert not (await amir(store)).joined
    assert await store.read(lambda tx: tx.helpers.of_group(helper.group)) == []


async def test_who_comes_back_is_here_with_the_role_they_had(store: Store) -> None:
    helper = await joined(store)
    await store.transact(lambda tx: tx.helpers.save(replace(helper, role=Role.COORDINATOR, here=False)))
    await store.transact(lambda tx: tx.helpers.leave(helper.id, NOW))
    again = await joined(store)
    assert (again.joined, again.here, again.role) == (True, True, Role.COORDINATOR)


async def test_what_is_known_of_a_helper_reads_back(store: Store) -> None:
    helper = await joined(store)
    changed = replace(helper, lead=True, here=False, languages=("en", "cy"), hours="sat 10:00-12:00")
    await store.transact(lambda tx: tx.helpers.save(changed))
    assert await store.read(lambda tx: tx.helpers.get(helper.id)) == changed


async def test_own_name_goes_before_the_one_that_the_channel_tells(store: Store) -> None:
    helper = await amir(store)
    await store.transact(lambda tx: tx.helpers.name(helper.id, "Amira"))
    assert (await amir(store, minutes=1)).name == "Amira", "whatever Telegram says with each message"
