"""What holds for the reading of any text whatever."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.citations import parse
from citekit.model import Citation, Document

PIECES = st.sampled_from(
    [
        "Max Weber", "Weber", "E. P. Thompson", "Müller, Jan", "谢春涛", "Ключевский В. О.", "Id.", "Ders.",
        "Ibid.", "Ebd.", "Economy and Society", "“Gender”", "«Rivista»", "《乡土中国》", "in", "in:", "ed. by",
        "(Hg.)", "a cura di", "trad. it.", "Berlin", "London: Verso", "(Oxford: Blackwell, 1983)", "1990",
        "(1905)", "19805", "p. 12", "S. 17f.", "pp. 1-36: 36", "vol. 2", "no. 3", "cit.", "op. cit.", "see",
        "Vgl.", "note 12", "http://a.org/b", "accessed 3 May 2001", "Bl. 4", "RG 59", "TNA", "and",
        "ca. 1790", "vers", "um", "[1790?]",
        "it was said that", ";", ".", ",", ":", "(", ")", "“", "”", "«", "[", "]", "\n", "\u00ad", "-\n",
    ]
)  # fmt: skip
notes = st.one_of(st.text(), st.lists(PIECES, max_size=25).map(" ".join))
languages = st.sampled_from([None, "en", "de", "it", "fr", "es", "ru", "zh"])


def shape(citations: tuple[Citation, ...]) -> list[object]:
    return [(citation.text, citation.form, citation.item, citation.locator) for citation in citations]


@settings(deadline=None)
@given(notes, languages)
def test_any_text_is_read_and_every_span_slices_back(text: str, language: str | None) -> None:
    document = Document(text, language=language)
    citations = parse(document)
    end = 0
    for citation in citations:
        assert citation.span.start >= end, "citations stand in order and apart"
        end = citation.span.end
        assert document.slice(citation.parts) == citation.text
        taken: set[int] = set()
        for spans in citation.field_spans.values():
            for span in spans:
                assert citation.span.start <= span.start < span.end <= citation.span.end
                places = set(range(*span))
                assert not places & taken, "no word has two labels"
                taken |= places


@settings(deadline=None)
@given(notes, languages, st.sampled_from([" ", "\n", "\n\n  ", "\t"]))
def test_white_space_behind_a_note_changes_nothing(text: str, language: str | None, space: str) -> None:
    assert shape(parse(Document(text + space, language=language))) == shape(parse(Document(text, language=language)))


@settings(deadline=None)
@given(notes, languages)
def test_confidence_is_a_share(text: str, language: str | None) -> None:
    assert all(0 < citation.confidence < 1 for citation in parse(Document(text, language=language)))
