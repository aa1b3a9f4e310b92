"""The items of a store as they go into a bibliography. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from citekit.model import Item
from citekit.store import leading, reading

__all__ = ["chosen", "with_keys", "with_present_keys"]

# Fields of a user's own file that name other entries (BibLaTeX manual 2.2.3, 2.4.1), and what says more about them.
_LINKS = {"crossref": (), "xref": (), "related": ("relatedtype", "relatedstring", "relatedoptions")}


def with_present_keys(connection: Connection, items: Sequence[Item]) -> list[Item]:
    """The items with the keys that entries have today where a file named them; without what is no entry any more."""
    return [_with_fields(item, _present(connection, item)) for item in items]


def _present(connection: Connection, item: Item) -> dict[str, Any] | None:
    fields = _own_fields(item)
    if fields.keys().isdisjoint(_LINKS):
        return None
    result = dict(fields)
    for link, companions in _LINKS.items():
        if link not in fields:
            continue
        keys = _keys(connection, str(fields[link]), str(item.get("id")))
        if keys:
            result[link] = ",".join(keys)
        else:
            for name in (link, *companions):
                result.pop(name, None)
    return result


def _keys(connection: Connection, named: str, own: str) -> list[str]:
    works = [leading.find_work(connection, key.strip()) for key in named.split(",")]
    keys = [reading.key_of(connection, work)[1] for work in works if work is not None]
    return [key for key in dict.fromkeys(keys) if key != own]


def _with_fields(item: Item, fields: dict[str, Any] | None) -> Item:
    if fields is None:
        return item
    custom = {name: value for name, value in item["custom"].items() if name != "fields"}
    if fields:
        custom["fields"] = fields
    result = {name: value for name, value in item.items() if name != "custom"}
    return {**result, "custom": custom} if custom else result


def chosen(items: Sequence[Item], only: Collection[str]) -> list[Item]:
    """The items of some keys, and those that their entries refer to, without which they would not be whole."""
    by_key = {str(item.get("id")): item for item in items}
    wanted: set[str] = set()
    following = [key for key in only if key in by_key]
    while following:
        key = following.pop()
        if key not in wanted:
            wanted.add(key)
            following += [named for named in _named(by_key[key]) if named in by_key]
    return [item for key, item in by_key.items() if key in wanted]


def with_keys(items: Sequence[Item], new: Mapping[str, str]) -> list[Item]:
    """The items with other keys, in their own `id` and where another entry names them."""
    named = [(item, str(item.get("id"))) for item in items]
    return [{**_with_fields(item, _renamed(item, new)), "id": new.get(key, key)} for item, key in named]


def _named(item: Item) -> list[str]:
    return [key.strip() for link in _LINKS for key in str(_own_fields(item).get(link, "")).split(",") if key.strip()]


def _renamed(item: Item, new: Mapping[str, str]) -> dict[str, Any] | None:
    fields = _own_fields(item)
    if fields.keys().isdisjoint(_LINKS):
        return None
    result = dict(fields)
    for link in _LINKS:
        if link in fields:
            result[link] = ",".join(new.get(key.strip(), key.strip()) for key in str(fields[link]).split(","))
    return result


def _own_fields(item: Item) -> Mapping[str, Any]:
    """The fields of a user's own file that the item carries."""
    custom = item.get("custom")
    fields = custom.get("fields") if isinstance(custom, Mapping) else None
    return fields if isinstance(fields, Mapping) else {}
