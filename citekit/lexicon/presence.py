"""Whether any phrase of a concept can stand in a text, asked before a regular expression looks for its place.

Most citations hold none of a concept's phrases, and a search tries them at every letter of it. The set of a citation's
words is made once and answers for all concepts; where it says yes, the search still has to find the phrase.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

__all__ = ["Presence", "Sought", "presence", "sought"]

_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = 16  # texts: a citation, and what is left of it without its titles, its head, its comment
_UNSPACED = "\u2e80"  # from here on: scripts whose words stand without blanks between them
_TELLING = 3  # letters: shorter words stand in every citation


@dataclass(frozen=True, slots=True)
class Presence:
    """One word of each phrase, and what must be sought as a whole: letters ("a. a. O."), scripts without blanks."""

    words: frozenset[str]
    pieces: tuple[str, ...]

    def possible(self, text: str) -> bool:
        """False where none of the phrases stands in the text; capitals and small letters are alike."""
        squeezed, words = _said(text)
        return not self.words.isdisjoint(words) or any(piece in squeezed for piece in self.pieces)


def presence(phrases: Iterable[str], *, whole: bool = True) -> Presence:
    """How to ask for any of `phrases`, whose expression lets no letter stand before them.

    Args:
        phrases: as the lexicon has them.
        whole: the expression lets no letter stand behind them either.
    """
    words, pieces = set(), set()
    for phrase in phrases:
        folded = _folded(phrase)
        parts = _WORD.findall(folded) if folded[0] < _UNSPACED else []
        if not whole and folded[-1].isalpha():
            parts = parts[:-1]  # a longer word may begin with it
        telling = max(parts, key=len, default="")
        if telling and (len(telling) >= _TELLING or len(parts) == 1):
            words.add(telling)
        else:
            pieces.add(_squeezed(folded))
    return Presence(frozenset(words), tuple(sorted(pieces)))


@dataclass(frozen=True)
class Sought:
    """An expression for phrases that asks first whether any of them can be there; used as the expression itself is.

    It is compiled when the first of them can: most take longer than all that is asked of them in a citation, and a
    reader of one document never meets the phrases of half the languages.
    """

    expression: str
    flags: int
    presence: Presence

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression alone."""
        return re.compile(self.expression, self.flags)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place."""
        return self.pattern.search(text, start, end) if self.presence.possible(text) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The phrase that stands at `start`."""
        return self.pattern.match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The phrase that the text is."""
        return self.pattern.fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every place, none inside another."""
        return self.pattern.finditer(text, start, end) if self.presence.possible(text) else iter(())


def sought(expression: str, phrases: Iterable[str], *, flags: int = 0, whole: bool = True) -> Sought:
    """An expression that no text matches in which none of `phrases` stands; `whole` as for `presence`."""
    return Sought(expression, flags, presence(phrases, whole=whole))


@lru_cache(maxsize=_BESIDE)
def _said(text: str) -> tuple[str, frozenset[str]]:
    folded = _folded(text)
    return _squeezed(folded), frozenset(_WORD.findall(folded))


def _folded(text: str) -> str:
    """Small letters, as a search without regard to capitals takes them: Turkish letters, too, are an "i" there."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i").replace("’", "'")


def _squeezed(text: str) -> str:
    """Without blanks: there may be some within an abbreviation, or none."""
    return "".join(text.split())
