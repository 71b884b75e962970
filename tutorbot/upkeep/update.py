"""Updates the database: a backup first, then what its schema lacks. Imported only where there is something to do."""

import logging
from contextlib import suppress
from datetime import datetime

from tutorbot.errors import SchemaMismatch
from tutorbot.store import versions
from tutorbot.store.database import open_copies
from tutorbot.store.readiness import found_version
from tutorbot.store.schema import migrate
from tutorbot.upkeep.backup import Made, make, stamp
from tutorbot.upkeep.place import Place

log = logging.getLogger(__name__)


def update(place: Place, now: datetime) -> list[str]:
    """Bring the database to the version this program knows; what was done, a line each. BackupError, StoreError."""
    made = before_update(place, now)
    if made:
        log.info("A backup was made before the update: %s", made.file, extra={"action": "backed_up"})
    done = migrate(place.url)
    if len(done) == len(versions.known()):
        log.info("A new database was made.", extra={"action": "migrated"})
    else:
        for line in done:
            log.info("The database was brought up to date: %s.", line, extra={"action": "migrated"})
    return [*([f"A backup from before is at {made.file}"] if made else []), *done]


def before_update(place: Place, now: datetime) -> Made | None:
    """The way back: a backup, where an update is about to change a SQLite database; of a server's, None."""
    if open_copies(place.url).kind != "sqlite":
        return None
    with suppress(SchemaMismatch):
        if found_version(place.url) not in ("", versions.head()):
            file = place.folder / f"before-{versions.head()}-{stamp(now)}.zip"
            return make(place, file, now)
    return None
