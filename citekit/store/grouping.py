"""Works across documents: the groups of the machine, and what the user's decisions make of them.

A group depends on what its members say and on the decisions in force, and on nothing else: not on the order in which
documents came, nor on what the groups were before. So only the part of the store that can be touched is grouped anew,
but that part wholly: all works that matches and decisions lead to. Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from citekit.store import decided, decisions, division, items, keys, machine, succession, tables
from citekit.store.decided import Rulings
from citekit.store.keys import Claim
from citekit.store.machine import MachineGroups, Member
from citekit.store.neighbours import reachable
from citekit.store.rows import rows_of

__all__ = ["Regrouped", "drop_empty", "regroup", "works_of"]

_WORKS = select(tables.works)
_MEMBERSHIPS = select(tables.memberships)
_KEYS_OF = select(tables.works.c.id, tables.works.c.citation_key_id)
_NEW_WORK = insert(tables.works).returning(tables.works.c.id)
_WORKS_OF = select(tables.memberships.c.work_id)
_CITED = select(tables.memberships.c.work_id)
_CARRIERS = select(tables.works.c.citation_key_id, tables.memberships.c.document_work_id).join(
    tables.memberships, tables.memberships.c.work_id == tables.works.c.id
)
# What gives a group the right to a key, the best first: the user's name for it; that it, or a part of it, was first
# known under it; that a decision which is no longer in force gave it.
_NAMED_BY_USER, _ITS_OWN, _ONCE_GIVEN = range(3)


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a grouping changed.

    Attributes:
        new: the works across documents that were not in the store before.
        parted: works of documents that were one work with others and are no more: the numbers of the key that they had
            and of the one that they have now.
    """

    new: frozenset[int]
    parted: Mapping[int, tuple[int, int]]


