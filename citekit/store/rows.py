"""Asking for the rows of many values, in portions, by queries that are made ready once.

SQLAlchemy builds, keys and compiles a statement at each execution, which takes several times as long as SQLite takes
to answer. A query that is a constant of its module is compiled once for each size of portion here.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Select, bindparam

__all__ = ["rows_of"]

_PORTION = 400  # values in one IN (...): below the 999 of old SQLite libraries
_SIZES = (1, 4, 16, 64, _PORTION)  # few, so that SQLite's driver knows the statements again

_prepared: WeakKeyDictionary[Select[Any], dict[tuple[str, int, Any], _Prepared]] = WeakKeyDictionary()


def rows_of(connection: Connection, query: Select[Any], column: Any, values: Iterable[Any]) -> Iterator[Any]:
    """The rows of `query` whose `column` is one of `values`, asked for in portions.

    Args:
        connection: in a transaction.
        query: where it is asked more than once, the same object each time.
        column: not necessarily one that is selected.
        values: each is asked for once.

    Returns:
        The rows, their values under the names of the columns, as of `Connection.execute`.
    """
    rest = iter(sorted(values))
    while portion := list(islice(rest, _PORTION)):
        known = _prepared.get(query)
        if known is None or not connection.dialect.positional:
            if known is None:
                _prepared[query] = {}  # made ready when it comes again
            yield from connection.execute(query.where(column.in_(portion)))
            continue
        size = next(size for size in _SIZES if size >= len(portion))
        key = connection.dialect.name, size, column
        if (asked := known.get(key)) is None:
            asked = known[key] = _Prepared(query, column, size, connection.dialect)
        yield from asked.rows(connection, portion)


class _Prepared:
    """A query for so many values, as the driver takes it."""

    def __init__(self, query: Select[Any], column: Any, size: int, dialect: Dialect) -> None:
        chosen = query.where(column.in_(bindparam("chosen", [0] * size, expanding=True, type_=column.type)))
        compiled = chosen.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        names = list(compiled.positiontup or ())
        self._sql = str(compiled)
        self._size = size
        self._given = [None if name.startswith("chosen") else compiled.binds[name].effective_value for name in names]
        self._first = next(place for place, name in enumerate(names) if name.startswith("chosen"))
        columns = chosen.selected_columns
        row = cast("Any", namedtuple)("Row", columns.keys(), rename=True)
        self._row: Callable[[Iterable[Any]], Any] = row._make
        processors = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self._read = [(place, processor) for place, processor in enumerate(processors) if processor is not None]

    def rows(self, connection: Connection, values: Sequence[Any]) -> Iterator[Any]:
        """The rows of these values, at most as many as it was made for."""
        given = list(self._given)
        given[self._first : self._first + self._size] = [*values, *[values[-1]] * (self._size - len(values))]
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._sql, given)
            for row in cursor.fetchall():
                if self._read:
                    fields = list(row)
                    for place, read in self._read:
                        fields[place] = read(fields[place])
                    yield self._row(fields)
                else:
                    yield self._row(row)
        finally:
            cursor.close()
