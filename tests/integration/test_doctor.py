"""The doctor, with a real database, real files and a Bot API on loopback."""

import shutil
from pathlib import Path

import pytest

from tests.fake_bot_api import FakeBotApi
from tutorbot import doctor
from tutorbot.doctor import Finding, Health
from tutorbot.store.schema import migrate

LESSONS = Path(__file__).resolve().parents[2] / "lessons"


async def of_group(fake: FakeBotApi) -> Finding:
    """What is found of the helpers' group of this Bot API."""
    async with fake:
        _, group = await doctor.telegram(fake.token, fake.url, fake.group.id)
    return group


def test_without_a_token_the_rest_is_examined() -> None:
    found = doctor.examine("sqlite:////no/such/place.db", LESSONS, "", "", None)
    assert [finding.about for finding in found] == ["database", "lessons", "telegram"]


def test_a_database_up_to_date_is_good(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path.as_posix()}/tutorbot.db"
    migrate(url)
    assert doctor.database(url).health is Health.GOOD


def test_a_database_not_made_yet_is_a_note(tmp_path: Path) -> None:
    found = doctor.database(f"sqlite:///{tmp_path.as_posix()}/tutorbot.db")
    assert (found.health, found.todo) == (Health.NOTE, "Run `tutorbot migrate`.")
    assert not list(tmp_path.iterdir())


def test_a_database_that_does_not_answer_is_a_problem() -> None:
    found = doctor.database("postgresql://ann:hush@127.0.0.1:1/tutor")
    assert found.health is Health.PROBLEM
    assert "hush" not in found.says


def test_our_lessons_are_good() -> None:
    assert doctor.lessons(LESSONS).health is Health.GOOD


def test_a_folder_without_lessons_is_a_problem(tmp_path: Path) -> None:
    assert doctor.lessons(tmp_path).health is Health.PROBLEM


def test_a_broken_lesson_is_a_problem(tmp_path: Path) -> None:
    shutil.copytree(LESSONS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "first-steps" / "04-web-address.md").write_text("# No header\n")
    found = doctor.lessons(tmp_path)
    assert (found.health, found.todo) == (Health.PROBLEM, "Run `tutorbot check`.")


async def test_a_bot_with_a_group_of_topics_is_good() -> None:
    async with FakeBotApi() as fake:
        found = await doctor.telegram(fake.token, fake.url, fake.group.id)
    assert [finding.health for finding in found] == [Health.GOOD, Health.GOOD]


async def test_no_group_is_a_note() -> None:
    async with FakeBotApi() as fake:
        _, group = await doctor.telegram(fake.token, fake.url, None)
    assert (group.health, "web desk" in group.todo) == (Health.NOTE, True)


async def test_a_wrong_token_is_a_problem_and_is_not_repeated() -> None:
    async with FakeBotApi() as fake:
        [found] = await doctor.telegram("42:other", fake.url, None)
    assert found.health is Health.PROBLEM
    assert "@BotFather" in found.todo
    assert "42:other" not in repr(found)


async def test_no_way_to_telegram_is_a_problem() -> None:
    [found] = await doctor.telegram("42:hush", "http://127.0.0.1:1", None)
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
        _, found = await doctor.telegram(fake.token, fake.url, before)
    assert "-1009999" in found.todo


@pytest.mark.parametrize(
    ("chat", "member", "health"),
    [
        ({"type": "private"}, {"status": "member"}, Health.PROBLEM),
        ({"type": "supergroup", "is_forum": True}, {"status": "member"}, Health.PROBLEM),
        ({"type": "supergroup", "is_forum": True}, {"status": "creator"}, Health.GOOD),
    ],
)
def test_rights_are_read(chat: dict[str, object], member: dict[str, object], health: Health) -> None:
    assert doctor.rights(chat, member).health is health
