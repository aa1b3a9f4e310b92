"""Whether any phrase of a concept can stand in a text, asked before a regular expression looks for its place.

Most citations hold none of a concept's phrases, and a search tries them at every letter of it. The set of a citation's
words is made once and answers for all concepts; where it says yes, the search still has to find the phrase. What can
only stand at the head of a citation is asked by its first letters.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

__all__ = ["Opening", "Presence", "Sought", "folded", "opening", "presence", "sought", "words_of"]

_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = 16  # texts: a citation, and what is left of it without its titles, its head, its comment
_LETTERS = re.compile(r"[^\W\d_]\.[^\W\d_]")
_EAST = "\u2e80"  # from here on: scripts whose words stand without blanks between them
_UNSPACED = re.compile(rf"[{_EAST}-\U0010ffff]")
_HEAD = 3  # letters by which the beginning of a phrase is told
_TELLING = 3  # letters: shorter words stand in every citation


@dataclass(frozen=True, slots=True)
class Presence:
    """One word of each phrase, and what must be sought as a whole.

    Attributes:
        number: of all that were made, beginning with 0.
        words: of each phrase that has a word that tells, the longest.
        letters: phrases of letters with full stops ("a. a. O.").
        unspaced: phrases in scripts without blanks.
        pieces: other phrases that have no such word.
    """

    number: int
    words: frozenset[str]
    letters: tuple[str, ...]
    unspaced: tuple[str, ...]
    pieces: tuple[str, ...]

    def possible(self, text: str) -> bool:
        """False where none of the phrases stands in the text; capitals and small letters are alike."""
        said = _said(text)
        # One that was made since is not in the sum.
        if said.told >> self.number & 1 if self.number < said.known else not self.words.isdisjoint(said.words):
            return True
        stands = said.squeezed.__contains__
        return bool(
            (self.pieces and any(map(stands, self.pieces)))
            or (said.has_letters and any(map(stands, self.letters)))
            or (said.is_unspaced and any(map(stands, self.unspaced)))
        )


_making = Lock()
_made: list[Presence] = []
_told: dict[str, int] = {}  # word → the sum of 2 to the number of each that has it


@dataclass(frozen=True, slots=True)
class _Said:
    """A text as it is asked for phrases.

    Attributes:
        squeezed: without blanks, in small letters.
        words: in small letters.
        told: the sum of what its words tell.
        known: how many presences are in that sum, if they have a word of the text.
        has_letters, is_unspaced: whether phrases of such a kind can stand in it.
    """

    squeezed: str
    words: frozenset[str]
    told: int
    known: int
    has_letters: bool
    is_unspaced: bool


def presence(phrases: Iterable[str], *, whole: bool = True) -> Presence:
    """How to ask for any of `phrases`, whose expression lets no letter stand before them.

    Args:
        phrases: as the lexicon has them.
        whole: the expression lets no letter stand behind them either.
    """
    words: set[str] = set()
    letters: set[str] = set()
    unspaced: set[str] = set()
    pieces: set[str] = set()
    for phrase in phrases:
        small = folded(phrase)
        parts = _WORD.findall(small) if small[0] < _EAST else []
        if not whole and small[-1].isalpha():
            parts = parts[:-1]  # a longer word may begin with it
        telling = max(parts, key=len, default="")
        if telling and (len(telling) >= _TELLING or len(parts) == 1):
            words.add(telling)
            continue
        piece = _squeezed(small)
        (letters if _LETTERS.search(piece) else unspaced if _UNSPACED.search(piece) else pieces).add(piece)
    with _making:
        number = len(_made)
        for word in words:
            _told[word] = _told.get(word, 0) | 1 << number
        made = Presence(
            number, frozenset(words), tuple(sorted(letters)), tuple(sorted(unspaced)), tuple(sorted(pieces))
        )
        _made.append(made)
    return made


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

    def without(self, text: str) -> str:
        """The text without its phrases."""
        return self.pattern.sub("", text) if self.presence.possible(text) else text


def sought(expression: str, phrases: Iterable[str], *, flags: int = 0, whole: bool = True) -> Sought:
    """An expression that no text matches in which none of `phrases` stands; `whole` as for `presence`."""
    return Sought(expression, flags, presence(phrases, whole=whole))


@dataclass(frozen=True)
class Opening:
    """An expression that begins with one of some phrases, asked first whether any can stand at the place.

    It is compiled when one can.
    """

    expression: str
    flags: int
    heads: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression alone."""
        return re.compile(self.expression, self.flags)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The phrase that stands at `start`, and what the expression wants behind it."""
        if self.heads.isdisjoint(_beginnings(text[start : start + _HEAD])):
            return None
        return self.pattern.match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The phrase that the text is."""
        return self.pattern.fullmatch(text) if self.match(text) else None


def opening(expression: str, phrases: Iterable[str], *, flags: int = 0) -> Opening:
    """An expression that matches nothing but what begins with one of `phrases`, capitals and small letters alike."""
    return Opening(expression, flags, frozenset(map(_head, phrases)))


@lru_cache(maxsize=16384)
def _beginnings(head: str) -> tuple[str, ...]:
    """The first letter of a text, its first two, and its first three."""
    small = folded(head)
    return small[:1], small[:2], small[:_HEAD]


def _head(phrase: str) -> str:
    """The first letters, up to a blank: in print there may be more, or none."""
    return folded(phrase.split(maxsplit=1)[0])[:_HEAD]


@lru_cache(maxsize=_BESIDE)
def _said(text: str) -> _Said:
    small = folded(text)
    squeezed = _squeezed(small)
    words = frozenset(_WORD.findall(small))
    known, told = len(_made), 0
    for each in filter(None, map(_told.get, words)):
        told |= each
    return _Said(
        squeezed,
        words,
        told,
        known,
        _LETTERS.search(squeezed) is not None,
        not small.isascii() and _UNSPACED.search(squeezed) is not None,
    )


def words_of(text: str) -> frozenset[str]:
    """The words of a text, `folded`."""
    return _said(text).words


def folded(text: str) -> str:
    """Small letters, as a search without regard to capitals takes them: Turkish letters, too, are an "i" there."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i").replace("’", "'")


def _squeezed(text: str) -> str:
    """Without blanks: there may be some within an abbreviation, or none."""
    return "".join(text.split())
