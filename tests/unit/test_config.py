"""Every setting: its default, what it takes, and the one plain line for what it does not take."""

import io
import logging
from pathlib import Path

import pytest
from pydantic import ValidationError

from tutorbot import config
from tutorbot.config import SETTINGS, Settings, load_settings, wants_colour
from tutorbot.config_start import check_start
from tutorbot.errors import SettingError

TOKEN = "12345:AbCd-EfGh_1"
KEY = "a-key-of-a-test-that-nobody-guesses"
WORD = "a-word-of-a-test"


def fault_of(**environ: str) -> str:
    """The words of the SettingError for this environment."""
    with pytest.raises(SettingError) as caught:
        load_settings(environ)
    return str(caught.value)


# Defaults


def test_nothing_set_is_enough_to_run() -> None:
    settings = load_settings({})
    assert (settings.host, settings.port, settings.log) == ("127.0.0.1", 8000, "info")
    assert (settings.telegram_token, settings.telegram_helpers_chat, settings.public_url) == (None, None, "")
    assert (settings.telegram_api_url, settings.telegram_pace) == ("https://api.telegram.org", 30)


def test_a_checkout_keeps_lessons_and_data_beside_the_code() -> None:
    root = Path(__file__).resolve().parents[2]
    settings = load_settings({})
    assert (settings.lessons, settings.data) == (root / "lessons", root / "data")


def test_an_installed_program_uses_its_own_lessons_and_the_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "CHECKOUT", None)
    settings = load_settings({})
    assert settings.lessons.parts[-2:] == ("tutorbot", "_lessons")
    assert settings.data.name == "tutorbot"


