"""After an end that was none: how a store is found to have been left by a crash, and what is then looked at."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from citekit.errors import StoreError
from citekit.store import backup
from citekit.store import connection as opening

__all__ = ["check_whole", "damaged", "left_unclean"]


def left_unclean(path: Path) -> bool:
    """Whether the last user of a store was stopped before it closed it, as a crash or a kill does.

    A log with words in it lies beside such a store; and beside one that is being written. They are told apart by a
    lock: nobody else has the store open when it can be had for one alone
    (https://www.sqlite.org/pragma.html#pragma_locking_mode). Getting it writes the log back, so ask before opening.
    """
    if not (opening.unclean(path) or _journal(path)) or not os.access(path, os.W_OK):
        return False
    try:
        alone = sqlite3.connect(
            f"{path.absolute().as_uri()}?{opening.Access.WRITE}", uri=True, timeout=0, isolation_level=None
        )
    except sqlite3.Error:
        return True  # whatever is wrong, the check that follows says it
    with closing(alone):
        try:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
        except sqlite3.Error as error:
            return getattr(error, "sqlite_errorname", "") not in ("SQLITE_BUSY", "SQLITE_LOCKED")
    return True


def check_whole(connection: Connection, path: Path) -> None:
    """Look at every page of an open store.

    Raises:
        StoreError: it is damaged; the message names the newest backup.
    """
    try:
        verdict = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
    except DBAPIError as error:
        if not (getattr(error.orig, "sqlite_errorname", None) or "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        verdict = str(error.orig)
    if verdict != "ok":
        raise damaged(path, verdict)


def damaged(path: Path, verdict: str) -> StoreError:
    """What is said of a damaged store, and where its newest backup lies."""
    newest = backup.newest(path)
    place = f"restore the newest backup: copy {newest} to {path}" if newest else "restore a backup"
    return StoreError(f"{path}: the file is damaged; {place} ({verdict})")


def _journal(path: Path) -> bool:
    """Whether a rollback journal lies beside the store: where there can be no log, a crash leaves this."""
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except FileNotFoundError:
        return False
