"""Notes called by letters: raised (a, b, c …), as editions print their textual notes, or in brackets.

Raised letters are taken for labels only where the format shows them, at both places, and where a run from "a" on has a
marker for each note: ordinals ("XVIIᵉ") and exponents are raised letters too. "(a)", "(b)" head the notes of old books
and of plain text; lists have such letters too, so that each must have its marker in the text above, and most of the
lines that they head must have the words of notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from citekit.model import Document, HintKind, Span
from citekit.notes.candidates import Definition, MarkerCandidate
from citekit.notes.layout import Layout
from citekit.notes.signs import looks_like_note

__all__ = ["lettered_notes"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BRACKETED = re.compile(r"\((?P<letter>[a-z])\)(?!\w)")
_FEWEST = 2  # notes of a run: one letter in brackets can be anything
_WORDED = 0.6  # of the lines must have the words of notes


def lettered_notes(document: Document, layout: Layout) -> dict[Definition, list[MarkerCandidate]]:
    """The notes called by raised letters, each with its marker."""
    text = document.text
    raised = [
        hint.span
        for hint in document.hints
        if hint.kind is HintKind.SUPERSCRIPT
        and text[hint.span.start : hint.span.end] in _LETTERS
        and hint.span.length == 1
    ]
    heads = [span for span in raised if _heads_line(layout, span)]
    if not heads:
        return _in_brackets(layout)
    headed = set(heads)
    calls = [span for span in raised if span not in headed and not text[span.start - 1 : span.start].isspace()]
    return _taken(layout, _runs(layout, heads), calls)


def _in_brackets(layout: Layout) -> dict[Definition, list[MarkerCandidate]]:
    """The notes headed by "(a)", "(b)" at the beginnings of lines, each with its marker in the text."""
    text = layout.text
    found = [Span(*match.span("letter")) for match in _BRACKETED.finditer(text)]
    heads = [span for span in found if _heads_line(layout, Span(span.start - 1, span.end))]
    if len(heads) < _FEWEST:
        return {}
    headed = set(heads)
    calls = [span for span in found if span not in headed and text[: span.start - 1].rstrip()[-1:] not in "([:"]
    runs = [run for run in _runs(layout, heads) if len(run) >= _FEWEST and _worded(layout, run)]
    return _taken(layout, runs, calls)


def _worded(layout: Layout, run: list[Span]) -> bool:
    """Whether most lines of a run look like notes."""
    lines = [layout.text[head.end : layout.lines[layout.line_at(head.start)].last] for head in run]
    return sum(looks_like_note(words) for words in lines) >= _WORDED * len(run)


def _taken(layout: Layout, runs: Iterable[list[Span]], calls: list[Span]) -> dict[Definition, list[MarkerCandidate]]:
    text = layout.text
    found: dict[Definition, list[MarkerCandidate]] = {}
    behind = 0
    for run in runs:
        near = [span for span in calls if behind <= span.start < run[-1].start]
        called = _called(text, run, near)
        if called is not None:
            found |= {_definition(layout, head): [_marker(text, call)] for head, call in zip(run, called, strict=True)}
            behind = called[-1].end
    return found


def _heads_line(layout: Layout, span: Span) -> bool:
    line = layout.lines[layout.line_at(span.start)]
    return not line.furniture and line.first == span.start and bool(layout.text[span.end : line.last].strip())


def _runs(layout: Layout, heads: list[Span]) -> Iterator[list[Span]]:
    """The labels in runs a, b, c …; one alone only at a page's foot, for any line can begin with a raised letter."""
    text = layout.text
    run: list[Span] = []
    for head in [*heads, None]:
        goes_on = head is not None and run and text[head.start] == _LETTERS[len(run) : len(run) + 1]
        if head is not None and goes_on:
            run.append(head)
            continue
        if len(run) > 1 or (run and layout.lines[layout.line_at(run[0].start)].foot):
            yield run
        run = [head] if head is not None and text[head.start] == "a" else []


def _called(text: str, run: list[Span], calls: list[Span]) -> list[Span] | None:
    """The marker of each label, in their order, None where one has none."""
    found: list[Span] = []
    rest = iter(calls)
    for head in run:
        call = next((span for span in rest if text[span.start] == text[head.start]), None)
        if call is None or call.start > head.start:
            return None
        found.append(call)
    return found


def _definition(layout: Layout, head: Span) -> Definition:
    line = layout.line_at(head.start)
    words = layout.text[head.end : layout.lines[line].last]
    content = head.end + len(words) - len(words.lstrip(" \u00a0.):"))
    return Definition(line, head, layout.text[head.start], 0, "sign", content, 1.0, noteish=True)


def _marker(text: str, call: Span) -> MarkerCandidate:
    return MarkerCandidate(call, text[call.start], 0, "superscript", 1.0)
