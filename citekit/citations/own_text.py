"""Words that lead to another place of the document itself: "notes 1-2 above", "the discussion on p. 33 below".

Chicago 17, 14.31: "see p. 33 below" names no work. A note of the document stands for the works that it cites; its
pages, chapters and appendices for none.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.cues import note_reference_pattern
from citekit.citations.signals import signal_head
from citekit.lexicon import alternation, words

__all__ = ["note_references", "only_own_text"]

_LONGEST = 160  # characters; longer words say something of their own
_BLANK = re.compile(r"[\s'’,.;:()\[\]，。；、：]+")
_NUMBER = re.compile(r"(?:\d{1,4}[a-z]?|[IVXLC]{1,7}|[ivxlc]{1,7}|[A-H])(?:\s?[-–]\s?\d{1,4})?(?:\s?ff?\b\.?)?(?!\w)")
_EAST_ASIAN = re.compile(r"第?[一二三四五六七八九十百\d]{1,5}(?:\s?[-–~～]\s?\d{1,4})?[章节節页頁編编部]")


@cache
def _pointer() -> re.Pattern[str]:
    """What nothing but a cross-reference says: "above", "this book", "notes 1-2"."""
    where = [*words("short_forms", "note_place"), *words("short_forms", "own_work")]
    latin = alternation(word for word in where if word[0] < "\u2e80")
    other = alternation(word for word in where if word[0] >= "\u2e80")
    notes = alternation(words("short_forms", "own_notes"))
    return re.compile(rf"(?:{latin}|{notes}\s?(?=\d))(?![^\W\d_])|{notes}\s?(?=\d)|(?:{other})", re.IGNORECASE)


@cache
def _page() -> re.Pattern[str]:
    labels = [word for term in ("page", "chapter", "section") for word in words("locators", term)]
    narrowing = alternation(words("locators", "narrowing"))  # "at 22", "hier S. 7"
    return re.compile(rf"{alternation(labels)}\s?(?=[\dIVXLC])|{narrowing}(?!\w)", re.IGNORECASE)


@cache
def _part() -> re.Pattern[str]:
    """Parts of a document, and the small words between them."""
    listed = [*words("short_forms", "own_part"), *words("stopwords", "title")]
    return re.compile(rf"{alternation(listed)}(?!\w)", re.IGNORECASE)


def _read(text: str) -> list[tuple[str, int, int]] | None:
    """The kinds and bounds of the words, None where one of them may name a work."""
    if len(text) > _LONGEST:
        return None
    signal = signal_head().match(text) or signal_head().match(text[:1].lower() + text[1:])  # "Se ovenfor, s. 12"
    place, found = signal.end() if signal else 0, []
    while place < len(text):
        blank = _BLANK.match(text, place)
        if blank:
            place = blank.end()
            continue
        for kind, pattern in (
            ("note", note_reference_pattern()),
            ("pointer", _pointer()),
            ("number", _page()),
            ("number", _NUMBER),
            ("number", _EAST_ASIAN),
            ("part", _part()),
        ):
            match = pattern.match(text, place)
            if match and match.end() > place:
                found.append((kind, place, match.end()))
                place = match.end()
                break
        else:
            return None
    return found


def only_own_text(text: str) -> bool:
    """Whether words say nothing but a place of this document, and lead to none of its notes."""
    read = _read(text)
    kinds = {kind for kind, _, _ in read or ()}
    return "pointer" in kinds and "note" not in kinds


def note_references(text: str) -> tuple[tuple[int, int], ...]:
    """The bounds of the notes referred to, where nothing but small words and parts of the document is around them.

    "n. 2 and the appendix" is its first four characters; () where the words are a reference and nothing else, or
    say more than that.
    """
    read = _read(text)
    if not read or not {"note", "part"} <= {kind for kind, _, _ in read}:
        return ()
    bounds: list[tuple[int, int]] = []
    running = False
    for kind, start, end in read:
        if kind == "note" and not running:
            bounds.append((start, end))
            running = True
        elif kind == "part":
            running = False
        elif running:
            bounds[-1] = (bounds[-1][0], end)
    return tuple(bounds)
