"""Several places of one imprint: "Köln, Weimar und Wien 1999", "Paris, Londres et Berlin, 1789".

Before 1900 a book was sold in as many towns as could be printed, and the largest houses keep the habit (Chicago 17,
14.129). Each must be known; a title that is made of towns is not told from them without another title before it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.places import is_place, words_of_places
from citekit.lexicon.presence import words_of

__all__ = ["several_places"]

_PLACE = r"[^\W\d_a-z][\w.’-]{2,25}(?:\s(?:[^\W\d_a-z][\w.’-]{1,20}|a\.\s?M\.|am\sMain)){0,2}"
_LISTED = re.compile(
    rf"[,.:;(](?:(?<!\()\s|(?<=\())(?P<places>{_PLACE}(?:,\s{_PLACE}){{0,4}},?\s(?:und|u\.|et|and|&|e|ed|y|i|a|en|og|och|и)\s{_PLACE}"
    rf"|{_PLACE}(?:,\s{_PLACE}){{2,4}})(?=,?\s(?:1[4-9]|20)\d\d|\s?:\s|,\s[^\W\d_a-z])"
)
_JOINED = re.compile(r",?\s(?:und|u\.|et|and|&|e|ed|y|i|a|en|og|och|и)\s|,\s")
_MARK = re.compile(r"(?:[^\W\d_]{3}|[”»’“\"])[,.:]\s|\(\Z")
_COMMAS_ALONE = 3  # towns: "Wien, Köln 1999" may be a title and a place
_FEWEST = 2  # words: of two towns
_BEFORE = 2  # marks: behind the author, and behind the title


@lru_cache(maxsize=REMEMBERED)
def several_places(text: str) -> tuple[tuple[int, int], ...]:
    """The bounds of lists of known places behind a title.

    >>> [text[slice(*one)] for text in ("R. Kern, Salz, Köln, Weimar und Wien 1999",) for one in several_places(text)]
    ['Köln, Weimar und Wien']
    """
    if len(words_of(text) & words_of_places()) < _FEWEST:
        return ()
    found = []
    for match in _LISTED.finditer(text):
        start, end = match.span("places")
        signs = list(_JOINED.finditer(text, start, end))
        starts = [start, *(sign.end() for sign in signs)]
        ends = [*(sign.start() for sign in signs), end]
        last = len(starts)
        if not is_place(text[starts[-1] : ends[-1]]) and signs[-1].group() == ", ":
            last -= 1  # the house: "Köln und Wien, Böhlau 1999"
        first = last
        while first and is_place(text[starts[first - 1] : ends[first - 1]]):
            first -= 1
        joined = last - first > 1 and signs[last - 2].group() != ", "
        if last - first < (2 if joined else _COMMAS_ALONE) or len(_MARK.findall(text[: starts[first]])) < _BEFORE:
            continue
        found.append((starts[first], ends[last - 1]))
    return tuple(found)
