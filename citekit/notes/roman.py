"""Notes called by raised Roman numerals (i, ii, iii …), as Word numbers endnotes where nobody tells it otherwise.

A line that begins with a numeral is a note only in a run from "i" on whose numerals are called, raised, in that order:
lists are numbered alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.model import Document, HintKind, Span
from citekit.notes.candidates import Definition, MarkerCandidate
from citekit.notes.layout import Layout
from citekit.readers.called_notes import numeral

__all__ = ["roman_notes"]

_NUMERAL = re.compile(r"[ivxlc]{1,8}")
_HEAD = re.compile(r"([ivxlc]{1,8})[.)]?[ \t\u00a0]*(?=[^\W_]|[\"'“”‘’„«»‹(\[<])")
_FEWEST = 2  # notes of a run
_CALLED = 0.8  # of a run's notes at least: a marker can be lost


def roman_notes(document: Document, layout: Layout) -> list[dict[Definition, list[MarkerCandidate]]]:
    """The notes of each run with their markers."""
    text = document.text
    raised = {
        hint.span.start: hint.span
        for hint in document.hints
        if hint.kind is HintKind.SUPERSCRIPT and _NUMERAL.fullmatch(text, *hint.span)
    }
    if not raised:
        return []
    found: list[dict[Definition, list[MarkerCandidate]]] = []
    behind = 0
    for run in _runs(layout, raised):
        heads = {head.span.start for head in run}
        calls = [
            span
            for start, span in sorted(raised.items())
            if behind <= start < run[-1].span.start and start not in heads
        ]
        called = _called(text, run, calls)
        if sum(map(bool, called.values())) >= _CALLED * len(run):
            found.append(called)
            behind = run[-1].span.end
    return found


def _runs(layout: Layout, raised: dict[int, Span]) -> Iterator[list[Definition]]:
    """The lines that begin with i, ii, iii … in runs."""
    run: list[Definition] = []
    for place, line in enumerate(layout.lines):
        if line.furniture or line.blank or not (found := _HEAD.match(layout.text, line.first, line.last)):
            continue
        own = raised.get(line.first)
        span = own or Span(*found.span(1))
        if own is None and found.end(1) == found.end():
            continue  # a word
        label = layout.text[span.start : span.end]
        if label == numeral("lowerRoman", len(run) + 1):
            pass
        elif label == "i":
            if len(run) >= _FEWEST:
                yield run
            run = []
        else:
            continue
        run.append(Definition(place, span, label, 0, "sign", max(found.end(), span.end), 1.0, noteish=True))
    if len(run) >= _FEWEST:
        yield run


def _called(text: str, run: list[Definition], calls: list[Span]) -> dict[Definition, list[MarkerCandidate]]:
    """The marker of each note, in their order; none where it was lost."""
    found: dict[Definition, list[MarkerCandidate]] = {}
    place = 0
    for note in run:
        there = next((number for number in range(place, len(calls)) if text[slice(*calls[number])] == note.label), None)
        if there is None or calls[there].start > note.span.start:
            found[note] = []
            continue
        found[note] = [MarkerCandidate(calls[there], note.label, 0, "superscript", 1.0)]
        place = there + 1
    return found
