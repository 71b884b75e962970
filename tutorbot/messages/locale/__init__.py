"""Translations of our own words: `<language>/messages.po`, read as they are at start-up; nothing is compiled."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FALLBACK = "en"


@cache
def translations(language: str) -> NullTranslations:
    """Our words in this language; the English of the templates where it has none."""
    path = files(__name__).joinpath(language, "messages.po")
    if language == FALLBACK or not path.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(path.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
