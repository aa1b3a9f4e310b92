"""What a pattern takes from a work: titles, dates, pages, keywords, and each field by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from citekit.errors import ChoiceError
from citekit.formats.dates import edtf, year_of
from citekit.formats.key_patterns.creators import creator_marker, said_of_creators
from citekit.formats.key_patterns.filters import FILTERS, check_filter
from citekit.formats.key_patterns.grammar import Argument, Marker
from citekit.formats.key_patterns.transliteration import in_latin, words_in_latin
from citekit.formats.names import full_name
from citekit.formats.types import bibtex_type
from citekit.lexicon import words
from citekit.model import Item

__all__ = ["FIELDS", "MARKERS", "check", "value_of_marker"]

_NUMBER = re.compile(r"(\D*?)(\d{1,3})")
_DIGITS = re.compile(r"\d+")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
_SHORT = 3  # words of a short title, in JabRef and Better BibTeX alike

FIELDS = {
    # BibTeX's and BibLaTeX's names
    "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "shortjournal": "container-title-short", "series": "collection-title", "publisher": "publisher",
    "institution": "publisher", "school": "publisher", "organization": "publisher", "address": "publisher-place",
    "location": "publisher-place", "number": "issue", "pages": "page", "doi": "DOI", "url": "URL", "isbn": "ISBN",
    "issn": "ISSN", "keywords": "keyword", "abstract": "abstract", "edition": "edition", "volume": "volume",
    "volumes": "number-of-volumes", "chapter": "chapter-number", "version": "version", "eventtitle": "event-title",
    "venue": "event-place", "library": "call-number", "type": "genre", "langid": "language", "language": "language",
    # Zotero's, which Better BibTeX uses
    "publicationtitle": "container-title", "booktitleoriginal": "original-title", "place": "publisher-place",
    "seriestitle": "collection-title", "seriesnumber": "collection-number", "issue": "issue", "archive": "archive",
    "archivelocation": "archive_location", "callnumber": "call-number", "conferencename": "event-title",
    "journalabbreviation": "container-title-short", "numberofvolumes": "number-of-volumes", "university": "publisher",
    "citationkey": "id", "note": "note", "shorttitlefield": "title-short",
}  # fmt: skip
"""Names of fields in other programs, in small letters → CSL variables."""
_VARIABLES = re.findall(
    r"\S+",
    "annote archive archive_location call-number chapter-number collection-number collection-title container-title "
    "container-title-short dimensions division edition event-place event-title genre ISBN ISSN issue jurisdiction "
    "keyword language medium note number number-of-pages number-of-volumes original-publisher "
    "original-publisher-place original-title page part-number publisher publisher-place references section source "
    "status title title-short URL DOI PMID PMCID version volume volume-title",
)
_VARIABLE_OF = {variable.lower(): variable for variable in _VARIABLES}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A work, and how a marker asks for something of it: in which notation, with which numbers."""

    item: Item
    bracketed: bool
    given: Mapping[str, int]


_Taking: TypeAlias = Callable[[_Asked], str]


def value_of_marker(marker: Marker, item: Item) -> str:
    """What a marker that `check` let pass takes from a work; empty where the work has nothing of the kind."""
    name, number = _named(marker)
    creators = creator_marker(name)
    if creators is not None:
        arguments = _by_position(marker, ("n", "m"))
        if arguments:
            n, m = (arguments.get(key, 0) for key in ("n", "m"))
            form = {"": "n", "ors": "orsn", "ini": "inin"}.get(creators.form, creators.form)
            creators = type(creators)(creators.roles, form, _whole(n), _whole(m) or 1)
        return said_of_creators(creators, item)
    if name in MARKERS:
        parameters, function = MARKERS[name]
        arguments = _by_position(marker, parameters)
        if number and parameters:
            arguments.setdefault(parameters[0], number)
        return function(_Asked(item, marker.bracketed, {key: _whole(value) for key, value in arguments.items()}))
    variable = FIELDS.get(name) or _VARIABLE_OF[name]
    return _text(item.get(variable))


