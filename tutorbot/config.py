"""Settings: every environment variable, its default and its check. The only reader of the environment and of `.env`.

`load_settings` reads and checks them all; `SETTINGS` is the table of them for people to read. Knows nothing of the
parts that use them. Nothing is written but the secret key, and that only once somebody asks for it.
"""

import hashlib
import hmac
import logging
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TextIO
from urllib.parse import unquote

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from tutorbot import config_checks as checks
from tutorbot.config_checks import LEVELS, OFFICIAL_API
from tutorbot.config_files import kept_key, read_env_file
from tutorbot.desk.timers import Waits
from tutorbot.errors import SettingError
from tutorbot.tutor.keep import Keep

_HERE = Path(__file__).resolve().parent
CHECKOUT = _HERE.parent if (_HERE.parent / "pyproject.toml").is_file() else None
_PREFIX = "TUTORBOT_"
_A_DAY = 24 * 60  # minutes
_EVERY_INTERFACE = "0.0.0.0"  # noqa: S104 (a platform that sets PORT sends its visitors in from outside)

_log = logging.getLogger(__name__)


# --- The settings ----------------------------------------------------------------------------------------------------


def _setting(name: str, shown: str, meaning: str, **field: Any) -> Any:
    """A field with its variable's name and, in words, its default and its meaning."""
    return Field(alias=name, description=meaning, json_schema_extra={"default": shown}, **field)


def _default_database(others: Mapping[str, Any]) -> str:
    return f"sqlite:///{(others['data'] / 'tutorbot.db').as_posix()}"


