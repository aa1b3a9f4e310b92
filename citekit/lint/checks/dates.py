"""CK401 to CK404: dates, years, months."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from citekit.formats.bib import EntryBlock, FieldBlock
from citekit.formats.dates import MONTHS, edtf
from citekit.lint.checks.context import Context
from citekit.lint.findings import Finding
from citekit.lint.values import sole

__all__ = ["check_entry"]

_DATES = ("date", "urldate", "origdate", "eventdate")
_TIME = re.compile(r"T[\d:]{4,8}(?:Z|[+-]\d\d:?\d\d)?")  # BibLaTeX manual 2.3.8: times are allowed behind a day
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_MISREAD = re.compile(r"(?=\D*\d\D*\d)(?!\d{4})[\dOolI]{4}")  # letters for digits: 19O5, l999
# "ca. 1790", "um 1790"; "19xx", "179?": BibTeX sorts by the letters, BibLaTeX prints them and sorts by nothing.
_ABOUT = re.compile(r"[^\W\d_]{1,15}[.,]{0,2}\s{0,2}\d{4}|\d\d[\dxX?-][xX?-]")
_LONG_YEAR = re.compile(r"[yY]-?\d+")  # Y17000002, as EDTF writes years of more than four digits
_DIGITS = re.compile(r"\d+")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """Dates of one entry."""
    for field in entry.fields:
        text = field.text.strip()
        if not text:
            continue
        if field.key in _DATES:
            yield from _date(context, entry, field, text)
        elif field.key in ("year", "origyear", "urlyear"):
            yield from _year(context, entry, field, text)
        elif field.key == "month":
            yield from _month(context, entry, field, text)
    year, date = entry.field("year"), entry.field("date")
    if year and date:
        stated, whole = _YEAR.findall(year.text), _YEAR.findall(date.text)
        if stated and whole and stated[0] not in whole:
            yield context.report.finding(
                "CK404",
                f"says {stated[0]}, and date says {whole[0]}; programs read date: correct one of them",
                year.value_span,
                entry,
                year,
            )


def _date(context: Context, entry: EntryBlock, field: FieldBlock, text: str) -> Iterator[Finding]:
    if edtf({"issued": _TIME.sub("", text)}, "issued")[0] is None:
        yield context.report.finding(
            "CK401",
            f"{text[:60]}: EDTF writes dates as 1790, 1790-08-12, 1790/1795, 1790~; correct it",
            field.value_span,
            entry,
            field,
        )
        return
    for year, month, day in _DAY.findall(text):
        # The Gregorian calendar before it began (EDTF 4.1.1); 29 February 1700 was a day in the Julian one.
        last = 29 if month == "02" and int(year) < 1923 and int(year) % 4 == 0 else None
        if 1 <= int(month) <= 12 and int(day) > (last or monthrange(max(int(year), 1), int(month))[1]):
            yield context.report.finding(
                "CK401", f"{year}-{month}-{day}: that month has no such day; correct it", field.value_span, entry, field
            )


def _year(context: Context, entry: EntryBlock, field: FieldBlock, text: str) -> Iterator[Finding]:
    if _LONG_YEAR.fullmatch(text):
        return
    if _ABOUT.fullmatch(text):
        remedy = "date = {1790~} says about, {19XX} an unknown year" if context.biblatex else "put the words into note"
        problem = f"{text[:60]}: is no year of four digits, and is sorted wrongly; {remedy}"
        yield context.report.finding("CK402", problem, field.value_span, entry, field)
        return
    longest = max((len(digits) for digits in _DIGITS.findall(text)), default=0)
    if longest > 4 or _MISREAD.fullmatch(text) or (text.isdecimal() and len(text) < 3):
        problem = f"{text[:60]}: is no year of four digits; write it out"
        yield context.report.finding("CK402", problem, field.value_span, entry, field)


def _month(context: Context, entry: EntryBlock, field: FieldBlock, text: str) -> Iterator[Finding]:
    word = text.lower().rstrip(".")
    piece = sole(field)
    braced = piece is not None and len(piece.text) + 2 == len(field.raw)
    if word.isdecimal():
        if not 1 <= int(word[:4]) <= 12:
            yield context.report.finding(
                "CK403", f"{text[:40]}: is no month; write 1 to 12, or jan to dec", field.value_span, entry, field
            )
    elif braced and (word in _MONTHS or word[:4].rstrip(".") in (*MONTHS, "sept")) and word.isalpha():
        number = next((place for place, name in enumerate(_MONTHS) if name.startswith(word[:3])), None)
        if number is not None and (_MONTHS[number] == word or word in (MONTHS[number], "sept")):
            finding = context.report.finding(
                "CK403",
                f"{text}: is English whatever the style's language; write {MONTHS[number]} without braces",
                field.value_span,
                entry,
                field,
                MONTHS[number],
            )
            yield finding
    elif context.biblatex and braced and not any(sign.isdecimal() for sign in word):
        yield context.report.finding(
            "CK403",
            f"{text[:40]}: BibLaTeX wants a number; write 1 to 12, or date = {{1790-08}}",
            field.value_span,
            entry,
            field,
        )
