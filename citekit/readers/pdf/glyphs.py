"""PDF → the glyphs of each page, with place, size and slant, and the page's thin rules (through PDFium)."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from citekit.readers.pdf.accents import with_accents
from citekit.readers.pdf.glyph import Glyph
from citekit.readers.pdf.tex_fonts import tex_characters
from citekit.readers.pdf.tex_signs import is_symbol_font, raised_signs, sign_of

__all__ = ["Glyph", "Rule", "Sheet", "sheet_of"]

_MOST_GLYPHS = 100_000  # on one page; a page of a newspaper has 40,000, a damaged one can claim anything
_MOST_OBJECTS = 20_000  # drawings on one page that are looked at for rules (a map is no place for notes)
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st",
}  # fmt: skip
_LINE_END_HYPHEN = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at a line's end
_BLANKS = (0x20, 0xA0, 0x09, 0x0A, 0x0D)
_BLANK = Glyph("", 0.0, 0.0, 0.0, 0.0, False, False)
_ITALIC_FLAG = 1 << 6  # ISO 32000-1, table 123
_ITALIC_NAMES = ("italic", "oblique", "kursiv")
_THIN = 2.5  # points: a thicker bar is a box, no rule
_SHORTEST_RULE = 24.0  # points


class Rule(NamedTuple):
    """A thin horizontal line: where it begins and ends, and how far down the page."""

    left: float
    right: float
    y: float


class Sheet(NamedTuple):
    """A page as it was drawn: glyphs in the order of drawing."""

    number: int
    label: str | None
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    pictured: bool


class _Object(NamedTuple):
    """What the glyphs of one text object share.

    `font` is a number of a font without a name; `signs` says that the font is TeX's of symbols.
    """

    size: float
    quarter: int
    italic: bool
    font: int | None
    signs: bool


def sheet_of(pdf: Any, number: int) -> Sheet:
    """The page `number` (from 0) of an open PDFium document.

    Raises:
        pypdfium2.PdfiumError: the page cannot be loaded.
    """
    import pypdfium2.raw as pdfium

    page = pdf[number]
    try:
        width, height = page.get_size()
        turn = _Turn(page)
        upright = turn.quarter
        text = page.get_textpage()
        try:
            glyphs = _glyphs(pdfium, text.raw, turn)
        finally:
            text.close()
        rules, pictured = _drawings(pdfium, page.raw, turn)
        if (turn.quarter - upright) % 2:
            width, height = height, width
        return Sheet(number + 1, _label(pdf, number), width, height, glyphs, rules, pictured)
    finally:
        page.close()


def _label(pdf: Any, number: int) -> str | None:
    label = pdf.get_page_label(number)
    return label.strip() or None if label else None


class _Turn:
    """From a page's own coordinates to those of the page as it is looked at, `y` downwards."""

    def __init__(self, page: Any) -> None:
        self.quarter = page.get_rotation() // 90 % 4
        left, bottom, right, top = page.get_bbox()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top

    def place(self, x: float, y: float) -> tuple[float, float]:
        match self.quarter:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x


def _glyphs(pdfium: Any, text: Any, turn: _Turn) -> list[Glyph]:
    """The glyphs of a page; the direction in which most run is that of its lines, and `turn` is set to it."""
    found = _raw_glyphs(pdfium, text, turn)
    directions = Counter(quarter for _, quarter in found if quarter is not None)
    main = directions.most_common(1)[0][0] if directions else 0
    if main:  # a table or a text that stands on its side
        turn.quarter = (turn.quarter + main) % 4
        found = _raw_glyphs(pdfium, text, turn)
    glyphs: list[Glyph] = []
    for glyph, quarter in found:
        turned = bool(quarter) if quarter is not None else bool(glyphs) and glyphs[-1].turned
        glyphs.append(glyph._replace(turned=True) if turned else glyph)
    return with_accents(glyphs)


