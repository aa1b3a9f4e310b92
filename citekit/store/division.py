"""Works of one document that the user told apart: its citations in parts, each of them a row of document_works.

What the document was read to say stays: the whole keeps its row, its item and its candidate keys, and gets its
citations back when the decision is undone. Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from citekit import matching
from citekit.model import Form, Item
from citekit.store import tables
from citekit.store.constraints import Constraints, JoinedBlocks, Mention
from citekit.store.machine import Member
from citekit.store.rows import rows_of

__all__ = ["divide", "parts_of", "wholes_of"]

_PARTS = select(tables.work_parts)
_IN_ORDER = select(tables.work_parts).order_by(tables.work_parts.c.document_work_id)


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation of a work of its document."""

    citation: int
    place: int
    holder: int  # the whole or the part that has it
    whole: int
    antecedent: int | None
    form: Form
    item: Item

    @property
    def mention(self) -> Mention:
        return Mention(self.citation, self.place)


def parts_of(connection: Connection, wholes: Collection[int]) -> dict[int, list[int]]:
    """The parts of those of `wholes` that are divided."""
    parts = tables.work_parts.c
    found: dict[int, list[int]] = {}
    for row in rows_of(connection, _IN_ORDER, parts.whole_id, wholes):
        found.setdefault(row.whole_id, []).append(row.document_work_id)
    return found


def wholes_of(connection: Connection, works: Collection[int]) -> set[int]:
    """`works` (of documents), with the whole instead of each part."""
    parts = tables.work_parts.c
    whole = {row.document_work_id: row.whole_id for row in rows_of(connection, _PARTS, parts.document_work_id, works)}
    return {whole.get(work, work) for work in works}


def divide(
    connection: Connection, wholes: Mapping[int, Member], constraints: Constraints | None
) -> JoinedBlocks | None:
    """Divide those of `wholes` whose citations may not be together, and make the others whole again.

    Returns:
        The blocks as the undivided rest of the documents' readings puts them together; None without constraints.
    """
    divided = parts_of(connection, wholes)
    if constraints is None:
        for whole, parts in divided.items():
            _make_whole(connection, whole, parts)
        return None
    joined = JoinedBlocks(constraints)
    demanded = _anchored(connection, wholes, divided, constraints)
    cited = _cited(connection, {*divided, *demanded})
    # In an order that does not depend on that of adding: which of two readings gives way must not, either.
    for whole in sorted({*divided, *demanded}, key=lambda whole: (wholes[whole].source, wholes[whole].position)):
        mentions = cited.get(whole, [])
        wanted = _parts(mentions, constraints, joined)
        present: dict[int, list[_Cited]] = {}
        for mention in mentions:
            present.setdefault(mention.holder, []).append(mention)
        if whole in divided and (len(wanted) < 2 or _sets(present.values()) != _sets(wanted)):
            _make_whole(connection, whole, divided[whole])
            present = {whole: mentions}
        if len(wanted) > 1 and whole in present:
            _make_parts(connection, whole, wanted)
    return joined


def _sets(parts: Collection[Sequence[_Cited]]) -> set[frozenset[Mention]]:
    return {frozenset(cited.mention for cited in part) for part in parts}


def _anchored(
    connection: Connection, wholes: Collection[int], divided: Mapping[int, Sequence[int]], constraints: Constraints
) -> set[int]:
    """Those of `wholes` that have citations of two blocks: nothing else can need division."""
    cited = tables.citation_works.c
    whole_of = {part: whole for whole, parts in divided.items() for part in parts}
    blocks: dict[int, set[int]] = {}
    for row in rows_of(connection, select(tables.citation_works), cited.document_work_id, {*wholes, *whole_of}):
        block = constraints.block.get(Mention(row.citation_id, row.position))
        if block is not None:
            blocks.setdefault(whole_of.get(row.document_work_id, row.document_work_id), set()).add(block)
    return {whole for whole, found in blocks.items() if len(found) > 1}


