""" "Ibid., 5 May 1950", "Там же. Д. 6", "Ebd., Mappe 6": another issue, letter or file than the one cited just before.

What is cited is the letter, the issue, the file (Chicago 17 14.222, 14.224): the ibid. takes over the paper or the
archive, not the piece. A leaf or a page is only a place in the piece, and so is a day in a diary that is one work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from citekit.citations.cues import starts_with_ibid
from citekit.model import Citation, Item, Resolution, Severity
from citekit.resolution.archives import under_full_name
from citekit.resolution.ledger import Draft
from citekit.resolution.other_files import other_file
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State, remark

__all__ = ["other_item"]

OTHER_ITEM = 0.7
_PIECE = frozenset({"page", "DOI", "ISBN", "URL", "accessed", "issued", "number-of-pages", "locator", "note", "PMID"})
_ARTICLE = frozenset({"title", "author", "title-short", "volume", "issue"})
_OF_BOOK = ("editor", "publisher", "publisher-place", "archive", "archive_location")
_NEAR = 100  # works entered last, among which a piece without a title is looked for


def other_item(state: State, place: Place, decision: Decision) -> Decision:
    """The issue, letter or file that an ibid. states, where it is not the one cited just before."""
    citation = state.citations[place.citation]
    head = starts_with_ibid(citation.text)
    if head is None or len(decision.works) != 1 or decision.resolution is None:
        return decision
    draft = state.draft(decision.works[0])
    said = citation.text[head.end() :].lstrip(" .,:;，、*_")
    found, read_as_page = _other_day(state, draft, citation), False
    if found is None:
        held = next((item for item in draft.items if item.get("archive_location")), None)
        file = other_file(held, said) if held is not None else None
        if file is None:
            return decision
        if not file.location:
            return _doubtful(citation, decision)
        found = _entered(state, draft, {**_without(held or {}, _PIECE), "archive_location": file.location})
        read_as_page = citation.locator is not None and citation.locator.value == file.number
    resolution = Resolution(decision.resolution.antecedent, "ibid-other-item", OTHER_ITEM)
    return replace(decision, works=(found.number,), resolution=resolution, locator=None, own_locator=not read_as_page)


def _doubtful(citation: Citation, decision: Decision) -> Decision:
    """ "Ebd., 4568" after "Äußeres Archiv 4567": another file or a page of that one, which nothing tells."""
    resolution = decision.resolution
    before = (*resolution.alternatives, resolution.antecedent) if resolution else ()
    message = "may mean another file of the archive, or a place in the one before; repeat the shelfmark"
    said = remark(Severity.WARNING, "ibid-ambiguous", message, citation)
    alternatives = tuple(dict.fromkeys(filter(None, before)))
    return Decision((), Resolution(None, "ambiguous", 0.0, alternatives), None, (said,))


def _other_day(state: State, draft: Draft, citation: Citation) -> Draft | None:
    """Another issue of the paper, or another letter of the correspondence."""
    day = _day(citation.item)
    known = {stated for item in draft.items if (stated := _day(item))}
    if day is None or not known or day in known:
        return None
    item = _without(draft.items[0], _PIECE | (_ARTICLE if _is_article(draft.items[0]) else frozenset()))
    return _entered(state, draft, {**item, "issued": citation.item["issued"]})


def _is_article(item: Item) -> bool:
    """Whether the title is an article's in a paper: a letter stands in an edited book, or in an archive."""
    return bool(item.get("container-title")) and not any(item.get(field) for field in _OF_BOOK)


def _day(item: Item) -> str | None:
    """The day an item is of, as EDTF; None where only a year or a month is stated."""
    date = item.get("issued")
    parts: Any = date.get("date-parts") if isinstance(date, Mapping) else None
    if not parts or len(parts[0]) < 3:
        return None
    year, month, day = (int(part) for part in parts[0][:3])
    return f"{year:04}-{month:02}-{day:02}"


def _without(item: Item, fields: frozenset[str]) -> dict[str, Any]:
    custom = {name: value for name, value in (item.get("custom") or {}).items() if name != "edtf"}
    kept = {name: value for name, value in item.items() if name not in fields and name != "custom"}
    return {**kept, "custom": custom} if custom else kept


def _entered(state: State, draft: Draft, item: dict[str, Any]) -> Draft:
    """The work of this document that is the same piece, else a new one, never cited in full."""
    asked = draft.titles or draft.containers
    near = (*state.ledger.with_title(asked), *state.unseen.with_title(asked), *state.unseen.drafts[-_NEAR:])
    if location := item.get("archive_location"):
        near = (*state.ledger.of_file(str(location)), *near)
        item = dict(under_full_name(item, state.archives))
    for other in near:
        if other.number != draft.number and any(
            _same_piece(item, under_full_name(stated, state.archives)) for stated in other.items
        ):
            return other
    return state.unseen.open([item], incomplete=True)


_IDENTITY = ("title", "container-title", "archive", "archive_location", "author")


def _same_piece(one: Item, other: Item) -> bool:
    return _day(one) == _day(other) and all(one.get(name) == other.get(name) for name in _IDENTITY)
