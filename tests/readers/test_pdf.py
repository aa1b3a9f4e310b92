"""PDF as journals and universities print it, set by our own press."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fpdf.enums import AccessPermission
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.errors import ReadError, UnsupportedFormatError
from citekit.model import Document, HintKind, Note, NoteKind
from citekit.notes import FoundNotes, find_notes
from citekit.offsets import reading_text
from citekit.readers import PageRanges, read
from citekit.readers.pdf import read_pdf
from tests.peak_memory import PEAK_MEMORY
from tests.readers.press import BODY, LEFT, Press


def prose(press: Press, count: int, markers: dict[int, str] | None = None, **how: float) -> None:
    """Lines of the text, no two of a document alike; `markers` says which of them call a note."""
    for line in range(count):
        words = f"{BODY[line % 4][: int(how.get('characters', 80))]} {press.pdf.page}{line:02}"
        setting = {key: value for key, value in how.items() if key != "characters"}
        press.line(words + (f".^{markers[line]}^" if markers and line in markers else ""), **setting)


def found_in(press: Press) -> tuple[Document, FoundNotes]:
    document = read_pdf(press.content(), "essay.pdf")
    return document, find_notes(document)


def printed(document: Document, notes: tuple[Note, ...]) -> list[tuple[str | None, str]]:
    return [(note.label, reading_text(document, note.parts).text) for note in notes]


def furniture(document: Document) -> list[str]:
    spans = [hint.span for hint in document.hints if hint.kind is HintKind.FURNITURE]
    return [line for span in spans for line in document.text[span.start : span.end].splitlines()]


@pytest.fixture
def essay() -> Press:
    """Four pages with running heads, page numbers, and notes of which one runs over the page."""
    press = Press()
    press.page("The Council of 1640", "101")
    prose(press, 20, {3: "1", 9: "2"})
    press.feet(
        [
            "^1^ John Smith, _A History of the_",
            "_Guild_ (London, 1901), p. 3.",
            "^2^ Town Archive, Council book 4, fol. 12, where the clerk adds in the mar-",
        ]
    )
    press.page("Mary Miller", "102")
    prose(press, 20, {5: "3"})
    press.feet(["gin that the letter was burnt; see also Smith, _Guild_, p. 9.", "^3^ Ibid."])
    press.page("The Council of 1640", "103")
    prose(press, 20, {5: "4"})
    press.feet(["^4^ Ibid."])
    press.page("Mary Miller", "104")
    prose(press, 20, {5: "5"})
    press.feet(["^5^ Ibid."])
    return press


def test_notes_at_the_foot_go_on_over_the_page_and_repeated_ones_are_no_running_feet(essay: Press) -> None:
    document, found = found_in(essay)
    assert printed(document, found.notes) == [
        ("1", "John Smith, A History of the Guild (London, 1901), p. 3."),
        (
            "2",
            (
                "Town Archive, Council book 4, fol. 12, where the clerk adds in the margin that the letter was burnt; "
                "see also Smith, Guild, p. 9."
            ),
        ),
        ("3", "Ibid."),
        ("4", "Ibid."),
        ("5", "Ibid."),
    ]
    assert [len(note.parts) for note in found.notes] == [1, 2, 1, 1, 1]
    assert all(len(note.markers) == 1 for note in found.notes)
    assert found.diagnostics == ()


def test_running_heads_and_page_numbers_are_furniture(essay: Press) -> None:
    document, _ = found_in(essay)
    heads = ["The Council of 1640", "Mary Miller"] * 2
    assert furniture(document) == [
        words for pair in zip(heads, ("101", "102", "103", "104"), strict=True) for words in pair
    ]


def test_italics_run_on_over_the_end_of_a_line(essay: Press) -> None:
    document, _ = found_in(essay)
    slanted = [
        document.text[hint.span.start : hint.span.end] for hint in document.hints if hint.kind is HintKind.EMPHASIS
    ]
    assert [" ".join(words.split()) for words in slanted] == ["A History of the Guild", "Guild"]


def test_each_note_knows_its_page_and_its_place_on_it(essay: Press) -> None:
    document, found = found_in(essay)
    second = document.boxes(found.notes[1].parts)
    assert [box.page for box in second] == [1, 2]
    for box in second:
        assert LEFT <= box.left < box.right < document.pages[0].width
        assert 500 < box.top < box.bottom < 550
    (marker,) = document.boxes(found.notes[0].markers)
    assert (marker.page, marker.right - marker.left < 8, marker.bottom < 140) == (1, True, True)


def test_pages_are_parted_by_form_feeds_and_know_their_words(essay: Press) -> None:
    document, _ = found_in(essay)
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert document.text.count("\f") == 3
    for page in document.pages:
        assert "\f" not in document.text[page.span.start : page.span.end]
        assert "council met" in document.text[page.span.start : page.span.end]


def test_notes_as_large_as_the_text_are_told_by_the_rule_above_them() -> None:
    press = Press()
    for page in range(3):
        press.page("Chapter two", str(page + 11))
        prose(press, 20, {3: str(2 * page + 1), 9: str(2 * page + 2)})
        press.rule(press.y + 2)
        press.y += 18
        press.line(f"{2 * page + 1} John Smith, A History of Wool (London, 190{page}), p. 3.")
        press.line(f"{2 * page + 2} Town Archive, Council book {page}, fol. 12.")
    _, found = found_in(press)
    assert [note.label for note in found.notes] == ["1", "2", "3", "4", "5", "6"]
    assert found.diagnostics == ()


def test_two_columns_are_read_one_after_the_other_each_with_its_notes() -> None:
    press = Press()
    number = 0
    for page in range(3):
        press.page("Weavers and Merchants", str(page + 40))
        top = press.y
        for x in (LEFT, 210):
            press.y = top
            number += 1
            prose(press, 20, {7: str(number)}, x=x, size=9.5, characters=28)
            press.feet([f"^{number}^ J. Smith, Wool and Water", f"(London, 190{number}), p. {number}."], x=x, size=7.5)
    document, found = found_in(press)
    assert printed(document, found.notes) == [
        (str(label), f"J. Smith, Wool and Water (London, 190{label}), p. {label}.") for label in range(1, 7)
    ]
    assert found.diagnostics == ()


def test_notes_stand_side_by_side_under_a_text_in_one_column() -> None:
    press = Press()
    for page in (1, 2, 3):
        press.page("Weavers", str(page))
        prose(press, 18, {3: str(2 * page - 1), 8: str(2 * page)})
        press.feet([f"^{2 * page - 1}^ John Smith, Wool and", f"Water (London, 190{page}), p. {page}."], size=7.5)
        press.feet([f"^{2 * page}^ Mary Miller, The Guild", f"and its Men (Kew, 195{page})."], x=210, size=7.5)
    document, found = found_in(press)
    assert printed(document, found.notes)[:2] == [
        ("1", "John Smith, Wool and Water (London, 1901), p. 1."),
        ("2", "Mary Miller, The Guild and its Men (Kew, 1951)."),
    ]
    assert [note.label for note in found.notes] == ["1", "2", "3", "4", "5", "6"]


def test_endnotes_begin_again_with_each_chapter() -> None:
    press = Press()
    for chapter in (1, 2):
        press.page("A Town and its Guilds")
        press.line(f"Chapter {chapter}", size=16)
        press.y += 10
        prose(press, 22, {3: "1", 9: "2", 15: "3"})
    press.page("A Town and its Guilds")
    press.line("Notes", size=16)
    for chapter in (1, 2):
        press.y += 10
        press.line(f"Chapter {chapter}", size=12)
        press.y += 4
        press.line(f"1. John Smith, A History of Wool (London, 190{chapter}), p. 3.", size=9)
        press.line(f"2. Town Archive, Council book {chapter}, fol. 12, with a long remark on", size=9)
        press.line(f"the clerk and his wife (Kew, 1950), p. {chapter}.", size=9)
        press.line("3. Ibid., p. 7.", size=9)
    document, found = found_in(press)
    assert [(note.label, note.kind) for note in found.notes] == [(label, NoteKind.ENDNOTE) for label in "123123"]
    assert printed(document, found.notes)[4] == (
        "2",
        "Town Archive, Council book 2, fol. 12, with a long remark on the clerk and his wife (Kew, 1950), p. 2.",
    )
    assert all(note.markers for note in found.notes)


def test_a_quotation_set_small_is_no_note() -> None:
    press = Press()
    for page, words in ((1, "and so the clerk went home"), (2, "nobody came (see p. 12)")):
        press.page("Head", str(page))
        prose(press, 14, {3: str(page)})
        press.y += 6
        press.lines(["And he wrote that nothing was to be done, and that", words], size=8.5, x=70)
        press.feet([f"^{page}^ John Smith, Wool (London, 1901), p. {page}."])
    document, found = found_in(press)
    assert printed(document, found.notes) == [
        (str(page), f"John Smith, Wool (London, 1901), p. {page}.") for page in (1, 2)
    ]


def test_a_bibliography_set_small_is_no_note_that_goes_on() -> None:
    press = Press()
    press.page("Head", "1")
    prose(press, 14, {3: "1"})
    press.feet(["^1^ Smith, Wool, p. 3."])
    press.page("Head", "2")
    press.line("Bibliography", size=14)
    press.y += 8
    for year in range(1900, 1904):
        press.line("Smith, John. Wool and Water: The Making of a Town in the North of", size=9)
        press.line(f"England. London: Mill Press, {year}.", size=9, x=70)
    document, found = found_in(press)
    assert printed(document, found.notes[:1]) == [("1", "Smith, Wool, p. 3.")]
    assert [note.kind for note in found.notes[1:]] == [NoteKind.REFERENCE] * 4


def test_a_sign_and_numbers_that_begin_again_on_each_page() -> None:
    press = Press()
    for page in (1, 2, 3):
        press.page("Head", str(page))
        prose(press, 18, {3: "1", 8: "2"} | ({1: "*"} if page == 1 else {}))
        thanks = ["^*^ I thank the archive in Kew for its help."] if page == 1 else []
        press.feet([*thanks, f"^1^ John Smith, Wool (London, 190{page}), p. {page}.", f"^2^ Ibid., p. {page}."])
    _, found = found_in(press)
    assert [note.label for note in found.notes] == ["*", "1", "2", "1", "2", "1", "2"]
    assert all(len(note.markers) == 1 for note in found.notes)


def test_what_a_library_stamps_along_the_margin_is_furniture() -> None:
    press = Press()
    press.page("Head", "1")
    with press.pdf.rotation(90, 380, 500):
        press.line("Downloaded by a reader", x=380, y=500, size=6)
    prose(press, 10)
    document, _ = found_in(press)
    assert "Downloaded by a reader" in furniture(document)


def test_a_page_turned_on_its_side_reads_like_any_other(essay: Press) -> None:
    upright, found = found_in(essay)
    turned = read_pdf(re.sub(rb"/Type /Page\b(?!s)", b"/Type /Page /Rotate 90", essay.content()), "turned.pdf")
    assert turned.text == upright.text
    assert printed(turned, find_notes(turned).notes) == printed(upright, found.notes)


def test_pages_are_chosen_by_their_place_in_the_file(essay: Press, tmp_path: Path) -> None:
    file = tmp_path / "essay.pdf"
    file.write_bytes(essay.content())
    document = read(file, pages=PageRanges.parse("2-3"))
    assert [page.number for page in document.pages] == [2, 3]
    for words, outside in (("9-", "9-"), ("5", "5"), ("1-2,7-9", "7-9")):
        with pytest.raises(ReadError, match=f"it has 4 pages, and {outside} is none of them; count from its first"):
            read(file, pages=PageRanges.parse(words))


def test_a_range_that_ends_behind_the_last_page_is_read_as_far_as_it_goes(essay: Press, tmp_path: Path) -> None:
    document = read_pdf(essay.content(), "essay.pdf", PageRanges.parse("3-9"))
    assert [page.number for page in document.pages] == [3, 4]
    ((code, message),) = [(item.code, item.message) for item in document.diagnostics]
    assert (code, message) == (
        "pages-beyond-end",
        "essay.pdf: ends with page 4, there is no page 9; what there is was read",
    )


def test_who_asks_by_the_printed_numbers_is_told_the_pages_of_the_file(essay: Press) -> None:
    labelled = re.sub(
        rb"/Type /Catalog", b"/Type /Catalog /PageLabels << /Nums [0 << /S /D /St 101 >>] >>", essay.content()
    )
    with pytest.raises(ReadError, match="the pages labelled 102-104 are 2-4"):
        read_pdf(labelled, "essay.pdf", PageRanges.parse("102-104"))
    with pytest.raises(ReadError, match="count from its first page as 1: the pages labelled 103 are 3"):
        read_pdf(labelled, "essay.pdf", PageRanges.parse("103"))
    assert [page.label for page in read_pdf(labelled, "essay.pdf", PageRanges.parse("3")).pages] == ["103"]


def test_the_name_of_a_file_does_not_make_it_a_pdf(essay: Press, tmp_path: Path) -> None:
    misnamed = tmp_path / "essay.txt"
    misnamed.write_bytes(essay.content())
    assert read(misnamed).media_type == "application/pdf"
    text = tmp_path / "essay.pdf"
    text.write_text("Only words.", encoding="utf-8")
    with pytest.raises(UnsupportedFormatError, match="no PDF"):
        read(text)
    note = tmp_path / "note.txt"
    note.write_text("Only words.", encoding="utf-8")
    with pytest.raises(ReadError, match="--pages"):
        read(note, pages=PageRanges.parse("1"))


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [("10-40", (10, 40), (9, 41)), ("3,7,12-", (3, 7, 12, 999), (4, 11)), ("-5", (1, 5), (6,)), ("2–4", (3,), (5,))],
)
def test_ranges_of_pages(words: str, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    ranges = PageRanges.parse(words)
    assert all(page in ranges for page in inside)
    assert not any(page in ranges for page in outside)
    assert PageRanges.parse(str(ranges)) == ranges


@pytest.mark.parametrize("words", ["", "ten", "40-10", "0", "1-2-3", "5 6", "-"])
def test_what_is_no_range_of_pages(words: str) -> None:
    with pytest.raises(ValueError, match="page"):
        PageRanges.parse(words)


def test_a_scan_is_sent_to_text_recognition() -> None:
    press = Press()
    press.pdf.add_page()
    press.pdf.rect(50, 50, 100, 100, style="F")
    with pytest.raises(ReadError, match=r"scan\.pdf: there is no text in this PDF.*ocrmypdf"):
        read_pdf(press.content(), "scan.pdf")


def test_an_encrypted_file_says_how_to_open_it(essay: Press) -> None:
    essay.pdf.set_encryption(owner_password="owner", user_password="reader", permissions=AccessPermission.none())
    with pytest.raises(ReadError, match=r"secret\.pdf: this PDF is encrypted.*qpdf --decrypt"):
        read_pdf(essay.content(), "secret.pdf")


def test_a_page_that_is_a_picture_among_others_is_named() -> None:
    from PIL import Image

    press = Press()
    press.page("Head", "1")
    prose(press, 5)
    press.pdf.add_page()
    press.pdf.image(Image.new("RGB", (8, 8), "grey"), 50, 50, 100, 100)
    document, _ = found_in(press)
    assert [(item.code, "page 2 " in item.message) for item in document.diagnostics] == [("page-without-text", True)]


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_read_or_refused_in_one_line(essay: Press, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(essay.content())
    match seed % 4:
        case 0:
            del content[chance.randrange(len(content)) :]
        case 1:
            for _ in range(10 ** chance.randrange(4)):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        case 2:
            start = chance.randrange(len(content))
            del content[start : start + chance.randrange(500)]
        case _:
            start = chance.randrange(len(content))
            content[start:start] = chance.randbytes(300)
    document, message = read_or_refused(bytes(content))
    if document is None:
        assert message.startswith("damaged.pdf: ")
        assert "\n" not in message
    else:
        assert document.text.strip()
        for note in find_notes(document).notes:
            assert document.slice(note.parts) == note.text


def read_or_refused(content: bytes) -> tuple[Document | None, str]:
    try:
        return read_pdf(content, "damaged.pdf"), ""
    except ReadError as error:
        return None, str(error)


def test_notes_called_by_letters_begin_anew_on_each_page() -> None:
    press = Press()
    for page, letters in enumerate(("ab", "abc", "a"), 102):
        press.page("Mary Miller", str(page))
        prose(press, 20, {3 * place + 2: letter for place, letter in enumerate(letters)})
        press.feet([f"^{letter}^ Lee, _Letters_, p. {page}." for letter in letters])
    _, found = found_in(press)
    assert [note.label for note in found.notes] == list("ababca")
    assert [note.text for note in found.notes][:2] == ["Lee, Letters, p. 102."] * 2
    assert all(len(note.markers) == 1 for note in found.notes)


def test_a_thousand_pages_fit_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "thousand.pdf"
    file.write_bytes(thousand_pages())
    program = f"""{PEAK_MEMORY}
