"""The signs of a sentence: finite verbs, and words that open clauses or stand for somebody."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.lexicon import Opening, alternation, concept, opening, words

__all__ = ["is_opening", "sentence_words", "weight"]

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:[’-][^\W\d_]+)*")
_LONG = 6  # letters; shorter words that end like a verb are often nouns


@cache
def _languages(name: str) -> dict[str, tuple[str, ...]]:
    """Word → the languages that list it."""
    found: dict[str, list[str]] = {}
    for language, listed in concept("prose", name).items():
        for word in listed:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(ending for listed in concept("prose", "finite_ending").values() for ending in listed)


@cache
def _opening() -> Opening:
    listed = words("prose", "opening")
    return opening(rf"{alternation(listed)}(?![^\W\d_])", listed, flags=re.IGNORECASE)


def is_opening(text: str) -> bool:
    """Whether the words begin as a remark does that leads to a citation ("On the mills, …", "Selon …")."""
    return _opening().match(text) is not None


def sentence_words(text: str) -> int:
    """How many finite verbs the words have, in the language of which they have most; two words of clauses are one.

    >>> sentence_words("Weber, Wirtschaft und Gesellschaft, Tübingen 1922")
    0
    >>> sentence_words("Les élus demandèrent qu'ils fussent considérés comme granivores, ce qui devait suffire")
    2
    """
    count: dict[str, int] = {}
    for word in _WORD.findall(text.replace("'", "’")):
        for language, counted in _signs(word):
            count[language] = count.get(language, 0) + counted
    ended = count.pop("", 0)
    return (max(count.values(), default=0) + ended) // 2


@lru_cache(maxsize=65536)
def _signs(word: str) -> tuple[tuple[str, int], ...]:
    """What a word counts in each language that lists it, and under "" what its ending counts in any."""
    finite, clause = _languages("finite"), _languages("clause")
    if "’" in word and word not in finite and word.lower() not in clause:
        word = word.rpartition("’")[2]  # "s’était", "n’avait", "c’era": the verb stands behind its pronoun
    ended = len(word) >= _LONG and word not in finite and word[0].islower() and word.endswith(_endings())
    return (
        *((language, 2) for language in finite.get(word, ())),
        *((language, 1) for language in clause.get(word.lower(), ())),
        *((("", 2),) if ended else ()),
    )


def weight(word: str) -> int:
    """What one word counts: 2 for a finite verb, 1 for a word of clauses, 0 for any other; in whatever language."""
    if word in _languages("finite") or (len(word) >= _LONG and word[0].islower() and word.endswith(_endings())):
        return 2
    return int(word.lower() in _languages("clause"))
