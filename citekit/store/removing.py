"""Taking a document out of the store, so that it can come back. Functions here take a connection and never commit.

Its citations go, and the works that nobody else cites. What was decided stays, anchored to the words of citations that
are not there; and keys that nothing has any more are kept with what their works said (`succession`), so that the works
have them again when it is added again.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from citekit.store import decisions, documents, grouping, neighbours, succession, tables
from citekit.store.report import RemovalReport
from citekit.store.rows import rows_of

__all__ = ["remove"]


def remove(connection: Connection, document: int) -> RemovalReport:
    """Take a document, or an imported bibliography, out of the store."""
    table = tables.documents.c
    source, sha256 = connection.execute(select(table.source, table.sha256).where(table.id == document)).one()
    _, citations, _ = documents.counts(connection, document)
    former = succession.former_version(connection, document)
    gone = {work.id for work in former.works}
    companions = neighbours.reachable(connection, gone, decisions.constraints(connection)) - gone if gone else set()
    left = grouping.works_of(connection, gone)
    keys = _keys(connection, left)
    decided = _decided(connection, source)
    documents.remove_reading(connection, document)
    connection.execute(delete(tables.documents).where(table.id == document))
    connection.execute(
        update(tables.anchors).where(tables.anchors.c.source == source).values(citation_id=None, fit=None)
    )
    grouping.regroup(connection, companions)
    grouping.drop_empty(connection, left)
    succession.leave(connection, former, source, {})
    lost = sorted(keys.keys() - _keys(connection, left).keys())
    return RemovalReport(source, sha256, citations, tuple(keys[work] for work in lost), decided)


def _keys(connection: Connection, works: set[int]) -> dict[int, str]:
    """The citation keys of those of `works` that are there."""
    query = select(tables.works.c.id, tables.citation_keys.c.key).join(
        tables.citation_keys, tables.citation_keys.c.id == tables.works.c.citation_key_id
    )
    return {row.id: row.key for row in rows_of(connection, query, tables.works.c.id, works)}


def _decided(connection: Connection, source: str) -> int:
    """How many citations of a document decisions in force are about."""
    anchors, placed, events = tables.anchors.c, tables.event_anchors.c, tables.events.c
    query = (
        select(func.count(anchors.id.distinct()))
        .join(tables.event_anchors, placed.anchor_id == anchors.id)
        .join(tables.events, events.id == placed.event_id)
        .where(anchors.source == source, anchors.citation_id.is_not(None), events.undone_at.is_(None))
    )
    return int(connection.execute(query).scalar_one())
