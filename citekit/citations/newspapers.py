"""A newspaper and its day, without marks: "Neue Zürcher Zeitung vom 3. 5. 1912", "Правда. 1937. 12 мая".

Chicago 17, 14.191 and GOST R 7.0.5: the name, the day, perhaps the edition of the day and the page, and nothing else.
In author-date lists the year stands behind the author, who may be the newspaper, and the day closes the entry
(Chicago 17, 15.49).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import find_dates, month_number
from citekit.citations.line import Line
from citekit.citations.names import is_person
from citekit.citations.places import is_place
from citekit.citations.roles import is_newspaper
from citekit.citations.shelfmarks import names_record
from citekit.lexicon import alternation, words

__all__ = ["Newspaper", "find_newspaper", "tag_day_apart"]

_DAY = 10  # characters of an EDTF date with its day
_LONGEST = 160
_NAME = re.compile(
    r"(?P<name>[^\W\d_a-z][^,;:.()“”«»\"\d]{2,60}?)(?:\s\((?P<town>[^\W\d_a-z][^()\d]{1,30})\))?(?:,\s(?:(?:le|vom|del|dal|du|of)\s)?|\.\s|\s(?:vom|v\.|du|del|dal|från|z|van|af)\s)"
)
_BEHIND = re.compile(
    r"(?:\sг\.?)?(?:,\s(?:(?:Morgen|Abend|Mittags?|Sonntags)-?(?:[Aa]usgabe|blatt)|[ée]dition\sdu\s(?:matin|soir)|(?:morning|evening|late)\sedition))?"
    r"(?:[.,]\s(?:№|[Nn]r\.?|n[°º]|no\.)\s?\d{1,5})?(?:[.,]\s(?:pp?|S|[sсС]|str)\.\s?(?P<page>\d{1,3}(?:[-–]\d{1,3})?))?[.\s]*"
)
_ARTICLE = re.compile(r"(?:L[’']|(?:Le|La|Les|El|Los|Il|Lo|The|Der|Die|Das|De|Het|O|A)\s)[^\W\d_a-z]")
_SIGLUM = re.compile(r"[A-Z]{2,5}")
_YEAR_BEHIND_NAMES = re.compile(
    r"(?P<names>[^\W\d_][^\d()“”„«»\"]{2,120}?)[.,]?\s\(?(?P<year>(?:1[5-9]|20)\d{2})[a-z]?[).:]"
)
_DAY_AT_THE_END = re.compile(
    r"(?:[,.]|[,.]?[”’»“\"*_]\.?)\s(?P<day>(?P<d>\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s(?:de\s)?(?P<month>[^\W\d_]{3,14}\.?)"
    r"|(?P<month2>[^\W\d_]{3,14}\.?)\s(?P<d2>\d{1,2}))(?:[,.:]\s(?:[^\W\d_]{1,4}\.?\s?\w{1,5}|[A-Z]?\d{1,3})(?:[-–]\d{1,4})?)?\.?\Z"
)
_MARKS = ",.*_"  # before a day; a word would say what happened on it
_LONGEST_END = 60  # characters: a day, and a page behind it


@dataclass(frozen=True, slots=True)
class Newspaper:
    """Where a citation names a newspaper, its day, and the town it appears in ("Le Progrès (Lyon)"), if it does."""

    name: tuple[int, int]
    day: tuple[int, int]
    town: tuple[int, int] | None = None


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){alternation(words('roles', 'newspaper'))}(?![^\W\d_])")


@lru_cache(maxsize=REMEMBERED)
def find_newspaper(text: str, language: str | None = None) -> Newspaper | None:
    """Where the newspaper's name and the day stand; None where the words are not these alone.

    >>> find_newspaper("L'Humanité, 31 juillet 1914.", "fr")
    Newspaper(name=(0, 10), day=(12, 27), town=None)
    """
    if len(text) > _LONGEST:
        return None
    day = next(iter(find_dates(text, language)), None)
    if day is None or len(day.edtf) != _DAY:
        return None
    named, behind = _NAME.fullmatch(text, 0, day.start), _BEHIND.fullmatch(text, day.end)
    if named is None or behind is None or names_record(text):
        return None
    name = named["name"]
    town = named["town"]
    told = (town and is_place(town)) or _word().search(name) or (_ARTICLE.match(name) and not is_person(name))
    if told or (_SIGLUM.fullmatch(name) and behind["page"]):
        return Newspaper(named.span("name"), (day.start, day.end), named.span("town") if town else None)
    return None


def tag_day_apart(line: Line) -> None:
    """Label the day that closes an entry whose year stands behind the authors; a newspaper that stands for them."""
    head = _YEAR_BEHIND_NAMES.match(line.text)
    if head is None:
        return
    if is_newspaper(head["names"]) and line.free(*head.span()):
        line.label("author", *head.span("names"))
        line.label("issued", *head.span("year"), strip="")
        line.hold(*head.span())
        title = next((mark for mark in line.marks if mark.quoted and mark.start == head.end() + 1), None)
        if title is not None:
            line.label("title", *title.inner, strip=" \t,;.*_")
    day = _closing_day(line, head.end(), head["year"])
    if day and line.free(*day) and not line.quoted(day[0]):
        line.label("issued", *day, strip="")


def _closing_day(line: Line, start: int, year: str) -> tuple[int, int] | None:
    """Where the day stands that closes an entry, perhaps with the year once more; none of access."""
    day = _DAY_AT_THE_END.search(line.text, max(start, len(line.text) - _LONGEST_END))
    if day:
        month = month_number(day["month"] or day["month2"], line.language)
        return day.span("day") if month is not None else None
    if line.has("URL") or line.text.count(year) < 2:
        return None
    again = (date for date in find_dates(line.text, line.language) if date.start > start)
    return next(
        (
            (date.start, date.end)
            for date in again
            if len(date.edtf) == _DAY and date.edtf.startswith(year) and line.text[date.start - 2] in _MARKS
        ),
        None,
    )
