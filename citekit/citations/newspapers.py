"""A newspaper and its day, without marks: "Neue Zürcher Zeitung vom 3. 5. 1912", "Правда. 1937. 12 мая".

Chicago 17, 14.191 and GOST R 7.0.5: the name, the day, perhaps the edition of the day and the page, and nothing else.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import find_dates
from citekit.citations.names import is_person
from citekit.citations.shelfmarks import names_record
from citekit.lexicon import alternation, words

__all__ = ["find_newspaper"]

_DAY = 10  # characters of an EDTF date with its day
_LONGEST = 160
_NAME = re.compile(
    r"(?P<name>[^\W\d_a-z][^,;:.()“”«»\"\d]{2,60}?)(?:,\s(?:(?:le|vom|del|dal|du|of)\s)?|\.\s|\s(?:vom|v\.|du|del|dal|från|z|van|af)\s)"
)
_BEHIND = re.compile(
    r"(?:\sг\.?)?(?:,\s(?:(?:Morgen|Abend|Mittags?|Sonntags)-?(?:[Aa]usgabe|blatt)|[ée]dition\sdu\s(?:matin|soir)|(?:morning|evening|late)\sedition))?"
    r"(?:[.,]\s(?:№|[Nn]r\.?|n[°º]|no\.)\s?\d{1,5})?(?:[.,]\s(?:pp?|S|[sсС]|str)\.\s?(?P<page>\d{1,3}(?:[-–]\d{1,3})?))?[.\s]*"
)
_ARTICLE = re.compile(r"(?:L[’']|(?:Le|La|Les|El|Los|Il|Lo|The|Der|Die|Das|De|Het|O|A)\s)[^\W\d_a-z]")
_SIGLUM = re.compile(r"[A-Z]{2,5}")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){alternation(words('roles', 'newspaper'))}(?![^\W\d_])")


@lru_cache(maxsize=REMEMBERED)
def find_newspaper(text: str, language: str | None = None) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where the newspaper's name and the day stand; None where the words are not these alone.

    >>> find_newspaper("L'Humanité, 31 juillet 1914.", "fr")
    ((0, 10), (12, 27))
    """
    if len(text) > _LONGEST:
        return None
    day = next(iter(find_dates(text, language)), None)
    if day is None or len(day.edtf) != _DAY:
        return None
    named, behind = _NAME.fullmatch(text, 0, day.start), _BEHIND.fullmatch(text, day.end)
    if named is None or behind is None or names_record(text):
        return None
    name = named["name"]
    told = _word().search(name) or (_ARTICLE.match(name) and not is_person(name))
    if told or (_SIGLUM.fullmatch(name) and behind["page"]):
        return named.span("name"), (day.start, day.end)
    return None
