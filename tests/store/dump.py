"""All that a store holds, in a form that two stores can be compared by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from citekit.store import StoredWork
from citekit.store.search_tables import is_shadow

Rows = dict[str, list[tuple[object, ...]]]
_PASSING = {"documents": {"read_at"}}


def dump(path: Path) -> Rows:
    """Every row of every table, without the moments of reading."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: Rows = {}
        for table in sorted(table for table in tables if not is_shadow(table)):  # these depend on what was there before
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{name}"' for name in columns if name not in _PASSING.get(table, set()))
            found[table] = sorted(connection.execute(f"SELECT {kept} FROM {table}"), key=repr)
        return found
    finally:
        connection.close()


def whole(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with the file and no row refers to nothing."""
    connection = sqlite3.connect(path)
    try:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchall() == []
        )
    finally:
        connection.close()


def groups(works: Iterable[StoredWork]) -> set[frozenset[tuple[str, int, int]]]:
    """Which citations (document, place) are of one work, whatever its key."""
    return {frozenset((Path(c.document).name, *c.span) for c in work.citations) for work in works}
