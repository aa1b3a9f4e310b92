"""Looking a store over: is the file whole, does every span slice back, is what is derived what follows?

Damage (an error) is what no program can make good: a page, a reference or a span that is wrong. Lesser findings
(warnings) are derived rows that are not what follows from the others, which `repair` computes anew, and what only the
user can decide. Checking writes nothing: what is derived is computed again in a copy.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from citekit.errors import StoreError
from citekit.formats.keys import is_writable
from citekit.model import Diagnostic, Severity
from citekit.store import backup, derivation, migration, tables
from citekit.store import connection as opening
from citekit.store.connection import Access, begin_writing, store_errors

__all__ = ["CheckReport", "check", "repair"]

_SHOWN = 50  # findings of one kind that are told one by one
_BUSY_TIMEOUT = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found wrong with a store, and how much was looked at.

    Attributes:
        path: the store's file.
        findings: damage (errors) first; of a kind with very many the first and how many more.
        documents: how many documents it holds.
        citations: how many citations.
        works: how many works.
        backup: the copy that `repair` made before it wrote, None where it did not write.
    """

    path: Path
    findings: tuple[Diagnostic, ...] = ()
    documents: int = 0
    citations: int = 0
    works: int = 0
    backup: Path | None = None

    @property
    def damaged(self) -> bool:
        """Whether something is wrong that cannot be computed anew: restore a backup."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit check-store --json` prints."""
        return {
            "path": str(self.path),
            "damaged": self.damaged,
            "documents": self.documents,
            "citations": self.citations,
            "works": self.works,
            "findings": [
                {"severity": finding.severity.value, "code": finding.code, "message": finding.message}
                for finding in self.findings
            ],
            "backup": str(self.backup) if self.backup else None,
        }


def check(path: Path, *, quick: bool = False, busy_timeout: float = _BUSY_TIMEOUT) -> CheckReport:
    """Look over the store at `path`, which is neither written nor upgraded.

    Args:
        path: the store's file.
        quick: leave out computing the groups of works anew, which takes a copy of the store and most of the time.
        busy_timeout: seconds to wait for another process that is writing.

    Raises:
        NotAStoreError: it is no store.
        NewerStoreError: a later citekit made it.
        StoreError: there is no store, or it cannot be opened.
    """
    if opening.is_empty(path):
        raise StoreError(f"{path}: there is no store at this place; make one with citekit add")
    with store_errors(path):
        migration.refuse_foreign(opening.table_names(path) or set(), path)
        connection = opening.open_untouched(path, busy_timeout=busy_timeout)
        try:
            connection.execution_options(citekit_writing=False)
            transaction = connection.begin()
            try:
                return _check(connection, path, quick=quick)
            finally:
                transaction.rollback()  # a damaged file lets nothing be committed, not even a look
        finally:
            opening.close(connection)


def repair(path: Path, *, busy_timeout: float = _BUSY_TIMEOUT) -> CheckReport:
    """Compute all derived rows anew, after a backup; nothing that was read or decided is touched.

    Returns:
        What is still to be said of the store afterwards.

    Raises:
        StoreError: the store is damaged (only a backup helps then), was made by an earlier citekit, or cannot be
            written.
    """
    before = check(path, busy_timeout=busy_timeout)
    if before.damaged:
        first = next(finding for finding in before.findings if finding.severity is Severity.ERROR)
        raise StoreError(f"{path}: is damaged, which no repair makes good; restore a backup ({first.message})")
    if not any(finding.code in derivation.REPAIRABLE for finding in before.findings):
        return before
    kept = backup.back_up(path, busy_timeout=busy_timeout)
    with store_errors(path):
        connection, can_write = opening.open_existing(path, busy_timeout=busy_timeout)
        try:
            if not can_write:
                raise StoreError(f"{path}: the store is read-only here; copy it to a folder that you can write to")
            with begin_writing(connection):
                derivation.derive(connection)
        finally:
            opening.close(connection)
    after = check(path, busy_timeout=busy_timeout)
    return CheckReport(path, after.findings, after.documents, after.citations, after.works, kept.path)


