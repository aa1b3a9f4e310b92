"""Notes and strings: what italics tell, and what is refused."""

from __future__ import annotations

import pytest

from citekit.citations import parse, read_citations
from citekit.model import Document, Form, Note, NoteKind, Span
from citekit.notes import find_notes
from citekit.readers import from_text


def test_a_name_and_a_title_in_italics_are_a_short_form() -> None:
    document = from_text("Text.[^1]\n\n[^1]: Jo, *Compliant Rebels*.\n", media_type="text/markdown")
    (citation,) = read_citations(document, find_notes(document).notes)
    assert (citation.form, citation.item["title"]) == (Form.SHORT, "Compliant Rebels")


def test_italics_inside_a_comment_are_none() -> None:
    document = from_text("Text.[^1]\n\n[^1]: The word *polis* is left in Greek.\n", media_type="text/markdown")
    assert read_citations(document, find_notes(document).notes) == ()


@pytest.mark.parametrize("sentence", ["As soon as possible.", "Les médecins étaient des médecins libéraux.", "", " \n"])
def test_a_string_that_is_a_sentence_has_no_citation(sentence: str) -> None:
    assert parse(Document(sentence)) == ()


def test_a_string_without_signs_is_one_reference() -> None:
    (citation,) = parse(Document("Weber, Economy and Society"))
    assert citation.span == (0, 26)


def test_a_reference_list_has_no_short_forms() -> None:
    text = "Weber, Max. Economy and Society."
    note = Note("n1", None, NoteKind.REFERENCE, None, (Span(0, len(text)),), text)
    (citation,) = read_citations(Document(text), [note])
    assert citation.form is Form.FULL


def test_a_note_over_a_page_has_parts() -> None:
    text = "Max Weber, Economy and\fSociety (Berkeley: University of California Press, 1978), 12."
    parts = (Span(0, 22), Span(23, len(text)))
    note = Note("n1", "1", NoteKind.FOOTNOTE, None, parts, "")
    (citation,) = read_citations(Document(text), [note])
    assert citation.item["title"] == "Economy and Society"
    assert citation.parts == (Span(0, 22), Span(23, len(text) - 1))
    assert citation.field_spans["title"] == (Span(11, 22), Span(23, 30))


@pytest.mark.parametrize("unit", ["“", "‘", "A. ", "see ", "1990 ", "; ", "Weber, Ders. in ", "(poi in ", "and Weber "])
def test_a_long_note_is_read_to_its_end(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + "Max Weber, Economy (Berlin: Mohr, 1922), p. 3."
    citations = parse(Document(text))
    assert all(citation.span.end <= len(text) for citation in citations)
