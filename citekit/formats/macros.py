"""Values of a .bib file as BibTeX reads them: pieces joined by `#`, and the names that stand for words. Pure.

A piece is text in braces or quotes, a number, or the name of an abbreviation that @string, or the style, defines
(btxdoc, section 3; btxhak, section 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from citekit.formats.dates import MONTHS

__all__ = ["abbreviations", "expanded"]

_NAMES_OF_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
_BARE = re.compile(r"[^\s#{}\",]+")
_JOINT = re.compile(r"\s*#\s*")
_LONGEST = 20_000  # characters that a value may grow to: the buffer of BibTeX itself (buf_size, bibtex.web, section 14)
_SIGN = re.compile(r"\\.|[{}\"]", re.DOTALL)  # an escaped brace closes nothing, as bibtexparser sees it


def abbreviations(defined: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The words that each name in small letters stands for, of the @string definitions of a file in their order."""
    known: dict[str, str] = {}
    for name, value in defined:
        known[name.lower()] = expanded(value, known)
    return known


def expanded(value: str, known: Mapping[str, str], field: str = "") -> str:
    """A field's value without its braces and quotes, its pieces joined.

    A value that abbreviations of abbreviations would make longer than BibTeX could hold stays as it stands. A
    name that nobody defined stays as it is, where BibTeX would leave it out. The months stay names in `month`, which
    is read as a date.

    Args:
        value: as it stands in the file.
        known: words by name in small letters.
        field: the field's name in small letters.
    """
    pieces = list(_pieces(value.strip()))
    if None in pieces:  # no BibTeX: at least the words
        text = value.strip()
        return text[1:-1] if len(text) > 1 and text[0] + text[-1] in ("{}", '""') else text
    words = [_words(piece, known, field) for piece in pieces if piece is not None]
    return value.strip() if sum(map(len, words)) > max(_LONGEST, len(value)) else "".join(words)


def _words(piece: str, known: Mapping[str, str], field: str) -> str:
    if piece[0] in '{"':
        return piece[1:-1]
    name = piece.lower()
    if field == "month" and name in MONTHS:
        return name
    return known.get(name) or _NAMES_OF_MONTHS.get(name) or piece


def _pieces(value: str) -> Iterator[str | None]:
    """The pieces with their enclosing; None for what is none."""
    place = 0
    while place < len(value):
        end = _end(value, place)
        if end is None:
            yield None
            return
        yield value[place:end]
        joint = _JOINT.match(value, end)
        if joint is None:
            if end < len(value):
                yield None
            return
        place = joint.end()


def _end(value: str, start: int) -> int | None:
    """Behind the piece that starts here, None where none does or it does not end."""
    opening = value[start]
    if opening not in '{"':
        bare = _BARE.match(value, start)
        return bare.end() if bare else None
    depth = 0
    for sign in _SIGN.finditer(value, start + (opening == '"')):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0 and sign[0] == ("}" if opening == "{" else '"'):
            return sign.end()
    return None
