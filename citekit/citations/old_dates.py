"""Dates that calendars and scripts of their own print: East Asian eras, Latin months, long Roman years, seasons."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import DateMatch, names_winter
from citekit.lexicon import alternation, words

__all__ = ["find_old_dates", "roman_years"]

_HAN = "〇零○一二三四五六七八九"
_VALUES = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"〇": 0, "零": 0, "○": 0, "元": 1}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}  # EDTF level 1
_YEAR = r"(?:1[0-9]|20)\d{2}"
_ROMAN = re.compile(
    r"(?P<roman>[CcMm](?<![\w.].)(?:(?:(?<=[Cc])[Ii][ƆɔCc)]|(?<=[Mm]))[.\s]{0,2}(?:[MDCLXVIJmdclxvijƆɔ)]\.?\s?){2,16}"
    r"|(?<=[Mm])[Mm][XVIxvi]{0,8}))(?![\w])"
)
# The apostrophus, whose turned C has several forms: "cIↃ IↃ c xcviii", "CIƆ.IƆ.XC.VI", "ↀ D C".
_TURNED = "[ↃↄƆɔ]"
_APOSTROPHUS = re.compile(
    rf"(?<![\w.])(?P<roman>(?:[cC]I{_TURNED}|ↀ)[.\s]{{0,2}}(?:I{_TURNED}[.\s]{{0,2}})?(?:[MDCLXVIJmdclxvij]{{1,7}}(?![^\W\d_])[.\s]{{0,2}}){{0,6}})"
)
_BEFORE_YEAR = re.compile(r"(?:[,.:;]|[\])]|[^\W\d_a-z][^\W\d_]{2,20})\s\Z")  # a mark, or the place
_BEHIND_YEAR = re.compile(r"\s?(?:[,.;:)\]]|$)")
_NUMERAL = re.compile(r"M{1,2}(?:C[DM]|D?C{0,4})(?:X[LC]|L?X{0,4})(?:I[VX]|V?[IJ]{0,4})")
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,4}(?<=[.\s][A-Z])")  # "M. D. C", a person's, where nothing is run together
_SHORTEST = 3  # letters of a Roman year: MDC; "MD" is Maryland
_ROMAN_DIGITS = {"I": 1, "J": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NUMBER = rf"(?:\d{{1,4}}|[{_HAN}十百千廿卅元]{{1,6}})"
_YEAR_FIRST_DOTTED = re.compile(rf"(?<![\d.\-])(?P<y>{_YEAR})\.(?P<m>0?[1-9]|1[0-2])(?![\d.])")  # "2004.05" (zh)
_YEAR_MONTH = re.compile(rf"(?<![\d.\-/])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?![\d-])")
_MONTH_YEAR = re.compile(rf"(?<![\d.\-/])(?P<m>0?[1-9]|1[0-2])[./](?P<y>{_YEAR})(?![\d./-])")


@cache
def _eras() -> dict[str, int]:
    pairs = (entry.split("=") for entry in words("dates", "era_start"))
    return {name: int(start) for name, start in pairs}


@cache
def _era() -> re.Pattern[str]:
    names = "|".join(sorted(_eras(), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?P<era>{names})\s?(?P<y>{_NUMBER})\s?[年년](?:\s?[（(]\s?(?P<western>{_YEAR})\s?年?\s?[）)])?"
        rf"(?:\s?(?P<m>\d{{1,2}}|[{_HAN}十]{{1,3}})\s?[月월](?:\s?(?P<d>\d{{1,2}}|[{_HAN}十廿]{{1,3}})\s?[日號号일])?)?"
    )


@cache
def _latin() -> re.Pattern[str]:
    listed = alternation(word for month in _MONTHS for word in words("dates", month))
    return re.compile(
        rf"(?<![^\W\d_])(?:(?P<d>\d{{1,2}})\.?\s)?(?P<month>{listed})(?![^\W\d_])\.?,?\s(?:anno\s)?(?P<y>{_YEAR})(?!\d)",
        re.IGNORECASE,
    )


@cache
def _latin_months() -> dict[str, int]:
    return {word: number for number, month in enumerate(_MONTHS, 1) for word in words("dates", month)}


@cache
def _season_words() -> dict[str, int]:
    return {word.casefold(): number for name, number in _SEASONS.items() for word in words("dates", name)}


@cache
def _season() -> re.Pattern[str]:
    latin = alternation(word for word in _season_words() if word[0] < "\u2e80")
    east = "|".join(sorted((word for word in _season_words() if word[0] >= "\u2e80"), key=lambda word: -len(word)))
    return re.compile(
        rf"(?<![^\W\d_])(?P<season>{latin})(?:\s?[-–/]\s?{latin})?,?\s(?:de\s|del\s|di\s)?(?P<y>{_YEAR})(?:[/–-]\d{{2,4}})?(?!\d)"
        rf"|(?<!\d)(?P<y2>{_YEAR})\s?年?\s?(?P<season2>{east})号?"
        rf"|(?<!\d)(?P<y3>{_YEAR}),?\s(?P<season3>{latin})(?![^\W\d_])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=REMEMBERED)
def find_old_dates(text: str) -> tuple[DateMatch, ...]:
    """Dates that `find_dates` does not know, in order, none inside another."""
    found: list[DateMatch] = []
    taken = bytearray(len(text) + 1)

    def keep(match: re.Match[str], edtf: str | None) -> None:
        if edtf and taken.find(1, match.start(), match.end()) < 0:
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            found.append(DateMatch(match.start(), match.end(), edtf))

    for match in _era().finditer(text):
        year = _eras()[match["era"]] + (han_number(match["y"]) or -9999)
        keep(match, _edtf(year, han_number(match["m"]), han_number(match["d"])))
    for match in _latin().finditer(text):
        month = _latin_months()[match["month"].casefold()]
        keep(match, _edtf(int(match["y"]), month, int(match["d"]) if match["d"] else None))
    for match in _season().finditer(text):
        if names_winter(text, match.start()):
            continue
        printed = match["y"] or match["y2"] or match["y3"]
        season = match["season"] or match["season2"] or match["season3"]
        keep(match, f"{printed}-{_season_words()[season.casefold()]}")
    for match in _ROMAN.finditer(text):
        digits = match["roman"].strip()
        if digits.isupper() and len(re.sub(r"[^A-Z]", "", digits)) > 2:
            value = _roman(digits)
            keep(match, str(value) if 1450 <= value <= 2035 else None)
    for match in _APOSTROPHUS.finditer(text):
        value = _roman(match["roman"])
        keep(match, str(value) if 1450 <= value <= 2035 else None)
    for pattern in (_YEAR_FIRST_DOTTED, _YEAR_MONTH, _MONTH_YEAR):
        for match in pattern.finditer(text):
            keep(match, _edtf(int(match["y"]), int(match["m"]), None))
    return tuple(sorted(found, key=lambda date: date.start))


@lru_cache(maxsize=REMEMBERED)
def roman_years(text: str) -> tuple[DateMatch, ...]:
    """Years in Roman numerals where an imprint has its year: behind a mark or a place, before a mark or the end.

    >>> [(year.edtf, "Basileae, M. D. XXXVI."[year.start:year.end]) for year in roman_years("Basileae, M. D. XXXVI.")]
    [('1536', 'M. D. XXXVI')]
    """
    found = []
    for pattern in (_ROMAN,) if text.isascii() else (_APOSTROPHUS, _ROMAN):
        for match in pattern.finditer(text):
            printed = match["roman"].rstrip(" .")
            letters = re.sub(r"[^A-ZↃↄƆɔↀ]", "", printed.upper())
            value = _roman(printed)
            end = match.start() + len(printed)
            upper = pattern is _APOSTROPHUS or printed.isupper()
            before = _BEFORE_YEAR.search(text, max(0, match.start() - 24), match.start())
            stands = before is not None and _BEHIND_YEAR.match(text, end) is not None
            numeral = pattern is _APOSTROPHUS or (_NUMERAL.fullmatch(letters) and not _INITIALS.fullmatch(printed))
            if numeral and upper and stands and len(letters) >= _SHORTEST and 1450 <= value <= 2035:
                found.append(DateMatch(match.start(), end, str(value)))
    return tuple(found)


def _roman(printed: str) -> int:
    """The value of a printer's Roman year; CIƆ is a thousand, IƆ five hundred (the apostrophus of early imprints)."""
    plain = re.sub(rf"[cC]I(?:{_TURNED}|[C)])|ↀ", "M", re.sub(r"[.\s]", "", printed))
    plain = re.sub(rf"I(?:{_TURNED}|\))", "D", plain)
    digits = [_ROMAN_DIGITS[char] for char in plain.upper() if char in _ROMAN_DIGITS]
    return sum(
        -digit if digit < following else digit for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    )


def _edtf(year: int, month: int | None, day: int | None) -> str | None:
    if not 1300 <= year <= 2035 or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    parts = [f"{year:04d}"]
    if month:
        parts.append(f"{month:02d}")
        if day:
            parts.append(f"{day:02d}")
    return "-".join(parts)


def han_number(printed: str | None) -> int | None:
    """A number in Arabic digits or characters: 二十三, 廿三, 一九三四, 元."""
    if not printed:
        return None
    if printed.isdecimal() and printed.isascii():
        return int(printed)
    if not any(sign in printed for sign in "十百千廿卅"):
        digits = [_VALUES[char] for char in printed if char in _VALUES]
        return int("".join(map(str, digits))) if digits else None
    total, current = 0, 0
    for char in printed:
        if char in _VALUES:
            current = _VALUES[char]
        elif char in "廿卅":
            total, current = total + (20 if char == "廿" else 30), 0
        else:
            unit = {"十": 10, "百": 100, "千": 1000}[char]
            total, current = total + (current or 1) * unit, 0
    return total + current