def check(marker: Marker) -> None:
    """Refuse a marker that nobody knows, or whose arguments or filters do not fit.

    Raises:
        ChoiceError: saying which, and what is near.
    """
    name, _ = _named(marker)
    typed = marker.function.name
    if creator_marker(name) is None and name not in MARKERS and name not in FIELDS and name not in _VARIABLE_OF:
        if name in FILTERS:
            raise ChoiceError(
                f"{typed}: is a filter, which stands behind a marker; write auth.{typed}(…) or [auth:{typed}]"
            )
        from rapidfuzz import process

        known = list(dict.fromkeys(("auth", "authors", "editors", *MARKERS, *FIELDS, *_VARIABLE_OF)))
        near = [found[0] for found in process.extract(name, known, limit=3, score_cutoff=60)]
        remedy = f"did you mean {' or '.join(near)}?" if near else "docs/reference/key-patterns.md lists them"
        raise ChoiceError(f"{typed}: no marker of key patterns has this name; {remedy}")
    parameters = ("n", "m") if creator_marker(name) else MARKERS.get(name, ((), None))[0]
    given = _by_position(marker, parameters)
    if any(key not in parameters for key in given):
        wanted = f"takes {', '.join(parameters)}" if parameters else "takes no arguments"
        raise ChoiceError(f"{typed}: {wanted}; correct the key pattern")
    for value in given.values():
        if not isinstance(value, int):
            raise ChoiceError(f"{typed}: {value} is no number; correct the key pattern")
    for call in marker.filters:
        check_filter(call)


def _named(marker: Marker) -> tuple[str, int]:
    """The marker's name in small letters, and the number behind it: `camel3` is `camel` and 3."""
    name = marker.function.name.lower()
    if name in MARKERS or name in FIELDS or name in _VARIABLE_OF or creator_marker(name):
        return name, 0
    match = _NUMBER.fullmatch(name)
    return (match[1], int(match[2])) if match and match[1] in MARKERS else (name, 0)


def _by_position(marker: Marker, parameters: tuple[str, ...]) -> dict[str, Argument]:
    given = marker.function
    spare = tuple(f"argument {number}" for number in range(len(parameters) + 1, len(given.arguments) + 1))
    return dict(zip((*parameters, *spare), given.arguments, strict=False)) | dict(given.named)


def _whole(value: Argument) -> int:
    return value if isinstance(value, int) else 0


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (full_name(part) for part in value)))
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def _title_words(item: Item, *, telling: bool) -> list[str]:
    """The words of the title in Latin letters; without function words where enough is left."""
    title = _text(item.get("title")) or _text(item.get("title-short")) or _text(item.get("container-title"))
    spoken = [(word, latin) for word, latin in words_in_latin(title) if latin]
    if telling:
        spoken = [pair for pair in spoken if pair[0].casefold() not in words("stopwords", "title")] or spoken
    return [latin for _, latin in spoken]


def _short_title(asked: _Asked, standard: int = _SHORT) -> str:
    """Telling words: JabRef begins each with a capital and goes on small, Better BibTeX as many as `m` says."""
    chosen = _title_words(asked.item, telling=True)[: asked.given.get("n") or standard]
    if asked.bracketed:
        return " ".join(word[:1].upper() + word[1:].lower() for word in chosen)
    capitals = asked.given.get("m", 0)
    return " ".join(word[:1].upper() + word[1:] if place < capitals else word for place, word in enumerate(chosen))


def _initials(asked: _Asked) -> str:
    return "".join(
        word[:1].upper() for word in _title_words(asked.item, telling=True)[: asked.given.get("n") or _SHORT]
    )


def _camel(asked: _Asked) -> str:
    chosen = _title_words(asked.item, telling=False)[: asked.given.get("n") or None]
    return " ".join(word[:1].upper() + word[1:].lower() for word in chosen)


