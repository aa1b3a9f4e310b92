"""Which candidates are the markers of a run of notes, and which call notes that are not there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from citekit.model import Span
from citekit.notes.candidates import Definition, MarkerCandidate
from citekit.notes.layout import Layout

__all__ = ["MarkerChain", "chain_markers", "fits", "lone_markers"]

_LEFT_OUT = 0.5  # for each label without marker inside a chain
_MOST_LEFT_OUT = 5
_PAGE_LOST = 3.0  # for any number of labels left out: a page is missing, or was moved
_OTHER_STYLE = 0.3  # a marker set off otherwise than most counts so much of its weight
_NEAR = 4000  # characters: so far from its neighbours may a marker out of order stand
_FITTING = {
    "bare": ("glued", "superscript", "bracket", "paren"),
    "dot": ("glued", "superscript", "bracket", "paren"),
    "half": ("glued", "superscript", "paren", "bracket"),
    "paren": ("paren", "superscript", "glued"),
    "bracket": ("bracket", "superscript", "glued"),
    "superscript": ("superscript", "glued"),
    "circled": ("circled",),
}


@dataclass(slots=True)
class MarkerChain:
    """The markers of a run.

    Attributes:
        assigned: note → its markers, the first of them in the sequence.
        missing: markers that call a note that is not there.
        contradicted: the markers go on where the notes should have ended: a list in the body, no notes.
    """

    assigned: dict[Definition, list[MarkerCandidate]] = field(default_factory=dict)
    missing: list[MarkerCandidate] = field(default_factory=list)
    contradicted: bool = False

    def positions(self) -> list[int]:
        """Offsets of all markers of the chain."""
        return [marker.span.start for listed in self.assigned.values() for marker in listed]


def _start(marker: MarkerCandidate) -> int:
    return marker.span.start


def fits(note: Definition, marker: MarkerCandidate) -> bool:
    """Whether a marker set off like this can call a note whose label is set off like that."""
    return marker.style in _FITTING.get(note.style, ())


def chain_markers(layout: Layout, notes: list[Definition], markers: list[MarkerCandidate], window: Span) -> MarkerChain:
    """The markers of a run of notes, looked for inside `window` and before each note (in document order)."""
    chain = MarkerChain()
    by_value = {note.value: note for note in notes}
    inside = _Inside(layout, notes)
    last = notes[-1]
    eligible = []
    first = bisect_left(markers, window.start, key=_start)
    for marker in markers[first : bisect_left(markers, window.end, key=_start)]:
        if not fits(notes[0], marker):
            continue
        note = by_value.get(marker.value)
        if note and marker.span.start >= note.span.start:
            continue
        if marker.value < notes[0].value or inside.holds(marker.span.start):
            continue
        eligible.append(marker)
    if not eligible:
        return chain
    style = _main_style(eligible, by_value)
    behind = [marker for marker in eligible if marker.value > last.value]
    known = [marker for marker in eligible if marker.value <= last.value]
    picked = _best(known, style, notes[0].value)
    _fill(picked, known, style, by_value)
    for value, marker in picked.items():
        if value in by_value:
            chain.assigned[by_value[value]] = [marker]
        elif marker.style == style and marker.weight >= 0.5:
            chain.missing.append(marker)
    if style == "bracket":
        _repeat(chain, known)
    _go_on(chain, behind, style, last, picked)
    return chain


class _Inside:
    """Whether an offset lies inside the notes: on a label's line, or between two labels of one block."""

    def __init__(self, layout: Layout, notes: list[Definition]) -> None:
        self.starts = [note.span.start for note in notes]
        self.ends = [layout.lines[note.line].end for note in notes]
        for place in range(len(notes) - 1):
            one, two = notes[place].line, notes[place + 1].line
            same_page = layout.paged and layout.lines[one].page == layout.lines[two].page
            if layout.lines[one].foot:
                continue  # what stands in the areas is known; between two of them can be the text of a column
            if same_page or two - one <= 2:
                self.ends[place] = max(self.ends[place], notes[place + 1].span.start)

    def holds(self, offset: int) -> bool:
        place = bisect_right(self.starts, offset) - 1
        return place >= 0 and offset < self.ends[place]


def _main_style(markers: list[MarkerCandidate], by_value: dict[int, Definition]) -> str:
    """The way of setting off markers that serves the most labels."""
    labels: dict[str, dict[int, float]] = defaultdict(dict)
    for marker in markers:
        if marker.value in by_value or not by_value:
            served = labels[marker.style]
            served[marker.value] = max(served.get(marker.value, 0.0), marker.weight)
    if not labels:
        return markers[0].style
    return max(labels, key=lambda style: sum(labels[style].values()))


