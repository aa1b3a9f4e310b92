"""What the commands that decide have in common: how they tell what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from citekit.store import Store
    from citekit.store.deciding import Outcome

__all__ = ["tell"]


def tell(kept: Store, outcome: Outcome, *, as_json: bool) -> None:
    """One line for each work that a decision concerns, as it is now, and the decisions that it overrides."""
    if as_json:
        print_json(outcome.to_json())
        return
    from rich.text import Text

    from citekit.cli.wording import counted, one_line, reference

    output = console()
    for key in outcome.works:
        work = kept.work(key)
        cited = counted(len(work.citations), "citation")
        line = Text.assemble((one_line(work.key), "bold"), f"  {reference(work.item)} ({cited})")
        output.print(line, soft_wrap=True)
    for number in outcome.overridden:
        output.print(Text(f"decision {number} no longer holds in full: this one is later"), soft_wrap=True)
    output.print(Text(f"decision {outcome.decision}; citekit undo takes it back"), soft_wrap=True)
