"""Citations that the document holds as entries: their work is the one of their key, whatever the words say.

A reference manager's "Ibid." means what its entry states, not what stands before it; "{{sfn|Weber|1922}}" and
``\\cite{weber}`` mean the one work that carries this key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citekit.model import Citation, Keeper, Resolution, Severity
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State, remark

__all__ = ["citation_key", "entered", "works_of_keys"]

CERTAIN = 1.0


def works_of_keys(citations: Sequence[Citation], works: Mapping[int, int]) -> dict[tuple[Keeper, str], list[int]]:
    """The numbers of the works that carry each key, in document order."""
    found: dict[tuple[Keeper, str], list[int]] = {}
    for index, citation in enumerate(citations):
        entry = citation.keyed
        if entry and entry.key and entry.names_work and index in works:
            listed = found.setdefault((entry.keeper, entry.key), [])
            if works[index] not in listed:
                listed.append(works[index])
    return found


def entered(state: State, index: int) -> Decision:
    """The work that a short form's own entry states."""
    return _means(state, index, state.works_of_full[index])


def citation_key(state: State, place: Place) -> Decision | None:
    """The work of another citation that carries the key by which this one refers."""
    citation = state.citations[place.citation]
    entry = citation.keyed
    if entry is None or not entry.key:
        return None
    numbers = state.of_key.get((entry.keeper, entry.key), [])
    if len(numbers) == 1:
        return _means(state, place.citation, numbers[0])
    if numbers:
        alternatives = state.naming([state.draft(number) for number in numbers])
        message = f"has the key of {len(numbers)} works ({', '.join(alternatives)}); give each a key of its own"
        remarks = (remark(Severity.WARNING, "citation-key-ambiguous", message, citation),)
        return Decision((), Resolution(None, "ambiguous", 0.0, alternatives), None, remarks)
    if citation.item:  # author and year may name a work that has no template
        return None
    resolution = Resolution(None, "no-antecedent", 0.0)
    if (entry.keeper, entry.key) in state.missing_keys:  # said once
        return Decision((), resolution)
    state.missing_keys.add((entry.keeper, entry.key))
    message = f"has the key “{entry.key}”, but no entry has; add it to the bibliography, or correct the key"
    return Decision((), resolution, None, (remark(Severity.WARNING, "citation-key-unknown", message, citation),))


def _means(state: State, index: int, number: int) -> Decision:
    draft = state.draft(number)
    namer = draft.naming if draft.naming is not None else draft.full[0] if draft.full else None
    antecedent = state.citations[namer].id if namer is not None and namer != index else None
    return Decision((number,), Resolution(antecedent, "citation-key", CERTAIN))
