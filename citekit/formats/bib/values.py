r"""The value of a field, as BibTeX reads it: pieces in braces or quotes, numbers and names, joined by `#`. Pure.

BibTeX and biber count every brace, also one behind a backslash (btxdoc, section 4; btparse, "bt_language"). Programs
that write `\}` without its partner mean a character; `lenient` reads these.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from citekit.formats.dates import MONTHS

__all__ = ["Braces", "Value", "scan_value", "spoken"]

_LONGEST = 20_000  # characters that a value may grow to: the buffer of BibTeX itself (buf_size, bibtex.web, section 14)
_NAMES_OF_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
# Groups within groups within a group: what nearly every value is, in one step.
_GROUP = re.compile(r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}")
_QUOTED = re.compile(r'"[^"{}\\]*+"')
_BRACE = re.compile(r"[{}]")
_SIGN = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BARE = re.compile(r"[^\s,#{}\"=%()]+(?:[()][^\s,#{}\"=%()]+)*+")
_JOINT = re.compile(r"\s*#\s*")
_BLANK = re.compile(r"\s*")
_QUOTE_ENDS = re.compile(r"\s*+(?:[,#})]|\Z)")


class Braces:
    """The braces of a text, each counted whatever stands before it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: array[int] | None = None
        self._partners: array[int] | None = None

    def end(self, start: int, limit: int, *, lenient: bool = False) -> int | None:
        """Behind the brace that closes the one at `start`; None where none does.

        Args:
            start: the place of an opening brace.
            limit: where the search ends at first; only a brace that all its text closes is looked for further on.
            lenient: braces behind a backslash are characters, and nothing behind `limit` is looked for.
        """
        if lenient:
            return _lenient_end(self.text, start, limit)
        found = _GROUP.match(self.text, start, limit)
        if found:
            return found.end()
        depth = 0
        for brace in _BRACE.finditer(self.text, start, limit):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                return brace.end()
        return self._partner(start) if limit < len(self.text) else None

    def _partner(self, start: int) -> int | None:
        """All pairs of a text are found once: an unclosed brace costs no search to the end of the file of its own."""
        from bisect import bisect_left

        if self._places is None or self._partners is None:
            self._places, self._partners = array("q"), array("q")
            open_braces: list[int] = []
            for brace in _BRACE.finditer(self.text):
                if brace[0] == "{":
                    open_braces.append(len(self._places))
                    self._places.append(brace.start())
                    self._partners.append(-1)
                elif open_braces:
                    self._partners[open_braces.pop()] = brace.end()
        number = bisect_left(self._places, start)
        return None if self._partners[number] < 0 else self._partners[number]


def _lenient_end(text: str, start: int, limit: int) -> int | None:
    depth = 0
    for sign in _SIGN.finditer(text, start, limit):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0 and sign[0] == "}":
            return sign.end()
    return None


def _quoted_end(text: str, start: int, limit: int, *, lenient: bool) -> int | None:
    r"""Behind the quote that closes the one at `start`: no brace is open there.

    BibTeX ends the value at a `\"` too; programs that write `"\"Uber"` mean the accent, unless the value ends there.
    """
    found = _QUOTED.match(text, start, limit)
    if found:
        return found.end()
    depth = 0
    for sign in _SIGN.finditer(text, start + 1, limit):
        what = sign[0]
        if what == '"':
            if depth == 0:
                return sign.end()
        elif what == '\\"':
            if depth == 0 and _QUOTE_ENDS.match(text, sign.end()):
                return sign.end()
        elif what[-1] in "{}" and (len(what) == 1 or not lenient):
            depth += 1 if what[-1] == "{" else -1
            if depth < 0:
                return None
    return None


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a file: its pieces (start, end), where it ends, and whether each is joined to the next by `#`."""

    pieces: tuple[tuple[int, int], ...]
    end: int
    joined: bool


def scan_value(braces: Braces, start: int, limit: int, closing: str, *, lenient: bool = False) -> Value | str:
    """The value that begins at `start` (behind `=` and blanks), or in words why none does.

    Pieces that nothing joins are taken as one value all the same: their words are kept, and the caller tells.

    Args:
        braces: those of the text.
        start: its first character.
        limit: where the next block begins.
        closing: what closes the entry: `}` or `)`.
        lenient: see `Braces.end`.
    """
    text = braces.text
    pieces: list[tuple[int, int]] = []
    place, joined = start, True
    while place < len(text):
        sign = text[place]
        if sign == "{":
            end = braces.end(place, limit, lenient=lenient)
            if end is None:
                return "a brace is not closed"
        elif sign == '"':
            end = _quoted_end(text, place, limit, lenient=lenient)
            if end is None:
                return "a quotation mark is not closed"
        elif sign == closing or sign in ",%":
            break
        else:
            bare = _BARE.match(text, place)
            if bare is None:
                if sign in "()=}":
                    return f"{sign!r} stands where a value is expected"
                break
            end = bare.end()
            if closing == ")" and text[place:end].endswith(")"):
                end -= 1
        pieces.append((place, end))
        joint = _JOINT.match(text, end)
        if joint:
            place = joint.end()
            continue
        blank = _BLANK.match(text, end)
        place = blank.end() if blank else end
        if place >= len(text) or text[place] in ",%" or text[place] == closing or _names_a_field(text, place):
            break
        joined = False
    return Value(tuple(pieces), pieces[-1][1] if pieces else start, joined)


_FIELD = re.compile(r"[^\s=,{}()\"#%']++\s*+=")


def _names_a_field(text: str, place: int) -> bool:
    """Whether the next field begins here: the comma before it is missing."""
    return _FIELD.match(text, place) is not None


def spoken(text: str, value: Value, known: Mapping[str, str], later: Mapping[str, str], field: str = "") -> str:
    """The words of a value: pieces without their enclosing, joined, names replaced by what they stand for.

    A name that nobody defined stays as it is, where BibTeX would leave it out. The months stay names in `month`, which
    is read as a date. A value that abbreviations of abbreviations would make longer than BibTeX could hold stays as it
    is printed.

    Args:
        text: the file's.
        value: a value in it.
        known: words by name in small letters, as defined up to here.
        later: the same for all of the file.
        field: the field's name in small letters.
    """
    if not value.joined:
        return text[value.pieces[0][0] : value.end]
    words = []
    for start, end in value.pieces:
        if text[start] in '{"':
            words.append(text[start + 1 : end - 1])
            continue
        piece = text[start:end]
        name = piece.lower()
        if field == "month" and name in MONTHS:
            words.append(name)
            continue
        meant = known.get(name)
        if meant is None:
            meant = later.get(name)
        words.append(
            piece if meant is None and name not in _NAMES_OF_MONTHS else meant or _NAMES_OF_MONTHS.get(name, "")
        )
    printed = text[value.pieces[0][0] : value.end]
    return printed if sum(map(len, words)) > max(_LONGEST, len(printed)) else "".join(words)
