"""Reviews by the reviewer's name: "Whitlock, review of *Toll and Town*, 449" (Chicago 17, 14.202)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from citekit.citations.line import TaggedField
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["as_review", "opens_review", "review_behind", "with_reviewed_title"]

_BETWEEN = re.compile(r"[\s*_“«„‘]{0,4}")  # a title that a mark closes before is the review's own

_LONGEST_NAMES = 90  # characters of the reviewers
_NAMES_ALONE = re.compile(r"[^\d«»“”„\"()/]{3,90}")
_OF_JOURNALS = frozenset({"volume", "issue", "issued", "page", "locator", "URL", "DOI", "accessed"})
# What leads to the journal: ", in: HZ 254", " // Вопросы истории", ", «La Critica», 23", ", „Przegląd” 91".
_JOURNAL = re.compile(
    r"(?:[,.]\s(?:in:?|dans|en|em|w:?)\s[«„“\"*_]?|\s//\s|,\s[«„“*_]|(?<=\)),\s)(?P<name>[^\W\d_a-zß-öø-ÿ][^«»“”„\"*_,;:.()\d]{0,80}?)"
    r"[»”“\"*_]?(?=[,.]?\s(?:\d|[(№nNHBtvV]))"
)


@cache
def _of_work() -> Sought:
    listed = words("relations", "review")
    return sought(
        rf"(?<![^\W\d_])\[?(?P<words>{alternation(listed)})\]?(?![^\W\d_])", listed, flags=re.IGNORECASE, whole=False
    )


def as_review(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields of a review that names its author first: what is reviewed is its title, up to the journal.

    "B. Croce, recensione a F. Meinecke, Die Idee, in «La Critica», 23, 1925": who wrote the book reviewed is no author,
    and where it appeared is no imprint of the review's (Chicago 17, 14.202).
    """
    found = _of_work().search(text, 3, _LONGEST_NAMES)
    if found is None or not fields or fields[0].name != "author" or not _NAMES_ALONE.fullmatch(text, 0, found.start()):
        return fields
    journal = next(iter(_JOURNAL.finditer(text, found.end() + 3)), None)
    if journal is None:
        return fields
    names = len(text[: found.start()].rstrip(" ,:;[")) - fields[0].start
    reviewer = TaggedField("author", fields[0].start, fields[0].start + names, fields[0].sure)
    title = TaggedField("title", found.start(), journal.start(), fields[0].sure)
    container = TaggedField("container-title", *journal.span("name"), fields[0].sure)
    behind = (one for one in fields if one.start >= journal.end("name") and one.name in _OF_JOURNALS)
    return (reviewer, title, container, *behind)


def opens_review(title: str) -> bool:
    """Whether a title says that what follows is the work reviewed."""
    return _of_work().match(title) is not None


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
