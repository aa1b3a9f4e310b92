"""Which of the printed words belong to which work, where one field cites several ("(Mills 1820, 3; Lee 1999)").

A style may sort the works of a field and print several of one author together, so the printed pieces are matched to the
works by their authors and titles; what cannot be told apart keeps all the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from citekit.model import KeyedCitation, Span
from citekit.readers.composing import trimmed

__all__ = ["placed"]

_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］"}
_CUTS = (re.compile(r";"), re.compile(r"[,–-]"))
_NUMBERS = re.compile(r"[\d\s,;–-]+")


def placed(text: str, start: int, end: int, entries: Sequence[KeyedCitation]) -> list[KeyedCitation]:
    """The entries of a field at the words of each, without brackets around all of them."""
    whole = _unbracketed(text, trimmed(text, start, end))
    if not whole.length:
        return []
    if len(entries) == 1:
        return [replace(entries[0], span=whole)]
    for cut in _CUTS if _NUMBERS.fullmatch(text, *whole) else _CUTS[:1]:
        pieces = _pieces(text, whole, cut)
        if len(pieces) > 1 and (spans := _shared_out(text, pieces, entries)):
            return [replace(entry, span=span) for entry, span in zip(entries, spans, strict=True)]
    return [replace(entry, span=whole) for entry in entries]


def _unbracketed(text: str, span: Span) -> Span:
    closing = _BRACKETS.get(text[span.start : span.start + 1])
    if closing and text[span.end - 1] == closing:
        depth = 0
        for place in range(span.start, span.end):
            depth += (text[place] == text[span.start]) - (text[place] == closing)
            if not depth and place < span.end - 1:
                return span
        return trimmed(text, span.start + 1, span.end - 1)
    return span


def _pieces(text: str, span: Span, cut: re.Pattern[str]) -> list[Span]:
    ends = [found.start() for found in cut.finditer(text, *span)]
    starts = [span.start, *(end + 1 for end in ends)]
    found = [trimmed(text, *place) for place in zip(starts, [*ends, span.end], strict=True)]
    return [piece for piece in found if piece.length]


def _shared_out(text: str, pieces: Sequence[Span], entries: Sequence[KeyedCitation]) -> list[Span] | None:
    """A piece for each entry, None where the words do not tell."""
    words = [text[slice(*piece)].casefold() for piece in pieces]
    fits = [_fits(entry, words) for entry in entries]
    if len(pieces) == len(entries) and all(row[number] or not any(row) for number, row in enumerate(fits)):
        return list(pieces)
    only = [[number for number, fit in enumerate(row) if fit] for row in fits]
    if all(len(row) == 1 for row in only):
        return [pieces[row[0]] for row in only]
    return None


def _fits(entry: KeyedCitation, words: Sequence[str]) -> list[bool]:
    """Which pieces may speak of a work: those with its name, and of these those with its year where one has it."""
    named = [any(name in said for name in _names(entry)) for said in words]
    parts = (entry.item.get("issued") or {}).get("date-parts") or [[None]]
    year = str(parts[0][0])
    dated = [fit and year in said for fit, said in zip(named, words, strict=True)]
    return dated if any(dated) else named


def _names(entry: KeyedCitation) -> list[str]:
    """What a piece must say to speak of a work: a surname of its people, or its title where it has none."""
    people = entry.item.get("author") or entry.item.get("editor") or ()
    names = [str(person.get("family") or person.get("literal") or "").casefold() for person in people]
    titles = [str(entry.item.get(name, "")).casefold() for name in ("title", "title-short")]
    return [name for name in (names if any(names) else titles) if name]
