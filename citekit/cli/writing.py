"""Writing a file that is whole or not there."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from citekit.errors import FormatError

__all__ = ["check_target", "write_whole"]

_SQLITE = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat.html, section 1.3
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database that is in use; the same, section 3


def write_whole(path: str, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8, to `path`; a file that is there is replaced only when all was written.

    They go to a temporary file beside it, which is then renamed. What is no regular file (a device, a pipe)
    is written to directly. A symbolic link stays and its target is replaced.

    A store, a backup of one, or any other database is never replaced: it was a slip of the hand.

    Raises:
        FormatError: a folder or a database is there, or `path` is a file that belongs to one.
        OSError: with `path` as its `filename`, whatever failed.
    """
    try:
        _check_target(path)
        _write(Path(os.path.realpath(path)), content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error


def check_target(path: str) -> None:
    """Refuse a place that cannot be written to, before the work for it is done.

    Raises:
        FormatError: as `write_whole`.
        OSError: its folder is not there, or nothing can be written in it.
    """
    _check_target(path)
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    if not os.access(folder, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), path)


def _check_target(path: str) -> None:
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise FormatError(f"{path}: is a folder; name a file in it")
    bases = [target.with_name(target.name.removesuffix(end)) for end in _BESIDE if target.name.endswith(end)]
    if _is_database(target):
        raise FormatError(f"{path}: is a store, or a backup of one, which is never overwritten; name another file")
    if any(map(_is_database, bases)):
        raise FormatError(f"{path}: belongs to the store beside it, which would be lost; name another file")


def _is_database(path: Path) -> bool:
    if not path.is_file():  # a pipe or a device would wait to be read
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _write(target: Path, content: bytes) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG | (0o666 & ~_umask())
    if not stat.S_ISREG(mode):
        target.write_bytes(content)
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # or a power cut after the rename could leave an empty file
        temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
