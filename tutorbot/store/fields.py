"""The kinds of columns and indexes that our tables are made of. Knows SQLModel; knows no table."""

from typing import Any, Literal

from sqlalchemy import Index, text
from sqlmodel import Field

from tutorbot.store.columns import Id, Words

NEVER_TWICE = {"sqlite_autoincrement": True}
"""The number of a row that was removed is never given to another."""


def words(**kwargs: Any) -> Any:
    """A text of any length."""
    return Field(sa_type=Words, **kwargs)


def later(value: str, **kwargs: Any) -> Any:
    """A column that came after the first schema: a program from before it goes on writing rows without it."""
    return Field(sa_column_kwargs={"server_default": text(value)}, **kwargs)


def key() -> Any:
    """The number of a row."""
    return Field(default=None, primary_key=True, sa_type=Id)


def link(target: str, ondelete: Literal["CASCADE", "SET NULL"] = "CASCADE", **kwargs: Any) -> Any:
    """A column that points at a row of another table."""
    return Field(foreign_key=target, ondelete=ondelete, sa_type=Id, **kwargs)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the few rows that matter, so that it stays small while the table grows."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
