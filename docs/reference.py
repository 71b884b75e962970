"""Writes what the docs say of rules and headers anew: `python docs/reference.py`. A test tells when it must be run."""

from pathlib import Path

from tutorbot.workshop.header_schema import course_schema, lesson_schema
from tutorbot.workshop.rules_page import rules_page

DOCS = Path(__file__).parent
FILES = {"rules.md": rules_page, "lesson.schema.json": lesson_schema, "course.schema.json": course_schema}

if __name__ == "__main__":
    for name, write in FILES.items():
        (DOCS / name).write_text(write(), "utf-8", newline="\n")
