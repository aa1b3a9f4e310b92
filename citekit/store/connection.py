"""Opening the file: how a store is reached, and what SQLite's errors mean to its user.

Python's sqlite3 driver opens no transaction before DDL, so its transaction handling is off (`isolation_level=None`)
and SQLAlchemy's begin event says BEGIN: a migration that is killed leaves no half of a schema.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from citekit.errors import NotAStoreError, StoreError, StoreLockedError
from citekit.store.following import follow

__all__ = [
    "COPY_MARK",
    "Access",
    "begin_reading",
    "begin_writing",
    "close",
    "connect",
    "is_empty",
    "open_existing",
    "open_untouched",
    "store_errors",
    "table_names",
    "unclean",
    "write_ahead_log",
]

_MAGIC = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat.html, section 1.3
_WAL_VERSIONS = (
    b"\x02\x02"  # at _VERSIONS of a file kept with a write-ahead log, https://www.sqlite.org/fileformat.html
)
_VERSIONS = slice(18, 20)
COPY_MARK = "backup_of"
"""The row of store_metadata that says which store a copy was made of; it is there until the copy is written to."""
_NEARLY_NOTHING = 1 << 20  # bytes left on a disk that a failed write is put down to


class Access(StrEnum):
    """The ways into a store's file; the value is the query of its SQLite URI."""

    CREATE = "mode=rwc"
    WRITE = "mode=rw"
    READ = "mode=ro"
    SNAPSHOT = "mode=ro&immutable=1"
    """Read-only media where SQLite cannot make the files that lie beside a write-ahead log."""


