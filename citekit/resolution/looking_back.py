"""Which works a short form can look back to: those cited before it, and those that the document lists.

A short form follows its citation in full (Chicago 17 14.29–14.30); "op. cit.", "a.a.O.", "указ. соч.", 前引书 say so in
words. What only a later note cites for the first time is then not meant, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citekit.model import CueKind
from citekit.resolution.fitting import Fitting
from citekit.resolution.ledger import Draft
from citekit.resolution.sequence import Place
from citekit.resolution.state import State

__all__ = ["cited_before", "first_cited_later", "without_later"]

LOOKING_BACK = 0.1
"""What a proper shortening of a title cited before may lack against the whole title of one that is yet to come."""


def first_cited_later(state: State, place: Place, draft: Draft) -> bool:
    """Whether a work is first cited in a later note of this numbering's stream, and neither before nor in a list.

    A reference list is open to the reader from the start; so is running text, whose place among the notes is not asked.
    """
    if draft.last_place >= 0 or not draft.full:
        return False
    return all(state.places[index].stream == place.stream != "text" for index in draft.full)


def cited_before(state: State, place: Place, drafts: Sequence[Draft]) -> list[Draft]:
    """The works that are not first cited later; where a short form does not say "cited", all if none is left."""
    before = [draft for draft in drafts if not first_cited_later(state, place, draft)]
    says_cited = state.citations[place.citation].cue(CueKind.CITED) is not None
    return before if before or says_cited else list(drafts)


def without_later(state: State, place: Place, found: Fitting) -> Fitting:
    """The fitting works without those first cited later, if the short form says "cited" or an earlier one does as well.

    An earlier one does as well whose title the short one properly shortens, though it be the whole title of a later.
    """
    earlier = tuple(
        (score, number) for score, number in found.scores if not first_cited_later(state, place, state.draft(number))
    )
    if state.citations[place.citation].cue(CueKind.CITED) is not None:
        return replace(found, scores=earlier)
    if earlier and earlier[0][0] >= found.scores[0][0] - LOOKING_BACK:
        return replace(found, scores=earlier)
    return found
