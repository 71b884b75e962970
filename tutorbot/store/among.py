"""Some ids as one value of a statement, so that it stays the same however many they are. Knows no table."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, BindParameter, ColumnElement, Text, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine


def among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the column is one of `ids`, a value of the statement."""
    return _Among(column, bindparam("ids", type_=_Ids()))


class _Ids(TypeDecorator[Sequence[int]]):
    """A list where the database knows lists, else JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array for PostgreSQL."""
        return ARRAY(BigInteger()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        """The list, or its JSON."""
        ids = list(value or ())
        return ids if dialect.name == "postgresql" else json.dumps(ids)


class _Among(ColumnElement[bool]):
    """What `among` gives."""

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], ids: BindParameter[Any]) -> None:
        self.column, self.ids = column, ids


@compiles(_Among, "postgresql")
def _for_postgresql(one: _Among, compiler: Any, **more: Any) -> str:
    return f"{compiler.process(one.column, **more)} = ANY({compiler.process(one.ids, **more)})"


@compiles(_Among, "sqlite")
def _for_sqlite(one: _Among, compiler: Any, **more: Any) -> str:
    column, ids = compiler.process(one.column, **more), compiler.process(one.ids, **more)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 (compiled, with marks for values)
