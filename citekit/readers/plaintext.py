"""Plain text: the decoded file, untouched, and its page breaks."""

from __future__ import annotations

import hashlib
import re

from citekit.errors import UnsupportedFormatError
from citekit.model import Diagnostic, Document, Hint, HintKind, Item, KeyedCitation, Severity, Span
from citekit.readers.decoding import decode
from citekit.readers.language import main_language

__all__ = ["document_of", "page_breaks", "read_plaintext", "refuse_binary"]

_FORM_FEED = re.compile("\f")
# The first bytes of formats that people hand over by mistake, with what to do instead.
_SIGNATURES = (
    (b"\x89PNG", "an image", "run it through text recognition first"),
    (b"\xff\xd8\xff", "an image", "run it through text recognition first"),
    (b"GIF8", "an image", "run it through text recognition first"),
    (b"PK\x03\x04", "a zip archive or a damaged office document", "unpack it, or save it again as Word or plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as .docx"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database", "give it with --store, if it is a citekit store"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32 are full of NUL bytes


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
        empty = Diagnostic(Severity.WARNING, "document-empty", f"{path or 'the text'}: there are no words in it")
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


def refuse_binary(content: bytes, path: str | None) -> None:
    """Raise for bytes that are no text.

    Raises:
        UnsupportedFormatError: a known binary format, or NUL bytes outside UTF-16 and UTF-32.
    """
    name = path or "the input"
    for signature, what, remedy in _SIGNATURES:
        if content.startswith(signature):
            raise UnsupportedFormatError(f"{name}: this is {what}, which citekit does not read; {remedy}")
    if b"\x00" in content and not content.startswith(_WIDE_MARKS):
        raise UnsupportedFormatError(f"{name}: this is a binary file, no text; give a document")
