"""Where the notes at the foot of a page begin: told from the body by their size, a rule, their labels, the sequence.

The Chicago Manual of Style (14.24, 14.37–39) and DIN 5008 have notes at the foot set smaller, each begun by its
number, parted from the text by space or a short rule, and a long one carried over to the foot of the next page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from citekit.readers.pdf.glyphs import Rule
from citekit.readers.pdf.lines import PrintedLine

__all__ = ["Galley", "feet_of"]

_SMALLER = 0.96  # the largest share of the body's size that notes are set in
_ALIKE = 0.6  # points by which the sizes of two lines of notes differ at most
_GAP = 1.35  # times the usual distance of two lines: they are set apart
_LABEL = re.compile(r"[\[(]?(\d{1,4})[\])]?[.:]?(?:\s|(?=[^\W\d_a-zß-öø-ÿ]|[“«„‘\"'(\[]))|[*∗†‡§¶]{1,4}\)?\s?\S")


_SOME_TEXT = 2  # lines
_ROUNDING = 0.15  # points
_SAME_LENGTH = 3.0  # points
_IMPRINT = re.compile(r"©|\bISSN\b|\bISBN\b|\bCopyright\b|\bCreative Commons\b|\bCC[ -]BY\b")


@dataclass(frozen=True, slots=True)
class Galley:
    """The lines of one column without furniture.

    Attributes:
        page: the number of its page.
        lines: from its head to its foot.
        rules: those of its page.
        last: no other column stands under it.
        under: it stands under a column of the text: notes are set in two columns under a text in one.
    """

    page: int
    lines: Sequence[PrintedLine]
    rules: Sequence[Rule]
    last: bool
    under: bool = False


def feet_of(galleys: Sequence[Galley]) -> list[tuple[int, int]]:
    """For each galley the place of its first line that belongs to the notes, and of the first behind them.

    Both are its length where it has none.
    """
    body = _body_size(galleys)
    note_size = _note_size(galleys, body)
    feet: list[tuple[int, int]] = []
    open_page: int | None = None  # the last page whose notes can go on
    number = 0
    ruled_by: Rule | None = None  # the rule above the last notes that stood under one
    for galley in galleys:
        start = len(galley.lines)
        if galley.last and galley.lines:
            goes_on = open_page is not None and galley.page - open_page <= 1
            under = _under_rule(galley)
            start = _foot(galley, body, note_size, goes_on=goes_on, number=number)
            if start == len(galley.lines) and goes_on and under and under[0] > 0 and _alike(under[1], ruled_by):
                start = under[0]  # a note that goes on, as large as the text, under the rule of all others
        end = _foot_end(galley.lines, start, note_size)
        feet.append((start, end))
        if start < end:
            open_page = galley.page
            if galley.last and under and start == under[0]:
                ruled_by = under[1]
            values = [value for line in galley.lines[start:end] if (value := _label_value(line))]
            number = max(values[-1:], default=number)
    return feet


def _body_size(galleys: Sequence[Galley]) -> float:
    sizes: Counter[float] = Counter()
    for galley in galleys:
        for line in galley.lines:
            sizes[round(line.size, 1)] += len(line.words)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _note_size(galleys: Sequence[Galley], body: float) -> float | None:
    """The size in which most labels at the feet of pages begin a line; None where no foot is set smaller."""
    sizes: Counter[float] = Counter()
    for galley in galleys:
        start = _small_from(galley.lines, body)
        if galley.last and (start > 0 or galley.under):
            sizes.update(round(line.size, 1) for line in galley.lines[start:] if _labelled(line))
    if not sizes:
        return None
    return sizes.most_common(1)[0][0]


def _small_from(lines: Sequence[PrintedLine], body: float) -> int:
    start = len(lines)
    while start and lines[start - 1].size <= _SMALLER * body:
        start -= 1
    return start


def _labelled(line: PrintedLine) -> bool:
    return bool(_LABEL.match(line.words.lstrip())) or _raised_label(line)


def _raised_label(line: PrintedLine) -> bool:
    first = next((place for place, glyph in enumerate(line.glyphs) if glyph.size), None)
    return first in line.raised


def _label_value(line: PrintedLine) -> int | None:
    if _raised_label(line):
        digits = ""
        for place, glyph in enumerate(line.glyphs):
            if place not in line.raised or not glyph.text.isdecimal():
                break
            digits += glyph.text
        return int(digits) if 0 < len(digits) <= 4 else None
    found = _LABEL.match(line.words.lstrip())
    return int(found[1]) if found and found[1] else None


def _foot(galley: Galley, body: float, note_size: float | None, *, goes_on: bool, number: int) -> int:
    """The place of the first line of a galley's notes, its length where it has none."""
    lines = galley.lines
    ruled = (_under_rule(galley) or (len(lines), None))[0]
    if note_size is None:
        return ruled if ruled > 0 and _labelled_at(lines, ruled) else len(lines)
    small = len(lines)
    while small and lines[small - 1].size <= _SMALLER * body and abs(lines[small - 1].size - note_size) <= _ALIKE:
        small -= 1
    if small == len(lines):
        return len(lines)
    labels = [place for place in range(small, len(lines)) if _labelled(lines[place])]
    if (
        small == 0
        and not galley.under
        and not (goes_on and any(_label_value(lines[place]) == number + 1 for place in labels))
    ):
        return len(lines)  # a page set small throughout: a bibliography, endnotes, an appendix
    if small <= ruled < len(lines) and (_labelled_at(lines, ruled) or goes_on):
        return ruled
    if not labels:
        return small if goes_on and (galley.under or _below_text(lines, small, body)) else len(lines)
    if labels[0] == small:
        return small
    if (
        goes_on
        and (galley.under or _below_text(lines, small, body))
        and not any(_apart(lines, place) for place in range(small + 1, labels[0] + 1))
    ):
        return small
    return labels[0]


