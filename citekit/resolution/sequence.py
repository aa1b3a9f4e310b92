"""Which citation stands before which.

"Ibid." and "Id." speak of the citation just before, as the reader of the notes meets it. Footnotes and a reference
list are read apart: the last entry of a bibliography is not what an "Ibid." in the first footnote means.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from citekit.model import Citation, Note, NoteKind

__all__ = ["Place", "Reading", "note_by_label", "reading_order"]

_NUMBER = re.compile(r"\d{1,6}")
_STREAM = {NoteKind.FOOTNOTE: "footnotes", NoteKind.INLINE: "footnotes", NoteKind.ENDNOTE: "endnotes"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation stands in the order of reading.

    Attributes:
        citation: its index in the document.
        stream: "footnotes", "endnotes", "references" or "text".
        group: the running number of its note within the stream (of itself where it stands in no note).
        run: the running number of the numbering that its note belongs to: each restart begins another.
    """

    citation: int
    stream: str
    group: int
    run: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The citations in the order of reading.

    Attributes:
        places: stream by stream; within a stream as it is read.
        groups: the indices of the citations of each note, under (stream, group); empty notes are left out.
        runs: for each note id the numbering it belongs to, as (stream, run).
        by_page: the streams whose numbering begins anew on each page: no chapter ends there.
        silent: the notes without a citation that are read right before a note with some, under (stream, group).
    """

    places: tuple[Place, ...]
    groups: dict[tuple[str, int], tuple[int, ...]]
    runs: dict[str, tuple[str, int]]
    by_page: frozenset[str]
    silent: dict[tuple[str, int], tuple[Note, ...]]


def reading_order(notes: Sequence[Note], citations: Sequence[Citation], breaks: Sequence[int] = ()) -> Reading:
    """Put the citations into the order in which a reader meets them.

    Notes follow their numbers; where these do not rise (Markdown lets definitions stand in any order) but all notes
    have markers, they follow the markers in the body. Notes without citations break nothing and are left out
    (Chicago 17 14.34: "ibid." refers to the single work cited in the note immediately preceding).

    Args:
        notes: the notes of a document, in its order.
        citations: its citations.
        breaks: where its pages end, ascending; none of a text that flows.
    """
    known = {note.id for note in notes}
    by_note: dict[str, list[int]] = {}
    in_text: list[int] = []
    for index, citation in enumerate(citations):
        if citation.note not in known:
            in_text.append(index)
        else:
            by_note.setdefault(str(citation.note), []).append(index)
    streams: dict[str, list[Note]] = {}
    for note in notes:
        streams.setdefault(_STREAM.get(note.kind, "references"), []).append(note)
    places: list[Place] = []
    groups: dict[tuple[str, int], tuple[int, ...]] = {}
    runs: dict[str, tuple[str, int]] = {}
    pages: dict[tuple[str, int], set[int]] = {}
    silent: dict[tuple[str, int], tuple[Note, ...]] = {}
    for stream, listed in sorted(streams.items(), key=lambda entry: entry[0] == "references"):
        group = 0
        passed: list[Note] = []
        for note, run in _runs(_as_read(listed)):
            runs[note.id] = (stream, run)
            pages.setdefault((stream, run), set()).add(bisect_right(breaks, note.span.start))
            members = by_note.get(note.id, ())
            if not members:
                passed.append(note)
            else:
                if passed:
                    silent[stream, group] = tuple(passed)
                    passed.clear()
                groups[stream, group] = tuple(members)
                places += (Place(index, stream, group, run) for index in members)
                group += 1
    for group, index in enumerate(in_text):
        groups["text", group] = (index,)
        places.append(Place(index, "text", group, 0))
    return Reading(tuple(places), groups, runs, _by_page(pages), silent)


def _by_page(pages: dict[tuple[str, int], set[int]]) -> frozenset[str]:
    """The streams of which each numbering stands on one page, and each on another."""
    found = set()
    for stream in {stream for stream, _ in pages}:
        of_stream = [numbers for (other, _), numbers in pages.items() if other == stream]
        distinct = set().union(*of_stream)
        if stream != "endnotes" and all(len(numbers) == 1 for numbers in of_stream) and len(distinct) == len(of_stream):
            found.add(stream)
    return frozenset(found)


def note_by_label(notes: Sequence[Note], reading: Reading) -> dict[tuple[str, int, str], Note]:
    """The notes under (stream, run, label): a label is unique within one numbering; the first keeps it."""
    found: dict[tuple[str, int, str], Note] = {}
    for note in notes:
        if note.label is not None:
            found.setdefault((*reading.runs[note.id], note.label), note)
    return found


def _as_read(notes: list[Note]) -> list[Note]:
    """The notes of one stream as a reader meets them."""
    numbers = [int(note.label) for note in notes if note.label and _NUMBER.fullmatch(note.label)]
    rising = len(numbers) == len(notes) and all(one < other for one, other in itertools.pairwise(numbers))
    if rising or not all(note.markers for note in notes):
        return notes
    return sorted(notes, key=lambda note: note.markers[0].start)


def _runs(notes: list[Note]) -> list[tuple[Note, int]]:
    """Each note with the running number of its numbering; a number not above the one before begins another."""
    run, last = 0, 0
    found = []
    for note in notes:
        if note.label and _NUMBER.fullmatch(note.label):
            number = int(note.label)
            if number <= last:
                run += 1
            last = number
        found.append((note, run))
    return found
