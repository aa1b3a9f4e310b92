"""Bibliographies into the store: each record a work of its file, with the key that its user gave it.

A bibliography is a document of kind "import": its source and its version are told as a document's are, and its
records are matched and grouped with everything else. Functions here take a connection and never commit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from citekit.errors import FormatError, ReadError
from citekit.formats import recognition
from citekit.formats.keys import is_writable
from citekit.model import Diagnostic, Document, Item, Severity
from citekit.store import adding, documents, identity, keys, leading, naming, records, succession, tables
from citekit.store.report import DocumentReport, DocumentStatus, Parted
from citekit.store.rows import rows_of

__all__ = ["Bibliography", "ImportReport", "keep", "moved", "read", "unchanged"]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a bibliography.

    Attributes:
        path: the file as the user named it.
        status: added, updated (it was in the store in another version), unchanged, moved, or failed.
        error: one line, why it failed; None where it did not.
        records: how many records the store has of it.
        works_new: how many works they name that were not in the store before.
        works_known: how many works they name that were.
        moved_from: what it was known by before, where its file has moved.
        diagnostics: records that could not be read, and keys that were taken.
    """

    path: str
    status: DocumentStatus
    error: str | None = None
    records: int = 0
    works_new: int = 0
    works_known: int = 0
    moved_from: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit import --json` prints for a file."""
        return {
            "path": self.path,
            "status": self.status.value,
            "error": self.error,
            "records": self.records,
            "works_new": self.works_new,
            "works_known": self.works_known,
            "moved_from": self.moved_from,
            "diagnostics": [diagnostic.to_json() for diagnostic in self.diagnostics],
        }


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A file that was read.

    Attributes:
        path: as the user named it.
        source: its identity.
        document: its text, with the digest of its bytes.
        records: what it says.
        diagnostics: what of it could not be read.
    """

    path: str
    source: str
    document: Document
    records: tuple[records.Record, ...]
    diagnostics: tuple[Diagnostic, ...]


def read(path: str, format: str | None = None) -> Bibliography:  # noqa: A002 - the word that users know
    """Read a bibliography.

    Args:
        path: a file in one of the formats of `citekit.formats`.
        format: its format, where its name does not say it.

    Raises:
        ReadError: it cannot be read.
        FormatError: it is in none of the formats.
    """
    from citekit.readers.decoding import decode

    source = identity.source(path)
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the name and its permissions") from error
    decoded = decode(content)
    try:
        chosen = format or recognition.format_of(path, decoded.text)
        found, trouble = records.read_records(decoded.text, chosen)
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error
    document = Document(
        decoded.text,
        path=path,
        media_type=recognition.MEDIA_TYPES[chosen],
        encoding=decoded.encoding,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return Bibliography(path, source, document, tuple(found), (*decoded.diagnostics, *trouble))


def unchanged(connection: Connection, bibliography: Bibliography) -> ImportReport | None:
    """The report of a bibliography that the store has in this very version, None where it has not."""
    known = documents.find(connection, bibliography.source)
    if known is not None and not _is_import(connection, known.id):
        return None
    kept = adding.unchanged(connection, bibliography.path, bibliography.source, bibliography.document.sha256)
    return _told_again(connection, bibliography, kept) if kept else None


def moved(connection: Connection, bibliography: Bibliography) -> ImportReport | None:
    """Take a file for a bibliography that has moved; None where it is none."""
    digest = bibliography.document.sha256 or ""
    taken = naming.take_as_moved(connection, bibliography.path, bibliography.source, digest, "import")
    return _told_again(connection, bibliography, taken) if taken else None


def _told_again(connection: Connection, bibliography: Bibliography, made: DocumentReport) -> ImportReport:
    """What of the file is not in the store is no better for having been told before."""
    return _report(replace(made, diagnostics=bibliography.diagnostics), _other_keys(connection, bibliography))


def keep(connection: Connection, bibliography: Bibliography) -> ImportReport:
    """Write down the records of a bibliography, instead of those of its former version where there is one.

    Raises:
        ReadError: the file is in the store as a document with notes.
    """
    known = documents.find(connection, bibliography.source)
    if known is not None and not _is_import(connection, known.id):
        raise ReadError(
            f"{bibliography.path}: is in the store as a document that cites; take it out (citekit remove "
            f"{bibliography.path}) and import it again"
        )
    former = _former_keys(connection, known.id) if known else {}
    homes: dict[int, int] = {}
    for index, record in enumerate(bibliography.records):
        before = former.get(record.name)
        if before is not None and succession.may_share_a_key(before[1], record.item):
            home: int | None = before[0]
        else:
            home = _bring_along(connection, record.key, record.item) if record.key else None
        if home is not None:
            homes[index] = home
    extraction = records.as_extraction(bibliography.document, bibliography.records, bibliography.diagnostics)
    made = adding.keep(
        connection,
        bibliography.path,
        bibliography.source,
        bibliography.document.sha256,
        extraction,
        kind="import",
        own_homes=homes,
    )
    return _report(made, _other_keys(connection, bibliography))


def _report(made: DocumentReport, keys: tuple[Diagnostic, ...]) -> ImportReport:
    return ImportReport(
        made.path,
        made.status,
        records=made.notes,
        works_new=made.works_new,
        works_known=made.works_known,
        moved_from=made.moved_from,
        diagnostics=(*made.diagnostics, *keys, *map(_left_its_work, made.parted)),
    )


def _left_its_work(parted: Parted) -> Diagnostic:
    place = f"{parted.document}, note {parted.note}" if parted.note else parted.document
    message = (
        f"{place}: was {parted.key} and is {parted.now}, for it may be another work just as well; "
        f"see citekit duplicates {parted.now}"
    )
    return Diagnostic(Severity.WARNING, "citation-parted", message)


def _is_import(connection: Connection, document: int) -> bool:
    kind = select(tables.documents.c.kind).where(tables.documents.c.id == document)
    return bool(connection.execute(kind).scalar_one() == "import")


def _former_keys(connection: Connection, document: int) -> Mapping[str, tuple[int, Item]]:
    """The keys of the records of the version that the store has, with what they say, by their names."""
    works, known = tables.document_works.c, tables.machine_keys.c
    rows = connection.execute(
        select(tables.notes.c.label, known.home_id, works.item)
        .join(tables.document_works, works.document_id == tables.notes.c.document_id)
        .join(tables.machine_keys, known.document_work_id == works.id)
        # Each record is a note with one work; parts that the user divided have positions behind all others.
        .where(tables.notes.c.document_id == document, works.position == tables.notes.c.position)
    )
    return {row.label: (row.home_id, row.item) for row in rows}


def _bring_along(connection: Connection, key: str, item: Item) -> int | None:
    """The number of the key that a record brings along: made where it is new; None where it cannot be the record's.

    It cannot where BibTeX does not hold it, where it is or was another work's, or differs from such a key in case.
    """
    if not is_writable(key):
        return None
    there = keys.alike(connection, key)
    if not there:
        table = tables.citation_keys
        return int(connection.execute(insert(table).returning(table.c.id), {"key": key}).scalar_one())
    number = there.get(key)
    if number is None or leading.find_work(connection, key) is not None:
        return None
    return succession.same_as_reserved(connection, item, [number])


def _other_keys(connection: Connection, bibliography: Bibliography) -> tuple[Diagnostic, ...]:
    """The records whose own key leads to another work, each with the key that leads to its work."""
    names = {record.name: record for record in bibliography.records if record.key}
    document = documents.find(connection, bibliography.source)
    if document is None or not names:
        return ()
    notes, citations, cited, works = tables.notes.c, tables.citations.c, tables.citation_works.c, tables.works.c
    query = (
        select(notes.label, works.id, tables.citation_keys.c.key)
        .join(tables.citations, citations.note_id == notes.id)
        .join(tables.citation_works, cited.citation_id == citations.id)
        .join(tables.memberships, tables.memberships.c.document_work_id == cited.document_work_id)
        .join(tables.works, works.id == tables.memberships.c.work_id)
        .join(tables.citation_keys, tables.citation_keys.c.id == works.citation_key_id)
        .where(notes.document_id == document.id)
        .order_by(notes.position)
    )
    found = []
    for row in rows_of(connection, query, notes.label, names):
        record = names[row.label]
        if row.key == record.key or record.key is None or leading.find_work(connection, record.key) == row.id:
            continue
        code, why = _why_not(connection, record.key, row.id)
        message = f"{record.key}: {why}; this record's work has the key {row.key}"
        found.append(Diagnostic(Severity.WARNING, code, message, record.span))
    return tuple(found)


def _why_not(connection: Connection, key: str, work: int) -> tuple[str, str]:
    """Why a record's work does not have the key that the record brings along."""
    if not is_writable(key):
        return "key-unwritable", "BibTeX cannot hold this citation key"
    there = keys.alike(connection, key)
    if key not in there and there:
        (twin, *_) = sorted(there)
        whose = "this work" if leading.find_work(connection, twin) == work else "another work"
        return (
            "key-taken",
            f"differs in case alone from {twin}, a key of {whose}, and BibTeX takes them for one",
        )
    return "key-taken", "is or was the citation key of another work"
