"""Notes typed by hand in a document whose program knows one of them: an author's thanks, with a sign."""

from __future__ import annotations

from citekit.notes import find_notes
from citekit.readers.html import read_html

PAGE = """<body><h1>The mills<a href="#thanks"><sup>*</sup></a></h1>
<p>Wool was cheap.<sup>1</sup> Then the mill burnt.<sup>2</sup></p><p>Nobody rebuilt it.<sup>3</sup></p>
<p id="thanks"><sup>*</sup> I thank the readers of this journal.</p>
<h2>Notes</h2><p>1. John Mills, <i>Fire</i> (London: Hall, 1820), 3.</p><p>2. Ibid., 14.</p>
<p>3. Lee, <i>Steel</i>, 9.</p></body>"""


def test_notes_typed_beside_one_with_a_sign_are_found_too() -> None:
    found = find_notes(read_html(PAGE.encode(), "essay.html"))
    assert [(note.label, note.text, len(note.markers)) for note in found.notes] == [
        ("*", "I thank the readers of this journal.", 1),
        ("1", "John Mills, Fire (London: Hall, 1820), 3.", 1),
        ("2", "Ibid., 14.", 1),
        ("3", "Lee, Steel, 9.", 1),
    ]
    assert found.markers_without_note == ()


def test_numbers_beside_notes_that_the_page_numbers_stay_numbers() -> None:
    page = PAGE.replace('<a href="#thanks"><sup>*</sup></a>', '<a href="#thanks"><sup>1</sup></a>').replace(
        '"thanks"><sup>*</sup>', '"thanks"><sup>1</sup>'
    )
    assert len(find_notes(read_html(page.encode(), "essay.html")).notes) == 1
