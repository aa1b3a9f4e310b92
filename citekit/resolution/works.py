"""From full citations to works before the short forms are read, and to the finished works afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citekit.matching import cluster, merge
from citekit.model import Citation, Form, Item, Work
from citekit.resolution.ledger import Draft, Ledger
from citekit.resolution.state import State

__all__ = ["finished", "ledger_of_full_citations"]


def ledger_of_full_citations(citations: Sequence[Citation], items: Sequence[Item]) -> tuple[Ledger, dict[int, int]]:
    """The works that are cited in full, and the work of each full citation.

    A work cited in full twice, in two notes or in a note and the bibliography, is one work.
    """
    full = [index for index, citation in enumerate(citations) if citation.form is Form.FULL]
    groups = sorted(tuple(sorted(full[member] for member in group)) for group in cluster([items[i] for i in full]))
    ledger = Ledger()
    works: dict[int, int] = {}
    for group in groups:
        draft = ledger.open([items[index] for index in group], group)
        works |= dict.fromkeys(group, draft.number)
    return ledger, works


def finished(state: State) -> tuple[tuple[Work, ...], tuple[Citation, ...]]:
    """The works in order of first mention, and the citations with their works."""
    cited: dict[int, list[int]] = {}
    for index in range(len(state.citations)):
        for number in state.decisions[index].works:
            cited.setdefault(number, []).append(index)
    names = {number: f"w{place}" for place, number in enumerate(cited, start=1)}
    works = tuple(
        Work(
            names[number],
            _record(state.draft(number)),
            tuple(state.citations[index].id for index in indices),
            state.draft(number).incomplete,
        )
        for number, indices in cited.items()
    )
    return works, tuple(
        replace(
            citation,
            works=tuple(names[number] for number in state.decisions[index].works),
            resolution=state.decisions[index].resolution,
            locator=citation.locator or state.decisions[index].locator,
        )
        for index, citation in enumerate(state.citations)
    )


def _record(draft: Draft) -> Item:
    """What the full citations of a work say together; of a work never cited in full, its short forms."""
    return merge(draft.items)
