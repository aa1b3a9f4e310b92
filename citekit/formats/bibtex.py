"""BibTeX and BibLaTeX files, written and read through bibtexparser."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citekit.formats.dialects import BIBTEX, Dialect
from citekit.formats.entries import Entry, entry_of, item_of
from citekit.formats.keys import ascii_slug, citation_key, is_writable, unique_key
from citekit.model import Diagnostic, Item, Severity

if TYPE_CHECKING:
    from bibtexparser.model import Entry as Block

__all__ = ["dumps", "read"]

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

    @string abbreviations are put in. Comments and the preamble are passed over.
    """
    from bibtexparser.entrypoint import parse_string

    # What bibtexparser logs is in the diagnostics; a handler that does nothing keeps it off standard error.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    library = parse_string(text)
    items = [item_of(_entry(block), dialect) for block in library.entries]
    trouble = tuple(
        Diagnostic(
            Severity.WARNING,
            "bibtex-unreadable",
            f"line {(block.start_line or 0) + 1}: {_reason(block.error)}; correct the entry and read the file again",
        )
        for block in library.failed_blocks
    )
    return items, trouble


def _reason(error: Exception) -> str:
    """Why a block could not be read; the parser keeps the reason of a block without an end apart."""
    said = str(error) or str(getattr(error, "abort_reason", "")) or "is no entry"
    return " ".join(said.split())[:200]


def _entry(block: Block) -> Entry:
    fields = {field.key.lower(): str(field.value) for field in block.fields}
    return Entry(block.entry_type.lower(), block.key, fields)
