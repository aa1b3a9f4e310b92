"""`citekit undo`: the last decisions taken back."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

__all__ = ["command"]


@click.command(
    "undo",
    short_help="Take back the last decisions.",
    epilog=examples("citekit undo", "citekit undo 3"),
)
@click.argument("number", metavar="[NUMBER]", type=click.IntRange(min=1), default=1)
@as_json
@store
def command(number: int, as_json: bool, store_path: str) -> int:
    """Take back the last decision, or the last NUMBER of them: each work is again what it was before.

    Documents stay as they are in the store. Where there are fewer decisions, none is taken back.
    """
    import citekit

    with citekit.open(store_path, create=False) as kept:
        undone = kept.undo(number)
        if as_json:
            for decision in undone:
                print_json(decision.to_json())
            return DONE
        from rich.text import Text

        from citekit.cli.history import summary

        for decision in undone:
            console().print(Text(f"undone: {summary(decision)}"), soft_wrap=True)
    return DONE
