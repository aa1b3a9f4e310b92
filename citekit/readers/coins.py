"""ContextObjects in Spans (COinS): the work that a page's markup states beside its words → a CSL-JSON item.

OpenURL 1.0 (NISO Z39.88-2004), the key/encoded-value formats for journals, books, dissertations and Dublin Core.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

__all__ = ["read_coins"]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPES = {
    "article": "article-journal",
    "proceeding": "paper-conference",
    "conference": "paper-conference",
    "preprint": "article",
    "bookitem": "chapter",
    "book": "book",
    "report": "report",
    "dissertation": "thesis",
}
_FIELDS = {
    "volume": "volume",
    "issue": "issue",
    "pub": "publisher",
    "place": "publisher-place",
    "isbn": "ISBN",
    "issn": "ISSN",
    "edition": "edition",
    "series": "collection-title",
    "pages": "page",
}


def read_coins(context: str) -> dict[str, Any]:
    """The item that a ContextObject states; empty where it has no title."""
    try:
        values = {
            key.removeprefix("rft."): [value.strip() for value in all_] for key, all_ in parse_qs(context).items()
        }
    except ValueError:
        return {}
    first = {key: listed[0] for key, listed in values.items() if listed[0]}
    part, whole = first.get("atitle"), first.get("jtitle") or first.get("btitle") or first.get("title")
    title = part or whole
    if not title:
        return {}
    item: dict[str, Any] = {"title": title}
    if part and whole:
        item["container-title"] = whole
    kind = _TYPES.get(first.get("genre", ""))
    if kind:
        item["type"] = kind
    for key, name in _FIELDS.items():
        if key in first:
            item[name] = first[key]
    if "page" not in item and "spage" in first:
        item["page"] = "-".join(filter(None, (first["spage"], first.get("epage"))))
    date = _DATE.fullmatch(first.get("date", ""))
    if date:
        item["issued"] = {"date-parts": [[int(part) for part in date.groups() if part]]}
    people = _people(values)
    if people:
        item["author"] = people
    _identifiers(values.get("rft_id", []), item)
    return item


def _people(values: dict[str, list[str]]) -> list[dict[str, str]]:
    """The authors whose names are in order ("Mills, John"); another order does not tell which part is the family's."""
    names = [name.partition(", ") for name in values.get("au", [])]
    if values.get("aulast") and values.get("aufirst"):
        first = (values["aulast"][0], ", ", values["aufirst"][0])
        if first not in names:
            names.insert(0, first)
    if not all(given for _, _, given in names):
        return []
    return [{"family": family, "given": given} for family, _, given in names]


def _identifiers(addresses: list[str], item: dict[str, Any]) -> None:
    for address in addresses:
        if address.startswith("info:doi/"):
            item.setdefault("DOI", address.removeprefix("info:doi/"))
        elif address.startswith("info:pmid/"):
            item.setdefault("PMID", address.removeprefix("info:pmid/"))
        elif re.match(r"https?://(?:dx\.)?doi\.org/", address):
            item.setdefault("DOI", address.partition("doi.org/")[2])
        elif address.startswith(("http://", "https://")):
            item.setdefault("URL", address)
