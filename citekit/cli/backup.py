"""`citekit backup`: a verified copy of the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, complain
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from citekit.store.backup import Backup

__all__ = ["command"]

_KEEP = 10  # as citekit.store.backup.KEEP, which is loaded only where a backup is made; a test holds them equal


@click.command(
    "backup",
    short_help="Copy the store, verified, and keep the last copies.",
    epilog=examples(
        "citekit backup",
        "citekit backup /media/stick --keep 30",
        "citekit backup --verify references.db.backup-20261122T101500Z",
    ),
)
@click.argument("target", metavar="[DIR|FILE]", required=False, type=click.Path())
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(min=1),
    default=_KEEP,
    show_default=True,
    help="How many copies of this store stay in the folder.",
)
@click.option("--verify", metavar="FILE", type=click.Path(), help="Make no copy; say whether FILE is a whole one.")
@as_json
@store
def command(target: str | None, keep: int, verify: str | None, as_json: bool, store_path: str) -> int:
    """Copy the store, as it is at this moment, to a folder (default: its own) or a file.

    The copy is checked before it gets its name, which holds the time in UTC. In a folder the last copies of this
    store are kept and older ones removed; other files are never touched. To restore a store, copy a backup to its
    place while nothing uses it.
    """
    from citekit.store import backup

    if verify is not None:
        if target is not None:
            raise click.UsageError("--verify makes no copy: leave out DIR or FILE.")
        found = backup.verify(Path(verify))
    else:
        found = backup.back_up(Path(store_path), Path(target) if target is not None else None, keep=keep)
    if found.newer:
        complain(
            f"{found.path}: holds a store of a later citekit, which this one cannot read; install that one to use it"
        )
    if as_json:
        print_json(found.to_json())
    else:
        _show(found, "whole" if verify is not None else "copied and verified")
    return DONE


def _show(found: Backup, verdict: str) -> None:
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    holds = ", ".join(counted(found.rows.get(f"{name}s", 0), name) for name in ("document", "citation", "work"))
    output = console()
    output.print(
        Text.assemble((one_line(str(found.path)), "bold"), f": {verdict}, {holds}, {found.size:,} bytes"),
        soft_wrap=True,
    )
    for path in found.removed:
        output.print(Text(f"{one_line(str(path))}: removed, the oldest"), soft_wrap=True)
