"""What decides between works that fit a short form alike."""

from __future__ import annotations

from collections.abc import Callable

from citekit.matching.names import people_similarity
from citekit.model import CueKind
from citekit.resolution import fields
from citekit.resolution.fitting import SAME_PEOPLE, likeness
from citekit.resolution.ledger import Draft
from citekit.resolution.sequence import Place
from citekit.resolution.state import State

__all__ = ["TIE_BREAKS", "tie_broken"]

SAME_TITLE = 0.97  # the same, or but for the subtitle (citekit.matching.titles)


def tie_broken(state: State, place: Place, drafts: list[Draft]) -> tuple[list[Draft], bool]:
    """The works that the tie-breaks leave, and whether one was needed."""
    broken = len(drafts) > 1
    for narrower in TIE_BREAKS:
        if len(drafts) == 1:
            break
        drafts = narrower(state, place, drafts) or drafts
    return drafts, broken


def _originals(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:
    """A work rather than its translation of the same title, unless the citation says "trad."; then the other way."""
    wants_translation = state.citations[place.citation].cue(CueKind.TRANSLATION) is not None
    numbers = {draft.number for draft in drafts}
    if wants_translation:
        return [draft for draft in drafts if draft.is_translation]
    return [draft for draft in drafts if draft.original not in numbers]


def _with_translation(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:
    """Where "trad. it. cit." follows, a work that was cited with a translation before."""
    following = state.after(place)
    if following is None or following.cue(CueKind.TRANSLATION) is None:
        return drafts
    return [draft for draft in drafts if draft.translations]


def _wholes(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:  # noqa: ARG001 (one signature)
    """A book rather than a part of it that was cited as standing in it."""
    numbers = {draft.number for draft in drafts}
    return [draft for draft in drafts if draft.part_of not in numbers]


def _already_cited(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:  # noqa: ARG001
    """A short form looks back before it looks ahead (Chicago 17 14.29)."""
    return [draft for draft in drafts if draft.last_place >= 0]


def _last_edition(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:  # noqa: ARG001
    """Of several editions of one work the one cited last."""
    first = drafts[0]
    for other in drafts[1:]:
        if not _editions(first, other):
            return drafts
    last = max(draft.last_place for draft in drafts)
    return [draft for draft in drafts if draft.last_place == last]


def _editions(one: Draft, other: Draft) -> bool:
    """Whether two works are the same text in two printings: title, people and volume agree, and the container does."""
    people = not one.authors or not other.authors or people_similarity(one.authors[0], other.authors[0]) >= SAME_PEOPLE
    contained = not one.containers or not other.containers or likeness(one.containers, other.containers) >= SAME_TITLE
    title = min(likeness(one.titles, other.titles), likeness(other.titles, one.titles)) >= SAME_TITLE
    return people and contained and title and len(one.volumes | other.volumes) <= 1


def _of_these_words(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:
    """The works whose titles have all the words of the short one: two cases of one volume of reports."""
    words = {word for title in fields.titles(state.items[place.citation]) for word in title.content}
    return [draft for draft in drafts if words and any(words <= set(title.words) for title in draft.titles)]


TIE_BREAKS: tuple[Callable[[State, Place, list[Draft]], list[Draft]], ...] = (
    _of_these_words,
    _originals,
    _with_translation,
    _wholes,
    _already_cited,
    _last_edition,
)
"""What decides between works that fit a short form alike, in this order."""
