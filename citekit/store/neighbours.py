"""How far a change reaches: the works of documents that matches lead to, one after another.

A group of works never goes beyond what matches join (`citekit.matching.cluster` divides such a whole further, and
never looks outside it). Shared candidate keys alone reach much too far: of 1,841 references to a hundred papers of
one field, a chain of common names and years joined two thirds. Functions here take a connection and never commit.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Select, select

from citekit.matching import comparison, record, weights
from citekit.model import Item
from citekit.store import tables
from citekit.store.constraints import Constraints, Mention
from citekit.store.rows import rows_of

__all__ = ["Neighbours", "content", "reachable"]

_ONE, _OTHER = tables.candidate_keys.alias("one").c, tables.candidate_keys.alias("other").c
_SHARING = (
    select(_ONE.document_work_id, _OTHER.document_work_id.label("other"))
    .join(_OTHER.key.table, _OTHER.key == _ONE.key)
    .where(_OTHER.document_work_id != _ONE.document_work_id)
    .distinct()
)
_ITEMS = select(tables.document_works.c.id, tables.document_works.c.item)
_PARTS = select(tables.work_parts.c.document_work_id)
_WHOLES = select(tables.work_parts)
_ORDERED = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def reachable(connection: Connection, works: Iterable[int], constraints: Constraints | None = None) -> set[int]:
    """All works of documents that a chain of matches, a common group or a decision joins to `works`, with these.

    Args:
        connection: with an open transaction.
        works: as their documents were read: wholes, no parts.
        constraints: what the decisions in force demand.
    """
    neighbours = Neighbours(connection)
    joined = _Joined(connection, constraints)
    found = set(works)
    frontier = set(found)
    while frontier:
        frontier = (neighbours.matching(frontier, besides=found) | joined.companions(frontier)) - found
        found |= frontier
    return found


class Neighbours:
    """Works of documents as the matcher sees them; each content is read, and each pair compared, once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._contents: dict[int, str] = {}
        self._records: dict[str, record.Record] = {}
        self._verdicts: dict[tuple[str, str], bool] = {}
        self._looked_from: set[str] = set()

    def matching(self, works: Collection[int], *, besides: Collection[int]) -> set[int]:
        """The works that match one of `works`, other than those of `besides`.

        Of works that say the same, one is looked from, once: a work that is cited in hundreds of documents has
        hundreds of members and few wordings.
        """
        found: set[int] = set()
        self._learn(works)
        looked_from = {self._contents[work]: work for work in works if self._contents[work] not in self._looked_from}
        self._looked_from |= looked_from.keys()
        for work, candidates in self._candidates(looked_from.values(), besides).items():
            self._learn({work, *candidates})
            found |= {other for other in candidates - found if self._match(work, other)}
        return found

    def _candidates(self, works: Collection[int], besides: Collection[int]) -> dict[int, set[int]]:
        """Of each work, the others with which it shares a candidate key."""
        found: dict[int, set[int]] = {}
        for row in rows_of(self._connection, _SHARING, _ONE.document_work_id, works):
            if row.other not in besides:
                found.setdefault(row.document_work_id, set()).add(row.other)
        return found

    def _learn(self, works: Collection[int]) -> None:
        unknown = [work for work in works if work not in self._contents]
        for row in rows_of(self._connection, _ITEMS, tables.document_works.c.id, unknown):
            said = self._contents[row.id] = content(row.item)
            if said not in self._records:
                self._records[said] = record.record_of(row.item, said)

    def _match(self, work: int, other: int) -> bool:
        one, two = sorted((self._contents[work], self._contents[other]))
        if (one, two) not in self._verdicts:
            probability = comparison.match_probability(self._records[one], self._records[two])
            self._verdicts[one, two] = probability >= weights.SAME
        return self._verdicts[one, two]


class _Joined:
    """What holds works of documents together besides matches: the groups they are in, and decisions."""

    def __init__(self, connection: Connection, constraints: Constraints | None) -> None:
        self._connection = connection
        self._blocks_of: dict[int, set[int]] = {}
        self._wholes_in: dict[int, set[int]] = {}
        if constraints is not None:
            self._read_blocks(constraints)

    def companions(self, works: Collection[int]) -> set[int]:
        """All that were grouped with `works`, by the machine or in the end, and all that a decision puts with them."""
        by_machine = self._groupmates(works, tables.machine_keys.c.citation_key_id)
        parts = tables.work_parts.c
        units = {row.document_work_id for row in rows_of(self._connection, _PARTS, parts.whole_id, works)}
        in_the_end = self._groupmates({*works, *units}, tables.memberships.c.work_id)
        decided = {
            other for work in works for block in self._blocks_of.get(work, ()) for other in self._wholes_in[block]
        }
        return by_machine | self._wholes(in_the_end) | decided

    def _groupmates(self, works: Collection[int], group: Column[int]) -> set[int]:
        member = group.table.c.document_work_id
        groups = {row[0] for row in rows_of(self._connection, _selected(group), member, works)}
        return {row[0] for row in rows_of(self._connection, _selected(member), group, groups)}

    def _wholes(self, works: Collection[int]) -> set[int]:
        parts = tables.work_parts.c
        rows = rows_of(self._connection, _WHOLES, parts.document_work_id, works)
        whole_of = {row.document_work_id: row.whole_id for row in rows}
        return {whole_of.get(work, work) for work in works}

    def _read_blocks(self, constraints: Constraints) -> None:
        cited, parts = tables.citation_works.c, tables.work_parts.c
        query = select(cited.citation_id, cited.position, cited.document_work_id, parts.whole_id).join(
            tables.work_parts, parts.document_work_id == cited.document_work_id, isouter=True
        )
        citations = {mention.citation for mention in constraints.block}
        for row in rows_of(self._connection, query, cited.citation_id, citations):
            block = constraints.block.get(Mention(row.citation_id, row.position))
            if block is not None:
                whole = row.whole_id if row.whole_id is not None else row.document_work_id
                self._blocks_of.setdefault(whole, set()).add(block)
                self._wholes_in.setdefault(block, set()).add(whole)


@cache
def _selected(column: Column[int]) -> Select[Any]:
    return select(column)


def content(item: Item) -> str:
    """An item as a text that depends on what it says alone."""
    return _ORDERED.encode(item)
