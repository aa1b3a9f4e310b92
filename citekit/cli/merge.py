"""`citekit merge`: works that are one."""

from __future__ import annotations

from collections.abc import Sequence

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE

__all__ = ["command"]


@click.command(
    "merge",
    short_help="Decide that works are one.",
    epilog=examples("citekit merge weber1922wirtschaft weber1976wirtschaft"),
)
@click.argument("keys", metavar="KEY KEY...", nargs=-1, required=True)
@as_json
@store
def command(keys: Sequence[str], as_json: bool, store_path: str) -> int:
    """Decide that the works with these citation keys are one work.

    It carries the oldest of their keys, or one that you gave with citekit key, which also chooses another now; the
    other keys lead to it. What is added later joins it. A decision that kept the works apart gives way: the later one
    holds.
    """
    import citekit
    from citekit.cli.deciding import tell

    if len(keys) < 2:
        raise click.UsageError("name at least two works")
    with citekit.open(store_path, create=False) as kept:
        tell(kept, kept.merge(keys), as_json=as_json)
    return DONE
