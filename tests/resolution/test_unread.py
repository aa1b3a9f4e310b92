"""An ibid. behind a note of which no citation was read.

How much of a note is read changes as the reading gets better; so these notes stand before the resolution as if nothing
of them had been read, whatever is read today.
"""

from __future__ import annotations

import pytest

from citekit import citations, resolution
from citekit.model import Citation, Document, Hint, HintKind, Note, NoteKind, Span
from citekit.resolution import Resolved
from citekit.resolution.ledger import Ledger
from citekit.resolution.named_again import named_again
from citekit.resolution.unread import Silence

GASH = "Norman Gash, Sir Robert Peel (London: Longman, 1972), 561."
CLARK = "Anna Clark, The Salt Tax in Cornwall (London: Dent, 1961), 8."


def resolved(language: str, *printed: str, unread: int, italics: str = "") -> Resolved:
    """The notes of a document, one of which (counted from 1) yields no citation; `italics` are words in italics."""
    text, notes = "", []
    for number, note in enumerate(printed, start=1):
        span = Span(len(text), len(text) + len(note))
        text += note + "\n"
        notes.append(Note(f"n{number}", str(number), NoteKind.FOOTNOTE, None, (span,), note))
    place = text.find(italics)
    hints = (Hint(HintKind.EMPHASIS, Span(place, place + len(italics))),) if italics else ()
    document = Document(text, language=language, hints=hints)
    read = [one for one in citations.read_citations(document, notes) if one.note != f"n{unread}"]
    return resolution.resolve(document, notes, read)


def ibid(found: Resolved) -> Citation:
    return found.citations[-1]


CITED_AGAIN = [
    ("en", GASH, CLARK, "For a contrary view, Gash, Peel, 64.", "Ibid., 70."),
    ("en", GASH, CLARK, "The reverse is held in Gash, p. 64.", "Ibid., 70."),
    (
        "de",
        "Otto Brunner, Land und Herrschaft, Baden bei Wien 1939, S. 12.",
        "Anna Roth, Das Salz der Alpen, Wien 1950, S. 3.",
        "Ganz anders freilich Brunner, Herrschaft, S. 140.",
        "Ebd., S. 141.",
    ),
    (
        "fr",
        "Marc Bloch, Les rois thaumaturges, Strasbourg, Istra, 1924, p. 61.",
        "Anne Roche, Le sel de Lorraine, Nancy, Berger, 1950, p. 3.",
        "À rapprocher de Bloch, p. 64.",
        "Ibid., p. 65.",
    ),
    (
        "it",
        "Carlo Ginzburg, Il formaggio e i vermi, Torino, Einaudi, 1976, p. 15.",
        "Anna Rossi, Il sale di Cervia, Bologna, Il Mulino, 1980, p. 3.",
        "Di altro avviso Ginzburg, Formaggio, p. 27.",
        "Ivi, p. 28.",
    ),
    (
        "ru",
        "Ключевский В. О. Боярская дума Древней Руси. М., 1902. С. 15.",
        "Платонов С. Ф. Очерки по истории Смуты. СПб., 1899. С. 40.",
        "Иначе у Ключевского: Ключевский, с. 20.",
        "Там же. С. 21.",
    ),
]


@pytest.mark.parametrize(("language", "first", "second", "unread", "behind"), CITED_AGAIN)
def test_ibid_behind_a_work_cited_before_that_was_not_read_stays_open(
    language: str, first: str, second: str, unread: str, behind: str
) -> None:
    found = resolved(language, first, second, unread, behind, unread=3)
    assert ibid(found).works == ()
    assert [remark.code for remark in found.diagnostics] == ["ibid-over-unread"]


@pytest.mark.parametrize(
    ("language", "first", "unread", "behind"),
    [
        ("en", GASH, "Lewis, interview.", "Ibid."),
        ("en", GASH, "Interview with Mary Lewis.", "Ibid."),
        ("en", GASH, "Lewis to Graham, letter.", "Ibid."),
        ("en", GASH, "28 Stat. 390.", "Ibid., 391."),
        ("de", "Otto Brunner, Land und Herrschaft, Baden bei Wien 1939, S. 12.", "Brief Peels an Graham.", "Ebd."),
        ("de", "Otto Brunner, Land und Herrschaft, Baden bei Wien 1939, S. 12.", "§ 12 des Pressegesetzes.", "Ebd."),
        ("fr", "Marc Bloch, Les rois thaumaturges, Strasbourg, 1924, p. 61.", "Lettre de Roche à Petit.", "Ibid."),
        ("it", "Carlo Ginzburg, Il formaggio e i vermi, Torino, 1976, p. 15.", "Lettera di Rossi a Neri.", "Ivi."),
        ("es", "Julio Caro, Los moriscos de Granada, Madrid, 1976, p. 15.", "Entrevista con Juan Ruiz.", "Ibid."),
        ("ru", "Ключевский В. О. Боярская дума Древней Руси. М., 1902. С. 15.", "Интервью с Гончаровым.", "Там же."),
    ],
)  # fmt: skip
def test_ibid_behind_a_letter_an_interview_a_law_that_was_not_read_stays_open(
    language: str, first: str, unread: str, behind: str
) -> None:
    found = resolved(language, first, unread, behind, unread=2)
    assert ibid(found).works == ()
    assert "ibid-over-unread" in [remark.code for remark in found.diagnostics]


def test_ibid_behind_a_title_in_italics_and_a_page_stays_open() -> None:
    found = resolved(
        "en", GASH, "Best of all in The Morning Tide, 64.", "Ibid., 70.", unread=2, italics="The Morning Tide"
    )
    assert ibid(found).works == ()


@pytest.mark.parametrize(
    ("language", "first", "second", "comment", "behind"),
    [
        ("en", GASH, CLARK, "Gash disagrees with this view.", "Ibid., 70."),
        ("en", GASH, CLARK, "I am grateful to Norman Gash for this reference.", "Ibid., 70."),
        ("en", GASH, CLARK, "Clark herself was of two minds about the Tax.", "Ibid., 70."),
        ("en", GASH, CLARK, "Emphasis in the original letter.", "Ibid., 70."),
        ("en", GASH, CLARK, "The letter was sent from London.", "Ibid., 70."),
        (
            "de",
            "Otto Brunner, Land und Herrschaft, Baden bei Wien 1939, S. 12.",
            "Anna Roth, Das Salz der Alpen, Wien 1950, S. 3.",
            "Brunner sah das anders.",
            "Ebd., S. 9.",
        ),
        (
            "fr",
            "Marc Bloch, Les rois thaumaturges, Strasbourg, Istra, 1924, p. 61.",
            "Anne Roche, Le sel de Lorraine, Nancy, Berger, 1950, p. 3.",
            "Nous remercions Marc Bloch de cette indication.",
            "Ibid., p. 9.",
        ),
    ],
)
def test_comment_does_not_come_between(language: str, first: str, second: str, comment: str, behind: str) -> None:
    found = resolved(language, first, second, comment, behind, unread=3)
    assert ibid(found).works == found.citations[1].works
    assert ibid(found).resolution is not None
    assert found.diagnostics == ()


def test_words_behind_the_last_citation_of_a_note_come_between() -> None:
    found = resolved("en", GASH, f"{CLARK} For a contrary view, Gash, Peel, 64.", "Ibid., 70.", unread=0)
    last = ibid(found)
    assert last.works != found.citations[1].works


def test_nothing_is_named_where_no_work_is_known() -> None:
    assert named_again("The vote was held in a full House.", (), [Ledger()], ()) is Silence.COMMENT
