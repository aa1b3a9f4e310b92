"""How alike two fields of two records are, each on a scale from 0 to 1; shared by vetoes and evidence."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from citekit.matching.names import people_similarity
from citekit.matching.record import Record
from citekit.matching.text import folded_words
from citekit.matching.titles import Title, similarity

__all__ = ["containers_alike", "newspapers_alike", "people_alike", "publishers_alike", "titles_alike"]

_ONE_WORD = 75  # words this much alike may be one misprinted, of 100


def titles_alike(a: Record, b: Record, *, original: bool = True) -> float | None:
    """The titles' likeness, either one taken as the shortening of the other.

    Args:
        a: one record.
        b: the other.
        original: also compare titles in the original script, which one record may have as its title.

    Returns:
        The best of all pairs; None when a title is missing, or when titles in different scripts do not meet, which
        tells nothing (romanisations differ, and kanji have many readings).
    """
    if a.title is None or b.title is None:
        return None
    best = both_ways(a.title, b.title)
    if best < 1.0 and original and (a.original_title or b.original_title):
        pairs = [(a.original_title, b.title), (a.title, b.original_title), (a.original_title, b.original_title)]
        best = max([best, *(both_ways(one, other) for one, other in pairs if one and other)])
    if best < 0.6 and a.title.latin != b.title.latin and not (a.original_title and b.original_title):
        return None
    return best


def both_ways(a: Title, b: Title) -> float:
    """`title_similarity` with the shorter title taken as the short form."""
    if a.joined == b.joined:
        return similarity(a, b)
    if (len(a.joined), a.joined) > (len(b.joined), b.joined):
        a, b = b, a
    return similarity(a, b)


def people_alike(a: Record, b: Record, *, role: Literal["contributors", "translators"] = "contributors") -> float:
    """The likeness of authors (of editors where there is no author), or of translators; 0.5 when unknown."""
    if role == "translators":
        return people_similarity(a.translators, b.translators)
    if not (a.authors and b.authors) and a.editors and b.editors:  # the author left out by one, the editors by neither
        return people_similarity(a.editors, b.editors, cut=a.editors_cut or b.editors_cut)
    return people_similarity(a.contributors, b.contributors, cut=a.contributors_cut or b.contributors_cut)


@lru_cache(maxsize=16384)
def containers_alike(a: str, b: str) -> float:
    """Two containers (folded words): the same, abbreviated ("popul dev rev"), an acronym ("vldb"), or alike."""
    if a == b:
        return 1.0
    one, other = _content(a), _content(b)
    if not one or not other:
        return 0.5
    short, full = sorted((one, other), key=lambda words: (sum(map(len, words)), words))
    if "".join(short) == "".join(word[0] for word in full) and len(full) > 1:
        return 0.9
    if _abbreviates(short, full):
        return 0.9
    common = len(set(one) & set(other)) / min(len(set(one)), len(set(other)))
    return max(0.85 * common, float(fuzz.ratio(" ".join(one), " ".join(other))) / 100)


def _content(text: str) -> list[str]:
    idle = folded_words("function-words")
    return [word for word in text.split() if word not in idle]


def newspapers_alike(a: str, b: str) -> float:
    """`containers_alike` of newspapers, which are told apart by one word: "Kölnische" is no misprint of "Vossische"."""
    one, other = _content(a), _content(b)
    if len(one) == len(other) and any(
        all(fuzz.ratio(word, partner) < _ONE_WORD and not _begins(word, partner) for partner in other) for word in one
    ):
        return 0.0
    return containers_alike(a, b)


def _begins(word: str, other: str) -> bool:
    return word.startswith(other) or other.startswith(word)


def _abbreviates(short: list[str], full: list[str]) -> bool:
    """Each word of `short` begins, in order, a word of `full`; at least two of them, or one of four letters."""
    remaining = iter(full)
    if not all(any(other.startswith(word) for other in remaining) for word in short):
        return False
    return len(short) > 1 or len(short[0]) >= 4


@lru_cache(maxsize=16384)
def publishers_alike(a: str, b: str) -> float:
    """Two publishers (folded words), abbreviated or not ("columbia up", "columbia university press")."""
    if a == b:
        return 1.0
    alike = containers_alike(a, b)
    first, second = a.split(), b.split()
    if first and second and first[0] == second[0] and len(first[0]) > 3:
        return max(alike, 0.9)
    return alike
