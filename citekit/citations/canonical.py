"""Passages of works that all editions divide alike: the Bible, the Qur’an, the Vedas, Roman law, the codes.

Chicago 17, 14.238-14.241 (sacred works), 14.242 (classical sources); Bluebook 20 (foreign codes); the editions of the
Corpus iuris civilis. Such a passage is no page: it is a verse, a section or an article of the work that is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.antiquity import ancient_source
from citekit.citations.brackets import REMEMBERED
from citekit.citations.official import scripture
from citekit.lexicon import Opening, alternation, opening, words

__all__ = ["Passage", "is_code", "passage", "passage_term", "passage_value"]

_DASH = re.compile(r"\s?[-‐‑‒–—−]\s?")
_COLON = re.compile(r"\s?:\s?")
_CLOSED = r"(?=\s?(?:[.;)\]]|$))"
_VERSES = r"\d{1,3}(?:\s?:\s?|[,.])\d{1,3}(?:\s?[-–—]\s?\d{1,3})?(?:[.,]\d{1,3}(?:\s?[-–—]\s?\d{1,3})?){0,4}"
_BOOK_TITLE_LAW = r"\d{1,2}(?:[.,]\s?\d{1,2}){1,2}(?:[.,]\s?(?:\d{1,3}|pr)){0,2}(?:[-–]\d{1,3})?"
_NUMBER = r"\d{1,4}(?:\s?[-–—]\s?\d{1,4})?(?:\s?[a-z](?![^\W\d_]))?(?:\s(?:bis|ter|quater))?"
_PARTS = (
    r"(?:\s?\(\d{1,3}\)|,?\s(?:Abs|Satz|S|Nr|Ziff|lit|Alt|al|co|comma|ust|pkt|lid|ods|odst|písm|§|ч|ст|п|inc|n)\.?\s"
    r"(?:\d{1,3}|[a-z](?![^\W\d_])|[IVX]{1,4}(?![^\W\d_]))){0,4}"
)
_LABELS = ("§", "art", "čl.", "ст.")  # how what follows can begin
_LABEL = r"(?P<{0}>§§?|[Aa]rt(?:\.|ículo|icle|ikel|igo|icolo)|čl\.|[Сс]т\.)\s?"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the work and the place in it stand, where the words of both end, and the place's CSL term."""

    title: tuple[int, int]
    place: tuple[int, int]
    end: int
    term: str


@cache
def _divided() -> Opening:
    sacred, roman = words("official", "sacred"), words("official", "roman_law")
    return opening(
        rf"(?P<sacred>{alternation(sacred)})(?:(?<=\.)|(?![^\W\d_])),?\s(?P<verses>{_VERSES}){_CLOSED}"
        rf"|(?P<law>{alternation(roman)})(?:(?<=\.)|(?![^\W\d_])),?\s(?P<section>{_BOOK_TITLE_LAW}){_CLOSED}"
        rf"|(?P<digest>D\.)\s(?P<fragment>\d{{1,2}}[.,]\s?\d{{1,2}}[.,]\s?\d{{1,3}}(?:[.,]\s?(?:\d{{1,3}}|pr))?){_CLOSED}",
        (*sacred, *roman, "D."),
    )


@cache
def _code() -> Opening:
    listed = {word.rstrip(".") for word in words("official", "code")}  # the full stop may be the sentence’s
    codes = alternation(listed)
    return opening(
        rf"(?P<first>{codes})(?:\.|(?![^\W\d_])),?\s{_LABEL.format('behind')}(?P<at>{_NUMBER}{_PARTS}){_CLOSED}"
        rf"|{_LABEL.format('before')}(?P<place>{_NUMBER}{_PARTS}),?\s(?:of\sthe\s|du\s|des\s|del\s|do\s)?"
        rf"(?P<last>{codes})(?:\.|(?![^\W\d_])){_CLOSED}",
        (*listed, *_LABELS),
    )


@lru_cache(maxsize=REMEMBERED)
def passage(text: str) -> Passage | None:
    """The work and the passage of a citation that begins with one; None where it does not.

    >>> passage("Qur'an 2:255")
    Passage(title=(0, 6), place=(7, 12), end=12, term='verse')
    >>> passage("§ 433 Abs. 1 BGB")
    Passage(title=(13, 16), place=(2, 12), end=16, term='section')
    """
    verses = scripture(text)
    if verses:
        return Passage(*verses, verses[1][1], "verse")
    divided = _divided().match(text)
    if divided:
        for work, place, term in (
            ("sacred", "verses", "verse"),
            ("law", "section", "section"),
            ("digest", "fragment", "section"),
        ):
            if divided[work]:
                return Passage(divided.span(work), divided.span(place), divided.end(), term)
    code = _code().match(text)
    if code is None:
        return None
    work, place, label = ("first", "at", "behind") if code["first"] else ("last", "place", "before")
    term = "section" if code[label].startswith("§") else "article-locator"
    return Passage(code.span(work), code.span(place), code.end(), term)


def passage_term(text: str, start: int) -> str | None:
    """The CSL term of a locator whose value begins at `start`, if it is such a passage; None for any other."""
    found = passage(text)
    if found:
        return found.term if found.place[0] == start else None
    ancient = ancient_source(text)
    if ancient and ancient.author and ancient.locator[0] == start:
        return "section"
    return None


def passage_value(printed: str) -> str:
    """A passage as the JSON schema has it: its commas and full stops are its own.

    >>> passage_value("13,4–7")
    '13,4-7'
    """
    return _COLON.sub(":", _DASH.sub("-", printed)).strip(" .,;")


@cache
def _codes() -> frozenset[str]:
    return frozenset(words("official", "code"))


def is_code(title: str) -> bool:
    """Whether a title is that of a code of laws."""
    return title in _codes() or title + "." in _codes()
