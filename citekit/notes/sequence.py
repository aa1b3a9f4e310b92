"""Which candidates are notes and markers: the best consistent sequence in the whole document.

Labels run 1, 2, 3 … and may begin again with a page or a chapter; a number may be left out. A chain of labels is
scored as a whole, so that a year, a list's numbers or a numbered heading falls out because it does not fit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from citekit.model import Span
from citekit.notes.candidates import Definition, MarkerCandidate
from citekit.notes.layout import Layout
from citekit.notes.markers import MarkerChain, chain_markers, fits
from citekit.notes.signs import heading_kind

__all__ = ["Run", "runs_of"]

_SUPPORT = 1.2  # a marker with the same label stands before the note
_LEFT_OUT = 0.7  # for the first number left out of a chain
_MORE_LEFT_OUT = 0.3  # for each further one
_MOST_LEFT_OUT = 4
_PAGE_LOST = 3.5  # for any number of them: a page is missing
_OTHER_STYLE = 1.2  # "12." after "11)"
_AGAIN = 1.8  # numbering begins again …
_AGAIN_ON_A_PAGE = 1.0  # … with a page, as many journals do
_LATE_START = 0.5  # for each number that a chain's first label lies above 1
_LATEST_START = 3.0
_MANY = 10  # so many rising labels before words of notes are no accident
_HEADING_ABOVE = 4  # lines between a heading and the first note under it


@dataclass(slots=True)
class Run:
    """Notes whose labels rise: all notes of a document, a chapter or a page.

    Attributes:
        notes: the labels' places, in document order.
        heading: "notes" or "bibliography" where such a heading stands just above, else None.
        chain: the markers that call them.
    """

    notes: list[Definition]
    heading: str | None = None
    chain: MarkerChain = field(default_factory=MarkerChain)


def runs_of(layout: Layout, candidates: list[Definition], markers: list[MarkerCandidate]) -> list[Run]:
    """The runs of numbered notes; a run that nothing supports is dropped, and its numbers tried no more."""
    numbered = [candidate for candidate in candidates if candidate.value]
    for _ in range(4):  # what was dropped can have hidden one other chain or two, not more
        runs = _split(_best_chain(layout, numbered, markers))
        lower = 0
        dropped: set[Definition] = set()
        kept: list[Run] = []
        for number, run in enumerate(runs):
            end = runs[number + 1].notes[0].span.start if number + 1 < len(runs) else len(layout.text)
            run.heading = _heading_above(layout, run.notes[0].line)
            run.chain = chain_markers(layout, run.notes, markers, Span(lower, end))
            if not run.chain.assigned and kept:  # the notes of all chapters stand together at the end
                behind = max(kept[-1].chain.positions(), default=-1) + 1
                run.chain = chain_markers(layout, run.notes, markers, Span(behind, kept[0].notes[0].span.start))
            if _believable(layout, run):
                kept.append(run)
                lower = run.notes[-1].content
            else:
                dropped.update(run.notes)
        if not dropped:
            return kept
        numbered = [candidate for candidate in numbered if candidate not in dropped]
    return kept


def _best_chain(layout: Layout, candidates: list[Definition], markers: list[MarkerCandidate]) -> list[Definition]:
    """The chain of labels with the highest score (dynamic programming; linear in the number of candidates)."""
    supported = _supported(candidates, markers)
    scores = [0.0] * len(candidates)
    before: list[int | None] = [None] * len(candidates)
    best: dict[tuple[str, int], int] = {}  # style and label → the best chain that ends so
    top: int | None = None
    styles = {candidate.style for candidate in candidates}
    for place, candidate in enumerate(candidates):
        weight = candidate.weight + _SUPPORT * supported[place]
        score = weight - min(_LATE_START * (candidate.value - 1), _LATEST_START)
        source: int | None = None
        for step in range(1, _MOST_LEFT_OUT + 2):
            for style in styles:
                earlier = best.get((style, candidate.value - step))
                if earlier is None:
                    continue
                cost = _OTHER_STYLE if style != candidate.style else 0.0
                if step > 1:
                    cost += _LEFT_OUT + _MORE_LEFT_OUT * (step - 2)
                if scores[earlier] + weight - cost > score:
                    score, source = scores[earlier] + weight - cost, earlier
        if top is not None and candidates[top].value < candidate.value and scores[top] + weight - _PAGE_LOST > score:
            score, source = scores[top] + weight - _PAGE_LOST, top
        if top is not None and candidate.value <= 2:
            apart = layout.lines[candidates[top].line].page != layout.lines[candidate.line].page
            cost = (_AGAIN_ON_A_PAGE if apart else _AGAIN) + _LATE_START * (candidate.value - 1)
            if scores[top] + weight - cost > score:
                score, source = scores[top] + weight - cost, top
        scores[place], before[place] = score, source
        key = (candidate.style, candidate.value)
        if key not in best or score >= scores[best[key]]:
            best[key] = place
        if top is None or score > scores[top]:
            top = place
    chain = []
    place_or_none = top
    while place_or_none is not None:
        chain.append(candidates[place_or_none])
        place_or_none = before[place_or_none]
    return chain[::-1]


def _supported(candidates: list[Definition], markers: list[MarkerCandidate]) -> list[float]:
    """For each candidate, how well a marker with its label supports it; one marker supports one note."""
    places: dict[int, list[MarkerCandidate]] = defaultdict(list)
    for marker in markers:
        places[marker.value].append(marker)
    starts = {value: [marker.span.start for marker in listed] for value, listed in places.items()}
    used: dict[tuple[int, str], int] = {}
    support = []
    for candidate in candidates:
        lower = used.get((candidate.value, candidate.style), -1)
        listed = places.get(candidate.value, [])
        end = bisect_left(starts.get(candidate.value, []), candidate.span.start)
        begin = bisect_left(starts.get(candidate.value, []), lower + 1)
        weights = [marker.weight for marker in listed[max(begin, end - 20) : end] if fits(candidate, marker)]
        found = min(1.0, max(weights, default=0.0))
        if found >= 0.5:
            used[candidate.value, candidate.style] = candidate.span.start
        support.append(found)
    return support


def _split(chain: list[Definition]) -> list[Run]:
    runs: list[Run] = []
    for note in chain:
        if runs and note.value > runs[-1].notes[-1].value:
            runs[-1].notes.append(note)
        else:
            runs.append(Run([note]))
    return runs


def _heading_above(layout: Layout, number: int) -> str | None:
    """The kind of heading within a few lines above."""
    seen = 0
    for place in range(number - 1, max(-1, number - 12), -1):
        line = layout.lines[place]
        if line.blank or line.furniture:
            continue
        kind = heading_kind(layout.words(place))
        if kind:
            return kind if kind not in ("other", "abbreviations") else None
        seen += 1
        if seen == _HEADING_ABOVE:
            break
    return None


def _believable(layout: Layout, run: Run) -> bool:
    """Whether a run is one of notes: markers call them, or a heading or their words say so."""
    count = len(run.notes)
    called = sum(note in run.chain.assigned for note in run.notes) / count
    worded = sum(note.noteish for note in run.notes) / count
    strong = sum(run.chain.assigned[note][0].weight >= 0.5 for note in run.chain.assigned) / count
    if run.notes[0].value > 2 and called < 0.5 and count < 3:
        return False  # a year or a page at a line's beginning
    if run.heading and not run.chain.contradicted:
        return worded >= 0.3 or called >= 0.5
    if run.chain.contradicted:
        return bool(run.heading) and worded >= 0.5
    apart = all(note.weight < 0 for note in run.notes)
    if count == 1:
        note = run.notes[0]
        if note.value != 1 or called < 1 or strong < 1:
            return False
        return note.noteish or (layout.paged and layout.lines[note.line].page == _page_of(layout, run))
    if called >= 0.5 and not apart:
        return worded >= 0.2 or strong >= 0.7
    return count >= 3 and worded >= 0.75 and run.notes[0].value == 1 and _close_together(layout, run)


def _page_of(layout: Layout, run: Run) -> int:
    """The page of the marker of a run's first note."""
    marker = run.chain.assigned[run.notes[0]][0]
    return layout.lines[layout.line_at(marker.span.start)].page


def _close_together(layout: Layout, run: Run) -> bool:
    """Whether notes without markers stand like a list, or at the feet of pages, or are many."""
    if len(run.notes) >= _MANY:
        return True
    if layout.paged and len({layout.lines[note.line].page for note in run.notes}) > 2:
        return True
    lines = run.notes[-1].line - run.notes[0].line
    return lines <= 8 * len(run.notes)
