"""Running pandoc: a file's bytes in, pandoc's syntax tree out, nothing else read and nothing written.

pandoc runs with `--sandbox` (pandoc's manual, "Security": no file but the input, no network), with its memory capped by
its run-time system and its time by us.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from threading import Event, Timer
from typing import Any, BinaryIO, NamedTuple, cast

from citekit.errors import ReadError, UnsupportedFormatError

__all__ = ["DAMAGED", "check_archive", "member", "pandoc_path", "syntax_tree"]

_COMPOUND = b"\xd0\xcf\x11\xe0"  # MS-CFB: Word before 2007; an encrypted .docx is in one too (MS-OFFCRYPTO)
_ZIP = b"PK"  # "PK\x03\x04", or "PK\x05\x06" where nothing is in it
_MEMORY = "768m"  # of pandoc's heap: a thesis of 500 pages takes a third of it
_SECONDS = 120  # a book of 1,000 pages takes 20
_MOST_UNPACKED = 400_000_000  # bytes: an office document's pictures count too
_MOST_TEXT = 100_000_000  # bytes of a file that is words alone: the XML of 10,000 pages
_MOST_TREE = 40_000_000  # bytes of JSON, which take twenty times as much in memory: 2,500 pages
_OUT_OF_MEMORY = 251  # exit status of the run-time system
_WORDS = (".xml", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".rels")
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, KeyError)
"""What reading a member of a damaged or encrypted archive raises."""


@cache
def pandoc_path() -> str | None:
    """The path of pandoc's executable, None where the extra that brings it is not installed."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return None


def syntax_tree(content: bytes, path: str | None, pandoc_format: str) -> dict[str, Any]:
    """pandoc's syntax tree of a document (pandoc-types 1.23, as JSON).

    Raises:
        UnsupportedFormatError: pandoc is not installed.
        ReadError: the file is damaged, or reading it took more memory or time than allowed.
    """
    name = path or "the input"
    executable = pandoc_path()
    if executable is None:
        raise UnsupportedFormatError(
            f"{name}: this format is read with pandoc, which is missing; run: pip install 'citekit-references[office]'"
        )
    command = [executable, "--sandbox", f"--from={pandoc_format}", "--to=json", "+RTS", f"-M{_MEMORY}", "-RTS"]
    try:
        outcome = _run(command, content)
    except OSError as exc:
        raise ReadError(f"{name}: pandoc could not be run ({exc.strerror or exc}); install it again") from exc
    if outcome.too_long:
        raise ReadError(f"{name}: reading it took longer than {_SECONDS} seconds; save it again, or give it in parts")
    if outcome.status == _OUT_OF_MEMORY or len(outcome.written) > _MOST_TREE:
        raise ReadError(f"{name}: reading it takes too much memory; save it again, or give it in parts")
    if outcome.status:
        reason = _first_line(outcome.said)
        raise ReadError(f"{name}: the file is damaged, or is another format ({reason}); save it again")
    try:
        tree = json.loads(outcome.written)
    except RecursionError as exc:
        raise ReadError(f"{name}: its parts lie too deep in each other to be read; save it again") from exc
    except ValueError as exc:
        raise ReadError(f"{name}: the file is damaged, or is another format ({exc}); save it again") from exc
    if not isinstance(tree, dict):
        raise ReadError(f"{name}: the file is damaged; save it again")
    return tree


class _Outcome(NamedTuple):
    """How a run of pandoc ended, and what it wrote: at most one byte more than is taken."""

    status: int
    written: bytes
    said: bytes
    too_long: bool


def _run(command: Sequence[str], content: bytes) -> _Outcome:
    """Run pandoc on a file's bytes; ended when it takes too long, or writes more than is taken.

    A few words of LaTeX can be macros that expand to a library.
    """
    pipe = subprocess.PIPE
    with (
        ThreadPoolExecutor(2) as threads,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process,  # noqa: S603 - no word is the file's
    ):
        given, out, err = (cast("BinaryIO", stream) for stream in (process.stdin, process.stdout, process.stderr))
        late = Event()

        def end() -> None:
            late.set()
            process.kill()

        clock = Timer(_SECONDS, end)
        clock.start()
        try:
            threads.submit(_feed, given, content)
            said = threads.submit(err.read)
            written = out.read(_MOST_TREE + 1)
            if len(written) > _MOST_TREE:
                process.kill()
            status = process.wait()
        finally:
            clock.cancel()
            process.kill()
        return _Outcome(status, written, said.result(), late.is_set())


def _feed(given: BinaryIO, content: bytes) -> None:
    with suppress(OSError), given:  # it ended before it had read all
        given.write(content)


def _first_line(words: bytes) -> str:
    lines = [line.strip() for line in words.decode(errors="replace").splitlines() if line.strip()]
    return " ".join(lines[:2])[:160] or "pandoc gave no reason"


def check_archive(content: bytes, path: str | None) -> zipfile.ZipFile:
    """The zip archive that an office document is, held to a size that a real one has.

    Raises:
        ReadError: it is no archive, is damaged, or would unpack to more than a real document has.
    """
    name = path or "the input"
    if not content:
        raise ReadError(f"{name}: the file is empty; save it again")
    if content.startswith(_COMPOUND):
        what = "an old office document, or one with a password"
        raise ReadError(f"{name}: this is {what}, which citekit does not read; save it as .docx without a password")
    if not content.startswith(_ZIP):
        raise ReadError(f"{name}: this is no office document, whatever its name says; name it after what it is")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except zipfile.BadZipFile as exc:  # its table of contents stands at its end
        raise ReadError(f"{name}: the file is damaged or cut off at its end; save or copy it again") from exc
    except (OSError, ValueError, NotImplementedError, EOFError) as exc:
        raise ReadError(f"{name}: the file is damaged, or is another format ({exc}); save it again") from exc
    words = sum(member.file_size for member in members if member.filename.lower().endswith(_WORDS))
    if words > _MOST_TEXT or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise ReadError(f"{name}: it unpacks to far more than a document has, as a zip bomb does; it is not read")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file of an archive, unpacked no further than the archive says that it is long.

    Asked for all of it, `zipfile` would unpack all that comes before it looks at the length.

    Raises:
        KeyError, zipfile.BadZipFile and the others of `DAMAGED`.
    """
    size = archive.getinfo(name).file_size
    with archive.open(name) as opened:
        return opened.read(size + 1)
