"""The chunks of a citation: the words between two commas, full stops or brackets outside quotation marks."""

from __future__ import annotations

import re

from citekit.citations.line import Line
from citekit.citations.places import is_place
from citekit.citations.several_places import several_places

__all__ = ["before_series", "colon_before", "previous_edge", "without_stops"]

_STOP = re.compile(r"(?:[^\W\d_]{3}|[)”»])[.!?]\s|\)\s|[.”»]\s(?=[“«])")
_QUALIFIER = re.compile(r"\s\([^\W\d_][^\W\d_.]{1,7}\.?\)\Z")
_STATE = re.compile(r"[,.(]\s?(?P<place>[^,.;:()]{2,30}),\s?\Z")
_LONGEST = 400  # characters; no place is longer


def previous_edge(line: Line, place: int) -> int:
    """Where the chunk that ends at `place` begins: behind the last comma, full stop or bracket outside quotations."""
    position = place - 1
    closing = {mark.end - 1 for mark in line.marks if mark.quoted}
    listed = several_places(line.text)
    while position >= 0:
        char = line.text[position]
        if position in closing:
            return position + 1
        together = next((start for start, end in listed if start < position < end), None)
        if together is not None and line.free(together, position + 1):  # "Köln, Weimar und Wien"
            position = together - 1
            continue
        qualified = _QUALIFIER.search(line.text, max(0, position - 12), position + 1) if char == ")" else None
        if qualified and line.free(*qualified.span()):  # "Cambridge (Mass.), Harvard University Press"
            position = qualified.start() - 1
            continue
        if char in ",;()[]–—，。；、》」』" or line.taken[position]:
            return position + 1
        if (
            char in ".?!"
            and position + 1 < place
            and line.text[position + 1] == " "
            and _sentence_stop(line.text, position)
        ):
            return position + 1
        if char in ":：" and colon_before(line, position + 1) is not None:
            return position + 1
        position -= 1
    return 0


def _colon_left(text: str, colon: int) -> int:
    """Where the words before a colon begin: behind the last punctuation mark."""
    place = colon
    while place > 0 and text[place - 1] == ".":
        place -= 1
    first = max(0, place - _LONGEST)
    while place > first and text[place - 1] not in ",.;()[]，。":
        place -= 1
    return next((start for start, end in several_places(text) if start < place <= end), place)


def colon_before(line: Line, edge: int) -> tuple[int, int] | None:
    """The bounds of "Place:" right before `edge`."""
    colon = edge - 1
    while colon >= 0 and line.text[colon].isspace():
        colon -= 1
    if colon < 0 or line.text[colon] not in ":：":
        return None
    left = _colon_left(line.text, colon)
    state = _STATE.search(line.text, max(0, left - 40), left)
    if state and is_place(state["place"]):  # "Cambridge, Massachusetts: MIT Press"
        left = state.start("place")
    if is_place(line.text[left:colon]) or _unknown_place(line, left, colon):
        return left, colon
    return None


def _unknown_place(line: Line, left: int, colon: int) -> bool:
    """A place that no list knows: a sentence's beginning, a few words with capitals, behind names and a title.

    "Bergier, Jean-François. Une histoire du sel. Fribourg: Office du Livre": two sentences stand before it.
    """
    named = line.text[left:colon].split()
    before = line.text[:left].rstrip()
    if not before or before[-1] not in ".!?”»)" or not 1 <= len(named) <= 3 or line.quoted(left):
        return False
    if not all(word[0].isupper() or len(word) <= 3 for word in named) or any(char.isdigit() for char in "".join(named)):
        return False
    stops = _STOP.findall(before[:-1])
    return len(stops) >= 1 and not line.taken[left]


def _sentence_stop(text: str, dot: int) -> bool:
    """A full stop that ends a sentence: no initial, no short abbreviation before it."""
    start = dot
    while start > 0 and dot - start < 5 and not (text[start - 1].isspace() or text[start - 1] in ".,;:()/"):
        start -= 1
    return start < dot and (dot - start > 3 or text[dot - 1].isdigit())


def without_stops(line: Line, place: int) -> int:
    """`place`, moved before the punctuation and blanks that stand there."""
    while place > 0 and line.text[place - 1] in " ,;.:，":
        place -= 1
    return place


def before_series(line: Line, year: int) -> int:
    """Where the imprint goes on before a series that stands between house and year: "PUR, coll. « Histoire », 2007"."""
    series = line.first("collection-title")
    if series is None or series.end > year or re.search(r"[^\W\d_]{3}", line.text[series.end : year]):
        return year
    start = series.start
    while start > 0 and line.taken[start - 1]:
        start -= 1
    return start
