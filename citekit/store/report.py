"""What `Store.add` and `Store.remove` tell about each document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from citekit.model import Diagnostic

__all__ = ["AddReport", "DocumentReport", "DocumentStatus", "Parted", "RemovalReport"]


class DocumentStatus(StrEnum):
    """What became of a document that was to be added."""

    ADDED = "added"
    UPDATED = "updated"
    """It was in the store in another version, which it replaces."""
    UNCHANGED = "unchanged"
    """It is in the store in this very version; nothing was touched."""
    MOVED = "moved"
    """It is in the store in this very version, from a file that is gone: it is known by its new path now."""
    FAILED = "failed"
    """It could not be read; the store is as it was before."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A citation of another document that is no longer grouped as it was, because of what this one says.

    Attributes:
        document: the other document's source.
        note: the label of its first note, None where it is in no note.
        key: the key of the work that it was of.
        now: the key of the work that it is of now.
    """

    document: str
    note: str | None
    key: str
    now: str

    def to_json(self) -> dict[str, Any]:
        """One of `parted` in the object that `citekit add --json` prints."""
        return {"document": self.document, "note": self.note, "key": self.key, "now": self.now}


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was found in one document.

    Attributes:
        path: the document as the user named it.
        status: what became of it.
        error: one line, why it failed; None where it did not.
        notes: how many notes the store has of it.
        citations: how many citations the store has of it.
        works_new: how many works it cites that were not in the store before.
        works_known: how many works it cites that were.
        orphaned: how many citations that decisions are about are not in this version of it.
        moved_from: what it was known by before, where its file has moved.
        diagnostics: what the reading of it found wanting (nothing for an unchanged one, which is not read).
        parted: citations of other documents that left their work because of it.
    """

    path: str
    status: DocumentStatus
    error: str | None = None
    notes: int = 0
    citations: int = 0
    works_new: int = 0
    works_known: int = 0
    orphaned: int = 0
    moved_from: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    parted: tuple[Parted, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit add --json` prints for a document."""
        return {
            "path": self.path,
            "status": self.status.value,
            "error": self.error,
            "notes": self.notes,
            "citations": self.citations,
            "works_new": self.works_new,
            "works_known": self.works_known,
            "orphaned": self.orphaned,
            "moved_from": self.moved_from,
            "diagnostics": [diagnostic.to_json() for diagnostic in self.diagnostics],
            "parted": [each.to_json() for each in self.parted],
        }


@dataclass(frozen=True, slots=True)
class RemovalReport:
    """What went with a document that was taken out of the store.

    Attributes:
        document: its source.
        sha256: the version that the store had.
        citations: how many citations (of a bibliography: records) went.
        works: the citation keys of the works that nobody else cites; they stay reserved.
        decided: how many of the citations decisions are about; these wait for the document to come back.
    """

    document: str
    sha256: str
    citations: int
    works: tuple[str, ...]
    decided: int

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit remove --json` prints for a document."""
        return {
            "document": self.document,
            "sha256": self.sha256,
            "citations": self.citations,
            "works": list(self.works),
            "decided": self.decided,
        }


@dataclass(frozen=True, slots=True)
class AddReport:
    """What was found in all documents, in the order in which they were given."""

    documents: tuple[DocumentReport, ...]

    def of(self, status: DocumentStatus) -> tuple[DocumentReport, ...]:
        """The documents of one status."""
        return tuple(document for document in self.documents if document.status is status)

    @property
    def failed(self) -> tuple[DocumentReport, ...]:
        """The documents that could not be read."""
        return self.of(DocumentStatus.FAILED)

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit add --json` prints."""
        return {"documents": [document.to_json() for document in self.documents]}
