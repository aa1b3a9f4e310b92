"""Works that may be one, and why two works are one or are not. Functions here take a connection and never commit.

Works are compared as the user sees them: with the values that were edited. So a record that agrees with an edit, but
with nothing that any citation says, is found here, though the groups rest on what was read alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, select

from citekit.errors import StoreError
from citekit.matching import blocking, candidates, comparison, record
from citekit.matching.comparison import Comparison
from citekit.matching.weights import SAME
from citekit.model import Item
from citekit.store import decisions, grouping, history, leading, machine, reading, tables
from citekit.store.constraints import Mention
from citekit.store.decisions import DecisionKind
from citekit.store.history import Decision
from citekit.store.rows import rows_of

__all__ = ["Duplicate", "Explanation", "Verdict", "explain", "probable"]

LEAST = 0.2  # the probability from which a pair is worth a look: below it, hardly one in ten is one work
_COMPARED = 40  # members of one work that are compared with each other for an explanation
_TOLD = 1_000  # works between two words on how far it is


class Verdict(StrEnum):
    """Why two works are one, or are not."""

    ONE_MATCHED = "one-matched"
    """The matcher found them to be one."""
    ONE_DECIDED = "one-decided"
    """A decision made them one, which the matcher would not."""
    APART_DECIDED = "apart-decided"
    """A decision in force says that they are two."""
    APART_VETO = "apart-veto"
    """A fact makes them two, however alike they are."""
    APART_AMBIGUOUS = "apart-ambiguous"
    """They match, and so does another work that is not the same as one of them: refusing beats guessing."""
    APART_UNLIKE = "apart-unlike"
    """Too little speaks for one work."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two works that may be one.

    Attributes:
        keys: their citation keys.
        items: what they say, edits included.
        compared: how they compare.
        postponed: whether the user said "later" to them.
    """

    keys: tuple[str, str]
    items: tuple[Item, Item]
    compared: Comparison
    postponed: bool

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit duplicates --json` prints."""
        return {
            "schema": "citekit/duplicates/1",
            "keys": list(self.keys),
            "items": [dict(item) for item in self.items],
            **_compared_json(self.compared),
            "postponed": self.postponed,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two works are one, or are not.

    Attributes:
        keys: as they were asked for.
        works: the keys that their works carry now: two, or one where they are one.
        items: what was compared: the works, or the members of one work that are most alike.
        verdict: what decides.
        compared: evidence, vetoes and probability.
        decisions: the user's decisions in force that bear on it.
    """

    keys: tuple[str, str]
    works: tuple[str, ...]
    items: tuple[Item, Item]
    verdict: Verdict
    compared: Comparison
    decisions: tuple[Decision, ...]

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit why --json` prints."""
        return {
            "schema": "citekit/why/1",
            "keys": list(self.keys),
            "works": list(self.works),
            "verdict": self.verdict.value,
            "items": [dict(item) for item in self.items],
            **_compared_json(self.compared),
            "matcher": "one" if self.compared.same else "two",
            "decisions": [
                {"id": each.id, "kind": each.kind.value, "made_at": each.made_at, "keys": list(each.keys)}
                for each in self.decisions
            ],
        }


def _compared_json(compared: Comparison) -> dict[str, Any]:
    return {
        "probability": round(compared.probability, 4),
        "unvetoed": round(compared.unvetoed, 4),
        "evidence": [
            {"name": piece.name, "strength": round(piece.strength, 3), "weight": piece.weight}
            for piece in compared.evidence
        ],
        "vetoes": list(compared.vetoes),
    }


def explain(connection: Connection, key: str, other: str) -> Explanation:
    """Why the works of two keys are one, or are not.

    Raises:
        NoSuchWorkError: a key leads to no work.
        StoreError: one key was named twice.
    """
    if key == other:
        raise StoreError(f"{key}: is named twice; name two keys")
    first, second = reading.require_work(connection, key), reading.require_work(connection, other)
    bearing = _bearing(connection, {first, second})
    if first == second:
        items, compared = _within(connection, first, (key, other))
        decided = tuple(each for each in bearing if each.kind is DecisionKind.MERGE)
        by_matcher = not decided or (compared.same and not _joined(decided, key, other))
        verdict = Verdict.ONE_MATCHED if by_matcher else Verdict.ONE_DECIDED
        return Explanation((key, other), (reading.key_of(connection, first)[1],), items, verdict, compared, decided)
    said = reading.items_of(connection, [first, second])
    compared = comparison.compare(said[first], said[second])
    both = tuple(each for each, works in _works_of_events(connection, bearing).items() if {first, second} <= works)
    parted = (min(first, second), max(first, second)) in _parted(connection)
    if parted:
        verdict = Verdict.APART_DECIDED
    elif compared.vetoes:
        verdict = Verdict.APART_VETO
    else:
        verdict = Verdict.APART_AMBIGUOUS if compared.same else Verdict.APART_UNLIKE
    works = tuple(reading.key_of(connection, work)[1] for work in (first, second))
    return Explanation((key, other), works, (said[first], said[second]), verdict, compared, both)


def _joined(merges: Iterable[Decision], key: str, other: str) -> bool:
    """Whether decisions made two keys one, perhaps by way of others."""
    reached = {key}
    left = [set(merge.keys) for merge in merges]
    while met := [keys for keys in left if not reached.isdisjoint(keys)]:
        reached.update(*met)
        left = [keys for keys in left if keys not in met]
    return other in reached


def probable(
    connection: Connection,
    *,
    key: str | None = None,
    document: int | None = None,
    least: float = LEAST,
    vetoed: bool = False,
    progress: Callable[[int], None] | None = None,
) -> list[Duplicate]:
    """Works that may be one and about which nothing was decided: the surest first, postponed ones last.

    Args:
        connection: with an open transaction.
        key: only pairs with the work of this key.
        document: only pairs with a work that this document cites.
        least: the least probability.
        vetoed: the pairs instead that would be one work but for a veto (another edition, a name of other letters).
        progress: called now and then with how many works were compared.

    Raises:
        NoSuchWorkError: the key leads to no work.
    """
    works = tables.works.c
    wanted = _wanted(connection, key, document)
    query: Iterable[Any] = (
        connection.execute(select(works.id, works.item))
        if wanted is None
        else rows_of(connection, select(works.id, works.item), works.id, _near(connection, wanted))
    )
    read = sorted(((record.read_record(row.item), row.id) for row in query), key=_by_title)
    keys = [blocking.keys_of(each) for each, _ in read]
    parted, postponed = _parted(connection), _postponed(connection)
    pairs: list[tuple[bool, float, int, int, Comparison]] = []
    for position, others in candidates.candidates(keys, bounded=wanted is None):
        if progress is not None and position % _TOLD == 0:
            progress(position)
        for other in others:
            one, two = sorted((read[position][1], read[other][1]))
            if (wanted is not None and wanted.isdisjoint((one, two))) or (one, two) in parted:
                continue
            compared = _worth_a_look(read[position][0], read[other][0], least=least, vetoed=vetoed)
            if compared is not None:
                pairs.append(((one, two) in postponed, -compared.unvetoed, one, two, compared))
    pairs.sort(key=lambda pair: pair[:4])
    found = {work for _, _, one, two, _ in pairs for work in (one, two)}
    items = _items(connection, found)
    return [
        Duplicate((items[one]["id"], items[two]["id"]), (items[one], items[two]), compared, later)
        for later, _, one, two, compared in pairs
    ]


def _worth_a_look(a: record.Record, b: record.Record, *, least: float, vetoed: bool) -> Comparison | None:
    """How two works compare, None where they are not to be listed."""
    if not vetoed:
        return comparison.compare_records(a, b) if comparison.match_probability(a, b) >= least else None
    compared = comparison.compare_records(a, b)
    return compared if compared.vetoes and compared.unvetoed >= max(least, SAME) else None


def _by_title(found: tuple[record.Record, int]) -> tuple[str, int]:
    return (found[0].title.joined if found[0].title else "", found[1])


def _items(connection: Connection, works: Collection[int]) -> dict[int, dict[str, Any]]:
    table, keys = tables.works, tables.citation_keys
    query = select(table.c.id, keys.c.key, table.c.item).join(keys, keys.c.id == table.c.citation_key_id)
    return {row.id: {**row.item, "id": row.key} for row in rows_of(connection, query, table.c.id, works)}


def _wanted(connection: Connection, key: str | None, document: int | None) -> set[int] | None:
    """The works of which one must be in each pair; None where all are asked about."""
    wanted = None if key is None else {reading.require_work(connection, key)}
    if document is None:
        return wanted
    read = tables.document_works.c
    own = connection.execute(select(read.id).where(read.document_id == document)).scalars()
    cited = grouping.works_of(connection, set(own))
    return cited if wanted is None else cited & wanted


def _near(connection: Connection, works: Collection[int]) -> set[int]:
    """The works that share a candidate key with any of `works`, as read or as edited, with these."""
    stored, memberships = tables.candidate_keys.c, tables.memberships.c
    members = rows_of(connection, select(memberships.document_work_id), memberships.work_id, works)
    own = {row.document_work_id for row in members}
    keys = {key for item in _items(connection, works).values() for key in blocking.candidate_keys(item)}
    keys |= {row.key for row in rows_of(connection, select(stored.key), stored.document_work_id, own)}
    near = {row[0] for row in rows_of(connection, select(stored.document_work_id), stored.key, keys)}
    parts = tables.work_parts.c
    near |= {row[0] for row in rows_of(connection, select(parts.document_work_id), parts.whole_id, near)}
    found = rows_of(connection, select(memberships.work_id), memberships.document_work_id, near)
    return {row.work_id for row in found} | set(works)


def _within(connection: Connection, work: int, keys: tuple[str, str]) -> tuple[tuple[Item, Item], Comparison]:
    """The two members of a work that are most alike; of those first known under the two keys, where there are."""
    memberships, numbered = tables.memberships.c, tables.citation_keys.c
    rows = connection.execute(
        select(memberships.document_work_id, numbered.key)
        .join(tables.citation_keys, numbered.id == memberships.citation_key_id)
        .where(memberships.work_id == work)
        .order_by(memberships.document_work_id)
    ).all()
    found = machine.members(connection, [row.document_work_id for row in rows])
    under = [[found[row.document_work_id].item for row in rows if row.key == key][:_COMPARED] for key in keys]
    if under[0] and under[1]:
        pairs = [(one, other) for one in under[0] for other in under[1]]
    else:
        said = [found[row.document_work_id].item for row in rows[:_COMPARED]]
        pairs = list(combinations(said, 2)) or [(said[0], said[0])]
    compared = [(comparison.compare(one, other), (one, other)) for one, other in pairs]
    best = max(compared, key=lambda each: each[0].probability)
    return best[1], best[0]


def _bearing(connection: Connection, works: Collection[int]) -> list[Decision]:
    """The decisions in force on what is one work, about a citation of one of these works."""
    kinds = (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.APART, DecisionKind.LATER)
    listed = [each for each in history.history(connection) if each.kind in kinds and each.undone_at is None]
    touched = _works_of_events(connection, listed)
    return [each for each in listed if not touched[each].isdisjoint(works)]


def _works_of_events(connection: Connection, listed: Collection[Decision]) -> dict[Decision, set[int]]:
    """The works that the citations of decisions are of now; where none is left, those that their keys lead to."""
    by_side = _sides(connection, {each.id for each in listed})
    found = {}
    for each in listed:
        works = {work for held in by_side.get(each.id, {}).values() for work in held}
        led = {leading.find_work(connection, key) for key in each.keys} if not works else set()
        found[each] = works | {work for work in led if work is not None}
    return found


def _sides(connection: Connection, events: Collection[int]) -> Mapping[int, Mapping[int, set[int]]]:
    """By decision and side, the works of its citations."""
    placed, anchors = tables.event_anchors.c, tables.anchors.c
    cited, memberships = tables.citation_works.c, tables.memberships.c
    query = (
        select(placed.event_id, placed.side, memberships.work_id)
        .join(tables.anchors, anchors.id == placed.anchor_id)
        .join(tables.citation_works, (cited.citation_id == anchors.citation_id) & (cited.position == anchors.place))
        .join(tables.memberships, memberships.document_work_id == cited.document_work_id)
    )
    found: dict[int, dict[int, set[int]]] = {}
    for row in rows_of(connection, query, placed.event_id, events):
        found.setdefault(row.event_id, {}).setdefault(row.side, set()).add(row.work_id)
    return found


def _parted(connection: Connection) -> set[tuple[int, int]]:
    """Pairs of works that decisions in force keep apart."""
    demanded = decisions.constraints(connection)
    if demanded is None:
        return set()
    cited, memberships = tables.citation_works.c, tables.memberships.c
    query = select(cited.citation_id, cited.position, memberships.work_id).join(
        tables.memberships, memberships.document_work_id == cited.document_work_id
    )
    works_of: dict[int, set[int]] = {}
    for row in rows_of(connection, query, cited.citation_id, {mention.citation for mention in demanded.block}):
        block = demanded.block.get(Mention(row.citation_id, row.position))
        if block is not None:
            works_of.setdefault(block, set()).add(row.work_id)
    return {
        (min(one, other), max(one, other))
        for block, enemies in demanded.enemies.items()
        for enemy in enemies
        for one in works_of.get(block, ())
        for other in works_of.get(enemy, ())
        if one != other
    }


def _postponed(connection: Connection) -> set[tuple[int, int]]:
    """Pairs of works to which the user said "later"."""
    logged = decisions.log(connection, in_force=True, kind=DecisionKind.LATER)
    pairs = set()
    for sides in _sides(connection, {entry.id for entry in logged}).values():
        for one in sides.get(0, ()):
            pairs |= {(min(one, other), max(one, other)) for other in sides.get(1, ())}
    return pairs
