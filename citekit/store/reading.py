"""What a store tells: its works, each with every citation of it. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from citekit.errors import NoSuchWorkError
from citekit.model import Form, Item, Locator, Span
from citekit.places import hull
from citekit.store import tables
from citekit.store.leading import find_work

__all__ = [
    "StoredCitation",
    "StoredWork",
    "all_items",
    "batch",
    "citation_ids",
    "context",
    "items_of",
    "key_of",
    "require_work",
    "work_with_key",
]

_NEAR = 60  # of 100: below, a suggestion is no help
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """One mention of a work in one document.

    Attributes:
        document: the document's path or address.
        note: label of the note it stands in, as printed; None without label, or in running text.
        note_text: the words of that note; None for a citation in running text.
        parts: its place in the document's text (`document_text` slices back); more than one over a page break.
        text: its words.
        form: how it names the work.
        locator: the place in the work.
        confidence: 0 to 1.
    """

    document: str
    note: str | None
    note_text: str | None
    parts: tuple[Span, ...]
    text: str
    form: Form
    locator: Locator | None
    confidence: float

    @property
    def span(self) -> Span:
        """The hull of its parts."""
        return hull(self.parts)

    def to_json(self) -> dict[str, Any]:
        """A work's citation in the shape of the JSON schema (docs/schema)."""
        return {
            "document": self.document,
            "note": self.note,
            "span": list(self.span),
            **({"parts": [list(part) for part in self.parts]} if len(self.parts) > 1 else {}),
            "text": self.text,
            "form": self.form.value,
            "locator": self.locator.to_json() if self.locator else None,
            "confidence": round(self.confidence, 3),
        }


