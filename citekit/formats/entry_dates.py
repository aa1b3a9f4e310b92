"""The date of publication in an entry: `date` (EDTF) in BibLaTeX, `year` and `month` in BibTeX, and back.

Sources: btxdoc, section 2.2 and appendix B of the LaTeX book (`month = jul # "~4"`, `jan # "/" # feb`); BibLaTeX
manual 2.3.8.
"""

from __future__ import annotations

import re
from typing import Any

from citekit.formats.dates import MONTHS, csl_date, edtf, year_of
from citekit.formats.dialects import Dialect
from citekit.formats.latex import escape, is_balanced, tidy
from citekit.formats.latex_text import text_of_latex
from citekit.formats.original import LATEX, READ_FROM, keep, kept_latex, own_field
from citekit.formats.wording import value_of
from citekit.model import Item

__all__ = ["add_date", "read_date"]

_DAY_FIRST = re.compile(r"\A(\d{1,2})\.?[~\s]*([A-Za-z]{3,})\Z")  # "12~" # aug
_NAMED = re.compile(
    r"\A([^\W\d]{3,})\.?+(?:[~\s,]*(\d{1,2})(?!\d)(?:st|nd|rd|th)?[.,]?(?:\s?(?:--?|–|/)\s?(\d{1,2}))?)?\s*\Z"
)
_BETWEEN = re.compile(r"\s?(?:/|--?|–|—)\s?|\s(?:and|&|\\&)\s")
_JOINTS = re.compile(r'\s?#\s?|"')  # as an entry that is being written has them
_YEARS = re.compile(r"\A(\d{4})\s?(?:–|--?|/|—)\s?(\d{4})\Z")
_SHORT_YEARS = re.compile(r"\A(\d\d)(\d\d)(?:–|--|/|—|-(?=1[3-9]|[2-9]\d))(\d\d)\Z")  # 1910-12 can be a month
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}  # BibLaTeX manual 2.3.8
_DAYS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)/\1-\2-(\d\d)")
_TWO_MONTHS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])/\1-(0[1-9]|1[0-2])")


def add_date(fields: dict[str, str], item: Item, dialect: Dialect) -> None:
    """Put the date of an item into the fields of its entry."""
    stated, wording = edtf(item, "issued")
    if stated and dialect.name == "biblatex":
        fields["date"] = stated
    elif stated:
        _add_year_and_month(fields, stated)
    elif wording:
        kept, field = kept_latex(item, "issued"), own_field(item, "issued")
        if dialect.name == "bibtex" and (field or r"\bibstring" in (kept or "")):
            kept, field = None, None  # a `date` is BibLaTeX's alone, and so is the command
        fields[field or "year"] = escape(wording) if kept is None else kept


