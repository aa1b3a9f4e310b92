"""PDF out of browsers and office programs: raised labels as large as the text, links back, notes under a rule."""

from __future__ import annotations

from citekit.model import Document, HintKind
from citekit.notes import FoundNotes, find_notes
from citekit.offsets import reading_text
from citekit.readers import from_text
from citekit.readers.pdf import read_pdf
from citekit.readers.pdf.columns import columns_of_page
from citekit.readers.pdf.glyph import Glyph
from citekit.readers.pdf.lines import Strip
from tests.readers.press import BODY, LEFT, Press


def prose(press: Press, count: int, *, x: float = LEFT, size: float = 11, characters: int = 80) -> None:
    """Lines of the text, no two of a document alike."""
    for line in range(count):
        press.line(f"{BODY[line % 4][:characters]} {press.pdf.page}{line:02}", x=x, size=size)


def found_in(press: Press) -> tuple[Document, FoundNotes]:
    document = read_pdf(press.content(), "essay.pdf")
    return document, find_notes(document)


def printed(document: Document, found: FoundNotes) -> list[tuple[str | None, str, int]]:
    return [(note.label, reading_text(document, note.parts).text, len(note.markers)) for note in found.notes]


def test_a_label_as_large_as_the_text_is_raised_by_its_place_alone() -> None:
    """A style sheet raises it without making it smaller; browsers draw what it places behind all other words."""
    press = Press()
    press.page()
    words = "and nobody knew of it before the spring came"
    press.pdf.set_font("Times", "", 11)
    right = LEFT + press.pdf.get_string_width(words)
    labels = []
    for label in "123":
        prose(press, 5)
        labels.append((label, right, press.y - 4.4))
        press.line(words)
    press.line("Notes", size=16)
    notes = {"1": "Mills, Fire, 1820, p. 3.", "2": "Ibid., p. 4.", "3": "Lee, Steel, 1999, p. 9."}
    for label, note in notes.items():
        labels.append((label, LEFT, press.y - 4.4))
        press.line(note, x=LEFT + 8)
        press.y += 4
    for label, x, y in labels:
        press.line(label, x=x, y=y)
    document, found = found_in(press)
    assert printed(document, found) == [(label, note, 1) for label, note in notes.items()]


def test_the_sign_of_a_link_back_is_no_word_of_its_note() -> None:
    text = "The mill stood on the Aire.1 It burnt in the winter,2 and nobody rebuilt it.3\n\nNotes\n\n"
    text += "1. Mills, Fire, 1820, p. 3. ↩\n2. Ibid., p. 4. ↑\n3. Lee, Steel, 1999, p. 9. ↩\ufe0e\n"
    assert [note.text for note in find_notes(from_text(text)).notes] == [
        "Mills, Fire, 1820, p. 3.",
        "Ibid., p. 4.",
        "Lee, Steel, 1999, p. 9.",
    ]


def test_what_a_browser_prints_at_the_edges_is_furniture() -> None:
    """Date and title at the head, address and page at the foot, hardly apart from a page that is full."""
    press = Press()
    for page in range(1, 6):
        press.page()
        press.line("11/22/26, 7:23 PM The Mills of the Aire", y=30, size=8)
        press.line(f"https://example.org/mills/1820 {page}/5", y=585, size=8)
        press.y = 44 if page > 1 else 76
        prose(press, {1: 35, 5: 10}.get(page, 38))
    press.line("1. Town Archive, Council book 4, fol. 12.")
    document, _ = found_in(press)
    furniture = [document.text[slice(*hint.span)].strip() for hint in document.hints if hint.kind is HintKind.FURNITURE]
    head = "11/22/26, 7:23 PM The Mills of the Aire"
    assert furniture == [words for page in range(1, 6) for words in (head, f"https://example.org/mills/1820 {page}/5")]


def test_a_note_as_large_as_the_text_goes_on_under_the_rule_of_the_next_page() -> None:
    press = Press()
    for page in range(3):
        press.page("Chapter two", str(page + 11))
        prose(press, 18)
        press.line(f"and so it ended.^{page + 1}^")
        press.rule(press.y + 2)
        press.y += 18
        if page:
            press.line(f"of the fire and of the winter after it (London, 195{page}), p. {page}.")
        press.line(f"{page + 1} John Smith, A History of Wool (London, 190{page}), p. 3; compare")
        press.line("the letters which Ann Lee has printed in her account of the mills")
    document, found = found_in(press)
    for label, words, markers in printed(document, found)[:2]:
        assert (label, markers) in (("1", 1), ("2", 1))
        assert words.startswith(f"John Smith, A History of Wool (London, 190{int(label or 0) - 1}), p. 3; compare the")
        assert words.endswith(f"of the mills of the fire and of the winter after it (London, 195{label}), p. {label}.")


def strip(left: float, right: float, y: float) -> Strip:
    return Strip((Glyph("x", left, right, y, 10, False, False),))


def test_a_full_stop_in_the_gutter_parts_no_column() -> None:
    left = [strip(50, 198.9 if row == 20 else 198, 100 + 12 * row) for row in range(30)]
    right = [strip(210, 360, 100 + 12 * row) for row in range(30)]
    page_number = strip(201.4, 208.9, 600)
    columns = columns_of_page([*left, *right, page_number])
    assert columns == [left, [*right, page_number]]
