"""Which lines belong to the page, not to the text: running heads, page numbers, what a library stamps on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from citekit.readers.pdf.lines import PrintedLine

__all__ = ["furniture_of"]

_EDGE = 3  # lines at a page's head and foot that are looked at
_SAME_PLACE = 3.0  # points: a running head stands at one height
_LONGEST = 160  # characters
_FEWEST_NUMBERS = 2  # pages on which the number of a lone line goes with the page's
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\s\-–—|·.\[\]]*(?:[^\W\d_]{1,6}\.?\s?)?(\d{1,4}|[ivxlc]{1,7})[\s\-–—|·.\[\]]*", re.IGNORECASE)


def furniture_of(pages: Sequence[Sequence[PrintedLine]], numbers: Sequence[int]) -> list[set[int]]:
    """For each page the places of its furniture among its lines.

    A line is furniture where its words, numbers aside, stand on another page at the same height, or where it is a
    number alone that runs with the pages.

    Args:
        pages: the lines of each page, in any order.
        numbers: the number of each page in the file.
    """
    edges = [_edge(lines) for lines in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for lines, edge in zip(pages, edges, strict=True):
        seen.update({(_key(lines[place]), step) for place in edge for step in _steps(lines[place])})
    shifts = Counter(
        int(found[1]) - number
        for lines, edge, number in zip(pages, edges, numbers, strict=True)
        for place in edge
        if (found := _PAGE_NUMBER.fullmatch(lines[place].words)) and found[1].isdecimal()
    )
    furniture: list[set[int]] = []
    for lines, edge, number in zip(pages, edges, numbers, strict=True):
        marked = set()
        for place in edge:
            line = lines[place]
            words = line.words.strip()
            found = _PAGE_NUMBER.fullmatch(words)
            if found and found[1].isdecimal():
                repeated = shifts[int(found[1]) - number] >= _FEWEST_NUMBERS
            elif found and len(words) <= 8:
                repeated = True  # a Roman page number
            else:
                repeated = len(words) <= _LONGEST and any(seen[_key(line), step] > 1 for step in _steps(line))
            if repeated:
                marked.add(place)
        furniture.append(_from_the_edge(lines, marked))
    return furniture


def _edge(lines: Sequence[PrintedLine]) -> list[int]:
    order = sorted(range(len(lines)), key=lambda place: lines[place].y)
    return order if len(order) <= 2 * _EDGE else [*order[:_EDGE], *order[-_EDGE:]]


def _key(line: PrintedLine) -> str:
    return _NUMBER.sub("#", "".join(line.words.split())).casefold()


def _steps(line: PrintedLine) -> tuple[int, int]:
    """The height in two overlapping rasters, so that heights a hair apart share one of them."""
    return (2 * round(line.y / _SAME_PLACE), 2 * round(line.y / _SAME_PLACE + 0.5) + 1)


def _from_the_edge(lines: Sequence[PrintedLine], marked: set[int]) -> set[int]:
    """Only what no line of the text parts from the page's edge: "Ibid." at the foot of two pages is a note."""
    order = sorted(range(len(lines)), key=lambda place: lines[place].y)
    kept: set[int] = set()
    for run in (order, order[::-1]):
        for place in run:
            if place not in marked:
                break
            kept.add(place)
    return kept
