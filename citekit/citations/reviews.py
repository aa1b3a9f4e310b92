"""Reviews by the reviewer's name: "Whitlock, review of *Toll and Town*, 449" (Chicago 17, 14.202)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from citekit.citations.line import TaggedField
from citekit.lexicon import alternation, words

__all__ = ["review_behind", "with_reviewed_title"]

_BETWEEN = re.compile(r"[\s*_“«„‘]{0,4}")  # a title that a mark closes before is the review's own


@cache
def review_behind() -> re.Pattern[str]:
    """What a reviewer's name goes on with, capitals or not: ", review of", ", Rezension zu"."""
    return re.compile(rf",?\s?{alternation(words('kinds', 'review_title'))}(?![^\W\d_])", re.IGNORECASE)


def with_reviewed_title(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, "review of" and the title behind it as one: the book reviewed holds no review."""
    for place, (one, other) in enumerate(pairwise(fields)):
        reviewed = one.name == "title" and other.name == "container-title"
        if (
            reviewed
            and review_behind().fullmatch(text, one.start, one.end)
            and _BETWEEN.fullmatch(text, one.end, other.start)
        ):
            whole = TaggedField("title", one.start, other.end, min(one.sure, other.sure))
            return (*fields[:place], whole, *fields[place + 2 :])
    return fields
