"""Document → notes and the markers that call them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from citekit.model import Diagnostic, Document, HintKind, Marker, Note, NoteKind, Severity
from citekit.notes.hinted import hinted_notes
from citekit.notes.layout import lay_out
from citekit.notes.numbered import numbered_notes
from citekit.notes.reference_lists import listed_references
from citekit.notes.run_on import run_on_references
from citekit.notes.sigla_lists import listed_sigla
from citekit.notes.unread import unread_citations

__all__ = ["FoundNotes", "find_notes", "unread_citations"]


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """What was found in a document.

    Attributes:
        notes: footnotes, endnotes and entries of reference lists, in document order.
        markers_without_note: markers in the body whose note is not in the document, in document order.
        diagnostics: what the user should know of them.
    """

    notes: tuple[Note, ...] = ()
    markers_without_note: tuple[Marker, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def find_notes(document: Document) -> FoundNotes:
    """The notes of a document and the markers that call them.

    What the format says (hints) is taken; where it says nothing, or of notes with signs alone (an author's thanks in a
    manuscript whose numbered notes were typed), the text shows the notes. Nothing is invented: a number that is left
    out, a note that nothing calls and a marker without note are reported.
    """
    layout = lay_out(document)
    if any(hint.kind in (HintKind.NOTE, HintKind.NOTE_MARKER) for hint in document.hints):
        notes, lone, diagnostics = hinted_notes(document)
        if notes and not lone and all(note.label and not note.label.isalnum() for note in notes):
            typed, lone, said = numbered_notes(document, layout)
            notes += [note for note in typed if not _among(note, notes)]
            diagnostics += said
    else:
        notes, lone, diagnostics = numbered_notes(document, layout)
    notes += listed_references(document, layout, notes)
    notes += listed_sigla(document, layout, notes)
    if not notes:
        notes += run_on_references(document)
    notes.sort(key=lambda note: note.span)
    numbered = tuple(replace(note, id=f"n{number}") for number, note in enumerate(notes, 1))
    diagnostics += [_uncalled(note) for note in numbered if _numbered(note) and not note.markers]
    diagnostics += [
        Diagnostic(
            Severity.WARNING,
            "marker-without-note",
            f"marker {marker.label}: the document has no note {marker.label}; is a part of it missing?",
            marker.span,
        )
        for marker in lone
    ]
    return FoundNotes(numbered, tuple(lone), tuple(diagnostics))


def _among(note: Note, others: list[Note]) -> bool:
    """Whether a note that the text alone shows is one that the format shows, or lies in it."""
    return any(note.span.start < other.span.end and other.span.start < note.span.end for other in others)


def _numbered(note: Note) -> bool:
    """Whether a note has a label that markers call; the name of an abbreviation is none."""
    return note.label is not None and not (note.kind is NoteKind.REFERENCE and note.label[0].isalpha())


def _uncalled(note: Note) -> Diagnostic:
    return Diagnostic(
        Severity.INFO,
        "note-without-marker",
        f"note {note.label}: nothing in the text calls it; the marker may have been lost",
        note.label_span,
    )
