"""`citekit dedupe`: which records of a bibliography mean the same work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from citekit.cli.options import as_json, examples
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console, print_json
from citekit.errors import FormatError
from citekit.model import Item

__all__ = ["command"]

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
    items, unreadable = _read(file)
    from citekit.matching import cluster

    memberships = cluster(items)
    if as_json:
        for item, membership in zip(items, memberships, strict=True):
            print_json(
                {
                    "schema": "citekit/dedupe/1",
                    "id": item.get("id"),
                    "work": membership.work,
                    "confidence": round(membership.confidence, 3),
                }
            )
    else:
        _show(items, [membership.work for membership in memberships])
    return FAILED if unreadable else DONE


def _read(file: str) -> tuple[list[Item], int]:
    """The records of a file, and how many could not be read; each of those is named on standard error."""
    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{file}: no UTF-8 (byte {error.start + 1}); convert it to UTF-8") from error
    if file.lower().endswith(_BIBTEX_ENDINGS) or text.lstrip()[:1] in ("@", "%"):
        from citekit import formats

        return list(formats.loads(text, "bibtex")), 0
    items: list[Item] = []
    unreadable = 0
    for place, record in _records(file, text):
        if isinstance(record, dict):
            items.append(record)
        else:
            unreadable += 1
            complain(f"{place}: {record}; each record must be a CSL-JSON object")
    return items, unreadable


def _records(file: str, text: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Each record with its place; what is no object, as the reason why."""
    if text.lstrip()[:1] == "[":
        array = _loads(text)
        if isinstance(array, str):
            raise FormatError(f"{file}: {array}; mend the array, or give one item a line")
        for number, value in enumerate(array, 1):
            yield f"{file}, record {number}", value if isinstance(value, dict) else "no object"
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            value = _loads(line)
            yield f"{file}:{number}", value if isinstance(value, dict | str) else "no object"


def _loads(text: str) -> Any:
    """The JSON value of a text that starts as an array or is a line; a string says why there is none."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return f"no JSON ({error.msg.lower()} at line {error.lineno}, column {error.colno})"
    except RecursionError:
        return "JSON nested too deeply"
    return value if isinstance(value, dict | list) else "no object"


def _show(items: Sequence[Item], works: Sequence[str]) -> None:
    """The works that several records mean, with those records."""
    from rich.text import Text

    from citekit.cli.wording import counted, one_line, reference

    output = console()
    groups: dict[str, list[Item]] = {}
    for item, work in zip(items, works, strict=True):
        groups.setdefault(work, []).append(item)
    output.print(Text(f"{counted(len(items), 'record')} of {counted(len(groups), 'work')}"))
    for group in groups.values():
        if len(group) > 1:
            output.print(Text(reference(group[0]), style="bold"))
            for item in group:
                output.print(Text(f"  {one_line(str(item.get('id', '-')))}  {reference(item)}"), soft_wrap=True)
