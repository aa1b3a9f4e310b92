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
from functools import cache
from typing import Any

from citekit.errors import ReadError, UnsupportedFormatError

__all__ = ["DAMAGED", "check_archive", "pandoc_path", "syntax_tree"]

_MEMORY = "768m"  # of pandoc's heap: a thesis of 500 pages takes a third of it
_SECONDS = 120  # a book of 1,000 pages takes 20
_MOST_UNPACKED = 400_000_000  # bytes: an office document's pictures count too
_MOST_TEXT = 100_000_000  # bytes of a file that is words alone: the XML of 10,000 pages
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
        outcome = subprocess.run(  # noqa: S603 - no word of the command comes from the file
            command, input=content, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as exc:
        raise ReadError(
            f"{name}: reading it took longer than {_SECONDS} seconds; save it again, or give it in parts"
        ) from exc
    except OSError as exc:
        raise ReadError(f"{name}: pandoc could not be run ({exc.strerror or exc}); install it again") from exc
    if outcome.returncode == _OUT_OF_MEMORY:
        raise ReadError(f"{name}: reading it takes too much memory; save it again, or give it in parts")
    if outcome.returncode:
        reason = _first_line(outcome.stderr)
        raise ReadError(f"{name}: the file is damaged, or is another format ({reason}); save it again")
    try:
        tree = json.loads(outcome.stdout)
    except RecursionError as exc:
        raise ReadError(f"{name}: its parts lie too deep in each other to be read; save it again") from exc
    except ValueError as exc:
        raise ReadError(f"{name}: the file is damaged, or is another format ({exc}); save it again") from exc
    if not isinstance(tree, dict):
        raise ReadError(f"{name}: the file is damaged; save it again")
    return tree


def _first_line(words: bytes) -> str:
    lines = [line.strip() for line in words.decode(errors="replace").splitlines() if line.strip()]
    return " ".join(lines[:2])[:160] or "pandoc gave no reason"


def check_archive(content: bytes, path: str | None) -> zipfile.ZipFile:
    """The zip archive that an office document is, held to a size that a real one has.

    Raises:
        ReadError: it is no archive, is damaged, or would unpack to more than a real document has.
    """
    name = path or "the input"
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as exc:
        raise ReadError(f"{name}: the file is damaged, or is another format ({exc}); save it again") from exc
    words = sum(member.file_size for member in members if member.filename.lower().endswith(_WORDS))
    if words > _MOST_TEXT or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise ReadError(f"{name}: it unpacks to far more than a document has, as a zip bomb does; it is not read")
    return archive
