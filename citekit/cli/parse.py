"""`citekit parse`: single citation strings, read into fields."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from citekit.cli.options import as_json, examples
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console, is_terminal, print_json, standard_output
from citekit.model import Citation

if TYPE_CHECKING:
    from io import BufferedReader

__all__ = ["command"]

_READ = 1 << 16  # bytes
_FIELDS = (
    "signal",
    "type",
    "author",
    "editor",
    "translator",
    "director",
    "title",
    "original-title",
    "translated-title",
    "container-title",
    "collection-title",
    "collection-number",
    "volume",
    "issue",
    "edition",
    "publisher-place",
    "publisher",
    "issued",
    "page",
    "locator",
)


@click.command(
    "parse",
    short_help="Read citation strings into fields.",
    epilog=examples(
        "citekit parse 'Max Weber, Wirtschaft und Gesellschaft, Tübingen 1922, S. 17.'",
        "citekit parse --json < strings.txt",
    ),
)
@click.argument("strings", metavar="[STRING]...", nargs=-1)
@click.option(
    "--below",
    metavar="CONFIDENCE",
    type=click.FloatRange(0, 1),
    help="Print only strings with a citation whose confidence is lower than this (0 to 1), and strings without one: "
    "what to look through.",
)
@as_json
def command(strings: Sequence[str], below: float | None, as_json: bool) -> int:
    """Read citation strings into fields: each STRING, or else each line of standard input.

    The figures before the words say how sure each field is, from 0 to 1, and the first of them, the confidence, how
    sure the citation is: “~” stands behind those below 0.8, of which some are wrong, and “?” behind those below 0.5,
    which are wrong as often as right. With --json each string gives one line, in order, as soon as it is read; offsets
    count in the string.
    """
    import citekit

    lines = _Lines(strings)
    for some in lines.batches():
        for text, citations in zip(some, citekit.parse_all(some), strict=True):
            if below is not None and all(citation.confidence >= below for citation in citations) and citations:
                continue
            if as_json:
                print_json(_contract(text, citations))
            else:
                _show(text, citations)
            if strings and _names_file(text):
                complain(
                    f"{text}: was read as a citation, not as the file of this name; for its lines: citekit parse < "
                    f"{text}, for a document: citekit extract {text}"
                )
        standard_output().flush()
    return FAILED if lines.unreadable else DONE


def _names_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # longer than names can be
        return False


class _Lines:
    """The strings to read, and how many of them were not UTF-8."""

    def __init__(self, strings: Sequence[str]) -> None:
        self.unreadable = 0
        self._strings = strings

    def batches(self) -> Iterator[Sequence[str]]:
        """All that can be read without waiting for more, again and again: who sends one line waits for its answer."""
        if self._strings:
            yield self._strings
            return
        if sys.stdin is None:
            raise OSError(errno.EBADF, "closed", "standard input")
        if is_terminal(sys.stdin):
            click.echo("citekit: reading citations, one a line; Ctrl-D ends", err=True)
        # Bytes, because text streams also split at a carriage return, and a citation ends at "\n" alone.
        number = 0
        begun: list[bytes] = []  # a line that has not ended
        stream = cast("BufferedReader", sys.stdin.buffer)
        while read := stream.read1(_READ):
            *ended, rest = read.split(b"\n")
            if ended:
                lines = [b"".join((*begun, ended[0])), *ended[1:]]
                yield [self._decoded(line, number + place) for place, line in enumerate(lines, 1)]
                number += len(lines)
                begun = []
            begun.append(rest)
        if last := b"".join(begun):
            yield [self._decoded(last, number + 1)]

    def _decoded(self, line: bytes, number: int) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            self.unreadable += 1
            complain(
                f"standard input, line {number}: no UTF-8 (byte {error.start + 1}), read with U+FFFD in its place; "
                "convert the input to UTF-8"
            )
            return line.decode("utf-8", errors="replace")


def _contract(text: str, citations: Sequence[Citation]) -> dict[str, Any]:
    """The object of docs/schema/parse.json."""
    return {"schema": "citekit/parse/1", "text": text, "citations": [_citation(citation) for citation in citations]}


def _citation(citation: Citation) -> dict[str, Any]:
    shape = citation.to_json()
    # What leads beyond the string has no meaning in a string by itself.
    return {name: value for name, value in shape.items() if name not in ("id", "note", "works", "resolution")}


def _show(text: str, citations: Sequence[Citation]) -> None:
    from rich.table import Table
    from rich.text import Text

    from citekit.cli.wording import confidence_told, one_line
    from citekit.grades import Grade, grade

    output = console()
    output.print(Text(one_line(text), style="bold"))
    if not citations:
        output.print(Text("  no citation", style="dim"))
    for citation in citations:
        table = Table(box=None, show_header=False, pad_edge=True)
        table.add_column(style="cyan", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        step = grade(citation.confidence)
        of_all = confidence_told(citation.confidence)
        table.add_row(Text("confidence"), of_all, Text("" if step is Grade.SURE else step.words, style=of_all.style))
        for name, value in _fields(citation):
            sure = citation.field_confidence.get(name)
            table.add_row(Text(name), Text() if sure is None else confidence_told(sure), Text(one_line(value)))
        output.print(table)
        output.print()


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    """What a citation says, in the order in which a reference is written, as name and words."""
    from citekit.cli.wording import field_words

    item = dict(citation.item)
    said = {**item, **dict(item.pop("custom", None) or {})}
    said.pop("custom", None)
    if citation.signal:
        said["signal"] = citation.signal
    if citation.locator:
        said["locator"] = f"{citation.locator.label} {citation.locator.value}"
    for name in (*(name for name in _FIELDS if name in said), *(name for name in said if name not in _FIELDS)):
        yield name, field_words(said[name])
