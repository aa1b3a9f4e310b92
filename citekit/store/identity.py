"""What a document is (its source) and which version of it this is (the digest of its bytes)."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from citekit.errors import ReadError, StoreError

if TYPE_CHECKING:
    from citekit.readers import PageRanges

__all__ = ["digest", "given", "is_uri", "source", "version"]

_LATEX = (".tex", ".latex", ".ltx")
# RFC 3986, section 3.1; two letters at least, so that "C:" stays a drive.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_uri(path: str) -> bool:
    """Whether `path` is an address rather than a file's name."""
    return _URI.match(path) is not None


def source(path: str) -> str:
    """The identity of a document: an address as it is, a file by its absolute path.

    Links in the folder's path are followed, so that one file has one name; a file that is itself a link is not:
    "current.md" stays one document whichever file it points to today. A path that is no Unicode (old disks have
    such) becomes a `file:` URI, which spells its bytes.

    Raises:
        ReadError: when this can be no file's name.
    """
    if is_uri(path):
        return path
    if "\0" in path:
        raise ReadError(f"{path!r}: no file has such a name; check the name")
    file = Path(path)
    absolute = str(Path(os.path.realpath(file.parent)) / file.name)  # unlike resolve(), takes links in a circle
    try:
        absolute.encode()
    except UnicodeEncodeError:
        return Path(absolute).as_uri()
    return absolute


def given(source: str, documents: int) -> str:
    """The identity that a user gave a document.

    Raises:
        StoreError: when it is for other than one document, or cannot be kept.
    """
    if documents != 1:
        raise StoreError(f"{source}: is the name of one document, and {documents} were named; add them one by one")
    name = source.strip()
    if not name or not name.isprintable():
        raise StoreError(f"{source!r}: cannot be a document's name; use letters, digits and signs that can be printed")
    return name


def digest(path: str) -> str | None:
    """The SHA-256 of a file's bytes in hexadecimal, None for an address or what cannot be read as a file.

    That of a LaTeX file is of its chapters too, as its reader takes it: nothing but them has to be read for it.
    """
    if is_uri(path):
        return None
    try:
        if Path(path).suffix.lower() in _LATEX:
            from citekit.readers.latex_parts import with_parts  # loads the readers

            content = Path(path).read_bytes()
            return hashlib.sha256(b"".join((content, *with_parts(content, path)[1]))).hexdigest()
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def version(sha256: str | None, pages: PageRanges | None) -> str | None:
    """What a version is known by: the digest of the bytes, of some pages that of the digest and their numbers."""
    if not sha256 or pages is None:
        return sha256 or None
    return hashlib.sha256(f"{sha256} pages {pages}".encode("ascii")).hexdigest()
