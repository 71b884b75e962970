"""Translations of our own words: `<language>/messages.po`, read as they are at start-up; nothing is compiled.

The English of the templates is the key. `docs/translate.py` brings the files up to date with the templates.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FALLBACK = "en"


@cache
def languages() -> frozenset[str]:
    """The languages that we speak."""
    return frozenset({FALLBACK, *(folder.name for folder in files(__name__).iterdir() if _catalogue(folder.name))})


def spoken(language: str) -> str:
    """This language if we speak it, else English."""
    return language if language in languages() else FALLBACK


@cache
def direction(language: str) -> str:
    """Which way the language is written: "ltr" or "rtl"."""
    return str(Locale.parse(language).text_direction)


@cache
def translations(language: str) -> NullTranslations:
    """Our words in a language that we speak."""
    catalogue = _catalogue(language)
    if not catalogue:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(catalogue), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _catalogue(language: str) -> bytes:
    path = files(__name__).joinpath(language, "messages.po")
    return path.read_bytes() if path.is_file() else b""