def test_the_database_is_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({"TUTORBOT_DATA": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path.as_posix()}/tutorbot.db"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"PORT": "", "TUTORBOT_TELEGRAM_TOKEN": "  "}) == load_settings({})


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings({}).port = 1  # type: ignore[misc]


# What each takes


def test_a_platforms_port_opens_the_door_to_outside() -> None:
    assert load_settings({"PORT": "80"}).host == "0.0.0.0"
    assert load_settings({"PORT": "80", "HOST": "127.0.0.2"}).host == "127.0.0.2"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_name_of_postgresql_is_understood(scheme: str) -> None:
    url = f"{scheme}://ann:word@db.example/tutor"
    assert load_settings({"DATABASE_URL": url}).database_url == url


def test_a_sqlite_file_is_understood() -> None:
    assert load_settings({"DATABASE_URL": "sqlite:///my.db"}).database_url == "sqlite:///my.db"


def test_a_public_url_loses_its_last_slash() -> None:
    assert load_settings({"TUTORBOT_PUBLIC_URL": "https://tutor.example/"}).public_url == "https://tutor.example"


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_a_public_url_may_be_plain_http_on_this_machine(url: str) -> None:
    assert load_settings({"TUTORBOT_PUBLIC_URL": url}).public_url == url


@pytest.mark.parametrize("url", ["http://telegram-bot-api:8081", "http://10.0.0.7:8081", "http://[::1]:8081"])
def test_a_bot_api_nearby_may_be_plain_http(url: str) -> None:
    assert load_settings({"TUTORBOT_TELEGRAM_API_URL": url}).telegram_api_url == url


def test_telegram_settings_are_read() -> None:
    settings = load_settings(
        {
            "TUTORBOT_TELEGRAM_TOKEN": TOKEN,
            "TUTORBOT_TELEGRAM_HELPERS_CHAT": "-1001234567890",
            "TUTORBOT_TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "TUTORBOT_TELEGRAM_PACE": "5",
        }
    )
    assert settings.telegram_token
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert (settings.telegram_helpers_chat, settings.telegram_pace) == (-1001234567890, 5)
    assert settings.telegram_api_url == "http://127.0.0.1:8081"


def test_the_form_of_the_log_is_read() -> None:
    assert load_settings({}).log_form == "text"
    assert load_settings({"TUTORBOT_LOG_FORMAT": "JSON"}).log_form == "json"


def test_the_level_of_the_log_is_read_in_any_case() -> None:
    assert load_settings({"TUTORBOT_LOG": "DEBUG"}).log == "debug"


def test_a_lessons_folder_is_taken(tmp_path: Path) -> None:
    assert load_settings({"TUTORBOT_LESSONS": str(tmp_path)}).lessons == tmp_path


# What they do not take


@pytest.mark.parametrize(
    ("name", "written", "advice"),
    [
        ("PORT", "eighty", "Give a number from 1 to 65535."),
        ("PORT", "70000", "Give a number from 1 to 65535."),
        ("DATABASE_URL", "mysql://host/name", "sqlite:///path/to/file"),
        ("DATABASE_URL", "sqlite://", "sqlite:///path/to/file"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///path/to/file"),
        ("TUTORBOT_DATA", "~nobody-of-this-name/data", "Give the whole path"),
        ("TUTORBOT_LESSONS", "/no/such/folder", "Give the folder that holds your lessons."),
        ("TUTORBOT_TELEGRAM_TOKEN", "hello", "@BotFather"),
        ("TUTORBOT_TELEGRAM_HELPERS_CHAT", "@helpers", "-1001234567890"),
        ("TUTORBOT_TELEGRAM_API_URL", "api.telegram.org", "https://api.telegram.org"),
        ("TUTORBOT_TELEGRAM_PACE", "0", "Give a number from 1 to 1000."),
        ("TUTORBOT_TELEGRAM_WEBHOOK_SECRET", "a b", "Choose another."),
        ("TUTORBOT_PUBLIC_URL", "http://tutor.example", "https://"),
        ("TUTORBOT_PUBLIC_URL", "https://tutor.example/a?b", "https://tutor.example"),
        ("TUTORBOT_PUBLIC_URL", "https://tutor.example:port", "https://tutor.example"),
        ("TUTORBOT_SECRET_KEY", "short", "32 characters"),
        ("TUTORBOT_SECRET_KEY", "k" * 40, "token_urlsafe"),
        ("TUTORBOT_SECRET_KEY", "please-change-me-before-you-go-online", "token_urlsafe"),
        ("TUTORBOT_TELEGRAM_WEBHOOK_SECRET", "short", "16 characters"),
        ("TUTORBOT_METRICS_TOKEN", "short", "16 characters"),
        ("TUTORBOT_TELEGRAM_API_URL", "http://bot-api.example", "https://"),
        ("TUTORBOT_LOG_FORMAT", "xml", "text, json"),
        ("TUTORBOT_LOG", "loud", "debug, info, warning, error"),
    ],
)
def test_a_fault_names_the_variable_and_what_to_do(name: str, written: str, advice: str) -> None:
    fault = fault_of(**{name: written})
    assert fault.startswith((f"{name} is ", f"{name} may "))
    assert advice in fault
    assert len(fault.splitlines()) == 1


def test_all_faults_are_told_at_once() -> None:
    lines = fault_of(PORT="x", TUTORBOT_LOG="x", TUTORBOT_DATA="~nobody-of-this-name").splitlines()
    assert [line.split()[0] for line in lines] == ["TUTORBOT_DATA", "PORT", "TUTORBOT_LOG"]


def test_a_missing_driver_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.config_checks.find_spec", lambda name: None)
    assert "pip install 'tutorbot[postgres]'" in fault_of(DATABASE_URL="postgres://db.example/tutor")


def test_numbers_need_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.config_checks.find_spec", lambda name: None)
    assert "pip install 'tutorbot[ops]'" in fault_of(TUTORBOT_METRICS_TOKEN=WORD)


def test_a_slip_of_the_pen_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        load_settings({"TUTORBOT_TELEGRAM_TOKN": TOKEN})
    assert "Did you mean TUTORBOT_TELEGRAM_TOKEN?" in caplog.text
    assert TOKEN not in caplog.text


# Secrets


def test_secrets_are_never_shown() -> None:
    secrets = {
        "TUTORBOT_TELEGRAM_TOKEN": TOKEN,
        "TUTORBOT_SECRET_KEY": KEY,
        "DATABASE_URL": "postgres://a:hush-hush@b/c",
    }
    settings = load_settings(secrets)
    assert settings.secret_key.get_secret_value() == KEY
    shown = repr(settings) + str(settings)
    assert not any(secret in shown for secret in (TOKEN, KEY, "hush-hush"))


@pytest.mark.parametrize("name", ["TUTORBOT_TELEGRAM_TOKEN", "DATABASE_URL", "TUTORBOT_SECRET_KEY"])
def test_a_faulty_secret_is_not_repeated(name: str) -> None:
    assert "hush hush" not in fault_of(**{name: "hush hush"})


def test_a_secret_key_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    environ = {"TUTORBOT_DATA": str(tmp_path / "new")}
    key = load_settings(environ).secret_key.get_secret_value()
    assert len(key) >= 32
    assert load_settings(environ).secret_key.get_secret_value() == key
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_reading_the_settings_writes_nothing(tmp_path: Path) -> None:
    load_settings({"TUTORBOT_DATA": str(tmp_path / "new")})
    assert not (tmp_path / "new").exists()


def test_a_spoiled_secret_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    with pytest.raises(SettingError, match="delete it"):
        _ = load_settings({"TUTORBOT_DATA": str(tmp_path)}).secret_key


def test_a_data_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match="TUTORBOT_DATA"):
        _ = load_settings({"TUTORBOT_DATA": str(tmp_path / "file" / "data")}).secret_key


def test_the_webhook_secret_comes_from_the_secret_key() -> None:
    one, two = (load_settings({"TUTORBOT_SECRET_KEY": KEY}).telegram_webhook_secret for _ in range(2))
    other = load_settings({"TUTORBOT_SECRET_KEY": KEY[::-1]}).telegram_webhook_secret
    assert one == two != other


def test_a_webhook_secret_that_was_given_is_used() -> None:
    settings = load_settings({"TUTORBOT_TELEGRAM_WEBHOOK_SECRET": WORD})
    assert settings.telegram_webhook_secret.get_secret_value() == WORD


def test_every_secret_is_known_to_the_log(tmp_path: Path) -> None:
    given = {
        "TUTORBOT_TELEGRAM_TOKEN": TOKEN,
        "TUTORBOT_TELEGRAM_WEBHOOK_SECRET": WORD,
        "TUTORBOT_METRICS_TOKEN": WORD[::-1],
        "DATABASE_URL": "postgres://ann:w%20rd@db.example/tutor",
    }
    assert set(load_settings(given).secrets) == {TOKEN, WORD, WORD[::-1], "w%20rd", "w rd"}


def test_the_kept_key_is_known_to_the_log_once_it_is_used(tmp_path: Path) -> None:
    settings = load_settings({"TUTORBOT_DATA": str(tmp_path)})
    assert settings.secrets == []
    made = settings.secret_key.get_secret_value()
    assert settings.secrets == [made, settings.telegram_webhook_secret.get_secret_value()]


# Before the pages are served


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"HOST": "::1"},
        {"HOST": "localhost"},
        {"PORT": "80", "TUTORBOT_SECRET_KEY": KEY, "TUTORBOT_PUBLIC_URL": "https://tutor.example"},
        {"PORT": "80", "TUTORBOT_DATA": "/data", "TUTORBOT_PUBLIC_URL": "https://tutor.example"},
    ],
)
def test_safe_settings_are_served(given: dict[str, str]) -> None:
    assert check_start(load_settings(given)) == []


