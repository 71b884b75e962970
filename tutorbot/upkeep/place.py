"""What a backup is made of, and where it goes: the database, the data folder, the secret key."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """What a backup is made of, and put back into."""

    url: str  # of the database
    data: Path  # the data folder
    given_key: str = ""  # the secret key, where it is a setting and not kept in the data folder

    @property
    def key_file(self) -> Path:
        """Where the secret key is kept, unless it is a setting."""
        return self.data / "secret_key"

    @property
    def kept_key(self) -> str:
        """The secret key that is kept there; "" if there is none."""
        try:
            return "" if self.given_key else self.key_file.read_text("ascii").strip()
        except (OSError, UnicodeError):
            return ""

    @property
    def folder(self) -> Path:
        """Where backups go that were given no other place."""
        return self.data / "backups"
