"""What the codes of TeX's bitmap fonts mean.

A PDF of a TeX that had no outlines draws letters as pictures (Type 3), in a font without a name and without a word on
what its codes stand for. The codes are those of TeX's encodings: OT1 of Computer Modern ("The TeXbook", appendix F), T1
("Cork") and TS1 of the EC fonts (LaTeX, "encguide"). Which of the first two a page uses, the ligatures and dashes show:
they have codes that no other encoding gives to anything printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["tex_characters"]

_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
_OT1 = {
    **dict(zip(range(0x0B, 0x10), _LIGATURES, strict=True)),
    **dict(zip(range(0x10, 0x20), "ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ", strict=True)),
    0x22: "”",
    0x27: "’",
    0x3C: "¡",
    0x3E: "¿",
    0x5C: "“",
    0x5E: "ˆ",
    0x5F: "˙",
    0x60: "‘",
    **dict(zip(range(0x7B, 0x80), "–—˝˜¨", strict=True)),
}
_T1 = {
    0: "`",
    1: "´",
    **dict(zip(range(3, 0x0D), "˜¨˝˚ˇ˘¯˙¸˛", strict=True)),  # 2 is what PDFium makes of a hyphen
    **dict(zip(range(0x0D, 0x17), "‚‹›“”„«»–—", strict=True)),
    0x17: "",
    0x18: "",
    0x19: "ı",
    0x1A: "ȷ",
    0x27: "’",
    0x60: "‘",
    0x7F: "-",
    **dict(zip(range(0x1B, 0x20), _LIGATURES, strict=True)),
    **dict(zip(range(0x80, 0xA0), "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§", strict=True)),
    **dict(zip(range(0xA0, 0xC0), "ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£", strict=True)),
    0xD7: "Œ",
    0xDF: "SS",
    0xF7: "œ",
    0xFF: "ß",
}
_TS1 = {0x84: "†", 0x85: "‡", 0x86: "‖", 0x88: "•"}
_LETTERS = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_SHOW_OT1 = frozenset((0x0B, 0x0C, 0x0E, 0x5C, 0x7B, 0x7C, 0x7F))
_SHOW_T1 = frozenset((0x10, 0x11, 0x15, 0x16, 0x1B, 0x1C, 0x1D, 0x1E))


def tex_characters(drawn: Sequence[tuple[int, int]]) -> list[str | None]:
    """What is printed for each code of the fonts without names on a page, None where its code is its character.

    Args:
        drawn: for each character its font, by any number of it, and its code.
    """
    if any(code > 0xFF for _, code in drawn):  # the file says what its codes mean
        return [None] * len(drawn)
    fonts: dict[int, Counter[int]] = {}
    for font, code in drawn:
        fonts.setdefault(font, Counter())[code] += 1
    lettered = {
        font for font, codes in fonts.items() if any(chr(code).isascii() and chr(code).isalpha() for code in codes)
    }
    text = _text_encoding(fonts[font] for font in lettered)
    return [(text if font in lettered else _TS1).get(code) for font, code in drawn]


def _text_encoding(fonts: Iterable[Counter[int]]) -> Mapping[int, str]:
    """OT1 or T1, nothing where neither shows."""
    old = new = 0
    for codes in fonts:
        old += sum(codes[code] for code in _SHOW_OT1)
        new += sum(codes[code] for code in _SHOW_T1)
    if old == new:
        return {}
    return _OT1 if old > new else _T1
