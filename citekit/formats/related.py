"""Relations between works, where a format knows them: BibLaTeX's `related` and `crossref` (manual 2.2.3, 2.4.1, 3.5).

BibTeX wants a cross-referenced entry behind those that refer to it and has no other relation; CSL has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from citekit.formats.keys import is_writable
from citekit.model import Item

__all__ = ["with_relations"]

# BibLaTeX has one type for all related entries of an entry: the first of these that an entry has.
_TYPES = {"translation-of": "translationof", "reprint-of": "reprintof", "review-of": "reviewof"}


def with_relations(
    items: Sequence[Item],
    relations: Iterable[tuple[str, str, str]],
    format: str,  # noqa: A002
) -> list[Item]:
    """The items with the fields that tell their relations, for a format that has such.

    A part refers to its book (`crossref`) where that is among the items and has what the part's entry cannot say
    itself; `edition-of` has no word in BibLaTeX.

    Args:
        items: CSL-JSON items; `id` is the citation key.
        relations: kind, key of the work, key of what it is of.
        format: a name of `citekit.formats.FORMATS`.
    """
    if format != "biblatex":
        return list(items)
    by_key = {str(item.get("id")): item for item in items}
    stated: dict[str, dict[str, list[str]]] = {}
    for kind, work, target in relations:
        if work in by_key and target in by_key and is_writable(target):
            stated.setdefault(work, {}).setdefault(kind, []).append(target)
    return [_with_fields(item, _fields(item, stated.get(str(item.get("id")), {}), by_key)) for item in items]


def _fields(item: Item, stated: Mapping[str, Sequence[str]], by_key: Mapping[str, Item]) -> dict[str, str]:
    fields: dict[str, str] = {}
    parts = stated.get("part-of", ())
    if len(parts) == 1 and _tells_more(by_key[parts[0]], item):
        fields["crossref"] = parts[0]
    kind = next((kind for kind in _TYPES if stated.get(kind)), None)
    if kind is not None:
        fields |= {"related": ",".join(sorted(set(stated[kind]))), "relatedtype": _TYPES[kind]}
    return fields


def _tells_more(book: Item, part: Item) -> bool:
    """Whether the book's entry gives what an entry inherits and the part's lacks."""
    inherited = ("editor", "publisher", "publisher-place", "issued", "ISBN", "volume", "edition", "collection-title")
    return any(book.get(name) and not part.get(name) for name in inherited)


def _with_fields(item: Item, fields: Mapping[str, str]) -> Item:
    if not fields:
        return item
    stated = item.get("custom")
    custom: Mapping[str, Any] = stated if isinstance(stated, Mapping) else {}
    known = custom.get("fields")
    own = dict(known) if isinstance(known, Mapping) else {}
    # What a user's own file said about an entry stands.
    return {**item, "custom": {**custom, "fields": {**fields, **own}}}
