"""Glyphs → printed lines: what was drawn piece by piece, put together by baseline.

PDF knows no words and no lines (ISO 32000-1, 9.4): a blank is a gap between two glyphs, a line what stands on one
baseline, a superscript smaller glyphs above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from citekit.readers.pdf.glyphs import Glyph

__all__ = ["PrintedLine", "Strip", "lines_of", "strips"]

_BLANK_DRAWN = 0.06  # of the type size: a narrower gap is no blank even where the file draws one
_FALSE_BLANKS = 0.15  # share of a page's drawn blanks; a kerned pair leaves one in a hundred without room
_BLANK = 0.28  # … a wider one is a blank even where the file draws none
_KERN = 0.6  # … so far may a glyph reach back into the one before it
_STRIP_GAP = 1.1  # … a wider gap ends a strip: the gutter between two columns
_SAME_LINE = 0.25  # … baselines nearer than this are one
_RAISED_LINE = 0.75  # … so far above the baseline a superscript can stand
_SMALLER = 0.87  # a superscript's size as a share of its line's
_RAISED_ALIKE = 0.28  # of the type size: a label as large as its line is raised where it stands so far above it
_LABEL = re.compile(r"\s*(?:\d{1,4}|[*∗†‡§¶‖]{1,4}|\[\d{1,4}\])\s*\Z")
_ROUNDING = 0.1  # points


@dataclass(frozen=True)
class Strip:
    """Glyphs drawn one behind the other on a line, blanks among them as glyphs of size 0."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def words(self) -> str:
        """Its text."""
        return "".join(glyph.text for glyph in self.glyphs)

    @cached_property
    def left(self) -> float:
        """The left edge of its first glyph, in points."""
        return min(glyph.left for glyph in self.glyphs if glyph.size)

    @cached_property
    def right(self) -> float:
        """The right edge of its last glyph, in points."""
        return max(glyph.right for glyph in self.glyphs if glyph.size)

    @cached_property
    def size(self) -> float:
        """The type size of most of its glyphs, in points."""
        return _main_size(self.glyphs)

    @cached_property
    def y(self) -> float:
        """Its baseline, in points from the page's head."""
        return _baseline(self.glyphs, self.size)


@dataclass(frozen=True)
class PrintedLine:
    """A line as it is printed in its column.

    `glyphs` runs from left to right, blanks as glyphs of size 0; `raised` names the places of superscripts in it.
    """

    glyphs: tuple[Glyph, ...]
    size: float
    y: float
    left: float
    right: float
    raised: frozenset[int]

    @cached_property
    def words(self) -> str:
        """The line's text."""
        return "".join(glyph.text for glyph in self.glyphs)


def strips(glyphs: Iterable[Glyph]) -> list[Strip]:
    """The glyphs of a page as strips, in the order of drawing.

    A drawn blank counts whatever its width, unless the page draws many without any: some typesetting systems leave
    one at every place where a word might have been divided ("Ge sell schaft" for "Gesellschaft").
    """
    listed = list(glyphs)
    narrow = _BLANK_DRAWN if _false_blanks(listed) else -_KERN
    found: list[Strip] = []
    strip: list[Glyph] = []
    blank = False
    for glyph in listed:
        if not glyph.size:
            blank = True
            continue
        if strip:
            before = strip[-1]
            size = max(glyph.size, before.size)
            gap = glyph.left - before.right
            if abs(glyph.y - before.y) > _RAISED_LINE * size or not -_KERN * size < gap < _STRIP_GAP * size:
                found.append(Strip(tuple(strip)))
                strip = []
            elif gap > (narrow if blank else _BLANK) * size:
                strip.append(_blank(before, glyph))
        strip.append(glyph)
        blank = False
    if strip:
        found.append(Strip(tuple(strip)))
    return found


