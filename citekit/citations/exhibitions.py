"""Catalogues of exhibitions: "*Das Salz der Erde*, Ausst.-Kat. Historisches Museum Bremen 1990, Bremen 1990".

Between the title and the imprint stand the word for such a catalogue, and where and when the exhibition was (Chicago
17, 14.236). The word is the genre; museum, town and days are no imprint, where one follows.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.dates import find_dates
from citekit.citations.line import Line
from citekit.citations.names import is_institution
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["tag_exhibition"]

_BEFORE = re.compile(r"[,.;:)»”\"’*_?!]\s?\Z")
_BRACKET = re.compile(r"\s?\([^()]{2,160}\)")
_HELD_AT = re.compile(
    r"(?:\s(?:im|in|am|au|à|at|del|della)\b)?\s[^\W\d_a-z][^,.;:()\d]{2,70}(?:\s(?:1[5-9]|20)\d{2})?(?=,\s)"
)
_NEXT = re.compile(r",\s(?P<house>[^,.;:()\d]{3,60})(?=,\s)")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)")
_LONGEST = 120  # characters between the word and the days of the exhibition


@cache
def _word() -> Sought:
    listed = words("kinds", "exhibition")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed, flags=re.IGNORECASE)


def tag_exhibition(line: Line) -> None:
    """Label the word as the genre, and keep where and when the exhibition was from the imprint."""
    for match in _word().finditer(line.text):
        start, end = match.span()
        if not line.free(start, end) or line.enclosed(start) or line.emphasised(start):
            continue  # in a bracket it is no part of the title anyway
        if start and not _BEFORE.search(line.text, 0, start):
            continue
        line.label("genre", start, end, strip="")
        if not start:
            return  # the title follows
        held = _until(line, end)
        line.hold(end, held)
        line.stated = start if line.stated is None else min(line.stated, start)
        house = _NEXT.match(line.text, end) if held == end else None
        if house and is_institution(house["house"]) and not line.has("publisher"):
            line.label("publisher", *house.span("house"))
        return


def _until(line: Line, end: int) -> int:
    """Where the words end that say where and when the exhibition was; `end` where none do, or no imprint follows."""
    text = line.text
    bracket = _BRACKET.match(text, end)
    if bracket:
        return bracket.end() if _YEAR.search(text, bracket.end()) else end
    dates = [date for date in find_dates(text, line.language) if end <= date.start <= end + _LONGEST]
    shown = [date.end for date in dates if _YEAR.search(text, date.end)]
    if shown:
        return shown[-1]
    museum = _HELD_AT.match(text, end)
    return museum.end() if museum and _YEAR.search(text, museum.end()) else end
