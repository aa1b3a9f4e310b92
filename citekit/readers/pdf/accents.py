"""Accents that are drawn as signs of their own over or under their letters: "´" and "e" are "é".

TeX's older fonts have no letters with accents; `\\accent` sets the sign over the letter, centred, and higher over a
capital ("The TeXbook", chapter 9 and appendix G). Some other programs do the same.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from citekit.readers.pdf.glyph import Glyph

__all__ = ["with_accents"]

_COMBINING = {
    "`": "\u0300", "´": "\u0301", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304",
    "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327",
    "˛": "\u0328",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
_APART = 0.3  # of the type size: how far the middles of accent and letter are from each other; italics lean
_SHARED = 0.5  # of the narrower one's width: they stand over each other, not side by side
_HIGHER = 0.5  # of the type size: how far an accent is raised over a capital
_LOWER = 0.1  # … and lowered
_OTHER_SIZE = 0.25  # of the type size: small capitals are smaller than the accents over them
_CELL = 10.0  # points: letters are looked for in the squares around an accent
_CROWDED = 30  # letters in one square: more are no text
_FARTHEST = 5  # squares
_MOST = 5_000  # accents of a page: a page of Vietnamese has 2,000


def with_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs with each accent in the letter that it stands over, in whatever order they are drawn."""
    accents = [place for place, glyph in enumerate(glyphs) if glyph.size and glyph.text in _COMBINING]
    found = list(glyphs)
    if not 0 < len(accents) <= _MOST:
        return found
    cells: dict[tuple[int, int], list[int]] = {}
    for place, glyph in enumerate(glyphs):
        if glyph.size and glyph.text.isalpha():
            cell = cells.setdefault(_cell(glyph), [])
            if len(cell) < _CROWDED:
                cell.append(place)
    joined: set[int] = set()
    for place in accents:
        accent = glyphs[place]
        reach, (row, column) = min(math.ceil(_HIGHER * accent.size / _CELL), _FARTHEST), _cell(accent)
        around = range(-reach, reach + 1)
        near = [other for one in around for two in around for other in cells.get((row + one, column + two), ())]
        fitting = [(_apart(accent, found[other]), other) for other in near if _joined(accent, found[other])]
        if fitting:
            letter = min(fitting)[1]
            found[letter] = _joined(accent, found[letter]) or found[letter]
            joined |= {place, *_blanks_beside(glyphs, place)}
    return [glyph for place, glyph in enumerate(found) if place not in joined]


def _cell(glyph: Glyph) -> tuple[int, int]:
    """The square of the page that a glyph's middle stands in."""
    return int(glyph.y // _CELL), int((glyph.left + glyph.right) / 2 // _CELL)


def _blanks_beside(glyphs: Sequence[Glyph], place: int) -> list[int]:
    """The blanks around an accent: where letters stand apart, their places show it."""
    return [one for one in (place - 1, place + 1) if 0 <= one < len(glyphs) and not glyphs[one].size]


def _apart(accent: Glyph, letter: Glyph) -> float:
    return abs(accent.left + accent.right - letter.left - letter.right) / 2


def _joined(accent: Glyph, letter: Glyph) -> Glyph | None:
    """The letter with its accent, None where they do not belong together or there is no such letter."""
    size = max(accent.size, letter.size)
    shared = min(accent.right, letter.right) - max(accent.left, letter.left)
    if shared < _SHARED * min(accent.right - accent.left, letter.right - letter.left):
        return None
    if _apart(accent, letter) > _APART * size or not -_LOWER * size < letter.y - accent.y < _HIGHER * size:
        return None
    if abs(accent.size - letter.size) > _OTHER_SIZE * size:
        return None
    whole = unicodedata.normalize("NFC", _DOTLESS.get(letter.text, letter.text) + _COMBINING[accent.text])
    return letter._replace(text=whole) if len(whole) == 1 else None
