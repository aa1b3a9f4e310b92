"""What leads back to the text before a reference, and is no part of it: an encyclopedia's marks, an entry's key."""

from __future__ import annotations

import re

from citekit.model import Span
from citekit.offsets import ReadingText

__all__ = ["without_key"]

_BACKLINK = re.compile(r"[\^↑]\s?(?:[a-z]\s){0,8}")  # "^", "↑", "^ a b"
# "[KRW+88]", "[R-K]", "[RoKl]", "[Roth]", "[Roth and Klein 1988]": BibTeX's styles `alpha` and `apalike`, and by hand.
_KEY = re.compile(
    r"\[(?P<names>[A-ZÀ-ÖØ-Þ][^\W\d_]{0,7}(?:-[A-Z][^\W\d_]{0,3}){0,4}|[^\W\d_a-z][^\[\]\d]{1,60}?(?=\s\d{4}))"
    r"(?P<number>\+?\s?(?:\d{1,4})[a-z]?|\+)?\]\s(?=[^\W\d_])"
)
_NUMBER = re.compile(r"\[\d{1,4}\]\s(?=[“„«\"‘*_]?[^\W\d_])")  # "[12]": of a numbered list
_ALPHA = re.compile(r"[^\W_]+\+?\d{2}(?:\d{2})?[a-z]?")  # "KRW+88": letters and figures of the year
_INITIALS_OF_KEY = re.compile(r"[^\W\d_a-zß-öø-ÿ][a-zß-öø-ÿ]*")
_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[´`¨~][^\W\d_]*)*")  # "Mu¨ller": an accent beside its letter
_FIRST_NAMES = re.compile(r"[^,:(]*(?:,\s[^\W\d_]\.)?")
_HEAD = 300  # characters in which the names stand
_PREFIX = 3  # letters: so many of a name in a key are its first ones; "Rt" may leave some out


def without_key(line: ReadingText) -> ReadingText:
    """A line without what leads back from it."""
    found = _BACKLINK.match(line.text) or _NUMBER.match(line.text) or _key(line.text)
    if not found:
        return line
    cut = found.end()
    emphasis = tuple(Span(max(0, span.start - cut), span.end - cut) for span in line.emphasis if span.end > cut)
    return ReadingText(line.text[cut:], line.offsets[cut:], line.parts, emphasis)


def _key(text: str) -> re.Match[str] | None:
    """A key in brackets, made of the letters with which the names behind it begin.

    Others are words of the entry: "[Karl] Meier" has a name that its editor supplied.
    """
    found = _KEY.match(text)
    if found is None or _ALPHA.fullmatch(found["names"] + (found["number"] or "")):
        return found
    rest = text[found.end() : found.end() + _HEAD]
    first = _FIRST_NAMES.match(rest)
    begun = [word.group() for word in _INITIALS_OF_KEY.finditer(found["names"])]
    return found if first and _named(begun[0], first.group()) and all(_named(one, rest) for one in begun[1:]) else None


def _named(begun: str, words: str) -> bool:
    """Whether one of some words begins as a part of a key says."""
    told = begun if len(begun) >= _PREFIX else begun[0]
    return any(word.group().startswith(told) for word in _WORD.finditer(words))
