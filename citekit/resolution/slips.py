"""Likely slips of the author's: pointed out, never corrected.

An "op. cit." whose author was never cited, a year that no work of the author has: each short form stays as it was
resolved by what it says, with a diagnostic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citekit.model import Citation, CueKind, Diagnostic, Severity
from citekit.resolution.fitting import Features, fit
from citekit.resolution.ledger import Draft
from citekit.resolution.state import State, remark

__all__ = ["cited_only_later", "never_cited", "works_of_other_years"]

_NEAR = 1  # years: a misprint, or the difference between the year of printing and the year on the title page


def works_of_other_years(state: State, wanted: Features) -> list[Draft]:
    """The works that a short form would mean if its year were another: by title, or next to the year it states."""
    if not wanted.year[0] or not wanted.names:
        return []
    undated = replace(wanted, year=("", ""))
    found = [draft for draft in state.ledger.of_authors(wanted.names) if fit(undated, draft) > 0.0]
    if wanted.titles:
        return found
    stated = int(wanted.year[0])
    return [draft for draft in found if any(abs(int(year) - stated) <= _NEAR for year, _ in draft.years)]


def cited_only_later(citation: Citation, ids: Sequence[str]) -> Diagnostic:
    """What to tell of an "op. cit." whose author or title only a later note cites."""
    message = f"says that the work was cited before, but only a later note ({', '.join(ids)}) cites what would fit"
    return remark(Severity.WARNING, "cited-without-antecedent", f"{message}; cite it in full here", citation)


def never_cited(citation: Citation, near: Sequence[Draft], ids: Sequence[str]) -> Diagnostic:
    """What to tell of a short form that no citation in full answers."""
    if near:
        years = ", ".join(sorted({year for draft in near for year, _ in draft.years}))
        message = f"states a year that fits no work; {' and '.join(ids)} would fit with {years}; check the year"
        return remark(Severity.WARNING, "short-form-other-year", message, citation)
    if citation.cue(CueKind.CITED) is not None:
        message = "says that the work was cited before, but no citation gives it in full; cite it once in full"
        return remark(Severity.WARNING, "cited-without-antecedent", message, citation)
    message = "is a short form, but no citation gives this work in full"
    return remark(Severity.INFO, "short-form-without-antecedent", message, citation)
