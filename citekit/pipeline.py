"""Composition: a document through all stages, a string through the reading stage, a store that reads documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from citekit.model import Citation, Document, Extraction

if TYPE_CHECKING:
    from citekit.readers import PageRanges
    from citekit.store import Store

__all__ = ["extract", "extract_document", "get_ready", "open_store", "parse", "parse_all"]

_TOGETHER = 256  # strings
_TWO_CITATIONS = (
    "Salt went by water.1\n\n1 Anna Weber, Salzwege, in: Hansische Studien 3 (1922), S. 3–40; ebd., S. 12.\n"
)


def extract(
    path: str | os.PathLike[str],
    *,
    pages: PageRanges | None = None,
    bibliographies: Sequence[str | os.PathLike[str]] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Extraction:
    """Find every note and citation of a document, and lead each citation to the work that it means.

    The document alone is consulted, with the bibliography of its keys: no store, no authority file, no network.

    Args:
        path: the file.
        bibliographies: files with the works of the document's keys, in any format of `citekit.formats`; without any,
            those that it names in its own folder, or the one beside it.
        pages: only these pages of a PDF (`citekit.PageRanges.parse("10-40")`).
        progress: called before each page of a PDF with its place among those to be read and their number.

    Raises:
        ReadError: when the document cannot be read, or its format is not supported.
    """
    from citekit import readers  # `add` starts the processes that read before it loads what reads

    return extract_document(readers.read(path, pages=pages, progress=progress), bibliographies)


def extract_document(document: Document, bibliographies: Sequence[str | os.PathLike[str]] = ()) -> Extraction:
    """The same for a document that was read already."""
    from citekit import citations, notes, resolution

    if document.keyed or bibliographies:
        from citekit.bibliographies import with_works

        document = with_works(document, bibliographies)
    found = notes.find_notes(document)
    read = citations.read_citations(document, found.notes)
    resolved = resolution.resolve(document, found.notes, read)
    unread = [] if found.notes or resolved.citations else notes.unread_citations(document.text)
    return Extraction(
        document=document,
        notes=found.notes,
        markers_without_note=found.markers_without_note,
        citations=resolved.citations,
        works=resolved.works,
        diagnostics=(*document.diagnostics, *unread, *found.diagnostics, *resolved.diagnostics),
    )


def get_ready() -> None:
    """Read two citations, so that a process that is to read documents has loaded most of what that takes."""
    from citekit import readers

    extract_document(readers.from_text(_TWO_CITATIONS))


def parse(text: str) -> tuple[Citation, ...]:
    """Read one citation string (or a note with several); spans are offsets into `text`.

    Raises:
        TypeError: `text` is no string.
    """
    from citekit import citations, readers

    return citations.parse(readers.from_text(_string(text, "parse")))


def parse_all(texts: Iterable[str]) -> Iterator[tuple[Citation, ...]]:
    """Read many citation strings, each as `parse` does, in order; some are taken ahead: all are read sooner.

    Raises:
        TypeError: `texts` is a single string, or one of them is none.
    """
    if isinstance(texts, str | bytes):
        raise TypeError("parse_all: takes strings, not one; use parse, or put it into a list")
    return _parsed(iter(texts))


def _parsed(texts: Iterator[str]) -> Iterator[tuple[Citation, ...]]:
    from citekit import citations, readers

    while some := tuple(islice(texts, _TOGETHER)):
        yield from citations.parse_together([readers.from_text(_string(text, "parse_all")) for text in some])


def _string(text: object, asked: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{asked}: takes text, not {type(text).__name__}; decode bytes first, as UTF-8 mostly")
    return text


def open_store(
    path: str | os.PathLike[str], *, create: bool = True, bibliographies: Sequence[str | os.PathLike[str]] = ()
) -> Store:
    """Open a reference store whose `add` reads documents with `extract`.

    Args:
        path: the SQLite file.
        create: make the store when there is none.
        bibliographies: files with the works of the documents' keys, as in `extract`.

    Raises:
        StoreError: when there is no store and `create` is False, or it cannot be opened.
    """
    from citekit.store import Store

    return Store(path, extract=partial(extract, bibliographies=bibliographies), create=create)
