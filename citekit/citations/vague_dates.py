"""Dates of more than one day, and less exact than a year: "12–15 May 1990", "1960s", "18. Jh.", "19--"."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.dates import DateMatch, find_dates, month_number
from citekit.lexicon import alternation, words

__all__ = ["find_days", "find_months", "find_vague_dates"]

_DECADE = re.compile(
    r"(?<!\d)(?P<y>1\d|20)(?P<d>\d)0"
    r"(?:['’]?s(?![^\W\d_])|er(?:\s(?:Jahre))?(?![^\W\d_])|-е(?:\sгг\.)?|年代|-talet|-tallet|-luku)"
)
_DECADE_BEHIND = re.compile(
    r"(?:années|anni|años|anys|anos|jaren|lata|léta|годы)\s['’]?(?P<y>1\d|20)(?P<d>\d)0", re.IGNORECASE
)
_CUT_SHORT = re.compile(r"(?<![\dX])(?P<y>1\d|20)(?P<rest>\d?)(?P<gap>[-–_?X]{1,2})(?![\dX])")  # "19--", "196-?"
_ROMAN = re.compile(r"[XVI]{1,5}")
_DAYS = (
    re.compile(r"(?<!\d)(?P<from>\d{1,2})\.?\s?[-–—/]\s?(?P<to>\d{1,2})(?=(?:st|nd|rd|th)?\.?\s(?:de\s)?[^\W\d_])"),
    re.compile(r"(?<=[^\W\d_])\.?\s(?P<from>\d{1,2})\s?[-–—]\s?(?P<to>\d{1,2})(?=,?\s\d{4})"),
)
_MONTH_YEAR = re.compile(r"(?<!\w)(?P<month>[^\W\d_]{3,14})\.?,?\s(?:de\s|del\s)?(?P<y>1[0-9]\d\d|20\d\d)(?!\d)")
_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<y>1[0-9]\d\d|20\d\d),\s(?P<rest>[^\W\d_]{3,12}\.?(?:\s\d{1,2}(?:\s?[-–]\s?\d{1,2})?)?)(?![\w])"
)


def find_months(text: str, language: str | None = None) -> list[DateMatch]:
    """A month and its year in any language ("noiembrie 2007"): in a date field every word may be a month."""
    found = []
    for match in _MONTH_YEAR.finditer(text):
        month = month_number(match["month"], language)
        if month:
            found.append(DateMatch(match.start(), match.end(), f"{match['y']}-{month:02d}"))
    return found


def find_days(text: str, language: str | None = None) -> list[DateMatch]:
    """Two days of one month ("12-15 May 1990"), and dates that follow their year ("1992, March 19": APA style)."""
    found = []
    for match in _YEAR_MONTH_DAY.finditer(text):
        turned = f"{match['rest']}, {match['y']}" if " " in match["rest"] else f"{match['rest']} {match['y']}"
        dates = find_days(turned, language) or list(find_dates(turned, language)) or find_months(turned, language)
        found += [DateMatch(match.start(), match.end(), date.edtf) for date in dates[:1]]
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            cut = match.start("to") - match.start("from")
            without = text[: match.start("from")] + text[match.start("to") :]
            for date in find_dates(without, language):
                day, exact = int(match["from"]), date.edtf.count("-") == 2
                if exact and date.start <= match.start("from") < date.end and 1 <= day < int(date.edtf[8:]):
                    found.append(DateMatch(date.start, date.end + cut, f"{date.edtf[:8]}{day:02d}/{date.edtf}"))
    return found


def find_vague_dates(text: str) -> list[DateMatch]:
    """Decades and centuries, in EDTF with X for what is not said: "1960s" is 196X, "XVIe siècle" 15XX."""
    found = [
        DateMatch(match.start(), match.end(), f"{match['y']}{match['d']}X")
        for pattern in (_DECADE, _DECADE_BEHIND)
        for match in pattern.finditer(text)
    ]
    for match in _century().finditer(text):
        arabic = match["arabic"] or match["arabic2"] or match["cjk"]
        century = int(arabic) if arabic else _roman(match["roman"] or match["roman2"])
        if 10 <= century <= 21:
            found.append(DateMatch(match.start(), match.end(), f"{century - 1}XX"))
    for match in _CUT_SHORT.finditer(text):
        known = match["y"] + match["rest"]
        if len(known) + len(match["gap"]) == 4 and match["gap"] != "?":
            found.append(DateMatch(match.start(), match.end(), known.ljust(4, "X")))
    return found


def _roman(printed: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[char] for char in printed]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


@cache
def _century() -> re.Pattern[str]:
    listed = alternation(word for word in words("dates", "century") if word[0] < "\u2e80" and word != "c.")
    return re.compile(
        rf"(?<!\w)(?:(?P<arabic>\d{{1,2}})(?:st|nd|rd|th|\.|e|ème)?\s(?:{listed}|c\.)(?![^\W\d_])"
        rf"|(?P<roman>{_ROMAN.pattern})(?:\.|e|ème|º)?\s?{listed}(?![^\W\d_])"
        rf"|{listed}\s?(?:(?P<roman2>{_ROMAN.pattern})|(?P<arabic2>\d{{1,2}}))(?!\w)"
        r"|(?P<cjk>\d{1,2})\s?世[纪紀])"
    )