def regroup(
    connection: Connection,
    works: Collection[int],
    homes: Mapping[int, int] | None = None,
    own: Mapping[int, int] | None = None,
) -> Regrouped:
    """Group `works` (of documents) anew, with all that they are joined to.

    Args:
        connection: with an open transaction.
        works: ids of document_works that are new, or whose companions or decisions changed.
        homes: keys under which former versions of new ones were known.
        own: keys that former versions of new ones were given under decisions.

    Returns:
        What changed by it.
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
    former = _carried(connection, {row.work_id for row in known.values()})
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
    carried = {unit: number for group, number in zip(groups, numbers, strict=True) for unit in group}
    before_and_now = {
        unit: (former[row.work_id], carried[unit])
        for unit, row in known.items()
        if row.work_id in former and unit in carried
    }
    return Regrouped(frozenset(new), _parted(before_and_now))


def _parted(keys: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Those units that left others of their former work behind, with their key before and now."""
    now: dict[int, set[int]] = {}
    for before, after in keys.values():
        now.setdefault(before, set()).add(after)
    return {unit: pair for unit, pair in keys.items() if pair[0] != pair[1] and len(now[pair[0]]) > 1}


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
        self._known = known
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
        rulings = decided.rulings(self._connection, groups, anchored)
        claims = self._claims(groups, anchored, names, rulings, units)
        taken = self._carried_elsewhere({names.get(claim.key, claim.key) for claim in claims}, units)
        claims = [claim for claim in claims if names.get(claim.key, claim.key) not in taken]
        found: list[int] = []
        for place, key in enumerate(keys.settle_claims(claims, len(groups), names)):
            marked = {unit: anchors for unit in groups[place] if (anchors := anchored.get(unit))}
            number = key if key is not None else self._new(groups[place], units, marked)
            found.append(number)
            if key is None:
                if marked:
                    decided.remember(
                        self._connection, [each for anchors in marked.values() for each in anchors], number
                    )
                self._own.update(
                    {unit: number for unit in groups[place] if unit not in marked and unit not in self._whole_of}
                )
            elif rulings[place].named_apart and number in self._remembered_by(rulings[place].named_apart):
                decided.remember(self._connection, rulings[place].named_apart, number)
        return found

    def _remembered_by(self, anchors: Collection[int]) -> set[int]:
        return decided.remembered(self._connection, {0: anchors}).get(0, set())

    def _new(self, group: Sequence[int], units: Mapping[int, Member], marked: Collection[int]) -> int:
        """A key for a group that has a right to none: one that its work had before it was gone, else a new one."""
        item = machine.merged(units[unit] for unit in group)
        if not marked and not any(unit in self._known or unit in self._whole_of for unit in group):
            reserved = succession.same_as_reserved(self._connection, item)
            if reserved is not None:
                return reserved
        return keys.give(self._connection, item)

    def _claims(
        self,
        groups: Sequence[Sequence[int]],
        anchored: Mapping[int, Collection[int]],
        names: Mapping[int, int],
        rulings: Sequence[Rulings],
        units: Collection[int],
    ) -> list[Claim]:
        """The rights of the groups to keys."""
        named = decided.named_apart(self._connection, anchored)
        remembered = decided.remembered(self._connection, anchored)
        renamed = decided.renamed(self._connection, anchored)
        parted = {names.get(key, key) for key in decided.contested(self._connection)}
        divided = self._divided(groups)
        claims: list[Claim] = []
        for number, group in enumerate(groups):
            barred = {names.get(key, key) for key in rulings[number].barred}
            for unit in group:
                whole = self._whole_of.get(unit, unit)
                home, carried = self._machine.homes[whole], self._machine.carried[whole]
                by_machine = {home} if whole in divided else {home, carried}
                aside = whole in divided or not parted.isdisjoint(names.get(key, key) for key in by_machine)
                own = self._own.get(unit)
                # What came to neither of parted works has a key of its own, and not that of one of them.
                direct = {own} if own is not None and aside else by_machine
                later = remembered.get(unit, set()) | ({own} if own is not None else set())
                if not rulings[number].named_apart.isdisjoint(anchored.get(unit, ())):
                    direct = direct | remembered.get(unit, set())
                demoted = named[unit] + (aside and unit not in anchored)
                ranked = (
                    *((_NAMED_BY_USER, key) for key in renamed.get(unit, ())),
                    *((_ITS_OWN, key) for key in direct),
                    *((_ONCE_GIVEN, key) for key in later - direct),
                )
                claims += [
                    Claim(_NAMED_BY_USER if key in names else rank, key, demoted, unit, number)
                    for rank, key in ranked
                    if names.get(key, key) not in barred
                ]
        return claims + self._gained_claims(claims, groups, names, rulings, units)

    def _gained_claims(
        self,
        claims: Sequence[Claim],
        groups: Sequence[Sequence[int]],
        names: Mapping[int, int],
        rulings: Sequence[Rulings],
        units: Collection[int],
    ) -> list[Claim]:
        """The rights to keys that decisions gave, where nothing else was first known under them."""
        others: dict[int, set[int]] = {}
        for claim in claims:
            if claim.rank < _ONCE_GIVEN:
                others.setdefault(names.get(claim.key, claim.key), set()).add(claim.group)
        wanted = {key for ruling in rulings for key in ruling.gained}
        elsewhere = self._known_elsewhere(wanted, {self._whole_of.get(unit, unit) for unit in units} | {*units})
        return [
            Claim(_NAMED_BY_USER if key in names else _ITS_OWN, key, 0, min(groups[number]), number)
            for number, ruling in enumerate(rulings)
            for key in ruling.gained - elsewhere
            if names.get(key, key) not in {names.get(each, each) for each in ruling.barred}
            if others.get(names.get(key, key), {number}) == {number}
        ]

    def _known_elsewhere(self, numbers: Collection[int], units: Collection[int]) -> set[int]:
        """The keys among `numbers` to which works of other than these units have a right of their own."""
        machine_, memberships = tables.machine_keys.c, tables.memberships.c
        known: dict[int, set[int]] = {}
        for column in (machine_.home_id, memberships.citation_key_id):
            query = select(column, column.table.c.document_work_id)
            for row in rows_of(self._connection, query, column, numbers):
                if row.document_work_id not in units:
                    known.setdefault(row[0], set()).add(row.document_work_id)
        holders = {holder for found in known.values() for holder in found}
        parts = division.parts_of(self._connection, holders)
        elsewhere = sorted(works_of(self._connection, holders))
        members: dict[int, list[int]] = {work: [] for work in elsewhere}
        rows = rows_of(self._connection, select(tables.memberships), memberships.work_id, elsewhere)
        for row in rows:
            members[row.work_id].append(row.document_work_id)
        groups = [members[work] for work in elsewhere]
        anchored = decided.anchors_in(self._connection, {unit for group in groups for unit in group})
        rulings = decided.rulings(self._connection, groups, anchored)
        return {
            key
            for key, found in known.items()
            for group, ruling in zip(groups, rulings, strict=True)
            if key not in ruling.barred
            if not found.isdisjoint(group) or any(not set(parts.get(whole, ())).isdisjoint(group) for whole in found)
        }

    def _divided(self, groups: Sequence[Sequence[int]]) -> set[int]:
        """The works of documents whose group of the machine decisions have parted."""
        machine_group = {whole: place for place, group in enumerate(self._machine.groups) for whole in group}
        within: dict[int, set[int]] = {}
        for number, group in enumerate(groups):
            for unit in group:
                within.setdefault(machine_group[self._whole_of.get(unit, unit)], set()).add(number)
        return {whole for whole, place in machine_group.items() if len(within.get(place, ())) > 1}

    def _carried_elsewhere(self, numbers: Collection[int], units: Collection[int]) -> set[int]:
        """The keys among `numbers` that a work of other than these units carries by now."""
        rows = rows_of(self._connection, _CARRIERS, tables.works.c.citation_key_id, numbers)
        return {row.citation_key_id for row in rows if row.document_work_id not in units}


