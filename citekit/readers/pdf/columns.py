"""Strips → columns in reading order: the gutter is white over many lines, and a line across it parts the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from citekit.readers.pdf.lines import Strip

__all__ = ["columns_of_page"]

_FEWEST = 6  # lines on each side: fewer are a table, a caption or a dialogue
_FEWEST_NOTES = 2  # … of notes: where nothing runs across, two lines show as much
_SMALLER = 0.96  # the largest share of the body's size that notes are set in
_CROSSING = 0.4  # at most this share of the rows may run across the gutter
_BESIDE = 0.6  # at least this share of the shorter column has lines of the other beside it
_WIDE = 0.28  # each column takes at least this share of the width
_HAIR = 1.0  # points: a line that a full stop reaches so far into the gutter stays in its column
_STEPS = 40  # places between the margins at which a gutter is looked for
_MOST_NESTED = 3


def columns_of_page(strips: Sequence[Strip]) -> list[list[Strip]]:
    """The columns of a page in reading order, each as its strips; a page without gutter is one column.

    Where the text runs in one column, smaller type under it can still run in two: notes set side by side.
    """
    columns = _columns(strips)
    if len(columns) != 1:
        return columns
    sizes: Counter[float] = Counter()
    for strip in strips:
        sizes[round(strip.size, 1)] += len(strip.glyphs)
    body = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    end = max((strip.y for strip in strips if strip.size > _SMALLER * body), default=0.0)
    under = [strip for strip in strips if strip.y > end + 0.5 * strip.size]
    side_by_side = _columns(under, fewest=_FEWEST_NOTES, crossing=0.0) if under else []
    if len(side_by_side) < 2:
        return columns
    apart = {id(strip) for strip in under}
    return [[strip for strip in strips if id(strip) not in apart], *side_by_side]


def _columns(
    strips: Sequence[Strip], depth: int = 0, *, fewest: int = _FEWEST, crossing: float = _CROSSING
) -> list[list[Strip]]:
    """The columns of a part of a page in reading order."""
    if not strips:
        return []
    gutter = _gutter(strips, fewest, crossing) if depth < _MOST_NESTED else None
    if gutter is None:
        return [list(strips)]
    across = sorted((strip for strip in strips if _crosses(strip, gutter)), key=lambda strip: strip.y)
    edges = [strip.y for strip in across]
    columns: list[list[Strip]] = []
    bands: list[list[list[Strip]]] = [[[], [], []] for _ in range(len(edges) + 1)]
    for strip in strips:
        if _crosses(strip, gutter):
            continue
        band = sum(edge < strip.y - 0.3 * strip.size for edge in edges)
        bands[band][1 if strip.left + strip.right <= 2 * gutter else 2].append(strip)
    for place, line in enumerate(across):
        bands[place + 1][0].append(line)
    whole: list[Strip] = []
    for full, left, right in bands:
        whole += full
        if len(left) < 2 or len(right) < 2:  # beside nothing: a line of the text that stops before the gutter
            whole += left + right
            continue
        if whole:
            columns.append(whole)
            whole = []
        for side in (left, right):
            columns += _columns(side, depth + 1)
    if whole:
        columns.append(whole)
    return columns


def _crosses(strip: Strip, x: float) -> bool:
    return strip.left < x - _HAIR and x + _HAIR < strip.right


def _gutter(strips: Sequence[Strip], fewest: int, most_crossing: float) -> float | None:
    """Where the white between two columns runs, None where there are no two."""
    left, right = min(strip.left for strip in strips), max(strip.right for strip in strips)
    width = right - left
    best: tuple[int, float] | None = None
    for step in range(_STEPS + 1):
        x = left + width * (_WIDE + (1 - 2 * _WIDE) * step / _STEPS)
        crossing = [strip for strip in strips if _crosses(strip, x)]
        before = [
            strip for strip in strips if strip.right <= x + _HAIR and strip.right - strip.left > 0.5 * _WIDE * width
        ]
        behind = [
            strip for strip in strips if strip.left >= x - _HAIR and strip.right - strip.left > 0.5 * _WIDE * width
        ]
        fewer = min(len(before), len(behind))
        if fewer < fewest or len(crossing) > most_crossing * (len(before) + len(behind)):
            continue
        heights = sorted(strip.y for strip in (before if len(before) >= len(behind) else behind))
        shorter = behind if len(before) >= len(behind) else before
        beside = sum(any(abs(strip.y - y) < strip.size for y in heights) for strip in shorter)
        if beside < _BESIDE * fewer:
            continue
        if best is None or len(crossing) < best[0]:
            best = (len(crossing), x)
    return best[1] if best else None
