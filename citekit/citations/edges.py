"""What stands at the edges of a field and is none of its words: lone brackets, the closing full stop."""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import words

__all__ = ["one_line", "with_stop", "without_brackets", "without_stop"]

_LAST = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,15})\.$")
_DOTTED = re.compile(r"(?:(?<![^\W\d_])[^\W\d_]{1,3}\.\s?){2}$")
_LONGEST = 16  # characters of a last word
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,8}\Z")
_SPACED = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\s?[^\W\d_]\Z")  # "a. a. O", "n. d"
_PAIRS = (("(", ")"), ("[", "]"), ("（", "）"), ("〔", "〕"), ("［", "］"))


def one_line(text: str) -> str:
    """White space as single blanks, none outside."""
    return " ".join(text.split())


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(
        word.casefold() for concept in ("inner", "imprint_end") for word in words("abbreviations", concept)
    )


def without_stop(text: str) -> str:
    """The text without the full stop that closes it; that of an abbreviation ("Inc.", "D.C.") or initial stays."""
    if text[-1:] != "." or text[-2:-1] in (".", "…") or _DOTTED.search(text):
        return text
    last = _LAST.search(text)
    if last and (len(last[1]) == 1 or last[1].casefold() in _abbreviations()):
        return text
    return text[:-1].rstrip()


@cache
def _at_the_end() -> frozenset[str]:
    return frozenset(words("abbreviations", "at_the_end"))


def with_stop(text: str, start: int, end: int) -> int:
    """Where a citation ends whose last word is abbreviated: behind its full stop ("S. 12 ff.", "et al.", "o. J.").

    >>> with_stop("Weber, S. 12 ff.", 0, 15)
    16
    """
    if text[end : end + 1] != "." or text[end + 1 : end + 2] == ".":
        return end
    last = _LAST_WORD.search(text, max(start, end - _LONGEST), end)
    abbreviated = last is not None and (last.group() in _at_the_end() or _SPACED.search(text, start, end) is not None)
    return end + abbreviated


def without_brackets(text: str, edges: str = " \t,;:，；：、") -> str:
    """The text without brackets that hold all of it, or whose fellow is missing, and without outer punctuation."""
    for _ in range(3):
        before = text
        text = text.strip(edges)
        for opening, closing in _PAIRS:
            if text.startswith(opening) and text.endswith(closing) and text.count(opening) == text.count(closing) == 1:
                text = text[1:-1].strip(edges)
            elif text.startswith(opening) and closing not in text:
                text = text[1:].strip(edges)
            elif text.endswith(closing) and opening not in text:
                text = text[:-1].strip(edges)
        if text == before:
            break
    return text
