""" "Ibid., 5 May 1950", "Там же. Д. 6", "Ebd., Mappe 6": another issue, letter or file than the one cited just before.

What is cited is the letter, the issue, the file (Chicago 17 14.222, 14.224): the ibid. takes over the paper or the
archive, not the piece. A leaf or a page is only a place in the piece, and so is a day in a diary that is one work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from citekit.citations.cues import starts_with_ibid
from citekit.lexicon import alternation, words
from citekit.model import Citation, Item, Resolution
from citekit.resolution.ledger import Draft
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State

__all__ = ["other_item"]

OTHER_ITEM = 0.7
_PIECE = frozenset({"page", "DOI", "ISBN", "URL", "accessed", "issued", "number-of-pages", "locator", "note", "PMID"})
_ARTICLE = frozenset({"title", "author", "title-short", "volume", "issue"})
_OF_BOOK = ("editor", "publisher", "publisher-place", "archive", "archive_location")
_NEAR = 100  # works entered last, among which a piece without a title is looked for
_LONGEST_UNIT = 80  # characters; a shelfmark's line is short, whatever else an ibid. may add
_SEPARATOR = re.compile(r"[,;]\s|\.\s(?=[^\W\d_])")
_NUMBERED_PIECES = frozenset({"nr", "item", "doc", "n"})  # "ebd., Nr. 7": a piece of the file, or the file


def other_item(state: State, place: Place, decision: Decision) -> Decision:
    """The issue, letter or file that an ibid. states, where it is not the one cited just before."""
    citation = state.citations[place.citation]
    head = starts_with_ibid(citation.text)
    if head is None or len(decision.works) != 1 or decision.resolution is None:
        return decision
    draft = state.draft(decision.works[0])
    said = citation.text[head.end() :].lstrip(" .,:;，、")
    found = _other_day(state, draft, citation) or _other_file(state, draft, said)
    if found is None:
        return decision
    resolution = Resolution(decision.resolution.antecedent, "ibid-other-item", OTHER_ITEM)
    return replace(decision, works=(found.number,), resolution=resolution, locator=None)


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


@cache
def _unit() -> re.Pattern[str]:
    """A unit of a shelfmark and its number: "box 6", "Д. 6", "R 43/1234"; leaves and pages are no units."""
    places = {word.casefold() for term in ("page", "folio") for word in words("locators", term)}
    listed = [word for word in words("archives", "unit") if word.casefold() not in places]
    named = rf"(?i:{alternation(word for word in listed if not word.isupper())})"
    return re.compile(
        rf"(?P<unit>{named}|{alternation(word for word in listed if word.isupper())}|[A-ZÄÖÜ]{{1,4}}(?=\s?\d))"
        r"\s?(?P<number>(?:[^\W\d_]{1,3}-)?\d[^\s,;]{0,20})"
    )


def _other_file(state: State, draft: Draft, said: str) -> Draft | None:
    """Another box, file or fonds of the archive, and what of the shelfmark stays."""
    held = next((item for item in draft.items if item.get("archive_location")), None)
    if held is None:
        return None
    location = str(held["archive_location"])
    stated = [chunk for chunk in _SEPARATOR.split(said[:_LONGEST_UNIT]) if _unit().match(chunk)]
    if not stated:
        return None
    chunks = _SEPARATOR.split(location)
    between = ". " if ". " in location and ", " not in location else ", "
    units = [place for place, chunk in enumerate(chunks) if _unit().match(chunk)]
    first = next((place for place in units if _same_unit(chunks[place], stated[0])), None)
    if first is None:
        if not units or _stem(stated[0]) in _NUMBERED_PIECES:
            return None
        first = units[-1] + 1
    elif all(any(_same_place(chunk, chunks[place]) for place in units) for chunk in stated):
        return None
    kept = [*chunks[:first], *(chunk.rstrip(" .") for chunk in stated), *chunks[max([first - 1, *units]) + 1 :]]
    item = {**_without(held, _PIECE), "archive_location": between.join(kept)}
    return _entered(state, draft, item)


def _stem(chunk: str) -> str:
    found = _unit().match(chunk)
    return found["unit"].rstrip(".").casefold() if found else ""


def _same_unit(one: str, other: str) -> bool:
    """Whether two chunks name one kind of unit: "busta 5" and "b. 6"."""
    short, full = sorted((_stem(one), _stem(other)), key=len)
    return bool(short) and full.startswith(short)


def _same_place(one: str, other: str) -> bool:
    first, second = _unit().match(one), _unit().match(other)
    same = first is not None and second is not None and first["number"].rstrip(".") == second["number"].rstrip(".")
    return same and _same_unit(one, other)


def _without(item: Item, fields: frozenset[str]) -> dict[str, Any]:
    custom = {name: value for name, value in (item.get("custom") or {}).items() if name != "edtf"}
    kept = {name: value for name, value in item.items() if name not in fields and name != "custom"}
    return {**kept, "custom": custom} if custom else kept


def _entered(state: State, draft: Draft, item: dict[str, Any]) -> Draft:
    """The work of this document that is the same piece, else a new one, never cited in full."""
    asked = draft.titles or draft.containers
    near = (*state.ledger.with_title(asked), *state.unseen.with_title(asked), *state.unseen.drafts[-_NEAR:])
    for other in near:
        if other.number != draft.number and any(_same_piece(item, stated) for stated in other.items):
            return other
    return state.unseen.open([item], incomplete=True)


_IDENTITY = ("title", "container-title", "archive", "archive_location", "author")


def _same_piece(one: Item, other: Item) -> bool:
    return _day(one) == _day(other) and all(one.get(name) == other.get(name) for name in _IDENTITY)
