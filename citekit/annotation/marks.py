"""Spans that nest or cross, written as elements that only nest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

__all__ = ["Mark", "Writer"]


@dataclass(slots=True)
class Mark:
    """An element around a stretch of text.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        rank: which of two that overlap is the outer one: the smaller.
        open: its opening tag.
        again: the opening tag where it goes on behind an interruption; without an id, which a page has but once.
        close: its closing tag.
        tail: what is put behind its end.
    """

    start: int
    end: int
    rank: int
    open: str
    again: str
    close: str
    tail: str = ""
    begun: bool = field(default=False, init=False)
    ended: bool = field(default=False, init=False)


class Writer:
    """Writes stretches of a text, in order, with the marks that lie in them.

    Where marks cross, the inner one is closed and opened again. What a mark covers between two stretches (a page
    break, white space) is not written by it.
    """

    def __init__(self, marks: Iterable[Mark], write: Callable[[int, int], str]) -> None:
        """`write` gives the words from one offset to another as HTML."""
        self._marks = sorted((mark for mark in marks if mark.start < mark.end), key=_outer_first)
        self._write = write
        self._next = 0
        self._open_to: list[Mark] = []

    def stretch(self, start: int, end: int, limit: int | None = None) -> str:
        """The words from `start` to `end` with their marks; `limit` is where the next stretch starts."""
        limit = end if limit is None else limit
        marks = self._reaching(start, end)
        cuts = {start, end}
        for mark in marks:
            cuts.update(cut for cut in (mark.start, mark.end) if start < cut < end)
        places = sorted(cuts)
        pieces: list[str] = []
        stack: list[Mark] = []
        waiting = sorted((mark for mark in marks), key=_outer_first)
        current: list[Mark] = []
        taken = 0
        for place, following in pairwise(places):
            while taken < len(waiting) and waiting[taken].start <= place:
                current.append(waiting[taken])
                taken += 1
            current = [mark for mark in current if mark.end > place]
            self._change(stack, sorted(current, key=_nesting), place, pieces)
            pieces.append(self._write(place, following))
        self._change(stack, [], limit, pieces)
        return "".join(pieces)

    def _reaching(self, start: int, end: int) -> Sequence[Mark]:
        self._open_to = [mark for mark in self._open_to if mark.end > start]
        while self._next < len(self._marks) and self._marks[self._next].start < end:
            mark = self._marks[self._next]
            self._next += 1
            if mark.end > start:
                self._open_to.append(mark)
        return tuple(self._open_to)

    @staticmethod
    def _change(stack: list[Mark], wanted: Sequence[Mark], place: int, pieces: list[str]) -> None:
        """Close and open until exactly `wanted` are open, the outermost first."""
        common = 0
        while common < min(len(stack), len(wanted)) and stack[common] is wanted[common]:
            common += 1
        while len(stack) > common:
            mark = stack.pop()
            pieces.append(mark.close)
            if mark.end <= place and not mark.ended:
                mark.ended = True
                pieces.append(mark.tail)
        for mark in wanted[common:]:
            pieces.append(mark.again if mark.begun else mark.open)
            mark.begun = True
            stack.append(mark)


def _outer_first(mark: Mark) -> tuple[int, int, int]:
    return mark.start, mark.rank, -mark.end


def _nesting(mark: Mark) -> tuple[int, int, int]:
    return mark.rank, mark.start, -mark.end
