"""`citekit history`: what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from citekit.store.history import Decision

__all__ = ["command", "summary"]


@click.command(
    "history",
    short_help="List what was decided, and what of it fits nothing now.",
    epilog=examples("citekit history", "citekit history --orphaned", "citekit history --json | jq .kind"),
)
@click.option("--orphaned", is_flag=True, help="Only decisions whose citations are (in part) in no document now.")
@as_json
@store
def command(orphaned: bool, as_json: bool, store_path: str) -> int:
    """List the decisions in the order in which they were made: merge, split, apart, edit, rename.

    A decision is anchored to citations by the label of their note, their words and the words around them. Those that
    the present version of a document no longer has are listed, and looked for again in every version to come.
    """
    import citekit

    with citekit.open(store_path, create=False) as kept:
        decisions = [decision for decision in kept.history() if decision.orphaned or not orphaned]
    if as_json:
        for decision in decisions:
            print_json(decision.to_json())
        return DONE
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    output = console()
    for decision in decisions:
        style = "dim" if decision.undone_at else ""
        output.print(
            Text(f"{decision.made_at[:16].replace('T', ' ')}  {summary(decision)}", style=style), soft_wrap=True
        )
        for citation in decision.orphaned:
            place = f"{citation.document}, note {citation.note}" if citation.note else citation.document
            line = f"      orphaned: {one_line(place)}: {one_line(citation.text, 120)}"
            output.print(Text(line, style="yellow"), soft_wrap=True)
    output.print(Text(counted(len(decisions), "decision")))
    return DONE


def summary(decision: Decision) -> str:
    """`7: edit levi1963tregua: note = first (undone)`."""
    from citekit.cli.wording import field_words, one_line

    about = " ".join(decision.keys)
    if decision.field is not None:
        value = "deleted" if decision.value is None else f"= {field_words(decision.value)}"
        about += f": {decision.field} {value}"
    elif decision.value is not None:
        about += f" -> {decision.value}"
    elif decision.kind.value == "split":
        about += (
            f": {sum(citation.side == 0 for citation in decision.citations)} of {len(decision.citations)} citations"
        )
    remarks = [
        *(["undone"] if decision.undone_at else []),
        *(["a later decision holds"] if decision.overridden else []),
    ]
    return one_line(f"{decision.id}: {decision.kind.value} {about}" + (f" ({', '.join(remarks)})" if remarks else ""))