def _false_blanks(glyphs: list[Glyph]) -> bool:
    """Whether many of the blanks that a page draws take no room."""
    narrow = wide = 0
    for before, blank, after in zip(glyphs, glyphs[1:], glyphs[2:], strict=False):
        if before.size and after.size and blank.text == " " and abs(before.y - after.y) < _ROUNDING:
            if after.left - before.right > _BLANK_DRAWN * after.size:
                wide += 1
            else:
                narrow += 1
    return narrow > _FALSE_BLANKS * (narrow + wide)


def _blank(before: Glyph, after: Glyph) -> Glyph:
    return Glyph(" ", before.right, max(before.right, after.left), before.y, 0.0, before.italic, before.turned)


def lines_of(column: Iterable[Strip]) -> list[PrintedLine]:
    """The lines of one column, from its head to its foot."""
    ordered = sorted(column, key=lambda strip: strip.y)
    groups: list[list[Strip]] = []
    baselines: list[float] = []
    # A label as large as the words is raised by a web page's style sheet: it comes behind them, to find its line.
    for strip in sorted(ordered, key=lambda strip: (-round(strip.size, 1), _LABEL.match(strip.words) is not None)):
        place = _line_for(strip, groups, baselines)
        if place is None:
            at = bisect_left(baselines, strip.y)
            baselines.insert(at, strip.y)
            groups.insert(at, [strip])
        else:
            groups[place].append(strip)
    return [line for group in groups if (line := _joined(group)) is not None]


def _line_for(strip: Strip, groups: list[list[Strip]], baselines: list[float]) -> int | None:
    """The line, set in type at least as large, that a strip belongs to."""
    at = bisect_left(baselines, strip.y)
    best: tuple[float, int] | None = None
    for place in range(max(0, at - 2), min(len(groups), at + 3)):
        size = groups[place][0].size
        above = baselines[place] - strip.y
        small = strip.size < _SMALLER * size or (strip.size <= size and _LABEL.match(strip.words))
        reach = _RAISED_LINE if small else _SAME_LINE
        if not -_SAME_LINE * size <= above <= reach * size:
            continue
        if reach == _RAISED_LINE and above > _SAME_LINE * size and not _touches(strip, groups[place], size):
            continue
        if best is None or abs(above) < best[0]:
            best = (abs(above), place)
    return best[1] if best else None


def _touches(strip: Strip, group: list[Strip], size: float) -> bool:
    """Whether a raised strip stands right beside a strip of the line: a note's label stands a little before it."""
    return any(strip.left < other.right + size and strip.right > other.left - 1.5 * size for other in group)


def _joined(group: list[Strip]) -> PrintedLine | None:
    kept: list[Strip] = []
    for strip in sorted(group, key=lambda strip: strip.left):
        if kept and strip.left - kept[-1].left < _KERN and strip.words == kept[-1].words:
            continue  # drawn twice, to look bold
        kept.append(strip)
    glyphs: list[Glyph] = []
    for strip in kept:
        if glyphs and strip.left - glyphs[-1].right > _BLANK_DRAWN * strip.size:
            glyphs.append(_blank(glyphs[-1], strip.glyphs[0]))
        glyphs.extend(strip.glyphs)
    size = _main_size(glyphs)
    if not size:
        return None
    y = _baseline(glyphs, size)
    raised = frozenset(
        place
        for place, glyph in enumerate(glyphs)
        if glyph.size
        and y - glyph.y > (_ROUNDING if glyph.size < _SMALLER * size else _RAISED_ALIKE) * size
        and glyph.size <= size + _ROUNDING
    )
    left = min(glyph.left for glyph in glyphs)
    return PrintedLine(tuple(glyphs), size, y, left, max(glyph.right for glyph in glyphs), raised)


def _main_size(glyphs: Iterable[Glyph]) -> float:
    """The size of most glyphs, the larger of two as frequent: a word with a superscript is as large as the word."""
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs if glyph.size)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _baseline(glyphs: Iterable[Glyph], size: float) -> float:
    baselines = sorted(glyph.y for glyph in glyphs if abs(glyph.size - size) <= _ROUNDING)
    return baselines[len(baselines) // 2]
