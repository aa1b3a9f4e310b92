"""A CSL item made ready for comparison: each field read once, in its canonical form.

Comparing 20,000 items meets each of them many times; a `Record` keeps what the comparison asks for. A field that
could not be understood is absent: it then speaks neither for nor against.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from sys import intern
from typing import Any

from citekit.lexicon import alternation, concept
from citekit.matching.identifiers import canonical_doi, canonical_isbns, canonical_url, doi_of_url
from citekit.matching.names import Name, parse_people
from citekit.matching.numerals import number_value, roman_value
from citekit.matching.text import fold, folded_words, joined, tokens
from citekit.matching.titles import Title, parse_title, says_kind_alone
from citekit.model import Item

__all__ = ["Extent", "Record", "read_record", "record_of", "said_by"]

_YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_PAGES = re.compile(r"([0-9]+|[ivxlcdm]+)(?:\s*[-–—‑/]+\s*([0-9]+|[ivxlcdm]+))?", re.IGNORECASE)
_NUMBERED_WORD = re.compile(r"[^\W\d_] [0-9]{1,2}\W*$")
_VOLUME = re.compile(r"[^\w]*(?:[^\W\d_]{1,10}\.?\s+)?([0-9]{1,4}|[IVXLCivxlc]{1,8})\b")

_PART_TYPES = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "chapter", "entry", "entry-dictionary",
    "entry-encyclopedia", "paper-conference", "post-weblog", "review", "review-book",
})  # fmt: skip
_SITE_TYPES = frozenset(
    {"webpage", "post", "report", "book", "thesis", "motion_picture", "broadcast", "map", "graphic"}
)
"""Types whose container (a site, a set, a programme) does not make them a part of a book or journal."""
_WHOLE_TYPES = frozenset({"book", "thesis", "periodical", "collection", "classic"})
DATED_TYPES = frozenset({
    "article-newspaper", "broadcast", "hearing", "interview", "legal_case", "manuscript", "personal_communication",
    "speech",
})  # fmt: skip
"""Types of which one person or paper makes many with one title: only the day tells them apart."""
_IMPRINT = ("publisher", "publisher-place", "ISBN", "edition", "issued", "number-of-pages")


class Extent(StrEnum):
    """Whether a record is a part of a larger work, a work of its own, or does not tell."""

    PART = "part"
    WHOLE = "whole"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Record:
    """One item, read for comparison; fields that are missing or not understood are None or empty."""

    type: str
    extent: Extent
    title: Title | None
    original_title: Title | None
    generic: bool
    review: bool
    correction: bool
    authors: tuple[Name, ...]
    authors_cut: bool
    editors: tuple[Name, ...]
    editors_cut: bool
    translators: tuple[Name, ...]
    date: tuple[int, ...]
    container: str
    publisher: str
    volume: str | None
    volume_titled: bool
    issue: str | None
    part: str | None
    pages: tuple[int, int] | None
    edition: str | None
    language: str
    doi: str
    isbns: frozenset[str]
    url: str
    number: str
    shelfmark: str
    archive: str

    @property
    def year(self) -> int | None:
        """The year of the imprint."""
        return self.date[0] if self.date else None

    @property
    def contributors(self) -> tuple[Name, ...]:
        """The authors, or the editors of a work without author."""
        return self.authors or self.editors

    @property
    def contributors_cut(self) -> bool:
        """Whether the list of contributors ends in "et al."."""
        return self.authors_cut if self.authors else self.editors_cut


def read_record(item: Item) -> Record:
    """Read an item for comparison."""
    title = _text(item, "title") or _addressee(item)
    original = _text(item, "original-title")
    parsed = parse_title(title) if title else None
    authors, authors_cut = parse_people(_names(item, "author"))
    editors, editors_cut = parse_people(_names(item, "editor") or _names(item, "container-author"))
    translators, _ = parse_people(_names(item, "translator"))
    container = _text(item, "container-title")
    type_ = _text(item, "type")
    extent = _extent(item, type_, container)
    in_container = parse_title(container) if container else None
    url = _text(item, "URL")
    return Record(
        type=type_,
        extent=extent,
        title=parsed if parsed and parsed.words else None,
        original_title=parse_title(original) if original else None,
        generic=parsed is not None and says_kind_alone(parsed),
        review=type_ in {"review", "review-book"} or "reviewed-title" in item or _opens_with("review", title),
        correction=_opens_with("correction", title),
        authors=authors,
        authors_cut=authors_cut,
        editors=editors,
        editors_cut=editors_cut,
        translators=translators,
        date=_date(item),
        container=intern(in_container.text) if in_container else "",
        publisher=_publisher(_text(item, "publisher")),
        volume=_volume(item, parsed, in_container, extent),
        volume_titled=bool(_text(item, "volume-title")),
        issue=number_value(_text(item, "issue")) or None,
        part=number_value(_text(item, "part-number")) or _part(parsed, title, extent),
        pages=_pages(_text(item, "page")),
        edition=_edition(_text(item, "edition")),
        language=_text(item, "language").lower().replace("_", "-").partition("-")[0],
        doi=canonical_doi(_text(item, "DOI")) or (doi_of_url(url) if url else ""),
        isbns=canonical_isbns(_text(item, "ISBN")),
        url=canonical_url(url) if url else "",
        number=joined(_text(item, "number")),
        shelfmark=" ".join(tokens(_text(item, "archive_location") or _text(item, "call-number"))),
        archive=" ".join(tokens(_text(item, "archive"))),
    )


_KEPT = 4_096  # records, of two kilobytes
_records: dict[str, Record] = {}


def record_of(item: Item, said: str) -> Record:
    """`read_record`, once for all items that say the same: a store reads those near a work with each document again.

    Args:
        item: the item.
        said: all that it says; what is not in it may not be read.
    """
    record = _records.get(said)
    if record is None:
        if len(_records) >= _KEPT:
            _records.clear()
        record = _records[said] = read_record(item)
    return record


_ORDERED = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str)


def said_by(item: Mapping[str, Any]) -> str:
    """An item as a text that depends on what it says alone."""
    return _ORDERED.encode(item)


@lru_cache(maxsize=8192)
def _publisher(text: str) -> str:
    return " ".join(tokens(text))


def _text(item: Mapping[str, Any], field: str) -> str:
    """A field's words; numbers are printed, other values are not text."""
    value = item.get(field)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _names(item: Item, role: str) -> Sequence[Mapping[str, Any]]:
    value = item.get(role)
    return value if isinstance(value, list | tuple) else ()


