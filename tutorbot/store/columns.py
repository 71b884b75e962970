"""How our values are written in a column. Knows SQLAlchemy's types; knows no table and no query.

Two things that people can send break a database: PostgreSQL refuses NUL in a text, and no database can encode half a
surrogate pair (half an emoji, cut in the wrong place). Both are replaced here, at the border, so that no message of
anybody can make a turn impossible.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Generic, TypeVar

from pydantic_core import PydanticSerializationError
from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")

Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers its rows only in an INTEGER; it has 64 bits there


def clean(text: str) -> str:
    """The text without what a database cannot hold; each such letter becomes a question mark."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode(errors="replace").decode()
    return text.replace("\x00", "?") if "\x00" in text else text


def clean_all(value: Any) -> Any:
    """The same value, with every text in it cleaned. For frozen dataclasses, tuples and mappings."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(clean_all(item) for item in value)
    if isinstance(value, Mapping):
        return {clean_all(key): clean_all(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: clean_all(getattr(value, field.name)) for field in fields(value)})
    return value


class Words(TypeDecorator[str]):
    """A text of any length and from anybody."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Clean it on the way in."""
        return None if value is None else clean(value)


class Written(TypeDecorator[T], Generic[T]):
    """A value of ours, written as JSON text. Reads back equal, unless it held what a database cannot hold."""

    impl = Text
    cache_ok = False  # two of them differ by their functions; our queries are compiled once and need no cache

    def __init__(self, to_json: Callable[[T], str], from_json: Callable[[str], T]) -> None:
        super().__init__()
        self._to_json = to_json
        self._from_json = from_json

    def process_bind_param(self, value: T | None, _dialect: Dialect) -> str | None:
        """Write it; the rare value that cannot be written is cleaned first."""
        if value is None:
            return None
        try:
            return self._to_json(value)
        except PydanticSerializationError:
            return self._to_json(clean_all(value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> T | None:
        """Read it."""
        return None if value is None else self._from_json(value)