class Settings(BaseModel):
    """Every setting, checked. Made by `load_settings`."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    data: Annotated[Path, BeforeValidator(checks.path)] = _setting(
        "TUTORBOT_DATA",
        "data/ of the checkout, else the user's data folder",
        "The folder for what is kept on disk: the database file and the secret key.",
        default_factory=lambda: CHECKOUT / "data" if CHECKOUT else user_data_path("tutorbot", appauthor=False),
    )
    database_url: Annotated[str, BeforeValidator(checks.database_url)] = _setting(
        "DATABASE_URL",
        "tutorbot.db in the data folder",
        "The database: sqlite:///path/to/file, or postgresql://user:word@host/name.",
        default_factory=_default_database,
        repr=False,  # it may hold a password
    )
    lessons: Annotated[Path, BeforeValidator(checks.lessons_folder)] = _setting(
        "TUTORBOT_LESSONS",
        "lessons/ of the checkout, else the lessons that came with the program",
        "The folder of lessons.",
        default_factory=lambda: CHECKOUT / "lessons" if CHECKOUT else _HERE / "_lessons",
    )
    host: str = _setting(
        "HOST",
        "127.0.0.1; 0.0.0.0 where PORT is set in the environment",
        "The network address to listen on. Platforms set PORT, and then visitors come from outside.",
        default="127.0.0.1",
    )
    port: Annotated[int, BeforeValidator(checks.number(1, 65535))] = _setting(
        "PORT", "8000", "The port that the web pages listen on.", default=8000
    )
    worker_port: Annotated[int, BeforeValidator(checks.number(1, 65535))] = _setting(
        "TUTORBOT_WORKER_PORT",
        "none",
        "The port where `tutorbot worker`, which has no pages, answers /healthz, /readyz and /metrics.",
        default=0,
    )
    public_url: Annotated[str, BeforeValidator(checks.public_url)] = _setting(
        "TUTORBOT_PUBLIC_URL",
        "none",
        "The https address of this program. With it Telegram calls us; without it we ask Telegram.",
        default="",
    )
    telegram_token: Annotated[SecretStr | None, BeforeValidator(checks.token)] = _setting(
        "TUTORBOT_TELEGRAM_TOKEN",
        "none: no Telegram",
        "The bot's token, from @BotFather. Keep it secret.",
        default=None,
    )
    telegram_helpers_chat: Annotated[int | None, BeforeValidator(checks.chat)] = _setting(
        "TUTORBOT_TELEGRAM_HELPERS_CHAT",
        "none: helpers use the web desk",
        "The number of the helpers' Telegram group, as in -1001234567890.",
        default=None,
    )
    telegram_api_url: Annotated[str, BeforeValidator(checks.api_url)] = _setting(
        "TUTORBOT_TELEGRAM_API_URL", OFFICIAL_API, "Where Telegram's Bot API is.", default=OFFICIAL_API
    )
    telegram_pace: Annotated[int, BeforeValidator(checks.number(1, 1000))] = _setting(
        "TUTORBOT_TELEGRAM_PACE", "30", "Messages a second to Telegram, over all chats.", default=30
    )
    desk_remind: Annotated[int, BeforeValidator(checks.number(1, _A_DAY))] = _setting(
        "TUTORBOT_DESK_REMIND",
        "10",
        "Minutes in which a helper should answer a learner. After them the helper is reminded.",
        default=10,
    )
    desk_return: Annotated[int, BeforeValidator(checks.number(2, _A_DAY)), AfterValidator(checks.later)] = _setting(
        "TUTORBOT_DESK_RETURN",
        "20",
        "Minutes after which a question goes from a silent helper back to the queue. More than TUTORBOT_DESK_REMIND.",
        default="20",
        validate_default=True,  # where only the other is set, too
    )
    desk_tell: Annotated[int, BeforeValidator(checks.number(1, _A_DAY))] = _setting(
        "TUTORBOT_DESK_TELL",
        "30",
        "Minutes that a question may wait before the coordinators, and the learner, are told so.",
        default=30,
    )
    given_webhook_secret: Annotated[SecretStr | None, BeforeValidator(checks.webhook_secret)] = _setting(
        "TUTORBOT_TELEGRAM_WEBHOOK_SECRET",
        "made from the secret key",
        "The word by which we know that a call comes from Telegram.",
        default=None,
    )
    given_secret_key: Annotated[SecretStr | None, BeforeValidator(checks.secret_key)] = _setting(
        "TUTORBOT_SECRET_KEY",
        "made once and kept in the data folder",
        "Signs the cookies of visitors. Set it where the data folder is emptied at each start.",
        default=None,
    )
    keep_talk: Annotated[int, BeforeValidator(checks.number(1, 3650))] = _setting(
        "TUTORBOT_KEEP_TALK",
        "30",
        "Days that the talk with the tutor is kept.",
        default=30,
    )
    keep_tickets: Annotated[int, BeforeValidator(checks.number(1, 3650))] = _setting(
        "TUTORBOT_KEEP_TICKETS",
        "30",
        "Days that a question to a person is kept after it was closed, with all that was said under it.",
        default=30,
    )
    keep_alarms: Annotated[int, BeforeValidator(checks.number(1, 3650))] = _setting(
        "TUTORBOT_KEEP_ALARMS", "365", "The same for questions that were urgent.", default=365
    )
    keep_learners: Annotated[int, BeforeValidator(checks.number(1, 3650))] = _setting(
        "TUTORBOT_KEEP_LEARNERS", "730", "Days after which a learner who does not come back is forgotten.", default=730
    )
    keep_audit: Annotated[int, BeforeValidator(checks.number(1, 3650))] = _setting(
        "TUTORBOT_KEEP_AUDIT", "730", "Days that it is kept who did what at the helpers' desk.", default=730
    )
    learner_pace: Annotated[int, BeforeValidator(checks.number(1, 1_000_000))] = _setting(
        "TUTORBOT_LEARNER_PACE",
        "30",
        "Messages and presses a minute from one learner. Whoever is faster is asked to wait.",
        default=30,
    )
    log: Annotated[str, BeforeValidator(checks.level)] = _setting(
        "TUTORBOT_LOG", "info", f"How much is logged: {', '.join(LEVELS)}.", default="info"
    )

    log_form: Annotated[str, BeforeValidator(checks.form)] = _setting(
        "TUTORBOT_LOG_FORMAT",
        "text",
        "How lines of the log are written: text for people, json for programs.",
        default="text",
    )
    metrics_token: Annotated[SecretStr | None, BeforeValidator(checks.metrics_token)] = _setting(
        "TUTORBOT_METRICS_TOKEN",
        "none: no numbers are shown",
        "The word that Prometheus sends to read /metrics. It needs: pip install 'tutorbot[ops]'.",
        default=None,
    )

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach the pages."""
        return not checks.is_loopback(self.host)

    @property
    def secrets(self) -> Sequence[str]:
        """Every word that no line of a log may hold. The key of the data folder is among them once it was asked for."""
        key = self.__dict__.get("secret_key")
        words = [self.telegram_token, self.given_webhook_secret, self.given_secret_key, self.metrics_token]
        words += [key, self.telegram_webhook_secret] if key else []
        passwords = re.findall("://[^:@/]*:([^@]+)@", self.database_url)
        return [*(word.get_secret_value() for word in words if word), *passwords, *map(unquote, passwords)]

    @cached_property
    def secret_key(self) -> SecretStr:
        """The key that was given, else the one kept in the data folder, made there if it is not."""
        return self.given_secret_key or SecretStr(kept_key(self.data))

    @property
    def waits(self) -> Waits:
        """How long a ticket waits for somebody to act."""
        return Waits(*(timedelta(minutes=one) for one in (self.desk_remind, self.desk_return, self.desk_tell)))

    @property
    def keep(self) -> Keep:
        """For how long what is kept is kept."""
        return Keep(self.keep_talk, self.keep_tickets, self.keep_alarms, self.keep_learners, self.keep_audit)

    @cached_property
    def telegram_webhook_secret(self) -> SecretStr:
        """The word that was given, else one made from the secret key, so that all processes agree on it."""
        key = self.secret_key.get_secret_value().encode()
        return self.given_webhook_secret or SecretStr(hmac.new(key, b"telegram webhook", hashlib.sha256).hexdigest())


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting for people to read about."""

    name: str
    default: str  # in words
    meaning: str


def _table() -> Iterable[Setting]:
    for field in Settings.model_fields.values():
        words = field.json_schema_extra
        if isinstance(words, dict):
            yield Setting(str(field.alias), str(words["default"]), str(field.description))


SETTINGS = tuple(_table())


# --- Reading them ----------------------------------------------------------------------------------------------------


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this environment, or else of the process and of `.env` (in the checkout, else where we are).

    SettingError with one line for each fault.
    """
    given = os.environ if environ is None else environ
    kept = read_env_file(env_file()) if environ is None else {}
    written = {name: value.strip() for name, value in {**kept, **given}.items() if value and value.strip()}
    _warn_of_unknown(written)
    if given.get("PORT"):
        written.setdefault("HOST", _EVERY_INTERFACE)
    try:
        return Settings.model_validate(written)
    except ValidationError as error:
        raise SettingError("\n".join(_plain(error))) from None


def env_file() -> Path:
    """Where `.env` is read: in the checkout, else where we are."""
    return (CHECKOUT or Path.cwd()) / ".env"


def wants_colour(stream: TextIO, environ: Mapping[str, str] | None = None) -> bool:
    """Whether to write in colour: to a person's screen, unless they ask for none (https://no-color.org)."""
    given = os.environ if environ is None else environ
    return stream.isatty() and not given.get("NO_COLOR")


def _plain(error: ValidationError) -> Iterable[str]:
    """Each fault as one line."""
    for fault in error.errors(include_url=False):
        if fault["type"] == "value_error":  # the others only say that one value waits for another
            name = str(fault["loc"][0])
            field = Settings.model_fields.get(name)  # a default that does not go with what was written
            yield f"{field.alias if field else name} {fault['ctx']['error']}"


def _warn_of_unknown(written: Iterable[str]) -> None:
    """Tell of variables that look like ours and are not: most are slips of the pen."""
    known = [setting.name for setting in SETTINGS]
    for name in sorted(written):
        if name.startswith(_PREFIX) and name not in known:
            near = get_close_matches(name, known, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            _log.warning("%s is not a setting and is not used.%s", name, hint, extra={"action": "setting_unknown"})
