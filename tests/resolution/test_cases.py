"""The case files: what a citation means, by the manuals."""

from __future__ import annotations

import pytest

from citekit.model import Form
from citekit.resolution import resolve

from .resolution_cases import Case, cases

ALL = list(cases())


def test_there_are_many_cases() -> None:
    assert len(ALL) >= 65
    assert len({case.name for case in ALL}) == len(ALL), "two cases have the same title"


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    resolved = resolve(case.document, case.notes, case.citations)
    incomplete = {work.id for work in resolved.works if work.incomplete}
    named: dict[str, str] = {}
    for citation, expected in zip(
        resolved.citations, case.expected, strict=True
    ):  # full ones give the works their names
        if citation.form is Form.FULL:
            assert named.setdefault(expected.works[0], citation.works[0]) == citation.works[0], citation.text
    assert len(set(named.values())) == len(named), "two works were taken for one"
    for citation, expected in zip(resolved.citations, case.expected, strict=True):
        place = f"{citation.id} {citation.text!r}: {citation.works} {citation.resolution}"
        if expected.ambiguous:
            assert citation.resolution is not None, place
            assert citation.resolution.antecedent is None, place
            alternatives = {
                work
                for other in resolved.citations
                if other.id in citation.resolution.alternatives
                for work in other.works
            }
            assert alternatives == {named[work] for work in expected.works}, place
            assert set(citation.works) <= incomplete, place
        else:
            works = [_work(word, citation.works, incomplete, named) for word in expected.works]
            assert list(citation.works) == works, f"{place} but expected {expected.works} = {works}"
        if expected.page is not None:
            assert citation.locator is not None, place
            assert citation.locator.value == expected.page, place
        if expected.rule is not None:
            assert citation.resolution is not None, place
            assert citation.resolution.method == expected.rule, place
    remarks = sorted(remark for expected in case.expected for remark in expected.remarks)
    assert sorted(diagnostic.code for diagnostic in resolved.diagnostics) == remarks


def _work(word: str, works: tuple[str, ...], incomplete: set[str], named: dict[str, str]) -> str:
    """The id behind a work's name in the case; an incomplete work takes its name where it is first mentioned."""
    if word.endswith("?") and word not in named:
        assert len(works) == 1, f"{word} should be a work of its own"
        assert works[0] in incomplete, f"{word} should be incomplete"
        assert works[0] not in named.values(), f"{word} should not be a work known by another name"
        named[word] = works[0]
    return named[word]
