"""PDF → the glyphs of each page, with place, size and slant, and the page's thin rules (through PDFium)."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

__all__ = ["Glyph", "Rule", "Sheet", "sheet_of"]

_MOST_GLYPHS = 100_000  # on one page; a page of a newspaper has 40,000, a damaged one can claim anything
_MOST_OBJECTS = 20_000  # drawings on one page that are looked at for rules (a map is no place for notes)
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st",
}  # fmt: skip
_LINE_END_HYPHEN = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at a line's end
_ITALIC_FLAG = 1 << 6  # ISO 32000-1, table 123
_ITALIC_NAMES = ("italic", "oblique", "kursiv")
_THIN = 2.5  # points: a thicker bar is a box, no rule
_SHORTEST_RULE = 24.0  # points


class Glyph(NamedTuple):
    """A character on a page; lengths in points, `y` downwards from the page's head.

    `size` is the height of its type, 0 for a space that stands for a gap; `turned` says that it does not run along
    the lines of its page (a library's stamp in the margin).
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    italic: bool
    turned: bool


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
    """What the glyphs of one text object share."""

    size: float
    quarter: int
    italic: bool


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
    found = list(_raw_glyphs(pdfium, text, turn))
    directions = Counter(quarter for _, quarter in found if quarter is not None)
    main = directions.most_common(1)[0][0] if directions else 0
    if main:  # a table or a text that stands on its side
        turn.quarter = (turn.quarter + main) % 4
        found = list(_raw_glyphs(pdfium, text, turn))
    glyphs: list[Glyph] = []
    for glyph, quarter in found:
        turned = bool(quarter) if quarter is not None else bool(glyphs) and glyphs[-1].turned
        glyphs.append(glyph._replace(turned=True) if turned else glyph)
    return glyphs


def _raw_glyphs(pdfium: Any, text: Any, turn: _Turn) -> Iterator[tuple[Glyph, int | None]]:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    objects: dict[int, _Object] = {}
    x_ref, y_ref, box_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    get_origin, get_object = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetTextObject
    for place in range(min(max(0, pdfium.FPDFText_CountChars(text)), _MOST_GLYPHS)):
        code = get_unicode(text, place)
        if code in (0x20, 0xA0, 0x09, 0x0A, 0x0D):
            yield Glyph("\n" if code in (0x0A, 0x0D) else " ", 0.0, 0.0, 0.0, 0.0, False, False), None
            continue
        char = _char(code)
        drawn_by = get_object(text, place)
        if not char or not drawn_by or not get_box(text, place, box_ref) or not get_origin(text, place, x_ref, y_ref):
            continue
        key = ctypes.addressof(drawn_by.contents)
        shared = objects.get(key)
        if shared is None:
            shared = objects[key] = _object(pdfium, text, place, turn)
        one, two = turn.place(box.left, box.top), turn.place(box.right, box.bottom)
        _, baseline = turn.place(x.value, y.value)
        if not all(map(math.isfinite, (*one, *two, baseline))):
            continue
        left, right = min(one[0], two[0]), max(one[0], two[0])
        yield Glyph(char, left, right, baseline, shared.size, shared.italic, False), shared.quarter


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
    return _Object(size if math.isfinite(size) else 0.0, quarter, italic)


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
