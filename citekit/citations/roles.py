"""The words that tell what a person did: edited, translated, prefaced; and what is no person but a periodical."""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import alternation, phrase_pattern, words

__all__ = [
    "edited_by",
    "is_newspaper",
    "newspaper",
    "periodical",
    "reference_work",
    "role_after",
    "role_before",
    "role_pattern",
    "translated_from",
]

_GAP = re.compile(r",?\s")
_LANGUAGE = r"[^\W\d_]{3,16}\.?(?:\s\([^()\d]{2,20}\))?"  # "anglais", "англ.", "anglais (États-Unis)"
_LOOKED_BACK = 90  # characters: a role, and two names behind it


@cache
def role_after() -> re.Pattern[str]:
    """What makes the names before it editors: "(ed.)", ", eds.,", "(Hrsg.)", "(a cura di)"."""
    labels = alternation(words("roles", "editor_after"))
    return re.compile(
        rf"[\s,.]{{0,6}}(?:[(\[]\s?{labels}\s?[.)\]]*[)\]]|,?\s{labels}(?=[\s,:.)]))\s?[,:.]?\s?", re.IGNORECASE
    )


@cache
def translated_from() -> str:
    """A regular expression (no groups) for a translator's role with the language: "traduit de l’anglais par"."""
    closings: dict[str, list[str]] = {}
    for phrase in words("roles", "translated_from"):
        opening, _, closing = phrase.partition("…")
        closings.setdefault(closing, []).append(opening.rstrip())
    ways = (
        rf"{alternation(openings)}\s?{_LANGUAGE}{phrase_pattern(closing)}" for closing, openings in closings.items()
    )
    return f"(?:{'|'.join(ways)})"


@cache
def role_pattern(concept: str) -> re.Pattern[str]:
    """The words of one role that stand before the names ("translator_before": "trans. by", "übers. von" …)."""
    return re.compile(rf"(?<![^\W\d_]){alternation(words('roles', concept))}(?![^\W\d_])\s?", re.IGNORECASE)


def edited_by(text: str, place: int) -> bool:
    """Whether "edited by" and a name follow at once: then what stands before is no person."""
    lead = _GAP.match(text, place)
    role = role_pattern("editor_before").match(text, lead.end()) if lead else None
    return role is not None and text[role.end() : role.end() + 1].isupper()


def role_before(text: str, start: int, place: int) -> bool:
    """Whether the words before `place` tell a role, perhaps with other names between: then no author begins there."""
    before = text[max(start, place - _LOOKED_BACK) : place]
    return any(
        _only_names(before[match.end() :])
        for concept in ("editor_before", "translator_before", "contributor_before")
        for match in role_pattern(concept).finditer(before)
    )


def _only_names(words_between: str) -> bool:
    """Nothing, or capitals and the small words that join or belong to names."""
    return all(word[0].isupper() or len(word) <= 3 for word in words_between.replace(",", " ").split())


@cache
def newspaper() -> re.Pattern[str]:
    """A word in the names of newspapers ("Times", "Zeitung")."""
    return re.compile(rf"\b{alternation(words('roles', 'newspaper'))}\b")


# "De", "O" and "A" are particles and initials as well: newspapers that begin so are told by the whole name alone.
_NAME_WITH_ARTICLE = re.compile(
    r"(?:L[’']|(?:Le|La|Les|El|Los|Il|Lo|The|Der|Die|Das)\s)[^\W\d_a-z][\w’'-]*"
    r"(?:\s(?:de|du|des|di|della|del|la|of|the|[^\W\d_a-z][\w’'-]*)){0,4}"
)


@cache
def _named_newspapers() -> frozenset[str]:
    return frozenset(
        name.replace("’", "'") for name in words("kinds", "article-newspaper") if " " in name or "’" in name
    )


def is_newspaper(name: str) -> bool:
    """Whether a name that stands where an author would is a newspaper's: "The Times", "Der Spiegel", "La Prensa".

    A listed name of several words, or an article before a newspaper's word; a name of one word may be a person's.
    """
    straight = name.replace("’", "'")
    if " " not in name and "'" not in straight:
        return False
    if straight in _named_newspapers():
        return True
    return _NAME_WITH_ARTICLE.fullmatch(name) is not None and newspaper().search(name) is not None


@cache
def periodical() -> re.Pattern[str]:
    """A word in the names of journals ("Transactions", "Zeitschrift")."""
    return re.compile(rf"(?<![^\W\d_]){alternation(words('roles', 'periodical'))}(?![^\W\d_])")


@cache
def reference_work() -> re.Pattern[str]:
    """The name of a work of reference ("Encyclopædia Britannica")."""
    return re.compile(alternation(words("roles", "reference_work")))
