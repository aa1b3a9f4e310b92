"""Places and publishers: "Frankfurt a.M./New York: Campus", "Paris - La Haye, Mouton", "北京：商务印书馆"."""

from __future__ import annotations

import re

from citekit.citations.edges import one_line, without_brackets, without_stop
from citekit.citations.places import is_place, is_publisher

__all__ = ["read_imprint"]

_EDGES = " \t,;:，；：、"
_YEAR = re.compile(r"[\s,;(](?P<year>1[5-9]\d\d|20[0-3]\d)\)?[\s.,;]*$")
_CUT = re.compile(r"\s?[:：]\s?(?![^:]*://)")


def read_imprint(run: str, field: str) -> dict[str, str]:
    """CSL's publisher-place, publisher and (as `issued`) a year that stands in the run labelled `field`."""
    text = one_line(run).strip(_EDGES)
    found: dict[str, str] = {}
    year = _YEAR.search(text)
    if year and text[: year.start()].strip(_EDGES):
        found["issued"] = year["year"]
        text = text[: year.start()]
    text = _outer(text)
    pieces = [piece for piece in _CUT.split(text, maxsplit=1) if piece]
    if len(pieces) == 2 and (is_place(pieces[0]) or is_publisher(pieces[1])) and not is_publisher(pieces[0]):
        return {"publisher-place": _outer(pieces[0]), "publisher": _outer(pieces[1])} | found
    pieces = text.rsplit(", ", 1)
    if len(pieces) == 2 and is_place(pieces[0]) and is_publisher(pieces[1]):
        return {"publisher-place": _outer(pieces[0]), "publisher": _outer(pieces[1])} | found
    if len(pieces) == 2 and field == "publisher" and is_publisher(pieces[0]) and is_place(pieces[1]):
        return {"publisher-place": _outer(pieces[1]), "publisher": _outer(pieces[0])} | found
    return {field: text} | found if text else found


def _outer(text: str) -> str:
    return without_brackets(without_stop(without_brackets(text, _EDGES)), _EDGES)
