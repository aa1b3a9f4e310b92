"""Keeping what was read in one document. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from citekit.errors import ProcessEndedError, ReadError
from citekit.model import Extraction
from citekit.store import anchors, decisions, documents, grouping, neighbours, records, succession, tables
from citekit.store.report import DocumentReport, DocumentStatus, Parted
from citekit.store.rows import rows_of

__all__ = ["has", "keep", "read", "unchanged"]


def has(connection: Connection, source: str, version: str) -> bool:
    """Whether the store has a document in this very version."""
    known = documents.find(connection, source)
    return known is not None and known.sha256 == version


def unchanged(connection: Connection, path: str, source: str, sha256: str) -> DocumentReport | None:
    """The report of a document that the store has in this very version, None where it has not."""
    known = documents.find(connection, source)
    if known is None or known.sha256 != sha256:
        return None
    notes, citations, works = documents.counts(connection, known.id)
    return DocumentReport(path, DocumentStatus.UNCHANGED, notes=notes, citations=citations, works_known=works)


def read(path: str, reading: Callable[[], Extraction]) -> Extraction:
    """What a reading finds, if it can be kept.

    One document that a fault of citekit makes unreadable, or that takes more memory than there is, does not stop the
    others: whatever the reading raises is about this document.

    Raises:
        ReadError: it could not be read; or it cannot be kept: half of a surrogate pair, or a bibliography, which cites
            nothing. The message names the place or the remedy.
        OSError: as the reading raised it.
    """
    try:
        extraction = reading()
    except (ReadError, OSError):
        raise
    except ProcessEndedError as error:
        raise ReadError(
            f"{path}: the process that read it {error}; the file is damaged, or there is too little memory: "
            "add it alone, with --jobs 1"
        ) from error
    except MemoryError as error:
        raise ReadError(f"{path}: reading it takes more memory than there is; give it in parts") from error
    except Exception as error:
        raise ReadError(
            f"{path}: unexpected trouble ({type(error).__name__}: {error}); run CITEKIT_DEBUG=1 citekit extract on it "
            "and report it"
        ) from error
    if records.is_bibliography(path, extraction.document.text):
        raise ReadError(f"{path}: is a bibliography, not a document that cites; use citekit import {path}")
    try:
        extraction.document.text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{path}: character {error.start} is no Unicode character (a lone surrogate); save the document as UTF-8"
        ) from error
    return extraction


def keep(
    connection: Connection,
    path: str,
    source: str,
    sha256: str,
    extraction: Extraction,
    *,
    kind: str = "document",
    own_homes: Mapping[int, int] | None = None,
) -> DocumentReport:
    """Write down all that was found in a document, instead of its former version where there is one.

    Args:
        connection: with an open transaction.
        path: the document as the user named it.
        source: its identity.
        sha256: its version.
        extraction: what was found.
        kind: "document", or "import" for a bibliography.
        own_homes: keys (by number) that works of it bring along, by their index in the extraction.
    """
    known = documents.find(connection, source)
    former = succession.former_version(connection, known.id) if known else succession.FormerVersion()
    gone = {work.id for work in former.works}
    companions = neighbours.reachable(connection, gone, decisions.constraints(connection)) - gone if gone else set()
    left = grouping.works_of(connection, gone)
    if known is not None:
        documents.remove_reading(connection, known.id)
    document = documents.store_document(connection, source, sha256, extraction, known=known, kind=kind)
    works = documents.store_reading(connection, document, extraction)
    anchored = anchors.attach(connection, document, source)
    items = [work.item for work in extraction.works]
    taken = succession.take_over(connection, former, document, works, items)
    homes = taken.homes | dict(own_homes or {})
    regrouped = grouping.regroup(
        connection,
        {*companions, *works},
        homes={works[index]: home for index, home in homes.items()},
        own={works[index]: own for index, own in taken.own.items()},
    )
    grouping.drop_empty(connection, left)
    succession.leave(connection, former, source, {key: works[index] for key, index in taken.heirs.items()})
    succession.returned(connection, set(homes.values()))
    notes, citations, cited = documents.counts(connection, document)
    new = len(regrouped.new & grouping.works_of(connection, set(works)))
    return DocumentReport(
        path,
        DocumentStatus.UPDATED if known else DocumentStatus.ADDED,
        notes=notes,
        citations=citations,
        works_new=new,
        works_known=cited - new,
        orphaned=anchored.orphaned,
        diagnostics=extraction.diagnostics,
        parted=_parted(connection, regrouped.parted),
    )


def _parted(connection: Connection, parted: Mapping[int, tuple[int, int]]) -> tuple[Parted, ...]:
    """Works of documents that left their work, each by the first note that cites it."""
    if not parted:
        return ()
    cited, citations, notes, documents_ = (
        tables.citation_works.c,
        tables.citations.c,
        tables.notes.c,
        tables.documents.c,
    )
    query = (
        select(cited.document_work_id, documents_.source, notes.label)
        .join(tables.citations, citations.id == cited.citation_id)
        .join(tables.documents, documents_.id == citations.document_id)
        .join(tables.notes, notes.id == citations.note_id, isouter=True)
        .order_by(documents_.source, citations.position)
    )
    first: dict[int, Row[Any]] = {}
    for row in rows_of(connection, query, cited.document_work_id, parted):
        first.setdefault(row.document_work_id, row)
    keys = tables.citation_keys.c
    numbers = {number for pair in parted.values() for number in pair}
    words = {row.id: row.key for row in rows_of(connection, select(keys.id, keys.key), keys.id, numbers)}
    found = [Parted(first[unit].source, first[unit].label, words[before], words[now])
             for unit, (before, now) in parted.items() if unit in first]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.document, each.note or "", each.key)))
