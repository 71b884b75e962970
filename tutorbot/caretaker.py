"""Builds what looks after the house, for `bootstrap` to join with the rest: checks before a start, updates, meters."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module

from pydantic import SecretStr
from starlette.routing import BaseRoute

from tutorbot.config import Settings
from tutorbot.config_start import check_start
from tutorbot.runtime.meters import NO_METERS, Meters
from tutorbot.runtime.ports import Store
from tutorbot.store.readiness import is_ready
from tutorbot.upkeep.place import Place
from tutorbot.upkeep.privacy import exposed, mend

log = logging.getLogger(__name__)

_UPDATE = "tutorbot.upkeep.update"  # only where there is something to do: it brings Alembic with it
_METRICS = "tutorbot.channels.web.metrics"  # only where it is asked for: it needs the extra `ops`


def prepare(settings: Settings) -> None:
    """Everything before a start: dangerous settings end it, what others could read is mended, the database is ready."""
    look_over(settings)
    migrate(settings)


def look_over(settings: Settings) -> None:
    """The same without the database, which one of several processes leaves as it is."""
    for warning in check_start(settings):
        log.warning("%s", warning, extra={"action": "setting_dangerous"})
    close_to_others(place_of(settings))


def place_of(settings: Settings) -> Place:
    """What is backed up: the database, and the secret key where it is not a setting."""
    return Place(settings.database_url, settings.data, word_of(settings.given_secret_key))


def word_of(secret: SecretStr | None) -> str:
    """A secret as it is; "" if there is none."""
    return secret.get_secret_value() if secret else ""


def close_to_others(place: Place) -> None:
    """Take what is ours from all other users of this machine, and tell of it."""
    found = exposed(place)
    left = mend(found)
    for path in found:
        if path in left:
            log.warning("Others can read %s. Run: chmod go= %s", path, path, extra={"action": "exposed"})
        else:
            log.warning("Others could read %s; now only you can.", path, extra={"action": "mended"})


def migrate(settings: Settings) -> list[str]:
    """Bring the database to the version this program knows; what was done, a line each."""
    if is_ready(settings.database_url):
        return []
    done: list[str] = import_module(_UPDATE).update(place_of(settings), datetime.now(UTC))
    return done


def meters_of(settings: Settings) -> Meters:
    """What measures; nothing, unless somebody may read the numbers."""
    if not settings.metrics_token:
        return NO_METERS
    meters: Meters = import_module(_METRICS).PrometheusMeters()
    return meters


def numbers(settings: Settings, meters: Meters, store: Store, clock: Callable[[], datetime]) -> Sequence[BaseRoute]:
    """The page of numbers, where somebody may read them."""
    if not settings.metrics_token:
        return ()
    page = import_module(_METRICS).Metrics(meters, store, settings.metrics_token.get_secret_value(), clock)
    logging.getLogger().addHandler(page.counting)
    return (page.route,)