def _raw_glyphs(pdfium: Any, text: Any, turn: _Turn) -> list[tuple[Glyph, int | None]]:
    """The glyphs with the direction in which each runs; blanks run in none."""
    found: list[tuple[Glyph, int | None]] = []
    unnamed: dict[int, tuple[int, int]] = {}
    for glyph, quarter, font in _drawn(pdfium, text, turn):
        if font is not None:
            unnamed[len(found)] = (font, ord(glyph.text))
        found.append((glyph, quarter))
    if unnamed:
        signs = raised_signs([glyph for glyph, _ in found], unnamed)
        for place, char in zip(unnamed, tex_characters(list(unnamed.values())), strict=True):
            glyph, quarter = found[place]
            shown = signs.get(place) or (_char(ord(glyph.text)) if char is None else char)
            found[place] = (glyph._replace(text=shown), quarter) if shown.strip() else (_BLANK, None)
        # A code that nothing is known of is no blank: the letters beside it belong together.
        found = [one for one in found if one[0] is not _BLANK]
    return found


def _drawn(pdfium: Any, text: Any, turn: _Turn) -> Iterator[tuple[Glyph, int | None, int | None]]:
    """The glyphs, with the direction in which each runs; where its font has no name, the font, and the bare code."""
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    objects: dict[int, _Object] = {}
    x_ref, y_ref, box_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    get_origin, get_object = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetTextObject
    for place in range(min(max(0, pdfium.FPDFText_CountChars(text)), _MOST_GLYPHS)):
        code = get_unicode(text, place)
        drawn_by = None if code == 0x20 else get_object(text, place)
        shared = None
        if drawn_by:
            key = ctypes.addressof(drawn_by.contents)
            shared = objects.get(key)
            if shared is None:
                shared = objects[key] = _object(pdfium, text, place, turn)
        if code in _BLANKS and (shared is None or shared.font is None):
            yield Glyph("\n" if code in (0x0A, 0x0D) else " ", 0.0, 0.0, 0.0, 0.0, False, False), None, None
            continue
        font = shared.font if shared is not None else None
        char = _char(code) if font is None else chr(code) if code <= 0x10FFFF else ""
        if shared is not None and shared.signs:
            char = sign_of(code) or char
        if shared is None or not char or not get_box(text, place, box_ref) or not get_origin(text, place, x_ref, y_ref):
            continue
        one, two = turn.place(box.left, box.top), turn.place(box.right, box.bottom)
        _, baseline = turn.place(x.value, y.value)
        if not all(map(math.isfinite, (*one, *two, baseline))):
            continue
        left, right = min(one[0], two[0]), max(one[0], two[0])
        yield Glyph(char, left, right, baseline, shared.size, shared.italic, False), shared.quarter, font


def _char(code: int) -> str:
    if code in _LINE_END_HYPHEN:
        return "-"
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    char = chr(code)
    return _LIGATURES.get(char, char)


def _object(pdfium: Any, text: Any, place: int, turn: _Turn) -> _Object:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, place, ctypes.byref(matrix)):
        matrix.a = matrix.d = 1.0
    size = abs(pdfium.FPDFText_GetFontSize(text, place)) * (math.hypot(matrix.c, matrix.d) or 1.0)
    angle = math.atan2(matrix.b, matrix.a)
    quarter = (round(angle / (math.pi / 2)) - turn.quarter) % 4
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFText_GetFontInfo(text, place, buffer, 256, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").lower()
    italic = bool(flags.value & _ITALIC_FLAG) or any(word in name for word in _ITALIC_NAMES)
    font = None if name else _font(pdfium, text, place)
    return _Object(size if math.isfinite(size) else 0.0, quarter, italic, font, is_symbol_font(name))


def _font(pdfium: Any, text: Any, place: int) -> int | None:
    """A number by which a font is told from others."""
    font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(text, place))
    return ctypes.addressof(font.contents) if font else None


def _drawings(pdfium: Any, page: Any, turn: _Turn) -> tuple[list[Rule], bool]:
    """The thin horizontal lines, and whether there is a picture."""
    rules = []
    pictured = False
    sides = [ctypes.c_float() for _ in range(4)]
    for place in range(min(max(0, pdfium.FPDFPage_CountObjects(page)), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, place)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        pictured = pictured or kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, sides)):
            continue
        left, bottom, right, top = (side.value for side in sides)
        one, two = turn.place(left, top), turn.place(right, bottom)
        if abs(one[1] - two[1]) <= _THIN and abs(one[0] - two[0]) >= _SHORTEST_RULE:
            rules.append(Rule(min(one[0], two[0]), max(one[0], two[0]), (one[1] + two[1]) / 2))
    return rules, pictured