def _title(asked: _Asked) -> str:
    """The title, its significant words with capitals (JabRef's `title`, Better BibTeX's)."""
    spoken = [(word, latin) for word, latin in words_in_latin(_text(asked.item.get("title"))) if latin]
    cased = []
    for place, (word, latin) in enumerate(spoken):
        small = place and word.casefold() in words("stopwords", "title")
        cased.append(
            latin.lower() if small else latin[:1].upper() + (latin[1:].lower() if asked.bracketed else latin[1:])
        )
    return " ".join(cased)


def _date(variable: str) -> _Taking:
    return lambda asked: next((said for said in edtf(asked.item, variable) if said), "")


def _part_of_date(place: int) -> _Taking:
    """Month (1) or day (2) of the date; months by name in JabRef's notation."""

    def read(asked: _Asked) -> str:
        stated = (edtf(asked.item, "issued")[0] or "").partition("/")[0].rstrip("?~%").lstrip("-")
        parts = stated.split("-")
        part = parts[place] if len(parts) > place else ""
        if not part.isdecimal():
            return ""
        number = int(part)
        return _MONTHS[number - 1] if asked.bracketed and place == 1 and 1 <= number <= 12 else str(number)

    return read


def _year(variable: str, *, short: bool = False) -> _Taking:
    def read(asked: _Asked) -> str:
        custom = asked.item.get("custom")
        stated = {"issued": asked.item.get(variable), "custom": custom if variable == "issued" else None}
        year = year_of(stated)
        return year[-2:] if short else year

    return read


def _page(choose: Callable[..., int]) -> _Taking:
    def read(asked: _Asked) -> str:
        numbers = [int(digits[:9]) for digits in _DIGITS.findall(_text(asked.item.get("page")))]
        return str(choose(numbers)) if numbers else ""

    return read


def _page_prefix(asked: _Asked) -> str:
    match = re.match(r"[^\W\d_]+(?=\d)", _text(asked.item.get("page")))
    return match[0] if match else ""


def _keywords(item: Item, *, first: int, last: int) -> str:
    listed = [word.strip() for word in re.split(r"[,;]", _text(item.get("keyword"))) if word.strip()]
    return " ".join(listed[first:last])


def _entry_type(asked: _Asked) -> str:
    return str(asked.item.get("type") or "") if not asked.bracketed else bibtex_type(asked.item).capitalize()


_N, _NM, _NONE = ("n",), ("n", "m"), ()

MARKERS: dict[str, tuple[tuple[str, ...], _Taking]] = {
    "camel": (_N, _camel),
    "date": (_NONE, _date("issued")),
    "day": (_NONE, _part_of_date(2)),
    "entrytype": (_NONE, _entry_type),
    "firstpage": (_NONE, _page(min)),
    "fulltitle": (_NONE, lambda asked: in_latin(_text(asked.item.get("title")))),
    "itemtype": (_NONE, lambda asked: str(asked.item.get("type") or "")),
    "keyword": (
        _N,
        lambda asked: _keywords(
            asked.item, first=max(asked.given.get("n", 1) - 1, 0), last=max(asked.given.get("n", 1), 1)
        ),
    ),
    "keywords": (_N, lambda asked: _keywords(asked.item, first=0, last=asked.given.get("n") or 1_000)),
    "lastpage": (_NONE, _page(max)),
    "month": (_NONE, _part_of_date(1)),
    "origdate": (_NONE, _date("original-date")),
    "origyear": (_NONE, _year("original-date")),
    "pageprefix": (_NONE, _page_prefix),
    "shorttitle": (_NM, _short_title),
    "shorttitleini": (_N, _initials),
    "shortyear": (_NONE, _year("issued", short=True)),
    "title": (_NONE, _title),
    "veryshorttitle": (_NM, lambda asked: _short_title(asked, 1)),
    "year": (_NONE, _year("issued")),
}
"""Name of each marker in small letters → its parameters, and what it takes from a work."""
