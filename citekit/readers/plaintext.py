"""Plain text: the decoded file, untouched, and its page breaks."""

from __future__ import annotations

import hashlib
import re

from citekit.model import Diagnostic, Document, Hint, HintKind, Item, KeyedCitation, Severity, Span
from citekit.readers.decoding import decode
from citekit.readers.language import main_language
from citekit.readers.refusing import refuse_binary

__all__ = ["document_of", "page_breaks", "read_plaintext"]

_FORM_FEED = re.compile("\f")


def read_plaintext(content: bytes, path: str | None) -> Document:
    """A plain text file as a document; form feeds become page-break hints.

    Raises:
        UnsupportedFormatError: the bytes are no text.
    """
    refuse_binary(content, path)
    decoded = decode(content)
    return document_of(
        decoded.text,
        path=path,
        media_type="text/plain",
        encoding=decoded.encoding,
        sha256=hashlib.sha256(content).hexdigest(),
        hints=page_breaks(decoded.text),
        diagnostics=decoded.diagnostics,
    )


def document_of(
    text: str,
    *,
    path: str | None,
    media_type: str,
    encoding: str | None,
    sha256: str,
    hints: tuple[Hint, ...],
    diagnostics: tuple[Diagnostic, ...] = (),
    keyed: tuple[KeyedCitation, ...] = (),
    bibliographies: tuple[str, ...] = (),
    described: Item | None = None,
) -> Document:
    """A document of `text`: its language found, and reported when there is nothing in it."""
    if not text.strip():
        empty = Diagnostic(Severity.WARNING, "document-empty", "there are no words in it; check how it was saved")
        diagnostics = (*diagnostics, empty)
    return Document(
        text=text,
        path=path,
        media_type=media_type,
        encoding=encoding,
        language=main_language(text),
        sha256=sha256,
        hints=hints,
        diagnostics=diagnostics,
        keyed=keyed,
        bibliographies=bibliographies,
        described=described or {},
    )


def page_breaks(text: str) -> tuple[Hint, ...]:
    """A hint for each form feed, the page break of plain text (pdftotext writes one behind each page)."""
    return tuple(Hint(HintKind.PAGE_BREAK, Span(*found.span())) for found in _FORM_FEED.finditer(text))
