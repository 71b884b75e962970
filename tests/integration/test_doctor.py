"""The doctor, with a real database, real files and a Bot API on loopback."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from tests.fake_bot_api import FakeBotApi
from tests.integration.store.sample import connected
from tutorbot.channels.telegram.webhook import PATH
from tutorbot.doctor import database as checks
from tutorbot.doctor import machine
from tutorbot.doctor.database import database
from tutorbot.doctor.examine import House, examine
from tutorbot.doctor.finding import Finding, Health
from tutorbot.doctor.lessons import lessons
from tutorbot.doctor.telegram import rights, telegram, updates
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.values import Pile
from tutorbot.store.copies import untold
from tutorbot.store.schema import migrate
from tutorbot.store.upkeep import SqlUpkeep
from tutorbot.upkeep.backup import back_up, make
from tutorbot.upkeep.place import Place

LESSONS = Path(__file__).resolve().parents[2] / "lessons"


NOW = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)


async def of_group(fake: FakeBotApi) -> Finding:
    """What is found of the helpers' group of this Bot API."""
    async with fake:
        _, _, group = await telegram(fake.token, fake.url, fake.group.id)
    return group


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A new house."""
    data = tmp_path / "data"
    url = f"sqlite:///{data.as_posix()}/tutorbot.db"
    migrate(url)
    return Place(url, data)


def test_without_a_token_the_rest_is_examined(place: Place) -> None:
    found = examine(House(place, LESSONS, "", "", None, ""))
    about = ["disk", "privacy", "database", "backup", "outbox", "tickets", "lessons", "telegram"]
    assert [finding.about for finding in found] == about


async def test_with_a_token_telegram_is_examined_too(place: Place) -> None:
    async with FakeBotApi() as fake:
        house = House(place, LESSONS, fake.token, fake.url, fake.group.id, "")
        found = await asyncio.to_thread(examine, house)
    assert [finding.about for finding in found][-4:] == ["clock", "telegram", "updates", "helpers"]
    assert {finding.health for finding in found} == {Health.GOOD, Health.NOTE}


# The machine


@pytest.mark.parametrize(("free", "health"), [(5e9, Health.GOOD), (5e8, Health.NOTE), (5e7, Health.PROBLEM)])
def test_room_on_the_disk_is_told(place: Place, free: float, health: Health, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=int(free)))
    found = machine.disk(place)
    assert (found.health, bool(found.todo)) == (health, health is not Health.GOOD)


def test_disk_of_a_house_that_is_not_there_yet_is_looked_at(tmp_path: Path) -> None:
    assert str(tmp_path) in machine.disk(Place(f"sqlite:///{tmp_path}/no/where/tutorbot.db", tmp_path / "no")).says


def test_what_others_can_read_is_a_problem_with_its_remedy(place: Place, tmp_path: Path) -> None:
    (tmp_path / ".env").touch(0o644)
    (place.data / "tutorbot.db").chmod(0o644)
    found = machine.rights(place, [tmp_path / ".env"])
    assert found.health is Health.PROBLEM
    assert found.todo == f"Run: chmod go= {place.data / 'tutorbot.db'} {tmp_path / '.env'}"


async def test_clock_is_compared_with_telegrams(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeBotApi() as fake:
        (good,) = await machine.clock(fake.url)
        monkeypatch.setattr(machine, "_OFF", timedelta(days=-1))
        (off,) = await machine.clock(fake.url)
    assert (good.health, off.health) == (Health.GOOD, Health.NOTE)


async def test_clock_is_left_out_where_telegram_does_not_answer() -> None:
    assert await machine.clock("http://127.0.0.1:1") == []


# The database


def test_a_database_up_to_date_is_good(place: Place) -> None:
    well, backup, owed, waiting = database(place.url)
    assert [well.health, backup.health, owed.health, waiting.health] == [
        *(Health.GOOD, Health.NOTE, Health.GOOD, Health.GOOD)
    ]


def test_a_backup_is_told(place: Place) -> None:
    make(place, place.data / "mine.zip", NOW)
    back_up(place, None, datetime.now(UTC), untold)
    _, backup, *_ = database(place.url)
    assert (backup.health, "seconds ago" in backup.says) == (Health.GOOD, True)


@pytest.mark.parametrize(("days", "health"), [(1, Health.GOOD), (3, Health.NOTE), (9, Health.PROBLEM)])
def test_old_backup_is_worse_the_older(days: int, health: Health) -> None:
    found = checks.backup((NOW - timedelta(days=days)).isoformat(), NOW)
    assert (found.health, f"{days} day" in found.says) == (health, True)


@pytest.mark.parametrize(("minutes", "health"), [(1, Health.GOOD), (20, Health.NOTE), (61, Health.PROBLEM)])
def test_old_debts_are_worse_the_older(minutes: int, health: Health) -> None:
    found = checks.outbox(Pile(3, NOW - timedelta(minutes=minutes)), NOW)
    assert (found.health, found.says[:24]) == (health, "3 messages to be sent, t")


def test_who_waits_for_days_is_told() -> None:
    found = checks.tickets(Pile(1, NOW - timedelta(days=3)), NOW)
    assert (found.health, found.says) == (Health.NOTE, "1 learner waiting for a helper, the first for 3 days.")
    assert checks.tickets(Pile(1, NOW), NOW).health is Health.GOOD


def test_a_database_not_made_yet_is_a_note(tmp_path: Path) -> None:
    (found,) = database(f"sqlite:///{tmp_path.as_posix()}/tutorbot.db")
    assert (found.health, found.todo) == (Health.NOTE, "Run `tutorbot migrate`.")
    assert not list(tmp_path.iterdir())


def test_an_older_database_is_a_note_and_a_newer_one_a_problem(place: Place) -> None:
    for version, health in (("0001", Health.NOTE), ("9999", Health.PROBLEM)):
        with connected(place.url) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        (found,) = database(place.url)
        assert found.health is health


def test_a_database_that_takes_no_writes_is_a_problem(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr(SqlUpkeep, "check", refuse)
    (found,) = database(place.url)
    assert (found.health, found.says) == (Health.PROBLEM, "The disk is full.")


def test_a_database_that_does_not_answer_is_a_problem() -> None:
    (found,) = database("postgresql://ann:hush@127.0.0.1:1/tutor")
    assert found.health is Health.PROBLEM
    assert "hush" not in found.says


# Lessons


def test_our_lessons_are_good() -> None:
    assert lessons(LESSONS).health is Health.GOOD


def test_a_folder_without_lessons_is_a_problem(tmp_path: Path) -> None:
    assert lessons(tmp_path).health is Health.PROBLEM


def test_a_broken_lesson_is_a_problem(tmp_path: Path) -> None:
    shutil.copytree(LESSONS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "first-steps" / "04-web-address.md").write_text("# No header\n")
    found = lessons(tmp_path)
    assert (found.health, found.todo) == (Health.PROBLEM, "Run `tutorbot check`.")


# Telegram


async def test_a_bot_with_a_group_of_topics_is_good() -> None:
    async with FakeBotApi() as fake:
        found = await telegram(fake.token, fake.url, fake.group.id)
    assert [finding.health for finding in found] == [Health.GOOD] * 3


async def test_no_group_is_a_note() -> None:
    async with FakeBotApi() as fake:
        _, _, group = await telegram(fake.token, fake.url, None)
    assert (group.health, "web desk" in group.todo) == (Health.NOTE, True)


async def test_a_wrong_token_is_a_problem_and_is_not_repeated() -> None:
    async with FakeBotApi() as fake:
        [found] = await telegram("42:other", fake.url, None)
    assert found.health is Health.PROBLEM
    assert "@BotFather" in found.todo
    assert "42:other" not in repr(found)


async def test_no_way_to_telegram_is_a_problem() -> None:
    [found] = await telegram("42:hush", "http://127.0.0.1:1", None)
    assert (found.health, "internet" in found.todo) == (Health.PROBLEM, True)


async def test_a_group_without_topics_is_a_note() -> None:
    found = await of_group(FakeBotApi(forum=False))
    assert (found.health, "Topics" in found.todo) == (Health.NOTE, True)


async def test_a_bot_that_may_not_make_topics_is_a_problem() -> None:
    fake = FakeBotApi()
    fake.world.chats[fake.group.id].may_manage_topics = False
    found = await of_group(fake)
    assert (found.health, "manage topics" in found.todo) == (Health.PROBLEM, True)


async def test_a_bot_outside_the_group_is_a_problem() -> None:
    fake = FakeBotApi()
    fake.group.kick_bot()
    assert (await of_group(fake)).says == "The bot is not in the group."


async def test_a_group_that_moved_is_told_with_its_new_number() -> None:
    async with FakeBotApi() as fake:
        before = fake.group.id
        fake.group.migrate(-1009999, fake.user(50, "Amir"))
        *_, found = await telegram(fake.token, fake.url, before)
    assert "-1009999" in found.todo


@pytest.mark.parametrize(
    ("chat", "member", "health"),
    [
        ({"type": "private"}, {"status": "member"}, Health.PROBLEM),
        ({"type": "supergroup", "is_forum": True}, {"status": "member"}, Health.PROBLEM),
        ({"type": "supergroup", "is_forum": True}, {"status": "creator"}, Health.GOOD),
        (
            {"type": "supergroup", "is_forum": True},
            {"status": "administrator", "can_manage_topics": True},
            Health.PROBLEM,
        ),
    ],
)
def test_rights_are_read(chat: dict[str, object], member: dict[str, object], health: Health) -> None:
    assert rights(chat, member).health is health


URL = "https://tutor.example"


@pytest.mark.parametrize(
    ("info", "public_url", "health", "says"),
    [
        ({"url": ""}, "", Health.GOOD, "We ask Telegram. Updates that wait there now: 0."),
        ({"url": URL + PATH}, URL, Health.GOOD, "Telegram calls us. Updates that wait there now: 0."),
        ({"url": "https://other.example/42:hush"}, "", Health.NOTE, "Telegram calls other.example, so nobody"),
        ({"url": "https://other.example/42:hush"}, URL, Health.NOTE, "Telegram calls other.example, not https"),
        ({"url": ""}, URL, Health.NOTE, "Telegram calls nobody, not https://tutor.example."),
        ({"url": "", "pending_update_count": 500}, "", Health.NOTE, "500 updates wait at Telegram."),
    ],
)
def test_the_way_in_is_told(info: dict[str, object], public_url: str, health: Health, says: str) -> None:
    found = updates(info, public_url, NOW)
    assert (found.health, found.says[: len(says)]) == (health, says)
    assert "hush" not in repr(found)


@pytest.mark.parametrize(("minutes", "health"), [(2, Health.PROBLEM), (90, Health.GOOD)])
def test_telegrams_last_error_counts_while_it_is_fresh(minutes: int, health: Health) -> None:
    when = int((NOW - timedelta(minutes=minutes)).timestamp())
    info = {"url": URL + PATH, "last_error_date": when, "last_error_message": "SSL error"}
    assert updates(info, URL, NOW).health is health
