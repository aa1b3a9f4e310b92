r"""The signs that call notes in TeX: † is code 121 of its symbol fonts, the code of "y" elsewhere.

LaTeX takes the signs of `\fnsymbol` from the math symbols of Computer Modern ("The TeXbook", appendix F, figure 5; the
encoding is called OMS). A PDF whose font has lost the word on its codes gives "y", "z", "x", "{" for † ‡ § ¶.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from citekit.readers.pdf.glyph import Glyph

__all__ = ["is_symbol_font", "raised_signs", "sign_of"]

# In the order in which LaTeX counts with them (latex.ltx, \@fnsymbol).
_SIGNS = {0x03: "∗", 0x79: "†", 0x7A: "‡", 0x78: "§", 0x7B: "¶", 0x6B: "‖"}
_ORDER = {code: number for number, code in enumerate(_SIGNS)}
_SYMBOL_FONT = re.compile(r"(?:[a-z]{6}\+)?(?:cmsy|cmbsy|lmsy|lmmathsymbols)\d{0,2}(?:-|$)")
_RAISED = (1.0, 7.0)  # points: a third of the type, from small notes to large text
_BESIDE = 6.0  # points between a sign and the words that it stands at
_OVERLAP = -2.0


def is_symbol_font(name: str) -> bool:
    """Whether a font, by its name in small letters, is one of Computer Modern's symbols (ABCDEF+CMSY7)."""
    return _SYMBOL_FONT.match(name) is not None


def sign_of(code: int) -> str | None:
    """The sign that a code stands for in such a font, None where it is none that calls notes.

    The font has no small letters and no braces on their codes, so what reads as one there is none.
    """
    return _SIGNS.get(code)


def raised_signs(glyphs: Sequence[Glyph], unnamed: Mapping[int, tuple[int, int]]) -> dict[int, str]:
    """The signs among glyphs of fonts without names, by their places, where nothing else can be meant.

    A font that has nothing but codes of signs may be one of symbols, or one of variables ("x and y"). It is one of
    symbols where each code stands raised behind words, and raised once at the head of a line, in the order in which
    LaTeX counts: an exponent begins no line.

    Args:
        glyphs: of a page, in the order of drawing.
        unnamed: for the places of glyphs whose fonts have no name the font, by any number of it, and the code.
    """
    fonts: dict[int, list[int]] = {}
    for place, (font, _) in unnamed.items():
        fonts.setdefault(font, []).append(place)
    found: dict[int, str] = {}
    for places in fonts.values():
        codes = {place: unnamed[place][1] for place in places}
        if all(code in _SIGNS for code in codes.values()) and _calls_notes(glyphs, codes):
            found |= {place: _SIGNS[code] for place, code in codes.items()}
    return found


def _calls_notes(glyphs: Sequence[Glyph], codes: Mapping[int, int]) -> bool:
    heads = [place for place in codes if _at_head(glyphs, place)]
    if not all(place in heads or _behind_words(glyphs, place) for place in codes):
        return False
    order = [_ORDER[codes[place]] for place in sorted(heads, key=lambda place: glyphs[place].y)]
    called = {codes[place] for place in codes if place not in heads}
    return order == sorted(set(order)) and called == {codes[place] for place in heads}


def _behind_words(glyphs: Sequence[Glyph], place: int) -> bool:
    before, sign = _next(glyphs, range(place - 1, -1, -1)), glyphs[place]
    return before is not None and _raised(sign, before) and _OVERLAP < sign.left - before.right < _BESIDE


def _at_head(glyphs: Sequence[Glyph], place: int) -> bool:
    sign, behind = glyphs[place], _next(glyphs, range(place + 1, len(glyphs)))
    if behind is None or not (_raised(sign, behind) and _OVERLAP < behind.left - sign.right < _BESIDE):
        return False
    before = _next(glyphs, range(place - 1, -1, -1))
    return before is None or abs(before.y - behind.y) > _RAISED[0] or before.right > sign.left + _BESIDE


def _raised(sign: Glyph, words: Glyph) -> bool:
    return _RAISED[0] < words.y - sign.y < _RAISED[1]


def _next(glyphs: Sequence[Glyph], places: range) -> Glyph | None:
    """The next printed glyph; a blank is none."""
    return next((glyphs[place] for place in places if glyphs[place].size), None)
