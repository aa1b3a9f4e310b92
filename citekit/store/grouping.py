"""Works across documents: the groups that follow from comparing the works of single documents.

A group depends on what its members say and on nothing else: not on the order in which documents came, nor on what
the groups were before. So only the part of the store that can be touched is grouped anew, but that part wholly: all
works that matches lead to. Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from citekit import matching
from citekit.model import Item
from citekit.store import keys, tables
from citekit.store.neighbours import content, reachable, rows_of

__all__ = ["FormerWork", "drop_empty", "former_works", "inherited_homes", "regroup"]


@dataclass(frozen=True, slots=True)
class FormerWork:
    """A work of a document's former version: what it said, its group and the key under which it was known."""

    id: int
    item: Item
    work: int
    key: int


@dataclass(frozen=True, slots=True)
class _Member:
    id: int
    item: Item
    incomplete: bool


def former_works(connection: Connection, document: int) -> list[FormerWork]:
    """The works of the version of a document that the store has."""
    works, memberships = tables.document_works.c, tables.memberships.c
    rows = connection.execute(
        select(works.id, works.item, memberships.work_id, memberships.citation_key_id)
        .join(tables.memberships, memberships.document_work_id == works.id)
        .where(works.document_id == document)
        .order_by(works.position)
    )
    return [FormerWork(row.id, row.item, row.work_id, row.citation_key_id) for row in rows]


def inherited_homes(former: Sequence[FormerWork], items: Sequence[Item]) -> dict[int, int]:
    """The keys that the works of a document's new version (`items`, by index) take over from its former one.

    A work that says the same as before keeps its key; of the others, one that the matcher takes for a former work.
    """
    by_content: dict[str, int] = {}
    for work in sorted(former, key=lambda work: work.key):
        by_content.setdefault(content(work.item), work.key)
    said = [content(item) for item in items]
    homes = {index: by_content[words] for index, words in enumerate(said) if words in by_content}
    gone = [work for work in former if work.key not in homes.values()]
    fresh = [index for index in range(len(items)) if index not in homes]
    if not gone or not fresh:
        return homes
    entries = sorted(
        [(work.item, work.key, -1) for work in gone] + [(items[index], -1, index) for index in fresh],
        key=lambda entry: content(entry[0]),
    )
    for group in matching.cluster([item for item, _, _ in entries]):
        members = [entries[place] for place in group]
        home = min((key for _, key, _ in members if key >= 0), default=None)
        if home is not None:
            homes.update({index: home for _, _, index in members if index >= 0})
    return homes


def regroup(connection: Connection, works: Collection[int], homes: Mapping[int, int] | None = None) -> set[int]:
    """Group `works` (of documents) anew, with all that they are joined to.

    Args:
        connection: with an open transaction.
        works: ids of document_works that are new or whose companions changed.
        homes: keys that new ones among them inherit.

    Returns:
        The works across documents that were not in the store before.
    """
    members = _members(connection, reachable(connection, works))
    known = {
        row.document_work_id: row
        for row in rows_of(connection, select(tables.memberships), tables.memberships.c.document_work_id, members)
    }
    groups = _groups(list(members.values()))
    at_home = dict(homes or {}) | {member: row.citation_key_id for member, row in known.items()}
    elsewhere = _carried_elsewhere(connection, set(at_home.values()), members)
    at_home = {member: home for member, home in at_home.items() if home not in elsewhere}
    claimed = keys.claim(groups, at_home)
    kept = _works(connection, [key for key in claimed if key is not None])
    new: set[int] = set()
    joined = []
    for group, key in zip(groups, claimed, strict=True):
        said = [members[member] for member in group]
        item = matching.merge([member.item for member in sorted(said, key=_order)])
        incomplete = all(member.incomplete for member in said)
        number = key if key is not None else keys.give(connection, item)
        work = _write_work(connection, kept.get(number), number, item, incomplete=incomplete)
        if number not in kept:
            new.add(work)
        for member in group:
            home = at_home.get(member, number)
            if home in claimed and home != key:
                home = number  # the key it had is another group's now
            joined.append({"document_work_id": member, "work_id": work, "citation_key_id": home})
    _write_memberships(connection, known, joined)
    drop_empty(connection, {row.work_id for row in known.values()})
    return new


def _groups(members: Sequence[_Member]) -> list[list[int]]:
    """The members' ids in groups; groups and members in the order in which the store came to know them."""
    ordered = sorted(members, key=_order)
    clusters = matching.cluster([member.item for member in ordered])
    return sorted(sorted(ordered[place].id for place in cluster) for cluster in clusters)


def _order(member: _Member) -> tuple[str, bool]:
    return content(member.item), member.incomplete


def _works(connection: Connection, numbers: Collection[int]) -> dict[int, Row[Any]]:
    """The works that carry the keys of these numbers."""
    works = tables.works
    return {row.citation_key_id: row for row in rows_of(connection, select(works), works.c.citation_key_id, numbers)}


def _carried_elsewhere(connection: Connection, numbers: Collection[int], members: Collection[int]) -> set[int]:
    """The keys among `numbers` that a work of other than these members carries by now.

    Two groups can hold members of one former work without its key; the first that has nothing better takes it up.
    """
    works, memberships = tables.works.c, tables.memberships.c
    query = select(works.citation_key_id, memberships.document_work_id).join(
        tables.memberships, memberships.work_id == works.id
    )
    rows = rows_of(connection, query, works.citation_key_id, numbers)
    return {row.citation_key_id for row in rows if row.document_work_id not in members}


def _write_work(
    connection: Connection, kept: Row[Any] | None, key: int, item: Mapping[str, Any], *, incomplete: bool
) -> int:
    """Make a work, or bring the one that is kept up to date; returns its id."""
    works = tables.works
    values = {"citation_key_id": key, "item": dict(item), "incomplete": incomplete}
    if kept is None:
        return int(connection.execute(insert(works).returning(works.c.id), values).scalar_one())
    if (kept.item, kept.incomplete) != (values["item"], incomplete):
        connection.execute(update(works).where(works.c.id == kept.id), values)
    return int(kept.id)


def _write_memberships(
    connection: Connection, known: Mapping[int, Row[Any]], joined: Sequence[Mapping[str, int]]
) -> None:
    """Write those memberships that are new or no longer what they were."""
    memberships = tables.memberships
    fresh = [dict(row) for row in joined if row["document_work_id"] not in known]
    if fresh:
        connection.execute(insert(memberships), fresh)
    for row in joined:
        before = known.get(row["document_work_id"])
        if before is not None and before._asdict() != row:
            of_member = memberships.c.document_work_id == row["document_work_id"]
            connection.execute(update(memberships).where(of_member), dict(row))


def drop_empty(connection: Connection, works: Iterable[int]) -> None:
    """Take out those of `works` that no document cites any more; their keys stay reserved."""
    left = set(works)
    query = select(tables.memberships.c.work_id)
    cited = {row.work_id for row in rows_of(connection, query, tables.memberships.c.work_id, left)}
    for work in sorted(left - cited):
        connection.execute(delete(tables.works).where(tables.works.c.id == work))


def _members(connection: Connection, ids: Collection[int]) -> dict[int, _Member]:
    columns = tables.document_works.c
    rows = rows_of(connection, select(columns.id, columns.item, columns.incomplete), columns.id, ids)
    return {row.id: _Member(row.id, row.item, row.incomplete) for row in rows}
