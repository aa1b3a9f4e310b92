"""`citekit duplicates`: works that may be one, to be merged, kept apart, or decided later."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, FINDINGS
from citekit.cli.streams import console, is_terminal, print_json

if TYPE_CHECKING:
    from citekit.store import Store
    from citekit.store.duplicates import Duplicate

__all__ = ["command"]

_QUESTION = "[m]erge, keep [a]part for ever, [l]ater, [q]uit"


@click.command(
    "duplicates",
    short_help="List works that may be one, and ask what to do with them.",
    epilog=examples(
        "citekit duplicates",
        "citekit duplicates weber1922wirtschaft",
        "citekit duplicates --document chapter-3.md",
        "citekit duplicates --vetoed --list",
        "citekit duplicates --json --least 0.9 | jq -c .keys",
    ),
)
@click.argument("key", metavar="[KEY]", required=False)
@click.option(
    "--least",
    metavar="NUMBER",
    type=click.FloatRange(0, 1),
    default=0.2,
    show_default=True,
    help="Only pairs of at least this probability.",
)
@click.option(
    "--document",
    metavar="DOCUMENT",
    type=click.Path(),
    help="Only pairs with a work that DOCUMENT cites, as after adding it.",
)
@click.option("--vetoed", is_flag=True, help="The pairs instead that would be one but for a veto, with the veto.")
@click.option("--list", "list_only", is_flag=True, help="Ask nothing, also on a terminal.")
@click.option("--strict", is_flag=True, help="Exit with status 3 when there is a pair that was not decided.")
@as_json
@store
def command(
    key: str | None,
    *,
    least: float,
    document: str | None,
    vetoed: bool,
    list_only: bool,
    strict: bool,
    as_json: bool,
    store_path: str,
) -> int:
    """List works that may be one and about which you have not decided: the surest first, those left for later last.

    On a terminal each pair is shown and asked about; elsewhere they are listed. KEY asks about one work alone, and
    --document about those of one document: quick in the largest store, where comparing all takes minutes. What you
    answer is a decision like citekit merge and apart: history shows it, undo takes it back. Works are compared
    with the values that you edited. Why two are likely one, citekit why says.

    A veto keeps two works out of this list, however alike they are: another edition, year or volume, a name of other
    letters. With --vetoed those pairs are listed, and asked about, that would be one without it.
    """
    import citekit

    with citekit.open(store_path, create=False) as kept:
        progress = _progress if is_terminal(sys.stderr) else None
        found = kept.duplicates(key, document=document, least=least, vetoed=vetoed, progress=progress)
        if is_terminal(sys.stderr):
            sys.stderr.write("\r\x1b[K")
        if as_json:
            for pair in found:
                print_json(pair.to_json())
        elif list_only or not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
            _list(found)
        else:
            found = found[_ask(kept, found) :]
    return FINDINGS if strict and found else DONE


def _progress(number: int) -> None:
    sys.stderr.write(f"\r{number:,} works compared")
    sys.stderr.flush()


def _list(found: Sequence[Duplicate]) -> None:
    from rich.text import Text

    from citekit.cli.wording import counted

    output = console()
    for pair in found:
        _show(pair)
    later = sum(pair.postponed for pair in found)
    output.print(Text(counted(len(found), "pair") + (f", {later} left for later" if later else "")))


def _show(pair: Duplicate) -> None:
    from rich.text import Text

    from citekit.cli.wording import one_line, reference, told_veto

    output = console()
    for place, (key, item) in enumerate(zip(pair.keys, pair.items, strict=True)):
        head = f"{pair.compared.unvetoed:.2f}  " if place == 0 else "      "
        mark = "  (later)" if pair.postponed and place == 0 else ""
        output.print(Text.assemble(head, (one_line(key), "bold"), f"  {reference(item)}{mark}"), soft_wrap=True)
    if pair.compared.vetoes:
        output.print(Text(f"      veto: {', '.join(map(told_veto, pair.compared.vetoes))}"), soft_wrap=True)


def _ask(kept: Store, found: Sequence[Duplicate]) -> int:
    """Ask about each pair; how many were answered."""
    from citekit.errors import NoSuchWorkError, StoreError

    for place, pair in enumerate(found):
        _show(pair)
        answer = click.prompt(_QUESTION, type=click.Choice(["m", "a", "l", "q"]), show_choices=False, err=True)
        if answer == "q":
            return place
        try:
            if answer == "m":
                kept.merge(pair.keys)
            elif answer == "a":
                kept.apart(*pair.keys)
            else:
                kept.later(*pair.keys)
        except NoSuchWorkError:
            raise
        except StoreError as error:  # an answer before has made them one already
            console(to_error=True).print(str(error), soft_wrap=True)
    return len(found)
