"""Which work a citation key leads to. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select

from citekit.store import decisions, tables
from citekit.store.decisions import DecisionKind, LoggedDecision

__all__ = ["find_work"]


def find_work(connection: Connection, key: str) -> int | None:
    """The id of the work that `key` leads to, None where it leads to none or to several.

    A key that no work carries leads to the work that took its place (a rename), to the one that has what was known
    under it, to the one that has the citations of a work that a decision once gave it to, or to the one that took
    over the citations of its work or was made one with it. It never leads to a work that a decision in force says is
    another one.
    """
    seen: set[str] = set()
    following = [key]
    while following:
        next_ = following.pop(0)
        if next_ not in seen:
            seen.add(next_)
            found, further = _find(connection, next_, first=next_ == key)
            if found is not None:
                return found
            following += further
    return None


def _find(connection: Connection, key: str, *, first: bool) -> tuple[int | None, list[str]]:
    """The work that a key leads to, or the keys of what took over its citations or was one work with it.

    The key of what took over (not the `first` one) stands for what is known under it: a decision may have given the
    key itself to the rest of a work.
    """
    keys, works, reserved = tables.citation_keys.c, tables.works.c, tables.reserved_keys.c
    number = connection.execute(select(keys.id).where(keys.key == key)).scalar_one_or_none()
    if number is None:
        return None, []
    names = decisions.names(connection)
    successor = names.get(number, number)
    carrying = select(works.id).where(works.citation_key_id.in_({number, successor}))
    carried = connection.execute(carrying.order_by(works.citation_key_id != number)).scalars().first()
    if first and carried is not None:
        return carried, []
    others = _parted_from(connection, {number, successor}) if first else set()
    for query in _heirs(number):
        led = set(connection.execute(query.distinct().limit(len(others) + 2)).scalars().all()) - others
        if len(led) == 1:
            return led.pop(), []
    if carried is not None:
        return carried, []
    heir = (
        select(keys.key)
        .join(tables.reserved_keys, reserved.heir_id == keys.id)
        .where(reserved.citation_key_id == number)
    )
    following = connection.execute(heir).scalar_one_or_none()
    if following is not None:
        return None, [following]
    same = {number, successor, *(former for former, name in names.items() if name == successor)}
    words = set(connection.execute(select(keys.key).where(keys.id.in_(same))).scalars().all())
    one = [entry for entry in _in_force(connection, DecisionKind.MERGE) if not words.isdisjoint(entry.payload["keys"])]
    one += _undone_splits(connection, number)
    led = _works_of(connection, [entry.id for entry in one]) - others
    if len(led) == 1:
        return led.pop(), []
    if led or others:
        return None, []  # parted since
    return None, [other for entry in one for other in entry.payload["keys"] if other not in words]


def _undone_splits(connection: Connection, number: int) -> list[LoggedDecision]:
    """The splits that once gave the key of this number to a part of what is one work again."""
    events, placed, given = tables.events.c, tables.event_anchors.c, tables.anchor_keys.c
    query = (
        select(events.id)
        .join(tables.event_anchors, placed.event_id == events.id)
        .join(tables.anchor_keys, given.anchor_id == placed.anchor_id)
        .where(events.kind == DecisionKind.SPLIT.value, events.undone_at.is_not(None))
        .where(given.citation_key_id == number, placed.side == 0)
    )
    ids = set(connection.execute(query.distinct()).scalars().all())
    return [entry for entry in decisions.log(connection, kind=DecisionKind.SPLIT) if entry.id in ids] if ids else []


def _parted_from(connection: Connection, numbers: Collection[int]) -> set[int]:
    """The works that decisions in force part from the work of these keys, which nothing carries."""
    keys = tables.citation_keys.c
    words = set(connection.execute(select(keys.key).where(keys.id.in_(numbers))).scalars())
    found: set[int] = set()
    for entry in (*_in_force(connection, DecisionKind.SPLIT), *_in_force(connection, DecisionKind.APART)):
        for place, key in enumerate(entry.payload["keys"]):
            if key in words and not _merged_since(connection, entry):
                other = 0 if entry.kind is DecisionKind.SPLIT else 1 - place  # the rest of a split is its side 1
                found |= _works_of(connection, [entry.id], side=other) - _works_of(
                    connection, [entry.id], side=1 - other
                )
    return found


def _merged_since(connection: Connection, entry: LoggedDecision) -> bool:
    """Whether a later decision made one of what this one parted."""
    one, other = tables.event_anchors.alias("one"), tables.event_anchors.alias("other")
    later = [merge.id for merge in _in_force(connection, DecisionKind.MERGE) if merge.id > entry.id]
    query = (
        select(one.c.event_id, func.count(other.c.side.distinct()))
        .join(other, other.c.anchor_id == one.c.anchor_id)
        .where(one.c.event_id.in_(later), other.c.event_id == entry.id)
        .group_by(one.c.event_id)
    )
    return any(sides > 1 for _, sides in connection.execute(query)) if later else False


def _in_force(connection: Connection, kind: DecisionKind) -> list[LoggedDecision]:
    return decisions.log(connection, in_force=True, kind=kind)


def _works_of(connection: Connection, events: Collection[int], *, side: int | None = None) -> set[int]:
    """The works that the citations of decisions, or of one side of them, belong to."""
    placed, anchors = tables.event_anchors.c, tables.anchors.c
    query = _of_anchors().join(tables.event_anchors, placed.anchor_id == anchors.id).where(placed.event_id.in_(events))
    if side is not None:
        query = query.where(placed.side == side)
    return set(connection.execute(query.distinct()).scalars().all()) if events else set()


def _of_anchors() -> Select[Any]:
    memberships, cited, anchors = tables.memberships.c, tables.citation_works.c, tables.anchors.c
    return (
        select(memberships.work_id)
        .select_from(tables.memberships)
        .join(tables.citation_works, cited.document_work_id == memberships.document_work_id)
        .join(tables.anchors, (anchors.citation_id == cited.citation_id) & (anchors.place == cited.position))
    )


def _heirs(number: int) -> list[Select[Any]]:
    """Works that a key of this number, which none of them carries, can stand for, the nearest first."""
    memberships, machine, parts = tables.memberships.c, tables.machine_keys.c, tables.work_parts.c
    anchors, given = tables.anchors.c, tables.anchor_keys.c
    events, placed = tables.events.c, tables.event_anchors.c
    of_anchors = _of_anchors()
    whole = func.coalesce(
        select(parts.whole_id).where(parts.document_work_id == memberships.document_work_id).scalar_subquery(),
        memberships.document_work_id,
    )
    return [
        select(memberships.work_id).where(memberships.citation_key_id == number),
        select(memberships.work_id)
        .select_from(tables.memberships)
        .join(tables.machine_keys, machine.document_work_id == whole)
        .where((machine.citation_key_id == number) | (machine.home_id == number)),
        of_anchors.join(tables.anchor_keys, given.anchor_id == anchors.id).where(given.citation_key_id == number),
        of_anchors.join(tables.event_anchors, placed.anchor_id == anchors.id)
        .join(tables.events, events.id == placed.event_id)
        .where(events.kind == "rename", _renames(number)),
    ]


def _renames(number: int) -> ColumnElement[bool]:
    """Whether an event has to do with the key of this number; in JSON the numbers are written as they are."""
    payload = cast(tables.events.c.payload, Text)
    return payload.like(f'%"from":{number},%') | payload.like(f'%"to":{number},%')
