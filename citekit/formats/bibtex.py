"""BibTeX and BibLaTeX files, written and read through bibtexparser."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from citekit.formats.dialects import BIBTEX, Dialect
from citekit.formats.entries import Entry, entry_of, item_of
from citekit.formats.keys import ascii_slug, citation_key, is_writable, unique_key
from citekit.formats.macros import abbreviations, expanded
from citekit.model import Diagnostic, Item, Severity

if TYPE_CHECKING:
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import ExplicitComment, ImplicitComment

__all__ = ["dumps", "read"]

# bibtexparser takes for a comment whatever begins like @comment, and what is between the entries that it knows.
_NO_COMMENT = re.compile(r"^[ \t]*@(?!comment\s*[{(])\s*([^\s{}(),@=\"]+)\s*[{(]", re.IGNORECASE | re.MULTILINE)
# BibTeX's own styles know no \url; a document that loads the url package keeps that package's.
_PREAMBLE = r'"\providecommand{\url}[1]{\texttt{\detokenize{#1}}}"'


def dumps(items: Sequence[Item], dialect: Dialect = BIBTEX) -> str:
    r"""The items as a .bib file (UTF-8 text), in their order; empty text for no items.

    An item's `id` is its key where BibTeX accepts it; else, and for an item without `id`, a key is made from the item.
    Keys that differ in case alone are told apart, for BibTeX takes them for one.
    """
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.middlewares.enclosing import AddEnclosingMiddleware
    from bibtexparser.model import Preamble
    from bibtexparser.writer import BibtexFormat

    entries: list[Entry] = []
    taken: set[str] = set()
    for item in items:
        key = unique_key(_key(item), _Folded(taken))
        taken.add(key.lower())
        entries.append(entry_of(item, key, dialect))
    library = Library()
    if dialect is BIBTEX and any(r"\url{" in text for entry in entries for text in entry.fields.values()):
        library.add(Preamble(_PREAMBLE))
    library.add([_block(entry) for entry in entries])
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.block_separator = "\n"
    layout.trailing_comma = True
    enclosing = AddEnclosingMiddleware(
        reuse_previous_enclosing=False,
        enclose_integers=True,
        default_enclosing="{",
        allow_inplace_modification=True,  # the library is ours: no copy of each entry
    )
    return str(write_string(library, unparse_stack=[enclosing], bibtex_format=layout))


class _Folded:
    """A set of lower-case keys that answers for every spelling."""

    def __init__(self, keys: set[str]) -> None:
        self._keys = keys

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.lower() in self._keys


def _key(item: Item) -> str:
    stated = item.get("id")
    if isinstance(stated, (str, int)) and str(stated):
        text = str(stated)
        return text if is_writable(text) else ascii_slug(text)[:40] or citation_key(item)
    return citation_key(item)


def _block(entry: Entry) -> Block:
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    fields = []
    for name, text in entry.fields.items():
        field = Field(name, text)
        if name in entry.bare:
            field.enclosing = "no-enclosing"
        fields.append(field)
    return Block(entry.entry_type, entry.key, fields)


def read(text: str, dialect: Dialect = BIBTEX) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of a .bib file, and a warning for each block that could not be read.

    @string abbreviations are put in, and pieces joined by `#`. Comments and the preamble are passed over.
    """
    from bibtexparser.entrypoint import parse_string

    # What bibtexparser logs is in the diagnostics; a handler that does nothing keeps it off standard error.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    library = parse_string(text, parse_stack=[])  # its own middleware leaves what `#` joins as it stands
    known = abbreviations((block.key, str(block.value)) for block in library.strings)
    items = [item_of(_entry(block, known), dialect) for block in library.entries]
    failed = [(block.start_line, _reason(block.error)) for block in library.failed_blocks]
    # bibtexparser takes whatever begins like @comment for one.
    failed += [found for comment in library.comments for found in _no_comment(comment)]
    trouble = tuple(
        Diagnostic(
            Severity.WARNING,
            "bibtex-unreadable",
            f"line {(line or 0) + 1}: {reason}; correct the entry and read the file again",
        )
        for line, reason in sorted(failed, key=lambda each: each[0] or 0)
    )
    return items, trouble


def _no_comment(comment: ExplicitComment | ImplicitComment) -> Iterator[tuple[int, str]]:
    """The entries in a comment, each with its line from 0: nobody writes one there to have it passed over."""
    from bibtexparser.model import ExplicitComment

    text = comment.raw or ""
    first = isinstance(comment, ExplicitComment)  # what stands in an @comment{…} is one
    for found in [_NO_COMMENT.match(text)] if first else _NO_COMMENT.finditer(text):
        if found:
            line = (comment.start_line or 0) + text.count("\n", 0, found.end(1))
            yield line, f"@{found[1]} cannot be read as an entry"


def _reason(error: Exception) -> str:
    """Why a block could not be read; the parser keeps the reason of a block without an end apart."""
    said = str(error) or str(getattr(error, "abort_reason", "")) or "is no entry"
    return " ".join(said.split())[:200]


def _entry(block: Block, known: Mapping[str, str]) -> Entry:
    fields = {field.key.lower(): expanded(str(field.value), known, field.key.lower()) for field in block.fields}
    return Entry(block.entry_type.lower(), block.key, fields)
