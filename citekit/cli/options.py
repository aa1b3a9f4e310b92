"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["STORE", "as_json", "bibliographies", "examples", "files", "output", "store"]

STORE = "references.db"  # in the current folder, where neither --store nor CITEKIT_STORE says otherwise

_Command = TypeVar("_Command", bound=Callable[..., Any])


def files(command: _Command) -> _Command:
    """`FILE…`: at least one, as the user names them."""
    return click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())(command)


def bibliographies(command: _Command) -> _Command:
    """`--bibliography FILE`, as often as there are files."""
    return click.option(
        "--bibliography",
        "bibliographies",
        metavar="FILE",
        multiple=True,
        type=click.Path(),
        help="The works of the documents' keys (.bib, CSL, RIS …), in place of those that they name.",
    )(command)


def as_json(command: _Command) -> _Command:
    """`--json`: for programs, one object a line."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def output(command: _Command) -> _Command:
    """`-o FILE`: where the answer goes, for commands whose answer is a file."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(),
        help="Write to FILE instead of standard output. A file that is there is replaced only when all was written; "
        "a store or a backup never.",
    )(command)


def store(command: _Command) -> _Command:
    """`--store PATH`."""
    return click.option(
        "--store",
        "store_path",
        metavar="PATH",
        type=click.Path(),
        envvar="CITEKIT_STORE",
        default=STORE,
        show_default=True,
        show_envvar=True,
        help="The reference store.",
    )(command)


def examples(*lines: str) -> str:
    """The end of a command's help: examples as they are typed."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
