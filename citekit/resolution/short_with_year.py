""" "Weber, Wirtschaft (1922), S. 41": a short title with its year, which looks like a citation in full.

Author, title and year are all that some works are cited by; but a family name alone, words out of a longer title, and
the year of that work, which was cited with its imprint before or is listed, are its short form (Chicago 17, 14.30).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citekit.model import Citation, Form, Item
from citekit.resolution import fields
from citekit.resolution.fitting import features, fitting
from citekit.resolution.ledger import Draft, Ledger
from citekit.resolution.sequence import Reading

__all__ = ["with_short_forms"]

_IMPRINT = (
    *("publisher", "publisher-place", "container-title", "collection-title", "edition", "number-of-pages"),
    *("URL", "DOI", "ISBN", "archive", "archive_location", "genre", "editor", "translator"),
)


def with_short_forms(reading: Reading, citations: Sequence[Citation], items: Sequence[Item]) -> list[Citation]:
    """The citations, those that only shorten a work cited before with its year as short forms.

    Args:
        reading: the order in which the citations are read.
        citations: the citations of a document.
        items: what each says, with what was carried over to it.
    """
    found = list(citations)
    places = {place.citation: (place.stream == "references", number) for number, place in enumerate(reading.places)}
    bare = [index for index, citation in enumerate(citations) if _may_shorten(citation)]
    if not bare:
        return found
    ledger = Ledger()
    for index, citation in enumerate(citations):
        if citation.form is Form.FULL and any(items[index].get(name) for name in _IMPRINT):
            ledger.open([items[index]], [index])
    for index in bare:
        for draft in map(ledger.drafts.__getitem__, fitting(features(items[index]), ledger).best):
            listed, number = places[draft.full[0]]
            if (listed or number < places[index][1]) and _shortens(items[index], draft):
                found[index] = replace(citations[index], form=Form.SHORT)
    return found


def _may_shorten(citation: Citation) -> bool:
    """Whether a citation states family names, a title and a year, and no imprint."""
    item = citation.item
    return (
        citation.form is Form.FULL
        and citation.keyed is None
        and not citation.cues
        and bool(item.get("title") and item.get("issued") and item.get("author"))
        and all(person.get("family") and not person.get("given") for person in item["author"])
        and not any(item.get(name) for name in _IMPRINT)
    )


def _shortens(item: Item, draft: Draft) -> bool:
    """Whether the title is shorter than the work's, and the year its year."""
    year, _ = fields.year(item)
    shorter = all(len(short.words) < len(full.words) for short in fields.titles(item) for full in draft.titles)
    return shorter and any(year == printed for printed, _ in draft.years)
