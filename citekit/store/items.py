"""What works across documents say: merged from their members, with what the user set on top.

Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from citekit.store import decisions, leading, machine, tables
from citekit.store.decisions import DecisionKind, LoggedDecision
from citekit.store.rows import rows_of

__all__ = ["CUSTOM", "Edit", "edits_of", "overlaid", "refresh"]

CUSTOM = frozenset({"archive-url", "archive-date", "url-status", "translated-title", "edtf"})
"""Fields that CSL has no place for; they are under the item's `custom`."""


_WORKS = select(tables.works)
_MEMBERSHIPS = select(tables.memberships)
_PLACED, _ANCHORS, _CITED = tables.event_anchors.c, tables.anchors.c, tables.citation_works.c
_HOLDERS = (
    select(_PLACED.event_id, tables.memberships.c.work_id)
    .join(tables.anchors, _ANCHORS.id == _PLACED.anchor_id)
    .join(tables.citation_works, (_CITED.citation_id == _ANCHORS.citation_id) & (_CITED.position == _ANCHORS.place))
    .join(tables.memberships, tables.memberships.c.document_work_id == _CITED.document_work_id)
    .order_by(_PLACED.event_id, _PLACED.position)
)
_SAY = (
    update(tables.works)
    .where(tables.works.c.id == bindparam("work"))
    .values(item=bindparam("said"), incomplete=bindparam("cut"))
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A value that the user gave to a field, or `None`: that the field has none."""

    event: int
    made_at: str
    field: str
    value: Any


def refresh(connection: Connection, works: Set[int]) -> None:
    """Bring the items of works up to date, and those of others whose edits now lie elsewhere."""
    logged = {entry.id: entry for entry in decisions.log(connection, in_force=True, kind=DecisionKind.EDIT)}
    held = _holders(connection, list(logged.values()))
    edits = _by_work(logged, held)
    wanted = {*works, *(work for holders in held.values() if not works.isdisjoint(holders) for work in holders)}
    table, memberships = tables.works, tables.memberships.c
    rows = {row.id: row for row in rows_of(connection, _WORKS, table.c.id, wanted)}
    placed = list(rows_of(connection, _MEMBERSHIPS, memberships.work_id, rows))
    units = machine.members(connection, {row.document_work_id for row in placed})
    said: dict[int, list[machine.Member]] = {}
    for row in placed:
        said.setdefault(row.work_id, []).append(units[row.document_work_id])
    changed = []
    for work, members in said.items():
        item = overlaid(machine.merged(members), edits.get(work, ()))
        incomplete = all(member.incomplete for member in members)
        if (rows[work].item, rows[work].incomplete) != (item, incomplete):
            changed.append({"work": work, "said": item, "cut": incomplete})
    if changed:
        connection.execute(_SAY, changed)


def overlaid(item: Mapping[str, Any], edits: Collection[Edit]) -> dict[str, Any]:
    """An item with edits applied in their order."""
    result = dict(item)
    custom = dict(result.get("custom") or {})
    for edit in edits:
        fields = custom if edit.field in CUSTOM else result
        _forget_wording(custom, edit.field)
        if edit.value is None:
            fields.pop(edit.field, None)
        else:
            fields[edit.field] = edit.value
    if custom:
        result["custom"] = custom
    else:
        result.pop("custom", None)
    return dict(sorted(result.items()))


def _forget_wording(custom: dict[str, Any], field: str) -> None:
    """`custom["edtf"]` has the first word on a date (`citekit.formats.dates`); the user's date comes before it."""
    wording = custom.get("edtf")
    if isinstance(wording, Mapping):
        custom["edtf"] = {name: value for name, value in wording.items() if name != field}
    elif field == "issued":
        custom.pop("edtf", None)
    if custom.get("edtf") == {}:
        del custom["edtf"]


def edits_of(connection: Connection) -> dict[int, list[Edit]]:
    """The edits in force by the work that they are of: the one that has most of the citations they were made for."""
    logged = {entry.id: entry for entry in decisions.log(connection, in_force=True, kind=DecisionKind.EDIT)}
    return _by_work(logged, _holders(connection, list(logged.values())))


def _by_work(logged: Mapping[int, LoggedDecision], held: Mapping[int, Sequence[int]]) -> dict[int, list[Edit]]:
    found: dict[int, list[Edit]] = {}
    for event, holders in sorted(held.items()):
        counts = Counter(holders)
        most = max(counts.values())
        work = next(work for work in holders if counts[work] == most)
        entry = logged[event]
        found.setdefault(work, []).append(
            Edit(event, entry.made_at, entry.payload["field"], entry.payload.get("value"))
        )
    return found


def _holders(connection: Connection, entries: Collection[LoggedDecision]) -> dict[int, list[int]]:
    """The works of the citations of each edit, one entry a citation, in the order of its anchors.

    Where no citation is left that an edit was made for, its work may still be cited elsewhere, under its key.
    """
    found: dict[int, list[int]] = {}
    for row in rows_of(connection, _HOLDERS, _PLACED.event_id, {entry.id for entry in entries}):
        found.setdefault(row.event_id, []).append(row.work_id)
    for entry in entries:
        if entry.id not in found:
            work = leading.find_work(connection, entry.payload["keys"][0])
            if work is not None:
                found[entry.id] = [work]
    return found
