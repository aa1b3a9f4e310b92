"""Reported cases and statutes: "17 U.S. (4 Wheat.) 518", "57 Harv. L. Rev. 512", "[1932] AC 562", "5 U.S.C. § 555".

Bluebook rules 10 (cases), 12 (statutes) and 16 (law reviews): volume, report, first page, the page meant, and the year
in brackets; in a short form "5 U.S. at 177". OSCOLA 2.1: the year in square brackets where it is the volume.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.decisions import find_decision
from citekit.citations.names import is_person
from citekit.lexicon import alternation, words

__all__ = ["cites_case", "find_book", "find_report", "find_treaty", "is_case"]

# Capitals and full stops: "U.S.", "F. Supp. 2d", "Harv. L. Rev.", "COLUM. L. REV.", "Cal. App."; "AC", "WLR".
_WORD = r"(?:[A-Z][A-Za-z]{0,6}\.|[A-Z]\.(?:[A-Z]\.){1,4}|\d?[a-z]{1,2}\b)"
_REPORT = (
    r"(?P<report>(?:[A-Z][A-Za-z]{0,8}\.|(?:[A-Z]\.){2,5}|[A-Z]{2,5}(?!\w))"
    rf"(?:\s?(?:{_WORD}|&|[A-Z]{{1,5}}\.?(?!\w))){{0,4}})"
)
_NAMED = r"(?:\s\(\d{0,3}\s?[^\W\d_]{2,12}\.?\))?"  # the reporter whose volumes were numbered anew: "(4 Wheat.)"
_AMERICAN = re.compile(
    rf"(?:^|,\s)(?P<volume>\d{{1,4}})\s{_REPORT}{_NAMED}"
    r"(?:\s(?P<page>\d{1,5})(?:,\s(?P<pin>\d{1,5}(?:[-–]\d{1,5})?))?(?:,\s\d{1,4}\s[A-Z][\w.\s]{0,20}?\s\d{1,5}){0,2}\s\((?:[^()\d]{0,30}\s)?(?P<year>1[5-9]\d\d|20\d\d)\)"
    r"|(?:,)?\sat\s(?P<at>\d{1,5}(?:[-–]\d{1,5})?)"
    r"|\s§§?\s?(?P<section>\d{1,6}[a-z]?)(?:\s\((?P<year2>1[5-9]\d\d|20\d\d)\))?)"
)
_ENGLISH = re.compile(
    r"\s(?:\[(?P<year>1[6-9]\d\d|20\d\d)\](?:\s(?P<volume>\d{1,2}))?|\((?P<year2>1[5-9]\d\d|20\d\d)\)(?:\s(?P<volume2>\d{1,3}|LR\s\d{1,2}))?)"
    r"\s(?P<report>[A-Z][A-Za-z]{0,6}(?:\s(?:[A-Z][A-Za-z]{0,4}|App\sCas)){0,2})\s(?P<page>\d{1,4})"
    r"(?:\s\((?P<court>[A-Z]{2,6}|[A-Z][\w\s]{2,20})\))?(?:,?\s(?P<pin>\d{1,4}(?:[-–]\d{1,4})?|\[\d{1,3}\]))?"
    r"(?:\s\((?P<judge>(?:Lords?|Lady|Sir|Dame|per)\s[^()]{2,60}|[^\W\d_a-z][^()\d]{1,40}\s(?:LJJ?|JJ?|CJ|LCJ|MR|VC|LC|JSC)(?:,?\s[^()\d]{2,40})?)\))?"
    r"(?=\s?(?:[.,;)]|$))"
)
_IN_THE_MATTER = re.compile(r"Re\s[A-Z]")  # "Re A (Children)" (OSCOLA 2.1.2); not without a report, "Re" is Italian too
_LAW_REVIEW = re.compile(r"\b(?:L\.\s?(?:Rev|J|Q)|Rev|J)\.")
# "Corfu Channel (United Kingdom v Albania)": the dispute, then its parties (OSCOLA, International Law, 1.2).
_PARTIES = re.compile(
    r"[^\W\d_a-z][^;:()“”\"]{1,80}\s\([^();:]{2,60}\sv\.?\s[^();:]{2,60}\)|(?:R\s\([^()]{1,80}\)|[^\W\d_a-z][^;:()“”\"]{0,120}?)\sv\.?\s[^\W\d_a-z]|(?:In\sre|Ex\sparte)\s[A-Z]"
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
# The number of an application or of a trial: "(App no 5493/72)", ", Case No. IT-94-1-A".
_NUMBER = re.compile(
    r"\s\(App(?:l|lication)?\.?\s[Nn]os?\.?\s(?P<application>\d{1,6}/\d{2})\)"
    r"|,\s\(?Case\sNos?\.\s(?P<trial>[A-Z]{2,5}-\d{2}-\d{1,4}(?:/\d{1,3})?(?:-[A-Z][A-Z0-9bis.]{0,6})?)"
)
# Series of treaties and their sigla: "78 UNTS 277", "99 L.N.T.S. 11".
_TREATY = re.compile(
    r"(?<=[,)]\s)(?P<volume>\d{1,4})\s(?P<report>U\.?N\.?T\.?S\.?|L\.?N\.?T\.?S\.?|C\.?T\.?S\.?|U\.?S\.?T\.?|BFSP)\s(?P<page>\d{1,5})(?!\d)"
)
# Bluebook 11: "U.S. Const. art. I, § 8, cl. 3".
_CONSTITUTION = re.compile(
    r"(?P<title>(?:U\.S\.|[A-Z][a-z]{1,6}\.(?:\s[A-Z][a-z]{1,6}\.)?)\sConst\.)\s(?:art|amend)\.\s"
    r"(?P<pin>[IVXL\d]{1,7}(?:,\s(?:§|cl\.|pt\.)\s?\w{1,5}){0,3})(?=[.;\s(]|$)"
)
# OSCOLA, International Law, 2.2: "UNSC Res 242 (22 November 1967) UN Doc S/RES/242".
_RESOLUTION = re.compile(
    r"(?P<author>UN(?:GA|SC|HRC|ESC)|(?:UN|United\sNations)\s(?:General\sAssembly|Security\sCouncil)),?\s"
    r"(?P<title>(?:Res(?:olution)?\.?|Decision)\s\d[\d/]{0,8}(?:\s?\([IVXL]{1,7}\))?)(?=\s\(|,?\sU\.?N\.?\sDoc|,\s\d|[.;]|$)"
)
_ADOPTED = re.compile(
    r"\((?:adopted|concluded|signed|opened\sfor\ssignature)\s(?P<year3>\d{1,2}\s[A-Z][a-z]{2,8}\s(?:1[5-9]|20)\d{2})"
)
_FIELDS = {
    "volume": "volume",
    "volume2": "volume",
    "report": "container-title",
    "page": "page",
    "pin": "locator",
    "at": "locator",
    "section": "locator",
    "application": "number",
    "trial": "number",
    "year": "issued",
    "year2": "issued",
    "year3": "issued",
    "author": "author",
    "issue": "issue",
    "title": "title",
    "edition": "edition",
    "judge": "beside",
    "court": "beside",
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
    case = is_case(text) or _IN_THE_MATTER.match(text) is not None
    match = _AMERICAN.search(text) or (_ENGLISH.search(text) if case else _ARTICLE.search(text))
    numbered = _NUMBER.search(text) if case else None
    if match is None and numbered is None:
        return ()
    matches = [one for one in (numbered, match) if one]
    found = [field for one in matches for field in _fields(one)]
    ends = min(one.start() for one in matches)
    return (("title-end", ends, ends), *sorted(found, key=lambda field: field[1]))


def cites_case(text: str, language: str | None = None) -> bool:
    """Whether words cite a decision of a court by what reports it: no article of a law review."""
    if find_decision(text, language) or (_IN_THE_MATTER.match(text) and find_report(text)):
        return True
    report = _AMERICAN.match(text)
    return report is not None and not report["section"] and not _LAW_REVIEW.search(report["report"])


@lru_cache(maxsize=REMEMBERED)
def find_treaty(text: str) -> tuple[tuple[str, int, int], ...]:
    """The fields of a treaty's series and day; of an article of a constitution, of a resolution, what they state."""
    match = _CONSTITUTION.match(text) or _RESOLUTION.match(text) or _TREATY.search(text)
    if match is None:
        return ()
    adopted = _ADOPTED.search(text, 0, match.start())
    return (*(_fields(adopted) if adopted else ()), *_fields(match))


def _fields(match: re.Match[str]) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (_FIELDS[group], *match.span(group)) for group in match.groupdict() if group in _FIELDS and match[group]
    )
