"""How works belong together, as it was derived (`citekit.store.relations`); reading it loads no matcher."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, case, func, select

from citekit.store import tables
from citekit.store.search_tables import relations

__all__ = ["Relation", "RelationKind", "all_relations", "relations_of"]


class RelationKind(StrEnum):
    """What one work is of another."""

    PART_OF = "part-of"
    TRANSLATION_OF = "translation-of"
    EDITION_OF = "edition-of"
    REVIEW_OF = "review-of"
    REPRINT_OF = "reprint-of"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of one work to another.

    Attributes:
        kind: what the first is of the second.
        work: key of the first.
        target: key of the second.
        confidence: 0 to 1.
        document: where it is stated.
        note: label of the note.
        text: the citation that states it.
    """

    kind: RelationKind
    work: str
    target: str
    confidence: float
    document: str
    note: str | None
    text: str

    def to_json(self) -> dict[str, Any]:
        """Part of what `citekit show --json` prints."""
        return {
            "kind": self.kind.value,
            "work": self.work,
            "target": self.target,
            "confidence": round(self.confidence, 3),
            "document": self.document,
            "note": self.note,
            "text": self.text,
        }


def relations_of(connection: Connection, work: int) -> tuple[Relation, ...]:
    """The relations of a work to others, and of others to it, each once with its surest evidence."""
    return _read(connection, (relations.c.work_id == work) | (relations.c.target_id == work))


def all_relations(connection: Connection) -> tuple[Relation, ...]:
    """All relations of the store, each once with its surest evidence."""
    return _read(connection, relations.c.work_id.is_not(None))


def _read(connection: Connection, which: Any) -> tuple[Relation, ...]:
    work, target = tables.works.alias("work"), tables.works.alias("target")
    key, target_key = tables.citation_keys.alias("key"), tables.citation_keys.alias("target_key")
    citations, notes, documents = tables.citations.c, tables.notes.c, tables.documents.c
    order = case({kind.value: place for place, kind in enumerate(RelationKind)}, value=relations.c.kind)
    rows = connection.execute(
        select(
            relations.c.kind, key.c.key.label("work"), target_key.c.key.label("target"), relations.c.confidence,
            documents.source, notes.label, citations.text,
            func.row_number().over(
                partition_by=(relations.c.work_id, relations.c.kind, relations.c.target_id),
                order_by=(relations.c.confidence.desc(), relations.c.citation_id),
            ).label("place"),
        )
        .join(work, work.c.id == relations.c.work_id)
        .join(target, target.c.id == relations.c.target_id)
        .join(key, key.c.id == work.c.citation_key_id)
        .join(target_key, target_key.c.id == target.c.citation_key_id)
        .join(tables.citations, citations.id == relations.c.citation_id)
        .join(tables.documents, documents.id == citations.document_id)
        .join(tables.notes, notes.id == citations.note_id, isouter=True)
        .where(which)
        .order_by(order, key.c.key, target_key.c.key)
    )  # fmt: skip
    return tuple(
        Relation(RelationKind(row.kind), row.work, row.target, row.confidence, row.source, row.label, row.text)
        for row in rows
        if row.place == 1
    )
