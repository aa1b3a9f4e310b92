"""Files that are no documents citekit reads: what each is, and what to do instead."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from citekit.errors import UnsupportedFormatError
from citekit.readers.decoding import is_wide

__all__ = ["PACKAGES", "refuse_binary"]

_TO_WORD = "save it as .docx"
_APPLE = ("a document of Pages, Numbers or Keynote", "export it as Word (File, Export To)")
PACKAGES = {
    ".pages": "this is a Pages document; export it as Word (File, Export To)",
    ".rtfd": "this is rich text with its pictures; give the file TXT.rtf in it",
}
"""Folders that a Mac shows as one document, by their endings: what each is, and what to do."""

# The first bytes of formats that people hand over by mistake, with what to do instead.
_SIGNATURES = (
    (b"\x89PNG", "an image", "run it through text recognition first"),
    (b"\xff\xd8\xff", "an image", "run it through text recognition first"),
    (b"GIF8", "an image", "run it through text recognition first"),
    (b"AT&TFORM", "a DjVu file", "convert it to PDF with its text (ddjvu, or a DjVu program)"),
    (b"\xd0\xcf\x11\xe0", "an old office document, or one with a password", f"{_TO_WORD}, without a password"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database", "give it with --store, if it is a citekit store"),
    (b"bplist00", "a property list, as Safari saves web archives", "save the page as HTML"),
)
_ZIP = b"PK\x03\x04"
_ANY_ARCHIVE = ("a zip archive or a damaged office document", "unpack it, or save it again as Word or plain text")
_PARTS = (
    (re.compile(r"Index/.{1,200}\.iwa|Index\.zip|index\.(?:xml|apxl)(?:\.gz)?"), _APPLE),
    (re.compile(r"xl/workbook\.(?:xml|bin)"), ("a spreadsheet", "save the text in it as Word or plain text")),
    (re.compile(r"ppt/presentation\.xml"), ("a file of slides", "save the text in it as Word or plain text")),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# Office documents as one file of XML: OpenDocument 1.3, part 3, 3.1.2; Microsoft's Flat OPC and Word 2003 XML.
_ONE_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,100}<\?xml[^>]{0,200}\?>.{0,300}?"
    rb'<(?:office:document[\s>]|pkg:package[\s>]|w:wordDocument[\s>]|\?mso-application\s+progid="Word)',
    re.DOTALL,
)
_GOOGLE = (".gdoc", ".gsheet", ".gslides")


def refuse_binary(content: bytes, path: str | None) -> None:
    """Raise for bytes that are no text, and for text that only stands for a document.

    Raises:
        UnsupportedFormatError: a known format that citekit does not read, or NUL bytes outside UTF-16 and UTF-32.
    """
    name = path or "the input"
    if (known := _known(content, PurePath(name).suffix.lower())) is not None:
        what, remedy = known
        raise UnsupportedFormatError(f"{name}: this is {what}, which citekit does not read; {remedy}")
    if b"\x00" in content and not is_wide(content):
        raise UnsupportedFormatError(f"{name}: this is a binary file, no text; give a document")


def _known(content: bytes, ending: str) -> tuple[str, str] | None:
    """What a file is, and what to do with it; None where it may be read."""
    if content.startswith(_ZIP):
        return _archive(content)
    if ending in _GOOGLE and content.lstrip().startswith(b"{"):
        return "a link to a Google document", "download the document as Word (File, Download)"
    if _ONE_XML.match(content[:2000]):
        return "an office document as one XML file", f"{_TO_WORD} or .odt"
    return next(((what, remedy) for sign, what, remedy in _SIGNATURES if content.startswith(sign)), None)


def _archive(content: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return _ANY_ARCHIVE
    for part, told in _PARTS:
        if any(part.fullmatch(name) for name in names):
            return told
    if (kind := content[:200].partition(_OPEN_DOCUMENT)[2]) and not kind.startswith(b"text"):
        return "an OpenDocument file that is no text", "save the text in it as .odt or plain text"
    return _ANY_ARCHIVE
