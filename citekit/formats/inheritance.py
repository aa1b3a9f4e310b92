"""What an entry of a .bib file takes from those that it names: `crossref`, `xdata` (BibLaTeX manual 2.4.1, 3.11.6).

BibLaTeX and BibTeX put it in while they run; a store keeps works one by one, and their keys can become others, so each
says itself what it is part of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from citekit.formats.types import csl_type
from citekit.model import Item

__all__ = ["is_template", "with_inherited"]

_PARTS = frozenset(
    {
        *("chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"),
        *("article-journal", "article-magazine", "article-newspaper", "review", "review-book"),
    }
)
_SAME = (
    "editor", "translator", "collection-editor", "collection-title", "collection-number", "volume",
    "number-of-volumes", "edition", "publisher", "publisher-place", "issued", "event-title", "event-place",
    "event-date", "ISBN", "ISSN", "language",
)  # fmt: skip
"""Variables that mean the same in the part and in the whole; an address or a page is the whole's alone."""


def with_inherited(items: Sequence[Item]) -> list[dict[str, Any]]:
    """The items of a file, each with what it inherits of others of the file, and in its own fields.

    A part that has got its container's title needs no `crossref` any more; where nothing says what is inherited
    (no such entry, a volume in a set) the field stays.
    """
    by_key: dict[str, Item] = {}
    for item in items:
        by_key.setdefault(str(item.get("id")).lower(), item)
    return [_inherited(_filled(item, by_key, frozenset()), by_key, frozenset()) for item in items]


def is_template(item: Item) -> bool:
    """Whether an item is no work: an @xdata entry only has fields for others."""
    custom = item.get("custom")
    return isinstance(custom, Mapping) and custom.get("entry-type") == "xdata"


def _filled(item: Item, by_key: Mapping[str, Item], seen: frozenset[str]) -> dict[str, Any]:
    """The item with all that the @xdata entries say which it names, as far as it does not say it itself."""
    result = dict(item)
    own = str(item.get("id")).lower()
    listed = str(_fields(item).get("xdata") or "").split(",")
    named = [key.strip().lower() for key in listed if key.strip()]
    for key in named:
        if key not in by_key or key == own or key in seen:
            continue
        given = _filled(by_key[key], by_key, seen | {own})
        for name, value in given.items():
            if name == "custom":
                result["custom"] = _both(result.get("custom") or {}, value)
            elif name not in ("id", "type"):
                result.setdefault(name, value)
    return _without_field(result, "xdata") if named and all(key in by_key for key in named) else result


def _both(own: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """`custom` of an item, with what an @xdata entry has there: its fields, its LaTeX."""
    result = dict(own)
    for key, value in given.items():
        if key == "entry-type":
            continue
        if isinstance(value, Mapping) and isinstance(result.get(key, {}), Mapping):
            result[key] = {**value, **result.get(key, {})}
        else:
            result.setdefault(key, value)
    return result


def _inherited(item: Item, by_key: Mapping[str, Item], seen: frozenset[str]) -> dict[str, Any]:
    named = str(_fields(item).get("crossref") or "").strip().lower()
    own = str(item.get("id")).lower()
    if not named or named not in by_key or named == own or named in seen:
        return dict(item)
    whole = _inherited(by_key[named], by_key, seen | {own})
    result = dict(item)
    part = csl_type(item) in _PARTS
    taken = {name: whole.get(name) for name in _SAME}
    if part:
        taken |= {"container-title": whole.get("title"), "container-title-short": whole.get("title-short")}
        taken["container-author"] = whole.get("author")
    for name, value in taken.items():
        if value and not result.get(name):
            result[name] = value
    if result.get("issued") == whole.get("issued") and not item.get("issued"):
        _take_wording(result, whole)
    return _without_field(result, "crossref") if part and result.get("container-title") else result


def _take_wording(item: dict[str, Any], whole: Item) -> None:
    """A date has its exact wording in `custom` (`citekit.formats.dates`)."""
    stated = whole.get("custom")
    wording = stated.get("edtf") if isinstance(stated, Mapping) else None
    if wording:
        item["custom"] = {**(item.get("custom") or {}), "edtf": wording}


def _fields(item: Item) -> Mapping[str, Any]:
    custom = item.get("custom")
    fields = custom.get("fields") if isinstance(custom, Mapping) else None
    return fields if isinstance(fields, Mapping) else {}


def _without_field(item: dict[str, Any], gone: str) -> dict[str, Any]:
    fields = {name: text for name, text in _fields(item).items() if name != gone}
    custom = {name: value for name, value in item["custom"].items() if name != "fields"}
    if fields:
        custom["fields"] = fields
    result = {name: value for name, value in item.items() if name != "custom"}
    return {**result, "custom": custom} if custom else result