def _add_year_and_month(fields: dict[str, str], stated: str) -> None:
    """`year`, `month` as BibTeX prints them; `date` beside them where they say less than EDTF."""
    days, months = _DAYS.fullmatch(stated), _TWO_MONTHS.fullmatch(stated)
    within_year = days or months
    if within_year:
        end = f'"~{int(days[3])}--{int(days[4])}"' if days else f'"/" # {MONTHS[int(within_year[3]) - 1]}'
        fields["year"] = within_year[1].lstrip("0") or "0"
        fields["month"] = f"{MONTHS[int(within_year[2]) - 1]} # {end}"
        fields["date"] = stated
        return
    match = re.fullmatch(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?", stated)
    if match is None:
        fields["year"] = _printed_years(stated)
        fields["date"] = stated
        return
    year, month, day = match.groups()
    fields["year"] = _printed_years(year).lstrip("0")
    if month and int(month) > 20:
        fields["month"] = ("Spring", "Summer", "Autumn", "Winter")[int(month) - 21]
    elif month:
        fields["month"] = MONTHS[int(month) - 1] + (f' # "~{int(day)}"' if day else "")
    if day or (month and int(month) > 20) or fields["year"] != year:
        fields["date"] = stated


def _printed_years(stated: str) -> str:
    """EDTF as a reader expects it (Chicago 17, 14.145): `ca.` for about, a question mark for uncertain, BC."""
    return "--".join(_printed_point(point) for point in stated.replace("..", "").split("/"))


def _printed_point(point: str) -> str:
    plain = point.rstrip("?~%")
    before = re.fullmatch(r"-(\d{4})|0000", plain)
    if before:  # EDTF counts a year 0, which is 1 BC
        plain = f"{int(before[1] or 0) + 1} BC"
    about = point[-1:] in ("~", "%")
    doubt = "?" if point[-1:] in ("?", "%") else ""
    return f"{'ca. ' if about else ''}{plain}{doubt}"


def read_date(item: dict[str, Any], fields: dict[str, str]) -> None:
    """Take the date out of an entry's fields; what they say beside it stays in them."""
    if "date" in fields:
        written = tidy(fields.pop("date"))
        date, stated = csl_date(written)
        if "raw" in date:  # no date that BibLaTeX knows: it stays where it stood
            keep(item, READ_FROM, {"issued": "date"})
            keep(item, LATEX, {**(value_of(item, f"custom.{LATEX}") or {}), "issued": written})
        whole = {"issued": date, "custom": {"edtf": stated}}
        year = fields.get("year")
        if "month" in fields and _says_the_month(written, date, year or year_of(whole), fields["month"]):
            del fields["month"]
        if year is not None and year in (year_of(whole), _printed_years(written)):
            del fields["year"]  # BibLaTeX takes `date`; what says something else is kept
    elif "year" in fields:
        written = tidy(fields.pop("year"))
        year = tidy(text_of_latex(written))
        full = f"{int(year):04d}" if year.isdecimal() and len(year) <= 4 else _range_of_years(year)
        if "month" in fields and re.fullmatch(r"\d{4}", full):
            exact = _with_month(full, fields["month"])
            if exact:
                fields.pop("month")
                full = exact
        date, stated = csl_date(full)
        if "raw" in date and stated is None and written != escape(year) and is_balanced(written):
            keep(item, LATEX, {**(value_of(item, f"custom.{LATEX}") or {}), "issued": written})
    else:
        return
    item["issued"] = date
    if stated:
        item.setdefault("custom", {})["edtf"] = stated


def _says_the_month(stated: str, date: dict[str, Any], year: str, month: str) -> bool:
    """Whether a month beside a `date` adds nothing to it."""
    told = _with_month(f"{int(year):04d}", month) if year.isdecimal() and len(year) <= 4 else None
    if told is None:
        return False
    points = (date.get("date-parts") or [[]])[0]
    return told == stated or points[1:2] == csl_date(told[:7])[0].get("date-parts", [[]])[0][1:2] != []


def _range_of_years(year: str) -> str:
    """1999-2000, 1999--2000, 1999/2000, 1914--18 as EDTF; any other text as it is."""
    whole, short = _YEARS.match(year), _SHORT_YEARS.match(year)
    if whole and whole[1] < whole[2]:
        return f"{whole[1]}/{whole[2]}"
    if short and short[2] < short[3]:
        return f"{short[1]}{short[2]}/{short[1]}{short[3]}"
    return year


def _with_month(year: str, month: str) -> str | None:
    """A year with what `month` says (a month, a day, days, two months, a season) as EDTF; None where it says none."""
    month = _JOINTS.sub("", month)
    between = [part for part in _BETWEEN.split(month) if part]
    if len(between) == 2 and not any(any(sign.isdigit() for sign in part) for part in between):
        numbers = [_number(part.strip(" .~")) for part in between]
        if None not in numbers and numbers[0] < numbers[1] <= 12:  # type: ignore[operator]
            return f"{year}-{numbers[0]:02d}/{year}-{numbers[1]:02d}"
        return None
    if month.isdecimal():
        return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else None
    found = _NAMED.match(_DAY_FIRST.sub(r"\2~\1", month))
    number = _number(found[1]) if found else None
    if found is None or number is None:
        return None
    first, last = found[2], found[3]
    if first is None:
        return f"{year}-{number:02d}"
    if number > 12:
        return None
    day = f"{year}-{number:02d}-{int(first):02d}"
    return f"{day}/{year}-{number:02d}-{int(last):02d}" if last else day


def _number(name: str) -> int | None:
    """The number of a month, or EDTF's of a season, by its name in English or by BibTeX's three letters."""
    if name[:3].lower() in MONTHS:
        return MONTHS.index(name[:3].lower()) + 1
    return _SEASONS.get(name.lower())