def works_of(connection: Connection, wholes: Collection[int]) -> set[int]:
    """The works across documents that works of documents, or parts of them, belong to."""
    memberships = tables.memberships.c
    parts = [part for found in division.parts_of(connection, wholes).values() for part in found]
    rows = rows_of(connection, _WORKS_OF, memberships.document_work_id, {*wholes, *parts})
    return {row.work_id for row in rows}


def _memberships(connection: Connection, units: Collection[int]) -> dict[int, Row[Any]]:
    member = tables.memberships.c.document_work_id
    return {row.document_work_id: row for row in rows_of(connection, _MEMBERSHIPS, member, units)}


def _works(connection: Connection, numbers: Collection[int]) -> dict[int, Row[Any]]:
    """The works that carry the keys of these numbers."""
    key = tables.works.c.citation_key_id
    return {row.citation_key_id: row for row in rows_of(connection, _WORKS, key, numbers)}


def _carried(connection: Connection, works: Collection[int]) -> dict[int, int]:
    """The numbers of the keys that works carry."""
    table = tables.works.c
    rows = rows_of(connection, _KEYS_OF, table.id, works)
    return {row.id: row.citation_key_id for row in rows}


def _make_work(connection: Connection, key: int) -> int:
    values = {"citation_key_id": key, "item": {}, "incomplete": False}
    return int(connection.execute(_NEW_WORK, values).scalar_one())


def drop_empty(connection: Connection, works: Iterable[int]) -> None:
    """Take out those of `works` that no document cites any more; their keys stay reserved."""
    left = set(works)
    cited = {row.work_id for row in rows_of(connection, _CITED, tables.memberships.c.work_id, left)}
    for work in sorted(left - cited):
        connection.execute(delete(tables.works).where(tables.works.c.id == work))
