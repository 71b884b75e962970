"""One way to ask, for two databases: a statement is written once with SQLAlchemy and compiled once for each database.

What is compiled runs on the bare driver. Why not through SQLAlchemy's own connection: it spends 15 to 23 µs on each
execution, the drivers 2 on SQLite and 60 on PostgreSQL, and a turn of a learner has about ten. Values pass through the
types of their columns in both directions, as they would with SQLAlchemy.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from sqlalchemy import BindParameter, Select, Table, Text, bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

from tutorbot.runtime.live import ALL

CHANNEL: Final = "tutorbot"  # of PostgreSQL's NOTIFY, for what our processes tell each other
MOST_WORDS: Final = 1000  # in one NOTIFY, which takes 8,000 bytes

Values = Mapping[str, Any]
Convert = Callable[[Any], Any] | None


class Cursor(Protocol):
    """What both drivers give back."""

    @property
    def rowcount(self) -> int: ...
    def fetchall(self) -> Sequence[Any]: ...


class Driver(Protocol):
    """A connection of either driver, in autocommit: we say BEGIN and COMMIT ourselves."""

    def execute(self, sql: str, values: Any = ..., /) -> Cursor: ...


@dataclass(frozen=True, slots=True)
class _Plan:
    """A statement as one database takes it."""

    sql: str
    takes: tuple[tuple[str, Convert], ...]  # the values, in the order in which the statement names them
    fixed: Values  # those that the statement itself brings
    positional: bool
    row: Callable[[Iterable[Any]], Any]
    gives: tuple[Convert, ...]  # of each column; empty if none needs to be converted

    def values(self, given: Values) -> Any:
        """The values as the driver takes them. KeyError names one that is missing."""
        if self.fixed:
            given = {**self.fixed, **given}
        if self.positional:
            return [given[name] if convert is None else convert(given[name]) for name, convert in self.takes]
        return {name: given[name] if convert is None else convert(given[name]) for name, convert in self.takes}

    def rows(self, raw: Sequence[Any]) -> list[Any]:
        """The rows of the driver, with names and our values."""
        if not self.gives:
            return [self.row(row) for row in raw]
        return [
            self.row([v if convert is None else convert(v) for v, convert in zip(row, self.gives, strict=True)])
            for row in raw
        ]


class Query:
    """A statement of ours. Its values are `bindparam`s; what it selects or returns becomes named fields."""

    def __init__(self, statement: Select[Any] | UpdateBase) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}
        self.writes = isinstance(statement, UpdateBase)

    def plan(self, dialect: Dialect) -> _Plan:
        """How this database takes it."""
        plan = self._plans.get(dialect.name)
        if plan is None:
            plan = self._plans[dialect.name] = _plan(self._statement, dialect)
        return plan


def _plan(statement: Select[Any] | UpdateBase, dialect: Dialect) -> _Plan:
    compiled = statement.compile(dialect=dialect)
    columns = list(statement.exported_columns)
    row = cast(Any, namedtuple)("Row", [column.key for column in columns])
    gives = tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    return _Plan(
        sql=compiled.string,
        takes=tuple(
            (name, _on_the_way_in(compiled.binds[name].type, dialect))
            for name in (compiled.positiontup if compiled.positional else compiled.binds) or ()
        ),
        fixed={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        positional=compiled.positional,
        row=row._make,
        gives=gives if any(gives) else (),
    )


def _on_the_way_in(column: TypeEngine[Any], dialect: Dialect) -> Convert:
    return column.dialect_impl(dialect).bind_processor(dialect)


_TELL = Query(select(func.pg_notify(literal_column(f"'{CHANNEL}'"), bindparam("words", type_=Text)).label("told")))


def given(*names: str) -> dict[str, BindParameter[Any]]:
    """For `values(...)`: these columns, each with a value of its own name."""
    return {name: bindparam(name) for name in names}


def add(table: Table, *names: str) -> Insert:
    """An INSERT of these columns, that may be given an ON CONFLICT.

    It is PostgreSQL's construct; SQLite took its ON CONFLICT from there, so it compiles for both.
    """
    return insert(table).values(given(*names))


def put(table: Table, *keys: str, first: Sequence[str] = (), always: Sequence[str]) -> Insert:
    """An INSERT of all these columns; where there is a row with these keys, an UPDATE of `always`."""
    statement = add(table, *keys, *first, *always)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={name: statement.excluded[name] for name in always}
    )


class Database:
    """A connection inside a transaction, as our queries see it."""

    def __init__(self, driver: Driver, dialect: Dialect, *, writing: bool, name: str = "") -> None:
        self._driver = driver
        self._dialect = dialect
        self.writing = writing  # False: the transaction may only read, and locks nothing
        self._name = name  # of this process among others; "": there are no others

    def change(self, query: Query, **values: Any) -> int:
        """Run a statement that gives no rows; how many rows it changed."""
        plan = self._plan(query)
        return self._driver.execute(plan.sql, plan.values(values)).rowcount

    def all(self, query: Query, **values: Any) -> list[Any]:
        """The rows it gives."""
        plan = self._plan(query)
        return plan.rows(self._driver.execute(plan.sql, plan.values(values)).fetchall())

    def first(self, query: Query, **values: Any) -> Any:
        """The first row it gives; None if there is none."""
        rows = self.all(query, **values)
        return rows[0] if rows else None

    def tell(self, words: Set[str]) -> None:
        """Once this is committed, ring these bells in other processes: see `runtime.live`."""
        if words and self._name:
            told = sorted(words) if len(words) <= MOST_WORDS else [ALL]
            self.all(_TELL, words=" ".join([self._name, *told]))

    def _plan(self, query: Query) -> _Plan:
        if query.writes and not self.writing:
            raise RuntimeError("a unit of work that was handed to `read` may not write")
        return query.plan(self._dialect)
