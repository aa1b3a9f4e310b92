"""`citekit apart`: works that are not the same."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE

__all__ = ["command"]


@click.command(
    "apart",
    short_help="Decide that two works are not the same.",
    epilog=examples("citekit apart macfarquhar1974origins macfarquhar1983origins"),
)
@click.argument("key", metavar="KEY")
@click.argument("other", metavar="KEY")
@as_json
@store
def command(key: str, other: str, as_json: bool, store_path: str) -> int:
    """Decide that two works are not the same, however alike what is cited later makes them.

    What is one work already is parted by citekit split.
    """
    import citekit
    from citekit.cli.deciding import tell

    with citekit.open(store_path, create=False) as kept:
        tell(kept, kept.apart(key, other), as_json=as_json)
    return DONE
