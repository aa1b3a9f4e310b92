"""`citekit key`: another citation key for a work, and the pattern by which works get theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, complain
from citekit.cli.streams import print_json, standard_output
from citekit.cli.wording import one_line

if TYPE_CHECKING:
    from citekit.store import Store

__all__ = ["command"]


@click.command(
    "key",
    short_help="Give a work another citation key, or all works keys by a pattern.",
    epilog=examples(
        "citekit key yang2007mubei yang-tombstone",
        "citekit key --pattern 'auth.lower + year + shorttitle(1,1)'",
        "citekit key --pattern '[auth:lower][year]' --all --dry-run",
    ),
)
@click.argument("key", metavar="[KEY", required=False)
@click.argument("new", metavar="NEW]", required=False)
@click.option(
    "--pattern",
    metavar="PATTERN",
    help="Keep a pattern, in JabRef's notation or Better BibTeX's: works that come get their keys by it.",
)
@click.option("--no-pattern", is_flag=True, help="Let works that come get citekit's own keys again.")
@click.option(
    "--all",
    "all_",
    is_flag=True,
    help="Give each work that is here a key by the pattern too; NEWs stay as you gave them.",
)
@click.option("--dry-run", is_flag=True, help="Only tell which keys the pattern gives; change nothing.")
@as_json
@store
def command(  # noqa: PLR0917 - click names them all
    key: str | None,
    new: str | None,
    pattern: str | None,
    no_pattern: bool,
    all_: bool,
    dry_run: bool,
    as_json: bool,
    store_path: str,
) -> int:
    """Give the work KEY the citation key NEW. KEY leads to it as well, and no other work ever gets either.

    NEW is made of A-Z, a-z, 0-9 and . : / + - _ and differs from other works' keys in more than upper and lower case:
    BibTeX takes such keys for one.

    With --pattern, keep how keys of works that come are made. Keys that are there stay, without --all. Without
    anything, tell which pattern is kept.
    """
    import citekit
    from citekit.cli.deciding import tell

    if (key is None) != (new is None):
        raise click.UsageError("KEY and NEW go together: name the work's key and the one that it should have.")
    patterned = pattern is not None or no_pattern or all_ or dry_run
    if key is not None and patterned:
        raise click.UsageError("KEY and NEW name one key; leave out --pattern, --no-pattern, --all and --dry-run.")
    if no_pattern and (pattern is not None or all_ or dry_run):
        raise click.UsageError("--no-pattern goes with no other option of keys.")
    with citekit.open(store_path, create=False) as kept:
        if key is not None and new is not None:
            tell(kept, kept.rename(key, new), as_json=as_json)
        elif no_pattern:
            kept.set_key_pattern(None)
        else:
            _by_pattern(kept, pattern, all_=all_, dry_run=dry_run, as_json=as_json)
    return DONE


def _by_pattern(kept: Store, pattern: str | None, *, all_: bool, dry_run: bool, as_json: bool) -> None:
    wanted = pattern if pattern is not None else kept.key_pattern()
    if wanted is None:
        if all_ or dry_run:
            raise click.UsageError("no pattern is kept in this store; give one with --pattern.")
        _show_pattern(None, as_json=as_json)
        return
    if dry_run:
        changed = [(former, key) for former, key in kept.keys_by_pattern(wanted).items() if former != key]
        _show(changed, as_json=as_json)
        return
    if pattern is not None:
        kept.set_key_pattern(pattern)
    if all_:
        changed = kept.rename_by_pattern(wanted)
        _show(changed, as_json=as_json)
        if changed and not as_json:
            complain(f"{len(changed)} decisions; citekit undo {len(changed)} takes them back")
    else:
        _show_pattern(wanted, as_json=as_json)


def _show_pattern(pattern: str | None, *, as_json: bool) -> None:
    if as_json:
        print_json({"pattern": pattern})
    elif pattern is None:
        standard_output().write("no pattern is kept: works get citekit's own keys (name, year, a word of the title)\n")
    else:
        standard_output().write(f"{one_line(pattern)}\n")


def _show(changed: Sequence[tuple[str, str]], *, as_json: bool) -> None:
    for former, new in changed:
        if as_json:
            print_json({"key": former, "new": new})
        else:
            standard_output().write(f"{one_line(former)} {one_line(new)}\n")
