"""Pages, volumes, dates and cited places as they are printed."""

from __future__ import annotations

from functools import cache

from citekit.training.grammar.chance import Chance
from citekit.training.grammar.manner import Manner

__all__ = ["date", "locator", "ordinal", "page_label", "pages", "roman", "span"]

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)

# Words before one page, before several, behind.
_LABELS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "en": (("p. ", "pp. ", ""), ("p. ", "pp. ", ""), ("p.", "pp.", ""), ("p ", "pp ", ""), ("P. ", "Pp. ", ""), ("page ", "pages ", "")),
    "de": (("S. ", "S. ", ""), ("S. ", "S. ", ""), ("S. ", "S. ", ""), ("S.", "S.", ""), ("S ", "S ", ""), ("p. ", "pp. ", ""), ("Seite ", "Seiten ", "")),
    "fr": (("p. ", "p. ", ""), ("p. ", "p. ", ""), ("p. ", "pp. ", ""), ("p.\u00a0", "p.\u00a0", ""), ("p.", "p.", ""), ("pp. ", "pp. ", "")),
    "it": (("p. ", "pp. ", ""), ("p. ", "pp. ", ""), ("p. ", "pp. ", ""), ("p.", "pp.", ""), ("pag. ", "pagg. ", "")),
    "es": (("p. ", "pp. ", ""), ("p. ", "pp. ", ""), ("pág. ", "págs. ", ""), ("p. ", "págs. ", ""), ("p.", "pp.", "")),
    "pt": (("p. ", "pp. ", ""), ("p. ", "p. ", ""), ("pág. ", "págs. ", "")),
    "nl": (("p. ", "p. ", ""), ("p. ", "pp. ", ""), ("blz. ", "blz. ", ""), ("", "", "")),
    "la": (("p. ", "pp. ", ""), ("pag. ", "pagg. ", "")),
    "lv": (("", "", ". lpp."), ("", "", ".lpp."), ("p. ", "p. ", "")),
    "lt": (("p. ", "p. ", ""), ("", "", " p.")),
    "hu": (("", "", "."), ("", "", " p."), ("", "", " o."), ("", "", ". old."), ("", "", "")),
    "ro": (("p. ", "p. ", ""), ("p. ", "pp. ", "")),
    "tr": (("s. ", "s. ", ""), ("s. ", "ss. ", ""), ("s.", "s.", "")),
}  # fmt: skip
_NORTHERN = (("s. ", "s. ", ""), ("s. ", "s. ", ""), ("s.", "s.", ""), ("S. ", "S. ", ""), ("", "", ""))
_POLISH = (("s. ", "s. ", ""), ("s. ", "s. ", ""), ("s.", "s.", ""), ("str. ", "str. ", ""))

