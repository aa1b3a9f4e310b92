"""What stands where a place or a year is missing: "s.l. 1984", "z.p., z.j.", "Ulm o. J.", "n.d. [c. 1840]".

The words are neither a place nor a year (ISO 690:2010, 8.4, 9.2.5), and no part of the title before them.
"""

from __future__ import annotations

from functools import cache

from citekit.citations.dating import read_date
from citekit.citations.line import Line
from citekit.citations.places import is_place
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["says_nowhere", "tag_unplaced"]


@cache
def _nowhere() -> Sought:
    """No place, and no year or publisher behind it: "s.l., s.d.", "o. O. u. J."."""
    places, dates = words("imprint", "no_place"), words("imprint", "no_date")
    nowhere, undated = alternation(places), alternation(dates)
    return sought(
        rf"(?:(?<=[,.:;]\s)|(?<=\())\[?(?P<none>{nowhere}\]?(?:(?:,?\s|\s(?:u|und|et|e|y)\.?\s)\[?(?:{nowhere}|{undated}|J\.)\]?)?)"
        rf"(?=,|;|\s?[:)]|\s\[?(?:1[4-9]|20)\d\d|\s?\Z)",
        places,
    )


@cache
def _undated() -> Sought:
    """A place and no year, or what the year may be: "Ulm o. J.", "London, n.d. [c. 1840]"."""
    listed = words("imprint", "no_date")
    return sought(
        rf"(?:(?<=[,.(:;]\s)|(?<=\())(?:(?P<place>[^\W\d_a-z][^,.;:()\[\]\d]{{1,40}}?),?\s)?(?P<none>{alternation(listed)})"
        r"(?:\s?\[(?P<year>[^\[\]\d]{0,12}(?:1[4-9]|20)\d\d\??)\])?(?=,|;|\)|\.|\s?\Z)",
        listed,
    )


def says_nowhere(text: str) -> bool:
    """Whether words stand in place of a place: an imprint, though it names nothing."""
    return any(match.start() for match in _nowhere().finditer(text))


def tag_unplaced(line: Line) -> None:
    """Hold what says that there is no place or no year; label the place before it, and the year supplied behind it."""
    for match in _nowhere().finditer(line.text):
        if match.start() and line.free(*match.span()) and not line.quoted(match.start()):
            line.hold(*match.span())
    for match in _undated().finditer(line.text):
        if not match.start() or not line.free(*match.span()) or line.quoted(match.start()):
            continue
        place, year = match["place"], match["year"]
        if place and is_place(place):
            line.label("publisher-place", *match.span("place"))
        if year and read_date(year).edtf:
            line.label("issued", *match.span("year"), strip="")
        if year or (place and is_place(place)):
            line.hold(match.start("none"), match.end())
