"""Archival sources: where in a citation the shelfmark begins ("TNA, Papers of …, box 8, folder 11")."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.archive_heads import archive_at_head
from citekit.citations.brackets import REMEMBERED
from citekit.citations.cues import find_cues
from citekit.citations.dates import find_dates
from citekit.citations.locators import find_locators
from citekit.citations.places import is_place
from citekit.lexicon import Sought, alternation, sought, words
from citekit.model import CueKind

__all__ = [
    "begins_with_repository",
    "called_up",
    "find_units",
    "kept_in",
    "names_archive",
    "names_record",
    "repository_at_head",
    "repository_behind",
    "repository_chunk",
    "repository_in",
    "shelfmark",
]


@cache
def _unit() -> Sought:
    return sought(
        rf"(?<![^\W\d_])(?:{alternation(words('archives', 'unit'))})(?:(?<=\.)|(?![^\W\d_]))\s?(?=[\dIVX])"
        r"|(?<![^\W\d_])Papers of\s",
        (*words("archives", "unit"), "Papers of"),
    )


@cache
def _repository() -> Sought:
    listed = words("archives", "repository")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed)


@cache
def _holding() -> Sought:
    listed = (*words("archives", "holding"), *words("archives", "repository"))
    spaced = alternation(word for word in listed if word[0] < "\u2e80")
    joined = alternation(word for word in listed if word[0] >= "\u2e80")
    return sought(rf"(?<![^\W\d_]){spaced}(?![^\W\d_])|{joined}", listed)


@cache
def _record() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){alternation(words('archives', 'record'))}(?![^\W\d_])", re.IGNORECASE)


# "AGI, ", "РГАСПИ. ", "Archives nationales, ", "The National Archives, Kew (TNA), ",
# "Geheimes Staatsarchiv … (GStA PK), "
_HEAD_CHUNK = re.compile(
    r"(?P<chunk>[^\W\d_][^,.;:()\d“”«»\"]{1,60}(?:(?:,\s[^\W\d_]{3,20})?\s"
    r"\((?=[^()]{0,4}[A-ZА-Я][^()a-zа-я]?[A-ZА-Я])[A-ZА-Я][A-Za-zА-Яа-я]{1,7}(?:\s[A-Z]{2,4})?\))?)[,.:]\s"
)
# "ACA, Cancelleria, reg. 1234", "ЦДІАК, ф. 51": most archives are cited by capitals that no list could hold.
_CITY = re.compile(r"(?P<city>[^\W\d_](?:St\.\s|[^,.;:()\d“”«»\"]|(?<=St)\.){1,40}),\s")
_COMPOUND = re.compile("bibliothek|kirjasto|könyvtár", re.IGNORECASE)  # "Stiftsbibliothek", "yliopistokirjasto"
_YEAR_ALONE = re.compile(r"\s?(?:1[4-9]|20)\d\d[\s.]?")
_LONGEST_SHELF = 80  # characters
_SIGLUM = re.compile(r"[A-ZÀ-ÞŁŚŻА-ЯΑ-Ω]{2,6}(?:\s[A-ZÀ-ÞА-Я]{2,4})?")
_LONGEST = 200  # characters of a document's description and place
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.\s?){1,4}(?=[^\W\d_a-z][^\W\d_A-Z]{3})")
_AT_HEAD = 20  # characters in which the name of an archive shows itself as one
_DAY = 10  # characters of an EDTF date with its day
_DIGIT = re.compile(r"\d")
# "R 43 II/1245", "44M69/F5/12", "Add. MS 40446": capitals and figures, and hardly a word.
_CALL_WORD = re.compile(r"[A-ZÄÖÜ]{1,4}|[IVXL]{1,7}|Add\.?|M[Ss]s?\.?|[\w./-]{0,12}\d[\w./-]{0,12}")
_CALL_EDGE = re.compile(r"[,;:](?=\s|$)|\.?\s?$|(?<=\d)\.\s")
_CALL_LENGTH = 6  # words
_SHELF = re.compile(r"[^\W\d_][^.;:“”«»\"]{0,60}\d|[^\W\d_]{1,3}\.\s?\d")


def names_record(text: str) -> bool:
    """Whether the words begin with a kind of record ("Letter from …", "Telegramm …")."""
    return _record().match(text) is not None


def begins_with_repository(text: str) -> bool:
    """Whether words begin with the name of an archive or a library, and a shelfmark follows."""
    return _holding().match(text) is not None and shelfmark(text) is not None


def repository_named(text: str) -> int | None:
    """Where the first name of an archive or a library ends, in full or as print shortens it; None without one."""
    found = _holding().search(text)
    return found.end() if found else None


def repository_in(text: str) -> bool:
    """Whether the words hold the name of an archive or a library, or a word of such names."""
    return _repository().search(text) is not None


def names_archive(text: str) -> bool:
    """Whether any word tells of an archive: a repository, a unit of a shelfmark, a kind of record."""
    return any(sign.search(text) is not None for sign in (_holding(), _unit(), _record()))


def repository_chunk(text: str, before: int) -> tuple[int, int] | None:
    """The words between commas that name the repository, before the place of the shelfmark; None without one."""
    named = list(_repository().finditer(text, 0, before))
    if not named:
        return None
    match = named[-1]
    start = text.rfind(", ", 0, match.start())
    end = text.find(", ", match.end())
    return (start + 2, end if 0 <= end <= before else before) if start >= 0 else None


def kept_in(text: str, language: str | None = None) -> bool:
    """Whether a document of a certain day is said to be kept somewhere.

    "AN, F/7/3681, rapport du préfet, 12 frimaire an VIII": a siglum, a shelfmark and a day; or the day, then the
    repository ("Humboldt an Varnhagen, 27.10.1834, Staatsbibliothek zu Berlin, Slg. Autogr. I/1234").
    """
    if len(text) > _LONGEST or _repository().search(text) is None:
        return False
    head = repository_at_head(text)
    days = [day for day in find_dates(text, language) if len(day.edtf) == _DAY]
    if not days:
        return False
    if head is not None and _SIGLUM.fullmatch(text, 0, head):
        return True
    behind = _repository().search(text, days[-1].end) if head is None else None
    return behind is not None and _DIGIT.search(text, behind.end()) is not None


def repository_behind(text: str, start: int, end: int) -> int | None:
    """Where the words begin that name the repository at the end, behind the shelfmark; None without one.

    "Add MS 43383, f. 5, British Library": the order of Chicago 17, 14.222.
    """
    named = next(iter(_repository().finditer(text, start, end)), None)
    comma = text.rfind(", ", start, named.start()) if named else -1
    if comma < 0 or _DIGIT.search(text, comma, end):
        return None
    return comma + 2


def repository_at_head(text: str) -> int | None:
    """Where the repository's name ends that stands first, before a shelfmark with a number; None without one."""
    if "http:" in text or "https:" in text or not _DIGIT.search(text):
        return None
    if found := _library_behind_city(text) or archive_at_head(text):
        return found
    match = _HEAD_CHUNK.match(text)
    if match is None:
        return None
    chunk = match["chunk"]
    siglum = _repository().fullmatch(chunk.partition(",")[0]) is not None
    named = _repository().search(chunk) is not None and _unit().search(text) is not None
    short = _SIGLUM.fullmatch(chunk) is not None and _unit().search(text, match.end()) and not _is_surname(text, match)
    opened = _repository().search(chunk, 0, _AT_HEAD) is not None and _closes_with_leaf(text, match.end())
    shelved = ((siglum or opened) and _SHELF.match(text, match.end())) or called_up(text)
    return match.end("chunk") if shelved or named or short else None


