"""What a CSL style knows: the variables that it can print and the types that it tells apart.

A style passes over what it does not know. So an item is given a type that the style has a rule for, and what it has no
variable for is printed in another place (`citekit.styles.prepared`, `citekit.styles.adapted`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citekit.model import Item

__all__ = ["Vocabulary", "kindred_type", "vocabulary"]

_VARIABLES = re.compile(rb"<(?:text|number|names|date)\b[^<>]*?\bvariable=\"([^\"]*)\"")
_TYPES = re.compile(rb"<(?:if|else-if)\b[^<>]*?\btype=\"([^\"]*)\"")

# What a type is most like, nearest first (CSL 1.0.2, appendix III, says what each is for).
_ARTICLE = ("article-journal", "article-magazine", "article-newspaper", "article")
_KINDRED: dict[str, tuple[str, ...]] = {
    "review": ("review-book", *_ARTICLE),
    "review-book": ("review", *_ARTICLE),
    "article-newspaper": ("article-magazine", "article-journal"),
    "article-magazine": ("article-newspaper", "article-journal"),
    "entry": ("entry-encyclopedia", "entry-dictionary", "chapter"),
    "entry-dictionary": ("entry-encyclopedia", "entry", "chapter"),
    "entry-encyclopedia": ("entry-dictionary", "entry", "chapter"),
    "paper-conference": ("chapter",),
    "personal_communication": ("manuscript",),
    "interview": ("manuscript",),
    "speech": ("manuscript",),
    "collection": ("manuscript",),
    "post-weblog": ("post", "webpage"),
    "post": ("post-weblog", "webpage"),
    "regulation": ("legislation", "bill"),
    "hearing": ("report",),
    "standard": ("report",),
    "patent": ("report",),
    "dataset": ("report",),
}
_PUBLISHED = ("publisher", "publisher-place")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The variables that a style prints somewhere, and the types that its conditions name."""

    variables: frozenset[str]
    types: frozenset[str]


def vocabulary(source: bytes) -> Vocabulary:
    """What a CSL style knows."""
    return Vocabulary(_words(_VARIABLES, source), _words(_TYPES, source))


def kindred_type(kind: str, item: Item, known: Vocabulary) -> str:
    """The type to set an item as: its own where the style tells it apart, else the nearest that it does.

    A style prints the types that it does not name by what is left at the end of its conditions, often the title alone;
    a book is what every style prints with all that is said of it.
    """
    if kind in known.types or "book" not in known.types:
        return kind
    chain = _KINDRED.get(kind, ())
    if kind == "document":
        published = any(item.get(variable) for variable in _PUBLISHED) and not item.get("archive")
        chain = () if published else ("manuscript",)
    return next((near for near in chain if near in known.types), "book")


def _words(pattern: re.Pattern[bytes], source: bytes) -> frozenset[str]:
    return frozenset(word.decode("utf-8", "replace") for listed in pattern.findall(source) for word in listed.split())