def _parts(mentions: Sequence[_Cited], constraints: Constraints, joined: JoinedBlocks) -> list[list[_Cited]]:
    """Citations (in document order) in as few parts as the blocks allow, the first part of the first citation first.

    Blocks that do not exclude each other stay together, as the document was read. A citation without block goes with
    its antecedent; where there is none, with the largest part.
    """
    parts: list[int] = []
    part_of: dict[int, int] = {}
    for cited in mentions:
        block = constraints.block.get(cited.mention)
        if block is None:
            continue
        home = next((index for index, first in enumerate(parts) if joined.join(first, block)), None)
        if home is None:
            home = len(parts)
            parts.append(block)
        part_of[cited.citation] = home
    if len(parts) < 2:
        return []
    counts = [list(part_of.values()).count(index) for index in range(len(parts))]
    largest = counts.index(max(counts))
    antecedents = {cited.citation: cited.antecedent for cited in mentions}
    for cited in mentions:
        if cited.citation not in part_of:
            part_of[cited.citation] = _inherited(cited.citation, antecedents, part_of, largest)
    return [[cited for cited in mentions if part_of[cited.citation] == index] for index in range(len(parts))]


def _inherited(citation: int, antecedents: Mapping[int, int | None], part_of: Mapping[int, int], largest: int) -> int:
    seen = {citation}
    place = antecedents.get(citation)
    while place is not None and place not in seen:
        if place in part_of:
            return part_of[place]
        seen.add(place)
        place = antecedents.get(place)
    return largest


def _make_whole(connection: Connection, whole: int, parts: Sequence[int]) -> None:
    """Give a whole its citations back; its parts go, and their memberships with them."""
    cited, works = tables.citation_works, tables.document_works
    connection.execute(update(cited).where(cited.c.document_work_id.in_(parts)).values(document_work_id=whole))
    connection.execute(delete(works).where(works.c.id.in_(parts)))


def _make_parts(connection: Connection, whole: int, parts: Sequence[Sequence[_Cited]]) -> None:
    works, cited = tables.document_works, tables.citation_works
    row = connection.execute(select(works).where(works.c.id == whole)).one()
    last = connection.execute(
        select(func.max(works.c.position)).where(works.c.document_id == row.document_id)
    ).scalar_one()
    for index, part in enumerate(parts):
        full = [mention.item for mention in part if mention.form is Form.FULL and mention.item]
        values = {
            "document_id": row.document_id,
            "position": last + 1 + index,
            "name": f"{row.name}.{index + 1}",
            "item": matching.merge(full) if full else dict(row.item),
            "incomplete": row.incomplete,
        }
        number = connection.execute(insert(works).returning(works.c.id), values).scalar_one()
        connection.execute(insert(tables.work_parts), {"document_work_id": number, "whole_id": whole})
        connection.execute(
            update(cited)
            .where(cited.c.document_work_id == whole, cited.c.citation_id == bindparam("citation"))
            .values(document_work_id=number),
            [{"citation": mention.citation} for mention in part],
        )
    memberships = tables.memberships
    connection.execute(delete(memberships).where(memberships.c.document_work_id == whole))


def _cited(connection: Connection, wholes: Collection[int]) -> dict[int, list[_Cited]]:
    """The citations of wholes, divided or not, in document order."""
    cited, citations = tables.citation_works.c, tables.citations.c
    whole_of = {part: whole for whole, parts in parts_of(connection, wholes).items() for part in parts}
    query = select(
        cited.citation_id,
        cited.position.label("place"),
        cited.document_work_id,
        citations.position,
        citations.antecedent_id,
        citations.form,
        citations.item,
    ).join(tables.citations, citations.id == cited.citation_id)
    found: dict[int, list[Any]] = {}
    for row in rows_of(connection, query, cited.document_work_id, {*wholes, *whole_of}):
        found.setdefault(whole_of.get(row.document_work_id, row.document_work_id), []).append(row)
    return {
        whole: [
            _Cited(
                row.citation_id,
                row.place,
                row.document_work_id,
                whole,
                row.antecedent_id,
                Form(row.form),
                row.item,
            )
            for row in sorted(rows, key=lambda row: (row.position, row.place))
        ]
        for whole, rows in found.items()
    }
