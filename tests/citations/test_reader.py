"""Notes and strings: what italics tell, and what is refused."""

from __future__ import annotations

import pytest

from citekit.citations import parse, read_citations
from citekit.citations.identifiers import DOCUMENT_NUMBER
from citekit.model import Document, Form, Note, NoteKind, Span
from citekit.notes import find_notes
from citekit.readers import from_text


def test_a_name_and_a_title_in_italics_are_a_short_form() -> None:
    document = from_text("Text.[^1]\n\n[^1]: Jo, *Compliant Rebels*.\n", media_type="text/markdown")
    (citation,) = read_citations(document, find_notes(document).notes)
    assert (citation.form, citation.item["title"]) == (Form.SHORT, "Compliant Rebels")


@pytest.mark.parametrize("lead", ["[w:] ", "[in:] ", "w: ", "[w]: "])
def test_a_container_in_italics_behind_a_bracket(lead: str) -> None:
    note = f"A. Nowak, *Drogi solne*, {lead}*Miasta i targi*, red. P. Zieliński, Kraków 1970, s. 11–40."
    document = from_text(f"Text.[^1]\n\n[^1]: {note}\n", media_type="text/markdown")
    (citation,) = read_citations(document, find_notes(document).notes)
    assert (citation.item["title"], citation.item["container-title"]) == ("Drogi solne", "Miasta i targi")


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


@pytest.mark.parametrize(
    ("entry", "family", "given", "title"),
    [
        ("de Vries, Johanna. The Herring Towns. Leiden: Brill, 1981.", "de Vries", "Johanna", "The Herring Towns"),
        ("von Berg, Karl. Die Wege der Händler. München: Beck, 1990.", "von Berg", "Karl", "Die Wege der Händler"),
        ("Van Dorn, W. E. B. The Mill Roads. Chicago: Clark, 1907.", "Van Dorn", "W. E. B.", "The Mill Roads"),
        ("Brenner, Ida. 1958. The Price of Salt. New York: Harper, Row.", "Brenner", "Ida", "The Price of Salt"),
    ],
)
def test_the_title_of_an_entry_holds_neither_given_names_nor_imprint(
    entry: str, family: str, given: str, title: str
) -> None:
    note = Note("n1", None, NoteKind.REFERENCE, None, (Span(0, len(entry)),), entry)
    (citation,) = read_citations(Document(entry, language="en"), [note])
    (author,) = citation.item["author"]
    assert (author["family"], author["given"], citation.item["title"]) == (family, given, title)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("See the resolution, A/RES/217(III), and what followed", True),
        ("The A/B and the S/Z of it were discussed", False),
    ],
)
def test_a_document_number_has_figures(line: str, found: bool) -> None:
    assert (DOCUMENT_NUMBER.search(line) is not None) is found


def test_a_year_of_the_hijra_is_no_year_of_our_era() -> None:
    (citation,) = parse(Document("فریدون آدمیت، اندیشه ترقی، تهران، خوارزمی، ۱۳۵۱، ص ۱۲", language="fa"))
    assert citation.item["issued"] == {"literal": "۱۳۵۱"}


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
