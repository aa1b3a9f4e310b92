"""Which format a file is in: by its first bytes where they are plain, else by its name.

A wrong extension is common (a Word file saved as .doc, a web page without any); what a file holds decides.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

__all__ = ["MEDIA_TYPES", "media_type_of"]

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
    ".pdf": "application/pdf",
    ".epub": _EPUB,
    ".rtf": _RTF,
    **dict.fromkeys((".tex", ".latex", ".ltx"), "application/x-latex"),
    **dict.fromkeys((".wiki", ".mediawiki"), "text/x-wiki"),
    ".rst": "text/x-rst",
}
"""File name extension, in small letters → media type; any other name is taken for plain text."""

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE
)
_WORDS_OF_PAGES = ("text/plain", "application/xml", _RTF, _DOCX)


def media_type_of(content: bytes, path: str | None) -> str:
    """The IANA media type of a file, "text/plain" where nothing says more.

    Args:
        content: the file's bytes.
        path: its name, if it has one.
    """
    named = MEDIA_TYPES.get(PurePath(path).suffix.lower(), "text/plain") if path else "text/plain"
    if content.startswith(b"PK\x03\x04"):
        return _archive_type(content) or named
    if content.startswith(b"{\\rtf"):
        return _RTF
    if named in _WORDS_OF_PAGES and _PAGE.match(content[:1000]):
        return "text/html"
    return named


def _archive_type(content: bytes) -> str | None:
    """What an archive says that it is: the first member of OpenDocument and EPUB, the parts of a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    declared = member.read(100).decode("ascii", "replace").strip()
                return declared if declared in (_ODT, _EPUB) else None
            return _DOCX if "word/document.xml" in names else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, KeyError):
        return None
