"""A title in brackets whose author the sentence names: "Bohstedt (*Riots*, 99) counts forty".

So a sentence cites what the document cites elsewhere (Chicago 17 13.65, 14.30); but a ship, a painting or a play is in
italics too. Such brackets cite only if the person before them wrote, as the document says elsewhere, a work that this
title is or shortens: "Nelson (*Victory*, 104) sailed" does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citekit.citations.people import read_people
from citekit.citations.topics import is_name
from citekit.model import Citation, CueKind, Document, Form, Item
from citekit.resolution.fitting import features, fitting
from citekit.resolution.ledger import Ledger

__all__ = ["with_named_authors", "without_asides"]

_LOOKED_AT = 90  # characters before the bracket
_BEFORE = re.compile(r"(?P<names>[^()\[\].;:,]{2,80})(?:['’]s)?\s\([*_]{0,2}$")
_MOST_WORDS = 8


def without_asides(document: Document, citations: Sequence[Citation]) -> Sequence[Citation]:
    """The citations, but for titles in brackets of which the document knows no work by who is named before them."""
    asides = {index for index, citation in enumerate(citations) if _named_before(document, citation)}
    if not asides:
        return citations
    known = Ledger()
    for index, citation in enumerate(citations):
        if index not in asides and citation.item.get("title"):
            known.open([citation.item], [index])
    return [
        citation
        for index, citation in enumerate(citations)
        if index not in asides or fitting(features(_with_author(document, citation)), known).scores
    ]


def with_named_authors(document: Document, citations: Sequence[Citation], items: Sequence[Item]) -> list[Item]:
    """The items, those of titles in brackets with the author whom the sentence names."""
    return [
        _with_author(document, citation) if _named_before(document, citation) else item
        for citation, item in zip(citations, items, strict=True)
    ]


def _with_author(document: Document, citation: Citation) -> Item:
    people = read_people(_named_before(document, citation), document.language)
    return {**citation.item, "author": [name for group in people.groups for name in group.names]}


def _named_before(document: Document, citation: Citation) -> str:
    """The names before the bracket that a citation opens, none of it but a title and its page; "" for others."""
    start = citation.parts[0].start
    if (
        document.text[start - 1 : start] not in ("(", "*", "_")
        or citation.form is not Form.SHORT
        or citation.note is None
    ):
        return ""
    if set(citation.item) - {"type", "custom"} != {"title"} or citation.keyed is not None:
        return ""
    if any(citation.cue(kind) is not None for kind in CueKind):
        return ""
    before = _BEFORE.search(" ".join(document.text[max(0, start - _LOOKED_AT) : start].split()))
    said = before["names"].split() if before else []
    candidates = (" ".join(said[-count:]) for count in range(min(len(said), _MOST_WORDS), 0, -1))
    return next((words for words in candidates if words[0].isupper() and is_name(words)), "")
