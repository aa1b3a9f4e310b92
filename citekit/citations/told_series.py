"""Series of books that a word or quotation marks tell: "coll. « Folio », 23", "Plon « Terre humaine », 1955".

Lexique des règles typographiques en usage à l’Imprimerie nationale, s. v. Bibliographie.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.line import Line
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["tag_told_series"]

_NUMBER = r"(?:(?:,?\s(?:n[°ºo]\.?|n\.|vol\.|núm\.|nr\.?)\s?|,?\s(?=\d{1,3}(?!\d)))(?P<number>\d{1,4}))?"
# Behind a series that only its place and its marks tell: the year, a volume or the pages.
_BEHIND = re.compile(r",\s(?:(?:1[5-9]|20)\d{2}|(?:t|vol|pp?)\.\s?[\dIVX])")
_HOUSE = re.compile(r",\s(?P<house>[^,;:()«»]{2,40})\s\Z")


@cache
def _quoted() -> Sought:
    listed = words("volumes", "quoted_series")
    return sought(
        rf"(?<![^\W\d_]){alternation(listed)}\s[«“„\"]\s?(?P<title>[^«»“”„\"]{{2,80}}?)\s?[»”“\"]{_NUMBER}(?=[,;.)\s]|$)",
        listed,
        flags=re.IGNORECASE,
    )


@cache
def _abbreviated() -> Sought:
    """ "coll. Travaux et documents, Paris": an abbreviation, for a whole word may be somebody's collection."""
    listed = [word for word in words("volumes", "quoted_series") if word.endswith(".") or word == "collana"]
    return sought(
        rf"(?:(?<=[,.]\s)|(?<=\())(?i:{alternation(listed)})\s(?P<title>[^\W\d_a-z][^«»“”„\",;:.()\[\]\d]{{2,70}}?)"
        rf"{_NUMBER}(?=[,;)]|\.?\s?$)",
        listed,
    )


def tag_told_series(line: Line) -> None:
    """Label the name of a series and its number."""
    for pattern in (_quoted(), _abbreviated()):
        match = None if line.has("collection-title") else pattern.search(line.text)
        if match and match.start() and line.free(*match.span()) and not line.quoted(match.start()):
            line.label("collection-title", *match.span("title"))
            if match["number"]:
                line.label("collection-number", *match.span("number"))
            line.hold(*match.span())
            for mark in line.marks:
                if mark.start == match.start() - 1 and mark.end == match.end() + 1:
                    line.hold(mark.start, mark.end)
    for mark in line.marks:  # "Paris, Gallimard, « Bibliothèque de la Pléiade », 1983"
        if mark.opening != "«" or line.has("collection-title") or not _BEHIND.match(line.text, mark.end):
            continue
        if not line.free(mark.start, mark.end):
            continue
        comma = line.text[: mark.start].rstrip(" ,").rpartition(",")[2]
        house = _HOUSE.search(line.text, max(0, mark.start - 50), mark.start)
        if is_publisher(comma) or (house and is_publisher(house["house"]) and not is_place(house["house"])):
            line.label("collection-title", *mark.inner)
            line.hold(mark.start, mark.end)
