"""A part of a book that is named behind it: "…, Beck, München 1990, Kap. 3: Die Lüneburger Saline, S. 77–146".

Its title, the book as its container, and its pages as its extent (Chicago 17, 14.106 cites a chapter of an author's own
book so). A chapter without a title is a locator, and a single page cites the book.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from citekit.citations.line import TaggedField
from citekit.citations.locators import locator_value
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["with_titled_part"]

_IMPRINT = frozenset({"issued", "publisher", "publisher-place", "edition"})
_PAGES = frozenset({"page", "locator"})
_RANGE = re.compile(r"[\divxlc]+-[\divxlc]+", re.IGNORECASE)
_PLACE_BEFORE = 4  # characters of a bracket, a comma and a blank between the imprint and the part


def with_titled_part(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, the title of a part behind the imprint as the title, and the book's as that of its container."""
    found = _part().search(text)
    if found is None:
        return fields
    titles = [one for one in fields if one.name in ("title", "container-title") and one.end <= found.start()]
    behind = [one for one in fields if one.start >= found.end("title")]
    closed = any(one.name in _IMPRINT and 0 <= found.start() - one.end <= _PLACE_BEFORE for one in fields)
    if [one.name for one in titles] != ["title"] or not closed or not behind or behind[0].name not in _PAGES:
        return fields
    if not _RANGE.fullmatch(locator_value(text[behind[0].start : behind[0].end])):
        return fields
    before = (
        replace(one, name="container-title") if one is titles[0] else one for one in fields if one.end <= found.start()
    )
    part = TaggedField("title", *found.span("title"), min(titles[0].sure, behind[0].sure))
    return (*before, part, replace(behind[0], name="page"), *behind[1:])


@cache
def _part() -> Sought:
    listed = (*words("locators", "chapter"), *words("volumes", "titled_part"))
    return sought(
        rf"(?<=[,;.)]\s)(?i:{alternation(listed)})\s?(?:\d{{1,3}}|[IVXLC]{{1,6}}|[A-Z])(?:\s?[:,]\s?|\.\s(?=[“„«\"]))"
        r"[“„«\"]?\s?(?P<title>[^\W\d_][^“”„«»\"]{3,200}?)\s?[,.]?[”“»\"]?,?\s(?=(?:pp?|S|s|pag|pagg|стр|с)\.\s?[\divxlc])",
        listed,
    )
