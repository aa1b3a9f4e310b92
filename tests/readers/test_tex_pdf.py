"""PDF as TeX prints it without outlines, and with the accents of its old fonts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.notes import find_notes
from citekit.readers.pdf import read_pdf
from citekit.readers.pdf.accents import with_accents
from citekit.readers.pdf.glyph import Glyph


def pdf_file(*objects: bytes) -> bytes:
    """A file of these objects, the first of them the catalogue."""
    written, places = b"%PDF-1.4\n", []
    for place, words in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (place, words)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + table + trailer


def bitmap_page(lines: list[tuple[float, float, float, list[tuple[int, bytes]]]]) -> bytes:
    """A page in two bitmap fonts without names, 0 and 1; a line is left, height, size, and codes with their fonts."""
    codes = {
        font: sorted({code for *_, runs in lines for one, run in runs if one == font for code in run})
        for font in (0, 1)
    }
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F0 5 0 R/F1 6 0 R>>>>>>",
    ]
    content = b"BT\n"
    for left, height, size, runs in lines:
        content += b"1 0 0 1 %d %d Tm\n" % (left, height)
        for font, run in runs:
            content += b"/F%d %d Tf <%s> Tj\n" % (font, size, run.hex().encode())
    content += b"ET"
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    glyph = b"500 0 0 0 450 700 d1 0 0 450 700 re f"
    number = 7
    for font in (0, 1):
        drawn = b"".join(b"/a%d 7 0 R" % code for code in codes[font])
        differences = b"".join(b"%d/a%d " % (code, code) for code in codes[font])
        widths = b" ".join(b"500" if code in codes[font] else b"0" for code in range(256))
        objects.append(
            b"<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 500 700]/CharProcs<<%s>>"
            b"/Encoding<</Type/Encoding/Differences[%s]>>/FirstChar 0/LastChar 255/Widths[%s]/Resources<<>>>>"
            % (drawn, differences, widths)
        )
    assert len(objects) == number - 1
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(glyph), glyph))
    return pdf_file(*objects)


def words_of(*runs: tuple[int, bytes]) -> str:
    return " ".join(read_pdf(bitmap_page([(40, 500, 10, list(runs))]), "essay.pdf").text.split())


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (b'\\The o\x0ece of a\x0fuent of\x0ccials", 3{4; \x19 \x1b', "“The office of affluent officials”, 3–4; ß œ"),
        (
            b"\x10The o\x1ece of\x1ccials\x11, 3\x154; \x12Gr\xf6\xff e\x10 \xb2\xa0d \x9aivot",
            "“The office officials”, 3–4; „Größ e“ šăd Život",
        ),
        (b"no ligature and no dash", "no ligature and no dash"),
    ],
    ids=["OT1", "T1", "neither"],
)
def test_the_codes_of_bitmap_fonts_are_letters(codes: bytes, words: str) -> None:
    assert words_of((0, codes)).replace(" ", "") == words.replace(" ", "")


Line = tuple[float, float, float, list[tuple[int, bytes]]]


def text(words: bytes) -> list[tuple[int, bytes]]:
    return [(0, words)]


def page_with_notes(signs: bytes, *, heads: bytes | None = None, size: float = 7) -> list[Line]:
    """A page that calls two notes with codes of the second font, and has them at its foot."""
    first, second = heads or signs
    return [
        *((40.0, 560.0 - 12 * line, 10.0, text(b"The weavers of the town had asked for bread")) for line in range(12)),
        *((40, 404, 10, text(b"and nobody knew of it before the spring came.")), (266, 408, size, [(1, signs[:1])])),
        *((40, 392, 10, text(b"The river froze and all the looms stood still.")), (271, 396, size, [(1, signs[1:])])),
        *((40, 104, 6, [(1, bytes([first]))]), (46, 100, 8, text(b"Mills, Fire, 1820, p. 3."))),
        *((40, 92, 6, [(1, bytes([second]))]), (46, 88, 8, text(b"Lee, Steel, 1999, p. 9."))),
    ]


@pytest.mark.parametrize(
    ("codes", "signs"), [(b"\x84\x85", "†‡"), (b"yz", "†‡"), (b"x{", "§¶"), (b"\x03y", "∗†")], ids=["TS1", *["OMS"] * 3]
)
def test_daggers_of_a_bitmap_font_call_notes(codes: bytes, signs: str) -> None:
    document = read_pdf(bitmap_page(page_with_notes(codes)), "essay.pdf")
    found = [(note.label, note.text, len(note.markers)) for note in find_notes(document).notes]
    labels = [label or "" for label, *_ in found]
    assert "".join(labels).replace("*", "∗") == signs
    assert [rest for _, *rest in found] == [["Mills, Fire, 1820, p. 3.", 1], ["Lee, Steel, 1999, p. 9.", 1]]


@pytest.mark.parametrize(
    "lines",
    [
        page_with_notes(b"yz", heads=b"zy"),
        page_with_notes(b"yz", heads=b"yx"),
        [*page_with_notes(b"yz"), (270, 560, 10, [(1, b"y")])],
        [*page_with_notes(b"yz"), (269, 564, 7, [(1, b"a")])],
        [(40, 560, 10, text(b"the number n")), (100, 564, 7, [(1, b"y")])],
    ],
    ids=["another order", "another note", "on the line", "among letters", "an exponent"],
)
def test_letters_of_a_bitmap_font_that_may_be_letters_stay_letters(lines: list[Line]) -> None:
    words = read_pdf(bitmap_page(lines), "essay.pdf").text
    assert "y" in words.replace("They", "").replace("nobody", "")
    assert not {"†", "‡", "§"} & set(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (b"ABCDEF+CMSY7", "all.† Nobody‡"),
        (b"CMSY10", "all.† Nobody‡"),
        (b"LMMathSymbols7-Regular", "all.† Nobody‡"),
        (b"ABCDEF+CMMI7", "all.y Nobodyz"),
        (b"CMSYX", "all.y Nobodyz"),
    ],
)
def test_the_font_of_symbols_is_known_by_its_name(name: bytes, words: str) -> None:
    pieces = ((0, 10, 40, 500, b"all."), (1, 7, 55, 504, b"y"), (0, 10, 62, 500, b"Nobody"), (1, 7, 95, 504, b"z"))
    content = b"BT " + b"".join(b"/F%d %d Tf 1 0 0 1 %d %d Tm (%s) Tj " % piece for piece in pieces) + b"ET"
    fonts = b"/F0 5 0 R/F1 6 0 R"
    written = pdf_file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<<%s>>>>>>" % fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/%s>>" % name,
    )
    assert read_pdf(written, "essay.pdf").text.replace(" ", "").strip() == words.replace(" ", "")


def glyph(text: str, left: float, width: float, y: float = 100) -> Glyph:
    return Glyph(text, left, left + width, y, 10, False, False)


BLANK = Glyph(" ", 0, 0, 0, 0, False, False)


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ([glyph("c", 5, 4.4), glyph("´", 9.7, 5), glyph("e", 10, 4.4), glyph("t", 14.4, 3.9)], "cét"),
        ([glyph("´", 9.8, 5), glyph("ı", 10.9, 2.8)], "í"),
        ([glyph("C", 10, 7.2), glyph("¸", 11.4, 4.4), BLANK, glyph("a", 17.2, 5)], "Ça"),
        ([glyph("E", 10, 6.7), glyph("t", 16.7, 3.9), BLANK, glyph("´", 10.9, 5, 97.5), BLANK], "Ét"),
        ([glyph("l", 10, 2.8), glyph("`", 12.8, 3.3), glyph("i", 16.1, 2.8)], "l`i"),
        ([glyph("´", 10, 5), glyph("3", 10, 5)], "´3"),
        ([glyph("´", 10, 5), glyph("e", 10, 4.4, 112)], "´e"),
    ],
    ids=["over", "dotless", "behind", "capital", "beside", "a figure", "the next line"],
)
def test_an_accent_joins_the_letter_that_it_stands_over(drawn: list[Glyph], words: str) -> None:
    assert "".join(one.text for one in with_accents(drawn) if one.size) == words


@given(st.lists(st.tuples(st.sampled_from("´`¨ˇ¸aeıCE 3"), st.floats(0, 300), st.floats(0, 300))))
def test_no_letter_is_lost(drawn: list[tuple[str, float, float]]) -> None:
    glyphs = [glyph(text, left, 5, y) for text, left, y in drawn]
    kept = with_accents(glyphs)
    assert sum(one.text not in "´`¨ˇ¸" for one in kept) == sum(text not in "´`¨ˇ¸" for text, *_ in drawn)
    assert len(kept) <= len(glyphs)
