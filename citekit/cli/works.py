"""`citekit works`: each work of the store once."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

__all__ = ["command"]


@click.command(
    "works",
    short_help="List the works of the store.",
    epilog=examples("citekit works", "citekit works --json | jq -r 'select(.citations | length > 9) | .key'"),
)
@as_json
@store
def command(as_json: bool, store_path: str) -> int:
    """List each work of the store once, with how often and in how many documents it is cited.

    With --json each work gives one line, with all its citations and their places.
    """
    import citekit

    with citekit.open(store_path, create=False) as kept:
        if as_json:
            for work in kept.works():
                print_json(work.to_json())
            return DONE
        from rich.table import Table
        from rich.text import Text

        from citekit.cli.wording import counted, one_line, reference

        table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1))
        table.add_column("Key", no_wrap=True)
        table.add_column("Reference", overflow="fold", ratio=1)
        table.add_column("Cited", justify="right", no_wrap=True)
        table.add_column("Documents", justify="right", no_wrap=True)
        for work in kept.works():
            words = Text(reference(work.item))
            if work.incomplete:
                words.append(" (never cited in full)", style="yellow")
            documents = len({citation.document for citation in work.citations})
            table.add_row(Text(one_line(work.key)), words, Text(str(len(work.citations))), Text(str(documents)))
        output = console()
        if table.row_count:
            output.print(table)
        output.print(Text(counted(table.row_count, "work")))
    return DONE
