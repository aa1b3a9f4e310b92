"""What decisions make of the machine's groups, and which keys they gave. Functions take a connection, never commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from citekit import matching
from citekit.store import decisions, tables
from citekit.store.constraints import Constraints, JoinedBlocks, Mention
from citekit.store.decisions import DecisionKind
from citekit.store.machine import Member
from citekit.store.rows import rows_of

__all__ = [
    "Rulings",
    "anchors_in",
    "contested",
    "groups",
    "named_apart",
    "remember",
    "remembered",
    "renamed",
    "roots_of",
    "rulings",
]

_NAMED = 0  # the side of a split that became another work
_OF_GROUPS = (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.APART)


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the decisions in force say of the keys of a group.

    Attributes:
        barred: the numbers of keys of works that it is not.
        gained: the numbers of keys that it goes on with: of works that were made one with it, and of one that others
            were split off from.
        named_apart: its anchors whose citations were said to be another work's, where the rest is not with them.
    """

    barred: frozenset[int] = frozenset()
    gained: frozenset[int] = frozenset()
    named_apart: frozenset[int] = frozenset()


def roots_of(
    connection: Connection, units: Collection[int], constraints: Constraints, joined: JoinedBlocks
) -> dict[int, int]:
    """The block of each unit that has an anchored citation. The blocks of one unit are together by now."""
    cited = tables.citation_works.c
    found: dict[int, int] = {}
    for row in rows_of(connection, select(tables.citation_works), cited.document_work_id, units):
        block = constraints.block.get(Mention(row.citation_id, row.position))
        if block is not None:
            found[row.document_work_id] = joined.root(block)
    return found


def groups(units: Mapping[int, Member], roots: Mapping[int, int], joined: JoinedBlocks) -> list[list[int]]:
    """The units' ids in groups: units of one block together whatever the matcher says, those of enemies never.

    The matcher groups first, so that what it finds for a unit of a block brings that unit's companions along; where
    the companions of two units of one block exclude each other, those of the unit with fewer of them stay behind.
    """
    ordered = sorted(units.values(), key=lambda member: member.order)
    blocks: dict[int, list[int]] = {}
    for place, member in enumerate(ordered):
        if member.id in roots:
            blocks.setdefault(roots[member.id], []).append(place)
    apart = [
        (one, other)
        for root, places in blocks.items()
        for enemy in joined.enemies(root)
        if enemy > root and enemy in blocks
        for one in places
        for other in blocks[enemy]
    ]
    said = [member.item for member in ordered]
    clusters = matching.cluster(said, apart=apart, bounded=False)
    group_of = {place: frozenset(cluster) for cluster in clusters for place in cluster}
    for places in sorted(blocks.values()):
        for united in _united(places, group_of, {place: roots.get(ordered[place].id) for place in group_of}, joined):
            group_of.update(dict.fromkeys(united, united))
    return sorted(sorted(ordered[place].id for place in group) for group in set(group_of.values()))


def _united(
    places: Sequence[int],
    group_of: Mapping[int, frozenset[int]],
    root_of: Mapping[int, int | None],
    joined: JoinedBlocks,
) -> list[frozenset[int]]:
    """The groups that the units at `places` are in, made one; what cannot come along is a group of its own."""
    own = frozenset(places)
    met = sorted({group_of[place] for place in places}, key=lambda group: (-len(group), min(group)))
    if len(met) == 1:
        return []
    united = set(own)
    left = []
    for group in met:
        others = group - own
        inside = {root for place in united if (root := root_of[place]) is not None}
        coming = {root for place in others if (root := root_of[place]) is not None}
        if any(not joined.enemies(root).isdisjoint(inside) for root in coming):
            left.append(others)
        else:
            united |= others
    return [frozenset(united), *left]


_ANCHORED = (
    select(tables.citation_works.c.document_work_id, tables.anchors.c.id)
    .join(
        tables.anchors,
        (tables.anchors.c.citation_id == tables.citation_works.c.citation_id)
        & (tables.anchors.c.place == tables.citation_works.c.position),
    )
    .order_by(tables.anchors.c.id)
)
_EVENTS, _PLACED = tables.events.c, tables.event_anchors.c
_SPLITTING = (
    select(_PLACED.anchor_id, _PLACED.event_id)
    .join(tables.events, _EVENTS.id == _PLACED.event_id)
    .where(_EVENTS.kind == DecisionKind.SPLIT.value, _EVENTS.undone_at.is_(None), _PLACED.side == _NAMED)
)
_RENAMING = (
    select(_PLACED.anchor_id, _EVENTS.payload)
    .join(tables.events, _EVENTS.id == _PLACED.event_id)
    .where(_EVENTS.kind == DecisionKind.RENAME.value, _EVENTS.undone_at.is_(None))
)
_GIVEN = select(tables.anchor_keys)
_NUMBERS = select(tables.citation_keys.c.id, tables.citation_keys.c.key)


def anchors_in(connection: Connection, units: Collection[int]) -> dict[int, list[int]]:
    """The anchors of the citations of units."""
    found: dict[int, list[int]] = {}
    for row in rows_of(connection, _ANCHORED, tables.citation_works.c.document_work_id, units):
        found.setdefault(row.document_work_id, []).append(row.id)
    return found


