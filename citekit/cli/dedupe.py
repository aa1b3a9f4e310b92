"""`citekit dedupe`: which records of a bibliography mean the same work."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citekit.cli.options import as_json, examples
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console, is_terminal, print_json
from citekit.errors import FormatError

if TYPE_CHECKING:
    from citekit.matching import Grouping
    from citekit.model import Diagnostic, Item

__all__ = ["command"]

_PROCESSES = 4  # more have little to do: one reads the file for all
_LONGEST_LINE = 1_000_000  # bytes of one record; a longer first line is an array


@click.command(
    "dedupe",
    short_help="Show which records of a bibliography mean the same work.",
    epilog=examples("citekit dedupe library.bib", "citekit dedupe library.json --json | jq -r '[.id, .work] | @tsv'"),
)
@click.argument("file", metavar="FILE", type=click.Path())
@as_json
def command(file: str, as_json: bool) -> int:
    """Show which records of FILE mean the same work.

    FILE is a bibliography in a format that citekit import reads, CSL-JSON also with an item a line. With --json each
    record gives one line, in order, with the work that it belongs to. A record that cannot be read is named on standard
    error and left out.
    """
    from citekit.matching import grouped

    reading = _Reading(file, keep=not as_json)
    processes = min(_PROCESSES, os.cpu_count() or 1)
    watched = is_terminal(sys.stderr)
    found = grouped(reading.items(), processes=processes, progress=_progress if watched else None)
    if watched:
        sys.stderr.write("\r\x1b[K")
    if as_json:
        _print_json(reading.ids, found)
    else:
        _show(reading.kept, found.groups)
    return DONE if reading.complete else FAILED


def _progress(step: str, number: int) -> None:
    sys.stderr.write(f"\r{number:,} records {step}")
    sys.stderr.flush()


class _Reading:
    """The records of a file, one after another: of a library that is larger than the memory only the ids are kept."""

    def __init__(self, file: str, *, keep: bool) -> None:
        self.ids: list[object] = []
        self.kept: list[Item] = []
        self.complete = True
        self._file = file
        self._keep = keep

    def items(self) -> Iterator[Item]:
        """The records that can be read; the others are named on standard error."""
        from citekit.model import Diagnostic

        for found in _records(self._file):
            if isinstance(found, Diagnostic):
                self.complete = False
                complain(f"{self._file}, {found.message}")
                continue
            self.ids.append(found.get("id"))
            if self._keep:
                self.kept.append(found)
            yield found


def _print_json(ids: Sequence[object], found: Grouping) -> None:
    """The objects of docs/schema/dedupe.json, a record each, in order."""
    work_of = {place: number for number, group in enumerate(found.groups, 1) for place in group}
    for place, (name, confidence) in enumerate(zip(ids, found.confidence, strict=True)):
        work = f"w{work_of[place]}"
        print_json({"schema": "citekit/dedupe/1", "id": name, "work": work, "confidence": round(confidence, 3)})


def _records(file: str) -> Iterator[Item | Diagnostic]:
    """The records of a file one by one, JSON Lines without holding the file in memory.

    Raises:
        FormatError: when the file is in none of the formats.
        OSError: when it cannot be read.
    """
    from citekit.formats import csl_json

    with Path(file).open("rb") as opened:
        first = opened.readline(_LONGEST_LINE)
    if _is_item(first):
        with Path(file).open("rb") as opened:
            yield from csl_json.stream(_decoded(opened, file))
        return
    items, diagnostics = _read(file)
    yield from diagnostics
    yield from items


def _is_item(line: bytes) -> bool:
    """Whether the first line of a file is a whole JSON object, so that the others are records too."""
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _decoded(lines: Iterable[bytes], file: str) -> Iterator[str]:
    start = 0
    for line in lines:
        try:
            yield line.decode("utf-8-sig" if start == 0 else "utf-8")
        except UnicodeDecodeError as error:
            raise FormatError(f"{file}: no UTF-8 (byte {start + error.start + 1}); convert it to UTF-8") from error
        start += len(line)


def _read(file: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The records of a file read as a whole, and what could not be read.

    Raises:
        FormatError: when the file is in none of the formats.
        OSError: when it cannot be read.
    """
    from citekit import formats
    from citekit.formats.recognition import format_of

    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{file}: no UTF-8 (byte {error.start + 1}); convert it to UTF-8") from error
    try:
        return formats.read(text, format_of(file, text))
    except FormatError as error:
        raise FormatError(f"{file}: {error}") from error
    except RecursionError as error:
        raise FormatError(f"{file}: is nested too deeply for CSL-JSON; give an array of items") from error


def _show(items: Sequence[Item], groups: Sequence[Sequence[int]]) -> None:
    """The works that several records mean, with those records."""
    from rich.text import Text

    from citekit.cli.wording import counted, one_line, reference

    output = console()
    output.print(Text(f"{counted(len(items), 'record')} of {counted(len(groups), 'work')}"))
    for group in groups:
        if len(group) > 1:
            output.print(Text(reference(items[group[0]]), style="bold"))
            for place in group:
                key = one_line(str(items[place].get("id", "-")))
                output.print(Text(f"  {key}  {reference(items[place])}"), soft_wrap=True)
