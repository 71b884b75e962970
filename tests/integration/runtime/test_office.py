"""What whoever runs the program does for the desk by commands."""

import pytest

from tests.integration.runtime.conftest import AMIR, ANN, GROUP, Town
from tutorbot.desk.helper import Role
from tutorbot.desk.ticket import Status
from tutorbot.errors import SettingError
from tutorbot.runtime.desk import Who
from tutorbot.runtime.office import Office
from tutorbot.runtime.values import Address


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town.store, town.tools, lambda: town.now)


async def test_group_is_added_with_an_invite_and_changed(office: Office) -> None:
    york = await office.add_group("York", chat="-1007", languages="EN cy", hours="mon 09:00-10:00", place="Library")
    assert (york.chat, york.languages, len(york.invite) > 6) == ("telegram:-1007", ("en", "cy"), True)
    changed = await office.set_group("york", name="Yorkshire", chat="")
    assert (changed.chat, changed.hours, changed.invite) == ("", "mon 09:00-10:00", york.invite)
    assert [group.name for group in await office.groups()] == ["Leeds", "Yorkshire"]
    assert await office.group(str(york.id)) == changed
    assert (await office.group("")).name == "Leeds"


async def test_first_group_gets_an_invite_when_it_is_asked_for(office: Office) -> None:
    first = await office.invite("Leeds")
    assert first.invite
    assert await office.invite("1" if first.id == 1 else str(first.id)) == first


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"chat": "York"}, "not the number of a Telegram group"),
        ({"languages": "en qqq"}, "'qqq' is not the code"),
        ({"hours": "noon"}, "'noon' is not hours"),
    ],
)
async def test_what_is_not_right_is_said_and_changes_nothing(
    office: Office, changes: dict[str, str], words: str
) -> None:
    before = await office.groups()
    with pytest.raises(SettingError, match=words):
        await office.set_group("Leeds", **changes)
    with pytest.raises(SettingError, match=words):
        await office.add_group("York", **changes)
    assert await office.groups() == before


async def test_unknown_group_or_helper_is_said_with_what_there_is(office: Office) -> None:
    with pytest.raises(SettingError, match=r"no group Hull\. There are: Leeds"):
        await office.group("Hull")
    with pytest.raises(SettingError, match="no helper Zed"):
        await office.remove("Zed")
    with pytest.raises(SettingError, match="a group leeds already"):
        await office.add_group("leeds")


async def test_chat_from_the_settings_is_the_first_groups(office: Office) -> None:
    await office.set_chat("telegram:-9")
    assert (await office.group("")).chat == "telegram:-9"


async def test_helper_of_the_web_desk_is_enlisted_once(office: Office, town: Town) -> None:
    sam = await office.enlist("Sam", coordinator=True)
    assert sam == Who(Address("desk", "sam"), "Sam")
    await office.enlist("sam", lead=True)
    helper = await town.desk.helper_of(sam)
    assert helper
    assert (helper.joined, helper.role, helper.lead) == (True, Role.COORDINATOR, True)


async def test_helper_of_the_web_desk_is_here_from_signing_in_until_signing_out(office: Office, town: Town) -> None:
    sam = await office.enlist("Sam")
    seen = [await _is_here(town, sam)]
    secret = await town.desk.session_open(await town.desk.sign_in_link(sam))
    assert secret
    seen.append(await _is_here(town, sam))
    await office.enlist("sam")  # another link, for another computer
    seen.append(await _is_here(town, sam))
    await town.desk.session_close(secret)
    assert [*seen, await _is_here(town, sam)] == [False, True, True, False]


async def test_helper_of_telegram_says_by_hand_when_they_come(office: Office, town: Town) -> None:
    await town.desk.presence(town.key(), AMIR, here=False)
    assert await town.desk.session_open(await town.desk.sign_in_link(AMIR))
    assert not await _is_here(town, AMIR)


async def _is_here(town: Town, who: Who) -> bool:
    helper = await town.desk.helper_of(who)
    assert helper
    return helper.here


async def test_helper_of_telegram_is_found_by_name_or_number(office: Office, town: Town) -> None:
    assert await office.enlist("amir", coordinator=True) == AMIR
    helper = await town.desk.helper_of(AMIR)
    assert helper
    assert helper.coordinates
    await office.set_roles(str(helper.id), coordinator=False)
    assert not (await office.helpers())[0].coordinates


async def test_name_of_several_helpers_is_not_enough(office: Office, town: Town) -> None:
    await town.desk.join(town.key(), Who(Address("telegram", "99"), "Amir"))
    with pytest.raises(SettingError, match="several helpers called Amir"):
        await office.enlist("Amir")


async def test_helper_removed_gives_tickets_back(office: Office, stuck: Town) -> None:
    ticket = await stuck.ticket()
    await stuck.desk.claim(stuck.key(), AMIR, ticket)
    await office.remove("Amir")
    assert (await stuck.now_is(ticket)).status is Status.WAITING
    assert "Amir had to go" in (await stuck.chat(ANN))[-1].message.text
    assert [helper.name for helper in await office.helpers()] == ["Dana"]
    assert stuck.sent_to(GROUP)  # the card of before
