"""Writing a file that is whole or not there."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: str, text: str) -> None:
    """Write `text` as UTF-8 to `path`; a file that is there is replaced only when all was written.

    The words go to a temporary file beside it, which is then renamed. What is no regular file (a device, a pipe)
    is written to directly. A symbolic link stays and its target is replaced.

    Raises:
        OSError: with `path` as its `filename`, whatever failed.
    """
    try:
        _write(Path(os.path.realpath(path)), text.encode("utf-8"))
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error


def _write(target: Path, content: bytes) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG | (0o666 & ~_umask())
    if not stat.S_ISREG(mode):
        target.write_bytes(content)  # also says so where it is a folder
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
