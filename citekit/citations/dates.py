"""Dates as notes print them, in the languages that Unicode's locale data (CLDR, by Babel) knows.

A date is read into EDTF (ISO 8601-2:2019): `2007-08`, `1999/2000`, `1950-21` (spring 1950). Words that could not
be read stay where they are: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from citekit.citations.brackets import REMEMBERED
from citekit.citations.names import is_given_name
from citekit.citations.republican import republican_days
from citekit.lexicon.presence import folded, words_of

__all__ = ["DateMatch", "csl_date", "find_dates", "month_number", "names_winter", "years"]

# Tried in this order behind the document's own language; those whose readers cite each other most come first.
_LANGUAGES = (
    "en", "de", "fr", "it", "es", "pt", "nl", "ru", "pl", "cs", "sv", "da", "nb", "fi", "hu", "ro", "lv", "lt", "et",
    "uk", "bg", "hr", "sl", "sk", "ca", "tr", "el", "la",
)  # fmt: skip
_COMMON = _LANGUAGES[:6]
_PIVOT = 69  # two-digit years: POSIX.1 reads 69–99 as 19xx and 00–68 as 20xx
_MONTH_WORD = r"[^\W\d_]{3,14}+\.?"  # possessive: what follows a month is no letter, so no shorter word is tried
_YEAR = r"(?:1[0-9]|20)\d{2}"
_DIGITS_OF_YEAR = re.compile(_YEAR)
_YEAR_SIGNS = "年년"
# A search that begins with a digit runs past all other characters: first it is asked whether any such date is there.
_NUMBERS = re.compile(r"\d\.?[-./]\s?\d{1,2}[-./]\s?\d")
_DAY_COMMA_YEAR = re.compile(rf"\d(?:st|nd|rd|th)?\s?,\s?{_YEAR}")
_NUMERIC = re.compile(
    r"(?<![\d.\-/])(?:(?P<y>\d{4})(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})\.?(?P<s2>[-./])\s?(?P<m2>\d{1,2})(?P=s2)\s?(?P<y2>\d{4}|\d{2}))(?![\d/]|[-.]\d)"
)
_CJK = re.compile(
    r"(?P<y>\d{4}|[〇零一二三四五六七八九○]{4})\s?[年년](?:\s?(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?[月월]"
    r"(?:\s?(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日號号일])?)?"
)
_DAY_FIRST = re.compile(
    rf"(?P<d>\d(?<![\d.\-]\d)\d?)(?:\.|st|nd|rd|th|er|º|°|o)?(?:\s?[-–]\s?\d{{1,2}}\.?)?\s(?:de\s|of\s)?"
    rf"(?P<month>{_MONTH_WORD})\s?,?(?:\s(?:de|del)\s|\s|\s?/\s?)(?P<y>{_YEAR})(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH_WORD})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s?,\s?(?P<y>{_YEAR})(?!\d)"
)
_NAME_BEFORE = re.compile(r"(?::|(?P<given>[^\W\d_][\w-]{0,20}\.?))\s\Z")
_MONTH_YEAR = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH_WORD})(?:\s?[-–/]\s?(?P<to>{_MONTH_WORD}))?,?\s(?:de\s|del\s)?(?P<y>{_YEAR})(?!\d)"
)
# Latvian, Lithuanian, Hungarian: the year first, perhaps with a word for "year" ("2009. gada 7. oktobrī").
_YEAR_FIRST = re.compile(
    rf"(?P<y>{_YEAR})(?<![\d.\-]\d{{4}})\.?\s(?:(?:gada|m\.|г\.|г)\s)?"
    rf"(?:(?P<d>\d{{1,2}})\.?\s(?P<month>{_MONTH_WORD})|(?P<month2>{_MONTH_WORD})\s(?P<d2>\d{{1,2}})(?:\.|\s?d\.)?)(?![\w])"
)
_RANGE = re.compile(rf"(?P<a>{_YEAR})(?<![\d\-–/.:]\d{{4}})\s?[-–—/]\s?(?P<b>{_YEAR}|\d{{2}})(?![\d]|[-–/.]\d)")
_PLAIN = re.compile(rf"(?P<y>{_YEAR})(?<![\d\-–/.:_=&#]\d{{4}})(?P<letter>[a-z])?(?![\w/])(?!\.\d)")
# MDCCLVIII: the imprint of old books, perhaps with points ("M.DCC.LVIII").
_ROMAN = re.compile(r"M(?<![\w.]M)\.?\s?(?:C?D|CD|CM|DC{1,4})\.?[CLXVIJ.]{0,12}(?!\w)")
_ROMAN_DIGITS = {"I": 1, "J": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# "12 V 1863", "5.XI.1944": the month in Roman figures, from Poland to Spain.
_ROMAN_MONTH = re.compile(
    r"(?P<d>\d(?<![\w.]\d)\d?)(?P<sep>\.\s?|\s|/|-)(?P<month>[IVX]{1,4}|[ivx]{1,4})"
    r"(?:\.\s?|\s|/|-)(?P<y>1[4-9]\d{2}|20\d{2})(?!\d)"
)
_FIGURES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_MONTHS = {month: number for number, month in enumerate(_FIGURES, 1)}
_STEM = 4  # letters of a month's name that every inflected form begins with
_DAY_BY_MONTH = ("sv", "da", "nb", "nn", "no")
_DAY_SLASH_MONTH = re.compile(r"(?<![\w/])(?P<d>\d{1,2})/(?P<month>\d{1,2})\s(?P<y>1[6-9]\d{2}|20\d{2})(?!\d)")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}  # EDTF level 1
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九十")} | {"〇": 0, "○": 0}


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a line of words: its place and its EDTF value."""

    start: int
    end: int
    edtf: str


