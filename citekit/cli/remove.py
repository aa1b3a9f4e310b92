"""`citekit remove`: documents out of the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from citekit.store import RemovalReport

__all__ = ["command"]


@click.command(
    "remove",
    short_help="Take documents out of the store.",
    epilog=examples("citekit remove thesis.txt", "citekit remove old/library.bib drafts/chapter-1.md"),
)
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True, type=click.Path())
@as_json
@store
def command(documents: Sequence[str], as_json: bool, store_path: str) -> int:
    """Take each DOCUMENT (or imported bibliography) with its citations out of the store. Its file stays as it is.

    DOCUMENT is a path, whether a file is still there or not, or the name that was given with add --as. Works that
    nobody else cites go, and their keys stay reserved. Decisions on the citations stay and wait: citekit history
    --orphaned lists them. Adding the document again brings back its citations, its keys and what you decided; citekit
    undo does not, for it takes back decisions alone. Where one DOCUMENT is not in the store, none is taken out.
    """
    import citekit

    with citekit.open(store_path, create=False) as kept:
        for report in kept.remove(*documents):
            if as_json:
                print_json(report.to_json())
            else:
                _show(report)
    return DONE


def _show(report: RemovalReport) -> None:
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    gone = f", {counted(len(report.works), 'work')} that nobody else cites"
    line = Text.assemble(
        (one_line(report.document), "bold"), f": removed, {counted(report.citations, 'citation')}{gone}"
    )
    if report.works:
        line.append(one_line(f": {', '.join(report.works)}"))
    output = console()
    output.print(line, soft_wrap=True)
    if report.decided:
        waiting = f"{counted(report.decided, 'citation')} that you decided on"
        output.print(
            Text(f"{one_line(report.document)}: {waiting} are found again when it is added again"), soft_wrap=True
        )