# Other places than pages: words before, what stands there ("9" a digit).
_ELSEWHERE: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("ch. ", "9"), ("chap. ", "99"), ("chs ", "9-9"), ("fol. ", "99v"), ("f. ", "9r"), ("fols. ", "99r–99v"), ("col. ", "999"), ("cols ", "99-99"), ("para. ", "99"), ("§ ", "99"), ("no. ", "99"), ("bk. ", "II"), ("plate ", "XII"), ("pl. ", "9"), ("fig. ", "9"), ("n. ", "99"), ("art. ", "9"), ("l. ", "999"), ("sig. ", "B9r"), ("doc. ", "99")),
    "de": (("Kap. ", "9"), ("Bl. ", "99"), ("Bl. ", "99r–99v"), ("fol. ", "99r"), ("Sp. ", "999"), ("Sp. ", "999–999"), ("§ ", "99"), ("Nr. ", "999"), ("Anm. ", "99"), ("Z. ", "99"), ("Rn. ", "99"), ("Taf. ", "XII"), ("Abb. ", "99"), ("Art. ", "9"), ("V. ", "999"), ("Bogen ", "B9r")),
    "fr": (("f° ", "99 v°"), ("fol. ", "99v"), ("f. ", "99r"), ("col. ", "999"), ("chap. ", "IX"), ("chap. ", "9"), ("§ ", "99"), ("art. ", "9"), ("n° ", "99"), ("v. ", "999"), ("pl. ", "XII"), ("fig. ", "9"), ("note ", "9")),
    "it": (("c. ", "99r"), ("c. ", "99v"), ("cc. ", "99r-99v"), ("cc. ", "99-99"), ("f. ", "99v"), ("ff. ", "9r-9v"), ("col. ", "999"), ("cap. ", "9"), ("cap. ", "XII"), ("doc. ", "99"), ("n. ", "99"), ("§ ", "9"), ("v. ", "99"), ("tav. ", "XII"), ("fig. ", "99")),
    "es": (("f. ", "99v"), ("fol. ", "99r"), ("fols. ", "99-99v"), ("cap. ", "9"), ("cap. ", "XII"), ("doc. ", "99"), ("núm. ", "99"), ("nota ", "9"), ("art. ", "9")),
    "pt": (("fl. ", "99v"), ("fls. ", "99-99"), ("f. ", "9r"), ("cap. ", "9"), ("doc. ", "99")),
    "nl": (("fol. ", "99v"), ("f. ", "99"), ("kol. ", "99"), ("hfst. ", "9"), ("nr. ", "99")),
    "pl": (("k. ", "99v"), ("k. ", "99"), ("rozdz. ", "9"), ("nr ", "99"), ("poz. ", "99")),
    "cs": (("fol. ", "99r"), ("č. ", "99"), ("kap. ", "9"), ("fol. ", "9v")),
    "sv": (("fol. ", "99"), ("kap. ", "9"), ("nr ", "99"), ("sp. ", "99")),
}  # fmt: skip
_HERE = {
    "en": ("here ", "at ", "esp. ", "especially "),
    "de": ("hier ", "bes. ", "hier: ", "hier S. "),
    "fr": ("ici ", "ici p. ", "en particulier p. "),
    "it": ("qui ", "in part. p. ", "qui p. "),
    "es": ("esp. ", "aquí "),
    "nl": ("aldaar ", "ald. "),
}


def roman(number: int) -> str:
    """The number in Roman figures."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


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
    known = _LABELS.get(language) or (_POLISH if language in ("pl", "cs") else _NORTHERN)
    one, several, behind = chance.of(known)
    return (several if many else one), behind


def pages(chance: Chance, first: str, last: str, manner: Manner) -> tuple[str, str, str]:
    """Label, range and words behind."""
    before, behind = page_label(chance, manner.language, many=bool(last))
    return before, span(first, last, manner), behind


def _digits(chance: Chance, pattern: str) -> str:
    return "".join(str(chance.number(1, 9)) if mark == "9" else mark for mark in pattern)


def locator(chance: Chance, manner: Manner, least: int = 1, most: int = 600) -> tuple[str, str, str]:
    """Label, cited place, words behind the place."""
    language = manner.language
    elsewhere = _ELSEWHERE.get(language)
    if elsewhere and chance.yes(0.12):
        before, pattern = chance.of(elsewhere)
        return before, _digits(chance, pattern), ""
    first = chance.number(least, most) if most - least < 80 else least + chance.small(0, most - least)
    roll = chance.number(1, 100)
    if roll <= 52:
        value, many = str(first), False
    elif roll <= 76:
        value, many = span(str(first), str(first + chance.small(1, 30)), manner), True
    elif roll <= 86:
        value, many = str(first) + chance.of(manner.follow), False
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
        small = roman(chance.number(2, 48))
        value, many = (small.lower() if chance.yes(0.6) else small), False
    before, behind = page_label(chance, language, many=many)
    return before, value, behind


def here(chance: Chance, language: str) -> str:
    """Words between the extent of a part and the place cited in it."""
    return chance.of(_HERE.get(language, ("here ",)))


_ORDINALS = {
    "en": ("2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "second", "third", "fourth"),
    "fr": ("2e", "3e", "4e", "2ème", "5e", "deuxième", "2de"),
    "it": ("2ª", "3ª", "II", "III", "seconda", "terza", "2a", "nuova"),
    "es": ("2ª", "3ª", "2.ª", "segunda", "4a", "tercera"),
    "pt": ("2ª", "3.ª", "2a", "5ª"),
    "nl": ("2e", "derde", "3de", "tweede"),
    "sv": ("2", "3", "2:a", "andra"),
}


def ordinal(chance: Chance, language: str) -> str:
    """An edition's number without the word for edition."""
    return (
        chance.of(_ORDINALS.get(language, ("2.", "3.", "2", "4.", "5.", "3")))
        if language != "de"
        else f"{chance.small(2, 9)}."
    )


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
                f"{day}.{roman(month)}.{year}",
                f"{day} {roman(month).lower()} {year}",
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