@lru_cache(maxsize=REMEMBERED)
def find_dates(text: str, language: str | None = None) -> tuple[DateMatch, ...]:
    """All dates more exact than a bare year, in order, none inside another.

    Numbers alone are read day first, as all but the United States write them; when the second number cannot be a
    month, month first ("05/31/2011").
    """
    found: list[DateMatch] = []
    taken = bytearray(len(text))

    def keep(match: re.Match[str], edtf: str | None) -> None:
        start, end = match.span()
        if edtf and taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            found.append(DateMatch(start, end, edtf))

    if _has_year_sign(text):
        for match in _CJK.finditer(text):
            if match["m"]:
                keep(match, _edtf(_chinese(match["y"]), _chinese(match["m"]), _chinese(match["d"])))
    for match in _NUMERIC.finditer(text) if _NUMBERS.search(text) else ():
        keep(match, _numeric(match))
    republican = " an " in text or "’an " in text or "'an " in text
    for match, day in republican_days(text) if republican else ():
        keep(match, day)
    if not _DIGITS_OF_YEAR.search(text):  # which all that follow hold
        return tuple(sorted(found, key=_place))
    named = _may_name_month(text, language)  # what most of these expressions look for, at every word of a citation
    for match in _YEAR_FIRST.finditer(text) if named else ():
        word = match["month"] or match["month2"]
        keep(match, _edtf(int(match["y"]), month_number(word, language), int(match["d"] or match["d2"]), strict=True))
    for match in _ROMAN_MONTH.finditer(text):
        keep(match, _edtf(int(match["y"]), _ROMAN_MONTHS.get(match["month"].upper()), int(match["d"]), strict=True))
    if language in _DAY_BY_MONTH:
        for match in _DAY_SLASH_MONTH.finditer(text):
            keep(match, _edtf(int(match["y"]), int(match["month"]), int(match["d"]), strict=True))
    if not named:
        return tuple(sorted(found, key=_place))
    for pattern in (_DAY_FIRST, _MONTH_FIRST) if _DAY_COMMA_YEAR.search(text) else (_DAY_FIRST,):
        for match in pattern.finditer(text):
            month = month_number(match["month"], language)
            keep(match, _edtf(int(match["y"]), month, int(match["d"]), strict=True))
    for match in _MONTH_YEAR.finditer(text):
        season = _SEASONS.get(match["month"].lower())
        if season and names_winter(text, match.start()):
            continue
        if season:
            keep(match, f"{match['y']}-{season}")
            continue
        month = month_number(match["month"], language, _COMMON)
        until = month_number(match["to"], language, _COMMON) if match["to"] else None
        if month and until:
            keep(match, f"{match['y']}-{month:02d}/{match['y']}-{until:02d}")
        elif month:
            keep(match, _edtf(int(match["y"]), month, None))
    return tuple(sorted(found, key=_place))


def _has_year_sign(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in _YEAR_SIGNS)


def _place(date: DateMatch) -> int:
    return date.start


@lru_cache(maxsize=REMEMBERED)
def years(text: str) -> tuple[DateMatch, ...]:
    """Bare years and ranges of years, in order ("2004", "1988-1996", "1904/05", "1994a", "1990年")."""
    found: list[DateMatch] = []
    taken = bytearray(len(text))

    def keep(match: re.Match[str], edtf: str) -> None:
        start, end = match.span()
        taken[start:end] = b"\x01" * (end - start)
        found.append(DateMatch(start, end, edtf))

    for match in _RANGE.finditer(text):
        first = int(match["a"])
        last = int(match["b"]) if len(match["b"]) == 4 else first - first % 100 + int(match["b"])
        if first < last:
            keep(match, f"{first}/{last}")
    if _has_year_sign(text):
        for match in _CJK.finditer(text):
            if not match["m"]:
                keep(match, f"{_chinese(match['y']):04d}")
    for match in _ROMAN.finditer(text):
        year = _roman(match.group())
        if 1450 <= year <= 2030:
            keep(match, str(year))
    for match in _PLAIN.finditer(text):
        if not taken[match.start()]:
            keep(match, match["y"])
    return tuple(sorted(found, key=_place))


