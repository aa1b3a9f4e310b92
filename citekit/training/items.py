"""The works of the bank as CSL-JSON, for styles to render."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from citekit.model import Item
from citekit.training import bank

__all__ = ["bank_items"]

_TYPES = {"article": "article-journal", "book": "book", "chapter": "chapter", "edited": "book", "thesis": "thesis"}
_PLAIN = {
    "container": "container-title", "series": "collection-title", "snum": "collection-number", "publisher": "publisher",
    "volume": "volume", "issue": "issue", "edition": "edition", "genre": "genre", "number": "number", "url": "URL",
    "original": "original-title",
}  # fmt: skip


def bank_items() -> list[Item]:
    """Each work of the bank as an item, in the bank's order."""
    return [_item(work) for work in bank.works()]


def _item(work: Mapping[str, Any]) -> Item:
    title = ": ".join(str(work[part]) for part in ("title", "subtitle") if work.get(part))
    item: dict[str, Any] = {"type": _TYPES.get(work["kind"], "book"), "title": title, "language": work["language"]}
    for role in ("author", "editor", "translator"):
        people = work.get(role, ())
        if people:
            item[role] = [_name(person) for person in ([people] if isinstance(people, str) else people)]
    item |= {variable: str(work[name]) for name, variable in _PLAIN.items() if work.get(name)}
    places = work.get("places", work.get("place"))
    if places:
        item["publisher-place"] = places if isinstance(places, str) else "; ".join(places)
    if str(work.get("year", "")).isdigit():
        item["issued"] = {"date-parts": [[int(work["year"])]]}
    if work.get("first"):
        item["page"] = f"{work['first']}-{work['last']}" if work.get("last") else str(work["first"])
    return item


def _name(printed: str) -> dict[str, str]:
    family, comma, given = printed.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": printed}
