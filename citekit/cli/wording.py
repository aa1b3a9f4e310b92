"""How a person reads a work, a place and a number on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citekit.grades import Grade, figure, grade
from citekit.wording import counted, field_words, one_line, reference

if TYPE_CHECKING:
    from rich.text import Text

__all__ = [
    "confidence_told",
    "counted",
    "field_words",
    "line_and_column",
    "one_line",
    "reference",
    "sentence_end",
    "sentence_start",
    "told_veto",
]

# Good enough to show a citation in its surroundings: an abbreviation cuts a sentence short, and nothing is lost by it.
_SENTENCE_ENDS = re.compile(r"(?:[.!?…][\"'”’»)\]]?\s)|[。！？]|\n\s*\n")


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a code point, both from 1, as editors count them."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def confidence_told(confidence: float) -> Text:
    """A confidence in a table: a figure, with the sign and the colour of its grade where somebody should look."""
    from rich.text import Text

    step = grade(confidence)
    return Text(f"{figure(confidence)}{step.sign}", style={Grade.UNSURE: "red", Grade.FAIR: "yellow"}.get(step, ""))


def sentence_start(before: str) -> int:
    """Where, in the words before a place, its sentence starts: 0 where no earlier one ends."""
    start = 0
    for end in _SENTENCE_ENDS.finditer(before):
        start = end.end()
    return start


def sentence_end(behind: str) -> int:
    """Where, in the words behind a place, its sentence ends: their length where it goes on."""
    end = _SENTENCE_ENDS.search(behind + " ")
    return min(end.end(), len(behind)) if end else len(behind)


_VETOES = {
    "title": "other titles",
    "part": "other parts or instalments",
    "contrast": "titles with other numbers, or opposites",
    "author": "other authors",
    "volume": "other volumes",
    "year": "other years",
    "edition": "other editions",
    "date": "other days",
    "doi": "other DOIs",
    "isbn": "other ISBNs",
    "url": "other addresses",
    "number": "other numbers",
    "shelfmark": "other shelfmarks",
    "chapter-against-book": "a part, and a book",
    "thesis": "a thesis, and a book",
    "translation": "a translation, and its original or another one",
    "review": "a review, and what it reviews",
    "correction": "a correction or reply, and what it is about",
    "container": "in other containers",
}


def told_veto(name: str) -> str:
    """A veto with what it says: "year (other years)"."""
    return f"{name} ({_VETOES[name]})" if name in _VETOES else name
