"""Pages, volumes, dates and cited places as they are printed."""

from __future__ import annotations

import re
from functools import cache

from roman import toRoman

from citekit.training import bank
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.manner import Manner

__all__ = ["date", "locator", "ordinal", "page_label", "pages", "span"]

_NINES = re.compile(r"9+")
_NOTE = re.compile(r"(?P<words>.*\D)(?P<number>\d+)\Z")  # "17, n. 3": the note is a place of its own


def span(first: str, last: str, manner: Manner) -> str:
    """A range of pages with the writer's dash."""
    if not last or last == first:
        return first
    if manner.shorten and first.isdigit() and len(first) == len(last) and len(first) > 1:
        kept = next(index for index, (one, other) in enumerate(zip(first, last, strict=True)) if one != other)
        last = last[min(kept, len(last) - 2) :] if kept else last
    return f"{first}{manner.dash}{last}"


def page_label(chance: Chance, language: str, *, many: bool) -> tuple[str, str]:
    """Words before and behind page numbers."""
    one, several, behind = chance.of(bank.words("pages", language)).split("|")
    return (several if many else one), behind


def pages(chance: Chance, first: str, last: str, manner: Manner) -> tuple[str, str, str]:
    """Label, range and words behind."""
    before, behind = page_label(chance, manner.language, many=bool(last))
    return before, span(first, last, manner), behind


def _digits(chance: Chance, pattern: str) -> str:
    """The pattern with its digits drawn; a range goes up."""
    written = [int("".join(str(chance.number(1, 9)) for _ in run)) for run in _NINES.findall(pattern)]
    ordered = iter(sorted(written))
    return _NINES.sub(lambda _: str(next(ordered)), pattern)


def locator(chance: Chance, manner: Manner, least: int = 1, most: int = 600) -> tuple[str, str, str, str]:
    """Label, cited place, words behind the place, the number of a note on it."""
    language = manner.language
    if chance.yes(0.12):
        before, pattern = chance.of(bank.words("elsewhere", language)).split("|")
        return before, _digits(chance, pattern), "", ""
    first = chance.number(least, most) if most - least < 80 else least + chance.small(0, most - least)
    roll = chance.number(1, 100)
    if roll <= 52:
        value, many = str(first), False
    elif roll <= 76:
        value, many = span(str(first), str(first + chance.small(1, 30)), manner), True
    elif roll <= 86:
        follow = chance.of(manner.follow)
        note = _NOTE.match(follow)
        if note or "passim" in follow:
            before, behind = page_label(chance, language, many=False)
            words, number = (note["words"], str(chance.small(1, 300))) if note else (follow, "")
            return before, str(first), f"{behind}{words}", number
        value, many = f"{first}{follow}", False
    elif roll <= 92:
        value, many = f"{first}, {first + chance.small(2, 60)}", True
    elif roll <= 95:
        value, many = f"{span(str(first), str(first + 3), manner)}, {first + chance.number(9, 90)}", True
    elif roll <= 97:
        word = {
            "de": "und",
            "fr": "et",
            "it": "e",
            "es": "y",
            "pt": "e",
            "nl": "en",
            "pl": "i",
            "cs": "a",
            "sv": "och",
        }.get(language, "and")
        value, many = f"{first} {word} {first + chance.number(5, 80)}", True
    else:
        small = toRoman(chance.number(2, 48))
        value, many = (small.lower() if chance.yes(0.6) else small), False
    before, behind = page_label(chance, language, many=many)
    return before, value, behind, ""


def here(chance: Chance, language: str) -> str:
    """Words between the extent of a part and the place cited in it."""
    return chance.of(bank.words("here", language))


def ordinal(chance: Chance, language: str) -> str:
    """An edition's number without the word for edition."""
    return chance.of(bank.words("ordinals", language))


@cache
def _months(language: str) -> tuple[tuple[str, str], ...]:
    from babel import Locale

    locale = Locale.parse({"no": "nb", "la": "it"}.get(language, language))
    wide, short = locale.months["format"]["wide"], locale.months["format"]["abbreviated"]
    return tuple((str(wide[month]), str(short[month])) for month in range(1, 13))


def date(chance: Chance, day: int, month: int, year: str, manner: Manner) -> str:
    """A date as the writer has it; of a day 0 the month and the year, of a month 0 the year alone."""
    if not month:
        return year
    language = manner.language
    wide, short = _months(language)[month - 1]
    how = manner.month
    name = short if how == "short" else wide
    if not day:
        return f"{name} {year}" if language != "hu" else f"{year}. {name}"
    if how == "number":
        return chance.of(
            (
                f"{day}.{month}.{year}",
                f"{day:02d}.{month:02d}.{year}",
                f"{day}/{month}/{year}",
                f"{day:02d}/{month:02d}/{year[2:]}",
                f"{year}-{month:02d}-{day:02d}",
                f"{day}-{month}-{year}",
            )
        )
    if how == "dots":
        return chance.of(
            (
                f"{day}. {month}. {year}",
                f"{day}.{month}.{year[2:]}",
                f"{day}.{toRoman(month)}.{year}",
                f"{day} {toRoman(month).lower()} {year}",
            )
        )
    if language == "en":
        return chance.of(
            (
                f"{day} {name} {year}",
                f"{day} {name} {year}",
                f"{name} {day}, {year}",
                f"{day}th {name} {year}" if day in (4, 5, 6, 7, 8, 9, 10, 24, 25) else f"{name} {day}, {year}",
            )
        )
    if language in ("de", "da", "no", "cs", "fi"):
        return f"{day}. {name} {year}"
    if language == "es":
        return f"{day} de {name} de {year}"
    if language == "pt":
        return f"{day} de {name} de {year}"
    if language == "hu":
        return f"{year}. {name} {day}."
    if language == "lv":
        return f"{year}. gada {day}. {name}"
    if language == "fr" and day == 1:
        return f"1er {name} {year}"
    return f"{day} {name} {year}"
