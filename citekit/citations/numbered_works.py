"""Works known by their number: patents ("U.S. Patent 4,405,829") and standards ("DIN 1505-2, Titelangaben …").

A patent is cited by inventor, title, country and number, and the days of application and grant (Chicago 17, 14.258);
by its code alone as WIPO's standard ST.3 has it ("EP 0 123 456 B1"). A standard begins with its number, which ends with
its year (ISO 690:2010, 5.4.1.3), or with the body that issued it (Chicago 17, 14.259).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import find_dates
from citekit.citations.line import Line, TaggedField
from citekit.citations.names import is_person
from citekit.citations.places import is_place
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["begins_with_number", "is_numbered_work", "numbered_kind", "tag_numbered_work"]

_COUNTRIES = "US|EP|DE|GB|FR|WO|JP|CH|AT|IT|ES|SU|RU|CN|NL|SE|DD|BE|CA"  # codes of WIPO ST.3 before a number
_CODE = re.compile(
    rf"(?P<code>[A-Z](?<![\w-].)[A-Z](?<={_COUNTRIES})[\s-]?\d{{1,4}}(?:[\s,./]?\d{{2,6}}){{1,4}}\s?(?P<kind>[ABCUTY]\d?)?)(?=[.,;:)\s]|$)"
)
_DIGITS_OF_CODE = 6  # fewer are a postcode or a shelfmark
_INVENTOR_AND_TITLE = re.compile(r"(?P<name>[^,:;\d]{4,60})(?:,|:)\s(?P<title>[^\W\d_a-z][^,:;]{2,160}),\s")
_BRACKETED_YEAR = re.compile(r"\s\((?P<year>1[5-9]\d\d|20\d\d)\)")
# Behind the letters of the body: "690:2010", "1505-2", "Z44-005", "Р 7.0.5-2008", "Z39.29-2005".
_DESIGNATION = r"(?:[A-ZА-Я]\s?)?\d{1,6}(?:[-.–]\d{1,5}){0,4}(?::(?P<year>(?:19|20)\d{2})(?:-\d{2})?)?"
_LONGEST_BODY = 80  # characters of the name of who issued it
_BODY_BEFORE = re.compile(r"(?P<author>[^\W\d_a-z][^\d,.;:()“”«»\"]{5,78}),\s")
_TITLE_ENDS = re.compile(
    r"\s\((?=[^()]{0,80}\d{4}\))|[,.]\s(?P<place>[^\W\d_][^,.:;]{0,30}\.?)(?=:\s|,\s|\s:\s|\s\d{4})|[,.]\s(?=(?:19|20)\d{2}\.?\Z)"
)
_BRACKETED_IMPRINT = re.compile(r"\s\((?P<place>[^:()]{2,40}):\s(?P<house>[^:()]{2,60}),\s(?P<year>(?:19|20)\d{2})\)")
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")  # "letters patent 1604": no number
_YEAR_INSIDE = re.compile(r"[-–](?P<year>(?:19|20)\d{2})$")


@cache
def _patent() -> Sought:
    """The word, perhaps with its country before and "no." behind, and the number."""
    listed = words("kinds", "patent_before_number")
    labels = alternation((*words("volumes", "issue"), "No.", "Nr.", "Nos.", "specification No."))
    return sought(
        rf"(?<![^\W\d_])(?:(?P<country>{alternation(words('kinds', 'patent_country'))})\s)?{alternation(listed)}\s"
        rf"(?P<label>(?i:{labels})\s?)?(?P<number>(?:(?:{_COUNTRIES})\s?)?\d{{1,3}}(?:[.,\s]\d{{3}}){{1,3}}(?!\d)|\d{{3,9}}(?![\d/]))(?=[.,;:)\s]|$)",
        listed,
    )


@cache
def _lead(concept: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?i:{alternation(words('kinds', concept))})\s?$")


@cache
def _standard() -> Sought:
    listed = words("kinds", "standard_body")
    return sought(rf"(?P<number>{alternation(listed)}[\s-]{_DESIGNATION})(?=[.,:;]?\s|\Z)(?P<mark>[.,:;]?\s)?", listed)


@lru_cache(maxsize=REMEMBERED)
def _find_patent(text: str) -> re.Match[str] | None:
    """Where a patent's number stands; a code without "patent" before it must say its kind ("A1") or stand alone."""
    named = _patent().search(text)
    if named is not None and (named["label"] or named["country"] or not _YEAR.fullmatch(named["number"])):
        return named
    for code in _CODE.finditer(text):
        told = code["kind"] or code.start() == 0
        if told and sum(map(str.isdigit, code["code"])) >= _DIGITS_OF_CODE:
            return code
    return None


