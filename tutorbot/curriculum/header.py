"""The header of a file: the lines between two `---`, read as flat YAML with the line of every key.

Every value is a text or a list of texts, whatever it looks like: `no` and `12:30` stay as written. YAML is read
event by event, so anchors and deep nesting are refused where they begin, before they can grow.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

import yaml

from tutorbot.curriculum.report import Report

# The one built on libyaml is twenty times faster, but not every platform has it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FENCE = "---"
_AROUND = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands behind one key."""

    value: str | tuple[str, ...]
    line: int  # of the key, from 1


@dataclass(frozen=True, slots=True)
class Header:
    """The keys of a file. A key that is not there, or is of the other form, reads as empty."""

    entries: Mapping[str, Entry]

    def text(self, key: str) -> str:
        """The text behind a key."""
        value = self._value(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The list behind a key."""
        value = self._value(key)
        return value if isinstance(value, tuple) else ()

    def line(self, key: str) -> int:
        """The line of a key, from 1; of the header if it is not there."""
        return self.entries[key].line if key in self.entries else 1

    def _value(self, key: str) -> str | tuple[str, ...]:
        return self.entries[key].value if key in self.entries else ""


class _Refused(Exception):
    """A header holds what it may not hold."""

    def __init__(self, code: str, line: int) -> None:
        self.code = code
        self.line = line


def read_header(lines: list[str], report: Report) -> tuple[Header | None, int]:
    """The header and the number of lines it takes up; None, with its problems in `report`, if it cannot be read."""
    if lines[0].rstrip() != _FENCE:
        report.add(1, "no-header")
        return None, 0
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        report.add(1, "open-header")
        return None, len(lines)
    return _parsed("\n".join(lines[1:end]), report), end + 1


def _parsed(source: str, report: Report) -> Header | None:
    entries: dict[str, Entry] = {}
    try:
        for key, entry in _entries(source):
            if key in entries:
                report.add(entry.line, "repeated-key", key=key)
            else:
                entries[key] = entry
    except _Refused as refused:
        report.add(refused.line, refused.code)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)  # where a letter cannot be in YAML at all, there is none
        report.add(mark.line + 2 if mark else 1, "bad-header")
    else:
        return Header(entries)
    return None


def _entries(source: str) -> Iterator[tuple[str, Entry]]:
    """Each key with its value. Raises `_Refused` and `yaml.YAMLError`."""
    events = (event for event in yaml.parse(source, Loader=_LOADER) if not isinstance(event, _AROUND))
    start = next(events, None)
    if start is None:
        return
    if not isinstance(start, yaml.MappingStartEvent):
        raise _Refused("header-shape", _line(start))
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        yield _text(event), Entry(_value(next(events), events), _line(event))
    for event in events:  # a second document
        raise _Refused("header-shape", _line(event))


def _value(event: yaml.Event, events: Iterator[yaml.Event]) -> str | tuple[str, ...]:
    if not isinstance(event, yaml.SequenceStartEvent):
        return _text(event)
    if event.anchor:
        raise _Refused("header-alias", _line(event))
    items = takewhile(lambda item: not isinstance(item, yaml.SequenceEndEvent), events)
    return tuple(_text(item) for item in items)


def _text(event: yaml.Event) -> str:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refused("header-alias", _line(event))
    if not isinstance(event, yaml.ScalarEvent):
        raise _Refused("header-shape", _line(event))
    return " ".join(event.value.split())


def _line(event: yaml.Event) -> int:
    """The line in the file of an event: YAML counts from 0, and the opening `---` is not part of it."""
    return event.start_mark.line + 2 if event.start_mark else 1
