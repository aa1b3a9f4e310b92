"""What an entry of a .bib file takes from the one that it refers to (`crossref`; BibLaTeX manual 2.4.1, appendix B).

BibLaTeX and BibTeX put it in while they run; a store keeps works one by one, and their keys can become others, so each
says itself what it is part of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from citekit.formats.types import csl_type
from citekit.model import Item

__all__ = ["with_inherited"]

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
    return [_inherited(item, by_key, frozenset()) for item in items]


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
    return _without_crossref(result) if part and result.get("container-title") else result


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


def _without_crossref(item: dict[str, Any]) -> dict[str, Any]:
    fields = {name: text for name, text in _fields(item).items() if name != "crossref"}
    custom = {name: value for name, value in item["custom"].items() if name != "fields"}
    if fields:
        custom["fields"] = fields
    result = {name: value for name, value in item.items() if name != "custom"}
    return {**result, "custom": custom} if custom else result
