"""The log of decisions: what the user decided, in which order, and what of it is in force.

Rows are only ever added; undoing a decision marks it. What the machine found is not here: it is computed anew.
Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from citekit.store import tables
from citekit.store.constraints import Constraints, Demand, Mention, settle

__all__ = [
    "DecisionKind",
    "LoggedDecision",
    "anchored_constraints",
    "anything_in_force",
    "constraints",
    "last",
    "log",
    "mark_undone",
    "names",
    "record",
]


_HOW_MANY = select(func.count()).where(
    tables.events.c.undone_at.is_(None), tables.events.c.kind.in_(bindparam("kinds", expanding=True))
)


class DecisionKind(StrEnum):
    """What a user can decide."""

    MERGE = "merge"
    """Several works are one."""
    SPLIT = "split"
    """Some citations of a work are of another one."""
    APART = "apart"
    """Two works are not the same, however alike."""
    EDIT = "edit"
    """A field of a work has this value, or none."""
    RENAME = "rename"
    """A work has this citation key."""
    LATER = "later"
    """Whether two works are one is to be decided later: demands nothing, puts them last among what to look at."""


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A row of the log.

    Attributes:
        id: its number; later decisions have higher ones.
        kind: what was decided.
        made_at: when, ISO 8601 in UTC.
        payload: the rest, by kind (`citekit.store.deciding` writes it).
        undone_at: when it was undone, None while it is in force.
    """

    id: int
    kind: DecisionKind
    made_at: str
    payload: Mapping[str, Any]
    undone_at: str | None


def record(
    connection: Connection, kind: DecisionKind, payload: Mapping[str, Any], sides: Sequence[Sequence[int]]
) -> LoggedDecision:
    """Write down a decision about the anchored citations of its sides."""
    moment = _now()
    number = connection.execute(
        insert(tables.events).returning(tables.events.c.id),
        {"kind": kind.value, "made_at": moment, "payload": dict(payload)},
    ).scalar_one()
    placed = [(side, anchor) for side, anchors in enumerate(sides) for anchor in anchors]
    if placed:
        connection.execute(
            insert(tables.event_anchors),
            [
                {"event_id": number, "position": position, "side": side, "anchor_id": anchor}
                for position, (side, anchor) in enumerate(placed)
            ],
        )
    return LoggedDecision(number, kind, moment, dict(payload), None)


@cache
def _log(*, in_force: bool, of_kind: bool) -> Select[Any]:
    events = tables.events.c
    query = select(tables.events).order_by(events.id)
    if in_force:
        query = query.where(events.undone_at.is_(None))
    return query.where(events.kind == bindparam("kind")) if of_kind else query


def log(connection: Connection, *, in_force: bool = False, kind: DecisionKind | None = None) -> list[LoggedDecision]:
    """All decisions in the order in which they were made, or those that are in force, or of one kind."""
    query = _log(in_force=in_force, of_kind=kind is not None)
    return [
        LoggedDecision(row.id, DecisionKind(row.kind), row.made_at, row.payload, row.undone_at)
        for row in connection.execute(query, {"kind": kind.value} if kind is not None else {})
    ]


def last(connection: Connection) -> LoggedDecision | None:
    """The latest decision in force, the one that `undo` takes back."""
    events = tables.events.c
    row = connection.execute(
        select(tables.events).where(events.undone_at.is_(None)).order_by(events.id.desc()).limit(1)
    ).one_or_none()
    return LoggedDecision(row.id, DecisionKind(row.kind), row.made_at, row.payload, None) if row else None


def mark_undone(connection: Connection, number: int) -> None:
    """Take a decision out of force; its row stays."""
    connection.execute(update(tables.events).where(tables.events.c.id == number).values(undone_at=_now()))


def anything_in_force(connection: Connection, kinds: Collection[DecisionKind]) -> bool:
    """Whether a decision of these kinds is in force."""
    return bool(connection.execute(_HOW_MANY, {"kinds": [kind.value for kind in kinds]}).scalar_one())


def names(connection: Connection) -> dict[int, int]:
    """The key that the user put in the place of each renamed one, by their numbers, as the renames in force have it."""
    shown: dict[int, int] = {}
    shown_as: dict[int, set[int]] = {}  # the same the other way round: thousands of keys may have been given at once
    for decision in log(connection, in_force=True, kind=DecisionKind.RENAME):
        former, new = decision.payload["from"], decision.payload["to"]
        changed = {former, *shown_as.pop(former, ())}
        for key in changed:
            shown_as.get(shown.get(key, key), set()).discard(key)
            shown[key] = new
        shown_as.setdefault(new, set()).update(changed)
    return shown


_OF_GROUPS = (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.APART)


def constraints(connection: Connection) -> Constraints | None:
    """What the decisions in force demand of the groups; None where there are none, which is the common case."""
    if not anything_in_force(connection, _OF_GROUPS):
        return None
    events, placed, anchors = tables.events.c, tables.event_anchors.c, tables.anchors.c
    rows = connection.execute(
        select(events.id, events.kind, placed.side, anchors.citation_id, anchors.place)
        .join(tables.event_anchors, placed.event_id == events.id)
        .join(tables.anchors, anchors.id == placed.anchor_id)
        .where(events.undone_at.is_(None), events.kind.in_([kind.value for kind in _OF_GROUPS]))
        .where(anchors.citation_id.is_not(None))
        .order_by(events.id, placed.position)
    )
    sides: dict[tuple[int, DecisionKind], dict[int, list[Mention]]] = {}
    for row in rows:
        decision = sides.setdefault((row.id, DecisionKind(row.kind)), {})
        decision.setdefault(row.side, []).append(Mention(row.citation_id, row.place))
    return settle(_demand(number, kind, found) for (number, kind), found in sides.items())


def anchored_constraints(connection: Connection) -> Constraints | None:
    """The same among anchors (`Mention(anchor, 0)`), whether their citations are in the present versions or not."""
    if not anything_in_force(connection, _OF_GROUPS):
        return None
    events, placed = tables.events.c, tables.event_anchors.c
    rows = connection.execute(
        select(events.id, events.kind, placed.side, placed.anchor_id)
        .join(tables.event_anchors, placed.event_id == events.id)
        .where(events.undone_at.is_(None), events.kind.in_([kind.value for kind in _OF_GROUPS]))
        .order_by(events.id, placed.position)
    )
    sides: dict[tuple[int, DecisionKind], dict[int, list[Mention]]] = {}
    for row in rows:
        decision = sides.setdefault((row.id, DecisionKind(row.kind)), {})
        decision.setdefault(row.side, []).append(Mention(row.anchor_id, 0))
    return settle(_demand(number, kind, found) for (number, kind), found in sides.items())


def _demand(event: int, kind: DecisionKind, sides: Mapping[int, Sequence[Mention]]) -> Demand:
    """A decision on what is left of its sides."""
    found = [tuple(sides[side]) for side in sorted(sides)]
    if kind is DecisionKind.MERGE:
        return Demand(event, together=(tuple(mention for side in found for mention in side),))
    if kind is DecisionKind.SPLIT:
        return Demand(event, together=tuple(found), apart=tuple(found))
    return Demand(event, apart=tuple(found))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
