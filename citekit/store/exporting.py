"""The items of a store as they go into a bibliography. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from citekit.model import Item
from citekit.store import leading, reading

__all__ = ["with_present_keys"]

# Fields of a user's own file that name other entries (BibLaTeX manual 2.2.3, 2.4.1), and what says more about them.
_LINKS = {"crossref": (), "xref": (), "related": ("relatedtype", "relatedstring", "relatedoptions")}


def with_present_keys(connection: Connection, items: Sequence[Item], format: str) -> list[Item]:  # noqa: A002
    """The items with the keys that entries have today where a file named them; what is no entry any more is left out.

    BibTeX wants the entry that `crossref` names behind all that refer to it, which no export promises, and knows no
    other such field.
    """
    return [_with_fields(item, _present(connection, item, format)) for item in items]


def _present(connection: Connection, item: Item, format: str) -> dict[str, Any] | None:  # noqa: A002
    custom = item.get("custom")
    fields = custom.get("fields") if isinstance(custom, Mapping) else None
    if not isinstance(fields, Mapping) or fields.keys().isdisjoint(_LINKS):
        return None
    result = dict(fields)
    for link, companions in _LINKS.items():
        if link not in fields:
            continue
        keys = [] if format == "bibtex" else _keys(connection, str(fields[link]), str(item.get("id")))
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
