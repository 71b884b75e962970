"""Every text of the templates stands in every catalogue, translated, with the same blanks to fill in."""

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tutorbot.messages import locale
from tutorbot.messages.renderer import Renderer
from tutorbot.tutor.replies import Choice, Md, Reply

ROOT = Path(__file__).parents[3]
LANGUAGES = sorted(locale.languages() - {locale.FALLBACK})
ARABIC = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\n"

msgid "Hello %(name)s."
msgstr "مرحبا %(name)s."
"""
BLANK = re.compile(r"%\(\w+\)s")


def catalogue(language: str) -> list[Message]:
    path = ROOT / "tutorbot" / "messages" / "locale" / language / "messages.po"
    return [message for message in read_po(BytesIO(path.read_bytes()), locale=language) if message.id]


def texts(message: Message) -> list[tuple[str, str]]:
    """Each translation with the text it translates."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[-1], text) for text in message.string]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_in_step_with_the_templates(language: str) -> None:
    spec = spec_from_file_location("translate", ROOT / "docs" / "translate.py")
    assert spec
    assert spec.loader
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    path = ROOT / "tutorbot" / "messages" / "locale" / language / "messages.po"
    assert script.brought_up_to_date(language) == path.read_bytes(), "run docs/translate.py and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_the_same_blanks(language: str) -> None:
    for message in catalogue(language):
        for original, translated in texts(message):
            assert translated, f"{language} lacks: {original}"
            missing = set(BLANK.findall(original)) - set(BLANK.findall(translated))
            assert missing <= {"%(count)s"}, f"{language} leaves out {missing} in: {original}"
            assert set(BLANK.findall(translated)) <= set(BLANK.findall(original))


@pytest.mark.parametrize("code", ["xx", "", "../..", "pt-br", "zz-\x00"])
def test_a_language_we_do_not_speak_is_answered_in_english(code: str) -> None:
    message = Renderer().message(Reply("menu", choices=(Choice("menu"),)), code)
    assert (message.language, message.text) == ("en", "What would you like to do?")


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A little Arabic: enough to see that what is written from the right works."""
    (tmp_path / "ar").mkdir()
    (tmp_path / "ar" / "messages.po").write_text(ARABIC, encoding="utf-8")
    monkeypatch.setattr(locale, "files", lambda _: tmp_path)
    locale.languages.cache_clear()
    yield
    monkeypatch.undo()
    locale.languages.cache_clear()
    locale.translations.cache_clear()


def test_names_keep_their_own_direction_in_a_text_from_the_right(arabic: None) -> None:
    message = Renderer().message(Reply("menu", {"note": Md("hello"), "name": "Ann"}), "ar")
    assert message.text.startswith("مرحبا \u2068Ann\u2069.")
    assert locale.direction("ar") == "rtl"
