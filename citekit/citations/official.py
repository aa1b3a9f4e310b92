"""Debates of parliaments, official gazettes, and the books of the Bible: sources whose names are known beforehand.

Chicago 17, 14.283-14.305 (public documents) and 14.238-14.241 (sacred works): the name of the series, then its volume
or day, and the column; a book of the Bible, then chapter and verse.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.line import Line
from citekit.lexicon import Opening, alternation, opening, words

__all__ = ["names_series", "scripture", "tag_official"]

_SHORT = 8  # letters: a name so short stands alone before a mark
_NEAR = 60  # characters from the name to its day or volume
_PARTS = 3  # of a parliament and its papers behind the name: "Débats parlementaires, Chambre des députés"
_LABEL = (
    r"(?:[Vv]ols?|Bde?|[Tt]|[Tt]ome|[Tt]omo|[Nn]os?|[Nn]rs?|n[°º]|n\.[°º]|núm|cols?|cc?|pp?|S|Sp|H|z|poz|dz|[Ss]ess"
    r"|[Ss]ession|ser|series)(?![^\W\d_])"
)
_STOP = re.compile(rf"\s?(?:[,;:(\d]|(?<![^\W\d_]){_LABEL}|(?:du|vom|del|de|of|séance|tornata|sitzung)\s\d)")
_PART = re.compile(
    rf",\s(?!{_LABEL}\.?\s?[\dIVX]|[IVXLC]{{1,8}}(?![^\W\d_.]))(?P<part>[^\W\d_a-z][^\d,;:()]{{1,60}}?)(?=,|\s\()"
)
_ROMAN_LAST = re.compile(r"\s[IVXLC]{1,8}$")
_SERIES = re.compile(r",\s(?:\d\w{1,2}\s(?:[Ss]er|[Ss]eries)(?![^\W\d_])\.?|n\.s\.|[Nn]ew [Ss]eries)")
_PLACE = re.compile(
    r",?\s(?:(?:[Vv]ol|Bd|t|tom)\.?\s?)?(?P<volume>[IVXLCivxlc]{1,9}|\d{1,4}),\s(?:(?:cols?|cc?|pp?|S|Sp)\.?\s?)?"
    r"(?P<at>\d{1,5}(?:[-–]\d{1,5})?)(?=[,;)]|\s\(|\.?\s?$)"
)


@cache
def _named() -> Opening:
    names = words("official", "series")
    long = alternation(name for name in names if len(name) > _SHORT)
    short = alternation(name for name in names if len(name) <= _SHORT)
    return opening(rf"(?P<long>{long})(?![^\W\d_])|(?P<short>{short})(?=,|\s\(|\s\d|\s?$)", names)


def tag_official(line: Line) -> None:
    """Label a series of debates or of laws that stands first, and volume and column where both are bare."""
    match = _named().match(line.text)
    if match is None or not line.free(*match.span()):
        return
    end = match.end()
    if match["long"]:
        stop = _STOP.search(line.text, end)
        end = stop.start() if stop else end
    for _ in range(_PARTS):
        part = _PART.match(line.text, end)
        if part is None or _ROMAN_LAST.search(part["part"]):
            break
        end = part.end()
    if not line.label("container-title", 0, end, strip=" ,"):
        return
    line.hold(0, end)
    series = _SERIES.match(line.text, end)
    if series:
        line.hold(*series.span())
        end = series.end()
    place = _PLACE.match(line.text, end)
    if place and line.free(*place.span()) and not re.fullmatch(r"1[5-9]\d\d|20\d\d", place["volume"]):
        line.label("volume", *place.span("volume"))
        line.label("locator", *place.span("at"))
        line.hold(*place.span())


def names_series(text: str) -> bool:
    """Whether the words begin with a series of debates or of laws, a day or a volume behind it."""
    match = _named().match(text)
    return match is not None and any(map(str.isdigit, text[match.end() : match.end() + _NEAR]))


@cache
def _book() -> Opening:
    books = words("official", "scripture")
    verse = r"\d{1,3}(?:\s?:\s?|[,.])\d{1,3}[a-c]?(?:\s?[-–—]\s?\d{1,3}(?:[:,.]\d{1,3})?[a-c]?)?"
    return opening(
        rf"(?P<book>(?:[1-4]\.?\s|I{{1,3}}\s)?{alternation(books)}(?![^\W\d_])\.?),?\s"
        rf"(?P<place>{verse}(?:[;,.]\s?(?:{verse}|\d{{1,3}}(?:[-–]\d{{1,3}})?)){{0,8}}|(?<=Ps\s)\d{{1,3}}|(?<=Ps\.\s)\d{{1,3}})"
        r"(?=\s?(?:\([A-Z]{2,6}\)|[.;)]|$))",
        (*books, *"1234I"),
    )


def scripture(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where the book and the verses stand of a citation that is one of the Bible; None where it is none.

    >>> scripture("1 Cor. 13:4–7")
    ((0, 6), (7, 13))
    """
    match = _book().match(text)
    return (match.span("book"), match.span("place")) if match else None
