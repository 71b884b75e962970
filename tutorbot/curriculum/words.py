"""Text -> glossary: the file `words.md`, where each `##` is a word and under it stands what it means.

Pure. What stands before the first word is for authors, and nobody else sees it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from tutorbot.curriculum.glossary import Glossary, Word
from tutorbot.curriculum.markup import Block, plain, read, spans
from tutorbot.curriculum.parser import check_language, clean_lines
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import Report
from tutorbot.curriculum.rules import SENTENCE_LIMIT
from tutorbot.curriculum.spelling import simplify

_ALSO = "also:"
_LETTERS = 30  # of a word: it is a button
_BYTES = 48  # of its key, which a button carries with its step: Telegram takes 64


@dataclass(frozen=True, slots=True)
class WordsFile:
    """A file of words, read."""

    path: str
    language: str
    problems: tuple[Problem, ...]
    glossary: Glossary | None  # None if there is an error


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word where it stands."""

    word: Word
    line: int  # of its heading


def is_words(name: str) -> bool:
    """Whether a file of the lessons folder holds words: "words.md", or "words.cy.md" for those in Welsh."""
    return name.endswith(".md") and name.partition(".")[0] == "words"


def parse_words(path: str, text: str) -> WordsFile:
    """Read the words of one language. `path` ends in the file's name, as in "lessons/words.md"."""
    report = Report(path)
    language = check_language(PurePosixPath(path).name, report)
    _, lines = clean_lines(text)
    blocks = read(lines, 0).blocks
    starts = [place for place, block in enumerate(blocks) if block.level == 2]
    ends = [*starts[1:], len(blocks)]
    entries = [_entry(blocks[start:end], report) for start, end in zip(starts, ends, strict=False)]
    if not entries:
        report.add(1, "no-words")
    _check_spellings(entries, report)
    glossary = Glossary.of((entry.word for entry in entries), language) if report.clean else None
    return WordsFile(path, language, tuple(sorted(set(report.problems))), glossary)


def _entry(blocks: Sequence[Block], report: Report) -> _Entry:
    heading, line = blocks[0], blocks[0].start
    word = Word(plain(heading.inline), *_meaning(blocks[1:], report))
    if not word.key:
        report.add(line, "empty-heading")
    elif len(word.name) > _LETTERS or len(word.key.encode()) > _BYTES:
        report.add(line, "word-length", word=word.name)
    size = len(word.meaning.split())
    if not size:
        report.add(line, "no-meaning", word=word.name)
    elif size > SENTENCE_LIMIT:
        report.add(line, "long-meaning", word=word.name, size=size)
    return _Entry(word, line)


def _meaning(blocks: Sequence[Block], report: Report) -> tuple[str, tuple[str, ...]]:
    """What stands under a word: its meaning, and other ways to write it."""
    meaning: list[str] = []
    also: list[str] = []
    for block in blocks:
        if block.kind != "paragraph" or any(spans(block)):
            report.add(block.start, "word-extra")
            continue
        for line in block.inline.splitlines():
            if line.casefold().startswith(_ALSO):
                also += [" ".join(one.split()) for one in plain(line[len(_ALSO) :]).split(",")]
            else:
                meaning.append(line.strip())
    return " ".join(meaning), tuple(one for one in also if simplify(one))


def _check_spellings(entries: Sequence[_Entry], report: Report) -> None:
    """Each way to write a word leads to one word alone."""
    first: dict[str, _Entry] = {}
    for entry, spelling in _spellings(entries):
        other = first.setdefault(simplify(spelling), entry)
        if other is not entry:
            report.add(entry.line, "same-word", word=spelling, other=other.line)


def _spellings(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, str]]:
    return ((entry, spelling) for entry in entries for spelling in (entry.word.name, *entry.word.also))
