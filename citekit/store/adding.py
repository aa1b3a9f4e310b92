"""Keeping what was read in one document. Functions here take a connection and never commit."""

from __future__ import annotations

from sqlalchemy import Connection

from citekit.errors import ReadError
from citekit.model import Extraction
from citekit.store import documents, grouping, neighbours
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
    """No database keeps half of a surrogate pair, which is no character.

    Raises:
        ReadError: naming the place of the first.
    """
    try:
        extraction.document.text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{path}: character {error.start} is no Unicode character (a lone surrogate); save the document as UTF-8"
        ) from error


def keep(connection: Connection, path: str, source: str, sha256: str, extraction: Extraction) -> DocumentReport:
    """Write down all that was found in a document, instead of its former version where there is one."""
    known = documents.find(connection, source)
    former = grouping.former_works(connection, known.id) if known else []
    companions = neighbours.reachable(connection, [work.id for work in former]) - {work.id for work in former}
    if known is not None:
        documents.remove_reading(connection, known.id)
    document = documents.store_document(connection, source, sha256, extraction, known=known)
    works = documents.store_reading(connection, document, extraction)
    homes = grouping.inherited_homes(former, [work.item for work in extraction.works])
    new = grouping.regroup(connection, {*companions, *works}, {works[index]: home for index, home in homes.items()})
    grouping.drop_empty(connection, {work.work for work in former})
    notes, citations, cited = documents.counts(connection, document)
    return DocumentReport(
        path,
        DocumentStatus.UPDATED if known else DocumentStatus.ADDED,
        notes=notes,
        citations=citations,
        works_new=len(new),
        works_known=cited - len(new),
        diagnostics=extraction.diagnostics,
    )
