"""Keeping what was read in one document. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from citekit.errors import ReadError
from citekit.model import Extraction
from citekit.store import anchors, decisions, documents, grouping, machine, neighbours, records, removing
from citekit.store.report import DocumentReport, DocumentStatus

__all__ = ["check_text", "keep", "unchanged"]


def unchanged(connection: Connection, path: str, source: str, sha256: str) -> DocumentReport | None:
    """The report of a document that the store has in this very version, None where it has not."""
    known = documents.find(connection, source)
    if known is None or known.sha256 != sha256:
        return None
    notes, citations, works = documents.counts(connection, known.id)
    return DocumentReport(path, DocumentStatus.UNCHANGED, notes=notes, citations=citations, works_known=works)


def check_text(path: str, extraction: Extraction) -> None:
    """Refuse what can be read and not be kept: half of a surrogate pair, and a bibliography, which cites nothing.

    Raises:
        ReadError: naming the place of the first half, or the command for bibliographies.
    """
    if records.is_bibliography(path, extraction.document.text):
        raise ReadError(f"{path}: is a bibliography, not a document that cites; use citekit import {path}")
    try:
        extraction.document.text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{path}: character {error.start} is no Unicode character (a lone surrogate); save the document as UTF-8"
        ) from error


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
    former = machine.former_works(connection, known.id) if known else []
    gone = {work.id for work in former}
    companions = neighbours.reachable(connection, gone, decisions.constraints(connection)) - gone if gone else set()
    left = grouping.works_of(connection, gone)
    if known is not None:
        documents.remove_reading(connection, known.id)
    document = documents.store_document(connection, source, sha256, extraction, known=known, kind=kind)
    works = documents.store_reading(connection, document, extraction)
    anchored = anchors.attach(connection, document, source)
    former = former or removing.recall(connection, source)
    homes = machine.inherited_homes(former, [work.item for work in extraction.works]) | dict(own_homes or {})
    own = {work.key: work.own for work in former if work.own is not None}
    new = grouping.regroup(
        connection,
        {*companions, *works},
        homes={works[index]: home for index, home in homes.items()},
        own={works[index]: own[home] for index, home in homes.items() if home in own},
    )
    grouping.drop_empty(connection, left)
    notes, citations, cited = documents.counts(connection, document)
    return DocumentReport(
        path,
        DocumentStatus.UPDATED if known else DocumentStatus.ADDED,
        notes=notes,
        citations=citations,
        works_new=len(new),
        works_known=cited - len(new),
        orphaned=anchored.orphaned,
        diagnostics=extraction.diagnostics,
    )
