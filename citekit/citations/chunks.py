"""The chunks of a citation: the words between two commas, full stops or brackets outside quotation marks."""

from __future__ import annotations

from citekit.citations.line import Line
from citekit.citations.places import is_place

__all__ = ["colon_before", "previous_edge", "without_stops"]

_LONGEST = 400  # characters; no place is longer


def previous_edge(line: Line, place: int) -> int:
    """Where the chunk that ends at `place` begins: behind the last comma, full stop or bracket outside quotations."""
    position = place - 1
    while position >= 0:
        char = line.text[position]
        if char in ",;()[]–—，。；、》」』" or line.taken[position]:
            return position + 1
        if (
            char in ".?!"
            and position + 1 < place
            and line.text[position + 1] == " "
            and _sentence_stop(line.text, position)
        ):
            return position + 1
        if char in ":：" and is_place(line.text[_colon_left(line.text, position) : position]):
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
    return place


def colon_before(line: Line, edge: int) -> tuple[int, int] | None:
    """The bounds of "Place:" right before `edge`."""
    colon = edge - 1
    while colon >= 0 and line.text[colon].isspace():
        colon -= 1
    if colon < 0 or line.text[colon] not in ":：":
        return None
    left = _colon_left(line.text, colon)
    return (left, colon) if is_place(line.text[left:colon]) else None


def _sentence_stop(text: str, dot: int) -> bool:
    """A full stop that ends a sentence: no initial, no short abbreviation before it."""
    start = dot
    while start > 0 and dot - start < 5 and not (text[start - 1].isspace() or text[start - 1] in ".,;:()"):
        start -= 1
    return start < dot and (dot - start > 3 or text[dot - 1].isdigit())


def without_stops(line: Line, place: int) -> int:
    """`place`, moved before the punctuation and blanks that stand there."""
    while place > 0 and line.text[place - 1] in " ,;.:，":
        place -= 1
    return place
