"""A .bib file with changes, in the style of its user: what is not changed keeps its very characters.

A new value stands in the same braces or quotes as the old one; a new field comes behind the last, indented and aligned
as the entry's others are; a field that goes takes its comma and its line along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from citekit.formats.bib.encoding import bytes_of
from citekit.formats.bib.model import BibFile, EntryBlock, FieldBlock
from citekit.formats.bib.reading import read_file
from citekit.formats.latex import is_balanced

__all__ = ["changed_entry", "changed_file", "to_bytes"]

_INDENT = ",\n  "


def to_bytes(file: BibFile) -> bytes:
    """The bytes of a file: those that it was read from, where nothing is changed.

    Raises:
        UnicodeEncodeError: a change brought a character that the file's encoding has not.
    """
    return bytes_of(file.text, file.encoding, file.mark, file.stray)


def changed_file(file: BibFile, changes: Mapping[EntryBlock, Mapping[str, str | None]]) -> BibFile:
    """The file with some entries changed, read again.

    Args:
        file: as it was read.
        changes: for entries of the file what `changed_entry` takes.
    """
    pieces: list[str] = []
    stray: dict[int, bytes] = {}
    length = 0
    for block in file.blocks:
        raw = changed_entry(block, changes[block]) if isinstance(block, EntryBlock) and block in changes else block.raw
        if raw is block.raw and file.stray:
            stray |= {
                place - block.span.start + length: byte
                for place, byte in file.stray.items()
                if block.span.start <= place < block.span.end
            }
        pieces.append(raw)
        length += len(raw)
    again = read_file("".join(pieces))
    return BibFile(again.text, again.blocks, again.diagnostics, again.strings, file.encoding, file.mark, stray)


def changed_entry(entry: EntryBlock, changes: Mapping[str, str | None]) -> str:
    """The characters of an entry with some fields changed; with no changes its own.

    Args:
        entry: as it stands in a file.
        changes: LaTeX by the field's name in any letters; None takes the field away.

    Raises:
        ValueError: a value's braces do not balance, so that no file can hold it.
    """
    wanted = {name.lower(): value for name, value in changes.items()}
    for name, value in wanted.items():
        if value is not None and not is_balanced(value):
            raise ValueError(f"{name}: braces that do not balance")
    edits = list(_edits(entry, wanted))
    raw = entry.raw
    for start, end, words in sorted(edits, reverse=True):
        raw = raw[:start] + words + raw[end:]
    return raw


def _edits(entry: EntryBlock, wanted: Mapping[str, str | None]) -> Iterator[tuple[int, int, str]]:
    """What stands in place of which part of the entry's characters."""
    shift = entry.span.start
    known: dict[str, FieldBlock] = {}
    for field in entry.fields:
        known.setdefault(field.key, field)
    gone = {name for name, value in wanted.items() if value is None and name in known}
    for number, field in enumerate(entry.fields):
        value = wanted.get(field.key)
        if field.key in gone:
            yield _removal(entry, number)
        elif value is not None and field is known[field.key] and value != field.text:
            yield field.value_span.start - shift, field.span.end - shift, _enclosed(value, field.raw)
    added = [(name, value) for name, value in wanted.items() if value is not None and name not in known]
    if added:
        kept = [field for field in entry.fields if field.key not in gone]
        end = (kept[-1].span.end if kept else entry.key_span.end) - shift
        model = kept[-1].raw if kept else "{"
        gap = _gap(entry)
        words = "".join(f"{gap}{_padded(entry, name)}{_enclosed(value, model)}" for name, value in added)
        yield end, end, words


def _removal(entry: EntryBlock, number: int) -> tuple[int, int, str]:
    """A field goes with what stands between it and the one before it; its comma stays for the one behind."""
    shift = entry.span.start
    before = entry.fields[number - 1].span.end if number else entry.key_span.end
    return before - shift, entry.fields[number].span.end - shift, ""


def _gap(entry: EntryBlock) -> str:
    """What stands between two fields of the entry: a comma, a line end, an indent."""
    text, shift = entry.raw, entry.span.start
    gaps = [text[one.span.end - shift : other.span.start - shift] for one, other in pairwise(entry.fields)]
    if not gaps and entry.fields:
        gaps = [text[entry.key_span.end - shift : entry.fields[0].span.start - shift]]
    return next((gap for gap in reversed(gaps) if gap.count(",") == 1 and "%" not in gap), _INDENT)


def _padded(entry: EntryBlock, name: str) -> str:
    """The name and its `=`, in the letters and at the column of the entry's others."""
    shift = entry.span.start
    heads = [entry.raw[field.span.start - shift : field.value_span.start - shift] for field in entry.fields]
    if not heads:
        return f"{name} = "
    name = name.upper() if all(field.name.isupper() for field in entry.fields) else name
    sign = heads[-1][len(entry.fields[-1].name) :]
    places = {head.index("=") for head in heads}
    if len(heads) > 1 and len(places) == 1 and len({len(field.name) for field in entry.fields}) > 1:
        return name.ljust(places.pop()) + sign[sign.index("=") :]
    return name + sign


def _enclosed(value: str, model: str) -> str:
    """A value in quotes or braces, as the model is; a number stands bare where the model does."""
    if model.isdigit() and value.isdigit():
        return value
    if model.startswith('"') and '"' not in value:
        return f'"{value}"'
    return f"{{{value}}}"
