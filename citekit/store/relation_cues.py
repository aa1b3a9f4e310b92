"""What the words of a citation say about other works: a reprint of which year, a review of what, a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from citekit.citations.cues import translation_pattern
from citekit.lexicon import alternation, words

__all__ = [
    "is_translation_alone",
    "opens_with_translation",
    "possible_titles",
    "reprinted_years",
    "reviewed",
    "without_reprint",
]

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_BREAK = re.compile(r"[,:;.!?()\[\]\"“”„«»‹›《》]")
_PIECES = 6  # a title runs over so many pieces between signs at most
_SEARCHED = 300  # characters behind "review of" that can hold the title


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){alternation(words('relations', name))}(?![^\W_])", re.IGNORECASE)


def opens_with_translation(text: str, before: str | None = None) -> bool:
    """Whether a citation gives the translation of the work cited just before ("trad. it. …", "dt. Übers. …").

    Args:
        text: its words.
        before: the words of the citation before it, which may be no more than "trad. it".
    """
    return translation_pattern().match(text) is not None or (before is not None and is_translation_alone(before))


def is_translation_alone(text: str) -> bool:
    """Whether a citation is nothing but the words that announce a translation."""
    cue = translation_pattern().match(text)
    return cue is not None and not text[cue.end() :].strip(" .:,;")


def without_reprint(title: str) -> str | None:
    """A title without "Nachdr. der Ausg. 1881" at its end, None where it has no such end."""
    cue = _cue("reprint").search(title)
    return title[: cue.start()].rstrip(" ,;:.([-–—") if cue else None


def reprinted_years(text: str) -> frozenset[int]:
    """The years printed in a citation that says that its work is a reprint; none where it does not say so."""
    if _cue("reprint").search(text) is None:
        return frozenset()
    return frozenset(int(year) for year in _YEAR.findall(text))


def reviewed(text: str) -> str | None:
    """The words behind "review of", None where there are no such words."""
    cue = _cue("review").search(text)
    return text[cue.end() : cue.end() + _SEARCHED] if cue else None


def possible_titles(text: str) -> Iterator[str]:
    """The stretches of `text` between any two signs that can end a title, not too many pieces long."""
    ends = [0, *(sign.end() for sign in _BREAK.finditer(text)), len(text) + 1]
    for first, start in enumerate(ends[:-1]):
        for end in ends[first + 1 : first + 1 + _PIECES]:
            stretch = text[start : end - 1].strip()
            if stretch:
                yield stretch
