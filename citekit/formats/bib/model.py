"""A .bib file as its user wrote it: blocks in their order, each with its place and its very characters.

The blocks of a file lie side by side: their `raw`, joined, is the file's text again. Spans are code points into that
text; lines and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from citekit.formats.latex_text import text_of_latex
from citekit.model import Diagnostic
from citekit.places import Span

__all__ = [
    "VERBATIM_FIELDS",
    "BibFile",
    "Block",
    "CommentBlock",
    "EntryBlock",
    "FieldBlock",
    "FreeText",
    "PreambleBlock",
    "StringBlock",
    "UnreadableBlock",
]

VERBATIM_FIELDS = frozenset(["doi", "eprint", "file", "pdf", "url", "urlraw", "verba", "verbb", "verbc"])
"""Fields whose characters TeX does not interpret (BibLaTeX manual 2.2.1, 2.2.2: verbatim and URI fields)."""


class FieldBlock(NamedTuple):
    """A field of an entry. (A tuple, because a library has hundreds of thousands: made in half the time.)

    Attributes:
        name: as it stands in the file ("AUTHOR").
        raw: its value as it stands in the file, with braces, quotes and `#`; empty where nothing stands behind `=`.
        text: its value as BibTeX reads it: LaTeX without the enclosing, pieces joined, abbreviations put in.
        span: from the name to the end of the value.
        line: of the name, from 1.
        column: of the name, from 1.
    """

    name: str
    raw: str
    text: str
    span: Span
    line: int
    column: int

    @property
    def value_span(self) -> Span:
        """The place of `raw`."""
        return Span(self.span.end - len(self.raw), self.span.end)

    @property
    def key(self) -> str:
        """The name in small letters, for BibTeX does not tell them apart."""
        return self.name.lower()

    @property
    def decoded(self) -> str:
        """The value in Unicode; of a verbatim field its characters as they are."""
        return self.text if self.key in VERBATIM_FIELDS else text_of_latex(self.text)


@dataclass(frozen=True, slots=True)
class EntryBlock:
    """An entry.

    Attributes:
        type: as it stands in the file, without `@` ("Book").
        key: the citation key as it stands there; empty where it has none.
        fields: in their order; a name can come twice.
        raw: from `@` to the closing brace or parenthesis.
        span: the place of `raw`.
        key_span: the place of the key.
        line: of `@`, from 1.
        column: of `@`, from 1.
    """

    type: str
    key: str
    fields: tuple[FieldBlock, ...]
    raw: str
    span: Span
    key_span: Span
    line: int
    column: int

    def field(self, name: str) -> FieldBlock | None:
        """The first field of this name, in whatever letters; None where there is none."""
        wanted = name.lower()
        return next((found for found in self.fields if found.key == wanted), None)


@dataclass(frozen=True, slots=True)
class StringBlock:
    """An abbreviation (`@string`): `name` stands for `text`; `value` is as it stands in the file."""

    name: str
    value: str
    text: str
    raw: str
    span: Span
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class PreambleBlock:
    """LaTeX for the bibliography (`@preamble`): `value` as it stands in the file, `text` as BibTeX reads it."""

    value: str
    text: str
    raw: str
    span: Span
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class CommentBlock:
    """A comment (`@comment{…}`); `text` is what stands inside it."""

    text: str
    raw: str
    span: Span
    line: int
    column: int

    @property
    def jabref(self) -> tuple[str, str] | None:
        """Name and value of JabRef's metadata ("groupsversion", "3;"); None for any other comment."""
        kind, sign, rest = self.text.partition(":")
        if not sign or kind.strip().lower() != "jabref-meta":
            return None
        name, sign, value = rest.partition(":")
        return (name.strip(), value.strip()) if sign else None


@dataclass(frozen=True, slots=True)
class FreeText:
    """What stands between the blocks: blank lines, words, lines that begin with `%`."""

    raw: str
    span: Span
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class UnreadableBlock:
    """What begins as a block and cannot be read as one; `reason` says why, in a few words."""

    reason: str
    raw: str
    span: Span
    line: int
    column: int


Block: TypeAlias = EntryBlock | StringBlock | PreambleBlock | CommentBlock | FreeText | UnreadableBlock


@dataclass(frozen=True, slots=True)
class BibFile:
    """A .bib file.

    Attributes:
        text: all of it, without a byte-order mark.
        blocks: side by side, in their order.
        diagnostics: what could not be read, or was read only with good will; each message begins with its line.
        strings: the words that each abbreviation stands for at the end of the file, by name in small letters.
        encoding: of the bytes that it was read from (a name that Python and IANA know).
        mark: the byte-order mark that these began with.
        stray: bytes that are no character in this encoding, by their place in `text`, where U+FFFD stands for them.
    """

    text: str
    blocks: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    strings: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    mark: bytes = b""
    stray: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[EntryBlock, ...]:
        """The entries, in their order."""
        return tuple(block for block in self.blocks if isinstance(block, EntryBlock))

    @property
    def unreadable(self) -> tuple[UnreadableBlock, ...]:
        """The blocks that could not be read."""
        return tuple(block for block in self.blocks if isinstance(block, UnreadableBlock))

    @property
    def metadata(self) -> Iterator[tuple[str, str]]:
        """JabRef's metadata, name and value."""
        found = (block.jabref for block in self.blocks if isinstance(block, CommentBlock))
        return (pair for pair in found if pair is not None)
