"""A document's text in passages: each note, and the text between the notes in pieces of about a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from citekit.model import Span

__all__ = ["passages_between"]

_ENOUGH = 800  # characters: several short paragraphs are one passage, so that a heading is found with what it heads
_MOST = 2000  # characters: a longer paragraph is cut, so that what is found can be shown
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\n(?=#)")
_WORDS = re.compile(r"\w")


def passages_between(text: str, taken: Iterable[Span]) -> Iterator[Span]:
    """The pieces of `text` outside the spans of `taken` (notes and their labels), in order; none without a word."""
    start = 0
    for span in [*sorted(taken), Span(len(text), len(text))]:
        if span.start > start:
            yield from _pieces(text, start, span.start)
        start = max(start, span.end)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        cut = _cut(text, start, end)
        if _WORDS.search(text, start, cut):
            yield Span(start, cut)
        start = cut


def _cut(text: str, start: int, end: int) -> int:
    if end - start <= _ENOUGH:
        return end
    paragraph = _PARAGRAPH_END.search(text, start + _ENOUGH, min(end, start + _MOST))
    if paragraph:
        return paragraph.end()
    if end - start <= _MOST:
        return end
    for sign in ("\n", "。", ". ", " "):
        place = text.rfind(sign, start + _ENOUGH, start + _MOST)
        if place > start:
            return place + len(sign)
    return start + _MOST
