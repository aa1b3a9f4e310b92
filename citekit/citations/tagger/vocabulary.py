"""What the lexicon knows of words: phrases with the concepts that they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from citekit.citations.tagger.tokens import tokens
from citekit.lexicon import words

__all__ = ["Opened", "Phrases", "opened", "phrases", "smalls"]

# Concept of a feature → concepts of the lexicon.
_CONCEPTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "editor>": (("roles", "editor_before"),),
    "<editor": (("roles", "editor_after"),),
    "translator>": (("roles", "translator_before"), ("roles", "translation")),
    "contributor>": (("roles", "contributor_before"),),
    "volume>": (("volumes", "volume"),),
    "issue>": (("volumes", "issue"),),
    "volumes": (("volumes", "number-of-volumes"),),
    "edition": (("volumes", "edition"),),
    "series": (("volumes", "series"),),
    "in>": (("volumes", "container"),),
    "page>": (("locators", "page"), ("locators", "folio"), ("locators", "column")),
    "part>": (("locators", "chapter"), ("locators", "section"), ("locators", "paragraph")),
    "place": (("imprint", "place"),),
    "nowhere": (("imprint", "none"),),
    "house": (("imprint", "publisher"),),
    "press": (("imprint", "publisher_word"),),
    "shelf": (("archives", "unit"),),
    "archive": (("archives", "repository"),),
    "record": (("archives", "record"), ("archives", "genre")),
    "accessed>": (("web", "accessed"), ("web", "archived")),
    "at>": (("web", "available"),),
    "others": (("names", "others"),),
    "and": (("names", "and"),),
    "particle": (("names", "particle"),),
    "suffix": (("names", "suffix"),),
    "newspaper": (("roles", "newspaper"),),
    "institution": (("roles", "institution"), ("roles", "acronym")),
    "see>": (("signals", "see"),),
    "idem": (("short_forms", "idem"), ("short_forms", "ibid")),
    "cited": (("short_forms", "cited"),),
    "idle": (("matching", "function-words"),),
    "finite": (("prose", "finite"),),
    "reprint": (("relations", "reprint"),),
    "surname": (("surnames", "family_first"),),
}
_LONGEST = 8  # words and marks of a phrase

Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""First word → the phrases that begin with it, the longest first, each with its concept."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a word can stand for, or open.

    Attributes:
        alone: the concepts of the word itself.
        longer: of the phrases that begin with it, the words behind it and the concept.
    """

    alone: tuple[str, ...]
    longer: tuple[tuple[list[str], str], ...]


def smalls(words: list[str]) -> list[str]:
    """Words as phrases have them: in small letters; a single capital stays one unless a number follows it.

    "T. 2" is a volume as "t. 2" is, but "W. Roth" has no Polish "w", and "E. Rossi" no Italian "e".
    """
    found = [word.lower() for word in words]
    for place in [place for place, word in enumerate(words) if len(word) == 1 and word != found[place]]:
        behind = place + 1 + (words[place + 1 : place + 2] == ["."])
        if not (behind < len(words) and words[behind].isdecimal()):
            found[place] = words[place]
    return found


@cache
def phrases() -> Phrases:
    """All phrases of the lexicon that say something about a citation's words, each word as `smalls` makes it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for feature, concepts in _CONCEPTS.items():
        for category, concept in concepts:
            for phrase in words(category, concept):
                key = tuple(smalls([phrase[start:end] for start, end, _ in tokens(phrase)]))
                if 0 < len(key) <= _LONGEST and feature not in found.setdefault(key, []):
                    found[key].append(feature)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in sorted(found, key=len, reverse=True):
        by_first.setdefault(key[0], []).extend((key, feature) for feature in found[key])
    return by_first


@cache
def opened() -> Mapping[str, Opened]:
    """First word → what its phrases stand for."""
    return {
        word: Opened(
            tuple(concept for key, concept in listed if len(key) == 1),
            tuple((list(key[1:]), concept) for key, concept in listed if len(key) > 1),
        )
        for word, listed in phrases().items()
    }
