"""Bytes → Document: one module a format.

A new format is one function `(bytes, path) -> Document` and its line in `READERS` and in `recognition.MEDIA_TYPES`.
What a format needs is loaded when a document in it is read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from citekit.errors import ReadError, UnsupportedFormatError
from citekit.model import Diagnostic, Document, Severity
from citekit.readers.folders import FolderContents, PassedOver, Reason, documents_in
from citekit.readers.page_ranges import PageRanges
from citekit.readers.plaintext import document_of, page_breaks, read_plaintext
from citekit.readers.recognition import MEDIA_TYPES, OFFICE_FORMATS, PDF, is_pdf, media_type_of, source_format
from citekit.readers.refusing import PACKAGES

__all__ = [
    "MEDIA_TYPES",
    "READERS",
    "FolderContents",
    "PageRanges",
    "PassedOver",
    "Reader",
    "Reason",
    "documents_in",
    "from_text",
    "read",
]

Reader: TypeAlias = Callable[[bytes, str | None], Document]

_GIVEN = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")  # what a shell hands over: "cat a.txt | citekit text /dev/stdin"


def _loaded(module: str, name: str, content: bytes, path: str | None, **how: str) -> Document:
    """The document that a module's function reads."""
    reader: Callable[..., Document] = getattr(import_module(f"{__name__}.{module}"), name)
    return reader(content, path, **how)


READERS: dict[str, Reader] = {
    "text/plain": read_plaintext,
    "text/markdown": partial(_loaded, "markdown", "read_markdown"),
    "text/html": partial(_loaded, "html", "read_html"),
    "application/xml": partial(_loaded, "xml", "read_xml"),
    "application/epub+zip": partial(_loaded, "epub", "read_epub"),
    "multipart/related": partial(_loaded, "web_archive", "read_web_archive"),
    PDF: partial(_loaded, "pdf", "read_pdf"),
    **{each: partial(_loaded, "office", "read_office", media_type=each) for each in OFFICE_FORMATS},
}
"""Media type → the function that reads it."""


def read(
    path: str | os.PathLike[str],
    *,
    pages: PageRanges | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """The document in a file.

    Args:
        path: the file; its first bytes or its name's extension say the format, plain text where they say nothing.
        pages: only these pages of a PDF; None for the whole document.
        progress: called before each page of a PDF with its place among those to be read and their number.

    Returns:
        The document: of plain text and Markdown the text untouched but for a byte-order mark, else the text that the
        reader made; trouble in the content is in `diagnostics`.

    Raises:
        ReadError: there is no such file, it is a folder, it may not be read, it is damaged, it is a PDF without
            text, or pages were asked for that it does not have.
        UnsupportedFormatError: citekit does not read its format, or the extra that reads it is not installed.
    """
    name = os.fspath(path)
    file = Path(name)
    try:
        if file.is_dir():
            told = PACKAGES.get(file.suffix.lower(), "this is a folder; give the files in it")
            raise ReadError(f"{name}: {told}")
        if _could_wait(file):
            raise ReadError(f"{name}: this is a pipe or a device, not a file; save what it gives, and give that")
        content = file.read_bytes()
    except FileNotFoundError as error:
        remedy = "save what it gives as a file, and give that" if name == "-" else "check the name"
        raise ReadError(f"{name}: there is no such file; {remedy}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{name}: could not be read ({reason}); check the file and its permissions") from error
    if is_pdf(content):  # a PDF is one whatever its name says
        from citekit.readers.pdf import read_pdf

        return read_pdf(content, name, pages, progress)
    media_type = media_type_of(content, name)
    if media_type == PDF:
        raise UnsupportedFormatError(f"{name}: this is no PDF, whatever its name says; check how it was saved")
    if pages is not None:
        raise ReadError(f"{name}: pages can be chosen in a PDF alone; leave --pages out")
    document = READERS[media_type](content, name)
    return _with_warning(document) if media_type in ("text/plain", "text/markdown") else document


def _could_wait(file: Path) -> bool:
    """Whether reading a file could go on for ever: a named pipe that nobody writes to, a device."""
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return False
    named = os.fspath(file)
    return not stat.S_ISREG(mode) and named != os.devnull and not named.startswith(_GIVEN)


def _with_warning(document: Document) -> Document:
    """Plain text or Markdown that is certainly another kind of markup is not read as that, and the user is told."""
    if (found := source_format(document.text)) is None:
        return document
    kind, ending = found
    message = f"this is {kind}, but its name says otherwise; give it the ending {ending} to have its notes read"
    warning = Diagnostic(Severity.WARNING, "named-otherwise", message)
    return replace(document, diagnostics=(*document.diagnostics, warning))


def from_text(text: str, *, media_type: str = "text/plain", path: str | None = None) -> Document:
    """The document of a string, taken as it is.

    Args:
        text: the words.
        media_type: "text/plain" or "text/markdown".
        path: a name for messages and output.

    Raises:
        UnsupportedFormatError: another media type.
    """
    if media_type not in ("text/plain", "text/markdown"):
        raise UnsupportedFormatError(
            f"{path or 'the text'}: {media_type} cannot be read from a string; use text/plain or text/markdown"
        )
    markup = None
    if media_type == "text/markdown":
        from citekit.readers.markdown import markdown_markup

        markup = markdown_markup(text)
    return document_of(
        text,
        path=path,
        media_type=media_type,
        encoding=None,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        hints=markup.hints if markup else page_breaks(text),
        diagnostics=markup.stated.diagnostics if markup else (),
        keyed=markup.keyed if markup else (),
        bibliographies=markup.stated.bibliographies if markup else (),
    )