def _check(connection: Connection, path: Path, *, quick: bool) -> CheckReport:
    pages = list(_pages(connection))
    if pages:  # nothing that is read from such a file can be relied on
        return CheckReport(path, _summed_up(pages))
    revision = migration.revision(connection, path)
    if revision is None:
        raise StoreError(f"{path}: there is no store at this place; make one with citekit add")
    if revision != migration.HEAD:
        migration.refuse_newer(connection, path, revision)
        older = _finding(
            Severity.WARNING,
            "older-store",
            "was made by an earlier citekit; any command that opens it upgrades it (a backup is made before), "
            "then check it again",
        )
        return CheckReport(path, _summed_up([older, *_references(connection)]))
    found = chain(
        _references(connection), _spans(connection), _orphans(connection), derivation.outdated_keys(connection)
    )
    findings = [*found, *_decisions(connection), *_unwritable(connection)]
    if not quick and not any(finding.severity is Severity.ERROR for finding in findings):
        findings += _recomputed(connection)
    documents, citations, works = (_count(connection, name) for name in ("documents", "citations", "works"))
    return CheckReport(path, _summed_up(findings), documents, citations, works)


def _pages(connection: Connection) -> Iterator[Diagnostic]:
    """SQLite's own look at every page, index and constraint."""
    try:
        verdicts = connection.exec_driver_sql(f"PRAGMA integrity_check({_SHOWN})").scalars().all()
    except DBAPIError as error:
        if not (getattr(error.orig, "sqlite_errorname", None) or "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        verdicts = [str(error.orig)]
    for verdict in verdicts:
        if verdict != "ok":
            yield _finding(Severity.ERROR, "page-damaged", " ".join(str(verdict).split()))


def _references(connection: Connection) -> Iterator[Diagnostic]:
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        message = f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there"
        yield _finding(Severity.ERROR, "reference-broken", message)


def _spans(connection: Connection) -> Iterator[Diagnostic]:
    """Every place leads back to its words: the rule on which everything else rests."""
    documents = tables.documents.c
    for number in connection.execute(select(documents.id).order_by(documents.id)).scalars().all():
        source, text = connection.execute(select(documents.source, documents.text).where(documents.id == number)).one()
        for table in (tables.notes, tables.citations):
            columns = table.c
            rows = connection.execute(
                select(columns.name, columns.span_start, columns.span_end, columns.parts, columns.text).where(
                    columns.document_id == number
                )
            )
            for row in rows:
                if not _slices_back(text, row.parts, row.text, (row.span_start, row.span_end)):
                    message = f"{source}: the place of {table.name[:-1]} {row.name} does not lead to its words"
                    yield _finding(Severity.ERROR, "span-wrong", message)
        marks = tables.markers.c
        for mark in connection.execute(select(marks.label, marks.span_end).where(marks.document_id == number)):
            if mark.span_end > len(text):
                message = f"{source}: the marker {mark.label} stands behind the end of the text"
                yield _finding(Severity.ERROR, "span-wrong", message)
        for finding in _field_spans(connection, number, len(text)):
            yield _finding(Severity.ERROR, "span-wrong", f"{source}: {finding}")


def _slices_back(text: str, parts: Sequence[Sequence[int]], words: str, hull: tuple[int, int]) -> bool:
    if not parts or (parts[0][0], parts[-1][1]) != hull or hull[0] < 0:
        return False
    return "".join(text[start:end] for start, end in parts) == words


def _field_spans(connection: Connection, document: int, length: int) -> Iterator[str]:
    columns = tables.citations.c
    for row in connection.execute(select(columns.name, columns.field_spans).where(columns.document_id == document)):
        for field, spans in row.field_spans.items():
            if any(not 0 <= start <= end <= length for start, end in spans):
                yield f"the place of {field} in citation {row.name} is outside the text"


def _orphans(connection: Connection) -> Iterator[Diagnostic]:
    """Rows that hang on nothing, although no reference is broken."""
    of_documents = "document_works JOIN documents ON documents.id = document_works.document_id"
    whole = "document_works.id NOT IN (SELECT whole_id FROM work_parts) AND document_works.id NOT IN "
    questions = (
        (
            "work-without-citation",
            "document_works.name || ' of ' || documents.source || ' is cited nowhere'",
            of_documents,
            whole + "(SELECT document_work_id FROM citation_works)",  # noqa: S608 - no word from outside
        ),
        (
            "work-ungrouped",
            "document_works.name || ' of ' || documents.source || ' belongs to no work of the store'",
            of_documents,
            whole + "(SELECT document_work_id FROM memberships)",  # noqa: S608 - as above
        ),
        (
            "work-without-member",
            "citation_keys.key || ' is a work that no document knows'",
            "works JOIN citation_keys ON citation_keys.id = works.citation_key_id",
            "works.id NOT IN (SELECT work_id FROM memberships)",
        ),
    )
    for code, message, rows, condition in questions:
        query = f"SELECT {message} FROM {rows} WHERE {condition}"  # noqa: S608 - put together from the words above
        for words in connection.exec_driver_sql(query).scalars():
            yield _finding(Severity.WARNING, code, str(words))


def _decisions(connection: Connection) -> Iterator[Diagnostic]:
    """Decisions whose citation is no longer found in its document."""
    rows = connection.execute(
        select(tables.events.c.id, tables.events.c.kind, tables.anchors.c.source, tables.anchors.c.text)
        .join(tables.event_anchors, tables.event_anchors.c.event_id == tables.events.c.id)
        .join(tables.anchors, tables.anchors.c.id == tables.event_anchors.c.anchor_id)
        .where(tables.events.c.undone_at.is_(None), tables.anchors.c.fit.is_(None))
        .order_by(tables.events.c.id)
    )
    for row in rows:
        message = f"decision {row.id} ({row.kind}): its citation is no longer in {row.source}: “{row.text[:120]}”"
        yield _finding(Severity.WARNING, "decision-orphaned", message)


def _unwritable(connection: Connection) -> Iterator[Diagnostic]:
    """Keys of earlier versions that no export can write as they are."""
    keys, works = tables.citation_keys.c, tables.works.c
    query = select(keys.key).join(tables.works, works.citation_key_id == keys.id).order_by(keys.id)
    seen: set[str] = set()
    for key in connection.execute(query).scalars():
        if not is_writable(key) or key.lower() in seen:
            message = (
                f"{key}: BibTeX cannot tell this key from others, and an export writes another; give one (citekit key)"
            )
            yield _finding(Severity.WARNING, "key-unwritable", message)
        seen.add(key.lower())


def _recomputed(connection: Connection) -> list[Diagnostic]:
    """What differs when a copy of the store derives its rows anew."""
    with tempfile.TemporaryDirectory(prefix="citekit-check-") as folder:
        copy = Path(folder) / "copy.db"
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101 - what the engine was made with
        with store_errors(copy):
            target = sqlite3.connect(copy)
            try:
                source.backup(target)
            finally:
                target.close()
            derived = opening.connect(copy, Access.WRITE, busy_timeout=0)
            try:
                return [_finding(Severity.WARNING, code, message) for code, message in derivation.differences(derived)]
            finally:
                opening.close(derived)


def _count(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 - as above


def _finding(severity: Severity, code: str, message: str) -> Diagnostic:
    return Diagnostic(severity, code, message)


def _summed_up(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Damage first; of each kind the first, and one line for all further ones."""
    kinds: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for finding in findings:
        kinds.setdefault((finding.severity, finding.code), []).append(finding)
    told: list[Diagnostic] = []
    for (severity, code), found in sorted(kinds.items(), key=lambda kind: kind[0][0] is not Severity.ERROR):
        told += found[:_SHOWN]
        if len(found) > _SHOWN:
            told.append(_finding(severity, code, f"and {len(found) - _SHOWN:,} more of this kind"))
    return tuple(told)
