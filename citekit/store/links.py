"""The links that citations state: one row for each address, whoever cites it. Takes a connection and never commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, exists, insert, select

from citekit.archive.urls import Link, stated_links
from citekit.model import Item
from citekit.store.link_tables import archive_jobs, captures, link_citations, links, lookups, mementos, observations
from citekit.store.tables import citations

__all__ = ["cited_by", "forget_unused", "link_row", "store_links"]

_AT_ONCE = 400  # values of one IN (...): SQLite takes 999 at least


def store_links(connection: Connection, cited: Iterable[tuple[int, Item]]) -> None:
    """Write down which links citations state.

    Args:
        connection: in a transaction that writes.
        cited: ids of citations, with what each says itself.
    """
    stated = [(citation, role, url, link) for citation, item in cited for role, url, link in stated_links(item)]
    ids = _rows_of(connection, [link for *_, link in stated])
    rows = [
        {
            "citation_id": citation,
            "link_id": ids[link.canonical],
            "role": role,
            "url": url,
            "memento": link.wrapped.memento if link.wrapped else None,
            "memento_time": link.wrapped.stamp if link.wrapped else None,
        }
        for citation, role, url, link in stated
    ]
    if rows:
        connection.execute(insert(link_citations), rows)


def link_row(connection: Connection, link: Link) -> int:
    """The id of a link's row, which is made where there is none."""
    return _rows_of(connection, [link])[link.canonical]


def cited_by(connection: Connection, document: int) -> list[int]:
    """The links that the citations of a document state."""
    query = (
        select(link_citations.c.link_id)
        .distinct()
        .join(citations, citations.c.id == link_citations.c.citation_id)
        .where(citations.c.document_id == document)
    )
    return list(connection.execute(query).scalars())


def forget_unused(connection: Connection, among: Sequence[int]) -> None:
    """Take out those links that nobody cites any more and of which nothing was ever observed, found or saved."""
    kept = (link_citations, observations, mementos, lookups, captures, archive_jobs)
    unused = [~exists().where(table.c.link_id == links.c.id) for table in kept]
    for start in range(0, len(among), _AT_ONCE):
        connection.execute(delete(links).where(links.c.id.in_(among[start : start + _AT_ONCE]), *unused))


def _rows_of(connection: Connection, wanted: list[Link]) -> dict[str, int]:
    """The ids of links by canonical form; those that have no row yet get one, in the order of `wanted`."""
    unique = {link.canonical: link for link in reversed(wanted)}
    names = list(dict.fromkeys(link.canonical for link in wanted))
    ids: dict[str, int] = {}
    for start in range(0, len(names), _AT_ONCE):
        chosen = links.c.canonical.in_(names[start : start + _AT_ONCE])
        ids |= {
            row.canonical: row.id for row in connection.execute(select(links.c.id, links.c.canonical).where(chosen))
        }
    for name in names:
        if name not in ids:
            link = unique[name]
            values = {"kind": link.kind.value, "url": link.url, "canonical": name, "host": link.host}
            ids[name] = connection.execute(insert(links).returning(links.c.id), values).scalar_one()
    return ids
