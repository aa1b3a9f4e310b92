"""Titles that end inside a bracket which opened in them: the bracket says where the work is printed.

"A Rule for Millers (Collected Rules, ed. R. Tame, vol. III, p. 145)": the collection stands in the bracket, with
its editor, volume and page behind it (so historians cite texts of earlier centuries by their editions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from citekit.citations.line import TaggedField

__all__ = ["without_open_brackets"]

_BEHIND = 300  # characters in which the bracket closes
_OF_EDITIONS = frozenset({"editor", "volume"})
_IMPRINT = frozenset({"publisher", "publisher-place"})
_COLLECTION = re.compile(r"[^\W\d_a-z][^()\[\]:]{5,120}")
_HOUSE = re.compile(r"(?P<place>[^\W\d_a-z][^()\[\]:,]{1,40}):\s(?P<publisher>[^\W\d_][^()\[\]:]{1,80})")
_EDGES = ' ,;:.“„"«'


def without_open_brackets(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, a title up to a bracket that it opens and does not close, where what stands in it is known."""
    if "(" not in text and "[" not in text:
        return fields
    return tuple(one for place, field in enumerate(fields) for one in _cut(field, fields[place + 1 :], text))


def _cut(field: TaggedField, behind: tuple[TaggedField, ...], text: str) -> Iterator[TaggedField]:
    start, close = _opened(field, text) if field.name == "title" else (-1, -1)
    if start <= field.start:
        yield field
        return
    before = len(text[field.start : start].rstrip(_EDGES))
    inside = {one.name for one in behind if one.end <= close}
    named = {one.name for one in behind}
    house = _HOUSE.fullmatch(text, start + 1, field.end) if before else None
    collection = _COLLECTION.fullmatch(text, start + 1, field.end) if before else None
    title = replace(field, end=field.start + before)
    if house and "issued" in inside and not named & _IMPRINT:
        yield title
        yield replace(field, name="publisher-place", start=house.start("place"), end=house.end("place"))
        yield replace(field, name="publisher", start=house.start("publisher"))
    elif collection and inside >= _OF_EDITIONS and "container-title" not in named:
        yield title
        yield replace(field, name="container-title", start=start + 1)
    else:
        yield field


def _opened(field: TaggedField, text: str) -> tuple[int, int]:
    """Where the bracket opens that closes behind the field, and where it closes; -1 where none does."""
    for opening, closing in ("()", "[]"):
        if text.find(opening, field.start, field.end) < 0:
            continue
        depth: list[int] = []
        for place in range(field.start, field.end):
            if text[place] == opening:
                depth.append(place)
            elif text[place] == closing and depth:
                depth.pop()
        close = text.find(closing, field.end, field.end + _BEHIND)
        if depth and close >= 0:
            return depth[0], close
    return -1, -1
