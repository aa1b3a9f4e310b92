"""CSL's citation objects, as Zotero, Mendeley and others leave them in a document → entries.

The object: CSL's schema csl-citation.json (citationItems with id, itemData, locator, label, prefix, suffix). What is no
CSL is left out, so that an entry holds only what the schema of CSL-JSON admits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from citekit.model import Keeper, KeyedCitation, Locator, Span

__all__ = ["UNPLACED", "EntryError", "clean_item", "csl_entries"]

UNPLACED = Span(0, 0)  # an entry whose words have not been found yet
_LONGEST = 5_000_000  # characters: a field with a hundred works and their abstracts has half a million
_DATES = frozenset(("issued", "accessed", "original-date", "event-date", "submitted", "available-date"))
_UNWANTED = frozenset(("id", "abstract", "citation-label", "system_id", "event"))
_DASHES = re.compile(r"\s?[-‐‑‒–—−]+\s?")
_JOIN = re.compile(r"\s?[,;&]\s?")
_TYPES = frozenset(
    (
        *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast"),
        *("chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary"),
        *("entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation"),
        *("manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent"),
        *("performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report"),
        *("review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
    )
)
_LOCATORS = frozenset(
    (
        *("act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation", "equation"),
        *("figure", "folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule", "scene"),
        *("section", "sub-verbo", "supplement", "table", "timestamp", "title-locator", "verse", "version", "volume"),
    )
)


class EntryError(ValueError):
    """An entry that is damaged or states no work; `str()` says what is wrong with it."""


def csl_entries(words: str, keeper: Keeper) -> tuple[KeyedCitation, ...]:
    """The entries of a citation object, in its order, without places.

    Args:
        words: the object as JSON; what follows it is passed over.
        keeper: what wrote it.

    Raises:
        EntryError: it is no such object, or one of its works is not stated.
    """
    start = words.find("{")
    if start < 0 or len(words) > _LONGEST:
        raise EntryError("no citation object")
    try:
        found, _ = json.JSONDecoder().raw_decode(words, start)
    except (ValueError, RecursionError) as exc:
        raise EntryError("damaged JSON") from exc
    listed = found.get("citationItems") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not listed:
        raise EntryError("no citation items")
    return tuple(_entry(one, keeper) for one in listed)


def _entry(cited: Any, keeper: Keeper) -> KeyedCitation:
    if not isinstance(cited, dict):
        raise EntryError("a citation item that is none")
    stated = cited.get("itemData")
    item = clean_item(stated) if isinstance(stated, dict) else {}
    if not item.get("title") and not item.get("author") and not item.get("editor"):
        raise EntryError("a work without title and author")
    uris = cited.get("uris") or cited.get("uri") or ()
    uri = next((uri for uri in uris if isinstance(uri, str)), None) if isinstance(uris, list) else None
    key = uri or _text(cited.get("id")) or _text((stated or {}).get("id"))
    return KeyedCitation(
        UNPLACED,
        keeper,
        key or None,
        item,
        locator=_locator(cited),
        prefix=_text(cited.get("prefix")),
        suffix=_text(cited.get("suffix")),
    )


def _locator(cited: Mapping[str, Any]) -> Locator | None:
    value = _JOIN.sub("; ", _DASHES.sub("-", _text(cited.get("locator")))).strip(" ;")
    label = _text(cited.get("label")) or "page"
    return Locator(label if label in _LOCATORS else "page", value) if value else None


def clean_item(stated: Mapping[str, Any]) -> dict[str, Any]:
    """What of an item is CSL-JSON (csl-data.json 1.0.2): words, numbers, names and dates that are whole."""
    item: dict[str, Any] = {}
    for name, value in stated.items():
        if name in _UNWANTED or not isinstance(name, str):
            continue
        clean = _field(name, value)
        if clean not in (None, "", [], {}):
            item[name] = clean
    return item


def _field(name: str, value: Any) -> Any:
    if name == "type":
        return value if value in _TYPES else None
    if name in _DATES:
        return _date(value)
    if name == "custom":
        custom = value if isinstance(value, dict) else {}
        return {key: words for key, text in custom.items() if isinstance(key, str) and (words := _text(text))}
    if isinstance(value, list):
        return [person for one in value if isinstance(one, dict) and (person := dict(_person(one)))]
    return _text(value)


def _person(stated: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    names = ("family", "given", "literal", "dropping-particle", "non-dropping-particle", "suffix")
    found = [(name, words) for name in names if (words := _text(stated.get(name)))]
    if any(name in ("family", "given", "literal") for name, _ in found):
        yield from found


def _date(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        words = _text(value)
        return {"raw": words} if words else None
    parts = value.get("date-parts")
    days = [_day(day) for day in parts[:2]] if isinstance(parts, list) else []
    found: dict[str, Any] = {name: words for name in ("literal", "raw", "season") if (words := _text(value.get(name)))}
    if days and all(days):
        found["date-parts"] = days
    if value.get("circa"):
        found["circa"] = True
    return found if {"date-parts", "literal", "raw"} & set(found) else None


def _day(parts: Any) -> list[int]:
    """Year, month, day as numbers, as far as they can be ones; empty where there is no year."""
    found: list[int] = []
    for part, most in zip(parts if isinstance(parts, list) else [], (9999, 12, 31), strict=False):
        words = _text(part).removeprefix("-")
        if not words.isascii() or not words.isdigit() or len(words) > 4:
            break
        number = int(words)
        if number > most or (found and not number):
            break
        found.append(-number if _text(part).startswith("-") and not found else number)
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return " ".join(str(value).split())
