"""Writing down what the reading of a document found, and taking it out again.

Functions here take a connection with an open transaction and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert

from citekit import matching, version
from citekit.model import Citation, Extraction, Note, Work
from citekit.store import links, tables

__all__ = ["KnownDocument", "counts", "find", "remove_reading", "store_document", "store_reading"]

_DOCUMENTS = tables.documents.c
_OF_SOURCE = select(_DOCUMENTS.id, _DOCUMENTS.sha256).where(_DOCUMENTS.source == bindparam("source"))
_COUNTS = tuple(
    select(func.count()).select_from(table).where(table.c.document_id == bindparam("document"))
    for table in (tables.notes, tables.citations)
)
_WORKS = (
    select(func.count(tables.memberships.c.work_id.distinct()))
    .join(tables.document_works, tables.document_works.c.id == tables.memberships.c.document_work_id)
    .where(tables.document_works.c.document_id == bindparam("document"))
)
_LEAD_BACK = (
    update(tables.citations)
    .where(tables.citations.c.id == bindparam("citation"))
    .values(antecedent_id=bindparam("antecedent"))
)


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that the store has: its row and its version."""

    id: int
    sha256: str


def find(connection: Connection, source: str) -> KnownDocument | None:
    """The document of this source, None when the store has none."""
    row = connection.execute(_OF_SOURCE, {"source": source}).one_or_none()
    return KnownDocument(row.id, row.sha256) if row else None


def counts(connection: Connection, document: int) -> tuple[int, int, int]:
    """How many notes, citations and works the store has of a document."""
    notes, citations, works = (
        connection.execute(query, {"document": document}).scalar_one() for query in (*_COUNTS, _WORKS)
    )
    return notes, citations, works


def store_document(
    connection: Connection,
    source: str,
    sha256: str,
    extraction: Extraction,
    *,
    known: KnownDocument | None,
    kind: str = "document",
) -> int:
    """Write a document's own row, or bring it to its new version; returns its id."""
    document = extraction.document
    values = {
        "source": source,
        "sha256": sha256,
        "media_type": document.media_type,
        "encoding": document.encoding,
        "language": document.language,
        "citekit_version": version.VERSION,
        "read_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "text": document.text,
        "kind": kind,
    }
    if known is not None:
        connection.execute(update(tables.documents).where(tables.documents.c.id == known.id).values(values))
        return known.id
    return _insert(connection, tables.documents, [values])[0]


def remove_reading(connection: Connection, document: int) -> None:
    """Take out all that was read in a document; what hangs on it goes with it."""
    cited = links.cited_by(connection, document)
    for table in (tables.citations, tables.markers, tables.notes, tables.document_works):
        connection.execute(delete(table).where(table.c.document_id == document))
    links.forget_unused(connection, cited)


def store_reading(connection: Connection, document: int, extraction: Extraction) -> list[int]:
    """Write all that was read in a document; returns the ids of its works, in the extraction's order."""
    notes = [_note(document, position, note) for position, note in enumerate(extraction.notes)]
    note_ids = dict(zip((note.id for note in extraction.notes), _insert(connection, tables.notes, notes), strict=True))
    _insert_all(connection, tables.markers, _markers(document, extraction, note_ids))
    works = [_work(document, position, work) for position, work in enumerate(extraction.works)]
    work_ids = dict(
        zip((work.id for work in extraction.works), _insert(connection, tables.document_works, works), strict=True)
    )
    _insert_all(
        connection,
        tables.candidate_keys,
        (
            {"document_work_id": work_ids[work.id], "key": key}
            for work in extraction.works
            for key in sorted(matching.candidate_keys(work.item))
        ),
    )
    _store_citations(connection, document, extraction, note_ids, work_ids)
    return list(work_ids.values())


def _store_citations(
    connection: Connection,
    document: int,
    extraction: Extraction,
    note_ids: Mapping[str, int],
    work_ids: Mapping[str, int],
) -> None:
    rows = [_citation(document, position, citation, note_ids) for position, citation in enumerate(extraction.citations)]
    citation_ids = dict(
        zip(
            (citation.id for citation in extraction.citations), _insert(connection, tables.citations, rows), strict=True
        )
    )
    # An antecedent may follow its citation: a full reference given later in the document.
    led_back = [
        {"citation": citation_ids[citation.id], "antecedent": citation_ids[citation.resolution.antecedent]}
        for citation in extraction.citations
        if citation.resolution and citation.resolution.antecedent
    ]
    if led_back:
        connection.execute(_LEAD_BACK, led_back)
    _insert_all(
        connection,
        tables.citation_works,
        (
            {"citation_id": citation_ids[citation.id], "document_work_id": work_ids[work], "position": position}
            for citation in extraction.citations
            for position, work in enumerate(dict.fromkeys(citation.works))
        ),
    )
    links.store_links(connection, ((citation_ids[citation.id], citation.item) for citation in extraction.citations))


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows and return their ids, in the same order."""
    if not rows:
        return []
    return list(connection.execute(_inserting(table), [dict(row) for row in rows]).scalars())


@cache
def _inserting(table: Table) -> ReturningInsert[Any]:
    return insert(table).returning(table.c.id, sort_by_parameter_order=True)


def _insert_all(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    listed = [dict(row) for row in rows]
    if listed:
        connection.execute(insert(table), listed)


def _note(document: int, position: int, note: Note) -> dict[str, Any]:
    return {
        "document_id": document,
        "position": position,
        "name": note.id,
        "label": note.label,
        "kind": note.kind.value,
        "label_start": note.label_span.start if note.label_span else None,
        "label_end": note.label_span.end if note.label_span else None,
        "span_start": note.span.start,
        "span_end": note.span.end,
        "parts": note.parts,
        "text": note.text,
    }


def _work(document: int, position: int, work: Work) -> dict[str, Any]:
    return {
        "document_id": document,
        "position": position,
        "name": work.id,
        "item": dict(work.item),
        "incomplete": work.incomplete,
    }


def _markers(document: int, extraction: Extraction, note_ids: Mapping[str, int]) -> list[dict[str, Any]]:
    called = [(note_ids[note.id], note.label, span) for note in extraction.notes for span in note.markers]
    lost = [(None, marker.label, marker.span) for marker in extraction.markers_without_note]
    return [
        {"document_id": document, "note_id": note, "label": label, "span_start": span.start, "span_end": span.end}
        for note, label, span in (*called, *lost)
    ]


def _citation(document: int, position: int, citation: Citation, note_ids: Mapping[str, int]) -> dict[str, Any]:
    resolution = citation.resolution
    return {
        "document_id": document,
        "note_id": note_ids[citation.note] if citation.note else None,
        "position": position,
        "name": citation.id,
        "span_start": citation.span.start,
        "span_end": citation.span.end,
        "parts": citation.parts,
        "text": citation.text,
        "form": citation.form.value,
        "signal": citation.signal,
        "locator_label": citation.locator.label if citation.locator else None,
        "locator_value": citation.locator.value if citation.locator else None,
        "item": dict(citation.item),
        "field_spans": {name: list(spans) for name, spans in citation.field_spans.items()},
        "resolution_method": resolution.method if resolution else None,
        "resolution_confidence": resolution.confidence if resolution else None,
        "alternatives": list(resolution.alternatives) if resolution else None,
        "confidence": citation.confidence,
    }
