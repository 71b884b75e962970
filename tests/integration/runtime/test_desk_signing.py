"""The web desk's door: a link opens one session, and a session ends."""

from datetime import timedelta

from tests.integration.runtime.conftest import AMIR, Town
from tutorbot.runtime.desk import Who
from tutorbot.runtime.desk.signing import LINK, SESSION
from tutorbot.runtime.values import Address

MINUTE = timedelta(minutes=1)


async def signed_in(town: Town) -> str:
    secret = await town.desk.session_open(await town.desk.sign_in_link(AMIR))
    assert secret
    return secret


async def test_link_signs_in_the_helper_it_was_made_for(town: Town) -> None:
    secret = await signed_in(town)
    helper = await town.desk.session_helper(secret)
    assert helper
    assert helper.name == "Amir"
    assert await town.desk.session_who(secret) == AMIR


async def test_link_opens_one_session_in_time(town: Town) -> None:
    first, second = [await town.desk.sign_in_link(AMIR) for _ in range(2)]
    assert await town.desk.session_open(first)
    assert await town.desk.session_open(first) is None
    town.now += LINK
    assert await town.desk.session_open(second) is None
    assert await town.desk.session_open("forged") is None


async def test_who_has_not_joined_gets_no_link(town: Town) -> None:
    assert await town.desk.sign_in_link(Who(Address("telegram", "90"), "Sam")) == ""


async def test_session_ends_in_time_by_signing_out_and_when_it_is_revoked(town: Town) -> None:
    timed, closed, revoked = [await signed_in(town) for _ in range(3)]
    await town.desk.session_close(closed)
    assert await town.desk.session_helper(closed) is None
    town.now += SESSION - MINUTE
    assert await town.desk.session_helper(timed)
    helper = await town.desk.session_helper(revoked)
    assert helper
    assert await town.desk.sessions_revoke(helper.id) == 2
    assert await town.desk.session_helper(revoked) is None
    assert await town.desk.session_helper("forged") is None


async def test_who_leaves_is_signed_out(town: Town) -> None:
    secret, unused = await signed_in(town), await town.desk.sign_in_link(AMIR)
    await town.desk.leave(town.key(), AMIR)
    assert await town.desk.session_helper(secret) is None
    assert await town.desk.session_open(unused) is None
    assert await town.desk.session_who(secret) is None


async def test_secrets_are_kept_nowhere(town: Town) -> None:
    secret = await signed_in(town)
    acts = await town.store.read(lambda tx: tx.audit.since(town.now - MINUTE))
    assert [str(one.act) for one in acts if one.name == "Amir"] == ["joined", "signed_in"]
    assert secret not in repr(acts)
