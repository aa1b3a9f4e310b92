r"""The chapters that a LaTeX file takes in (`\input`, `\include`, `\subfile`), put in at their places.

A document can come from anywhere, so only files in its own folder, or in folders in that, are opened, by a name that
ends in `.tex`: no absolute name, no "..", no link that leads out. All others stay named, and the user is told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

__all__ = ["parts_beside", "with_parts"]

_PART = re.compile(rb"\\(?:input|include|subfile)\s?\{\s?([^{}\n\0]{1,200})\}|\\input\s{1,3}([\w./-]{1,200})")
_COMMENT = re.compile(rb"(?<!\\)(?:\\\\)*%")
_BODY = re.compile(rb"\\begin\s?\{document\}(.*?)(?:\\end\s?\{document\}|\Z)", re.DOTALL)
_MOST = 20_000_000  # bytes of all parts together: a thesis has one
_DEEP = 8  # parts in parts
_FILES = 1_000


def with_parts(content: bytes, path: str | None) -> tuple[bytes, list[bytes]]:
    """The source with its parts in their places, and the contents of the parts, in order.

    Args:
        content: the main file.
        path: its name; without one nothing is taken in.
    """
    if path is None or not Path(path).is_file():
        return content, []
    folder = Path(path).resolve().parent
    taken: list[bytes] = []

    def put_in(source: bytes, above: frozenset[Path]) -> Iterator[bytes]:
        for line in source.splitlines(keepends=True):
            comment = _COMMENT.search(line)
            code = line[: comment.start()] if comment else line
            done = 0
            for found in _PART.finditer(code):
                part = _part(folder, found[1] or found[2])
                if part is None or part in above or len(above) > _DEEP or len(taken) >= _FILES:
                    continue
                words = _words(part, _MOST - sum(map(len, taken)))
                if words is None:
                    continue
                taken.append(words)
                yield line[done : found.start()]
                yield b"\n\n" if found[0].startswith(b"\\include") else b""
                yield from put_in(words, above | {part})
                yield b"\n"
                done = found.end()
            yield line[done:]

    whole = b"".join(put_in(content, frozenset({Path(path).resolve()})))
    return (whole, taken) if taken else (content, [])


def parts_beside(path: str) -> set[str]:
    """The files that a main file takes in, those that they take in included, by their real names."""
    waiting, folder = [Path(path).resolve()], Path(path).resolve().parent
    found: set[str] = set()
    while waiting and len(found) < _FILES:
        words = _words(waiting.pop(), _MOST)
        for line in (words or b"").splitlines():
            comment = _COMMENT.search(line)
            for named in _PART.finditer(line[: comment.start()] if comment else line):
                part = _part(folder, named[1] or named[2])
                if part is not None and os.fspath(part) not in found:
                    found.add(os.fspath(part))
                    waiting.append(part)
    return found - {os.fspath(Path(path).resolve())}


def _part(folder: Path, named: bytes) -> Path | None:
    """The file of a part, None where it is not there, or not in the folder."""
    name = named.decode("utf-8", "surrogateescape").strip().strip('"')
    plain = Path(name)
    if plain.is_absolute() or ".." in plain.parts or PureWindowsPath(name).drive or name.startswith(("|", "~")):
        return None
    file = folder / (name if plain.suffix == ".tex" else f"{name}.tex")
    try:
        real = file.resolve(strict=True)
        inside = real.is_relative_to(folder) and real.is_file() and real.suffix == ".tex"
    except (OSError, ValueError, RuntimeError):
        return None
    return real if inside else None


def _words(part: Path, most: int) -> bytes | None:
    """What a part says, inside its `document` where it has one; None where it is too long or cannot be read."""
    try:
        if part.stat().st_size > most:
            return None
        content = part.read_bytes()
    except OSError:
        return None
    body = _BODY.search(content) if b"\\documentclass" in content else None
    return body[1] if body else content