def _best(markers: list[MarkerCandidate], style: str, first: int) -> dict[int, MarkerCandidate]:
    """The rising sequence of markers with the highest score: label → marker."""
    scores: list[float] = []
    before: list[int | None] = []
    best: dict[int, int] = {}
    top: int | None = None
    for place, marker in enumerate(markers):
        weight = marker.weight * (1.0 if marker.style == style else _OTHER_STYLE)
        score, source = weight - _LEFT_OUT * min(marker.value - first, 6), None
        for step in range(1, _MOST_LEFT_OUT + 2):
            earlier = best.get(marker.value - step)
            if earlier is not None and scores[earlier] + weight - _LEFT_OUT * (step - 1) > score:
                score, source = scores[earlier] + weight - _LEFT_OUT * (step - 1), earlier
        if top is not None and markers[top].value < marker.value and scores[top] + weight - _PAGE_LOST > score:
            score, source = scores[top] + weight - _PAGE_LOST, top
        scores.append(score)
        before.append(source)
        if top is None or score > scores[top]:
            top = place
        if marker.value not in best or score > scores[best[marker.value]]:
            best[marker.value] = place
    picked: dict[int, MarkerCandidate] = {}
    place_or_none = max(range(len(scores)), key=scores.__getitem__, default=None)
    while place_or_none is not None:
        picked[markers[place_or_none].value] = markers[place_or_none]
        place_or_none = before[place_or_none]
    return dict(sorted(picked.items()))


def _fill(
    picked: dict[int, MarkerCandidate], markers: list[MarkerCandidate], style: str, by_value: dict[int, Definition]
) -> None:
    """Markers out of order: a label that the sequence left out, and that stands near where it should."""
    if not picked:
        return
    waiting: dict[int, list[MarkerCandidate]] = defaultdict(list)
    for marker in markers:
        if marker.value not in picked and marker.style == style and marker.weight >= 0.4:
            waiting[marker.value].append(marker)
    low, high = min(picked), max(picked)
    for value, listed in sorted(waiting.items()):
        if value not in by_value and not low < value < high:
            continue
        neighbours = [picked[near].span.start for near in range(value - 3, value + 4) if near in picked]
        if not neighbours:
            continue
        nearest = min(listed, key=lambda marker: min(abs(marker.span.start - place) for place in neighbours))
        if min(abs(nearest.span.start - place) for place in neighbours) <= _NEAR:
            picked[value] = nearest


def _repeat(chain: MarkerChain, markers: list[MarkerCandidate]) -> None:
    """Numbered references are cited again and again ("[3]"): all markers with the label."""
    notes = {note.value: note for note in chain.assigned}
    for marker in markers:
        note = notes.get(marker.value)
        if note and marker.style == "bracket" and marker not in chain.assigned[note]:
            chain.assigned[note].append(marker)
    for listed in chain.assigned.values():
        listed.sort(key=lambda marker: marker.span)


def _go_on(
    chain: MarkerChain,
    markers: list[MarkerCandidate],
    style: str,
    last: Definition,
    picked: dict[int, MarkerCandidate],
) -> None:
    """Markers whose labels go on: before the last note they deny the notes, behind it their notes are missing."""
    start = max((marker.span.start for marker in picked.values()), default=0)
    expected = last.value + 1
    following = []
    for marker in markers:
        if marker.style == style and marker.weight >= 0.5 and marker.span.start > start and marker.value == expected:
            following.append(marker)
            expected += 1
    early = [marker for marker in following if marker.span.start < last.span.start]
    chain.contradicted = len(early) >= 3
    # One number alone calls a note only where it cannot well be anything else: raised, in brackets, or glued to a word
    # right behind the marker of the last note and above that note ("… any more.22" over notes 12 to 21).
    sure = style in ("bracket", "superscript") or (last.value in picked and len(picked) > 1 and bool(early))
    if len(following) >= 2 or (following and sure and following[0].weight >= 1.0):
        chain.missing.extend(following)


def lone_markers(markers: list[MarkerCandidate], text: str) -> list[MarkerCandidate]:
    """The markers of a document that has no numbered notes: a sequence from 1 that cannot be anything else."""
    best: list[MarkerCandidate] = []
    for style in ("bracket", "superscript", "paren", "glued", "circled"):
        own = [marker for marker in markers if marker.style == style and marker.weight >= 0.4]
        picked = _best(own, style, 1)
        if not picked or min(picked) != 1:
            continue
        _fill(picked, own, style, {})
        found = sorted(picked.values(), key=lambda marker: marker.span)
        if len(found) < 3 or len(found) < 0.8 * max(picked):
            continue
        if style == "paren" and not _close_sentences(found, text):
            continue
        if len(found) > len(best):
            best = found
    return best


def _close_sentences(markers: list[MarkerCandidate], text: str) -> bool:
    """Whether numbers in brackets end sentences and paragraphs, as markers do, rather than open items."""
    behind = 0
    for marker in markers:
        after = text[marker.span.end + 1 : marker.span.end + 3]
        behind += not after.strip(" \t") or after[:1] in "\r\n.,;:" or not after.strip()
    return behind >= 0.1 * len(markers) and behind >= 1