@dataclass(frozen=True, slots=True)
class StoredWork:
    """A work of the store.

    Attributes:
        key: its citation key, which never changes.
        item: the CSL-JSON item merged from all documents; its `id` is the key.
        citations: all citations of it, document by document in the order of adding, each in the order of its text.
        incomplete: only short forms name it: no citation gives it in full.
    """

    key: str
    item: Item
    citations: tuple[StoredCitation, ...]
    incomplete: bool = False

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit works --json` prints."""
        return {
            "key": self.key,
            "item": dict(self.item),
            **({"incomplete": True} if self.incomplete else {}),
            "citations": [citation.to_json() for citation in self.citations],
        }


def batch(connection: Connection, *, after: str, size: int) -> list[StoredWork]:
    """The next `size` works behind the key `after`, in the order of their keys."""
    chosen = _with_key().where(tables.citation_keys.c.key > after).order_by(tables.citation_keys.c.key).limit(size)
    return _stored(connection, connection.execute(chosen).all())


def work_with_key(connection: Connection, key: str) -> StoredWork:
    """The work of this key, or the one that works of this key have become part of.

    Raises:
        NoSuchWorkError: with the nearest keys.
    """
    work = require_work(connection, key)
    return _stored(connection, connection.execute(_with_key().where(tables.works.c.id == work)).all())[0]


def require_work(connection: Connection, key: str) -> int:
    """The id of the work that `key` leads to.

    Raises:
        NoSuchWorkError: with the nearest keys.
    """
    found = find_work(connection, key)
    if found is None:
        every = connection.execute(
            select(tables.citation_keys.c.key).join(
                tables.works, tables.works.c.citation_key_id == tables.citation_keys.c.id
            )
        )
        raise NoSuchWorkError(_no_such(key, set(every.scalars())))
    return found


def key_of(connection: Connection, work: int) -> tuple[int, str]:
    """Number and words of the key that a work carries."""
    keys, works = tables.citation_keys.c, tables.works.c
    row = connection.execute(
        select(keys.id, keys.key).join(tables.works, works.citation_key_id == keys.id).where(works.id == work)
    ).one()
    return row.id, row.key


def citation_ids(connection: Connection, work: int) -> list[tuple[int, StoredCitation]]:
    """The citations of a work in the order of `StoredWork.citations`, each with its row."""
    return _citations(connection, [work]).get(work, [])


def _no_such(key: str, known: Collection[str]) -> str:
    from rapidfuzz import process

    if not known:
        return f"{key}: the store holds no work yet; add a document first"
    near = [found[0] for found in process.extract(key, sorted(known), limit=_SUGGESTIONS, score_cutoff=_NEAR)]
    remedy = f"did you mean {' or '.join(near)}?" if near else "citekit works lists the keys"
    return f"{key}: no work has this citation key; {remedy}"


def items_of(connection: Connection, works: Collection[int]) -> dict[int, dict[str, Any]]:
    """The CSL-JSON items of works (at most a few hundred) by their ids, each with its key as `id`."""
    return {row.id: _item(row) for row in connection.execute(_with_key().where(tables.works.c.id.in_(works)))}


def all_items(connection: Connection) -> list[dict[str, Any]]:
    """The CSL-JSON items of all works in the order of their keys, each with its key as `id`."""
    return [_item(row) for row in connection.execute(_with_key().order_by(tables.citation_keys.c.key))]


def context(connection: Connection, citation: StoredCitation, width: int) -> tuple[str, str]:
    """The words before and behind a citation in its document, at most `width` code points each."""
    documents = tables.documents.c
    start, end = citation.span
    first = max(0, start - width)
    # SQL counts characters from 1.
    row = connection.execute(
        select(
            func.substr(documents.text, first + 1, start - first).label("before"),
            func.substr(documents.text, end + 1, width).label("behind"),
        ).where(documents.source == citation.document)
    ).one_or_none()
    return (row.before, row.behind) if row else ("", "")


def _with_key() -> Select[Any]:
    return select(tables.works.c.id, tables.citation_keys.c.key, tables.works.c.item, tables.works.c.incomplete).join(
        tables.citation_keys, tables.citation_keys.c.id == tables.works.c.citation_key_id
    )


def _item(row: Row[Any]) -> dict[str, Any]:
    return {"id": row.key, **{name: value for name, value in row.item.items() if name != "id"}}


def _stored(connection: Connection, rows: Iterable[Row[Any]]) -> list[StoredWork]:
    listed = list(rows)
    cited = _citations(connection, [row.id for row in listed])
    return [
        StoredWork(row.key, _item(row), tuple(citation for _, citation in cited.get(row.id, ())), row.incomplete)
        for row in listed
    ]


def _citations(connection: Connection, works: Collection[int]) -> Mapping[int, list[tuple[int, StoredCitation]]]:
    """The citations of each of `works` (at most a few hundred), each with its row."""
    citations, notes, documents = tables.citations.c, tables.notes.c, tables.documents.c
    rows = connection.execute(
        select(
            tables.memberships.c.work_id,
            citations.id,
            documents.source,
            notes.label,
            notes.text.label("note_text"),
            citations.parts,
            citations.text,
            citations.form,
            citations.locator_label,
            citations.locator_value,
            citations.confidence,
        )
        .select_from(tables.memberships)
        .join(
            tables.citation_works,
            tables.citation_works.c.document_work_id == tables.memberships.c.document_work_id,
        )
        .join(tables.citations, citations.id == tables.citation_works.c.citation_id)
        .join(tables.documents, documents.id == citations.document_id)
        .join(tables.notes, notes.id == citations.note_id, isouter=True)
        .where(tables.memberships.c.work_id.in_(works))
        # The record of an imported bibliography names a work; nobody cites it there.
        .where(documents.kind == "document")
        # One citation may cite two works of its document that are one work across documents.
        .distinct()
        .order_by(citations.document_id, citations.position)
        .add_columns(citations.document_id, citations.position)
    )
    found: dict[int, list[tuple[int, StoredCitation]]] = {}
    for row in rows:
        found.setdefault(row.work_id, []).append((row.id, _citation(row)))
    return found


def _citation(row: Row[Any]) -> StoredCitation:
    return StoredCitation(
        document=row.source,
        note=row.label,
        note_text=row.note_text,
        parts=tuple(Span(start, end) for start, end in row.parts),
        text=row.text,
        form=Form(row.form),
        locator=Locator(row.locator_label, row.locator_value) if row.locator_label is not None else None,
        confidence=row.confidence,
    )
