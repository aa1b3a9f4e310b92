""" "Dostál interview, tape 15": the interview with this person that was cited, whatever else he or she wrote.

Chicago 17 14.211; two interviews with the same person are told apart by their days alone, so that none is taken.
"""

from __future__ import annotations

from citekit.citations.interviews import interview_again, names_interview
from citekit.model import Form, Resolution
from citekit.resolution import fields
from citekit.resolution.fitting import features, fit
from citekit.resolution.looking_back import cited_before
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State

__all__ = ["same_interview"]

SAME_INTERVIEW = 0.85


def same_interview(state: State, place: Place) -> Decision | None:
    """The one interview with the person whom the short form names."""
    citation = state.citations[place.citation]
    if citation.form is not Form.SHORT or not names_interview(citation.text) or interview_again(citation.text) is None:
        return None
    wanted = features(state.items[place.citation])
    people = fields.people(state.items[place.citation], "author")
    interviews = [
        draft
        for draft in state.ledger.of_authors(people)
        if any(names_interview(state.citations[index].text) for index in draft.full) and fit(wanted, draft) > 0.0
    ]
    drafts = cited_before(state, place, interviews)
    if len(drafts) != 1:
        return None
    namer = drafts[0].namer
    antecedent = state.citations[namer].id if namer is not None else None
    return Decision((drafts[0].number,), Resolution(antecedent, "same-interview", SAME_INTERVIEW))
