""" "ES, 24": the work that a note calls so ("hereafter ES"). Chicago 17 14.36, 14.60; GB/T 7714 users' 以下简称."""

from __future__ import annotations

from dataclasses import replace

from citekit.model import CueKind, Form, Resolution, Severity
from citekit.resolution.archives import is_archive_alone
from citekit.resolution.fitting import features, fit
from citekit.resolution.ibid import other_volume
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State, remark

__all__ = ["declared_name"]

CERTAIN = 0.97
FORWARD = 0.85  # the name is declared in a later note
SAME_CHAPTER = 0.85  # another chapter gives the name to another work


def declared_name(state: State, place: Place) -> Decision | None:
    """The work whose citation declares this short name; of several, the one declared in the same chapter."""
    citation = state.citations[place.citation]
    cue = citation.cue(CueKind.SHORT_NAME)
    named = _declaring(state, cue.value or "") if cue else _behind_author(state, place)
    if not named:
        return None
    declaring = named
    confidence = CERTAIN
    if len({state.works(index) for index in declaring}) > 1:
        declaring = [index for index in declaring if state.places[index].run == place.run] or declaring
        confidence = SAME_CHAPTER
    works = list(dict.fromkeys(state.works(index)[0] for index in declaring))
    if not works:
        return None
    if len(works) > 1:
        alternatives = tuple(state.citations[index].id for index in declaring)
        message = f"is a name that two works were given ({', '.join(alternatives)}); rename one of them"
        remarks = (remark(Severity.WARNING, "short-form-ambiguous", message, citation),)
        return Decision((), Resolution(None, "ambiguous", 0.0, alternatives), None, remarks)
    antecedent = declaring[0]
    if antecedent not in state.decisions and state.places[antecedent].stream != "references":
        confidence *= FORWARD
    resolution = Resolution(state.citations[antecedent].id, "declared-name", confidence)
    return other_volume(state, place, Decision((works[0],), resolution))


def _declaring(state: State, name: str) -> list[int]:
    """The citations that give one work this short name; of a file in an archive, it is the archive's name."""
    return [
        index
        for index in state.declaring.get(name, ())
        if len(state.works(index)) == 1 and not is_archive_alone(state.items[index])
    ]


def _behind_author(state: State, place: Place) -> list[int]:
    """ "Thompson, WH, 55": those that declare the name as a work of this author; no other author's work is meant."""
    citation, item = state.citations[place.citation], state.items[place.citation]
    title, names = str(citation.item.get("title") or ""), list(item.get("author") or ())
    if not title and names and str(names[-1].get("given") or "") in state.declaring:
        # "Thompson, WH, 55": a siglum looks like initials, and only the declaration tells
        title, names[-1] = str(names[-1]["given"]), {"family": names[-1].get("family") or ""}
    wanted = replace(features({**item, "author": names}), titles=(), containers=())
    if citation.form is Form.FULL or not wanted.names:
        return []
    return [index for index in _declaring(state, title) if fit(wanted, state.draft(state.works(index)[0])) > 0.0]
