"""Which kind of work a citation names: CSL's type, by the words that tell it and by its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from citekit.citations.acts import find_act
from citekit.citations.canonical import is_code
from citekit.citations.entry_words import entry_under_word
from citekit.citations.films import film_kind
from citekit.citations.interviews import is_interview
from citekit.citations.line import TaggedField
from citekit.citations.numbered_works import numbered_kind
from citekit.citations.reports import cites_case, is_case
from citekit.citations.reviews import opens_review
from citekit.citations.roles import is_newspaper
from citekit.citations.statutes import cites_statute
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["formal_kind", "kind_of", "told_kind"]

# In this order: "PhD diss., typescript" is a thesis, "interview with X, accessed …" an interview.
_TOLD = ("thesis", "patent", "legal_case", "legislation", "map", "dataset", "motion_picture", "interview", "report",
         "personal_communication", "manuscript")  # fmt: skip
_ABBREVIATED = frozenset({"legal_case", "legislation", "thesis"})  # whose words are told apart by their capitals
_WHOLE = 5  # letters of a word that is no abbreviation
_NO_CUES = frozenset(
    {"title", "original-title", "translated-title", "container-title", "event-title", "collection-title"}
    | {"author", "editor", "translator", "publisher", "URL"}
)


@cache
def _pattern(concept: str) -> re.Pattern[str]:
    flags = 0 if concept in _ABBREVIATED else re.IGNORECASE
    listed = [word for word in words("kinds", concept) if word[0] < "\u2e80"]
    at_head = [word[0].upper() + word[1:] for word in listed if len(word) >= _WHOLE]  # behind a full stop
    latin = alternation((*listed, *at_head))
    east = [re.escape(word) for word in words("kinds", concept) if word[0] >= "\u2e80"]
    return re.compile(rf"(?<![^\W_]){latin}(?![^\W\d_])" + "".join(f"|{word}" for word in east), flags)


@cache
def _any_told() -> Sought:
    """The words of any kind: of most citations one search tells that none is told."""
    told = [word for kind in _TOLD for word in words("kinds", kind)]
    latin = alternation(word for word in told if word[0] < "\u2e80")
    east = alternation(word for word in told if word[0] >= "\u2e80")
    return sought(rf"(?<![^\W_]){latin}(?![^\W\d_])|{east}", told, flags=re.IGNORECASE)


@cache
def _opening(concept: str) -> re.Pattern[str]:
    latin = alternation(word for word in words("kinds", concept) if word[0] < "\u2e80")
    east = [re.escape(word) for word in words("kinds", concept) if word[0] >= "\u2e80"]
    return re.compile(rf"^[\s\[(«“\"‘„]*(?:{latin}(?![^\W\d_])" + "".join(f"|{word}" for word in east) + ")")


@cache
def _newspapers() -> re.Pattern[str]:
    named = alternation(words("kinds", "article-newspaper"))
    parts = alternation(word for word in words("roles", "newspaper"))
    return re.compile(
        rf"^(?:the\s|der\s|die\s|le\s|la\s|il\s|el\s)?(?:{named}$|(?:[\w’'.-]+\s){{0,3}}{parts}$)", re.IGNORECASE
    )


@cache
def _reference_works() -> Sought:
    listed = words("roles", "reference_work")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}", listed, flags=re.IGNORECASE, whole=False)


def formal_kind(item: Mapping[str, Any], text: str) -> str | None:
    """The CSL type that the form of a citation settles, in a document too: films, patents, standards, acts."""
    return (
        film_kind(item, text)
        or numbered_kind(text.strip(), item.get("number"))
        or ("legislation" if find_act(text) or cites_statute(text.strip()) else None)
        or ("entry-encyclopedia" if item.get("container-title") and entry_under_word(text.strip()) else None)
    )


def told_kind(item: Mapping[str, Any], text: str = "", fields: Sequence[TaggedField] = ()) -> str | None:
    """The CSL type that words tell: "PhD diss.", "Review of", a newspaper's name; None where none does.

    Args:
        item: CSL-JSON of the citation.
        text: its words; what stands in titles and names is not asked.
        fields: where in `text` these are.
    """
    formal = formal_kind(item, text)
    if formal:
        return formal
    title, container = str(item.get("title") or ""), str(item.get("container-title") or "")
    case = is_case(title) or cites_case(text.strip())
    if case and not item.get("author") and not item.get("publisher"):
        return "legal_case"
    if container:
        if _opening("review_title").match(title) or opens_review(title):
            return "review-book"
        for kind in ("entry-dictionary", "paper-conference"):
            if _pattern(f"{kind}_container").search(container):
                return kind
        if _reference_works().search(container):
            return "entry-encyclopedia"
        if _newspapers().match(container) and not item.get("volume"):
            return "article-newspaper"
        if item.get("volume") or item.get("issue"):
            return None
    elif title and any(is_newspaper(str(name.get("literal") or "")) for name in item.get("author") or ()):
        return "article-newspaper"  # which stands for the author in an author-date list (Chicago 17, 15.49)
    genre = str(item.get("genre") or "")
    if is_interview(genre):
        return "interview"
    asked = f"{_outside(text, fields)} {genre}"
    for kind in _TOLD if _any_told().search(asked) else ():
        if _pattern(kind).search(asked) and not (kind == "manuscript" and item.get("publisher")):
            return kind
    if is_code(title) and not item.get("author"):
        return "legislation"
    if not container and _opening("legislation_title").match(title) and not item.get("publisher"):
        return "legislation"
    return None


def kind_of(item: Mapping[str, Any], text: str = "", fields: Sequence[TaggedField] = ()) -> str:
    """The CSL type that words tell, else the one that the fields speak for; "document" when they say nothing."""
    told = told_kind(item, text, fields)
    if told:
        return told

    def has(*names: str) -> bool:
        return any(item.get(name) for name in names)

    if has("container-title"):
        if has("event-title"):
            return "paper-conference"
        if has("volume", "issue", "ISSN") and not has("publisher", "editor", "ISBN"):
            return "article-journal"
        if has("publisher", "publisher-place", "editor", "ISBN", "collection-title"):
            return "chapter"
        if _to_the_day(item.get("issued")):
            return "article-newspaper"
        return "webpage" if has("URL") and not has("page") else "chapter"
    if has("number") and not has("ISBN", "volume", "edition", "collection-title"):
        return "report"
    signs = (
        (("event-title",), "paper-conference"),
        (("publisher", "publisher-place", "ISBN", "edition", "volume", "collection-title"), "book"),
        (("archive", "archive_location"), "manuscript"),
        (("URL",), "webpage"),
        (("author", "editor", "translator"), "book"),
    )
    return next((kind for names, kind in signs if has(*names)), "document")


def _outside(text: str, fields: Sequence[TaggedField]) -> str:
    """The words that are no title and no name."""
    masked = list(text)
    for found in fields:
        if found.name in _NO_CUES:
            masked[found.start : found.end] = " " * (found.end - found.start)
    return "".join(masked)


def _to_the_day(date: Any) -> bool:
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    return isinstance(parts, list) and bool(parts) and isinstance(parts[0], Sequence) and len(parts[0]) == 3