@pytest.mark.parametrize("given", [{"HOST": "0.0.0.0"}, {"PORT": "80", "TUTORBOT_PUBLIC_URL": "https://tutor.example"}])
def test_open_pages_whose_key_may_be_gone_tomorrow_are_not_served(given: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="Set TUTORBOT_SECRET_KEY"):
        check_start(load_settings(given))


def test_open_pages_without_https_are_warned_of() -> None:
    (warning,) = check_start(load_settings({"HOST": "0.0.0.0", "TUTORBOT_SECRET_KEY": KEY}))
    assert "set TUTORBOT_PUBLIC_URL" in warning


# The file `.env`, the table, and colour


def settings_of_file(content: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings where `.env` holds this and the environment nothing of ours but TUTORBOT_LOG."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("TUTORBOT_LOG", "error")
    monkeypatch.setattr(config, "CHECKOUT", None)
    monkeypatch.chdir(folder)
    (folder / ".env").write_bytes(content)
    return load_settings()


def test_the_file_is_read_and_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of_file(b"\xef\xbb\xbfPORT=8123\nTUTORBOT_LOG=debug\n", tmp_path, monkeypatch)
    assert (settings.port, settings.log) == (8123, "error")
    assert settings.host == "127.0.0.1"


def test_a_file_that_is_not_text_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingError, match="plain text"):
        settings_of_file(b"PORT=\xff\xfe", tmp_path, monkeypatch)


def test_the_table_tells_all_of_every_setting() -> None:
    assert len(SETTINGS) == len(Settings.model_fields)
    assert all(setting.name and setting.default and setting.meaning.endswith(".") for setting in SETTINGS)


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_screens_of_people_who_want_it() -> None:
    assert wants_colour(Tty(), {})
    assert not wants_colour(Tty(), {"NO_COLOR": "1"})
    assert not wants_colour(io.StringIO(), {})
