"""Composition: a document through all stages, a string through the reading stage, a store that reads documents."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from citekit import citations, notes, readers, resolution
from citekit.model import Citation, Document, Extraction

if TYPE_CHECKING:
    from citekit.readers import PageRanges
    from citekit.store import Store

__all__ = ["extract", "extract_document", "open_store", "parse"]


def extract(
    path: str | os.PathLike[str],
    *,
    pages: PageRanges | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Extraction:
    """Find every note and citation of a document, and lead each citation to the work that it means.

    The document alone is consulted: no store, no authority file, no network.

    Args:
        path: the file.
        pages: only these pages of a PDF (`citekit.PageRanges.parse("10-40")`).
        progress: called before each page of a PDF with its place among those to be read and their number.

    Raises:
        ReadError: when the document cannot be read, or its format is not supported.
    """
    return extract_document(readers.read(path, pages=pages, progress=progress))


def extract_document(document: Document) -> Extraction:
    """The same for a document that was read already."""
    found = notes.find_notes(document)
    read = citations.read_citations(document, found.notes)
    resolved = resolution.resolve(document, found.notes, read)
    return Extraction(
        document=document,
        notes=found.notes,
        markers_without_note=found.markers_without_note,
        citations=resolved.citations,
        works=resolved.works,
        diagnostics=(*document.diagnostics, *found.diagnostics, *resolved.diagnostics),
    )


def parse(text: str) -> tuple[Citation, ...]:
    """Read one citation string (or a note with several); spans are offsets into `text`."""
    return citations.parse(readers.from_text(text))


def open_store(path: str | os.PathLike[str], *, create: bool = True) -> Store:
    """Open a reference store whose `add` reads documents with `extract`.

    Args:
        path: the SQLite file.
        create: make the store when there is none.

    Raises:
        StoreError: when there is no store and `create` is False, or it cannot be opened.
    """
    from citekit.store import Store

    return Store(path, extract=extract, create=create)
