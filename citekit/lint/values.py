"""The values of a file as the checks read them: words with the place of each character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from citekit.formats.bib import VERBATIM_FIELDS, BibFile, EntryBlock, FieldBlock
from citekit.formats.bib.values import Braces, Value, scan_value
from citekit.lint.catalogue import CHECKS
from citekit.lint.data_model import STYLE_FIELDS
from citekit.lint.findings import Finding, Fix
from citekit.places import Span

__all__ = ["UNPRINTED", "Piece", "Reporter", "pieces", "printed", "sole"]

_LINE_END = re.compile(r"\r\n?|\n")
UNPRINTED = frozenset(
    re.findall(
        r"\S+",
        "abstract annote annotation comment crossref entryset execute file groups ids keywords langid langidopts "
        "options owner presort related relatedoptions review sortkey timestamp xdata xref csl-json "
        "language hyphenation eprinttype eprintclass archiveprefix primaryclass priority qualityassured ranking "
        "readstatus "
        "printed search "
        "sorttitle sortname sortshorthand sortyear",
    )
)
"""Fields that no style sets as words, or whose characters programs read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value between braces or quotation marks.

    Attributes:
        text: the characters inside.
        start: the place of the first, in the file's text.
    """

    text: str
    start: int

    def span(self, start: int, end: int) -> Span:
        """The place in the file of some of its characters."""
        return Span(self.start + start, self.start + end)


def pieces(raw: str, start: int) -> tuple[Piece, ...]:
    """The pieces in braces or quotation marks of a value that stands at `start`; names and numbers are none."""
    if len(raw) > 1 and raw[0] == "{" and raw[-1] == "}" and "{" not in raw[1:] and "}" not in raw[1:-1]:
        return (Piece(raw[1:-1], start + 1),)
    value = scan_value(Braces(raw), 0, len(raw), "\0")
    if not isinstance(value, Value):
        return ()
    return tuple(
        Piece(raw[begin + 1 : end - 1], start + begin + 1) for begin, end in value.pieces if raw[begin] in '{"'
    )


def sole(field: FieldBlock) -> Piece | None:
    """The value where it is one piece and nothing else, so that it can be set right in its place; else None."""
    found = pieces(field.raw, field.value_span.start)
    if len(found) == 1 and len(found[0].text) + 2 == len(field.raw):
        return found[0]
    if not found and field.raw.isalnum():
        return Piece(field.raw, field.value_span.start)
    return None


def printed(entry: EntryBlock) -> Iterator[FieldBlock]:
    """The fields whose words TeX sets."""
    for field in entry.fields:
        if field.key in STYLE_FIELDS and field.key not in VERBATIM_FIELDS and field.key not in UNPRINTED:
            yield field


class Reporter:
    """Makes findings of places in one file."""

    def __init__(self, file: BibFile) -> None:
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(file.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a code point."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def finding(  # noqa: PLR0917 - in the order in which they narrow
        self,
        code: str,
        message: str,
        span: Span,
        entry: EntryBlock | None = None,
        field: FieldBlock | None = None,
        replacement: str | None = None,
    ) -> Finding:
        """A finding at a place.

        Args:
            code: of the check.
            message: what is wrong and what to do.
            span: where.
            entry: the entry that it is about.
            field: the field that it is about.
            replacement: what can safely stand there instead.
        """
        line, column = self.place(span.start)
        return Finding(
            code,
            CHECKS[code].severity,
            message,
            entry.key if entry else "",
            field.name if field else "",
            span,
            line,
            column,
            Fix(span, replacement) if replacement is not None else None,
        )
