"""Where the objects of a JSON array stand in its text: the parser of the standard library does not say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from citekit.model import Span

__all__ = ["object_places"]

_BLANK = re.compile(r"[\s,]*")


def object_places(text: str, place: int = 0) -> Iterator[Span]:
    """The places of the objects of an array, or of JSON Lines, in order, until something is no JSON.

    Args:
        text: the whole text.
        place: where the array starts, with or without its bracket.
    """
    decoder = json.JSONDecoder()
    place = _behind_blanks(text, place)
    if text[place : place + 1] == "[":
        place = _behind_blanks(text, place + 1)
    while place < len(text) and text[place] != "]":
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        if isinstance(value, Mapping):
            yield Span(place, end)
        place = _behind_blanks(text, end)


def _behind_blanks(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place
