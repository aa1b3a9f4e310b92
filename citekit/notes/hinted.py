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
    called: list[tuple[Span, str, str]] = []
    for hint in document.hints:
        key = _key(hint)
        if hint.kind is HintKind.NOTE_MARKER and hint.label is not None and key is not None:
            calls[key].append(hint.span)
            called.append((hint.span, key, hint.label))
    notes, diagnostics, seen = [], [], set()
    for hint in defined:
        key = _key(hint)
        if key is not None and key in seen:
            diagnostics.append(_twice(hint))
            continue
        if key is not None:
            seen.add(key)
        notes.append(
            Note(
                id="",
                label=None if hint.label is None else normal_label(hint.label),
                kind=_kind(hint, document),
                label_span=hint.label_span,
                parts=(hint.span,),
                text=document.slice((hint.span,)),
                markers=tuple(calls.get(key, ())) if key is not None else (),
            )
        )
    lone = [Marker(normal_label(label), span) for span, key, label in sorted(called) if key not in seen]
    return notes, lone, diagnostics


def _key(hint: Hint) -> str | None:
    """What ties a marker to its note: the note's address where the format has one, else the label."""
    return hint.label if hint.target is None else hint.target


def _kind(hint: Hint, document: Document) -> NoteKind:
    if hint.note_kind is not None:
        return hint.note_kind
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
