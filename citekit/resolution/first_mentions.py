"""First mentions in few words: "Robertson, History of Scotland, vol. ii, p. 30", where nothing cites the work before.

Before 1900, and of well-known works to this day, author, title, volume and page are the whole citation. An editor takes
such words for a short form only where the work was cited before, or is listed; else they are its first mention.
"""

from __future__ import annotations

import re

from citekit.matching.titles import parse_title
from citekit.model import Citation, CueKind, Form, Item
from citekit.resolution import fields
from citekit.resolution.fitting import FITTING_TITLE, likeness
from citekit.resolution.ledger import Ledger

__all__ = ["is_first_mention"]

_SHORT_TITLE = 4  # words: a longer title has not been shortened (Chicago 17, 14.33)
_MISREAD = re.compile(r"[\[\]\\\d]")  # no name holds a bracket or a figure
_LEADS_BACK = (CueKind.CITED, CueKind.CONTAINER_CITED, CueKind.CROSS_REFERENCE, CueKind.SHORT_NAME, CueKind.TRANSLATION)


def is_first_mention(citation: Citation, item: Item, ledger: Ledger) -> bool:
    """Whether a citation that reads as a short form, and has no antecedent, is the work's first mention in full.

    It names author and title, says in no word that the work was cited before, and gives more than a short form does
    (Chicago 17, 14.30): the author's given name, the volume, or a title too long for one.

    Args:
        citation: the citation.
        item: what it says, with the people carried over to it.
        ledger: the works cited in full. One of the same family name and a title that resembles speaks against it:
            "P. Southern, Making" is short, whoever's it is.
    """
    title, authors = str(item.get("title") or ""), fields.people(item, "author")
    if citation.form is not Form.SHORT or citation.keyed is not None or not authors or not title[:1].isalpha():
        return False
    if _MISREAD.search(f"{authors[0].given} {authors[0].family}"):
        return False
    if title[0].islower() or any(citation.cue(kind) is not None for kind in _LEADS_BACK):
        return False
    if any(likeness(fields.titles(item), draft.titles) >= FITTING_TITLE for draft in ledger.of_authors(authors)):
        return False
    return bool(authors[0].given) or bool(item.get("volume")) or len(parse_title(title).words) > _SHORT_TITLE
