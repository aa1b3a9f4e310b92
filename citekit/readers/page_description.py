"""What a page's metadata says of the page itself: author, title, date, where it came out.

Google Scholar's `citation_*` names (Inclusion Guidelines for Webmasters), Dublin Core (DCMI, "Expressing Dublin Core in
HTML"); the first is the more exact, so it goes before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citekit.readers.csl_entries import clean_item

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["page_description"]

_MOST = 500  # values: no work has more authors and subjects
_LONGEST = 2000  # characters of a value
_WORDS = {
    "title": ("citation_title", "dc.title", "dcterms.title"),
    "container-title": ("citation_journal_title", "citation_inbook_title", "citation_conference_title"),
    "volume": ("citation_volume",),
    "issue": ("citation_issue",),
    "publisher": ("citation_publisher", "citation_dissertation_institution", "dc.publisher", "dcterms.publisher"),
    "DOI": ("citation_doi",),
    "ISSN": ("citation_issn",),
    "ISBN": ("citation_isbn",),
    "language": ("citation_language", "dc.language", "dcterms.language"),
    "URL": ("citation_public_url", "citation_fulltext_html_url"),
}
_PEOPLE = {
    "author": ("citation_author", "citation_authors", "dc.creator", "dcterms.creator"),
    "editor": ("citation_editor",),
}
_DATES = (
    *("citation_publication_date", "citation_date", "citation_cover_date", "citation_year", "citation_online_date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date"),
)
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def page_description(tree: _Element) -> dict[str, Any]:
    """The CSL item of a page; empty where its metadata gives no title."""
    said: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        value = " ".join((element.get("content") or "")[:_LONGEST].split())
        if value and len(said.setdefault(name, [])) < _MOST:
            said[name].append(value)
    item: dict[str, Any] = {field: _first(said, names) for field, names in _WORDS.items()}
    if not item["title"]:
        return {}
    for role, names in _PEOPLE.items():
        listed = next((said[name] for name in names if said.get(name)), [])
        item[role] = [_person(name) for whole in listed for name in whole.split(";") if name.strip()]
    first, last = _first(said, ("citation_firstpage",)), _first(said, ("citation_lastpage",))
    item["page"] = "-".join(dict.fromkeys(filter(None, (first, last))))
    day = _DAY.match(_first(said, _DATES))
    item["issued"] = {"date-parts": [[part for part in day.groups() if part]]} if day else None
    if not item["DOI"]:
        found = [_DOI.fullmatch(value) for value in said.get("dc.identifier", [])]
        item["DOI"] = next((one[1] for one in found if one), "")
    if item["container-title"]:
        item["type"] = "article-journal" if said.get("citation_journal_title") else "chapter"
    elif said.get("citation_dissertation_institution"):
        item["type"] = "thesis"
    return clean_item(item)


def _first(said: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((said[name][0] for name in names if said.get(name)), "")


def _person(name: str) -> dict[str, str]:
    """A name in order ("Lee, Anna") is cut; what has no comma may be an institution and stays whole."""
    family, comma, given = name.strip().partition(",")
    if comma and given.strip() and "," not in given:
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": name.strip()}
