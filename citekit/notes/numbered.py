"""Notes that the text alone shows: numbered, or called by signs."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from citekit.model import Diagnostic, Document, Marker, Note, NoteKind, Severity, Span
from citekit.notes.candidates import Definition, MarkerCandidate, definitions, markers, sign_markers
from citekit.notes.extent import Placed, note_parts
from citekit.notes.layout import Layout
from citekit.notes.lettered import lettered_notes
from citekit.notes.markers import lone_markers
from citekit.notes.roman import roman_notes
from citekit.notes.sequence import Run, runs_of

__all__ = ["numbered_notes"]

_FAR = 8000  # characters: a note called by a sign stands on the page of its sign


def numbered_notes(document: Document, layout: Layout) -> tuple[list[Note], list[Marker], list[Diagnostic]]:
    """The notes (without ids), the markers without note, and what had to be said, each in document order."""
    candidates = definitions(layout)
    called = markers(document)
    runs = runs_of(layout, candidates, called)
    signs = _sign_notes(document, layout, candidates) | lettered_notes(document, layout)
    placed = [Placed(note, _at_end(layout, run)) for run in runs for note in run.notes]
    placed += [Placed(note, at_end=False) for note in signs]
    romans = roman_notes(document, layout)
    ends = {note for run in romans if _behind(run) for note in run}
    placed += [Placed(note, at_end=note in ends) for run in romans for note in run]
    placed.sort(key=lambda item: item.note.span)
    assigned: dict[Definition, list[MarkerCandidate]] = dict(signs)
    for listed in romans:
        assigned.update(listed)
    for run in runs:
        assigned.update(run.chain.assigned)
    assigned = _each_once(assigned)
    missing = _nobodys([marker for run in runs for marker in run.chain.missing], assigned)
    if not runs:
        missing = lone_markers(called, document.text)
    places = [marker.span.start for listed in assigned.values() for marker in listed]
    places += [marker.span.start for marker in missing]
    kinds = {note: _kind(layout, run) for run in runs for note in run.notes}
    kinds |= dict.fromkeys(ends, NoteKind.ENDNOTE)
    notes = []
    for item, parts in zip(placed, note_parts(layout, placed, places), strict=True):
        note = item.note
        notes.append(
            Note(
                id="",
                label=note.label,
                kind=kinds.get(note, NoteKind.FOOTNOTE),
                label_span=note.span,
                parts=parts,
                text=document.slice(parts),
                markers=tuple(marker.span for marker in assigned.get(note, ())),
            )
        )
    lone = sorted((Marker(marker.label, marker.span) for marker in missing), key=lambda marker: marker.span)
    return notes, lone, _left_out(runs)


def _behind(called: dict[Definition, list[MarkerCandidate]]) -> bool:
    """Whether notes stand together behind all that calls them."""
    first = min(note.span.start for note in called)
    return all(marker.span.start < first for listed in called.values() for marker in listed)


def _each_once(assigned: dict[Definition, list[MarkerCandidate]]) -> dict[Definition, list[MarkerCandidate]]:
    """The markers of each note; one that two lists of notes lay claim to is the first one's."""
    taken: set[Span] = set()
    once = {}
    for note in sorted(assigned, key=lambda one: one.span):
        own = [marker for marker in assigned[note] if marker.span not in taken]
        taken.update(marker.span for marker in own)
        if own:
            once[note] = own
    return once


def _nobodys(
    missing: list[MarkerCandidate], assigned: dict[Definition, list[MarkerCandidate]]
) -> list[MarkerCandidate]:
    """The markers that no run has a note for, each once: one run's missing marker can be the next chapter's own."""
    called = {marker.span for listed in assigned.values() for marker in listed}
    return list({marker.span: marker for marker in missing if marker.span not in called}.values())


def _at_end(layout: Layout, run: Run) -> bool:
    """Whether a run's notes stand together behind the text that calls them."""
    if run.heading:
        return True
    if len(run.notes) == 1 or not run.chain.assigned:
        return not layout.paged
    if max(run.chain.positions()) > run.notes[0].span.start:
        return False
    if not layout.paged or layout.lines[run.notes[0].line].page != layout.lines[run.notes[-1].line].page:
        return True
    return layout.lines[layout.line_at(min(run.chain.positions()))].page < layout.lines[run.notes[0].line].page


def _kind(layout: Layout, run: Run) -> NoteKind:
    if run.heading == "bibliography":
        return NoteKind.REFERENCE
    return NoteKind.ENDNOTE if _at_end(layout, run) else NoteKind.FOOTNOTE


def _left_out(runs: list[Run]) -> list[Diagnostic]:
    """A word for each number that a run leaves out."""
    return [
        Diagnostic(
            Severity.WARNING,
            "note-number-missing",
            f"there is no note {number} between notes {before.label} and {after.label}; "
            "look whether it was lost or never was",
            after.span,
        )
        for run in runs
        for before, after in pairwise(run.notes)
        for number in range(before.value + 1, after.value)
    ]


def _sign_notes(
    document: Document, layout: Layout, candidates: list[Definition]
) -> dict[Definition, list[MarkerCandidate]]:
    """Notes called by `*`, `†` …: each has its sign in the text above, on the same page where pages are known."""
    if document.media_type == "text/markdown":
        return {}
    own = [candidate for candidate in candidates if candidate.style == "sign"]
    if not own:
        return {}
    starts = {candidate.span.start for candidate in own}
    waiting: dict[str, list[MarkerCandidate]] = defaultdict(list)
    calls = [marker for marker in sign_markers(document.text) if marker.span.start not in starts]
    found: dict[Definition, list[MarkerCandidate]] = {}
    taken = 0
    for candidate in own:
        while taken < len(calls) and calls[taken].span.start < candidate.span.start:
            waiting[calls[taken].label].append(calls[taken])
            taken += 1
        page = layout.lines[candidate.line].page
        near = [
            marker
            for marker in waiting[candidate.label]
            if (layout.lines[layout.line_at(marker.span.start)].page == page if layout.paged else True)
            and candidate.span.start - marker.span.start < _FAR
        ]
        if near:
            found[candidate] = [near[0]]
            waiting[candidate.label].clear()
    return found
