"""The groups that the machine alone would make, and the keys that these would carry.

They are kept up to date whatever the user decides (`machine_keys`): so undoing a decision comes back to the very keys
that there were before it. A group depends on what its members say and on nothing else. Functions here take a
connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from citekit import matching
from citekit.model import Item
from citekit.store import keys, tables
from citekit.store.neighbours import content
from citekit.store.rows import rows_of

__all__ = [
    "MachineGroups",
    "Member",
    "clustered",
    "group",
    "members",
    "write_changed",
]


_WORK = tables.document_works.c
_DOCUMENT = tables.documents.c
_MEMBERS = select(_WORK.id, _WORK.item, _WORK.incomplete, _WORK.position, _DOCUMENT.source, _DOCUMENT.kind).join(
    tables.documents, _DOCUMENT.id == _WORK.document_id
)
_KEYS = select(tables.machine_keys)
_CARRIERS = select(tables.machine_keys.c.citation_key_id, tables.machine_keys.c.document_work_id)


@dataclass(frozen=True, slots=True)
class Member:
    """A work of a document, or a part of one, as a member of groups; `imported`: a record of a bibliography."""

    id: int
    item: Item
    incomplete: bool
    source: str
    position: int
    imported: bool = False

    @property
    def order(self) -> tuple[str, bool, str, int]:
        """What members are sorted by before they are compared: nothing of it depends on the order of adding."""
        return content(self.item), self.incomplete, self.source, self.position


@dataclass(frozen=True, slots=True)
class MachineGroups:
    """Groups of works of documents; keys by their numbers.

    Attributes:
        groups: the members of each.
        carried: the key that the group of a member carries.
        homes: the key under which a member was first known.
        former: the same as it was before this grouping, of those that were there.
    """

    groups: list[list[int]]
    carried: dict[int, int]
    homes: dict[int, int]
    former: dict[int, int]


def members(connection: Connection, ids: Collection[int]) -> dict[int, Member]:
    """Works of documents by their ids."""
    return {
        row.id: Member(row.id, row.item, row.incomplete, row.source, row.position, row.kind == "import")
        for row in rows_of(connection, _MEMBERS, _WORK.id, ids)
    }


def group(connection: Connection, wholes: Mapping[int, Member], homes: Mapping[int, int]) -> MachineGroups:
    """Group works of documents as they were read, and write down under which keys.

    Args:
        connection: with an open transaction.
        wholes: all that matches lead to.
        homes: keys that new ones among them inherit.
    """
    table = tables.machine_keys
    known = {row.document_work_id: row for row in rows_of(connection, _KEYS, table.c.document_work_id, wholes)}
    groups = clustered(list(wholes.values()))
    at_home = dict(homes) | {member: row.home_id for member, row in known.items()}
    elsewhere = _carried_elsewhere(connection, set(at_home.values()), wholes)
    at_home = {member: home for member, home in at_home.items() if home not in elsewhere}
    claimed = keys.claim(groups, at_home)
    rows = []
    for cluster, key in zip(groups, claimed, strict=True):
        number = key if key is not None else keys.give(connection, merged(wholes[member] for member in cluster))
        for member in cluster:
            home = at_home.get(member, number)
            if home in claimed and home != key:
                home = number  # the key it had is another group's now
            rows.append({"document_work_id": member, "home_id": home, "citation_key_id": number})
    write_changed(connection, table, known, rows)
    return MachineGroups(
        groups,
        {row["document_work_id"]: row["citation_key_id"] for row in rows},
        {row["document_work_id"]: row["home_id"] for row in rows},
        {member: row.home_id for member, row in known.items()},
    )


def clustered(found: Sequence[Member]) -> list[list[int]]:
    """The members' ids in groups; groups and members in the order in which the store came to know them.

    All that share a key are compared, as `neighbours` did to find these members: so a store that grew document by
    document has the groups of one that is grouped as a whole.
    """
    ordered = sorted(found, key=lambda member: member.order)
    clusters = matching.cluster([member.item for member in ordered], bounded=False)
    return sorted(sorted(ordered[place].id for place in cluster) for cluster in clusters)


def merged(said: Iterable[Member]) -> dict[str, Any]:
    """What members say together."""
    listed = list(said)
    return matching.merge([member.item for member in listed], [member.item for member in listed if member.imported])


def _carried_elsewhere(connection: Connection, numbers: Collection[int], wholes: Collection[int]) -> set[int]:
    """The keys among `numbers` that a group of other than these works carries by now.

    Two groups can hold members of one former group without its key; the first that has nothing better takes it up.
    """
    known = tables.machine_keys.c
    rows = rows_of(connection, _CARRIERS, known.citation_key_id, numbers)
    return {row.citation_key_id for row in rows if row.document_work_id not in wholes}


def write_changed(
    connection: Connection, table: Table, known: Mapping[int, Row[Any]], rows: Sequence[Mapping[str, int]]
) -> None:
    """Write those rows about works of documents that are new or no longer what they were (`known`)."""
    fresh = [dict(row) for row in rows if row["document_work_id"] not in known]
    if fresh:
        connection.execute(insert(table), fresh)
    for row in rows:
        before = known.get(row["document_work_id"])
        if before is not None and before._asdict() != row:
            connection.execute(update(table).where(table.c.document_work_id == row["document_work_id"]), dict(row))