def _library_behind_city(text: str) -> int | None:
    """Where the library's name ends in "Paris, BnF, ms. lat. 1234, f. 23v", "Wien, Nationalbibliothek, Cod. 2554".

    City, library and shelfmark is how manuscripts are cited everywhere; a year alone behind them is an imprint's.
    """
    city = _CITY.match(text)
    chunk = _HEAD_CHUNK.match(text, city.end()) if city else None
    if city is None or chunk is None or not is_place(city["city"]):
        return None
    if not any(sign.search(chunk["chunk"]) for sign in (_repository(), _library(), _COMPOUND)):
        return None
    numbered = [part for part in text[chunk.end() : chunk.end() + _LONGEST_SHELF].split(",") if _DIGIT.search(part)]
    return chunk.end("chunk") if any(not _YEAR_ALONE.fullmatch(part) for part in numbered) else None


@cache
def _library() -> Sought:
    """A word of a library's name, or its siglum."""
    listed = words("archives", "library")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed)


def _is_surname(text: str, head: re.Match[str]) -> bool:
    """ "SILVA, M. Op. cit., f. 20": capitals before initials, with no number but a leaf's, are a name's (ABNT 6023)."""
    if any(found.cue.kind is CueKind.CITED for found in find_cues(text)):
        return True
    leaves = find_locators(text)
    named = _INITIALS.match(text, head.end()) is not None and text[head.end() - 2] == ","
    return named and bool(leaves) and not _DIGIT.search(text, head.end(), leaves[-1].start)


def _closes_with_leaf(text: str, start: int) -> bool:
    """ "Archivio di Stato di Firenze, Mediceo del Principato, 1245, c. 12r": leaves, and no pages, are of archives."""
    leaves = find_locators(text[start:])
    return (
        bool(leaves)
        and leaves[-1].locator.label == "folio"
        and not text[start + leaves[-1].end :].strip(" .,")
        and len(text) <= _LONGEST
    )


def called_up(text: str) -> bool:
    """ "BArch, R 43 II/1245", "Hampshire Record Office, 44M69/F5/12": a repository and a call number behind it.

    Most archives have no words for the units of their shelfmarks: letters of the group, then numbers.
    """
    match = _HEAD_CHUNK.match(text)
    if archive_at_head(text) is not None:
        return True
    if match is None or _repository().search(match["chunk"]) is None:
        return False
    edge = _CALL_EDGE.search(text, match.end())
    said = text[match.end() : edge.start() if edge else len(text)].split()
    return (
        0 < len(said) <= _CALL_LENGTH
        and all(_CALL_WORD.fullmatch(word) for word in said)
        and any(any(map(str.isdigit, word)) for word in said)
        and any(any(map(str.isupper, word)) for word in said)
    )


def find_units(text: str) -> tuple[re.Match[str], ...]:
    """The words of a shelfmark's units that stand before their numbers, in order."""
    return tuple(_unit().finditer(text))


@lru_cache(maxsize=REMEMBERED)
def shelfmark(text: str) -> re.Match[str] | None:
    """The first unit of a shelfmark, where two units, a unit and a repository, or a unit and a record stand together.

    One unit alone proves nothing: "vol. 2, no. 3", "file 4" and "item 7" stand in prose and in journals too.
    """
    units = list(_unit().finditer(text))
    if not units:
        return None
    return units[0] if len(units) > 1 or _repository().search(text) or _record().search(text) else None
