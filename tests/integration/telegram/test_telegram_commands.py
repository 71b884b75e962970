"""What people see of the bot before they have written."""

from tests.fake_bot_api import FakeBotApi, refuse
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.commands import introduce
from tutorbot.channels.telegram.names import bot_link
from tutorbot.channels.telegram.orders import ORDERS
from tutorbot.messages.renderer import Renderer
from tutorbot.tutor.shortcuts import COMMANDS


async def test_every_command_in_the_menu_is_one_we_know(api: Api, fake: FakeBotApi) -> None:
    await introduce(api, Renderer().words)
    menu = fake.world.profile["commands:all_private_chats"]["commands"]
    assert {one["command"] for one in menu} == set(COMMANDS) - {"start"}
    assert all(0 < len(one["description"]) <= 256 for one in menu)


async def test_helpers_group_has_a_menu_of_its_own_with_commands_that_we_know(api: Api, fake: FakeBotApi) -> None:
    await introduce(api, Renderer().words, [fake.group.id])
    menu = fake.world.profile[f"commands:chat:{fake.group.id}"]["commands"]
    assert {one["command"] for one in menu} == ORDERS | {"desk"}
    assert all(0 < len(one["description"]) <= 256 for one in menu)


async def test_descriptions_fit_and_say_who_we_are_not(api: Api, fake: FakeBotApi) -> None:
    await introduce(api, Renderer().words)
    long = fake.world.profile["description"]["description"]
    short = fake.world.profile["short_description"]["short_description"]
    assert len(long) <= 512
    assert len(short) <= 120
    assert "not the government" in long
    assert "not the government" in short


async def test_telegram_that_does_not_listen_is_no_trouble(api: Api, fake: FakeBotApi) -> None:
    fake.fail("setMyCommands", refuse(429, "Too Many Requests"))
    await introduce(api, Renderer().words)
    assert "description" in fake.world.profile


async def test_link_opens_the_bot_by_its_name(fake: FakeBotApi) -> None:
    link = await bot_link(fake.token, fake.url, "group-york")
    assert link.startswith("https://t.me/")
    assert link.endswith("?start=group-york")


async def test_without_telegram_there_is_no_link(fake: FakeBotApi) -> None:
    fake.fail("getMe", refuse(502, "Bad Gateway"))
    assert await bot_link(fake.token, fake.url, "x") == ""
    assert await bot_link("", fake.url, "x") == ""
