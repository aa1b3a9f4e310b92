"""BibTeX and BibLaTeX files: items of entries, entries of items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from citekit.cycles import no_search_for_cycles
from citekit.formats.bib import BibFile, EntryBlock, read_file, warnings_of
from citekit.formats.dialects import BIBTEX, Dialect
from citekit.formats.entries import Entry, entry_of, item_of
from citekit.formats.inheritance import with_inherited
from citekit.formats.keys import ascii_slug, citation_key, is_writable, unique_key
from citekit.formats.latex import tidy
from citekit.model import Diagnostic, Item

__all__ = ["dumps", "entries_text", "entry_in", "items_of", "read"]

# BibTeX's own styles know no \url; a document that loads the url package keeps that package's.
_PREAMBLE = '@preamble{"\\providecommand{\\url}[1]{\\texttt{\\detokenize{#1}}}"}\n\n'


def dumps(items: Sequence[Item], dialect: Dialect = BIBTEX) -> str:
    r"""The items as a .bib file (UTF-8 text), in their order; empty text for no items.

    An item's `id` is its key where BibTeX accepts it; else, and for an item without `id`, a key is made from the item.
    Keys that differ in case alone are told apart, for BibTeX takes them for one. BibTeX wants an entry behind all that
    name it by `crossref` (btxdoc 3.2).
    """
    entries: list[Entry] = []
    taken: set[str] = set()
    with no_search_for_cycles():
        for item in items:
            key = unique_key(_key(item), _Folded(taken))
            taken.add(key.lower())
            entries.append(entry_of(item, key, dialect))
    if dialect is BIBTEX:
        entries = _wholes_last(entries)
    needs_url = dialect is BIBTEX and any(r"\url{" in text for entry in entries for text in entry.fields.values())
    return (_PREAMBLE if needs_url else "") + entries_text(entries)


def _wholes_last(entries: list[Entry]) -> list[Entry]:
    """The entries in their order, those that others name by `crossref` behind them."""
    of = {entry.key.lower(): entry.fields["crossref"].lower() for entry in entries if "crossref" in entry.fields}
    if not of:
        return entries
    depth: dict[str, int] = {}
    for key in of:
        step, seen = 1, {key}
        while (key := of.get(key, "")) and key not in seen:
            depth[key] = max(depth.get(key, 0), step)
            seen.add(key)
            step += 1
    return sorted(entries, key=lambda entry: depth.get(entry.key.lower(), 0))


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


def entries_text(entries: Iterable[Entry]) -> str:
    """Entries as they stand in a file, an empty line between them."""
    return "\n".join(map(_written, entries))


def _written(entry: Entry) -> str:
    fields = "".join(
        f"  {name} = {text},\n" if name in entry.bare else f"  {name} = {{{text}}},\n"
        for name, text in entry.fields.items()
    )
    return f"@{entry.entry_type}{{{entry.key},\n{fields}}}\n"


def read(text: str, dialect: Dialect = BIBTEX) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of a .bib file, and a warning for each block that could not be read, or only with good will.

    @string abbreviations are put in, and pieces joined by `#`. Comments and the preamble are passed over.
    """
    file = read_file(text)
    return items_of(file, dialect), (*file.diagnostics, *warnings_of(file))


def items_of(file: BibFile, dialect: Dialect, *, inherit: bool = False) -> list[dict[str, Any]]:
    """The items of a file's entries, in their order.

    Args:
        file: what was read.
        dialect: its notation.
        inherit: whether entries take what `crossref` and `xdata` give them (`citekit.formats.inheritance`).
    """
    with no_search_for_cycles():
        entries = map(entry_in, file.entries)
        return [item_of(entry, dialect) for entry in (with_inherited(list(entries)) if inherit else entries)]


def entry_in(block: EntryBlock) -> Entry:
    """An entry of a file as a BibTeX style sees it: names in small letters, without fields that are empty.

    Of a field that comes twice BibTeX takes the first; what another says is kept under the name with a number behind,
    keywords as one list.
    """
    fields: dict[str, str] = {}
    for field in block.fields:
        key, text = field.key, field.text
        if not tidy(text):  # other blanks than BibTeX's are characters
            continue
        if key not in fields:
            fields[key] = text
        elif key == "keywords":
            fields[key] += f", {text}"
        else:
            fields[next(name for name in _names(key) if fields.get(name) in (None, text))] = text
    return Entry(block.type.lower(), block.key, fields)


def _names(key: str) -> Iterable[str]:
    yield key
    number = 2
    while True:
        yield f"{key}-{number}"
        number += 1
