"""Notes that the format itself marks: Markdown's `[^1]`, and what other readers know."""

from __future__ import annotations

from collections import defaultdict

from citekit.model import Diagnostic, Document, Hint, HintKind, Marker, Note, NoteKind, Severity, Span
from citekit.notes.candidates import normal_label

__all__ = ["hinted_notes"]


def hinted_notes(document: Document) -> tuple[list[Note], list[Marker], list[Diagnostic]]:
    """The notes (without ids), the markers without note, and what had to be said."""
    defined = [hint for hint in document.hints if hint.kind is HintKind.NOTE]
    calls: dict[str, list[Span]] = defaultdict(list)
    labels = {}
    for hint in document.hints:
        if hint.kind is HintKind.NOTE_MARKER and hint.label is not None:
            calls[hint.label].append(hint.span)
            labels[hint.span] = hint.label
    notes, diagnostics, seen = [], [], set()
    for hint in defined:
        if hint.label is not None and hint.label in seen:
            diagnostics.append(_twice(hint))
            continue
        if hint.label is not None:
            seen.add(hint.label)
        notes.append(
            Note(
                id="",
                label=None if hint.label is None else normal_label(hint.label),
                kind=_kind(hint, document),
                label_span=hint.label_span,
                parts=(hint.span,),
                text=document.slice((hint.span,)),
                markers=tuple(calls.get(hint.label, ())) if hint.label is not None else (),
            )
        )
    lone = [Marker(normal_label(label), span) for span, label in sorted(labels.items()) if label not in seen]
    return notes, lone, diagnostics


def _kind(hint: Hint, document: Document) -> NoteKind:
    if hint.label is None:
        return NoteKind.INLINE
    return NoteKind.FOOTNOTE if document.media_type == "text/markdown" else NoteKind.ENDNOTE


def _twice(hint: Hint) -> Diagnostic:
    return Diagnostic(
        Severity.WARNING,
        "note-defined-twice",
        f"note {hint.label} is defined again; the first definition counts, as in Markdown: give one another label",
        hint.label_span,
    )
