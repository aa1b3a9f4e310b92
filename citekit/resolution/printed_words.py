"""A short form by its printed words alone, when its fields led nowhere.

Where the surname ends and the title begins is not always certain in print ("Ginzburg, Miti e emblemi, cit."). A
short form repeats words of the full citation in their order, so that the words themselves can be looked for at the head
of each full citation, whatever fields they were read into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from citekit.matching.text import folded_words, tokens
from citekit.model import Citation, CueKind, Form

__all__ = ["PrintedWords"]

_HYPHENATED = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)")
_PAGE_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,5}\.?\s*$")  # "pp.", "S.", "pag." before the locator
_CUT_SHORT = re.compile(r"[^\W\d_]{3,20}(?=\.\s)")
_GENITIVE = re.compile(r"(?<=[^\W\d_]{3})['’]s\b")  # "Dugdale's Monasticon"
_HEAD = 4  # the first word of a short form is among the first of the full citation, behind given names at most
_GAP = 3  # given names between two surnames, words left out of a title
_SHORTEST = 3  # letters of a surname that is told from the first word of a citation
_LONG = 6  # letters that a word must have to be recognised with a misprint
_MISPRINTED = 87  # percent of letters in common: one letter in eight is wrong
_LONGEST = 60  # title and imprint are within this many words


class PrintedWords:
    """The words of the full citations, found by the words at their heads."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._words: dict[int, tuple[str, ...]] = {}
        self._heads: dict[str, list[int]] = {}
        for index, citation in enumerate(citations):
            if citation.form is Form.FULL:
                words = _words(citation.text)[:_LONGEST]
                self._words[index] = words
                for word in set(words[:_HEAD]):
                    self._heads.setdefault(word, []).append(index)

    def full_citations(self, short: Citation) -> list[int]:
        """The full citations at whose head the words of a short form stand, in their order."""
        text = short.text
        for part in sorted(short.field_spans.get("locator", ()), reverse=True):
            if len(short.parts) == 1 and part.start >= short.span.start:
                before, behind = text[: part.start - short.span.start], text[part.end - short.span.start :]
                text = f"{_PAGE_WORD.sub('', before)} {behind}"
        for cue in short.cues:
            text = text.replace(cue.text, " ")
        words = tuple(word for word in _words(text) if not word.isdigit() or len(word) == 4)
        # One word alone is a surname, and says too little without a year; "Leland, ubi sup." says that he was cited.
        if len(words) == 1 and short.cue(CueKind.CITED) is not None and len(words[0]) > _SHORTEST:
            return [index for index in self._heads.get(words[0], ()) if self._words[index][0] == words[0]]
        if len(words) < 2 or not any(len(word) > 3 and not word.isdigit() for word in words):
            return []
        cut = frozenset(_words(" ".join(_CUT_SHORT.findall(text))))
        return [index for index in self._heads.get(words[0], ()) if _stand(words, self._words[index], cut)]


def _words(text: str) -> tuple[str, ...]:
    """The words that count: no initials, articles or function words."""
    idle = folded_words("function-words")
    said = _GENITIVE.sub("", _HYPHENATED.sub("", text))
    return tuple(word for word in tokens(said) if len(word) > 1 and word not in idle)


def _stand(words: Iterable[str], full: tuple[str, ...], cut: frozenset[str]) -> bool:
    """Whether the words stand in the full citation in order and near each other; a year stands anywhere behind.

    Words of `cut` were printed cut short, with a full stop ("Hist. of Craven").
    """
    position = -1
    for word in words:
        limit = len(full) if word.isdigit() else _HEAD if position < 0 else position + 2 + _GAP
        end = min(limit, len(full))
        found = _place(word, full, position + 1, end)
        if found is None and word in cut:
            found = next((place for place in range(position + 1, end) if full[place].startswith(word)), None)
        if found is None:
            return False
        position = found
    return True


def _place(word: str, full: tuple[str, ...], start: int, end: int) -> int | None:
    """Where a word stands between two places: the word itself, else one that is this word misprinted."""
    if word in full[start:end]:
        return full.index(word, start, end)
    if len(word) < _LONG or word.isdigit():
        return None
    return next((place for place in range(start, end) if fuzz.ratio(word, full[place]) >= _MISPRINTED), None)
