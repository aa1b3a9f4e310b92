"""The documents in a folder and all folders in it, in an order that the names alone decide."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from citekit.errors import ReadError
from citekit.readers.latex_parts import parts_beside
from citekit.readers.recognition import MEDIA_TYPES, recognised

__all__ = ["FolderContents", "PassedOver", "Reason", "documents_in"]

# ".git", ".DS_Store"; "~$Chapter.docx" is what Word leaves beside a document that is open (Microsoft, "owner file").
_LEFT_BY_WORD = "~$"
_HIDDEN = (".", _LEFT_BY_WORD)


class Reason(StrEnum):
    """Why something in a folder is not read."""

    UNKNOWN_KIND = "unknown-kind"
    """Neither its name nor its bytes say that it is a document."""
    HIDDEN = "hidden"
    LINK = "link"
    """A link to another folder, or to nothing."""
    NO_FILE = "no-file"
    """A pipe, a socket, a device: reading it could wait for ever."""
    PART = "part"
    """A chapter that another LaTeX file in the folder takes in, and that is read with it."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file, folder or link that is not read.

    Attributes:
        path: beginning with the folder as it was named.
        reason: why.
    """

    path: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What is in a folder.

    Attributes:
        documents: the paths of all files that citekit can read, each beginning with the folder as it was named.
        passed_over: all else, in the same order; what is in a hidden folder, or behind a link to one, is not named.
        unreadable: a line for each folder that could not be listed.
    """

    documents: tuple[str, ...]
    passed_over: tuple[PassedOver, ...] = ()
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
    passed_over: list[PassedOver] = []
    unreadable: list[str] = []
    waiting: list[str | PassedOver] = [named]
    while waiting:
        path = waiting.pop()
        if isinstance(path, PassedOver):
            passed_over.append(path)
            continue
        if path != named and Path(path).is_file():
            if _is_document(path):
                documents.append(path)
            else:
                passed_over.append(PassedOver(path, Reason.UNKNOWN_KIND))
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
                waiting.append(PassedOver(entry.path, Reason.HIDDEN))
            elif _is_file(entry) or entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                waiting.append(PassedOver(entry.path, Reason.LINK if entry.is_symlink() else Reason.NO_FILE))
    parts = _parts_among(documents)
    passed_over += (PassedOver(path, Reason.PART) for path in documents if path in parts)
    documents = [path for path in documents if path not in parts]
    return FolderContents(tuple(documents), tuple(passed_over), tuple(unreadable))


def _parts_among(documents: Sequence[str]) -> set[str]:
    """The documents that others of them take in; of files that take in each other, none."""
    real = {os.path.realpath(path): path for path in documents if path.lower().endswith(".tex")}
    taken = {path: {real[part] for part in parts_beside(path) if part in real} for path in real.values()}
    return {part for path, parts in taken.items() for part in parts if path not in taken[part]}


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
