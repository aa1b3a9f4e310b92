"""A note as its author printed it, with the works that it cites: what a citation style sets anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from citekit.model import Locator

__all__ = ["CitedWork", "Piece", "PrintedBibliography", "PrintedNote", "Unresolved"]


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A citation of a work: the `id` of its item, and the place in the work."""

    key: str
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation whose work is not known: it stays as printed."""

    text: str


Piece: TypeAlias = str | CitedWork | Unresolved


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A note: its label (None where none is printed), and the author's words and citations in their order."""

    label: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PrintedBibliography:
    """A bibliography as a file.

    Attributes:
        content: the file's bytes; of all but Word and OpenDocument text in UTF-8.
        left_out: the `id`s of the items of which the style prints nothing; no entry stands for them.
    """

    content: bytes
    left_out: tuple[str, ...] = ()
