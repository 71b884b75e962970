"""Rules for the files of a lessons folder."""

from collections.abc import Mapping

from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.rule import Rule

FILES: Mapping[str, Rule] = {
    "too-big": Rule(
        "This file is over 100 kB.",
        "Split it into smaller lessons.",
        "A lesson takes some minutes.",
        before="01-phone.md, 130 kB",
        after="01-phone.md, 4 kB; 02-wifi-data.md, 5 kB",
    ),
    "not-utf8": Rule(
        "This file is not UTF-8 text.",
        "Save it again as UTF-8.",
        "Letters would be lost.",
        before="Saved as: Windows-1252",
        after="Saved as: UTF-8",
    ),
    "unreadable": Rule(
        "This cannot be read: {reason}.",
        "Check that it is there and may be opened.",
        "Nobody sees it.",
        before="01-phone.md, which only root may open",
        after="01-phone.md, which everybody may open",
    ),
    "outside": Rule(
        "This leads out of the lessons folder.",
        "Put a copy in the folder.",
        "It may be private.",
        before="02-secret.md -> /home/ann/secret.md",
        after="02-secret.md, a file of its own",
    ),
    "misplaced": Rule(
        "This file is not in a course folder, so nobody sees it.",
        "Move it to one, as in lessons/first-steps.",
        "A lesson belongs to a course.",
        before="lessons/phone.md",
        after="lessons/first-steps/01-phone.md",
        level=Level.WARNING,
    ),
    "bad-language": Rule(
        "'{language}' is not a language code.",
        "Name the file x.md, or x.cy.md for Welsh.",
        "The name tells the language.",
        before="01-phone.welsh.md",
        after="01-phone.cy.md",
    ),
}
