"""Decisions of courts as cited on the Continent: "BVerfGE 7, 198 (205)", "CE, 28 mai 1954, Barel, Rec. p. 308".

Either the official collection, its volume and first page, and the page meant in brackets or behind a comma (Germany,
Switzerland, Austria); or the court, the day of its decision, perhaps the name of the case, then the report that
prints it (France, Italy, the Netherlands). Zitierregeln of the Bundesverfassungsgericht; Charte de la citation of the
Cour de cassation.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import find_dates
from citekit.lexicon import Opening, Sought, alternation, opening, sought, words

__all__ = ["find_decision"]

_DAY = 10  # characters of an EDTF date with its day
_PIN = r"\d{1,5}(?:[-–]\d{1,5}|\s?ff?(?![^\W\d_]))?|(?:E|consid)\.\s\d{1,2}(?:\.\d{1,2}|[a-z])?"
_PINS = rf"(?:\s\((?P<pin>{_PIN})\.?\)|,\s(?P<pin2>{_PIN}))?"
_NAME_BEHIND = r"(?:\s[–—]\s(?P<name>[^\W\d_a-z][^;()]{2,60}?)(?=[.\s]*$)|\s\((?P<name2>[^\W\d_a-z][^()\d]{2,40})\))?"
_END = r"(?=[.,;)\s]|$)"
_HEAD = re.compile(r"[^;:“”«»\"]{0,60}\Z")
# What leads from the court to the day: ", Urteil vom", ", arrêt du", " de".
_LEAD = re.compile(r"[\s,]{0,3}(?:vom|v\.|du|de|del|dd\.|van|z|of)?\s?\Z")
_NUMBER_LEAD = re.compile(r",\s(?:n\.|n°|nº|núm\.|nr\.?|no\.)\s?(?P<number>\d{2}-\d{2}\.\d{3}|\d{1,6}(?:[/-]\d{1,4})?)")
_NAMED = re.compile(r",\s(?P<title>[^\W\d_a-z][^,\d()]{2,60}?)(?=,\s[^\W\d_a-z])")
_REPORT = re.compile(
    r",\s(?:in\s)?(?P<report>[^\W\d_a-z][^\W\d_]{0,10}\.?(?:\s[^\W\d_]{1,9}\.?){0,3}?),?\s"
    r"(?:(?P<volume>1[89]\d\d|20\d\d)[.,]\s?(?:(?:\d|[IVX]{1,4})[.,]\s?)?)?"
    r"(?:(?:n°|nº|n\.)\s?(?P<number>\d{1,5})|(?:(?:p|c|col|S|blz)\.\s?)?(?P<page>\d{1,5}))"
    rf"{_PINS}{_END}"
)
# "EuGH, Rs. 6/64, Costa/E.N.E.L., Slg. 1964, 1251": the case's number, its name, the court's own report.
_EUROPEAN = re.compile(
    r"(?:(?P<authority>[A-Z][A-Za-z]{2,4}),?\s)?(?:verb\.\s)?(?:Rs\.|Rechtssache|Case|[Aa]ff\.|[Aa]ffaire|[Aa]sunto|[Cc]ausa|[Zz]aak)\s"
    r"(?P<number>(?:[CT][-‑–])?\d{1,4}/\d{2}),\s(?P<title>[^\W\d_a-z][^,\d()]{2,80}),\s"
    rf"(?P<report>Slg\.|ECR|Rec\.|Racc\.|Jur\.)\s(?P<year>19\d\d|20\d\d),\s(?:(?:S|p|blz)\.\s)?(?P<page>(?:I{{1,2}}[-‑–])?\d{{1,5}}){_PINS}{_END}"
)
# "STC 31/2010, de 28 de junio": the Spanish courts count their decisions by years.
_SPANISH = re.compile(
    r"(?P<title>S?[ST]TC|STS|ATC|ATS)\s(?P<number>\d{1,5})/(?P<year>(?:19|20)\d\d)"
    r"(?P<beside>,\sde\s\d{1,2}\sde\s[a-z]{4,10})?(?=,\s|[.;)]|$)"
)
_FIELDS = {
    "report": "container-title", "volume": "volume", "page": "page", "pin": "locator", "pin2": "locator",
    "number": "number", "year": "issued", "name": "title", "name2": "title", "title": "title", "court": "title",
    "authority": "authority", "beside": "beside",
}  # fmt: skip


@cache
def _collection() -> Sought:
    sigla = words("official", "collection")
    return sought(
        rf"(?:^|(?<=,\s)|(?<=\s=\s))(?P<report>{alternation(sigla)})\s"
        rf"(?:(?P<volume>\d{{1,3}}(?:\s(?:I[ab]?|II|III|IV|V|VI))?)(?:,\s|(?<=[IVab])\s)(?P<page>\d{{1,4}}){_PINS}{_NAME_BEHIND}"
        rf"|(?P<number>\d{{1,2}}\.?\d{{3}})/(?P<year>(?:19|20)\d\d)){_END}",
        sigla,
    )


@cache
def _court() -> Opening:
    courts = words("official", "court")
    return opening(rf"{alternation(courts)}(?![^\W\d_])", courts)


@cache
def _in_journal() -> Opening:
    """ "BGH NJW 1990, 1234": the court, and the journal that prints its decision."""
    courts = words("official", "court")
    return opening(
        rf"(?P<court>{alternation(courts)}(?:\s[^\W\d_a-z][^\W\d_]{{2,20}})?),?\s"
        rf"(?P<report>[A-Z][A-Za-z]{{1,7}}(?:-RR)?)\s(?P<year>(?:18|19|20)\d\d),\s(?P<page>\d{{1,5}}){_PINS}{_END}",
        courts,
    )


@lru_cache(maxsize=REMEMBERED)
def find_decision(text: str, language: str | None = None) -> tuple[tuple[str, int, int], ...]:
    """The fields of a decision, as (field name, start, end), in order; empty where the words cite none.

    >>> [(name, "BVerfGE 7, 198 (205)"[start:end]) for name, start, end in find_decision("BVerfGE 7, 198 (205)")]
    [('container-title', 'BVerfGE'), ('volume', '7'), ('page', '198'), ('locator', '205')]
    """
    whole = _in_journal().match(text) or _EUROPEAN.match(text) or _SPANISH.match(text)
    if whole:
        return _fields(whole)
    collection = _collection().search(text)
    head = _of_the_day(text, collection.start() if collection else len(text), language)
    if collection is None:
        return head
    found = _fields(collection)
    if collection.start() == 0 or not head:
        return found if collection.start() == 0 else ()
    named = any(name == "title" for name, _, _ in found)
    return (*(field for field in head if field[0] == "issued" or (field[0] == "title" and not named)), *found)


def _of_the_day(text: str, end: int, language: str | None) -> tuple[tuple[str, int, int], ...]:
    """The court at the head, the day, and behind it the name of the case, a number, a report."""
    court = _court().match(text)
    if court is None:
        return ()
    day = next((date for date in find_dates(text[:end], language) if len(date.edtf) == _DAY), None)
    if day is None or not _HEAD.fullmatch(text, court.end(), day.start):
        return ()
    lead = _LEAD.search(text, court.end(), day.start)
    issued = ("issued", day.start, day.end)
    named = _NAMED.match(text, day.end)
    number = _NUMBER_LEAD.match(text, day.end)
    place = named.end() if named else number.end() if number else day.end
    report = _REPORT.match(text, place)
    if named and report is None:
        named, report = None, _REPORT.match(text, day.end)
    court_end = lead.start() if lead else day.start
    titled = [("authority", 0, court_end), ("title", *named.span("title"))] if named else [("title", 0, court_end)]
    behind = [*(_fields(number) if number else ()), *(_fields(report) if report else ())]
    return tuple(sorted((*titled, issued, *behind), key=lambda field: field[1]))


def _fields(match: re.Match[str]) -> tuple[tuple[str, int, int], ...]:
    found = [(_FIELDS[group], *match.span(group)) for group in match.groupdict() if group in _FIELDS and match[group]]
    return tuple(sorted(found, key=lambda field: field[1]))
