"""Laws, decrees and regulations by the gazette that printed them.

"Loi n° 86-12 du 3 janvier 1986, JO du 4 janvier 1986, p. 200": the legal styles of the Continent name an act by its
kind, number, day and subject, all of which are its title, and then the gazette with its part, number, day and page. An
act without its gazette is not told from the words of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import find_dates, years
from citekit.citations.line import Line
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["Act", "find_act", "gazettes", "tag_act"]

_LONGEST_TITLE = 300  # characters
_FEWEST_WORDS = 3  # of a title that stands without its day: "Gesetz zum Schutz der Wälder"
# Between an act and its gazette: ", in", " (", " // ".
_LEAD = (
    r"(?:[,;:.]\s|\s//\s|\s?[(（]\s?|\s(?=in\s|im\s|w\s))"
    r"(?:(?:in|im|dans|en|w|au|del?|du|published\sin|publiée?\sau|veröff\.\sim)\s)?[«„“\"]?"
)
_BEHIND = r"[»“”\"]?"
_PLACES = (
    r"(?:Teil\s|part\.\s|Serie\s|série\s|serie\s)?(?P<volume>I{1,3}|IV|[ABCGLM]\s?\d{1,4})(?![^\W\d_])(?:\s[Ss]érie|\sserie)?",
    r"(?:[nN][°ºo]|[nN]\.[°ºo]?|[nN][rR]\.?|[nN]úm\.?|[nN]um\.?|[Nn]o\.|№|[Zz]\.|Stück|St\.)\s?(?P<issue>\d{1,5}(?:[/-]\d{1,4})?)",
    r"(?<=\d:)(?P<law>\d{1,5})",
    r"(?:poz|[Сс]т|item|částka|č)\.?\s?(?P<number>\d{1,6})",
    r"(?:[Ss]|[Ss]\.|pp?\.|pág\.|págs\.|pag\.|str\.|[Сс]\.|blz\.|cols?\.)\s?(?P<page>\d{1,5}(?:\s?[-–]\s?\d{1,5})?(?:\s?ff?\.)?)",
)
_PLACE = re.compile("|".join(_PLACES))
_BETWEEN = re.compile(r"[\s,.;:)（(]{0,3}(?:(?:du|del?|dell[’']|vom|von|of|z|z\sdnia|från|av|от|за|ze\sdne)\s(?=\d))?")
_DAY_LEAD = re.compile(r",?\s(?:du|del?|de\s\d{1,2}º?|vom|of|z\sdnia|z|от|ze\sdne|av\sden|van)\s\Z")
_FIELDS = {"volume": "volume", "issue": "issue", "number": "number", "law": "number", "page": "locator"}


@dataclass(frozen=True, slots=True)
class Act:
    """Where the parts of an act stand, as (field name, start, end), in order, and where the last of them ends."""

    fields: tuple[tuple[str, int, int], ...]
    end: int


@cache
def _gazette() -> Sought:
    listed = words("official", "gazette")
    return sought(rf"{_LEAD}(?P<name>{alternation(listed)})(?:(?<=\.)|(?![^\W\d_])){_BEHIND}", listed)


@cache
def _kind() -> re.Pattern[str]:
    """How an act begins, German compounds among them ("Reichsbürgergesetz")."""
    compounds = r"[^\W\d_a-z][^\W\d_]+(?:gesetz|verordnung|ordnung|erlass|erlaß)(?:es|e)?"
    ordinal = r"(?:(?:Erst|Zweit|Dritt|Viert|Fünft)e[rs]?\s|\d{1,2}\.\s)?"
    return re.compile(rf"{ordinal}(?:{alternation(words('official', 'act'))}|{compounds})(?:(?<=\.)|(?![^\W\d_]))")


@lru_cache(maxsize=REMEMBERED)
def find_act(text: str, language: str | None = None) -> Act | None:
    """The act that a citation begins with, where its gazette is named; None where there is none.

    >>> act = find_act("Gesetz über den Salzzoll vom 3. April 1888, RGBl. 1888, S. 114")
    >>> [name for name, _, _ in act.fields] if act else None
    ['title', 'container-title', 'issued', 'locator']
    """
    gazette = _gazette().search(text, 0, _LONGEST_TITLE)
    kind = _kind().match(text) if gazette else None
    if gazette is None or kind is None or kind.end() > gazette.start():
        return None
    printed, end = _printed(text, gazette.end(), language)
    if not printed:
        return None
    title = (0, gazette.start())
    dated = any(name == "issued" for name, _, _ in printed)
    day = None if dated else _closing_day(text, gazette.start(), language)
    if day:
        lead = _DAY_LEAD.search(text, 0, day[0])
        if lead and len(text[: lead.start()].split()) >= _FEWEST_WORDS:
            title = (0, lead.start())
            printed = (("issued", *day), *printed)
    return Act(
        tuple(sorted((("title", *title), ("container-title", *gazette.span("name")), *printed), key=_start)), end
    )


def _start(field: tuple[str, int, int]) -> int:
    return field[1]


def _closing_day(text: str, end: int, language: str | None) -> tuple[int, int] | None:
    """The day that the title ends with."""
    days = [day for day in find_dates(text[:end], language) if not text[day.end : end].strip(" .,")]
    return (days[-1].start, days[-1].end) if days else None


def _printed(text: str, place: int, language: str | None) -> tuple[tuple[tuple[str, int, int], ...], int]:
    """Part, number, day and page of the gazette behind its name, and where they end."""
    found: dict[str, tuple[int, int]] = {}
    end = place
    while (one := _next(text, end, language)) and one[0] not in found:
        name, span, end = one
        found[name] = span
    return tuple((name, *span) for name, span in found.items()), end


def _next(text: str, place: int, language: str | None) -> tuple[str, tuple[int, int], int] | None:
    """The field that comes next, where it stands, and where its label ends, which may be behind it."""
    between = _BETWEEN.match(text, place)
    start = between.end() if between else place
    when = next((day for day in (*find_dates(text[start:], language), *years(text[start:])) if not day.start), None)
    if when:
        return "issued", (start, start + when.end), start + when.end
    match = _PLACE.match(text, start)
    group = match.lastgroup if match else None
    return (_FIELDS[group], match.span(group), match.end()) if match and group else None


def gazettes(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Where gazettes stand with their part, number, day and page: their full stops end no sentence."""
    return [(found.start("name"), _printed(text, found.end(), language)[1]) for found in _gazette().finditer(text)]


def tag_act(line: Line) -> None:
    """Label the parts of an act that stands first."""
    act = find_act(line.text, line.language)
    if act is None or not line.free(0, act.end):
        return
    for name, start, end in act.fields:
        line.label(name, start, end, strip=" ,;:(" if name == "title" else "")
    line.hold(0, act.end)
