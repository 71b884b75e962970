"""A learner at the keyboard, with the real engine, words and store."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.sample import CURRICULUM
from tutorbot.channels.terminal import ADDRESS, Screen, Terminal, dialog_lines, named, numbered
from tutorbot.messages.message import Button, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk, Who
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Address
from tutorbot.store.database import SqlStore, open_store
from tutorbot.store.schema import migrate

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BUTTONS = (Button("next", "▶ Next", nav=True), Button("menu", "☰ Menu", nav=True))


SECONDS = itertools.count()


def clock() -> datetime:
    """Noon, and a second later each time."""
    return NOON + timedelta(seconds=next(SECONDS))


async def said_to(lines: Iterable[str], folder: Path) -> tuple[Terminal, str]:
    """The terminal after the learner wrote these lines and left, and all that stood on the screen."""
    url = f"sqlite:///{folder.as_posix()}/tutorbot.db"
    migrate(url)
    store = open_store(url)
    try:
        return await talked(lines, store)
    finally:
        await store.close()


async def talked(lines: Iterable[str], store: SqlStore) -> tuple[Terminal, str]:
    left, shown, renderer = iter(lines), list[str](), Renderer()
    turns = Turns(Entries(renderer), lambda: "test")
    conversation = Conversation(store, lambda: CURRICULUM, turns, Live(), lambda owed: None)
    screen = Screen(write=shown.append, ask=lambda prompt: next(left, None))
    terminal = Terminal(conversation, store, renderer, clock, screen)
    await terminal.talk()
    return terminal, "\n".join(shown)


async def test_a_newcomer_is_greeted_and_bidden_goodbye(tmp_path: Path) -> None:
    _, screen = await said_to([], tmp_path)
    assert "Hello. I am Tutorbot." in screen
    assert screen.endswith("Goodbye. Your place is kept. Come back any time.")


async def test_a_number_presses_a_button(tmp_path: Path) -> None:
    terminal, screen = await said_to(["1"], tmp_path)
    assert "1  Skip this" in screen
    assert "you   [Skip this]" in terminal.dialog


async def test_a_label_presses_a_button(tmp_path: Path) -> None:
    terminal, _ = await said_to(["skip THIS"], tmp_path)
    assert "you   [Skip this]" in terminal.dialog


async def test_other_words_are_sent_as_they_are(tmp_path: Path) -> None:
    terminal, screen = await said_to(["Ann"], tmp_path)
    assert "you   Ann" in terminal.dialog
    assert "Hello Ann." in screen


async def test_a_lesson_can_be_reached_and_a_letter_answers(tmp_path: Path) -> None:
    _, screen = await said_to(["Ann", "/start fake-email", "next", "b"], tmp_path)
    assert "Which sender looks real?" in screen
    assert "Yes. The name is spelled right." in screen


async def test_words_are_explained_and_an_answer_still_counts(tmp_path: Path) -> None:
    lines = ["Ann", "/start fake-email", "next", "words", "b"]
    _, screen = await said_to(lines, tmp_path)
    assert "sender: The person who wrote to you." in screen
    assert "Yes. The name is spelled right." in screen


async def test_the_place_is_kept_until_the_next_time(tmp_path: Path) -> None:
    await said_to(["Ann", "/start fake-email", "next"], tmp_path)
    _, screen = await said_to([], tmp_path)
    assert "Which sender looks real?" in screen
    assert "Hello" not in screen


async def test_what_a_helper_wrote_meanwhile_is_shown(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path.as_posix()}/tutorbot.db"
    migrate(url)
    store = open_store(url)
    turns = Turns(Entries(Renderer()), lambda: "desk")
    desk = Desk(store, lambda: CURRICULUM, turns, Live(), lambda owed: None, clock)
    await talked(["Ann", "person", "yes"], store)
    amir = Who(Address("desk", "amir"), "Amir")
    [ticket] = await store.read(lambda tx: tx.tickets.list())
    await desk.join("join", amir)
    await desk.claim("one", amir, ticket.id)
    await desk.reply("two", amir, ticket.id, "Hello Ann, I can help.")
    _, screen = await talked([], store)
    await store.close()
    assert "Hello Ann, I can help." in screen


def test_only_the_latest_message_takes_numbers() -> None:
    buttons = (Button("pick:0", "A"), Button("menu", "Menu", nav=True))
    assert [numbered(line, buttons) for line in ("2", "3", "0", "two")] == [buttons[1], None, None, None]


def test_a_number_may_be_an_answer_where_no_button_is_one() -> None:
    assert numbered("1", (Button("hint:1", "Hint", nav=True),)) is None


def test_labels_are_known_by_their_letters() -> None:
    assert [named(line, BUTTONS) for line in ("next", "▶ NEXT", "nex", "!")] == [BUTTONS[0], BUTTONS[0], None, None]


def test_the_dialog_puts_further_lines_below() -> None:
    assert dialog_lines("bot", ["Hello.", "", "[Next]"]) == ["bot   Hello.", "", "      [Next]"]


def test_lines_are_wrapped_and_lists_hang() -> None:
    shown: list[str] = []
    Screen(width=20, write=shown.append).show(Message("- one two three four five\n- six"))
    assert shown == ["", "- one two three four\n  five", "- six"]


@pytest.mark.parametrize("colour", [True, False])
def test_colour_is_used_only_where_wanted(colour: bool) -> None:
    shown: list[str] = []
    Screen(colour=colour, write=shown.append).show(Message("Hello", buttons=BUTTONS))
    assert ("\033[" in "".join(shown)) is colour


def test_the_address_is_local_to_the_machine() -> None:
    assert str(ADDRESS) == "terminal:local"