import sys; from citekit.notes import find_notes; from citekit.readers import read
document = read(sys.argv[1]); found = find_notes(document)
print(len(document.pages), peak_memory())
"""
    done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True)
    pages, memory = map(int, done.stdout.split())
    assert pages == 1000
    assert memory < 1_000_000


def thousand_pages() -> bytes:
    """A thousand pages that share one content stream of a few lines."""
    lines = "".join(f"1 0 0 1 50 {540 - 14 * place} Tm ({words}) Tj\n" for place, words in enumerate(BODY[:1]))
    stream = f"BT /F1 11 Tf\n{lines}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1000 /MediaBox [0 0 400 600] /Kids ["
        + b" ".join(b"%d 0 R" % number for number in range(5, 1005))
        + b"] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        *[b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"] * 1000,
    ]
    content = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, start)
    )


WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=1, max_size=9)


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12))
def test_no_word_is_lost_and_every_span_slices_back(lines: list[list[str]]) -> None:
    press = Press()
    press.page()
    for words in lines:
        press.line(" ".join(words))
    document, found = found_in(press)
    assert document.text.split() == [word for words in lines for word in words]
    (page,) = document.pages
    for start, end in zip(page.starts, page.ends, strict=True):
        assert re.fullmatch(r"\S+", document.text[start:end])
    for note in found.notes:
        assert document.slice(note.parts) == note.text
