"""`citekit key`: another citation key for a work."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE

__all__ = ["command"]


@click.command(
    "key",
    short_help="Give a work another citation key.",
    epilog=examples("citekit key yang2007mubei yang-tombstone"),
)
@click.argument("key", metavar="KEY")
@click.argument("new", metavar="NEW")
@as_json
@store
def command(key: str, new: str, as_json: bool, store_path: str) -> int:
    """Give the work KEY the citation key NEW. KEY leads to it as well, and no other work ever gets either.

    NEW is made of A-Z, a-z, 0-9 and . : / + - _ and differs from other works' keys in more than upper and lower case:
    BibTeX takes such keys for one.
    """
    import citekit
    from citekit.cli.deciding import tell

    with citekit.open(store_path, create=False) as kept:
        tell(kept, kept.rename(key, new), as_json=as_json)
    return DONE
