"""Pictures: where they stand in a lesson, and what a picture file must be. Reads no disk: it is told of the files."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tutorbot.curriculum.lesson import Picture
from tutorbot.curriculum.markup import Block, Page, spans
from tutorbot.curriculum.report import Report
from tutorbot.curriculum.rules import PICTURE_LIMIT

HEAD = 8  # bytes at the start of a file that tell what it is
_KINDS = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture where it stands in a file."""

    picture: Picture
    line: int  # from 1


@dataclass(frozen=True, slots=True)
class PictureFile:
    """What the disk says of a picture."""

    size: int  # bytes
    head: bytes  # its first `HEAD` bytes
    inside: bool = True  # in the lessons folder, when all links of the file system are followed


def place_pictures(page: Page, folder: str, report: Report) -> tuple[Placed, ...]:
    """The pictures that stand alone on a line of a card. `folder`: where the file lies in the lessons folder."""
    return tuple(found for block in page.blocks for found in _of_block(block, folder, report))


def is_picture_name(name: str) -> bool:
    """Whether a file of this name is a picture that may be shown."""
    return PurePosixPath(name).suffix.lower() in _KINDS


def check_picture(placed: Placed, file: PictureFile | None, report: Report) -> None:
    """Report what is wrong with the file of a picture; None: it is not there."""
    name = placed.picture.name
    if file is None:
        report.add(placed.line, "picture-missing", name=name)
    elif not file.inside:
        report.add(placed.line, "picture-outside", name=name)
    elif not is_picture_name(name) or not file.head.startswith(_KINDS[PurePosixPath(name).suffix.lower()]):
        report.add(placed.line, "picture-kind", name=name)
    elif file.size > PICTURE_LIMIT:
        report.add(placed.line, "picture-big", name=name, size=-(-file.size // 1000))


def _of_block(block: Block, folder: str, report: Report) -> Iterator[Placed]:
    for span in (span for span in spans(block) if span.kind == "image"):
        name = _name(folder, span.target)
        if not span.alt:
            report.add(span.line, "no-alt")
        if not (block.kind == "paragraph" and span.alone):
            report.add(span.line, "picture-place")
        elif name is None:
            report.add(span.line, "picture-outside", name=span.target)
        else:
            yield Placed(Picture(name, span.alt), span.line)


def _name(folder: str, target: str) -> str | None:
    """The name of a picture in the lessons folder; None if it leads out of it."""
    name = posixpath.normpath(posixpath.join(folder, target))
    outside = name.startswith(("/", "../")) or name == ".." or any(letter in name for letter in ":\\\0")
    return None if outside else name


def on_lines(pictures: Iterable[Placed], start: int, end: int) -> tuple[Placed, ...]:
    """Those that stand from line `start` to before line `end`."""
    return tuple(placed for placed in pictures if start <= placed.line < end)