def named_apart(connection: Connection, anchored: Mapping[int, Iterable[int]]) -> Counter[int]:
    """How many splits in force named a citation of each unit as that of another work."""
    unit_of = {anchor: unit for unit, anchors in anchored.items() for anchor in anchors}
    rows = rows_of(connection, _SPLITTING, _PLACED.anchor_id, unit_of)
    return Counter(unit for unit, _ in {(unit_of[row.anchor_id], row.event_id) for row in rows})


def remembered(connection: Connection, anchored: Mapping[int, Iterable[int]]) -> dict[int, set[int]]:
    """The keys that decisions gave to works of the citations of units, by number."""
    unit_of = {anchor: unit for unit, anchors in anchored.items() for anchor in anchors}
    found: dict[int, set[int]] = {}
    for row in rows_of(connection, _GIVEN, tables.anchor_keys.c.anchor_id, unit_of):
        found.setdefault(unit_of[row.anchor_id], set()).add(row.citation_key_id)
    return found


def remember(connection: Connection, anchors: Iterable[int], key: int) -> None:
    """Write down that a work of these anchored citations was given a key."""
    rows = [{"anchor_id": anchor, "citation_key_id": key} for anchor in anchors]
    connection.execute(insert(tables.anchor_keys).on_conflict_do_nothing(), rows)


def renamed(connection: Connection, anchored: Mapping[int, Iterable[int]]) -> dict[int, set[int]]:
    """The keys that the user gave to the works of the citations of units, by number."""
    unit_of = {anchor: unit for unit, anchors in anchored.items() for anchor in anchors}
    found: dict[int, set[int]] = {}
    for row in rows_of(connection, _RENAMING, _PLACED.anchor_id, unit_of):
        found.setdefault(unit_of[row.anchor_id], set()).add(row.payload["to"])
    return found


def contested(connection: Connection) -> set[int]:
    """The keys of the works that the decisions in force part from others, by number."""
    kinds = (DecisionKind.SPLIT, DecisionKind.APART)
    logged = [entry for kind in kinds for entry in decisions.log(connection, in_force=True, kind=kind)]
    return set(_numbers(connection, {key for entry in logged for key in entry.payload["keys"]}).values())


def rulings(
    connection: Connection, found: Sequence[Collection[int]], anchored: Mapping[int, Iterable[int]]
) -> list[Rulings]:
    """What the decisions in force say of the keys of groups of units, though not all of their citations are left."""
    group_of = {
        anchor: place for place, units in enumerate(found) for unit in units for anchor in anchored.get(unit, ())
    }
    settled = decisions.anchored_constraints(connection) if group_of else None
    if settled is None:
        return [Rulings() for _ in found]
    block = {mention.citation: number for mention, number in settled.block.items()}
    group_blocks: list[set[int]] = [set() for _ in found]
    for anchor, place in group_of.items():
        if anchor in block:
            group_blocks[place].add(block[anchor])
    events, placed = tables.events.c, tables.event_anchors.c
    touching = {
        row.event_id
        for row in rows_of(connection, select(placed.event_id, placed.anchor_id), placed.anchor_id, group_of)
    }
    query = (
        select(events.id, events.kind, events.payload, placed.side, placed.anchor_id)
        .join(tables.event_anchors, placed.event_id == events.id)
        .where(events.undone_at.is_(None), events.kind.in_([kind.value for kind in _OF_GROUPS]))
    )
    logged: dict[int, Any] = {}
    sides: dict[int, dict[int, set[int]]] = {}
    for row in rows_of(connection, query, events.id, touching):
        logged[row.id] = row
        sides.setdefault(row.id, {}).setdefault(row.side, set()).add(row.anchor_id)
    numbers = _numbers(connection, {key for row in logged.values() for key in row.payload["keys"]})
    barred: list[set[int]] = [set() for _ in found]
    gained: list[set[int]] = [set() for _ in found]
    apart: list[set[int]] = [set() for _ in found]
    for id_, row in logged.items():
        keys = [numbers.get(key) for key in row.payload["keys"]]
        blocks = {side: {block[anchor] for anchor in anchors} for side, anchors in sides[id_].items()}
        inside: dict[int, set[int]] = {}
        for side, anchors in sides[id_].items():
            for anchor in anchors & group_of.keys():
                inside.setdefault(group_of[anchor], set()).add(side)
        for place, present in inside.items():
            if row.kind == DecisionKind.MERGE:
                gained[place].update(
                    key
                    for side, key in enumerate(keys)
                    if key is not None and not group_blocks[place].isdisjoint(blocks.get(side, set()))
                )
                continue
            if len(present) > 1 or not blocks.get(0, set()).isdisjoint(blocks.get(1, set())):
                continue  # a later decision made one of them
            (side,) = present
            if row.kind == DecisionKind.APART:
                barred[place].update(key for other, key in enumerate(keys) if other != side and key is not None)
            elif side == _NAMED:
                barred[place].update(key for key in keys if key is not None)
                apart[place] |= {anchor for anchor in sides[id_][side] if group_of.get(anchor) == place}
            else:
                gained[place].update(key for key in keys if key is not None)
    return [Rulings(*map(frozenset, each)) for each in zip(barred, gained, apart, strict=True)]


def _numbers(connection: Connection, words: Collection[str]) -> dict[str, int]:
    """The numbers of keys."""
    return {row.key: row.id for row in rows_of(connection, _NUMBERS, tables.citation_keys.c.key, words)}