def _foot_end(lines: Sequence[PrintedLine], start: int, note_size: float | None) -> int:
    """The place behind the last line of the notes: an imprint set apart under them belongs to the page."""
    for place in range(len(lines) - 1, start, -1):
        if _apart(lines, place) and not _labelled(lines[place]):
            other = note_size is not None and abs(lines[place].size - note_size) > _ROUNDING
            if other or any(_IMPRINT.search(line.words) for line in lines[place:]):
                return place
    return len(lines)


def _labelled_at(lines: Sequence[PrintedLine], place: int) -> bool:
    return place < len(lines) and _labelled(lines[place])


def _below_text(lines: Sequence[PrintedLine], place: int, body: float) -> bool:
    """Whether the lines above `place` are text, and it stands apart from them: not what follows a heading."""
    text = sum(abs(line.size - body) <= _ROUNDING for line in lines[:place])
    return text >= _SOME_TEXT and lines[place - 1].size <= body + _ROUNDING and _apart(lines, place)


def _under_rule(galley: Galley) -> tuple[int, Rule] | None:
    """The place of the first line under the lowest rule of the column that has lines under it, and that rule."""
    lines = galley.lines
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    for rule in sorted(galley.rules, key=lambda rule: -rule.y):
        if rule.right < left or rule.left > right:
            continue
        below = next((place for place, line in enumerate(lines) if line.y - 0.5 * line.size > rule.y), len(lines))
        if 0 < below < len(lines):
            return below, rule
    return None


def _alike(rule: Rule, other: Rule | None) -> bool:
    """Whether two rules are of one length: that of a page's notes has one through a whole document."""
    return other is not None and abs((rule.right - rule.left) - (other.right - other.left)) < _SAME_LENGTH


def _apart(lines: Sequence[PrintedLine], place: int) -> bool:
    """Whether more space stands above a line than between the lines of its size."""
    if place == 0:
        return True
    size = lines[place].size
    steps = sorted(
        two.y - one.y
        for one, two in pairwise(lines)
        if abs(one.size - size) <= _ALIKE and abs(two.size - size) <= _ALIKE
    )
    usual = steps[(len(steps) - 1) // 2] if steps else 1.2 * size
    return lines[place].y - lines[place - 1].y > _GAP * usual
