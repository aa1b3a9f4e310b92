"""The printed cases: from the words of the notes to the works they mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from citekit.model import Citation, Form, Severity
from citekit.resolution import Resolved

from .printed_cases import Expected, PrintedCase, printed_cases

ALL = list(printed_cases())


def test_the_cases_are_many_in_many_languages() -> None:
    assert len(ALL) >= 120
    assert len({case.name for case in ALL}) == len(ALL), "two cases have the same title"
    assert len({case.language for case in ALL}) >= 10
    refused = [case for case in ALL if any(_is_refused(one) for one in _all_expected(case))]
    assert len(refused) >= 25, "what must stay ambiguous and what must not resolve is part of the subject"


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_printed_case(case: PrintedCase) -> None:
    assert list(failures(case)) == []


def failures(case: PrintedCase) -> Iterator[str]:
    """What a case finds wanting, in words."""
    resolved = case.resolved
    named: dict[str, str] = {}
    pairs: list[tuple[Citation, Expected]] = []
    for note in case.notes:
        found = [citation for citation in resolved.citations if citation.note == note.id]
        expected = case.expected[note.id]
        if len(found) != len(expected):
            yield f"{note.text!r}: {len(found)} citations instead of {len(expected)}: {[one.text for one in found]}"
            return
        pairs += zip(found, expected, strict=True)
    for citation, expected_one in pairs:  # full citations give the works their letters
        letter = expected_one.works[0] if expected_one.works else ""
        names_work = citation.form is Form.FULL and not letter.endswith("?") and letter != "skipped"
        if names_work and named.setdefault(letter, citation.works[0]) != citation.works[0]:
            yield f"{citation.text!r} is not taken for the work {letter}"
    if len(set(named.values())) < len(named):
        yield "two works are taken for one"
    incomplete = {work.id for work in resolved.works if work.incomplete}
    for citation, expected_one in pairs:
        yield from _differences(citation, expected_one, named, incomplete, resolved)
    wanted = sorted(remark for _, one in pairs for remark in one.remarks)
    warned = sorted(d.code for d in resolved.diagnostics if d.severity is not Severity.INFO or d.code in wanted)
    if warned != wanted:
        yield f"remarks {warned} instead of {wanted}"


def _differences(
    citation: Citation, expected: Expected, named: dict[str, str], incomplete: set[str], resolved: Resolved
) -> Iterator[str]:
    place = f"{citation.text!r} ({citation.form}) means {citation.works}, {citation.resolution}"
    if expected.works == ("skipped",):
        return
    if expected.ambiguous:
        kept = citation.resolution.alternatives if citation.resolution else ()
        works = {work for other in resolved.citations if other.id in kept for work in other.works}
        if citation.resolution is None or citation.resolution.antecedent or set(citation.works) - incomplete:
            yield f"{place}: should be left open"
        if works != {named.get(letter) for letter in expected.works}:
            yield f"{place}: its alternatives are {sorted(works)}, not {expected.works} in {named}"
    else:
        for letter, work in zip(expected.works, citation.works, strict=False):
            if letter.endswith("?") and letter not in named and work in incomplete:
                named[letter] = work
        if list(citation.works) != [named.get(letter) for letter in expected.works]:
            yield f"{place} instead of {expected.works} in {named}"
    if expected.page is not None and (citation.locator is None or citation.locator.value != expected.page):
        yield f"{place}: its locator is {citation.locator}"
    if expected.rule is not None and (citation.resolution is None or citation.resolution.method != expected.rule):
        yield f"{place}: not decided by {expected.rule}"


def _is_refused(expected: Expected) -> bool:
    """Whether nothing that is cited in full may be taken."""
    return expected.ambiguous or not expected.works or expected.works[0].endswith("?")


def _all_expected(case: PrintedCase) -> Iterator[Expected]:
    for expected in case.expected.values():
        yield from expected
