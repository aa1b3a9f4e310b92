"""What a work's item says, as the search index and the relations ask for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from citekit.formats.types import NAMES, csl_type
from citekit.model import Item
from citekit.store.search_text import GAP, fold

__all__ = ["document_name", "facets", "item_words", "title_key", "years"]

_TITLES = ("title", "original-title", "title-short", "volume-title", "reviewed-title")
_PUBLISHED = (
    "container-title", "collection-title", "publisher", "publisher-place", "original-publisher", "event-title",
    "event-place", "genre", "archive", "archive_location", "archive-place", "number", "volume", "issue", "edition",
    "DOI", "ISBN", "ISSN", "PMID", "URL", "note",
)  # fmt: skip
_DATES = ("issued", "original-date")

PARTS_OF_BOOKS = frozenset({"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference", "entry"})
"""CSL types whose container is a book; an article's is a journal, which is no work of the store."""


def item_words(item: Item, keys: Collection[str]) -> dict[str, str]:
    """The words of a work for the columns of `search_works` that its item says."""
    custom = item.get("custom") if isinstance(item.get("custom"), Mapping) else {}
    titles = [item.get(name) for name in _TITLES] + [(custom or {}).get("translated-title")]
    names = [part for role in NAMES for part in _name_parts(item.get(role))]
    published = [item.get(name) for name in _PUBLISHED]
    dates = [str(year) for name in _DATES for year in years(item.get(name))]
    return {
        "title": _joined(_texts(titles)),
        "names": _joined(names),
        "published": _joined([*_texts(published), *dates]),
        "key": _joined(sorted(keys)),
    }


def _joined(texts: Collection[str]) -> str:
    return GAP.join(filter(None, map(fold, texts)))


def facets(item: Item) -> dict[str, Any]:
    """A work's row of `work_facets`, without its id."""
    when = years(item.get("issued"))
    kind = csl_type(item)
    container = item.get("container-title") if kind in PARTS_OF_BOOKS else None
    language = item.get("language")
    return {
        "type": kind,
        "language": language if isinstance(language, str) else None,
        "first_year": min(when, default=None),
        "last_year": max(when, default=None),
        "title_key": _title_key(item.get("title")),
        "container_key": _key(container),
    }


def years(date: object) -> list[int]:
    """The years of a CSL date, none where it states none in numbers."""
    if not isinstance(date, Mapping):
        return []
    parts = date.get("date-parts")
    stated = [part[0] for part in parts if isinstance(part, list) and part] if isinstance(parts, list) else []
    return [int(year) for year in stated if str(year).lstrip("-").isdecimal()]


def _title_key(title: object) -> str | None:
    """The key of a work's own title; "Nachdr. der Ausg. 1881" at its end is no part of it."""
    from citekit.store.relation_cues import without_reprint

    return _key((without_reprint(title) or title) if isinstance(title, str) else None)


def _key(title: object) -> str | None:
    return title_key(title) if isinstance(title, str) else None


@lru_cache(maxsize=4096)
def title_key(title: str) -> str | None:
    """Titles that say the same have the same key: words and numbers, folded and romanised, without leading article."""
    from citekit.matching.titles import parse_title

    return parse_title(title).joined or None


def document_name(source: str) -> str:
    """What a document is found by: the name of its file and of the folder that it lies in, or its address."""
    address = urlsplit(source)
    if address.scheme and address.netloc:
        return unquote(source)
    path = PurePath(unquote(address.path) if address.scheme == "file" else source)
    return f"{path.parent.name} | {path.name}"


def _name_parts(people: object) -> Iterator[str]:
    for name in people if isinstance(people, list) else ():
        if isinstance(name, Mapping):
            order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
            yield " ".join(_texts(name.get(part) for part in order))
        elif isinstance(name, str):
            yield name


def _texts(values: Any) -> list[str]:
    return [str(value) for value in values if isinstance(value, str | int | float) and not isinstance(value, bool)]
