"""Strips → columns in reading order: the gutter is white over many lines, and a line across it parts the page."""

from __future__ import annotations

from collections.abc import Sequence

from citekit.readers.pdf.lines import Strip

__all__ = ["columns_of"]

_FEWEST = 6  # lines on each side: fewer are a table, a caption or a dialogue
_CROSSING = 0.4  # at most this share of the rows may run across the gutter
_BESIDE = 0.6  # at least this share of the shorter column has lines of the other beside it
_WIDE = 0.28  # each column takes at least this share of the width
_STEPS = 40  # places between the margins at which a gutter is looked for
_MOST_NESTED = 3


def columns_of(strips: Sequence[Strip], depth: int = 0) -> list[list[Strip]]:
    """The columns of a page in reading order, each as its strips; a page without gutter is one column."""
    if not strips:
        return []
    gutter = _gutter(strips) if depth < _MOST_NESTED else None
    if gutter is None:
        return [list(strips)]
    across = sorted((strip for strip in strips if strip.left < gutter < strip.right), key=lambda strip: strip.y)
    edges = [strip.y for strip in across]
    columns: list[list[Strip]] = []
    bands: list[list[list[Strip]]] = [[[], [], []] for _ in range(len(edges) + 1)]
    for strip in strips:
        if strip.left < gutter < strip.right:
            continue
        band = sum(edge < strip.y - 0.3 * strip.size for edge in edges)
        bands[band][1 if strip.right <= gutter else 2].append(strip)
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
            columns += columns_of(side, depth + 1)
    if whole:
        columns.append(whole)
    return columns


def _gutter(strips: Sequence[Strip]) -> float | None:
    """Where the white between two columns runs, None where there are no two."""
    left, right = min(strip.left for strip in strips), max(strip.right for strip in strips)
    width = right - left
    best: tuple[int, float] | None = None
    for step in range(_STEPS + 1):
        x = left + width * (_WIDE + (1 - 2 * _WIDE) * step / _STEPS)
        crossing = [strip for strip in strips if strip.left < x < strip.right]
        before = [strip for strip in strips if strip.right <= x and strip.right - strip.left > 0.5 * _WIDE * width]
        behind = [strip for strip in strips if strip.left >= x and strip.right - strip.left > 0.5 * _WIDE * width]
        fewer = min(len(before), len(behind))
        if fewer < _FEWEST or len(crossing) > _CROSSING * (len(before) + len(behind)):
            continue
        heights = sorted(strip.y for strip in (before if len(before) >= len(behind) else behind))
        shorter = behind if len(before) >= len(behind) else before
        beside = sum(any(abs(strip.y - y) < strip.size for y in heights) for strip in shorter)
        if beside < _BESIDE * fewer:
            continue
        if best is None or len(crossing) < best[0]:
            best = (len(crossing), x)
    return best[1] if best else None