def _roman(printed: str) -> int:
    """The value of a Roman numeral; a smaller digit before a greater one is taken away."""
    digits = [_ROMAN_DIGITS[char] for char in printed if char in _ROMAN_DIGITS]
    return sum(
        -digit if digit < following else digit for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    )


def names_winter(text: str, place: int) -> bool:
    """Whether a name ends with the word for a season: "Heidelberg: Winter 1972", "Carl Winter, 1890"."""
    before = _NAME_BEFORE.search(text[max(0, place - 24) : place])
    given = before["given"] if before else None
    return before is not None and (given is None or given.endswith(".") or is_given_name(given))


def csl_date(edtf: str) -> dict[str, Any]:
    """A CSL-JSON date variable: `date-parts` where they can say it, else `literal` (CSL-JSON 1.0.2).

    Shapes: `2007-08` → {"date-parts": [[2007, 8]]}; `1999/2000` → two parts; `1950-21` → year and `season`; `1850~`
    → with `circa`; `196X` and open ranges, which date-parts cannot say, → {"literal": …} or the part they can.
    """
    parts = []
    for side in edtf.split("/"):
        point = side.rstrip("?~%")
        if not point or point == ".." or "X" in point:
            continue
        numbers = [int(number) for number in point.split("-")]
        if len(numbers) > 1 and numbers[1] > 12:
            return {"date-parts": [numbers[:1]], "season": numbers[1] - 20}
        parts.append(numbers)
    if not parts or (edtf.startswith("/") or "X" in edtf):
        return {"literal": edtf}
    date: dict[str, Any] = {"date-parts": parts}
    if edtf.endswith("~") and edtf.count("~") == len(parts):
        date["circa"] = True
    return date


def _numeric(match: re.Match[str]) -> str | None:
    if match["y"]:
        return _edtf(int(match["y"]), int(match["m"]), int(match["d"]), strict=True)
    year, day, month = match["y2"], int(match["d2"]), int(match["m2"])
    if len(year) == 2:
        year = str(int(year) + (1900 if int(year) >= _PIVOT else 2000))
    if month > 12 >= day:
        day, month = month, day
    return _edtf(int(year), month, day, strict=True)


def _edtf(year: int | None, month: int | None, day: int | None, *, strict: bool = False) -> str | None:
    """EDTF, or None where a part is no date; `strict` wants a month."""
    if year is None or not 1000 <= year <= 2100 or (strict and not month):
        return None
    if not month:
        return f"{year:04d}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def _chinese(number: str | None) -> int | None:
    if not number:
        return None
    if number.isdecimal():  # of any script, as \d is
        return int(number)
    digits = [_DIGITS[char] for char in number if char in _DIGITS]
    if len(digits) == 4:
        return int("".join(map(str, digits)))
    if 10 not in digits:
        return digits[0] if digits else None
    tens, _, ones = number.partition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


@lru_cache(maxsize=4096)  # words of strangers' texts are without end
def month_number(word: str, language: str | None = None, others: tuple[str, ...] = _LANGUAGES) -> int | None:
    """The month that a word names (1 to 12), None where it names none.

    The document's language is asked first; then `others`, all where a day stands beside the word, a few where any word
    before a year would have to be looked up. Languages inflect: a word counts when it shares all but the last letters
    of the name with it ("oktobrī" for "oktobris").
    """
    low = word.rstrip(".").casefold()
    asked = [language] if language in _LANGUAGES else []
    for code in (*asked, *others):
        month = _month_names(code).get(low)
        if month:
            return month
    if asked and len(low) >= _STEM:
        return _inflected(low, language)
    return None


def _may_name_month(text: str, language: str | None) -> bool:
    """Whether a word of the text can be a month's name, or a season's."""
    said = words_of(text)
    if not said.isdisjoint(_names_of_all()):
        return True
    heads = _month_heads(language) if language in _LANGUAGES else ()
    return any(word[:_STEM] in heads for word in said) if heads else False


@cache
def _names_of_all() -> frozenset[str]:
    return frozenset(folded(name) for code in _LANGUAGES for name in _month_names(code)) | _SEASONS.keys()


@cache
def _month_heads(language: str) -> frozenset[str]:
    """What every inflected form of a month's name begins with."""
    return frozenset(folded(name)[:_STEM] for name in _month_names(language) if len(name) >= _STEM)


def _inflected(low: str, language: str | None) -> int | None:
    months = set()
    for name, number in _month_names(str(language)).items():
        stem = max(_STEM, len(name) - 3)
        if len(name) >= _STEM and low[:stem] == name[:stem] and abs(len(low) - len(name)) <= 2:
            months.add(number)
    return months.pop() if len(months) == 1 else None


@cache
def _month_names(language: str) -> dict[str, int]:
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            for number, name in months[context][width].items():
                bare = str(name).rstrip(".").casefold()
                bare = bare.removeprefix("de ").removeprefix("d’").removeprefix("d'")
                if len(bare) >= 3 and not bare[0].isdigit():
                    names[bare] = int(number)
                    names.setdefault(bare[:3], int(number))
    return names
