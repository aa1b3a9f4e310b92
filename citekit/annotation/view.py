"""An extraction as its page asks about it: what belongs to what, under which name, and what is to be checked."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from citekit.grades import FAIR, figure
from citekit.model import Citation, Diagnostic, Extraction, Marker, Note, NoteKind, Span
from citekit.offsets import reading_text
from citekit.wording import one_line, reference

__all__ = ["View", "view_of"]

_NAME = 70  # characters by which a work is recognised beside a short form


@dataclass(frozen=True, slots=True)
class View:
    """An extraction with its indexes.

    Attributes:
        extraction: what was found.
        citations: under their ids.
        note_names: what each note is called, under its id: "note 5", "entry 3" (of a list without labels).
        lost: the markers without a note under the ids of their places ("x1", "x2" …).
        remarks: the diagnostics at a place, under the id of the citation, note or marker ("" for the document's).
        doubts: why somebody should look at a citation, in words, under its id; without those that nothing speaks
            against.
    """

    extraction: Extraction
    citations: Mapping[str, Citation]
    note_names: Mapping[str, str]
    lost: Mapping[str, Marker]
    remarks: Mapping[str, Sequence[Diagnostic]]
    doubts: Mapping[str, Sequence[str]]

    def place(self, citation: Citation) -> str:
        """Where a citation stands: its note's name, or "text"."""
        return self.note_names[citation.note] if citation.note else "text"

    def words(self, citation: Citation) -> str:
        """The words of a citation on one line, as they are read."""
        return reading_text(self.extraction.document, citation.parts).text

    def work_name(self, citation: Citation) -> str:
        """The works of a citation in a few words."""
        works = self.extraction.works_of(citation)
        return "; ".join(one_line(reference(work.item), _NAME) for work in works) or one_line(citation.text, _NAME)


def view_of(extraction: Extraction) -> View:
    """The indexes of an extraction."""
    names: dict[str, str] = {}
    unlabelled: Counter[NoteKind] = Counter()
    for note in extraction.notes:
        if note.label is not None:
            names[note.id] = f"note {one_line(note.label, 20)}"
        else:
            unlabelled[note.kind] += 1
            what = "entry" if note.kind is NoteKind.REFERENCE else "unlabelled note"
            names[note.id] = f"{what} {unlabelled[note.kind]}"
    lost = {f"x{number}": marker for number, marker in enumerate(extraction.markers_without_note, 1)}
    remarks: dict[str, list[Diagnostic]] = {}
    places = _Places(extraction, lost)
    for diagnostic in extraction.diagnostics:
        place = places.around(diagnostic.span) if diagnostic.span else ""
        remarks.setdefault(place, []).append(diagnostic)
    citations = {citation.id: citation for citation in extraction.citations}
    doubts = {name: _doubts(citation, remarks.get(name, ())) for name, citation in citations.items()}
    return View(extraction, citations, names, lost, remarks, {name: said for name, said in doubts.items() if said})


def _doubts(citation: Citation, remarks: Sequence[Diagnostic]) -> Sequence[str]:
    named = f"“{shorten(citation.text, 60, placeholder='…')}” "  # as remarks begin; here they stand beside it
    found = [remark.message.removeprefix(named) for remark in remarks]
    if citation.confidence < FAIR:
        unsure = [name.replace("-", " ") for name, sure in citation.field_confidence.items() if sure < FAIR]
        which = f"unsure of: {', '.join(unsure)}" if unsure else "read with little confidence"
        found.append(f"{which} ({figure(citation.confidence)})")
    resolution = citation.resolution
    if resolution and resolution.antecedent and resolution.confidence < FAIR:
        found.append(f"led back with little confidence ({figure(resolution.confidence)})")
    if not citation.works and not remarks:
        found.append("it leads to no work")
    return found


class _Places:
    """Which citation, marker or note a span belongs to."""

    def __init__(self, extraction: Extraction, lost: Mapping[str, Marker]) -> None:
        self._layers = (
            _Layer((citation.span, citation.id) for citation in extraction.citations),
            _Layer((marker.span, name) for name, marker in lost.items()),
            _Layer((_whole(note), note.id) for note in extraction.notes),
        )

    def around(self, span: Span) -> str:
        """The id of the smallest thing that the span lies in; "" where it lies in none."""
        return next(filter(None, (layer.around(span) for layer in self._layers)), "")


class _Layer:
    """Spans of one kind, found by place."""

    def __init__(self, spans: Iterable[tuple[Span, str]]) -> None:
        self._spans = sorted(spans)

    def around(self, span: Span) -> str | None:
        last = bisect_right(self._spans, span.start, key=lambda known: known[0].start)
        for known, name in reversed(self._spans[max(0, last - 3) : last]):  # of one kind, hardly two overlap
            if span.end <= known.end:
                return name
        return None


def _whole(note: Note) -> Span:
    """A note with its label."""
    start = note.span.start if note.label_span is None else min(note.label_span.start, note.span.start)
    return Span(start, max(note.span.end, note.label_span.end if note.label_span else 0))
