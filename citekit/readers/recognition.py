"""Which format a file is in: by its first bytes where they are plain, else by its name.

A wrong extension is common (a Word file saved as .doc, a web page without any); what a file holds decides.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import BinaryIO

__all__ = ["MEDIA_TYPES", "OFFICE_FORMATS", "PDF", "is_pdf", "media_type_of", "recognised", "source_format"]

PDF = "application/pdf"
_WEB_ARCHIVE = "multipart/related"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
_EPUB = "application/epub+zip"
_RTF = "application/rtf"
MEDIA_TYPES: dict[str, str] = {
    **dict.fromkeys((".txt", ".text"), "text/plain"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), "text/markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht"), "text/html"),
    **dict.fromkeys((".xml", ".tei", ".jats", ".nxml"), "application/xml"),
    **dict.fromkeys((".docx", ".docm"), _DOCX),
    ".odt": _ODT,
    **dict.fromkeys((".mhtml", ".mht"), _WEB_ARCHIVE),
    ".pdf": PDF,
    ".epub": _EPUB,
    ".rtf": _RTF,
    **dict.fromkeys((".tex", ".latex", ".ltx"), "application/x-latex"),
    **dict.fromkeys((".wiki", ".mediawiki"), "text/x-wiki"),
    ".rst": "text/x-rst",
}
"""File name extension, in small letters → media type; any other name is taken for plain text."""

OFFICE_FORMATS = {
    _DOCX: "docx",
    _ODT: "odt",
    _RTF: "rtf",
    "application/x-latex": "latex",
    "text/x-wiki": "mediawiki",
    "text/x-rst": "rst",
}
"""Media type → pandoc's name of the format."""

# RFC 2557, as Chrome, Edge, Firefox's extensions and old Internet Explorer save a page with its pictures.
_MESSAGE = re.compile(
    rb"(?:[A-Za-z][\w-]{1,40}:[^\n]{0,900}\n(?:[ \t][^\n]{0,900}\n){0,9}){0,20}?"
    rb"Content-Type:\s{0,4}multipart/related\b",
    re.IGNORECASE,
)
_PDF_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024  # bytes that may stand before it (ISO 32000-1, annex H, note 13)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE
)
_ZIP = b"PK\x03\x04"
_SAMPLE = 20_000  # characters
_HEAD = 4096  # bytes that a prolog with its comments takes
_PROLOG = rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]{0,300}>|<!--[^>]{0,1500}-->|<!DOCTYPE[^>\[]{0,500}>)*"
# Small letters: HTML has an element `article` too, but what begins it there is neither `front` nor `body`.
_SCHOLARLY = re.compile(
    _PROLOG + rb"<(?:(?:\w{1,20}:)?TEI(?:\.2)?[\s>]|teiCorpus[\s>]"
    rb"|article(?:\s[^>]{0,1500})?>\s{0,200}<(?:processing-meta|front|body|sub-article)[\s>])"
)
_LATEX = re.compile(r"\\(?:documentclass|documentstyle)\b|\\begin\{document\}")
_WIKI = re.compile(
    r"<ref(?: name=[^<>]{1,200})?>|\{\{\s?(?:cite (?:book|journal|web|news|encyclopedia)|sfnp?|harvnb)\s?\|", re.I
)
_WIKI_CLOSING = ("</ref>", "}}")
_PREAMBLE = 200  # lines before the class is named
_WORDS_OF_PAGES = ("text/plain", "application/xml", _RTF, _DOCX)


def media_type_of(content: bytes, path: str | None) -> str:
    """The IANA media type of a file, "text/plain" where nothing says more.

    Args:
        content: the file's bytes.
        path: its name, if it has one.
    """
    named = MEDIA_TYPES.get(PurePath(path).suffix.lower(), "text/plain") if path else "text/plain"
    if content.startswith(_ZIP):
        return _archive_type(io.BytesIO(content)) or named
    if content.startswith(b"{\\rtf"):
        return _RTF
    if _MESSAGE.match(content[:_HEAD]):
        return _WEB_ARCHIVE
    if _SCHOLARLY.match(content[:_HEAD]):
        return "application/xml"
    if named in _WORDS_OF_PAGES and _PAGE.match(content[:1000]):
        return "text/html"
    return named


def is_pdf(content: bytes) -> bool:
    """Whether bytes are those of a PDF, whatever the file is called."""
    return _PDF_HEADER in content[: _HEADER_WITHIN + len(_PDF_HEADER)]


def recognised(file: BinaryIO) -> str | None:
    """The media type that a file's bytes alone say it has, None where they say nothing; little of it is read."""
    head = file.read(_HEAD)
    if head.startswith(_ZIP):
        return _archive_type(file)
    if is_pdf(head):
        return PDF
    found = media_type_of(head, None)
    return None if found == "text/plain" else found


def source_format(text: str) -> tuple[str, str] | None:
    r"""The markup that a text is certainly written in, and the ending that a name of its kind has.

    LaTeX, where nothing but comments and commands comes before its class; a wiki's text, where it has references as
    MediaWiki writes them.
    """
    for line in text[:_SAMPLE].split("\n", _PREAMBLE)[:_PREAMBLE]:
        words = line.strip("\ufeff \t\r")
        if _LATEX.match(words):
            return "LaTeX", ".tex"
        if words and not words.startswith(("%", "\\")):
            break
    found = _WIKI.search(text)
    if found and any(text.find(sign, found.end()) >= 0 for sign in _WIKI_CLOSING):
        return "a wiki's markup", ".wiki"
    return None


def _archive_type(file: BinaryIO) -> str | None:
    """What an archive says that it is: the first member of OpenDocument and EPUB, the parts of a Word file."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    declared = member.read(100).decode("ascii", "replace").strip()
                return declared if declared in (_ODT, _EPUB) else None
            return _DOCX if "word/document.xml" in names else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, KeyError):
        return None
