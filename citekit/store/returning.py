"""An imported .bib file again, as its user wrote it, with what the user has set in the store since.

The store has the text of the file: comments, abbreviations and entries that nobody touched come back character for
character, an edited field is rewritten where it stands. Functions here take a connection and never commit.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from citekit.errors import FormatError, StoreError
from citekit.formats import recognition
from citekit.formats.bib import BibFile, EntryBlock, changed_file, read_file, to_bytes
from citekit.formats.bibtex import entry_in
from citekit.formats.dialects import BIBLATEX, BIBTEX, Dialect
from citekit.formats.entries import entry_of, item_of
from citekit.formats.wording import tail, without_tail
from citekit.store import documents, identity, items, tables

__all__ = ["returned"]

_MARKS = {
    "utf-8": (b"", codecs.BOM_UTF8),
    "utf-16-le": (codecs.BOM_UTF16_LE,),  # without its mark nobody would know the encoding
    "utf-16-be": (codecs.BOM_UTF16_BE,),
    "utf-32-le": (codecs.BOM_UTF32_LE,),
    "utf-32-be": (codecs.BOM_UTF32_BE,),
}
"""The byte-order marks that a file in an encoding can begin with (Unicode Standard, 23.8)."""


def returned(connection: Connection, path: str) -> bytes:
    """The bytes of an imported .bib file, with the edits of its works in force.

    Args:
        connection: to the store.
        path: the file as it was imported.

    Raises:
        StoreError: the store has imported no such .bib file.
        FormatError: its bytes cannot be given back.
    """
    known = documents.find(connection, identity.source(path))
    table = tables.documents.c
    row = connection.execute(select(tables.documents).where(table.id == known.id)).one() if known else None
    if row is None or row.kind != "import" or row.media_type != recognition.MEDIA_TYPES["bibtex"]:
        raise StoreError(f"{path}: the store has imported no such .bib file; name it as citekit import did")
    read = read_file(row.text)
    dialect = BIBLATEX if recognition.format_of(path, row.text) == "biblatex" else BIBTEX
    changes = _changes(connection, row.id, read, dialect)
    file = changed_file(read, changes) if changes else read
    return _bytes(path, file, row, changed=bool(changes))


def _bytes(path: str, file: BibFile, row: Row[Any], *, changed: bool) -> bytes:
    """The characters in the encoding of the file, with the mark that it began with."""
    encoding = row.encoding or "utf-8"
    marks = _MARKS.get(encoding, (b"",))
    try:
        original = {hashlib.sha256(mark + row.text.encode(encoding)).hexdigest(): mark for mark in marks}
        mark = original.get(row.sha256)
        written = to_bytes(BibFile(file.text, file.blocks, encoding=encoding, mark=marks[0] if mark is None else mark))
    except (UnicodeEncodeError, LookupError) as error:
        raise FormatError(
            f"{path}: what was set since has characters that {encoding} has not; save the file in UTF-8, import it "
            "again, and export then"
        ) from error
    if mark is None and not changed:
        raise FormatError(
            f"{path}: has bytes that are no {encoding}, which the store has not kept; use the file itself"
        )
    return written


def _changes(
    connection: Connection, document: int, file: BibFile, dialect: Dialect
) -> dict[EntryBlock, Mapping[str, str | None]]:
    """For each entry whose work the user edited: its fields that say something else now."""
    edits = items.edits_of(connection)
    if not edits:
        return {}
    by_place = {block.span.start: block for block in file.entries}
    notes, citations, cited, member = (
        tables.notes.c,
        tables.citations.c,
        tables.citation_works.c,
        tables.memberships.c,
    )
    query = (
        select(notes.span_start, member.work_id)
        .join(tables.citations, citations.note_id == notes.id)
        .join(tables.citation_works, cited.citation_id == citations.id)
        .join(tables.memberships, member.document_work_id == cited.document_work_id)
        .where(notes.document_id == document)
    )
    found: dict[EntryBlock, Mapping[str, str | None]] = {}
    for place, work in connection.execute(query):
        block = by_place.get(place)
        if block is not None and work in edits:
            different = _different(block, edits[work], dialect)
            if different:
                found[block] = different
    return found


def _different(block: EntryBlock, edits: Iterable[items.Edit], dialect: Dialect) -> dict[str, str | None]:
    said = item_of(entry_in(block), dialect)
    kin = dialect.kin_of(block.type.lower())
    edited = items.overlaid(said, list(edits))
    before = dict(entry_of(said, block.key, dialect).fields)
    after = dict(entry_of(edited, block.key, dialect).fields)
    own = {field.key for field in block.fields}
    _leave_out_sentences(before, after, (tail(said, dialect, kin), tail(edited, dialect, kin)), block, dialect)
    changes: dict[str, str | None] = {}
    for name in {*before, *after}:
        if before.get(name) == after.get(name):
            continue
        written = next((each for each in (name, *_OTHER_NAMES.get(name, ())) if each in own), name)
        changes[written] = after.get(name)
        if name == "date":
            changes |= dict.fromkeys(own & {"year", "month"})
    return changes


_DERIVED = ("howpublished", "entrysubtype")  # an export adds them for what `url` and the entry's type do not say


def _leave_out_sentences(
    before: dict[str, str], after: dict[str, str], endings: tuple[str, str], block: EntryBlock, dialect: Dialect
) -> None:
    """A file that said in no words what its entry's type prints in no field does not begin to with an edit.

    Where only the words can say what was edited, they stay.
    """
    also = {dialect.tail, dialect.remainder, *_DERIVED}
    if all(before.get(name) == after.get(name) for name in {*before, *after} - also):
        return
    for name in _DERIVED:
        if block.field(name) is None:
            before.pop(name, None)
            after.pop(name, None)
    written = block.field(dialect.tail)
    if endings[0] and written is not None and written.text.endswith(endings[0]):
        return
    for fields, ending in zip((before, after), endings, strict=True):
        words = without_tail(fields.pop(dialect.tail, ""), ending)
        if words:
            fields[dialect.tail] = words


# A file can have BibTeX's name for a field of BibLaTeX's (manual, 2.2.5).
_OTHER_NAMES = {
    "journaltitle": ("journal",), "location": ("address",), "institution": ("school",), "annotation": ("annote",),
}  # fmt: skip
