"""Which works of a store a manuscript cites. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from citekit.matching import candidate_keys, comparison, record, weights
from citekit.model import Diagnostic, Item
from citekit.store import leading, naming, reading, tables
from citekit.store.rows import rows_of

__all__ = ["Used", "used", "used_by_document"]


@dataclass(frozen=True, slots=True)
class Used:
    """The works that a manuscript cites.

    Attributes:
        works: their keys in the store, each with the key by which the manuscript names it (its own where it has none).
        missing: keys that lead to no work.
        unknown: works that the manuscript states and the store does not have, or has twice, in a few words.
        diagnostics: what of the manuscript was not read.
    """

    works: Mapping[str, str]
    missing: tuple[str, ...] = ()
    unknown: tuple[Item, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def used(connection: Connection, keys: Sequence[str], items: Sequence[Item], doubtful: Sequence[str] = ()) -> Used:
    """The works of keys and of stated items.

    Args:
        connection: with an open transaction.
        keys: as a manuscript has them; a former key leads to its work.
        items: works that it states without a key.
        doubtful: keys that nobody misses where they lead to no work.
    """
    works: dict[str, str] = {}
    missing: list[str] = []
    for key in (*keys, *doubtful):
        work = leading.find_work(connection, key)
        if work is not None:
            works.setdefault(reading.key_of(connection, work)[1], key)
        elif key not in doubtful:
            missing.append(key)
    unknown: list[Item] = []
    for item in items:
        found = _same(connection, item)
        if found is None:
            unknown.append(item)
        else:
            works.setdefault(found, found)
    return Used(works, tuple(missing), tuple(unknown))


def used_by_document(connection: Connection, name: str) -> Used | None:
    """The works that a document of the store cites; None where it has no such document."""
    from citekit.store import documents

    source = naming.named(connection, name)
    known = documents.find(connection, source) if source is not None else None
    if known is None:
        return None
    citations, cited, members = tables.citations.c, tables.citation_works.c, tables.memberships.c
    rows = connection.execute(
        select(tables.citation_keys.c.key)
        .join(tables.works, tables.works.c.citation_key_id == tables.citation_keys.c.id)
        .join(tables.memberships, members.work_id == tables.works.c.id)
        .join(tables.citation_works, cited.document_work_id == members.document_work_id)
        .join(tables.citations, citations.id == cited.citation_id)
        .where(citations.document_id == known.id)
        .order_by(citations.position)
    ).scalars()
    return Used({key: key for key in rows})


def _same(connection: Connection, item: Item) -> str | None:
    """The key of the one work that the matcher takes a stated work for; None where it takes it for none, or for two."""
    candidates, members = tables.candidate_keys.c, tables.memberships.c
    own = record.read_record(item)
    documents = {
        row.document_work_id
        for row in rows_of(
            connection, select(candidates.document_work_id).distinct(), candidates.key, candidate_keys(item)
        )
    }
    columns = tables.document_works.c
    same: set[int] = set()
    for row in rows_of(connection, select(columns.id, columns.item), columns.id, documents):
        said: dict[str, Any] = row.item
        if comparison.match_probability(own, record.read_record(said)) >= weights.SAME:
            same.add(row.id)
    works = {row.work_id for row in rows_of(connection, select(members.work_id), members.document_work_id, same)}
    return reading.key_of(connection, works.pop())[1] if len(works) == 1 else None
