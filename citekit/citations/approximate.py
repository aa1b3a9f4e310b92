"""Years that are about right or guessed: "ca. 1790", "um 1790", "[1790?]" (EDTF's `~` and `?`, ISO 8601-2, 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from citekit.citations.line import TaggedField
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["with_approximation"]

_DATES = frozenset({"issued", "original-date"})
_BEFORE = 24  # characters: the longest such word, and a bracket
_INITIAL = 2  # characters: a letter and its full stop
_EDGES = " ,;(["
_GUESSED = re.compile(r"\??\]|\?")


@cache
def _about() -> Sought:
    """A word that says "about" at the end of what is searched; a bracket may stand before it. "C." is an initial."""
    small = set(words("dates", "circa"))
    listed = small | {word.capitalize() for word in small if len(word) > _INITIAL}
    return sought(rf"\[?(?<![^\W_]){alternation(listed)}(?:\s|(?<=[.\u2e80-\uffff]))\Z", listed)


def with_approximation(fields: Iterable[TaggedField], text: str) -> tuple[TaggedField, ...]:
    """The fields, each date with the word or the sign beside it that says that it is a guess; no other field has it."""
    found = tuple(fields)
    for date in found:
        if date.name in _DATES and text[date.start : date.end].isdecimal():
            wider = _widened(date, text)
            if wider != date:
                others = (wider if one is date else _outside(one, wider, text) for one in found)
                found = tuple(one for one in others if one.start < one.end)
    return found


def _widened(date: TaggedField, text: str) -> TaggedField:
    about = _about().search(text, max(0, date.start - _BEFORE), date.start)
    start = about.start() if about else date.start - (text[date.start - 1 : date.start] == "[")
    guessed = _GUESSED.match(text, date.end)
    end = guessed.end() if guessed else date.end
    if (text[start] == "[") != (text[end - 1] == "]"):  # half of a bracket is another's
        start += text[start] == "["
        end -= text[end - 1] == "]"
    return replace(date, start=start, end=end)


def _outside(one: TaggedField, date: TaggedField, text: str) -> TaggedField:
    """A field without what the date has taken of it; empty where that is all."""
    if one.end <= date.start or date.end <= one.start:
        return one
    if date.start <= one.start:
        return replace(one, start=min(date.end, one.end))
    end = date.start
    while end > one.start and text[end - 1] in _EDGES:
        end -= 1
    return replace(one, end=end)
