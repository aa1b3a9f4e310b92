"""Reading text: what a note's words become for the rules, and the way back to the untouched document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.model import Document, Hint, HintKind, Span
from citekit.offsets import reading_text


def _read(text: str) -> str:
    return reading_text(Document(text), [Span(0, len(text))]).text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Illu-\nminismo e storicismo", "Illuminismo e storicismo"),
        ("Laterza, Roma-\nBari 1997", "Laterza, Roma-Bari 1997"),
        ("pp. 314-\n316", "pp. 314-316"),
        ("War and Population Changes, 1917–\n1947", "War and Population Changes, 1917–1947"),
        ("Kultur- und\nWissenschaft", "Kultur- und Wissenschaft"),
        ("La Cina del\u00a0Novecento,\r\n\r\n  Torino", "La Cina del Novecento, Torino"),
        ("Wirt\u00ad\nschaft und Gesell\u00adschaft", "Wirtschaft und Gesellschaft"),
        ("墓碑:中国六十年\n\n代大饥荒纪实", "墓碑:中国六十年代大饥荒纪实"),
        (
            "http://www.example.org/selected-\nworks/volume-8/05.htm, p. 3",
            "http://www.example.org/selected-works/volume-8/05.htm, p. 3",
        ),
        ("http://www.example.org/a/0809_7878_1\n292099.shtml", "http://www.example.org/a/0809_7878_1292099.shtml"),
        (
            "http://www.example.org/data?symbol=00102 \n07/12/2009",
            "http://www.example.org/data?symbol=00102 07/12/2009",
        ),
        ("see http://www.example.org/page\nSmith, History", "see http://www.example.org/page Smith, History"),
    ],
    ids=lambda value: value[:24].replace("\n", "⏎"),
)
def test_line_breaks_belong_to_the_typesetter(printed: str, read: str) -> None:
    assert _read(printed) == read


def test_a_word_broken_over_a_page_has_a_piece_on_each() -> None:
    document = Document("What is En-\nRUNNING HEAD\nlightenment?, London")
    line = reading_text(document, [Span(0, 11), Span(25, 45)])
    assert line.text == "What is Enlightenment?, London"
    assert line.source(8, 22) == (Span(8, 10), Span(25, 37))


def test_emphasis_markup_is_left_out_and_its_place_told() -> None:
    text = "R. MacFarquhar, *The Origins*, p. 7"
    document = Document(text, hints=(Hint(HintKind.EMPHASIS, Span(17, 28)),))
    line = reading_text(document, [Span(0, len(text))])
    assert line.text == "R. MacFarquhar, The Origins, p. 7"
    (span,) = line.emphasis
    assert line.text[span.start : span.end] == "The Origins"


@given(st.text(alphabet=st.sampled_from("ab B1-–.,/:*\n\r\t\u00a0\u00ad\u2028\f中文http://w.x"), max_size=80))
def test_every_character_leads_back_to_itself(text: str) -> None:
    line = reading_text(Document(text), [Span(0, len(text))])
    assert len(line.offsets) == len(line.text)
    assert list(line.offsets) == sorted(line.offsets)
    for char, place in zip(line.text, line.offsets, strict=True):
        assert text[place] == char or (char == " " and (text[place].isspace() or text[place] in "\u00ad"))
    assert line.text == line.text.strip("\n\r\t ") or line.text.startswith(" ") is False


@given(st.text(alphabet="ab -\n中", max_size=60), st.data())
def test_a_stretch_of_the_reading_text_slices_back_to_its_letters(text: str, data: st.DataObject) -> None:
    document = Document(text)
    line = reading_text(document, [Span(0, len(text))])
    if not line.text:
        return
    start = data.draw(st.integers(0, len(line.text) - 1))
    end = data.draw(st.integers(start + 1, len(line.text)))
    letters = [char for char in document.slice(line.source(start, end)) if char.isalpha()]
    assert letters == [char for char in line.text[start:end] if char.isalpha()]


def test_the_backslash_of_markdown_is_none_of_the_words() -> None:
    text = "J. Jarema, \\[introduction\\], *Exhibition*, C:\\\\papers, 5 \\& 6"
    document = Document(text, media_type="text/markdown")
    line = reading_text(document, (Span(0, len(text)),))
    assert line.text == "J. Jarema, [introduction], *Exhibition*, C:\\papers, 5 & 6"
    assert all(text[offset] == char for char, offset in zip(line.text, line.offsets, strict=True))
