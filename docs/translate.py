"""Brings every `messages.po` up to date with the templates: `python docs/translate.py`. A new language: `... cy`.

What is new is left empty for a translator; what is gone is dropped; what was translated stays.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1] / "tutorbot"
LOCALE = ROOT / "messages" / "locale"
FIRST = datetime(2026, 11, 22, tzinfo=UTC)  # one date for ever: the file changes only when the words do
HEADER: dict[str, Any] = {
    "project": "Tutorbot",
    "version": "1",
    "header_comment": "# Our words in another language. docs/translate.py keeps this file in step with the templates.",
    "msgid_bugs_address": "",
    "language_team": "",
    "last_translator": "not yet reviewed by a native speaker",
    "creation_date": FIRST,
    "revision_date": FIRST,
    "fuzzy": False,
}
FOR_STAFF = ("/desk", "/preview/", "/started", "/terminal_")  # helpers, authors and operators are spoken to in English
TEMPLATES = [("**.j2", "jinja2"), ("**.html", "jinja2")]
OPTIONS = {pattern: {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"} for pattern, _ in TEMPLATES}


def wanted() -> Catalog:
    """Every text of the templates, and where it stands."""
    catalog = Catalog(creation_date=FIRST)
    for path, line, message, comments, context in extract_from_dir(ROOT, TEMPLATES, OPTIONS):
        if any(room in path for room in FOR_STAFF):
            continue
        catalog.add(message, locations=[(path, line)], auto_comments=comments, context=context)
    return catalog


def brought_up_to_date(language: str) -> bytes:
    """The catalogue of a language as a file, with what was translated so far."""
    path = LOCALE / language / "messages.po"
    before = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(language, **HEADER)
    before.update(wanted(), no_fuzzy_matching=True)
    before.obsolete.clear()
    before.fuzzy = False
    written = BytesIO()
    write_po(written, before, width=0, omit_header=False, sort_output=True, include_lineno=False)
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b'"Generated-By'))  # changes with every Babel


if __name__ == "__main__":
    for code in sys.argv[1:] or sorted(folder.parent.name for folder in LOCALE.glob("*/messages.po")):
        (LOCALE / code).mkdir(exist_ok=True)
        (LOCALE / code / "messages.po").write_bytes(brought_up_to_date(code))
