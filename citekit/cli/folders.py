"""The files that a command is to read, where some of what was named are folders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citekit.readers import PassedOver

__all__ = ["Asked", "expanded"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user named.

    Attributes:
        documents: all files, in order: those that were named, whatever they are, and the documents in folders.
        folders: how many of what was named are folders.
        passed_over: what is in the folders and is not read.
        unreadable: a line for each folder that could not be listed, or that holds no document.
    """

    documents: tuple[str, ...]
    folders: int
    passed_over: tuple[PassedOver, ...]
    unreadable: tuple[str, ...]


def expanded(named: Iterable[str]) -> Asked:
    """All files that are meant, folders opened."""
    documents: list[str] = []
    unreadable: list[str] = []
    passed_over: list[PassedOver] = []
    folders = 0
    for name in named:
        if not _is_folder(name):
            documents.append(name)
            continue
        from citekit.errors import ReadError
        from citekit.readers import documents_in

        folders += 1
        try:
            found = documents_in(name)
        except ReadError as error:
            unreadable.append(str(error))
            continue
        if not found.documents and not found.unreadable:
            unreadable.append(f"{name}: holds no document that citekit reads; name another folder, or the files in it")
        documents += found.documents
        unreadable += found.unreadable
        passed_over += found.passed_over
    return Asked(tuple(documents), folders, tuple(passed_over), tuple(unreadable))


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except ValueError:  # a name with NUL, which no file has
        return False
