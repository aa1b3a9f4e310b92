"""The notes of an office document as it prints them: the label of each, and whether it stands at the page's foot.

pandoc keeps a note's words at its place, and drops its label and its kind. Before pandoc reads a file, a link to the
note's number is put at the head of its words; behind pandoc, the link is taken away and tells which note it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from roman import toRoman

from citekit.model import NoteKind

__all__ = ["AGAIN", "CALL", "NOTE", "CalledNote", "NoteCount", "numeral", "take_number"]

NOTE = "#citekit-note-"
"""What the link at the head of a note leads to, before its number."""
AGAIN = "#citekit-note-again-"
"""What the link around the label that calls a note once more leads to, before its number."""
CALL = "#citekit-note-call-"
"""What a link leads to, before its number, in whose place a note that stands elsewhere is called."""

_NUMBER = re.compile(re.escape(NOTE) + r"(\d{1,6})\Z")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_CHICAGO = "*†‡§"  # ECMA-376, 17.18.59 "chicago": each of the four, then each twice, and so on
_SIGNS = "*†‡§¶‖"
_MOST_ROMAN = 3999  # more is written with signs that nobody knows


@dataclass(frozen=True, slots=True)
class CalledNote:
    """A note's label as it is printed, and where it is printed."""

    label: str
    kind: NoteKind


@dataclass(slots=True)
class NoteCount:
    """How the notes of one kind are counted: the form of their numbers, the first, where it begins anew."""

    form: str = "decimal"
    first: int = 1
    anew: str = ""
    met: int = field(default=0)

    def next(self) -> str:
        """The label of the next note."""
        self.met += 1
        return numeral(self.form, self.first + self.met - 1)

    def begin(self) -> None:
        """Begin to count anew."""
        self.met = 0


def numeral(form: str, number: int) -> str:
    """A number as word processors print it, by the names that ECMA-376 (17.18.59) has for the forms.

    Letters behind "z" are doubled ("aa", "bb"), as there. Forms of other scripts are given in decimal digits.
    """
    if number < 1:
        return str(number)
    match form:
        case "lowerLetter":
            return _ALPHABET[(number - 1) % 26] * ((number - 1) // 26 + 1)
        case "upperLetter":
            return numeral("lowerLetter", number).upper()
        case "lowerRoman" if number <= _MOST_ROMAN:
            return toRoman(number).lower()
        case "upperRoman" if number <= _MOST_ROMAN:
            return toRoman(number)
        case "fnsymbol":  # LaTeX's
            return _SIGNS[(number - 1) % 6] * ((number - 1) // 6 + 1)
        case "chicago":
            return _CHICAGO[(number - 1) % 4] * ((number - 1) // 4 + 1)
    return str(number)


def take_number(content: Any) -> int | None:
    """The number in the link at the head of a note's words in pandoc's tree, taken away from there."""
    here = content
    while isinstance(here, list) and here:
        place = next((number for number, node in enumerate(here) if not _is_space(node)), 0)
        first = here[place]
        if isinstance(first, Mapping) and first.get("t") == "Link" and (found := _NUMBER.match(first["c"][2][0])):
            del here[place]
            return int(found[1])
        here = _inside(first)
    return None


def _is_space(node: Any) -> bool:
    return isinstance(node, Mapping) and node.get("t") in ("Space", "SoftBreak", "LineBreak")


def _inside(node: Any) -> Any:
    """The nodes at whose head the words of a node begin."""
    if isinstance(node, list):
        return node
    if not isinstance(node, Mapping):
        return None
    content: Any = node.get("c")
    match node.get("t"):
        case "Header":
            return content[2]
        case "OrderedList" | "Div" | "Span":
            return content[1]
        case "Table":
            return None
    return content
