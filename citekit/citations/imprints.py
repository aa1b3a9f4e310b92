"""Places and publishers: "Frankfurt a.M./New York: Campus", "Paris - La Haye, Mouton", "北京：商务印书馆"."""

from __future__ import annotations

import re

from citekit.citations.places import is_place, is_publisher

__all__ = ["read_imprint"]

_EDGES = " \t,;:，；：、"
_YEAR = re.compile(r"[\s,;(]+(?P<year>1[5-9]\d\d|20[0-3]\d)\)?[\s.,;]*$")
_CUT = re.compile(r"\s?[:：]\s?(?![^:]*://)")


def read_imprint(run: str, field: str) -> dict[str, str]:
    """CSL's publisher-place, publisher and (as `issued`) a year that stands in the run labelled `field`."""
    text = re.sub(r"\s+", " ", run).strip(_EDGES)
    found: dict[str, str] = {}
    year = _YEAR.search(text)
    if year and text[: year.start()].strip(_EDGES):
        found["issued"] = year["year"]
        text = text[: year.start()]
    text = _outer(text)
    pieces = [piece for piece in _CUT.split(text, maxsplit=1) if piece]
    if len(pieces) == 2 and (is_place(pieces[0]) or is_publisher(pieces[1])) and not is_publisher(pieces[0]):
        return {"publisher-place": _outer(pieces[0]), "publisher": _outer(pieces[1])} | found
    pieces = text.split(", ", 1)
    if len(pieces) == 2 and is_place(pieces[0]) and not is_place(text) and is_publisher(pieces[1]):
        return {"publisher-place": _outer(pieces[0]), "publisher": _outer(pieces[1])} | found
    if len(pieces) == 2 and field == "publisher" and is_publisher(pieces[0]) and is_place(pieces[1]):
        return {"publisher-place": _outer(pieces[1]), "publisher": _outer(pieces[0])} | found
    return {field: text} | found if text else found


def _outer(text: str) -> str:
    text = text.strip(_EDGES)
    for opening, closing in (("(", ")"), ("[", "]"), ("（", "）")):
        if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
            text = text[1:-1].strip(_EDGES)
        elif text.startswith(opening) and closing not in text:
            text = text[1:].strip(_EDGES)
        elif text.endswith(closing) and opening not in text:
            text = text[:-1].strip(_EDGES)
    if text.endswith(".") and not re.search(r"(?:\b[^\W\d_]{1,6}\.)$", text):
        text = text[:-1]
    return text.strip(_EDGES)
