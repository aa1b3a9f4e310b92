"""Which pages of a document to read: "10-40", "3,7,12-"."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["PageRanges"]

_RANGE = re.compile(r"(?P<first>\d{1,6})?(?: ?(?P<dash>[-–]) ?)?(?P<last>\d{1,6})?")


@dataclass(frozen=True, slots=True)
class PageRanges:
    """Pages by their place in the file, from 1: ranges of first and last, None where the range is open."""

    ranges: tuple[tuple[int, int | None], ...]

    @classmethod
    def parse(cls, words: str) -> PageRanges:
        """The ranges that `words` name.

        Raises:
            ValueError: they name none ("ten", "40-10", "0").
        """
        ranges = []
        for piece in words.split(","):
            found = _RANGE.fullmatch(piece.strip())
            if not found or not (found["first"] or found["last"]) or (found["last"] and not found["dash"]):
                raise ValueError(f"{piece.strip()!r} is no page and no range of pages; write 10-40, or 3,7,12-")
            first = int(found["first"] or 1)
            last = None if found["dash"] and not found["last"] else int(found["last"] or first)
            if first < 1 or (last is not None and last < first):
                raise ValueError(f"{piece.strip()!r} holds no page; pages count from 1, the lower one first")
            ranges.append((first, last))
        return cls(tuple(ranges))

    def beyond(self, count: int) -> tuple[PageRanges, ...]:
        """The ranges, each by itself, that hold no page of a document with `count` pages."""
        return tuple(PageRanges(((first, last),)) for first, last in self.ranges if first > count)

    def __contains__(self, number: int) -> bool:
        return any(first <= number and (last is None or number <= last) for first, last in self.ranges)

    def __str__(self) -> str:
        return ",".join(
            str(first) if last == first else f"{first}-{'' if last is None else last}" for first, last in self.ranges
        )
