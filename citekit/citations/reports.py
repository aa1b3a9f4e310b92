"""Reported cases and statutes: "17 U.S. (4 Wheat.) 518", "57 Harv. L. Rev. 512", "[1932] AC 562", "5 U.S.C. § 555".

Bluebook rules 10 (cases), 12 (statutes) and 16 (law reviews): volume, report, first page, the page meant, and the year
in brackets; in a short form "5 U.S. at 177". OSCOLA 2.1: the year in square brackets where it is the volume.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.names import is_person
from citekit.lexicon import alternation, words

__all__ = ["find_book", "find_report", "is_case"]

# Capitals and full stops: "U.S.", "F. Supp. 2d", "Harv. L. Rev.", "COLUM. L. REV.", "Cal. App."; "AC", "WLR".
_WORD = r"(?:[A-Z][A-Za-z]{0,6}\.|[A-Z]\.(?:[A-Z]\.){1,4}|\d?[a-z]{1,2}\b)"
_REPORT = (
    r"(?P<report>(?:[A-Z][A-Za-z]{0,8}\.|(?:[A-Z]\.){2,5}|[A-Z]{2,5}(?!\w))"
    rf"(?:\s?(?:{_WORD}|&|[A-Z]{{1,5}}\.?(?!\w))){{0,4}})"
)
_NAMED = r"(?:\s\(\d{0,3}\s?[^\W\d_]{2,12}\.?\))?"  # the reporter whose volumes were numbered anew: "(4 Wheat.)"
_AMERICAN = re.compile(
    rf"(?:^|,\s)(?P<volume>\d{{1,4}})\s{_REPORT}{_NAMED}"
    r"(?:\s(?P<page>\d{1,5})(?:,\s(?P<pin>\d{1,5}(?:[-–]\d{1,5})?))?\s\((?:[^()\d]{0,30}\s)?(?P<year>1[5-9]\d\d|20\d\d)\)"
    r"|(?:,)?\sat\s(?P<at>\d{1,5}(?:[-–]\d{1,5})?)"
    r"|\s§§?\s?(?P<section>\d{1,6}[a-z]?))"
)
_ENGLISH = re.compile(
    r"\s(?:\[(?P<year>1[6-9]\d\d|20\d\d)\](?:\s(?P<volume>\d{1,2}))?|\((?P<year2>1[5-9]\d\d|20\d\d)\)\s(?P<volume2>\d{1,3}|LR\s\d{1,2}))"
    r"\s(?P<report>[A-Z][A-Za-z]{0,4}(?:\s(?:[A-Z][A-Za-z]{0,4}|App\sCas)){0,2})\s(?P<page>\d{1,4})"
    r"(?:\s\((?P<court>[A-Z]{2,6}|[A-Z][\w\s]{2,20})\))?(?:\s(?P<pin>\d{1,4}(?:[-–]\d{1,4})?|\[\d{1,3}\]))?(?=\s?(?:[.,;)]|$))"
)
_PARTIES = re.compile(
    r"(?:R\s\([^()]{1,80}\)|[^\W\d_a-z][^;:()“”\"]{1,120}?)\sv\.?\s[^\W\d_a-z]|(?:In\sre|Ex\sparte)\s[A-Z]"
)
# OSCOLA 3.3.1: behind the closing quotation mark the year (in square brackets where it is the volume), no comma.
_ARTICLE = re.compile(
    r"[’'”\"]\s(?:\((?P<year>1[5-9]\d\d|20\d\d)\)\s(?P<volume>\d{1,3})(?:\((?P<issue>\d{1,3}(?:[-/]\d{1,3})?)\))?"
    r"|\[(?P<year2>1[6-9]\d\d|20\d\d)\])"
    r"\s(?P<report>[A-Z][^\d()\[\],;:“”]{1,60}?)\s(?P<page>\d{1,5})"
    r"(?:(?:,\s|\s?[:@]\s?)(?P<pin>\d{1,5}(?:[-–]\d{1,5})?))?(?=\s?(?:[.;)]|,\s\D|$))"
)
# Bluebook 15: author, title, page, and in brackets the edition and the year, without place or publisher.
_BOOK = re.compile(
    r"(?P<author>[^\W\d_a-z][^,\d()“”]{3,60}),\s(?P<title>[^\W\d_a-z][^,;()\[\]“”.]{3,120}?)\s"
    r"(?P<pin>\d{1,4}(?:[-–]\d{1,4})?(?:,\s\d{1,4}(?:[-–]\d{1,4})?){0,3})"
    r"\s\((?:(?P<edition>\d{1,2})(?:st|nd|rd|th|d)\s(?:rev\.\s)?ed\.\s|(?:rev\.|enl\.)\s(?:ed\.\s)?)?(?P<year>1[5-9]\d\d|20\d\d)\)\.?"
)
_FIELDS = {
    "volume": "volume",
    "volume2": "volume",
    "report": "container-title",
    "page": "page",
    "pin": "locator",
    "at": "locator",
    "year": "issued",
    "year2": "issued",
    "issue": "issue",
    "title": "title",
    "edition": "edition",
}


def find_book(text: str) -> tuple[tuple[str, int, int], ...]:
    """The fields behind the author of a book as lawyers cite it ("Posner, Law and Literature 12 (3d ed. 2009)").

    Empty where the words before the number may name a journal: it is abbreviated, or says that it is one.
    """
    match = _BOOK.fullmatch(text)
    if match is None or not is_person(match["author"]) or _journals().search(match["title"]):
        return ()
    groups = ("title", "pin", "edition", "year")
    return tuple((_FIELDS[group], *match.span(group)) for group in groups if match[group])


@cache
def _journals() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){alternation(words('roles', 'periodical'))}", re.IGNORECASE)


def is_case(text: str) -> bool:
    """Whether words begin with the parties of a lawsuit: "Marbury v. Madison", "In re Gault"."""
    return _PARTIES.match(text[:160]) is not None


@lru_cache(maxsize=REMEMBERED)
def find_report(text: str) -> tuple[tuple[str, int, int], ...]:
    """The fields of a report in a citation, as (field name, start, end), in order; empty where there is none.

    The first is always where the name of the case or article ends ("title-end", no words of its own).
    """
    match = _AMERICAN.search(text) or (_ENGLISH.search(text) if is_case(text) else _ARTICLE.search(text))
    if match is None:
        return ()
    found = [(_FIELDS[group], *match.span(group)) for group in match.groupdict() if group in _FIELDS and match[group]]
    return (("title-end", match.start(), match.start()), *sorted(found, key=lambda field: field[1]))
