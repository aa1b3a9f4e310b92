"""What the rules of resolution ask of a CSL item: its people, titles, year, volume and pages, made comparable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from citekit.citations.dates import find_dates
from citekit.lexicon import words
from citekit.matching.names import Name, parse_people
from citekit.matching.numerals import number_value
from citekit.matching.text import fold, folded_words
from citekit.matching.titles import Title, parse_title
from citekit.model import Item

__all__ = ["abbreviated_titles", "containers", "day", "files", "page_range", "people", "titles", "volumes", "year"]

_YEAR = re.compile(r"(?<!\d)(\d{3,4})(?!\d)([a-z](?![a-z]))?")
_WORDS = re.compile(r"([^\W\d_]+)(\.(?=\s|$)|)")
_SHORTEST = 3  # letters of an abbreviated word and its full stop: two letters begin too many words
_RULER = re.compile(r"(?<!\w)(?P<name>[^\W\d_]{2,30})\s(?P<number>[IVX]{1,5})$")
_PAGES = re.compile(r"(\d{1,6})\s*[-–—]\s*(\d{1,6})")
_TO_THE_DAY = 3  # parts of a date
_STOP = re.compile(r"[,.;] ")
_TITLES = ("title", "original-title", "translated-title", "title-short", "volume-title")


def people(item: Item, role: str) -> tuple[Name, ...]:
    """The people of a role, in order, without "et al."."""
    return parse_people(item.get(role) or ())[0]


def titles(item: Item) -> tuple[Title, ...]:
    """All titles an item goes by: its own, the original, the translated, the volume's."""
    custom = item.get("custom") or {}
    stated = [source.get(field) for source in (item, custom) for field in _TITLES]
    found = [parse_title(str(text)) for text in stated if text]
    return tuple(dict.fromkeys(title for title in found if title.words))


def abbreviated_titles(item: Item) -> tuple[tuple[str, ...], ...]:
    """The titles with abbreviated words, as folded words, the abbreviated ones with their full stop.

    "Hist. of Craven" is ("hist.", "craven"): as antiquaries cite, and juridical manuals still do.
    """
    idle = folded_words("function-words")
    found = []
    for field in ("title", "container-title"):
        printed = str(item.get(field) or "")
        said = [fold(word) + dot for word, dot in _WORDS.findall(printed)]
        if any(word.endswith(".") and len(word) > _SHORTEST for word in said):
            found.append(tuple(word for word in said if word not in idle))
    return tuple(found)


def containers(item: Item) -> tuple[Title, ...]:
    """The titles of what the work stands in."""
    found = [parse_title(str(item[field])) for field in ("container-title", "collection-title") if item.get(field)]
    return tuple(title for title in found if title.words)


def year(item: Item, field: str = "issued") -> tuple[str, str]:
    """The year of a date field and the letter behind it ("2015a" → ("2015", "a")), empty where there is none."""
    date = item.get(field)
    candidates: list[Any] = [date]
    if isinstance(date, Mapping):
        parts = date.get("date-parts") or [[None]]
        candidates = [date.get("raw"), date.get("literal"), parts[0][0] if parts[0] else None]
    if field == "issued":
        candidates.append((item.get("custom") or {}).get("edtf"))
    for text in candidates:
        match = _YEAR.search(str(text)) if text is not None else None
        if match:
            return match[1], str(match[2] or item.get("year-suffix") or "")
    return "", ""


def day(item: Item) -> tuple[int, ...] | None:
    """Year, month and day of an item; None where it states no day, or several."""
    date = item.get("issued")
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    return tuple(int(part) for part in parts[0]) if parts and len(parts) == 1 and len(parts[0]) == _TO_THE_DAY else None


def files(item: Item) -> tuple[str, ...]:
    """The shelfmark of an item, and those of the files that hold it: "b. 14, fasc. 3", "b. 14".

    The first part may be the town of the archive, so that each is given without it, too.
    """
    shelfmark = str(item.get("archive_location") or "")
    found: dict[str, None] = {}
    for mark in filter(None, (shelfmark, shelfmark.partition(", ")[2])):
        found.update(dict.fromkeys(mark[: stop.start()] for stop in _STOP.finditer(mark)))
        found[mark] = None
    return tuple(found)


def volumes(item: Item) -> frozenset[str]:
    """The volume that an item is, by its field and by what its titles state ("… 2: The Long Decline")."""
    return _volumes(str(item.get("volume") or ""), str(item.get("title") or ""))


@lru_cache(maxsize=16384)
def _volumes(printed: str, title: str) -> frozenset[str]:
    stated = {number_value(printed) or printed.strip().casefold()} if printed.strip() else set()
    for date in reversed(find_dates(title, None)) if title and not stated else ():
        title = f"{title[: date.start]}{title[date.end :]}"  # the day in "Das Memorandum vom 1. Januar 1907"
    ruler = _RULER.search(title)
    if ruler and ruler["name"] in words("given_names", "given"):
        title = title[: ruler.start("number")]  # "… à l’époque de Philippe II"
    inside = parse_title(title).volume if title and not stated else None
    return frozenset(stated | ({inside} if inside else set()))


def page_range(item: Item) -> tuple[int, int] | None:
    """First and last page of an article or chapter in Arabic numbers, None where they are not stated."""
    match = _PAGES.fullmatch(str(item.get("page") or "").strip())
    if match is None:
        return None
    first, last = match[1], match[2]
    if len(last) < len(first):  # 314-18 is 314-318 (Chicago 17 9.61)
        last = first[: len(first) - len(last)] + last
    return (int(first), int(last)) if int(first) <= int(last) else None
