"""Works across documents: the groups of the machine, and what the user's decisions make of them.

A group depends on what its members say and on the decisions in force, and on nothing else: not on the order in which
documents came, nor on what the groups were before. So only the part of the store that can be touched is grouped anew,
but that part wholly: all works that matches and decisions lead to. Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from citekit.store import decided, decisions, division, items, keys, machine, tables
from citekit.store.keys import Claim
from citekit.store.machine import MachineGroups, Member
from citekit.store.neighbours import reachable, rows_of

__all__ = ["drop_empty", "regroup", "works_of"]

# What gives a group the right to a key, the best first.
_NAMED_BY_USER, _OF_MACHINE_GROUP, _FIRST_KNOWN, _GIVEN_BY_DECISION = range(4)


def regroup(
    connection: Connection,
    works: Collection[int],
    homes: Mapping[int, int] | None = None,
    own: Mapping[int, int] | None = None,
) -> set[int]:
    """Group `works` (of documents) anew, with all that they are joined to.

    Args:
        connection: with an open transaction.
        works: ids of document_works that are new, or whose companions or decisions changed.
        homes: keys under which former versions of new ones were known.
        own: keys that decisions gave to former versions of new ones.

    Returns:
        The works across documents that were not in the store before.
    """
    constraints = decisions.constraints(connection)
    wholes = machine.members(connection, reachable(connection, division.wholes_of(connection, works), constraints))
    by_machine = machine.group(connection, wholes, homes or {})
    before = works_of(connection, wholes)
    joined_blocks = division.divide(connection, wholes, constraints)
    parts = division.parts_of(connection, wholes)
    whole_of = {part: whole for whole, found in parts.items() for part in found}
    units = {id_: member for id_, member in wholes.items() if id_ not in parts}
    if whole_of:
        units |= machine.members(connection, whole_of)
    groups = by_machine.groups
    if constraints is not None and joined_blocks is not None:
        roots = decided.roots_of(connection, units, constraints, joined_blocks)
        if roots:
            groups = decided.groups(units, roots, joined_blocks)
    known = _memberships(connection, units)
    given = _Given(connection, by_machine, whole_of, known, own or {})
    numbers = given.keys(groups, units)
    kept = _works(connection, numbers)
    new: set[int] = set()
    joined = []
    touched = set(before)
    for group, number in zip(groups, numbers, strict=True):
        work = kept[number].id if number in kept else _make_work(connection, number)
        if number not in kept:
            new.add(work)
        touched.add(work)
        joined += [
            {"document_work_id": unit, "work_id": work, "citation_key_id": given.first_key(unit)} for unit in group
        ]
    machine.write_changed(connection, tables.memberships, known, joined)
    drop_empty(connection, touched)
    items.refresh(connection, touched)
    return new


class _Given:
    """The keys that groups have a right to, and new ones for those that have none."""

    def __init__(
        self,
        connection: Connection,
        by_machine: MachineGroups,
        whole_of: Mapping[int, int],
        known: Mapping[int, Row[Any]],
        own: Mapping[int, int],
    ) -> None:
        self._connection = connection
        self._machine = by_machine
        self._whole_of = whole_of
        self._own = dict(own)
        for unit, row in known.items():
            if unit not in whole_of and row.citation_key_id != by_machine.former.get(unit):
                self._own[unit] = row.citation_key_id

    def first_key(self, unit: int) -> int:
        """The key of a unit's own: one that a decision gave it, else that under which the machine first knew it."""
        return self._own.get(unit, self._machine.homes[self._whole_of.get(unit, unit)])

    def keys(self, groups: Sequence[Sequence[int]], units: Mapping[int, Member]) -> list[int]:
        """The key (its number) of each group."""
        names = decisions.names(self._connection)
        anchored = decided.anchors_in(self._connection, units)
        named = decided.named_apart(self._connection, anchored)
        remembered = decided.remembered(self._connection, anchored)
        renamed = decided.renamed(self._connection, anchored)
        claims = [
            Claim(_NAMED_BY_USER if key in names else rank, key, named[unit], unit, number)
            for number, group in enumerate(groups)
            for unit in group
            for rank, key in (
                *((_NAMED_BY_USER, key) for key in renamed.get(unit, ())),
                *self._claims(unit, remembered.get(unit, ())),
            )
        ]
        taken = self._carried_elsewhere({names.get(claim.key, claim.key) for claim in claims}, units)
        claims = [claim for claim in claims if names.get(claim.key, claim.key) not in taken]
        found: list[int] = []
        for group, key in zip(groups, keys.settle_claims(claims, len(groups), names), strict=True):
            if key is not None:
                found.append(key)
                continue
            number = keys.give(self._connection, machine.merged(units[unit] for unit in group))
            found.append(number)
            marked = [anchor for unit in group for anchor in anchored.get(unit, ())]
            if marked:
                decided.remember(self._connection, marked, number)
            self._own.update({unit: number for unit in group if unit not in self._whole_of})
        return found

    def _claims(self, unit: int, remembered: Iterable[int]) -> list[tuple[int, int]]:
        whole = self._whole_of.get(unit, unit)
        later = {*remembered} | ({self._own[unit]} if unit in self._own else set())
        return [
            (_OF_MACHINE_GROUP, self._machine.carried[whole]),
            (_FIRST_KNOWN, self._machine.homes[whole]),
            *((_GIVEN_BY_DECISION, key) for key in sorted(later)),
        ]

    def _carried_elsewhere(self, numbers: Collection[int], units: Collection[int]) -> set[int]:
        """The keys among `numbers` that a work of other than these units carries by now."""
        works, memberships = tables.works.c, tables.memberships.c
        query = select(works.citation_key_id, memberships.document_work_id).join(
            tables.memberships, memberships.work_id == works.id
        )
        rows = rows_of(self._connection, query, works.citation_key_id, numbers)
        return {row.citation_key_id for row in rows if row.document_work_id not in units}


def works_of(connection: Connection, wholes: Collection[int]) -> set[int]:
    """The works across documents that works of documents, or parts of them, belong to."""
    memberships = tables.memberships.c
    parts = [part for found in division.parts_of(connection, wholes).values() for part in found]
    rows = rows_of(connection, select(memberships.work_id), memberships.document_work_id, {*wholes, *parts})
    return {row.work_id for row in rows}


def _memberships(connection: Connection, units: Collection[int]) -> dict[int, Row[Any]]:
    table = tables.memberships
    return {row.document_work_id: row for row in rows_of(connection, select(table), table.c.document_work_id, units)}


def _works(connection: Connection, numbers: Collection[int]) -> dict[int, Row[Any]]:
    """The works that carry the keys of these numbers."""
    works = tables.works
    return {row.citation_key_id: row for row in rows_of(connection, select(works), works.c.citation_key_id, numbers)}


def _make_work(connection: Connection, key: int) -> int:
    works = tables.works
    values = {"citation_key_id": key, "item": {}, "incomplete": False}
    return int(connection.execute(insert(works).returning(works.c.id), values).scalar_one())


def drop_empty(connection: Connection, works: Iterable[int]) -> None:
    """Take out those of `works` that no document cites any more; their keys stay reserved."""
    left = set(works)
    query = select(tables.memberships.c.work_id)
    cited = {row.work_id for row in rows_of(connection, query, tables.memberships.c.work_id, left)}
    for work in sorted(left - cited):
        connection.execute(delete(tables.works).where(tables.works.c.id == work))
