"""CSL dates to EDTF (ISO 8601-2, levels 0 and 1, as BibLaTeX reads it) and back.

BibLaTeX manual, section 2.3.8: ranges `1958/1960`, open `1958/..` and `/1960`, unknown end `1958/`, `?` uncertain,
`~` about, `%` both, unspecified `19XX`, seasons 21 to 24.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from citekit.model import Item

__all__ = ["MONTHS", "csl_date", "edtf", "year_of"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own abbreviations, defined by every style (btxdoc, section 3)."""

_ONE = r"-?\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_UNSPECIFIED = r"-?(?:\d{3}X|\d\dXX|\dXXX|XXXX)|-?\d{4}-XX(?:-XX)?|-?\d{4}-(?:0[1-9]|1[0-2])-XX"
_SINGLE = rf"(?:{_ONE}|{_UNSPECIFIED})[?~%]?"
_EDTF = re.compile(rf"(?:{_SINGLE})(?:/(?:{_SINGLE}|\.\.)?)?|(?:\.\.)?/{_SINGLE}")
_POINT = re.compile(rf"({_ONE})")
_YEAR = re.compile(r"(?<!\d)-?(\d{4}|\d{3})(?!\d)")


def edtf(item: Item, variable: str) -> tuple[str | None, str | None]:
    """A date variable of an item as (EDTF, words); at most one of them, both None when there is no date.

    `custom["edtf"]` has the first word on `issued` (or, as an object, on each variable it names). What is not EDTF
    stays words ("um 1790"): nobody guesses.
    """
    value = item.get(variable)
    custom = item.get("custom")
    stated = custom.get("edtf") if custom and isinstance(custom, Mapping) else None
    if stated and isinstance(stated, Mapping):
        stated = stated.get(variable)
    elif variable != "issued":
        stated = None
    if isinstance(stated, str) and _EDTF.fullmatch(stated):
        return stated, None
    if type(value) is dict or isinstance(value, Mapping):
        built = _from_parts(value)
        if built:
            return built, None
        value = value.get("raw") or value.get("literal")
    if isinstance(value, (str, int)) and str(value).strip():
        text = str(value).strip()
        return (text, None) if _EDTF.fullmatch(text) else (None, text)
    return None, None


def _from_parts(value: Mapping[str, Any]) -> str | None:
    parts = value.get("date-parts")
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts or len(parts) > 2:
        return None
    season = value.get("season")
    if len(value) == len(parts) == 1 and type(parts[0]) is list and len(parts[0]) == 1:
        year = parts[0][0]
        if type(year) is int and 1_000 <= year <= 9_999:  # what most dates are
            return str(year)
    points: list[str] = []
    for part in parts:
        point = _point(part, season)
        if point is None:
            return None
        points.append(point + ("~" if value.get("circa") and point != ".." else ""))
    joined = "/".join(points)
    return joined if _EDTF.fullmatch(joined) else None


def _point(part: Any, season: Any) -> str | None:
    """`[2007, 8]` as 2007-08; CSL's season 1 to 4, or a month 13 to 24, as EDTF's 21 to 24."""
    if not isinstance(part, Sequence) or isinstance(part, str):
        return None
    try:
        numbers = [int(number) for number in part if number not in (None, "")]
        quarter = int(season) if season not in (None, "") else 0
    except (TypeError, ValueError):
        return None
    if not numbers:
        return None
    if numbers == [0]:
        return ".."
    if len(numbers) > 2 and not 1 <= numbers[1] <= 12:
        return None  # a season has no days
    if len(numbers) == 1 and 1 <= quarter <= 4:
        numbers.append(20 + quarter)
    if len(numbers) > 1 and 13 <= numbers[1] <= 16:
        numbers[1] += 8
    if numbers[0] < 0:  # CSL has no year 0: its -1 is 1 BC, EDTF's 0000 (ISO 8601-2; BibLaTeX manual, 2.3.8)
        numbers[0] += 1
    year = f"-{-numbers[0]:04d}" if numbers[0] < 0 else f"{numbers[0]:04d}"
    return "-".join([year, *(f"{number:02d}" for number in numbers[1:3])])


def csl_date(text: str) -> tuple[dict[str, Any], str | None]:
    """An EDTF text as a CSL date, and the text itself where date-parts cannot say all of it (for `custom["edtf"]`).

    What is no EDTF becomes `{"raw": text}`.
    """
    date, stated = _csl_date(text)
    points = date.get("date-parts")
    return ({**date, "date-parts": [list(point) for point in points]} if points else dict(date)), stated


@lru_cache(maxsize=4_096)  # an entry that is written is read again to be sure; and a library has its dates again
def _csl_date(text: str) -> tuple[Mapping[str, Any], str | None]:
    if not _EDTF.fullmatch(text):
        return {"raw": text}, None
    points = [match.group(1) for match in _POINT.finditer(text)]
    if not points:
        return {"raw": text}, text
    date: dict[str, Any] = {"date-parts": [_parts(point) for point in points]}
    seasons = {parts[1] - 20 for parts in date["date-parts"] if len(parts) > 1 and parts[1] > 20}
    if len(seasons) == 1 and all(len(parts) > 1 and parts[1] > 20 for parts in date["date-parts"]):
        date["season"] = seasons.pop()
        date["date-parts"] = [parts[:1] for parts in date["date-parts"]]
    if text.endswith("~") and text.count("~") == len(points):
        date["circa"] = True
    return date, None if edtf({"issued": date}, "issued")[0] == text else text


def _parts(point: str) -> list[int]:
    before = point.startswith("-")
    year, *others = point.removeprefix("-").split("-")
    counted = -int(year) - 1 if before or not int(year) else int(year)
    return [counted, *(int(other) for other in others)]


def year_of(item: Item) -> str:
    """The first year of `issued` in digits, empty where there is none; of 44 BC it is 44."""
    stated, wording = edtf(item, "issued")
    if stated and (stated.startswith(("-", "0000"))):
        return str(int(stated.lstrip("-")[:4]) + 1) if stated.lstrip("-")[:4].isdecimal() else ""
    match = _YEAR.search(stated or wording or "")
    return match.group(1).lstrip("0") if match else ""
