"""Endnotes i, ii, iii … as Word numbers them where nobody tells it otherwise, in pages without links."""

from __future__ import annotations

from citekit.notes import find_notes
from citekit.readers.html import read_html


def notes_of(body: str) -> list[tuple[str | None, str, str, int]]:
    found = find_notes(read_html(f"<body>{body}</body>".encode(), "essay.html"))
    return [(note.label, note.kind.value, note.text, len(note.markers)) for note in found.notes]


TEXT = "<p>Wool was cheap.<sup>i</sup> The mill burnt,<sup>ii</sup> and nobody rebuilt it.<sup>iii</sup> So it was.</p>"
NOTES = ("John Mills, Fire (London: Hall, 1820), 3.", "Ibid., 14.", "Lee, Steel, 9.")


def test_endnotes_with_roman_numerals_raised_or_not() -> None:
    expected = [(label, "endnote", words, 1) for label, words in zip(("i", "ii", "iii"), NOTES, strict=True)]
    raised = "".join(f"<p><sup>{label}</sup> {words}</p>" for label, _, words, _ in expected)
    plain = "".join(f"<p>{label} {words}</p>" for label, _, words, _ in expected)
    assert notes_of(TEXT + raised) == expected
    assert notes_of(TEXT + plain) == expected


def test_beside_numbered_footnotes_both_are_found() -> None:
    text = TEXT.replace("cheap.", "cheap.<sup>1</sup>").replace("burnt,", "burnt,<sup>2</sup>")
    numbered = "<p>1. Town Archive, fol. 12.</p><p>2. Ibid., fol. 13.</p>"
    roman = "".join(f"<p>{label} {words}</p>" for label, words in zip(("i", "ii", "iii"), NOTES, strict=True))
    assert [(label, markers) for label, _, _, markers in notes_of(text + numbered + roman)] == [
        ("1", 1),
        ("2", 1),
        ("i", 1),
        ("ii", 1),
        ("iii", 1),
    ]


def test_a_list_with_roman_numerals_is_no_notes() -> None:
    listed = "".join(f"<p>{label}. {words}</p>" for label, words in zip(("i", "ii", "iii"), NOTES, strict=True))
    assert notes_of("<p>Wool was cheap, and x<sup>i</sup> is a power.</p>" + listed) == []
    assert notes_of(listed) == []
