"""Words that no misprint turns into one another: names of countries, points of the compass, centuries, opposites.

"A History of Ireland" and "A History of Iceland" differ by one letter, as a misprint would. Where both letters make a
word of one closed class (`lexicon/contrasts.toml`), they are two titles; a letter that makes no word is a misprint.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from citekit.lexicon import concept, concepts
from citekit.matching.text import tokens

__all__ = ["contrasted", "contrasting_words"]


def contrasting_words(words: tuple[str, ...]) -> frozenset[str]:
    """Those of a title's folded words that belong to a closed class."""
    return _words().intersection(words)


def contrasted(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each of two titles has a word of one class that the other has not, in any language or spelling.

    Args:
        one: the words of closed classes of a title.
        other: those of the other title.
    """
    if one == other or not one or not other:
        return False
    said, counter = _meanings(one), _meanings(other)
    only, counter_only = said - counter, counter - said
    classes = {name for name, _ in only} & {name for name, _ in counter_only}
    if not classes:
        return False
    # A word of several meanings ("Georgia", "Persia") that has one in common with the other title does not contradict.
    alone = [word for word in one - other if _classes()[word].isdisjoint(counter)]
    counter_alone = [word for word in other - one if _classes()[word].isdisjoint(said)]
    named = {name for word in alone for name, _ in _classes()[word]}
    return any(name in named for word in counter_alone for name, _ in _classes()[word])


def _meanings(words: frozenset[str]) -> set[tuple[str, str]]:
    return {meaning for word in words for meaning in _classes()[word]}


@cache
def _words() -> frozenset[str]:
    return frozenset(_classes())


@cache
def _classes() -> dict[str, set[tuple[str, str]]]:
    """Of each word its classes, and what it means in them."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, languages in concepts("contrasts").items():
        for language, listed in languages.items():
            for entry in listed:
                meaning, _, word = entry.partition("=")
                for form in _forms(word, language):
                    folded = tokens(form)
                    if len(folded) == 1:
                        found[folded[0]].add((name, meaning))
    return dict(found)


def _forms(word: str, language: str) -> tuple[str, ...]:
    """A word as listed; of an adjective ("alt~") all its forms."""
    stem = word.removesuffix("~")
    if stem == word:
        return (word,)
    return tuple(stem + ending for ending in concept("matching", "adjective-endings")[language])
