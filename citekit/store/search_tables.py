# ruff: noqa: S608 - the words of SQL are ours
"""The tables behind searching and relations: all derived from the others, all to be made again at any time.

`outdated` names the works and documents whose derived rows have to follow; triggers on the tables of the core write
it, whoever changes them, and `citekit.store.following` works it off before each commit. The full-text tables are
SQLite's (FTS5) and are reached from here, `search_index` and `search` alone: another database keeps the same plain
tables and brings its own index over them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    bindparam,
    delete,
    event,
    text,
)

from citekit.store.tables import metadata

__all__ = [
    "FULL_TEXT",
    "TRIGGERS",
    "clear",
    "holding_title",
    "insert_words",
    "is_shadow",
    "outdated",
    "relations",
    "search_passages",
    "search_works",
    "work_facets",
]

outdated = Table(
    "outdated",
    metadata,
    Column("kind", Text, nullable=False),  # "work" or "document"
    Column("row_id", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "row_id"),
)
"""What was changed since its derived rows were made; empty after each commit."""


def _of(table: str, name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=nullable)


work_facets = Table(
    "work_facets",
    metadata,
    Column("work_id", Integer, ForeignKey("works.id", ondelete="CASCADE"), primary_key=True),
    Column("type", Text, nullable=False),  # of CSL
    Column("language", Text),  # BCP 47, as the item states it
    Column("first_year", Integer),  # of `issued`; the same as the last where it is one
    Column("last_year", Integer),
    Column("title_key", Text),  # letters and digits of the title, folded; null without title
    Column("container_key", Text),  # the same of the container, for works that are parts of books
    Index(None, "title_key"),
    Index(None, "container_key"),
    Index(None, "first_year", "last_year"),
)
"""What works are asked for by, beside their words."""

search_works = Table(
    "search_works",
    metadata,
    Column("work_id", Integer, ForeignKey("works.id", ondelete="CASCADE"), primary_key=True),
    # In the spelling of citekit.store.search_text.
    Column("title", Text, nullable=False),  # original and translated ones too
    Column("names", Text, nullable=False),
    Column("published", Text, nullable=False),  # container, publisher, years, numbers
    Column("key", Text, nullable=False),  # all keys that lead here
    Column("cited", Text, nullable=False),  # its citations
    Column("noted", Text, nullable=False),  # the notes that these stand in, with whatever else they say
)

search_passages = Table(
    "search_passages",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("documents", "document_id"),
    _of("notes", "note_id", nullable=True),  # null: a piece of the text outside notes, or the document's name
    Column("span_start", Integer),  # in the document's text; null for the name
    Column("span_end", Integer),
    Column("text", Text, nullable=False),
    Index(None, "document_id"),
    Index(None, "note_id"),
)
"""The words of each document, once: its notes, the text between them in pieces, and its name."""

relations = Table(
    "relations",
    metadata,
    _of("works", "work_id"),
    Column("kind", Text, nullable=False),  # see citekit.store.relations.RelationKind
    _of("works", "target_id"),
    _of("citations", "citation_id"),  # the evidence
    Column("confidence", Float, nullable=False),
    PrimaryKeyConstraint("work_id", "kind", "target_id", "citation_id"),
    Index(None, "target_id"),
    Index(None, "citation_id"),
)
"""How works belong together, as citations state it."""

_HOLDING_TITLE = text(
    "SELECT w.id, json_extract(w.item, '$.title') AS title FROM search_works_fts "
    "JOIN works AS w ON w.id = search_works_fts.rowid WHERE search_works_fts MATCH :words ORDER BY w.id"
)
_WORK_COLUMNS = ("title", "names", "published", "key", "cited", "noted")


def _full_text(table: str, rowid: str, columns: tuple[str, ...]) -> list[str]:
    """An FTS5 table over a plain one (https://www.sqlite.org/fts5.html, section 4.4.3).

    The tokeniser `ascii` splits at spaces and folds nothing more: the words are folded already. Rows that go, by
    whatever cascade, go from the index by a trigger. Rows that come are put in by `insert_words`: FTS5 writes its
    index to the disk at the start of each statement, so that a trigger for each row would take many times as long.
    """
    index, listed = f"{table}_fts", ", ".join(columns)
    old = ", ".join(f"old.{name}" for name in columns)
    options = f"content='{table}', content_rowid='{rowid}', tokenize='ascii'"
    leave = f"INSERT INTO {index}({index}, rowid, {listed}) VALUES ('delete', old.{rowid}, {old});"
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5({listed}, {options})",
        f"CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN {leave} END",
    ]


def insert_words(connection: Connection, table: Table, column: Column[int], values: Collection[int]) -> None:
    """Put rows of `search_works` or `search_passages` that are new into their full-text index, in one statement.

    Args:
        connection: in a transaction.
        table: one of the two.
        column: what its new rows are chosen by.
        values: of that column.
    """
    rowid, columns = ("work_id", _WORK_COLUMNS) if table is search_works else ("id", ("text",))
    listed = ", ".join(columns)
    statement = text(
        f"INSERT INTO {table.name}_fts(rowid, {listed}) SELECT {rowid}, {listed} FROM {table.name} "
        f"WHERE {column.name} IN :chosen"
    ).bindparams(bindparam("chosen", expanding=True))
    connection.execute(statement, {"chosen": list(values)})


def holding_title(connection: Connection, words: Sequence[str]) -> list[tuple[int, str]]:
    """The works in whose titles these folded words follow each other, with their titles as they are."""
    rows = connection.execute(_HOLDING_TITLE, {"words": f'title : "{" ".join(words)}"'})
    return [(row.id, str(row.title or "")) for row in rows]


def clear(connection: Connection) -> None:
    """Empty the full-text index and the tables under it, whatever state the index is in."""
    for statement in FULL_TEXT:
        kind, name = statement.split()[1:3]
        if kind == "TRIGGER":
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for table in (search_works, search_passages, work_facets):
        connection.execute(delete(table))
    for statement in FULL_TEXT:
        kind, name = statement.split()[1:3]
        if kind == "TRIGGER":
            connection.exec_driver_sql(statement)
        else:
            index = statement.split()[3]
            connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('delete-all')")


def _outdating(name: str, when: str, table: str, kind: str, source: str) -> str:
    """A trigger that marks the rows which `source` (a SELECT of ids) gives."""
    return (
        f"CREATE TRIGGER outdate_{name} AFTER {when} ON {table} BEGIN "
        f"INSERT INTO outdated(kind, row_id) SELECT '{kind}', found.id FROM ({source}) AS found "
        f"WHERE found.id IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM outdated WHERE kind = '{kind}' AND row_id = found.id); END"
    )


def _cited(row: str) -> str:
    return f"SELECT work_id AS id FROM memberships WHERE document_work_id = {row}.document_work_id"


FULL_TEXT = (
    *_full_text("search_works", "work_id", _WORK_COLUMNS),
    *_full_text("search_passages", "id", ("text",)),
)
"""SQLite's own tables for searching."""

TRIGGERS = (
    _outdating("document_inserted", "INSERT", "documents", "document", "SELECT new.id AS id"),
    _outdating("document_updated", "UPDATE", "documents", "document", "SELECT new.id AS id"),
    _outdating("note_inserted", "INSERT", "notes", "document", "SELECT new.document_id AS id"),
    _outdating("note_deleted", "DELETE", "notes", "document", "SELECT old.document_id AS id"),
    _outdating("work_inserted", "INSERT", "works", "work", "SELECT new.id AS id"),
    _outdating("work_updated", "UPDATE", "works", "work", "SELECT new.id AS id"),
    _outdating("membership_inserted", "INSERT", "memberships", "work", "SELECT new.work_id AS id"),
    _outdating(
        "membership_updated", "UPDATE", "memberships", "work", "SELECT new.work_id AS id UNION SELECT old.work_id"
    ),
    _outdating("membership_deleted", "DELETE", "memberships", "work", "SELECT old.work_id AS id"),
    _outdating("citation_work_inserted", "INSERT", "citation_works", "work", _cited("new")),
    _outdating("citation_work_deleted", "DELETE", "citation_works", "work", _cited("old")),
    _outdating(
        "key_updated",
        "UPDATE",
        "citation_keys",
        "work",
        "SELECT id FROM works WHERE citation_key_id = new.id "
        "UNION SELECT work_id FROM memberships WHERE citation_key_id = new.id",
    ),
)
"""What marks derived rows as outdated."""


def is_shadow(name: str) -> bool:
    """Whether a table is SQLite's own behind a full-text index, or that index: no table of the metadata."""
    return name.startswith(("search_works_fts", "search_passages_fts"))


@event.listens_for(metadata, "after_create")
def _create(target: MetaData, connection: Connection, **_: Any) -> None:  # noqa: ARG001 - the event's signature
    if connection.dialect.name == "sqlite":
        for statement in (*FULL_TEXT, *TRIGGERS):
            connection.exec_driver_sql(statement)
