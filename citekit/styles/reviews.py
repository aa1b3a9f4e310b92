"""Reviews whose title says that they are one: "Review of X" and its like.

A style that knows reviews takes the title for that of the reviewed work where no `reviewed-title` is there, and puts
"Review of" before it (CSL 1.0.2, appendix III; Chicago 14.202). Zotero and BibLaTeX have the whole as the title.
"""

from __future__ import annotations

import re

from citekit.model import Item
from citekit.styles.vocabulary import Vocabulary

__all__ = ["with_reviewed_work"]

_REVIEW = re.compile(
    r"(?:book[ -])?reviews?(?: essay)?(?: of|:)\s+|(?:rezension|besprechung)(?: von| zu|:)\s+|rez\.(?: von| zu|:)?\s+"
    r"|(?:compte[ -]rendu|recension|c\. ?r\.)(?: de| du|:)\s+|recensione(?: di| a|:)\s+|rec\.(?: di| a|:)?\s+"
    r"|rese[ñn]a(?: de|:)\s+|rec\.(?: de|:)?\s+|resenha(?: de|:)\s+|recensie(?: van|:)\s+",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"<i>([^<>]+)</i>(.*)", re.DOTALL)


def with_reviewed_work(item: Item, known: Vocabulary) -> Item:
    """The item with the reviewed work alone as its title, if the style says by itself that it is reviewed.

    In a style that knows no reviews it is an article with the title that it has.
    """
    if item.get("type") not in ("review", "review-book"):
        return item
    if "reviewed-title" not in known.printed(item["type"]):
        return {**item, "type": "article-journal"} if item.get("container-title") else item
    title = item.get("title")
    if item.get("reviewed-title") or not isinstance(title, str):
        return item
    said = _REVIEW.match(title)
    if said is None:
        return item
    reviewed = title[said.end() :]
    marked = _WHOLE.fullmatch(reviewed)
    if marked:  # the style prints it in italics, and markup within them stands upright
        reviewed = marked[1] + (f"<i>{marked[2]}</i>" if marked[2].strip() else "")
    return {**item, "title": reviewed}
