"""What the works of a document say: carried people, merged records, the order of notes."""

from __future__ import annotations

from typing import Any

from citekit.model import Citation, Cue, CueKind, Document, Form, Item, Note, NoteKind, Span
from citekit.resolution import Resolved, resolve

from .resolution_cases import read_case


def resolved(body: str) -> Resolved:
    case = read_case("case", body)
    return resolve(case.document, case.notes, case.citations)


def surnames(item: Item, role: str) -> list[str]:
    return [name["family"] for name in item.get(role, ())]


def one(text: str, item: dict[str, Any], *cues: Cue) -> Resolved:
    span = Span(0, len(text))
    note = Note("n1", "1", NoteKind.FOOTNOTE, None, (span,), text)
    return resolve(Document(text), [note], [Citation("c1", "n1", (span,), text, Form.FULL, item, cues=cues)])


def test_ders_in_a_container_is_the_author_of_the_chapter_before_the_editors_named_beside_him() -> None:
    text = "Satzinger, Georg, Warum Michelangelo? In: Ders./Schütze, Sebastian (Hrsg.), Der Göttliche, München 2015"
    item = {
        "author": [{"family": "Satzinger", "given": "Georg"}],
        "title": "Warum Michelangelo?",
        "container-title": "Der Göttliche",
        "editor": [{"family": "Schütze", "given": "Sebastian"}],
    }
    found = one(text, item, Cue(CueKind.IDEM, "Ders.", "editor"))
    assert surnames(found.works[0].item, "editor") == ["Satzinger", "Schütze"]
    assert found.citations[0].item == item, "the citation itself says only what is printed"


def test_dies_stands_for_both_authors() -> None:
    text = "Müller, Jan Dirk, Pfisterer, Ulrich, Vorrede, in: Bleuler, Anna/Dies. (Hrsg.), Aemulatio, Berlin 2011"
    item = {
        "author": [{"family": "Müller", "given": "Jan Dirk"}, {"family": "Pfisterer", "given": "Ulrich"}],
        "title": "Vorrede",
        "container-title": "Aemulatio",
        "editor": [{"family": "Bleuler", "given": "Anna"}],
    }
    found = one(text, item, Cue(CueKind.IDEM, "Dies.", "editor"))
    assert surnames(found.works[0].item, "editor") == ["Bleuler", "Müller", "Pfisterer"]


def test_a_translation_has_the_author_of_its_original() -> None:
    found = resolved(
        """
1. M. Weber, Wissenschaft als Beruf, München 1919, p. 7
   full; author Weber, M.; title Wissenschaft als Beruf; issued 1919; page 7
   => A
; trad. it. di P. Rossi, La scienza come professione, Milano 2006, p. 20.
   full; translation it; translator Rossi, P.; title La scienza come professione; issued 2006; page 20
   => B
"""
    )
    assert surnames(found.works[1].item, "author") == ["Weber"]
    assert "author" not in found.citations[1].item


def test_a_short_form_adds_nothing_to_a_work_cited_in_full() -> None:
    found = resolved(
        """
1. Hobsbawm, Primitive Rebels, 5.
   short; author Hobsbawm; title Primitive Rebels; page 5
   => A
2. Eric Hobsbawm, Primitive Rebels: Studies in Archaic Forms of Social Movement (Manchester, 1959).
   full; author Hobsbawm, Eric; title Primitive Rebels: Studies in Archaic Forms of Social Movement; issued 1959
   => A
"""
    )
    (work,) = found.works
    assert work.item["title"] == "Primitive Rebels: Studies in Archaic Forms of Social Movement"
    assert work.item["author"] == [{"family": "Hobsbawm", "given": "Eric"}]
    assert not work.incomplete
    assert work.citations == ("c1", "c2")


def test_an_incomplete_work_keeps_what_its_short_forms_say() -> None:
    found = resolved(
        """
1. Hirst, Politics of War, 23.
   short; author Hirst; title Politics of War; page 23
   => A?
"""
    )
    (work,) = found.works
    assert work.incomplete
    assert work.title == "Politics of War"
    assert surnames(work.item, "author") == ["Hirst"]


def test_works_are_numbered_by_first_mention() -> None:
    found = resolved(
        """
1. Hobsbawm, Primitive Rebels, 5.
   short; author Hobsbawm; title Primitive Rebels; page 5
   => A
2. Marc Bloch, La société féodale (Paris, 1939), p. 8.
   full; author Bloch, Marc; title La société féodale; issued 1939
   => B
3. Eric Hobsbawm, Primitive Rebels (Manchester, 1959).
   full; author Hobsbawm, Eric; title Primitive Rebels; issued 1959
   => A
"""
    )
    assert [(work.id, work.title) for work in found.works] == [("w1", "Primitive Rebels"), ("w2", "La société féodale")]


def test_markdown_notes_are_read_in_the_order_of_their_markers() -> None:
    text = "[^weber] [^again]\n[^again]: Ibid., 15.\n[^weber]: Max Weber, Economy and Society, 1978."
    spans = {"again": Span(28, 38), "weber": Span(50, len(text))}
    notes = [
        Note("n1", "again", NoteKind.FOOTNOTE, None, (spans["again"],), "Ibid., 15.", (Span(11, 16),)),
        Note("n2", "weber", NoteKind.FOOTNOTE, None, (spans["weber"],), text[50:], (Span(2, 7),)),
    ]
    weber = {"author": [{"family": "Weber", "given": "Max"}], "title": "Economy and Society"}
    citations = [
        Citation("c1", "n1", (spans["again"],), "Ibid., 15", Form.IBID, {}, cues=(Cue(CueKind.IBID, "Ibid."),)),
        Citation("c2", "n2", (spans["weber"],), text[50:], Form.FULL, weber),
    ]
    found = resolve(Document(text), notes, citations)
    assert found.citations[0].works == found.citations[1].works == ("w1",)
    assert found.works[0].citations == ("c1", "c2")


def test_a_document_without_citations_has_no_works() -> None:
    note = Note("n1", "1", NoteKind.FOOTNOTE, None, (Span(0, 6),), "Thanks")
    assert resolve(Document("Thanks"), [note], []) == Resolved((), (), ())
