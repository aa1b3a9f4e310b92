"""Derived rows follow what they are derived from, in the same transaction.

Triggers note in `outdated` which works and documents were changed, whoever changed them; before a transaction commits,
`follow` makes their derived rows (search index, facets, relations) anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert, literal, select, text

from citekit.store import tables
from citekit.store.search_tables import clear, outdated

__all__ = ["follow", "rebuild"]

_AT_ONCE = 300  # works: the size of one IN (...)


def follow(connection: Connection) -> None:
    """Bring all derived rows in step; does nothing where nothing was changed, or the schema has no such rows yet."""
    known = text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'outdated'")
    if connection.execute(known).one_or_none() is None or connection.execute(select(outdated).limit(1)).first() is None:
        return
    from citekit.store import relations, search_index  # load the matcher, which a reader does without

    for documents in _portions(connection, "document"):
        for document in documents:
            search_index.index_document(connection, document)
    changed: list[int] = []
    for works in _portions(connection, "work"):
        search_index.index_works(connection, works)
        changed += works
    relations.relate(connection, changed)


def rebuild(connection: Connection) -> None:
    """Make all derived rows anew from nothing, and the full-text index with them."""
    from citekit.store import search_index

    clear(connection)
    connection.execute(delete(outdated))
    for kind, table in (("document", tables.documents), ("work", tables.works)):
        connection.execute(insert(outdated).from_select(["kind", "row_id"], select(literal(kind), table.c.id)))
    follow(connection)
    search_index.optimise(connection)


def _portions(connection: Connection, kind: str) -> Iterator[list[int]]:
    """What is outdated of a kind, a few hundred at a time; it counts as done when it is handed out."""
    first = select(outdated.c.row_id).where(outdated.c.kind == kind).order_by(outdated.c.row_id).limit(_AT_ONCE)
    while True:
        found = list(connection.execute(first).scalars())
        if not found:
            return
        connection.execute(delete(outdated).where(outdated.c.kind == kind, outdated.c.row_id.in_(found)))
        yield found