def is_empty(path: Path) -> bool:
    """Whether no store is there yet: no file, or one that a killed process left without a byte.

    Raises:
        NotAStoreError: when something other than an SQLite file is there.
        StoreError: when the file cannot be read, or its folder does not exist.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.parent}; make it, or name another place") from None
        return True
    except IsADirectoryError:
        raise NotAStoreError(f"{path}: is a folder, not a store; name a file in it") from None
    except OSError as error:
        remedy = "check the path" if isinstance(error, NotADirectoryError) else "check its permissions"
        raise StoreError(f"{path}: cannot be read ({error.strerror}); {remedy}") from error
    if head and head != _MAGIC:
        raise NotAStoreError(f"{path}: is not a citekit store (no SQLite file); name another file")
    return not head


def table_names(path: Path) -> set[str] | None:
    """The tables of the file, looked at without changing a byte of it; None where SQLite must first repair it.

    Opening another program's file to write would turn its journal into a log, and write back what lies in its log.
    """
    with path.open("rb") as file:
        logged = file.read(_VERSIONS.stop)[_VERSIONS] == _WAL_VERSIONS
    # Where no log is, none is needed to read, and SQLite would leave an empty one behind.
    access = Access.SNAPSHOT if logged and not write_ahead_log(path).exists() else Access.READ
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{access}", uri=True, timeout=0)) as connection:
            return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return None


def open_existing(path: Path, *, busy_timeout: float) -> tuple[Connection, bool]:
    """Open a store that is there, in the most useful way that its place allows: the connection, whether it can write.

    Raises:
        StoreError: when the last changes lie in a log that cannot be opened here.
    """
    if _writable(path) and _writable(path.parent):
        return _open_with_or_without_room(path, busy_timeout=busy_timeout), True
    return _open_to_read(path, busy_timeout=busy_timeout), False


def open_untouched(path: Path, *, busy_timeout: float) -> Connection:
    """Open a store to look at it: no byte of its file changes, nor of a log that its last user left.

    Raises:
        StoreError: when the last changes lie in a log that cannot be opened here.
    """
    if unclean(path) or not (_writable(path) and _writable(path.parent)):
        return _open_to_read(path, busy_timeout=busy_timeout)
    # Not to write: a reader alone would leave the files behind that SQLite makes beside a store with a log.
    return _open_with_or_without_room(path, busy_timeout=busy_timeout, prefer_log=False)


def _open_with_or_without_room(path: Path, *, busy_timeout: float, prefer_log: bool = True) -> Connection:
    """Open a store to write; also on a disk that has no room left for what SQLite keeps beside it while it is open.

    It is then opened for this process alone, which needs no shared memory (https://www.sqlite.org/wal.html, section 8):
    so it can be read, and what cannot be written says so.
    """
    try:
        connection = connect(path, Access.WRITE, busy_timeout=busy_timeout, prefer_log=prefer_log)
        try:
            _look(connection)
        except BaseException:
            close(connection)
            raise
    except (DBAPIError, sqlite3.Error) as error:
        name = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlite_errorname", None) or ""
        if not name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")) or not _disk_full(path):
            raise
    else:
        return connection
    return connect(path, Access.WRITE, busy_timeout=busy_timeout, prefer_log=False, alone=True)


def _open_to_read(path: Path, *, busy_timeout: float) -> Connection:
    connection = connect(path, Access.READ, busy_timeout=busy_timeout)
    try:
        _look(connection)
    except DBAPIError as error:
        close(connection)
        if unclean(path):
            raise StoreError(
                f"{path}: its last changes are still in {write_ahead_log(path).name}, which cannot be opened in a "
                "read-only folder; copy both files to a folder that you can write to and open the copy"
            ) from error
        # A log that SQLite cannot make beside the file is not needed where nobody can write.
        return connect(path, Access.SNAPSHOT, busy_timeout=busy_timeout)
    return connection


def _look(connection: Connection) -> None:
    """Read something: only then SQLite makes the files that it needs."""
    with begin_reading(connection):
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")


def write_ahead_log(path: Path) -> Path:
    """Where SQLite keeps what is not yet written back into the store's file."""
    return path.with_name(f"{path.name}-wal")


def unclean(path: Path) -> bool:
    """Whether a log with words in it lies beside the store: it is in use, or its last user was killed."""
    try:
        return write_ahead_log(path).stat().st_size > 0
    except FileNotFoundError:
        return False


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def connect(
    path: Path,
    access: Access,
    *,
    busy_timeout: float,
    foreign_keys: bool = True,
    prefer_log: bool = True,
    alone: bool = False,
) -> Connection:
    """The only connection of a new engine of its own; `close` both with `connection.engine.dispose()`.

    Args:
        path: the store's file.
        access: how to open it.
        busy_timeout: seconds to wait for another writer.
        foreign_keys: whether SQLite enforces them; migrations alone go without.
        prefer_log: whether a file that is opened to write gets a write-ahead log, which its header says.
        alone: whether every other process is kept out, which needs no files beside the store but a log.
    """
    uri = f"{path.absolute().as_uri()}?{access}"

    def open_file() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=busy_timeout, isolation_level=None)
        try:
            connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
            if alone:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if prefer_log and access in (Access.CREATE, Access.WRITE):
                _prefer_log(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=open_file, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    try:
        return engine.connect()
    except BaseException:
        engine.dispose()
        raise


def _prefer_log(connection: sqlite3.Connection) -> None:
    """A write-ahead log where the file system allows one: readers then never wait for a writer."""
    mode = "delete"
    with suppress(sqlite3.OperationalError):  # another process is at this very moment doing the same
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    # Without a log, NORMAL could lose the file when the power fails: https://www.sqlite.org/pragma.html#pragma_synchronous
    connection.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")


def _begin(connection: Connection) -> None:
    # IMMEDIATE: a transaction that began by reading could not wait for its turn to write.
    immediate = connection.get_execution_options().get("citekit_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def begin_writing(connection: Connection) -> Iterator[Connection]:
    """A transaction that holds the write lock from its first moment; commits unless an exception leaves it.

    What is derived (search index, relations) follows what was written, before the commit. A copy that is written to is
    no copy any more, and may not be replaced by a later one.
    """
    connection.execution_options(citekit_writing=True)
    with connection.begin():
        yield connection
        follow(connection)
        if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'store_metadata'").first() is not None:
            connection.exec_driver_sql("DELETE FROM store_metadata WHERE name = ?", (COPY_MARK,))


@contextmanager
def begin_reading(connection: Connection) -> Iterator[Connection]:
    """A transaction that sees the store as it was at its first statement and waits for nobody."""
    connection.execution_options(citekit_writing=False)
    with connection.begin():
        yield connection


def close(connection: Connection) -> None:
    """Write the log back as far as no other process is in the way, and let go of the file."""
    connection.rollback()
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        with suppress(sqlite3.Error):  # read-only, or busy: whoever closes last writes it back
            driver.execute("PRAGMA busy_timeout = 0")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    connection.engine.dispose()


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into what it means for the store at `path`.

    Raises:
        StoreLockedError: another process held the write lock for the whole busy timeout.
        NotAStoreError: the file is no database.
        StoreError: the disk is full, the file is damaged or read-only, or could not be reached; or something that was
            to be kept or looked for is no Unicode text.
    """
    try:
        yield
    except UnicodeEncodeError as error:  # a word of an argument: what is read in files was looked at before
        words = str(error.object)[max(0, error.start - 40) : error.end]
        raise StoreError(
            f"{words!a}: holds half of a character, which is no Unicode text; write it in UTF-8"
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise _meaning(path, cause) from error


def _meaning(path: Path, cause: BaseException | None) -> StoreError:
    name = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreLockedError(f"{path}: another process is writing to the store; wait until it is done and try again")
    if name.startswith("SQLITE_NOTADB"):
        return NotAStoreError(f"{path}: is not a citekit store (no SQLite file); name another file")
    if name.startswith("SQLITE_FULL") or (name.startswith("SQLITE_IOERR") and _disk_full(path)):
        return StoreError(f"{path}: the disk is full; make room and try again (all that was added before is kept)")
    if name.startswith("SQLITE_CORRUPT"):
        return StoreError(f"{path}: the file is damaged; restore a backup ({cause})")
    if name.startswith("SQLITE_READONLY"):
        return StoreError(f"{path}: cannot be written here; copy it to a folder that you can write to")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(f"{path}: cannot be opened; check the permissions of the file and its folder")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            f"{path}: the disk could not be written or read ({name}); check it and try again (all that was added "
            "before is kept)"
        )
    return StoreError(f"{path}: SQLite says {cause} ({name})")


def _disk_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_NOTHING
    except OSError:
        return False
