"""`--pages`, and how far the reading of a long document has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from citekit.cli.streams import console, is_terminal

if TYPE_CHECKING:
    from citekit.readers import PageRanges

__all__ = ["page_progress", "pages"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Pages(click.ParamType["PageRanges"]):
    """Page ranges as a usage error or a value."""

    name = "pages"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PageRanges:
        from citekit.readers.page_ranges import PageRanges

        if isinstance(value, PageRanges):
            return value
        try:
            return PageRanges.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def pages(command: _Command) -> _Command:
    """`--pages 10-40`: a part of a PDF."""
    return click.option(
        "--pages",
        metavar="RANGES",
        type=_Pages(),
        help="Read only these pages of a PDF, counted from its first as 1, not by printed numbers: 10-40, or 3,7,12-.",
    )(command)


@contextmanager
def page_progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error where somebody watches it, given what a reader calls before each page."""
    if not is_terminal(sys.stderr):
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(to_error=True), transient=True) as shown:
        task = shown.add_task("", total=None, visible=False)

        def announce(place: int, count: int) -> None:
            shown.update(task, completed=place, total=count, visible=True)

        yield announce
