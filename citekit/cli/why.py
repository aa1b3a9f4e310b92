"""`citekit why`: why two works are one, or are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from citekit.store.duplicates import Explanation

__all__ = ["command"]

_VERDICTS = {
    "one-matched": "one work: the matcher found them to be one",
    "one-decided": "one work: you decided it",
    "apart-decided": "two works: you decided it",
    "apart-veto": "two works, however alike",
    "apart-ambiguous": "two works: they match, but so does another that is not the same; merge or apart decides",
    "apart-unlike": "two works: too little speaks for one",
}


@click.command(
    "why",
    short_help="Say why two works are one, or are not.",
    epilog=examples("citekit why weber1922wirtschaft weber1976wirtschaft", "citekit why KEY KEY --json | jq .vetoes"),
)
@click.argument("key", metavar="KEY")
@click.argument("other", metavar="KEY")
@as_json
@store
def command(key: str, other: str, as_json: bool, store_path: str) -> int:
    """Say why the works of two citation keys are one, or are not: evidence, vetoes, probability, your decisions.

    Evidence is weighed in log-odds: what is above nought speaks for one work. A veto (another volume, edition, year …)
    outweighs all evidence; your own decisions go before both.
    """
    import citekit

    with citekit.open(store_path, create=False) as kept:
        found = kept.why(key, other)
    if as_json:
        print_json(found.to_json())
    else:
        _show(found)
    return DONE


def _show(found: Explanation) -> None:
    from rich.text import Text

    from citekit.cli.wording import reference, told_veto

    output = console()
    for key, item in zip(found.keys, found.items, strict=True):
        output.print(Text.assemble((key, "bold"), f"  {reference(item)}"), soft_wrap=True)
    output.print(Text(_VERDICTS[found.verdict.value]), soft_wrap=True)
    for decision in found.decisions:
        told = f"  decision {decision.id}: {decision.kind.value} {' '.join(decision.keys)}, {decision.made_at}"
        output.print(Text(told), soft_wrap=True)
    if found.verdict.value in {"one-decided", "apart-decided"}:
        output.print(Text(f"without your decision the matcher would say: {_alone(found)}"), soft_wrap=True)
    for veto in found.compared.vetoes:
        output.print(Text(f"  veto      {told_veto(veto)}"))
    for piece in found.compared.evidence:
        output.print(Text(f"  {piece.weight:+8.2f}  {piece.name}"))
    output.print(Text(f"  probability {found.compared.probability:.3f}"))


def _alone(found: Explanation) -> str:
    """What the comparison alone would make of the two."""
    if found.compared.same:
        return "one work"
    return "two works, for a veto holds" if found.compared.vetoes else "two works, too little speaks for one"
