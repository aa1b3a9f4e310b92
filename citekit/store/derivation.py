"""All derived rows of a store computed anew: what they should be, and whether they are.

Derived are the candidate keys, the groups of works with their merged items, and the search index. Functions here take
a connection and never commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import DBAPIError

from citekit import matching
from citekit.model import Diagnostic, Severity
from citekit.store import following, grouping, tables
from citekit.store.neighbours import content
from citekit.store.search_tables import search_passages, search_works, work_facets

__all__ = ["REPAIRABLE", "derive", "differences", "outdated_keys"]

REPAIRABLE = frozenset(
    {
        *("work-ungrouped", "work-without-member", "candidate-keys-outdated", "group-outdated", "item-outdated"),
        "search-outdated",
    }
)
"""Codes of findings that `derive` makes good."""

_Group: TypeAlias = frozenset[int]
_BATCH = 500  # rows fetched at once


def outdated_keys(connection: Connection) -> Iterator[Diagnostic]:
    """Works of documents whose candidate keys are not those that the matcher gives today."""
    for number, name, _ in _wrong_keys(connection):
        message = f"{name} (row {number} of document_works) would be compared under other keys today"
        yield Diagnostic(Severity.WARNING, "candidate-keys-outdated", message)


def derive(connection: Connection) -> None:
    """Write all derived rows as they follow from what was read and decided; only rows that differ are written."""
    for index in _broken_indexes(connection):  # first: a broken one lets no row be deleted
        connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608 - names of ours
    keys = tables.candidate_keys
    for number, _, wanted in list(_wrong_keys(connection)):
        connection.execute(delete(keys).where(keys.c.document_work_id == number))
        if wanted:
            rows = [{"document_work_id": number, "key": key} for key in sorted(wanted)]
            connection.execute(insert(keys), rows)
    works = tables.document_works.c
    grouping.regroup(connection, set(connection.execute(select(works.id)).scalars()) - _divided(connection))
    grouping.drop_empty(connection, set(connection.execute(select(tables.works.c.id)).scalars()))
    following.rebuild(connection)


def differences(connection: Connection) -> list[tuple[str, str]]:
    """What `derive` would change: code and message of each; the store stays as it is."""
    connection.execution_options(citekit_writing=True)
    transaction = connection.begin()
    try:
        found = [
            ("search-outdated", f"{name}: the full-text index is not that of its words")
            for name in _broken_indexes(connection)
        ]
        before, searched = _groups(connection), _searched(connection)
        derive(connection)
        found += _compared(before, _groups(connection))
        after = _searched(connection)
        if not found:  # works that are grouped otherwise are found otherwise too, which need not be said twice
            found += (
                ("search-outdated", f"{name}: the search index is not that of the words it was made of")
                for name, rows in searched.items()
                if rows != after[name]
            )
        return found
    finally:
        transaction.rollback()


def _compared(
    before: dict[_Group, tuple[str, str, bool]], after: dict[_Group, tuple[str, str, bool]]
) -> Iterator[tuple[str, str]]:
    for group, (key, said, incomplete) in before.items():
        now = after.get(group)
        if now is None:
            yield "group-outdated", f"{key}: its citations would be grouped otherwise today"
        elif now[1:] != (said, incomplete):
            yield "item-outdated", f"{key}: what its citations say together would read otherwise today"
    known = set().union(*before)
    for group, (key, _, _) in after.items():
        if not group & known:
            yield "group-outdated", f"{key}: would be a work of its own today"


def _groups(connection: Connection) -> dict[_Group, tuple[str, str, bool]]:
    """The members of each work, with its key, its item and whether nobody cites it in full."""
    members: dict[int, set[int]] = {}
    for row in connection.execute(select(tables.memberships.c.work_id, tables.memberships.c.document_work_id)):
        members.setdefault(row.work_id, set()).add(row.document_work_id)
    works, keys = tables.works.c, tables.citation_keys.c
    rows = connection.execute(
        select(works.id, keys.key, works.item, works.incomplete).join(
            tables.citation_keys, keys.id == works.citation_key_id
        )
    )
    return {
        frozenset(members[row.id]): (row.key, content(row.item), row.incomplete) for row in rows if row.id in members
    }


def _broken_indexes(connection: Connection) -> Iterator[str]:
    """The full-text tables that SQLite finds wrong (https://www.sqlite.org/fts5.html, section 6.4)."""
    for name in ("search_works_fts", "search_passages_fts"):
        try:
            check = f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - names of ours
            connection.exec_driver_sql(check)
        except DBAPIError as error:
            if not (getattr(error.orig, "sqlite_errorname", None) or "").startswith("SQLITE_CORRUPT"):
                raise
            yield name


def _searched(connection: Connection) -> dict[str, Counter[tuple[Any, ...]]]:
    """What can be searched, without the numbers that rows happen to have."""
    found = {}
    for table in (search_works, search_passages, work_facets):
        columns = [column for column in table.columns if column.name != "id"]
        found[table.name] = Counter(tuple(row) for row in connection.execute(select(*columns)))
    return found


def _wrong_keys(connection: Connection) -> Iterator[tuple[int, str, frozenset[str]]]:
    """Id and name of each work whose candidate keys are wrong, with the right ones."""
    works, keys = tables.document_works.c, tables.candidate_keys.c
    divided = _divided(connection)
    last = 0
    while True:
        chosen: Any = select(works.id, works.name, works.item).where(works.id > last).order_by(works.id).limit(_BATCH)
        rows = connection.execute(chosen).all()
        if not rows:
            return
        stored: dict[int, set[str]] = {}
        for row in connection.execute(
            select(keys.document_work_id, keys.key).where(keys.document_work_id.between(rows[0].id, rows[-1].id))
        ):
            stored.setdefault(row.document_work_id, set()).add(row.key)
        for row in rows:
            wanted = frozenset(matching.candidate_keys(row.item))
            if row.id not in divided and wanted != stored.get(row.id, set()):
                yield row.id, row.name, wanted
        last = rows[-1].id


def _divided(connection: Connection) -> set[int]:
    """Parts of works of documents that the user divided: they follow from their wholes, which are what is compared."""
    return set(connection.execute(select(tables.work_parts.c.document_work_id)).scalars())