def _extent(item: Item, type_: str, container: str) -> Extent:
    """A part has a container or is of a type that always has one; a whole has an imprint and no container.

    A report or thesis (CSL `genre`) without container is a whole too: an article printed from it is another work.
    """
    if container and type_ not in _SITE_TYPES:
        return Extent.PART
    if type_ in _PART_TYPES:
        return Extent.PART
    imprint = any(item.get(field) for field in _IMPRINT)
    if type_ in _WHOLE_TYPES and imprint and not container:
        return Extent.WHOLE
    if type_ in {"", "document"} and not container and "page" not in item:
        return Extent.WHOLE if any(item.get(field) for field in ("genre", "ISBN", "edition")) else Extent.UNKNOWN
    return Extent.UNKNOWN


def _date(item: Item) -> tuple[int, ...]:
    """The date of issue, as precise as it is known: (year,), (year, month) or all three; of a range its start."""
    issued = item.get("issued")
    if isinstance(issued, Mapping):
        parts = issued.get("date-parts")
        if isinstance(parts, list | tuple) and parts and isinstance(parts[0], list | tuple):
            numbers = [_integer(part) for part in parts[0]]
            known = numbers[: numbers.index(None)] if None in numbers else numbers
            if known:
                return tuple(number for number in known if number is not None)
        printed = str(issued.get("raw") or issued.get("literal") or "")
    else:
        printed = str(issued) if issued else ""
    custom = item.get("custom")
    edtf = str(custom.get("edtf") or "") if isinstance(custom, Mapping) else ""
    for text in (edtf, printed):
        match = _EDTF.match(text)
        if match:
            return tuple(int(group) for group in match.groups() if group)
        year = _YEAR.search(text)
        if year:
            return (int(year[0]),)
    return ()


def _integer(value: object) -> int | None:
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _addressee(item: Item) -> str:
    """Whom a letter is to, which stands for its title where it has none (Chicago 14.111)."""
    people = _names(item, "recipient") if _text(item, "type") == "personal_communication" else ()
    return " ".join(str(person.get(part, "")) for person in people for part in ("given", "family", "literal")).strip()


def _volume(item: Item, title: Title | None, container: Title | None, extent: Extent) -> str | None:
    """The volume that is stated: as a field, in the title, or for a part in its container's title."""
    field = _text(item, "volume")
    if field:
        match = _VOLUME.match(field)
        return number_value(field) or (number_value(match[1]) if match else None)
    if extent is Extent.PART:
        return container.volume if container else None
    return title.volume if title else None


def _part(title: Title | None, printed: str, extent: Extent) -> str | None:
    """The part that the title states; the number behind an article's title is that of an instalment.

    Not so a number that nothing sets apart: it belongs to the word before it ("Apollo 13").
    """
    if title is None:
        return None
    instalment = extent is Extent.PART and not _NUMBERED_WORD.search(printed)
    return title.part or (title.volume if instalment else None)


def _pages(text: str) -> tuple[int, int] | None:
    """First and last page of the first range; "209-10" is 209 to 210 (Chicago Manual of Style 9.63)."""
    match = _PAGES.search(text) if text else None
    if match is None:
        return None
    first = _page(match[1])
    last = _page(match[2]) if match[2] else first
    if first is None or last is None:
        return None
    if last < first and match[2].isdigit() and len(match[2]) < len(match[1]):
        last = int(match[1][: len(match[1]) - len(match[2])] + match[2])
    return first, last


def _page(text: str) -> int | None:
    return int(text) if text.isdigit() else roman_value(text)


def _edition(text: str) -> str | None:
    """An edition by number ("2nd enlarged ed." is "2"), else by its folded words; the first edition is "1"."""
    if not text:
        return None
    match = re.search(r"[0-9]{1,3}", text)
    if match:
        return str(int(match[0]))
    for word in re.findall(r"[^\W\d_]+", text):
        value = number_value(word) if len(word) > 1 else None
        if value is None and len(word) > 4:
            value = next((found for end in (1, 2) if (found := number_value(word[:-end]))), None)  # German endings
        if value is not None:
            return value
    nouns = folded_words("edition-noun")
    return " ".join(word for word in tokens(text) if word not in nouns) or None


@cache
def _opening(name: str) -> re.Pattern[str]:
    words = (fold(word) for listed in concept("matching", name).values() for word in listed)
    return re.compile(rf"[^\w]*{alternation(words)}(?!\w)\W*\w")


def _opens_with(name: str, title: str) -> bool:
    """Whether a title opens with one of these words and goes on to say of what."""
    return bool(title) and _opening(name).match(fold(title)) is not None
