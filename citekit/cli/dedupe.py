"""`citekit dedupe`: which records of a bibliography mean the same work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from citekit.cli.options import as_json, examples
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console, print_json
from citekit.errors import FormatError
from citekit.model import Item

__all__ = ["command"]

_NEIGHBOURS = 5  # on each side: in a group of thousands all pairs would take minutes and say the same
_BIBTEX_ENDINGS = (".bib", ".bibtex", ".biblatex")


@click.command(
    "dedupe",
    short_help="Show which records of a bibliography mean the same work.",
    epilog=examples("citekit dedupe library.bib", "citekit dedupe library.json --json | jq -r '[.id, .work] | @tsv'"),
)
@click.argument("file", metavar="FILE", type=click.Path())
@as_json
def command(file: str, as_json: bool) -> int:
    """Show which records of FILE mean the same work.

    FILE holds CSL-JSON (one array, or an item a line) or BibTeX. With --json each record gives one line, in order,
    with the work that it belongs to. A record that cannot be read is named on standard error and left out.
    """
    from citekit.matching import cluster

    items, complete = _read(file)
    groups = cluster(items)
    if as_json:
        _print_json(items, groups)
    else:
        _show(items, groups)
    return DONE if complete else FAILED


def _print_json(items: Sequence[Item], groups: Sequence[Sequence[int]]) -> None:
    """The objects of docs/schema/dedupe.json, a record each, in order."""
    membership = {}
    for number, group in enumerate(groups, 1):
        for place, confidence in zip(group, _confidence([items[place] for place in group]), strict=True):
            membership[place] = (f"w{number}", confidence)
    for place, item in enumerate(items):
        work, confidence = membership[place]
        print_json({"schema": "citekit/dedupe/1", "id": item.get("id"), "work": work, "confidence": confidence})


def _confidence(group: Sequence[Item]) -> list[float]:
    """How sure each record of a group belongs to it: the probability of its best match among its neighbours.

    A record that stands alone was matched with nothing: 1.
    """
    from citekit.matching import compare

    if len(group) == 1:
        return [1.0]
    return [
        round(
            max(
                compare(item, other).probability
                for other in (*group[max(0, place - _NEIGHBOURS) : place], *group[place + 1 :][:_NEIGHBOURS])
            ),
            3,
        )
        for place, item in enumerate(group)
    ]


def _read(file: str) -> tuple[list[Item], bool]:
    """The records of a file, and whether all could be read; those that could not are named on standard error.

    Raises:
        FormatError: when the file is in none of the formats.
        OSError: when it cannot be read.
    """
    from citekit import formats

    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{file}: no UTF-8 (byte {error.start + 1}); convert it to UTF-8") from error
    looks_like_json = not file.lower().endswith(_BIBTEX_ENDINGS) and text.lstrip()[:1] not in ("@", "%")
    try:
        items, diagnostics = formats.read(text, "csl-json" if looks_like_json else "bibtex")
    except FormatError as error:
        raise FormatError(f"{file}: {error}") from error
    except RecursionError as error:
        raise FormatError(f"{file}: is nested too deeply for CSL-JSON; give an array of items") from error
    for diagnostic in diagnostics:
        complain(f"{file}, {diagnostic.message}")
    return list(items), not diagnostics


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
