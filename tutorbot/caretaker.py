"""Builds what looks after the house, for `bootstrap` to join with the rest: the backup before an update."""

import logging
from datetime import UTC, datetime

from tutorbot.config import Settings
from tutorbot.store import schema
from tutorbot.upkeep.backup import Place, before_update

log = logging.getLogger(__name__)


def place_of(settings: Settings) -> Place:
    """What is backed up: the database, and the secret key where it is not a setting."""
    given = settings.given_secret_key
    return Place(settings.database_url, settings.data, given.get_secret_value() if given else "")


def migrate(settings: Settings) -> list[str]:
    """Bring the database to the version this program knows; what was done, a line each."""
    made = before_update(place_of(settings), datetime.now(UTC))
    if made:
        log.info("A backup was made before the update: %s", made.file, extra={"action": "backed_up"})
    done = schema.migrate(settings.database_url)
    for line in done:
        log.info("The database was brought up to date: %s.", line, extra={"action": "migrated"})
    return [*([f"A backup from before is at {made.file}"] if made else []), *done]
