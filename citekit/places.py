"""Where words stand: spans of a document's text, and rectangles on its pages (standard library alone)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Box", "Page", "Span", "hull"]


class Span(NamedTuple):
    """A half-open range `[start, end)` of code points in a document's text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """The number of code points covered."""
        return self.end - self.start


def hull(parts: tuple[Span, ...]) -> Span:
    """The smallest span that covers all `parts` (at least one, in document order)."""
    return Span(parts[0].start, parts[-1].end)


class Box(NamedTuple):
    """A rectangle on a page: the page's number in the file (from 1), lengths in points from its upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document that has pages: where its words stand in the text, and where on the page.

    Attributes:
        number: its place in the file, from 1.
        label: the number printed or declared for it ("xii", "161"), None where the file declares none.
        width: in points (1/72 inch).
        height: in points.
        span: its part of the document's text.
        starts: offset of each word (a superscript is a word of its own), rising.
        ends: offset behind each word.
        edges: left, top, right, bottom of each word, one behind the other.
    """

    number: int
    label: str | None
    width: float
    height: float
    span: Span
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)
    edges: Sequence[float] = field(repr=False)

    def boxes(self, span: Span) -> list[Box]:
        """The rectangles around the words that `span` touches, one for each printed line."""
        found: list[Box] = []
        for place in range(bisect_right(self.ends, span.start), len(self.starts)):
            if self.starts[place] >= span.end:
                break
            left, top, right, bottom = self.edges[4 * place : 4 * place + 4]
            line = found[-1] if found else None
            if line and left >= line.left and min(bottom, line.bottom) - max(top, line.top) > 0:
                found[-1] = Box(
                    self.number, line.left, min(top, line.top), max(right, line.right), max(bottom, line.bottom)
                )
            else:
                found.append(Box(self.number, left, top, right, bottom))
        return found
