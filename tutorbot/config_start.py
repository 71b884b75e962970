"""Whether a start with these settings would be dangerous. Each setting by itself is checked by `config` already."""

from tutorbot.config import Settings
from tutorbot.errors import SettingError


def check_start(settings: Settings) -> list[str]:
    """What to warn of before the pages are served. SettingError if they had better not be."""
    if not settings.is_open or (settings.public_url and settings.given_secret_key):
        return []
    if not settings.given_secret_key and not settings.model_fields_set & {"data"}:
        raise SettingError(
            f"HOST {settings.host} is open to other machines, and nobody has said where the secret key is kept. "
            "Set TUTORBOT_SECRET_KEY, or set TUTORBOT_DATA to a folder that stays."
        )
    if settings.public_url:
        return []
    return ["The pages are open to other machines without https. For more than a trial, set TUTORBOT_PUBLIC_URL."]
