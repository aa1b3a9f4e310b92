"""Which lines belong to the page, not to the text: running heads, page numbers, what a library stamps on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from citekit.readers.pdf.lines import PrintedLine

__all__ = ["furniture_of"]

_EDGE = 3  # lines at a page's head and foot that are looked at
_SAME_PLACE = 3.0  # points: a running head stands at one height
_APART = 1.2  # times the usual distance of two lines
_LONGEST = 160  # characters
_MANY = 4  # pages that a line at the foot with a number in front stands on: two notes "21 Ibid." can run with two pages
_SOME_SIGNS = (
    10  # letters and figures of a line that many pages have at one height: no space need part it from the text
)
_FEW_PAGES = 3  # so few show no order; a number alone at the very edge is the page's
_FEWEST_NUMBERS = 2  # pages on which the number of a lone line goes with the page's
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|·.\[\]]*(?:[^\W\d_]{1,6}\.?\s?)?(\d{1,4}|[ivxlc]{1,7})[\s\-–—|·.\[\]]*", re.IGNORECASE
)


def furniture_of(pages: Sequence[Sequence[PrintedLine]], numbers: Sequence[int]) -> list[set[int]]:
    """For each page the places of its furniture among its lines.

    A line is furniture where its words, numbers aside, stand on another page at the same height, or where it is a
    number alone that runs with the pages.

    Args:
        pages: the lines of each page, in any order.
        numbers: the number of each page in the file.
    """
    edges = [_edge(lines) for lines in pages]
    seen: Counter[tuple[str, int, int | None]] = Counter()
    for lines, edge, number in zip(pages, edges, numbers, strict=True):
        seen.update({key for place in edge for key in _keys(lines[place], number)})
    shifts = Counter(
        int(found[1]) - number
        for lines, edge, number in zip(pages, edges, numbers, strict=True)
        for place in edge
        if (found := _PAGE_NUMBER.fullmatch(lines[place].words)) and found[1].isdecimal()
    )
    furniture: list[set[int]] = []
    for lines, edge, number in zip(pages, edges, numbers, strict=True):
        marked, certain = set(), set()
        for place in edge:
            line = lines[place]
            words = line.words.strip()
            found = _PAGE_NUMBER.fullmatch(words)
            if found and found[1].isdecimal():
                outermost = place in (edge[0], edge[-1]) and len(pages) < _FEW_PAGES
                repeated = outermost or shifts[int(found[1]) - number] >= _FEWEST_NUMBERS
            elif found and len(words) <= 8:
                repeated = True  # a Roman page number
            else:
                at_foot = place in edge[_EDGE:]
                fewest = _MANY if at_foot and words[0].isdigit() else 2
                repeated = len(words) <= _LONGEST and any(seen[key] >= fewest for key in _keys(line, number))
                if any(seen[key] >= _MANY for key in _same_keys(line, number)) and len(words) <= _LONGEST:
                    certain.add(place)
            if repeated:
                marked.add(place)
        furniture.append(_from_the_edge(lines, marked, certain))
    return furniture


def _edge(lines: Sequence[PrintedLine]) -> list[int]:
    order = sorted(range(len(lines)), key=lambda place: lines[place].y)
    return order if len(order) <= 2 * _EDGE else [*order[:_EDGE], *order[-_EDGE:]]


def _keys(line: PrintedLine, page: int) -> list[tuple[str, int, int | None]]:
    """A line as it is compared from page to page: its words, its height, and a number at its beginning.

    A number in front has to run with the pages ("112 Chen"): that of a note ("22 Ibid.") does not. Or all numbers are
    the same on each page: a browser prints the date at its head.
    """
    words = "".join(line.words.split())
    found = _NUMBER.match(words)
    shift = int(found[0]) - page if found and len(found[0]) <= 4 else None
    key = _NUMBER.sub("#", words).casefold()
    return [*((key, step, shift) for step in _steps(line)), *_same_keys(line, page)]


def _same_keys(line: PrintedLine, page: int) -> list[tuple[str, int, int | None]]:
    """A line as it is where all its numbers are the same on each page but that of the page in the file ("3/12")."""
    words = "".join(line.words.split()).casefold()
    if sum(map(str.isalnum, words)) < _SOME_SIGNS:
        return []
    without = _NUMBER.sub(lambda found: "¶" if found[0] == str(page) else found[0], words)
    return [(f"={same}", step, None) for same in {words, without} for step in _steps(line)]


def _steps(line: PrintedLine) -> tuple[int, int]:
    """The height of a line in two overlapping rasters, so that heights a hair apart share one of them."""
    return (2 * round(line.y / _SAME_PLACE), 2 * round(line.y / _SAME_PLACE + 0.5) + 1)


def _from_the_edge(lines: Sequence[PrintedLine], marked: set[int], certain: set[int]) -> set[int]:
    """Only what stands at the page's edge, apart from the text: "Ibid." as the last line of two pages is a note."""
    order = sorted(range(len(lines)), key=lambda place: lines[place].y)
    kept: set[int] = set()
    for run in (order, order[::-1]):
        inner = next((number for number, place in enumerate(run) if place not in marked), len(run))
        text = [place for place in order if place not in marked]
        while 0 < inner < len(run) and run[inner - 1] not in certain:
            if _apart(lines, text, run[inner], run[inner - 1]):
                break
            inner -= 1
        kept.update(run[:inner])
    return kept


def _apart(lines: Sequence[PrintedLine], text: list[int], inner: int, outer: int) -> bool:
    """Whether more space than between the lines of the text parts a line of it from one nearer to the edge."""
    size = round(lines[inner].size)
    steps = sorted(
        step
        for one, two in pairwise(text)
        if round(lines[one].size) == round(lines[two].size) == size
        and (step := lines[two].y - lines[one].y) > 0.5 * size
    )
    usual = steps[(len(steps) - 1) // 2] if steps else 1.2 * size
    return abs(lines[inner].y - lines[outer].y) > _APART * usual
