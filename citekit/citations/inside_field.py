"""Semicolons that separate no citations, because they stand inside one field.

"Weber, M.; Roth, K. (2005)", "Frankfurt; New York: Campus": names and places are joined by semicolons in many
styles (DIN 1505-2, ABNT NBR 6023, GOST 7.0.5), and titles have semicolons of their own.
"""

from __future__ import annotations

import re

from citekit.citations.places import is_place
from citekit.citations.tagger.model import OUTSIDE, Labelled, label

__all__ = ["inside_field"]

_AHEAD = 160  # characters behind the semicolon that the model is shown
_LONGEST = 400  # characters before it; no list of names is longer
_ROLE = 5  # words and marks of "(Hrsg.)" and a full stop
# How sure the model must be of the words on both sides: a title may be followed by a short form of another work.
_SURE = {"author": 0.6, "editor": 0.6, "publisher-place": 0.6, "title": 0.95}

_TOWN = 30  # characters of a town's name
_TOWN_BEFORE = re.compile(r"(?:^|[.,:/(\]]\s?)(?P<town>[^\W\d_][^.,:;()\d]{0,24}\.?)\s?\Z")
_TOWN_BEHIND = re.compile(r";\s?(?P<town>[^\W\d_][^.,:;()\d]{0,24}\.?)(?=\s?[:,]\s?)")


def inside_field(text: str, start: int, semicolon: int) -> bool:
    """Whether the semicolon at a place of a note stands between words of one field.

    Args:
        text: the note (reading text).
        start: where the words begin that may be one citation with what follows.
        semicolon: its place.
    """
    if _between_places(text, semicolon):
        return True
    behind = text[semicolon + 1 :].lstrip()
    if semicolon - start > _LONGEST or text[:semicolon].rstrip()[-1:].isdigit() or not behind[:1].isalpha():
        return False
    window = text[start : semicolon + _AHEAD]
    read = label(window)
    place = next((place for place, (at, _, _) in enumerate(read.words) if at == semicolon - start), None)
    if place is None:
        return False
    back = _ROLE if window[: semicolon - start].rstrip().endswith(")") else 1
    before, after = _labelled(read, window, range(place - 1, max(-1, place - 1 - back), -1)), place + 1
    if before is None or after == len(read.words):
        return False
    name = read.labels[before]
    if read.labels[after] != name or (name == "title" and read.labels[place] != name):
        return False
    return min(read.sure[before], read.sure[after]) >= _SURE.get(name, 2.0)


def _between_places(text: str, semicolon: int) -> bool:
    """ "М.; Л.: Наука, 1959", "СПб. ; М., 1990": two towns of one imprint (GOST 7.1), each known."""
    before, after = _TOWN_BEFORE.search(text, max(0, semicolon - _TOWN), semicolon), _TOWN_BEHIND.match(text, semicolon)
    return before is not None and after is not None and is_place(before["town"]) and is_place(after["town"])


def _labelled(read: Labelled, window: str, places: range) -> int | None:
    """The nearest word that belongs to a field; "(Hrsg.)" may stand between."""
    return next((at for at in places if read.labels[at] != OUTSIDE and window[read.words[at][0]].isalnum()), None)