@lru_cache(maxsize=REMEMBERED)
def _find_standard(text: str) -> tuple[re.Match[str], tuple[int, int] | None] | None:
    """A standard's number at the head, and a title or its year behind it; and who issued it, where named before."""
    if not _standard().presence.possible(text):
        return None
    issuer = _BODY_BEFORE.match(text[:_LONGEST_BODY])
    found = _standard().match(text) or (_standard().match(text, issuer.end()) if issuer else None)
    if found is None:
        return None
    titled = found["mark"] is not None and text[found.end() : found.end() + 1].isupper()
    dated = found["year"] or _YEAR_INSIDE.search(found["number"])
    if not (titled and (found["mark"].strip() or dated)) and not (dated and found.end() >= len(text.rstrip(" ."))):
        return None
    return found, issuer.span("author") if issuer and found.start() else None


def is_numbered_work(text: str) -> bool:
    """Whether words cite a patent or a standard by its number.

    >>> is_numbered_work("U.S. Patent 4,405,829, filed December 14, 1977")
    True
    >>> is_numbered_work("DIN 1505-2, Titelangaben von Dokumenten, Berlin 1984")
    True
    """
    return _find_patent(text) is not None or _find_standard(text) is not None


def begins_with_number(text: str) -> bool:
    """Whether a patent's number or a standard's begins the words."""
    patent = _find_patent(text)
    return (patent is not None and patent.start() == 0) or _find_standard(text) is not None


def numbered_kind(text: str, number: object) -> str | None:
    """The CSL type of a work whose number was read from these words; None where it is no such number."""
    if not number:
        return None
    if _find_standard(text) is not None:
        return "standard"
    return "patent" if _find_patent(text) is not None else None


def tag_numbered_work(line: Line) -> None:
    """Label number and days of a patent; number, title and year of a standard."""
    standard = _find_standard(line.text)
    if standard is not None:
        _tag_standard(line, *standard)
        return
    patent = _find_patent(line.text)
    if patent is None or not line.free(*patent.span()) or line.quoted(patent.start()):
        return
    groups = patent.groupdict()
    line.label("number", *patent.span("number" if groups.get("number") else "code"), strip=" ")
    if groups.get("country"):
        line.label("authority", *patent.span("country"), strip=" ")
    line.hold(*patent.span())
    line.tail = min(line.tail, patent.start())
    inventor = _INVENTOR_AND_TITLE.fullmatch(line.text, 0, patent.start())
    if inventor and is_person(inventor["name"]) and line.free(*inventor.span()):
        line.label("author", *inventor.span("name"))
        line.label("title", *inventor.span("title"))
    year = _BRACKETED_YEAR.match(line.text, patent.end())
    if year:
        line.label("issued", *year.span("year"), strip="")
        line.hold(*year.span())
    for date in find_dates(line.text, line.language):
        before = line.text[max(0, date.start - 30) : date.start]
        filed, granted = _lead("filed").search(before), _lead("granted").search(before)
        lead = granted or filed
        if lead and date.start >= patent.end() and line.free(date.start, date.end):
            line.label("issued" if granted else "submitted", date.start, date.end, strip="")
            line.hold(date.start - len(before) + lead.start(), date.start)


def _tag_standard(line: Line, found: re.Match[str], issuer: tuple[int, int] | None) -> None:
    if not line.free(0, found.end()):
        return
    if issuer:
        line.label("author", *issuer)
    line.label("number", *found.span("number"), strip="")
    line.hold(0, found.end())
    start = line.head = found.end()
    ends = next(
        (
            end
            for end in _TITLE_ENDS.finditer(line.text, start)
            if not end["place"] or is_place(end["place"]) or not line.text[end.end() :].strip(" .")
        ),
        None,
    )
    end = ends.start() if ends else len(line.text)
    while end > start and line.taken[end - 1]:
        end -= 1
    if line.free(start, end) and line.label("title", start, end, strip=" \t,;.*_"):
        line.head = end
    imprint = _BRACKETED_IMPRINT.match(line.text, end)
    if imprint and line.free(*imprint.span()):
        for name, group in (("publisher-place", "place"), ("publisher", "house"), ("issued", "year")):
            line.label(name, *imprint.span(group))
        line.hold(*imprint.span())
    behind = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", line.text[end:])
    own = _YEAR_INSIDE.search(found["number"])
    if behind is None and (found["year"] or own):
        start = found.start("year") if found["year"] else found.start("number") + own.start("year") if own else 0
        line.fields.append(TaggedField("issued", start, start + 4))
