"""Copies of a store: whole, verified before they have their name, the oldest given up for the newest.

A copy is made with SQLite's backup API (https://www.sqlite.org/backup.html) inside a reading transaction, so it is the
store as it was at one moment, whatever others write meanwhile. It goes to a temporary file in the folder where it will
lie, is checked there, written through to the disk and only then given its name: a file with a backup's name is whole.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from citekit import version
from citekit.errors import NotAStoreError, StoreError
from citekit.store import connection as opening
from citekit.store import migration
from citekit.store.connection import COPY_MARK, store_errors

__all__ = ["KEEP", "Backup", "announce", "back_up", "backups", "before_migration", "newest", "verify"]

KEEP = 10
"""How many copies of a store stay in a folder where the user says nothing else."""

_PAGES = 2000  # copied at once: 8 MB, so that an interrupt is heard soon
_TIME = "%Y%m%dT%H%M%SZ"
_ABANDONED = timedelta(days=1)  # no backup takes so long: what is older was left by one that was killed
_STORE_TABLES = {"alembic_version", "store_metadata", "documents"}


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a store that was found whole.

    Attributes:
        path: the file.
        size: its bytes.
        store: the store's absolute path, None for a file that is a store but was not made by `back_up`.
        rows: how many rows each table has.
        removed: older copies that were given up for this one.
        newer: a later citekit made the store; a copy is a copy, but this citekit cannot read it.
    """

    path: Path
    size: int
    store: str | None
    rows: Mapping[str, int]
    removed: tuple[Path, ...] = ()
    newer: bool = False

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit backup --json` prints."""
        return {
            "path": str(self.path),
            "bytes": self.size,
            "store": self.store,
            "documents": self.rows.get("documents", 0),
            "citations": self.rows.get("citations", 0),
            "works": self.rows.get("works", 0),
            "removed": [str(path) for path in self.removed],
            "newer": self.newer,
        }


def back_up(
    store: Path,
    target: Path | None = None,
    *,
    keep: int = KEEP,
    busy_timeout: float = 10.0,
    progress: Callable[[int, int], None] | None = None,
) -> Backup:
    """Copy the store at `store`; a store of any version, which stays as it is.

    Args:
        store: the store's file.
        target: a folder (default: the store's), where the copy gets the name `STORE.backup-TIME`, TIME in UTC, and
            older copies of the same store beyond `keep` are removed; or a file, which must not be there yet or be an
            earlier copy of the same store.
        keep: how many copies of this store stay in a folder, at least 1.
        busy_timeout: seconds to wait for another process that is writing.
        progress: called with the pages copied and the pages in all.

    Raises:
        StoreError: there is no store, it is damaged, or the copy cannot be written.
    """
    folder = target if target is not None else store.parent
    if folder.is_dir():
        made = _copy(store, _free_name(folder, f"{store.name}.backup"), busy_timeout, progress)
        removed = _rotate(store, folder, keep)
        return replace(made, removed=removed)
    if folder.exists():
        _check_replaceable(store, folder)
    return _copy(store, folder, busy_timeout, progress)


def before_migration(store: Path, revision: str, *, busy_timeout: float = 10.0) -> Backup:
    """Copy a store that is about to be upgraded to `revision`, beside it: `STORE.before-REVISION-TIME`.

    Such copies are not rotated: there is one for each upgrade.

    Raises:
        StoreError: the copy cannot be made; the store must then not be upgraded.
    """
    return _copy(store, _free_name(store.parent, f"{store.name}.before-{revision}"), busy_timeout, None)


def announce(store: Path, made: Backup) -> None:
    """Say, to the log of `citekit`, where a store lies as it was before an upgrade; the command line shows it."""
    logging.getLogger("citekit").info(
        "%s: upgraded for citekit %s; the store as it was before is kept as %s", store, version.VERSION, made.path
    )


def backups(store: Path, folder: Path | None = None) -> list[Path]:
    """The copies of a store in a folder (default: the store's), the oldest first; those before upgrades too.

    Only files with a backup's name that say in themselves that they were made of this very store.
    """
    named = re.compile(
        re.escape(store.name) + r"\.(?:backup|before-[0-9A-Za-z_]+)-(?P<time>\d{8}T\d{6}Z)(?:-(?P<number>\d+))?"
    )
    found = []
    for path in (folder or store.parent).iterdir():
        match = named.fullmatch(path.name)
        if match and _mark(path) == _identity(store):
            found.append((match["time"], int(match["number"] or 1), path))
    return [path for _, _, path in sorted(found)]


def newest(store: Path, folder: Path | None = None) -> Path | None:
    """The last copy of a store in a folder (default: the store's), None where there is none."""
    with suppress(OSError):
        return next(reversed(backups(store, folder)), None)
    return None


def verify(path: Path) -> Backup:
    """Look at every page and every reference of a copy, or of any store, without writing to it.

    Raises:
        NotAStoreError: it is no store.
        StoreError: it is not there, or damaged.
    """
    if opening.is_empty(path):
        raise StoreError(f"{path}: there is no backup at this place; check the name")
    # A copy lies alone. A store in use has a log, which only an ordinary reader sees.
    access = opening.Access.READ if opening.unclean(path) else opening.Access.SNAPSHOT
    with store_errors(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?{access}", uri=True)) as connection:
        rows = _sound(connection, path)
        return Backup(path, path.stat().st_size, _read_mark(connection), rows, newer=_is_newer(connection))


def _copy(store: Path, path: Path, busy_timeout: float, progress: Callable[[int, int], None] | None) -> Backup:
    if opening.is_empty(store):
        raise StoreError(f"{store}: there is no store at this place; make one with citekit add")
    with _temporary(store, path) as temporary, store_errors(store), _reader(store, busy_timeout) as source:
        source.execute("BEGIN")
        expected, newer = _row_counts(source, store), _is_newer(source)
        with (
            store_errors(path),
            closing(sqlite3.connect(temporary, isolation_level=None)) as target,
        ):
            source.backup(
                target, pages=_PAGES, progress=progress and (lambda _, left, all_: progress(all_ - left, all_))
            )
            target.execute("PRAGMA journal_mode = DELETE")  # the copy is this one file
            target.execute("PRAGMA synchronous = FULL")
            target.execute("INSERT OR REPLACE INTO store_metadata VALUES (?, ?)", (COPY_MARK, _identity(store)))
            found = _sound(target, store)
        if {**found, "store_metadata": 0} != {**expected, "store_metadata": 0}:
            raise StoreError(f"{path}: the copy is not the same as {store}; try again, or copy to another disk")
        _write_through(temporary)
        temporary.replace(path)
        _write_through(path.parent)
    return Backup(path, path.stat().st_size, _identity(store), expected, newer=newer)


@contextmanager
def _reader(store: Path, busy_timeout: float) -> Iterator[sqlite3.Connection]:
    """The store as it is, whatever its version; never upgraded, never written."""
    migration.refuse_foreign(opening.table_names(store) or set(), store)
    connection = opening.open_untouched(store, busy_timeout=busy_timeout)
    try:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - what the engine was made with
        yield driver
    finally:
        opening.close(connection)


@contextmanager
def _temporary(store: Path, path: Path) -> Iterator[Path]:
    """A new file beside `path`, with the store's permissions; gone again unless it was given its name."""
    prefix = f".{store.name[:100]}.copy-"
    try:
        _remove_abandoned(path.parent, prefix)
        descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise StoreError(
            f"{path}: no backup can be written here ({error.strerror}); name another folder, or check its permissions"
        ) from error
    os.close(descriptor)
    temporary = Path(name)
    try:
        temporary.chmod(stat.S_IMODE(store.stat().st_mode))
        yield temporary
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); name another folder, or make room") from error
    finally:
        for rest in (temporary, temporary.with_name(f"{temporary.name}-journal")):
            with suppress(OSError):
                rest.unlink()


def _remove_abandoned(folder: Path, prefix: str) -> None:
    """Take away what a backup that was killed left behind."""
    limit = datetime.now(UTC) - _ABANDONED
    for path in folder.iterdir():
        if path.name.startswith(prefix) and path.name.endswith((".tmp", ".tmp-journal")):
            with suppress(OSError):
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < limit:
                    path.unlink()


def _sound(connection: sqlite3.Connection, path: Path) -> dict[str, int]:
    """The number of rows of each table, when nothing is wrong with the file.

    Raises:
        NotAStoreError: it is no store.
        StoreError: it is damaged.
    """
    rows = _row_counts(connection, path)
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise StoreError(f"{path}: the file is damaged ({verdict}); use an earlier backup")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise StoreError(f"{path}: a row of {broken[0]} refers to nothing; use an earlier backup")
    return rows


def _row_counts(connection: sqlite3.Connection, path: Path) -> dict[str, int]:
    kinds = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    names = [str(name) for (name,) in kinds]
    if not set(names) >= _STORE_TABLES:
        raise NotAStoreError(f"{path}: is an SQLite file of another program, not a citekit store; name another file")
    quoted = ((name, name.replace('"', '""')) for name in sorted(names))
    return {
        name: int(connection.execute(f'SELECT count(*) FROM "{safe}"').fetchone()[0])  # noqa: S608 - a table's own name
        for name, safe in quoted
    }


def _is_newer(connection: sqlite3.Connection) -> bool:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return migration.is_newer(row[0] if row else None)


def _rotate(store: Path, folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove the oldest copies beyond `keep`; only this store's own, never those made before upgrades."""
    own = [path for path in backups(store, folder) if path.name.startswith(f"{store.name}.backup-")]
    removed = []
    for path in own[: -max(keep, 1)]:
        with suppress(OSError):  # one that cannot be removed does no harm
            path.unlink()
            removed.append(path)
    return tuple(removed)


def _check_replaceable(store: Path, path: Path) -> None:
    """Refuse to write over the store itself, or over what is no copy of it."""
    if store.exists() and path.samefile(store):
        raise StoreError(f"{path}: is the store itself; name another file")
    if opening.unclean(path):
        raise StoreError(f"{path}: is a store in use; name another file or a folder")
    if _mark(path) != _identity(store):
        raise StoreError(
            f"{path}: is there already and is no backup of {store}, or was worked in since; name another file"
        )


def _free_name(folder: Path, stem: str) -> Path:
    """`STEM-TIME`, behind it a number where there is one of this second: higher than any there, for the order."""
    name = f"{stem}-{datetime.now(UTC).strftime(_TIME)}"
    named = re.compile(re.escape(name) + r"(?:-(\d+))?")
    numbers = [int(match[1] or 1) for path in folder.iterdir() if (match := named.fullmatch(path.name))]
    return folder / (f"{name}-{max(numbers) + 1}" if numbers else name)


def _identity(store: Path) -> str:
    """Which store a copy is of: its path, a lone surrogate in it spelt out."""
    return os.path.realpath(store).encode("utf-8", "backslashreplace").decode()


def _mark(path: Path) -> str | None:
    """Which store the file says that it is a copy of; None for any other file."""
    if not path.is_file():
        return None
    try:
        snapshot = f"{path.absolute().as_uri()}?{opening.Access.SNAPSHOT}"
        with closing(sqlite3.connect(snapshot, uri=True)) as connection:
            return _read_mark(connection)
    except sqlite3.Error:
        return None


def _read_mark(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM store_metadata WHERE name = ?", (COPY_MARK,)).fetchone()
    return str(row[0]) if row else None


def _write_through(path: Path) -> None:
    """Have the file's bytes, or a folder's names, on the disk before going on."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
