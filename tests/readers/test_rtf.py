"""Rich text, by hand and as Word and LibreOffice save it: notes with their labels, letters of all code pages."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.pandoc import pandoc_path
from citekit.readers.rtf_words import Piece, rtf_pieces

needs_pandoc = pytest.mark.skipif(pandoc_path() is None, reason="pandoc is missing: install the extra 'office'")


def notes_of(path: Path, source: str) -> list[tuple[str | None, str, str]]:
    """Each note's label, its words, and the word that calls it, with the kind where it is no footnote."""
    essay = path / "essay.rtf"
    essay.write_bytes(source.encode("latin-1"))
    document = read(essay)
    found = []
    for note in find_notes(document).notes:
        (marker,) = note.markers
        kind = "" if note.kind.value == "footnote" else f" ({note.kind.value})"
        found.append((note.label, note.text, document.text[: marker.start].rstrip("[").split()[-1] + kind))
    return found


WORD = r"""{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times;}}\ftnstart1\aftnnrlc
\pard\plain Title{\cs16\super *{\footnote \pard\plain {\cs16\super *}{ I thank the readers.}}}\par
Wool{\cs16\super \chftn {\footnote \pard\plain {\cs16\super \chftn }
{ John Mills, {\i Fire} (London, 1820), 3.\par See Lee.}}}
{ steel}{\cs16\super \chftn {\footnote\ftnalt \pard\plain {\cs16\super \chftn }{ MS 12.}}}
{ fire}{\cs16\super \chftn {\footnote \pard\plain {\cs16\super \chftn }{ Ibid., 14.}}}\par}"""
LIBREOFFICE = r"""{\rtf1\ansi\deff0{\fonttbl{\f0\froman\fcharset0 Times;}}\ftnstart1\ftnrstcont\ftnnar\aftnnrlc
\pard\plain {\loch Title}{{\super \loch *{\*\footnote *\pard\plain \loch {
* I thank the readers.}}}}\par\pard\plain
{\loch Wool}{{\super \loch \chftn{\*\footnote \chftn\pard\plain {\loch
John Mills, {\i Fire} (London, 1820), 3.}\par {See Lee.}
}}}{\loch  steel}{{\super \loch \chftn{\*\footnote\ftnalt \chftn\pard\plain {\loch MS 12.}}}}{\loch
 fire}{{\super \loch \chftn{\*\footnote \chftn\pard\plain {\loch Ibid., 14.}}}}\par}"""
BY_HAND = r"""{\rtf1 Title{\super *}{\footnote {\super *} I thank the readers.}\par
Wool{\footnote John Mills, {\i Fire} (London, 1820), 3.\par See Lee.} steel{\footnote\ftnalt MS 12.} \aftnnrlc
fire{\footnote Ibid., 14.}\par}"""


@needs_pandoc
@pytest.mark.parametrize("source", [WORD, LIBREOFFICE, BY_HAND], ids=["Word", "LibreOffice", "by hand"])
def test_notes_have_the_labels_that_are_printed(tmp_path: Path, source: str) -> None:
    endnote = "1" if source is BY_HAND else "i"  # the form is said behind it
    assert notes_of(tmp_path, source) == [
        ("*", "I thank the readers.", "Title"),
        ("1", "John Mills, Fire (London, 1820), 3.\n\nSee Lee.", "Wool"),
        ("2", "Ibid., 14.", "fire"),
        (endnote, "MS 12.", "steel (endnote)"),
    ]


@needs_pandoc
def test_each_section_begins_anew_where_the_document_says_so(tmp_path: Path) -> None:
    note = r"{{\super\chftn}}{{\footnote\pard {{\super\chftn}} {}}}"
    source = r"{\rtf1\ftnrestart\ftnnalc Wool" + note.format("One.") + " fire" + note.format("Two.")
    source += r"\sect\sectd Rain" + note.format("Three.") + "}"
    assert [(label, words) for label, words, _ in notes_of(tmp_path, source)] == [
        ("a", "One."),
        ("b", "Two."),
        ("a", "Three."),
    ]


@needs_pandoc
def test_what_a_tracked_change_has_deleted_is_not_read(tmp_path: Path) -> None:
    source = (
        r"{\rtf1 Wool{\deleted\revauthdel1  down{\super\chftn{\*\footnote \chftn\pard\plain Gone.}}}"
        r"{\revised  up}{\super\chftn{\footnote \pard\plain {\super\chftn} (London, {\deleted 1819}{\revised 1820}).}}}"
    )
    assert notes_of(tmp_path, source) == [("1", "(London, 1820).", "up")]


@needs_pandoc
@pytest.mark.parametrize(
    ("head", "bytes_", "words"),
    [
        (r"\ansi\ansicpg1250", r"Ji\'f8\'ed \'8aim\'e1k", "Jiří Šimák"),
        (r"\ansi\ansicpg1251", r"\'cc\'ee\'f1\'ea\'e2\'e0", "Москва"),
        (
            r"\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}",
            r"caf\'e9 {\f1 \'cc\'ee\'f1} \'e9t\'e9",
            "café Мос été",
        ),
        (r"\ansi\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B{\*\falt C};}}", r"\plain \'f8\f0 \'f8", "řø"),
        (r"\ansi{\fonttbl{\f0\fcharset134 SimSun;}}", r"\f0\'d6\'d0\'b9\'fa", "中国"),
        (r"\mac", r"\'8e\'d5", "é’"),
        (r"\ansi\uc1", r"a\u8211\'96b\u8211?c \u1084?\u1080? \u-10179?\u-8704?", "a–b–c ми 😀"),
        (r"\ansi\uc0", r"a\u8211 b", "a–b"),
        (r"\ansi", "caf\xe9 \\{x\\}\\~y", "café {x}\xa0y"),
    ],
)
def test_letters_are_those_of_their_code_page(tmp_path: Path, head: str, bytes_: str, words: str) -> None:
    ((_, found, _),) = notes_of(tmp_path, rf"{{\rtf1{head} Wool{{\footnote {bytes_} 1900.}}}}")
    assert found == f"{words} 1900."


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), min_size=1))
def test_words_in_unicode_escapes_are_the_same_words(words: str) -> None:
    units = array("H", words.encode("utf-16-le"))
    source = "".join(f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in units)
    assert rtf_pieces(source.encode()) == [Piece(text=words)]
