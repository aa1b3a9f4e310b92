""" "See note 12", "wie Anm. 7", "supra n. 5": the works of the note with that number."""

from __future__ import annotations

from dataclasses import replace

from citekit.matching.text import tokens
from citekit.model import CueKind, Form, Note, Resolution, Severity
from citekit.resolution.books_and_articles import of_its_kind
from citekit.resolution.fitting import MARGIN, Features, features, fit
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State, remark, unresolved

__all__ = ["cross_reference", "misdirected"]

ONE_WORK = 0.95
SEVERAL_WORKS = 0.6
DOUBTED = 0.8  # the name is believed, but one of the two is a slip
OTHER_NUMBERING = 0.6  # the label was found in another chapter's or stream's numbering only


def cross_reference(state: State, place: Place) -> Decision | None:
    """The works that the note of this number cites; a name or title beside the number chooses among them.

    OSCOLA 1.2.1 writes author and number ("Ashworth (n 27) 635"), German practice "Weber (wie Anm. 7), S. 5".

    A note number that leads nowhere leaves a short form that names author or title to the rules for these.
    """
    citation = state.citations[place.citation]
    cue = citation.cue(CueKind.CROSS_REFERENCE)
    if cue is None or citation.form is Form.FULL:
        return None
    wanted = features(state.items[place.citation])
    found = _note(state, place, (cue.value or "").strip())
    note, same_numbering = found if found else (None, False)
    cited = [
        (index, number)
        for index in (state.by_note.get(note.id, ()) if note else ())
        if index != place.citation
        for number in state.works(index)
    ]
    if wanted.says_anything:
        cited = _best(state, wanted, cited) or _named_in_print(state, wanted, cited)
        if not cited:
            return None
        kind = of_its_kind(citation)
        cited = [one for one in cited if kind is None or kind(state.draft(one[1]))] or cited
    if not cited:
        why = f"note {cue.value} cites nothing that is known" if note else f"there is no note {cue.value}"
        return unresolved(
            citation, "no-antecedent", "cross-reference-without-antecedent", f"leads nowhere: {why}; check the number"
        )
    works = tuple(dict.fromkeys(number for _, number in cited))
    confidence = ONE_WORK if len(works) == 1 else SEVERAL_WORKS
    return Decision(
        works,
        Resolution(
            state.citations[cited[0][0]].id,
            "note-number",
            confidence if same_numbering else min(confidence, OTHER_NUMBERING),
        ),
    )


def misdirected(state: State, place: Place, decision: Decision) -> Decision:
    """Remark on a short form whose note number leads to other works than its author or title."""
    citation, resolution = state.citations[place.citation], decision.resolution
    cue = citation.cue(CueKind.CROSS_REFERENCE)
    if cue is None or resolution is None or resolution.antecedent is None or resolution.method == "note-number":
        return decision
    found = _note(state, place, (cue.value or "").strip())
    cited = {work for index in state.by_note.get(found[0].id, ()) for work in state.works(index)} if found else set()
    if not cited or cited & set(decision.works) or citation.form is Form.FULL:
        return decision
    message = f"gives the number of note {cue.value}, which cites another work; check the number"
    remarks = (*decision.diagnostics, remark(Severity.WARNING, "note-number-of-another-work", message, citation))
    doubted = replace(resolution, confidence=resolution.confidence * DOUBTED)
    return replace(decision, resolution=doubted, diagnostics=remarks)


def _named_in_print(state: State, wanted: Features, cited: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The one cited work whose printed words have the surname: a party of a lawsuit, an author not read as one."""
    names = {word for name in wanted.names for word in name.family}
    found = [
        (index, number)
        for index, number in cited
        if names and names <= set(tokens(state.citations[index].text)) and not wanted.titles
    ]
    return found if len({number for _, number in found}) == 1 else []


def _note(state: State, place: Place, label: str) -> tuple[Note, bool] | None:
    """The note with this label in the same numbering, else the only one in the document that has it."""
    same = state.notes.get((place.stream, place.run, label))
    if same is not None:
        return same, True
    others = [note for (stream, _, other), note in state.notes.items() if other == label and stream != "references"]
    return (others[0], False) if len(others) == 1 else None


def _best(state: State, wanted: Features, cited: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the cited works that fit best what the short form says besides the number."""
    scores = {number: fit(wanted, state.draft(number)) for _, number in cited}
    best = max(scores.values(), default=0.0)
    return [(index, number) for index, number in cited if best > 0.0 and scores[number] >= best - MARGIN]
