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
# "Review of X, by Y" is no article's own title, whatever the item's type (Chicago 14.202).
_BY = re.compile(r"(?:book )?review of (?=.+, by )", re.IGNORECASE)
_ARTICLES = ("article-journal", "article-magazine", "article-newspaper")
_WHOLE = re.compile(r"<i>([^<>]+)</i>(.*)", re.DOTALL)


def with_reviewed_work(item: Item, known: Vocabulary) -> Item:
    """The item with the reviewed work alone as its title, if the style says by itself that it is reviewed.

    In a style that knows no reviews it is an article with the title that it has.
    """
    kind, title = item.get("type"), item.get("title")
    # Of a review a style for the text prints the year (APA 7, 10.7), of what a newspaper has the day.
    articles = _ARTICLES if known.of_notes else _ARTICLES[:1]
    if kind in articles and isinstance(title, str) and _BY.match(title) and not item.get("reviewed-title"):
        kind = "review"
    elif kind not in ("review", "review-book"):
        return item
    if "reviewed-title" not in known.printed(kind):
        return {**item, "type": "article-journal"} if kind == item["type"] and item.get("container-title") else item
    if item.get("reviewed-title") or not isinstance(title, str):
        return item
    said = _REVIEW.match(title)
    if said is None:
        return item
    return {**item, "type": kind, "title": _upright_author(title[said.end() :])}


def _upright_author(reviewed: str) -> str:
    """The reviewed work, which the style prints in italics, with its author in markup, which stands upright there."""
    marked = _WHOLE.fullmatch(reviewed)
    if marked:
        return marked[1] + (f"<i>{marked[2]}</i>" if marked[2].strip() else "")
    title, by, author = reviewed.rpartition(", by ")
    return f"{title}<i>{by}{author}</i>" if title and "<" not in reviewed else reviewed
