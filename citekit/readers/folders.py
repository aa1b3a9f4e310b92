"""The documents in a folder and all folders in it, in an order that the names alone decide."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from citekit.errors import ReadError
from citekit.readers.recognition import MEDIA_TYPES, recognised

__all__ = ["FolderContents", "documents_in"]

# ".git", ".DS_Store"; "~$Chapter.docx" is what Word leaves beside a document that is open (Microsoft, "owner file").
_HIDDEN = (".", "~$")


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What is in a folder.

    Attributes:
        documents: the paths of all files that citekit can read, each beginning with the folder as it was named.
        unknown: ending of the name, in small letters ("" for none) → how many files of no known kind.
        hidden: how many hidden files and folders.
        links: how many links to other folders, or to nothing; they are not followed.
        unreadable: a line for each folder that could not be listed.
    """

    documents: tuple[str, ...]
    unknown: Mapping[str, int] = field(default_factory=dict)
    hidden: int = 0
    links: int = 0
    unreadable: tuple[str, ...] = ()


def documents_in(folder: str | os.PathLike[str]) -> FolderContents:
    """All documents in `folder`, those of its folders included, by their names in the order of code points.

    A file counts as a document by the ending of its name, or because its bytes say what it is (PDF, Word,
    OpenDocument, EPUB, rich text, a web page, TEI, JATS). Links to
    files are taken for the files; links to folders are left alone, as git, find and rsync do, so that no circle of
    links is gone round and nothing outside the folder is read that was not named.

    Raises:
        ReadError: it is no folder, or cannot be listed.
    """
    named = os.fspath(folder)
    if not Path(named).is_dir():
        raise ReadError(f"{named}: there is no such folder; check the name")
    documents: list[str] = []
    unknown: Counter[str] = Counter()
    hidden = links = 0
    unreadable: list[str] = []
    waiting = [named]
    while waiting:
        path = waiting.pop()
        if path != named and Path(path).is_file():
            if _is_document(path):
                documents.append(path)
            else:
                unknown[PurePath(path).suffix.lower()] += 1
            continue
        try:
            with os.scandir(path) as entries:
                listed = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            line = f"{path}: the folder could not be listed ({error.strerror or error}); check its permissions"
            if path == named:
                raise ReadError(line) from error
            unreadable.append(line)
            continue
        for entry in listed:
            if entry.name.startswith(_HIDDEN):
                hidden += 1
            elif _is_file(entry) or entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif entry.is_symlink():
                links += 1
            else:  # a pipe, a socket, a device: reading it could wait for ever
                unknown[PurePath(entry.name).suffix.lower()] += 1
    return FolderContents(tuple(documents), dict(unknown), hidden, links, tuple(unreadable))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def _is_document(path: str) -> bool:
    if PurePath(path).suffix.lower() in MEDIA_TYPES:
        return True
    try:
        with Path(path).open("rb") as file:
            return recognised(file) is not None
    except OSError:
        return False
