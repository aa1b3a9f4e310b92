"""Series of books and the number in them, where no word leads to it: "(QFRG 48), Köln 1981", "WUNT 10. Leiden: …".

In a bracket behind the title or behind the year (German, Italian and French notes), in the bracket of the imprint (SBL
Handbook of Style 6.2.24; the German Archaeological Institute), behind the house, or bare before place and house.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.brackets import Enclosure
from citekit.citations.line import Line
from citekit.citations.names import is_given_name
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["tag_numbered_series"]

_NUMBER = r"(?P<number>\d{1,5}[a-z]?(?:/[IVX]{1,5}(?:[-–][IVX]{1,5})?|[-–/]\d{1,4})?|[IVXL]{1,6}(?:/\d{1,3})?)"
_NAME = r"(?P<equal>=\s?)?(?P<name>[^\W\d_][^()\[\];:\d]{1,110}?)(?P<comma>,)?\s"
_ALONE = re.compile(_NAME + _NUMBER)
_WITH_IMPRINT = re.compile(
    _NAME + _NUMBER + r"[;,]\s(?P<place>[^\W\d_][^,;:()\d]{1,40}?)(?=,|\s?:|\s(?:1[5-9]|20)\d\d)"
)
_IMPRINT_BEHIND = re.compile(r"[,.:]?\s\(?(?P<printed>[^\W\d_][^,;:()\d]{1,40}?)(?=,|\s?:|\s[¹²³⁴-⁹]?\d{4})")
_HOUSE_BEFORE = re.compile(r"[,:]\s(?P<house>[^,;:()]{2,40})\s\Z")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d\s\Z")
# A siglum: "QFRG", "JSNTSup", "MGH SS", "VSWG-Beihefte".
_SIGLUM = r"[^\W\d_a-z][^\W\d_]{0,10}[^\W\d_a-z][\w-]{0,12}(?:\s[^\W\d_a-z][^\W\d_]{0,8})?"
_IS_SIGLUM = re.compile(_SIGLUM)
_SIGLUM_BEFORE_PLACE = re.compile(rf"\.\s(?P<name>{_SIGLUM})\s{_NUMBER}\.\s(?P<place>[^\W\d_][^:;()\d]{{1,50}}?)\s?:")
_ROMAN_ALONE = re.compile(r"[IVXL]+\Z")
_RANGE = re.compile(r"(?P<first>\d+)[-–/](?P<last>\d+)")
_PAGES_BEHIND = re.compile(r"\d[-–]\d")
_YEARS = range(1000, 2050)  # such a number is a year
_ONE_WORD = 5  # letters of a name that is one word, in the bracket of the imprint
_NEXT = 9  # of a double number, how much greater the second is at most
_FEW = 3  # "World War 2", "Henry 1"


@cache
def _no_name() -> re.Pattern[str]:
    """Words before a number that is none of a series: "(Teil 2)", "(Kap. 3)", "(2. Aufl. 3)"."""
    listed = {
        word
        for of in (
            ("volumes", "volume"), ("volumes", "issue"), ("volumes", "edition"), ("volumes", "volume_behind"),
            ("numbering", "part"), ("numbering", "illustration"), ("dates", "reprint"), ("dates", "original"),
            *(("locators", name) for name in ("page", "folio", "chapter", "note", "section", "paragraph")),
        )
        for word in words(*of)
    }  # fmt: skip
    return re.compile(rf"(?:.*(?<![^\W\d_]))?(?i:{alternation(listed)})\Z", re.DOTALL)


@cache
def _says_series() -> Sought:
    listed = words("volumes", "series_word")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed)


@cache
def _bare() -> Sought:
    """ ", Studies in Grain 4 (Leiden", ", Grundriss der Geschichte 6, München 1991": no bracket holds it."""
    listed = words("volumes", "series_word")
    return sought(
        rf"[,.]\s(?P<name>(?:[^\W\d_][\w’'-]*\s){{0,3}}{alternation(listed)}(?![^\W\d_])[^,.;:()\[\]\d\"“”„«»]{{0,80}}?),?\s"
        rf"{_NUMBER}(?=(?P<opening>,\s|\s\()(?P<printed>[^\W\d_][^,;:()\d]{{1,40}}?)(?P<sign>,|\s?:|\s(?:1[5-9]|20)\d\d))",
        listed,
    )


def tag_numbered_series(line: Line) -> None:
    """Label the name of a series and its number."""
    for mark in line.marks:
        if mark.quoted or line.has("collection-title") or line.quoted(mark.start) or not mark.start:
            continue
        if line.text[mark.start] in "([" and not line.emphasised(mark.start):
            _in_bracket(line, mark)
    if line.has("collection-title"):
        return
    for match in (*_SIGLUM_BEFORE_PLACE.finditer(line.text), *_bare().finditer(line.text)):
        if line.quoted(match.start()) or line.emphasised(match.start()) or not line.free(*match.span()):
            continue
        if match.re is _SIGLUM_BEFORE_PLACE:
            known = is_place(match["place"]) and not _no_name().match(match["name"])
        else:
            known = not _no_name().match(match["name"]) and _stands_bare(line, match)
        if known and _is_number(match["number"]):
            _label(line, match)
            return


def _in_bracket(line: Line, mark: Enclosure) -> None:
    start, end = mark.inner
    if not line.free(start, end):
        return
    match = _ALONE.fullmatch(line.text, start, end)
    if match:
        if _is_number(match["number"]) and not _is_other(match) and _placed(line, mark, match):
            _label(line, match)
            line.hold(mark.start, mark.end)
        return
    match = _WITH_IMPRINT.match(line.text, start, end)
    if match is None or not is_place(match["place"]) or not _is_number(match["number"]) or _is_other(match):
        return
    name = match["name"]
    if " " in name or _IS_SIGLUM.fullmatch(name) or (len(name) >= _ONE_WORD and name[0].isupper()):
        _label(line, match)
        line.hold(mark.start, match.start("place"))


def _is_other(match: re.Match[str]) -> bool:
    """Whether a name and a number are a part, an edition, or a place and days: "Kap. 3", "Bern, Mai 3-5"."""
    name = match["name"]
    if _no_name().match(name) or is_place(name.partition(", ")[0]):
        return True
    return _RANGE.match(match["number"]) is not None and not _told(match)


def _told(match: re.Match[str]) -> bool:
    """Whether a sign, a siglum or a word says that a name is that of a series."""
    name = match["name"]
    return bool(match["equal"] or _IS_SIGLUM.fullmatch(name) or _says_series().search(name))


def _placed(line: Line, mark: Enclosure, match: re.Match[str]) -> bool:
    """Whether a name and a number in a bracket are a series by where the bracket stands and what they look like."""
    house = _HOUSE_BEFORE.search(line.text, max(0, mark.start - 50), mark.start)
    if house and is_publisher(house["house"]):
        return True
    name, number = match["name"], match["number"]
    told = _told(match)
    if _YEAR_BEFORE.search(line.text, max(0, mark.start - 6), mark.start):
        return told or (bool(match["comma"]) and name[0].isupper())
    behind = _IMPRINT_BEHIND.match(line.text, mark.end)
    if behind is None or not (is_place(behind["printed"]) or is_publisher(behind["printed"])):
        return False
    several = " " in name and name[0].isupper() and not _ROMAN_ALONE.match(number)
    return told or (several and (bool(match["comma"]) or not number.isdigit() or int(number) >= _FEW))


def _stands_bare(line: Line, match: re.Match[str]) -> bool:
    """Whether a title stands before a series that no bracket holds, and a book's imprint behind it.

    An article in a journal with such a name is quoted, or its pages stand behind: "Studi storici 12 (Roma 1971), 3–40".
    """
    before, house = line.text[: match.start()], match["sign"].strip() == ":"
    if ", " not in before or any(mark.quoted and mark.end <= match.start() for mark in line.marks):
        return False
    chunk = before.rsplit(", ", 1)[1]
    if is_given_name(chunk.split()[0]) if chunk.split() else True:
        return False
    colon_in_bracket = house and match["opening"].endswith("(") and match["printed"][0].isupper()
    if not (colon_in_bracket or is_place(match["printed"]) or is_publisher(match["printed"])):
        return False
    return house or not _PAGES_BEHIND.search(line.text, match.end("sign"))


def _is_number(printed: str) -> bool:
    double = _RANGE.fullmatch(printed)
    if double:
        return 0 < int(double["last"]) - int(double["first"]) <= _NEXT and int(double["first"]) not in _YEARS
    return not (printed.isdigit() and int(printed) in _YEARS)


def _label(line: Line, match: re.Match[str]) -> None:
    line.label("collection-title", *match.span("name"))
    line.label("collection-number", *match.span("number"))
    line.hold(match.start("name"), match.end("number"))
