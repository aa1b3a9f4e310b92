"""Electronic books as publishers make them: notes in a file of their own, numbered anew by chapter."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from citekit.notes import find_notes
from citekit.readers.epub import read_epub

NOTES = {
    (1, 1): "John Mills, Fire (London: Hall, 1820), 3.",
    (1, 2): "Ibid., 4.",
    (2, 1): "Anna Lee, Steel (York: Ward, 1999), 7.",
    (2, 2): "Ibid., 9.",
}
FOUND = [(str(number), words, f"{chapter}{number}") for (chapter, number), words in NOTES.items()]


def book(pages: Mapping[str, str], order: Mapping[str, str]) -> bytes:
    """A book of pages by their files' names; `order` names those in its reading order, with what is said of them."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}" {said}/>' for name, said in order.items())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="text/book.opf"/></container>')
        archive.writestr("text/book.opf", f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>")
        for name, body in pages.items():
            archive.writestr(f"text/{name}", f"<html><body>{body}</body></html>")
    return content.getvalue()


def raised(chapter: int, number: int) -> str:
    return f'<sup><a id="r{number}" href="notes.xhtml#n{chapter}-{number}">{number}</a></sup>'


def level(chapter: int, number: int) -> str:
    return f'<a id="r{number}" href="notes.xhtml#n{chapter}-{number}">{number}</a>'


def unlinked(_: int, number: int) -> str:
    return f"<sup>{number}</sup>"


def notes_of(
    call: Callable[[int, int], str],
    note: str,
    order: Mapping[str, str] | None = None,
    heading: str = "<h2>Chapter {chapter}</h2>",
) -> list[tuple[str | None, str, str]]:
    """Label, words and the word before the marker of each note in a book of two chapters, all notes in one file."""
    pages = {}
    listed = "<h1>Notes</h1>"
    for chapter in (1, 2):
        calls = " ".join(f"Mill {chapter}{number}{call(chapter, number)}" for number in (1, 2))
        pages[f"c{chapter}.xhtml"] = f"<h1>Chapter {chapter}</h1><p>{calls}</p>"
        listed += heading.format(chapter=chapter)
        for number in (1, 2):
            words = NOTES[chapter, number]
            listed += note.format(chapter=chapter, number=number, words=words)
    pages["notes.xhtml"] = listed
    document = read_epub(book(pages, order or dict.fromkeys(pages, "")), "book.epub")
    found = find_notes(document)
    assert not found.markers_without_note
    assert not found.diagnostics
    return [
        (one.label, one.text, document.text[: marker.start].split()[-1])
        for one in found.notes
        for marker in one.markers
    ]


LINKED_BACK = '<p id="n{chapter}-{number}"><a href="c{chapter}.xhtml#r{number}">{number}</a>. {words}</p>'


@pytest.mark.parametrize("call", [raised, level])
@pytest.mark.parametrize(
    "note",
    [
        LINKED_BACK,
        '<p id="n{chapter}-{number}"><a href="part{chapter}.xhtml#r{number}">{number}</a>. {words}</p>',
        '<p id="n{chapter}-{number}"><a href="c{chapter}.xhtml">{number}</a> {words}</p>',
        '<p id="n{chapter}-{number}"><a href="c{chapter}.xhtml#r{number}old">{number}</a> {words}</p>',
        '<p id="n{chapter}-{number}"><a href="c1.xhtml#r1">{number}</a> {words}</p>',
        '<p id="n{chapter}-{number}">{number} {words} <a href="c{chapter}.xhtml">Back to text</a></p>',
        '<p id="n{chapter}-{number}">{number} {words} <a href="part{chapter}.xhtml#r{number}">↩</a></p>',
        '<p id="n{chapter}-{number}">{number} {words} <a href="c{chapter}.xhtml#r{number}old">[↩]</a></p>',
        '<p><a id="n{chapter}-{number}"></a>{number}. {words}</p>',
    ],
    ids=[
        "to the marker",
        "to a file that is not there",
        "to a whole file",
        "to a place that is not there",
        "all to one place",
        "words, to a whole file",
        "an arrow, to a file that is not there",
        "an arrow, to a place that is not there",
        "no way back",
    ],
)
def test_notes_in_one_file_wherever_they_lead_back(call: Callable[[int, int], str], note: str) -> None:
    assert notes_of(call, note) == FOUND


@pytest.mark.parametrize(
    ("call", "note", "heading"),
    [
        (raised, LINKED_BACK, "<p>Chapter {chapter}</p>"),
        (raised, LINKED_BACK, "<p>{chapter}</p><p>The Mills of the Aire</p>"),
        (raised, LINKED_BACK, ""),
        (unlinked, "<p>{number}. {words}</p>", "<h2>Chapter {chapter}</h2>"),
        (unlinked, "<p>{number}. {words}</p>", "<p>Chapter {chapter}</p>"),
        (unlinked, "<p>{number}. {words}</p>", ""),
    ],
)
def test_numbers_begin_anew_with_each_chapter(call: Callable[[int, int], str], note: str, heading: str) -> None:
    assert notes_of(call, note, heading=heading) == FOUND


def test_a_second_paragraph_of_a_chapters_last_note_is_the_notes() -> None:
    found = notes_of(raised, LINKED_BACK + "<p>The parish books say nothing.</p>", heading="<p>Chapter {chapter}</p>")
    assert found[1][1] == "Ibid., 4.\n\nThe parish books say nothing."


@pytest.mark.parametrize(
    "order",
    [
        {"c1.xhtml": "", "c2.xhtml": ""},
        {"notes.xhtml": 'linear="no"', "c1.xhtml": "", "c2.xhtml": 'linear="yes"'},
    ],
    ids=["left out of the reading order", "beside the reading order"],
)
def test_notes_stand_behind_the_text_that_calls_them(order: Mapping[str, str]) -> None:
    assert notes_of(raised, LINKED_BACK, order) == FOUND


def test_each_chapter_with_a_file_of_notes_that_has_the_same_names() -> None:
    pages = {}
    for chapter in (1, 2):
        call = '<a id="r{0}" href="notes{1}.xhtml#n{0}">{0}</a>'
        pages[f"c{chapter}.xhtml"] = "<p>" + " ".join(
            f"Mill {chapter}{number}{call.format(number, chapter)}" for number in (1, 2)
        )
        pages[f"notes{chapter}.xhtml"] = "".join(
            f'<p id="n{number}"><a href="c{chapter}.xhtml#r{number}">{number}</a> {NOTES[chapter, number]}</p>'
            for number in (1, 2)
        )
    document = read_epub(book(pages, dict.fromkeys(pages, "")), "book.epub")
    assert [
        (note.label, note.text, document.text[: note.markers[0].start].split()[-1])
        for note in find_notes(document).notes
    ] == FOUND
