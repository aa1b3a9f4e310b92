"""Making a decision and taking it back: written down, anchored, and carried out.

A decision is about all citations that its works have when it is made: that is what the user looked at. So a decision
holds as long as one citation of each side is left, and a later decision on a part of them takes exactly that part out
of it. Functions here take a connection with an open transaction and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from citekit.errors import StoreError
from citekit.formats.keys import ascii_slug, is_writable
from citekit.store import anchors, decisions, fields, grouping, items, keys, leading, reading, tables
from citekit.store.constraints import Mention
from citekit.store.decisions import DecisionKind, LoggedDecision
from citekit.store.reading import StoredCitation
from citekit.store.rows import rows_of

__all__ = ["Outcome", "apart", "edit", "later", "merge", "rename", "split", "undo"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision led to.

    Attributes:
        decision: its number in the history.
        works: the keys of the works that it concerns, as they are now.
        overridden: earlier decisions that no longer hold in full because of it.
    """

    decision: int
    works: tuple[str, ...]
    overridden: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit merge --json` and its like print."""
        return {"decision": self.decision, "works": list(self.works), "overridden": list(self.overridden)}


def merge(connection: Connection, given: Sequence[str]) -> Outcome:
    """Decide that the works of several keys are one.

    Raises:
        NoSuchWorkError: a key leads to no work.
        StoreError: they are one work already.
    """
    works = list(dict.fromkeys(reading.require_work(connection, key) for key in given))
    if not works:
        raise StoreError("merge: no work was named; name at least two by their citation keys")
    if len(works) < 2:
        raise StoreError(f"{', '.join(given)}: is one work already; name at least two works")
    return _decide(connection, DecisionKind.MERGE, {}, works, [_mentions(connection, work) for work in works])


def split(connection: Connection, key: str, named: Iterable[int | StoredCitation]) -> Outcome:
    """Decide that some citations of a work are of another one; the rest keeps the key.

    Args:
        connection: with an open transaction.
        key: the work's.
        named: the citations, or their numbers in `StoredWork.citations`, from 1.

    Raises:
        NoSuchWorkError: the key leads to no work.
        StoreError: one of them is no citation of the work, or nothing is left, or none was named.
    """
    work = reading.require_work(connection, key)
    listed = reading.citation_ids(connection, work)
    chosen = {_chosen(key, each, listed) for each in named}
    mentions = _mentions(connection, work)
    apart_ = [mention for mention in mentions if mention.citation in chosen]
    rest = [mention for mention in mentions if mention.citation not in chosen]
    if not apart_ or not rest:
        what = "every citation" if apart_ else "no citation"
        raise StoreError(f"{key}: {what} was named; name some of its {len(listed)} (citekit show {key} numbers them)")
    return _decide(connection, DecisionKind.SPLIT, {}, [work], [apart_, rest])


def apart(connection: Connection, one: str, other: str) -> Outcome:
    """Decide that two works are not the same, however alike what is cited later makes them.

    Raises:
        NoSuchWorkError: a key leads to no work.
        StoreError: the keys lead to one work.
    """
    works = [reading.require_work(connection, key) for key in (one, other)]
    if one == other:
        raise StoreError(f"{one}: is named twice; name two works, or split it (citekit split {one} --citations …)")
    if works[0] == works[1]:
        raise StoreError(f"{one}, {other}: is one work; split it (citekit split {one} --citations …)")
    return _decide(connection, DecisionKind.APART, {}, works, [_mentions(connection, work) for work in works])


def later(connection: Connection, one: str, other: str) -> Outcome:
    """Decide later whether two works are one: they come last among the probable duplicates.

    Raises:
        NoSuchWorkError: a key leads to no work.
        StoreError: the keys lead to one work.
    """
    works = [reading.require_work(connection, key) for key in (one, other)]
    if works[0] == works[1]:
        raise StoreError(f"{one}, {other}: is one work; name two works")
    return _decide(connection, DecisionKind.LATER, {}, works, [_mentions(connection, work) for work in works])


def edit(connection: Connection, key: str, field: str, value: object) -> Outcome:
    """Decide what a field of a work says.

    Args:
        connection: with an open transaction.
        key: the work's.
        field: a CSL variable, or one of `items.CUSTOM`.
        value: text as `fields.parse` reads it, a value in CSL's shape, or None: the work has no such field.

    Raises:
        NoSuchWorkError: the key leads to no work.
        StoreError: there is no such field, or the value does not fit it.
    """
    work = reading.require_work(connection, key)
    if field in ("id", "citation-key"):
        shown = value if isinstance(value, str) else "NEW"
        raise StoreError(f"{field}: is the citation key, which is no field to edit; use citekit key {key} {shown}")
    payload = {"field": fields.known(field), "value": None if value is None else fields.parse(field, value)}
    return _decide(connection, DecisionKind.EDIT, payload, [work], [_mentions(connection, work)])


def rename(connection: Connection, key: str, new: str) -> Outcome:
    """Decide which citation key a work has; the former one leads to it as well.

    Raises:
        NoSuchWorkError: the key leads to no work.
        StoreError: the new key cannot be written in a bibliography, or belongs to another work.
    """
    work = reading.require_work(connection, key)
    new.encode()  # half of a character is told as such, not as a letter that BibTeX does not know
    if not is_writable(new):
        plain = ascii_slug(new)
        remedy = f", such as {plain}" if plain else ""
        raise StoreError(
            f"{new!r}: cannot be a citation key in BibTeX; use A-Z, a-z, 0-9 and . : / + - _ with a letter or digit "
            f"first{remedy}"
        )
    former = reading.key_of(connection, work)
    if former[1] == new:
        raise StoreError(f"{new}: is the key of this work already; name another one")
    number = _reserve(connection, work, new)
    payload = {"from": former[0], "to": number, "former": former[1], "key": new}
    return _decide(connection, DecisionKind.RENAME, payload, [work], [_mentions(connection, work)])


def rename_many(connection: Connection, new: Mapping[int, tuple[int, str]], pattern: str) -> None:
    """Decide on each work's key, one decision a work, and carry them out together.

    Args:
        connection: with an open transaction.
        new: number and words of the key that each work gets, by the work; written down already, and no other work's.
        pattern: what made the keys: as the user did not type them, another pattern may change them.
    """
    concerned: set[int] = set()
    for work, (number, key) in new.items():
        former = reading.key_of(connection, work)
        payload = {"keys": [former[1]], "from": former[0], "to": number, "former": former[1], "key": key}
        decisions.record(
            connection,
            DecisionKind.RENAME,
            {**payload, "pattern": pattern},
            [anchors.anchor(connection, _mentions(connection, work))],
        )
        concerned |= _members(connection, [work])
    grouping.regroup(connection, concerned)


def undo(connection: Connection, number: int) -> list[LoggedDecision]:
    """Take back the last `number` decisions, the latest first.

    Raises:
        StoreError: fewer are in force; nothing is taken back.
    """
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise StoreError(f"undo: {number!r} is no number of decisions; give 1 or more")
    undone: list[LoggedDecision] = []
    for _ in range(number):
        latest = decisions.last(connection)
        if latest is None:
            there = (
                f"only {len(undone)} of {number} decisions can be undone: no more are" if undone else "no decision is"
            )
            raise StoreError(f"{there} in force; citekit history lists them")
        decisions.mark_undone(connection, latest.id)
        _carry_out(connection, latest, anchored_mentions(connection, latest.id))
        undone.append(latest)
    return undone


def anchored_mentions(connection: Connection, event: int) -> list[Mention]:
    """The mentions that a decision is about, as far as they are in the present versions."""
    placed, anchors_ = tables.event_anchors.c, tables.anchors.c
    rows = connection.execute(
        select(anchors_.citation_id, anchors_.place)
        .join(tables.event_anchors, placed.anchor_id == anchors_.id)
        .where(placed.event_id == event, anchors_.citation_id.is_not(None))
        .order_by(placed.position)
    )
    return [Mention(row.citation_id, row.place) for row in rows]


def _decide(
    connection: Connection,
    kind: DecisionKind,
    payload: dict[str, Any],
    works: Sequence[int],
    sides: Sequence[Sequence[Mention]],
) -> Outcome:
    before = _overridden(connection)
    payload = {"keys": [reading.key_of(connection, work)[1] for work in works], **payload}
    entry = decisions.record(connection, kind, payload, [anchors.anchor(connection, side) for side in sides])
    mentions = [mention for side in sides for mention in side]
    _carry_out(connection, entry, mentions)
    carried = [reading.key_of(connection, work)[1] for work in _works(connection, mentions)]
    return Outcome(entry.id, tuple(sorted(carried)), tuple(sorted(_overridden(connection) - before)))


def _carry_out(connection: Connection, entry: LoggedDecision, mentions: Collection[Mention]) -> None:
    """Bring up to date what a decision is about, whether it was made or undone."""
    if entry.kind is DecisionKind.LATER:
        return
    if entry.kind is DecisionKind.EDIT or not mentions:
        # Where no citation is left, an edit and a new key still hold for the work that the key leads to.
        heirs = {leading.find_work(connection, key) for key in entry.payload["keys"]}
        works = _works(connection, mentions) | {work for work in heirs if work is not None}
        items.refresh(connection, works)
        if entry.kind is DecisionKind.RENAME:
            grouping.regroup(connection, _members(connection, works))
    else:
        grouping.regroup(connection, _holders(connection, mentions))


def _members(connection: Connection, works: Collection[int]) -> set[int]:
    memberships = tables.memberships.c
    rows = rows_of(connection, select(memberships.document_work_id), memberships.work_id, works)
    return {row.document_work_id for row in rows}


def _overridden(connection: Connection) -> frozenset[int]:
    found = decisions.constraints(connection)
    return found.overridden if found is not None else frozenset()


def _mentions(connection: Connection, work: int) -> list[Mention]:
    """All mentions of a work, in documents and imports, in the order of adding and of the text."""
    cited, citations, memberships = tables.citation_works.c, tables.citations.c, tables.memberships.c
    rows = connection.execute(
        select(cited.citation_id, cited.position)
        .join(tables.citations, citations.id == cited.citation_id)
        .join(tables.memberships, memberships.document_work_id == cited.document_work_id)
        .where(memberships.work_id == work)
        .order_by(citations.document_id, citations.position, cited.position)
    )
    return [Mention(row.citation_id, row.position) for row in rows]


def _holders(connection: Connection, mentions: Collection[Mention]) -> set[int]:
    """The works of documents that mentions are of."""
    wanted, cited = set(mentions), tables.citation_works.c
    rows = rows_of(
        connection, select(tables.citation_works), cited.citation_id, {mention.citation for mention in wanted}
    )
    return {row.document_work_id for row in rows if Mention(row.citation_id, row.position) in wanted}


def _works(connection: Connection, mentions: Collection[Mention]) -> set[int]:
    """The works across documents that mentions are of."""
    memberships = tables.memberships.c
    holders = _holders(connection, mentions)
    return {
        row.work_id for row in rows_of(connection, select(memberships.work_id), memberships.document_work_id, holders)
    }


def _chosen(key: str, named: int | StoredCitation, listed: Sequence[tuple[int, StoredCitation]]) -> int:
    """The citation (its row) that the user means."""
    if isinstance(named, StoredCitation):
        found = next((row for row, citation in listed if citation == named), None)
    else:
        is_number = isinstance(named, int) and not isinstance(named, bool)
        found = listed[named - 1][0] if is_number and 0 < named <= len(listed) else None
    if found is None:
        shown = repr(named.text) if isinstance(named, StoredCitation) else str(named)
        raise StoreError(f"{key}: has no citation {shown}; citekit show {key} numbers its {len(listed)} citations")
    return found


def _reserve(connection: Connection, work: int, key: str) -> int:
    """The number of a key that a user gives to a work: a new one, or one that was this work's before."""
    table = tables.citation_keys
    alike = keys.alike(connection, key)
    for other in sorted(alike.keys() - {key}):
        if leading.find_work(connection, other) != work:
            raise StoreError(
                f"{key}: differs in case alone from {other}, the key of another work, and BibTeX takes the two for "
                "one; choose another"
            )
    if key not in alike:
        return int(connection.execute(insert(table).returning(table.c.id), {"key": key}).scalar_one())
    if leading.find_work(connection, key) == work:
        return alike[key]
    raise StoreError(f"{key}: is or was the key of another work, and a key never comes to mean another; choose one")
