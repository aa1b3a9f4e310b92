"""From labelled words to what they say: a CSL-JSON item and the locator."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from citekit.citations.dates import csl_date, find_dates, years
from citekit.citations.identifiers import wayback_original
from citekit.citations.line import TaggedField
from citekit.citations.locators import find_locators, locator_value
from citekit.citations.names import parse_name
from citekit.model import Locator

__all__ = ["build_item", "settle_pages"]

_NAMES = ("author", "editor", "translator", "contributor")
_TEXTS = (
    "title", "original-title", "container-title", "collection-title", "collection-number", "publisher",
    "publisher-place", "volume", "issue", "edition", "DOI", "ISBN", "ISSN", "PMID", "genre", "number", "note",
    "archive", "archive_location", "event-title",
)  # fmt: skip
_DATES = ("issued", "accessed", "original-date")
_PAIRED = {"“": "”", "‘": "’", "«": "»", "„": "“", "(": ")", "[": "]"}


def settle_pages(fields: Sequence[TaggedField], text: str, *, reference: bool = False) -> tuple[TaggedField, ...]:
    """A lone range behind an article or chapter is its extent (`page`); in a book it is the locator.

    In a reference list there is no locator at all but for books' single pages, which are kept as they are.
    """
    names = {found.name for found in fields}
    part = "container-title" in names or "issue" in names
    if "page" in names or not part:
        return tuple(fields)
    settled = []
    for found in fields:
        if found.name == "locator":
            value = locator_value(text[found.start : found.end])
            lone = re.fullmatch(r"[\dIVXLCivxlc]+-[\dIVXLCivxlc]+", value) and not re.search(
                r"\d\s?:\s?$", text[: found.start]
            )
            labelled = _label_of(text, found)
            if (lone or reference) and labelled == "page":
                settled.append(TaggedField("page", found.start, found.end))
                continue
        settled.append(found)
    return tuple(settled)


def build_item(
    fields: Sequence[TaggedField], text: str, language: str | None = None
) -> tuple[dict[str, Any], Locator | None]:
    """The CSL-JSON item of one citation and its locator.

    Names become `family` and `given`, dates `date-parts` (what they cannot say stays under `literal` or
    `custom.edtf`), an address in the Wayback Machine is led back to the original with `custom.archive-url`.
    """
    item: dict[str, Any] = {}
    custom: dict[str, str] = {}
    locators = []
    for found in fields:
        words = text[found.start : found.end]
        if found.name in _NAMES:
            item.setdefault(found.name, []).append(parse_name(words, language))
        elif found.name in _DATES:
            item.setdefault(found.name, _date(words, language))
        elif found.name == "archive-date":
            edtf = _edtf(words, language)
            if edtf:
                custom.setdefault("archive-date", edtf)
        elif found.name == "URL":
            _address(item, custom, words)
        elif found.name == "page":
            item.setdefault("page", locator_value(words))
        elif found.name == "translated-title":
            custom.setdefault("translated-title", _clean(words))
        elif found.name == "locator":
            locators.append(found)
        elif found.name in _TEXTS:
            item.setdefault(found.name, _clean(words))
    if custom:
        item["custom"] = custom
    return item, _locator(locators, text)


def _label_of(text: str, found: TaggedField) -> str:
    """The CSL term of a locator: that of the label before it; a bare number is a page."""
    for match in find_locators(text):
        if match.value_start <= found.start < match.end:
            return match.locator.label
    return "page"


def _locator(fields: Sequence[TaggedField], text: str) -> Locator | None:
    pages = [found for found in fields if _label_of(text, found) == "page"]
    chosen = pages or list(fields[:1])
    if not chosen:
        return None
    value = "; ".join(locator_value(text[found.start : found.end]) for found in chosen)
    return Locator(_label_of(text, chosen[0]), value)


def _clean(words: str) -> str:
    """A field's words: outer blanks and a quotation mark without its fellow left out, white space as one blank."""
    value = re.sub(r"\s+", " ", words).strip()
    for opening, closing in _PAIRED.items():
        if value.startswith(opening) and closing not in value:
            value = value[1:].strip()
        if value.endswith(closing) and opening not in value and closing != "’":
            value = value[:-1].strip()
    return value


def _edtf(words: str, language: str | None) -> str | None:
    found = (*find_dates(words, language), *years(words))
    return found[0].edtf if found else None


def _date(words: str, language: str | None) -> Mapping[str, Any]:
    edtf = _edtf(words, language)
    return csl_date(edtf) if edtf else {"literal": words}


def _address(item: dict[str, Any], custom: dict[str, str], words: str) -> None:
    archived = wayback_original(words)
    if archived:
        custom.setdefault("archive-url", words)
        custom.setdefault("archive-date", archived[1])
        item.setdefault("URL", archived[0])
    else:
        item.setdefault("URL", words)
