from __future__ import annotations

import pytest

from citekit.matching import candidate_keys, cluster, compare
from citekit.matching.vetoes import VETOES
from citekit.matching.weights import WEIGHTS
from tests.matching.matching_cases import Case, cases

CASES = cases()
by_title = pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])


@by_title
def test_one_work_or_two(case: Case) -> None:
    comparison = compare(case.a, case.b)
    assert comparison.same is case.same, comparison
    if case.veto is not None:
        assert case.veto in comparison.vetoes


@by_title
def test_the_order_of_the_two_does_not_matter(case: Case) -> None:
    assert compare(case.a, case.b) == compare(case.b, case.a)


@by_title
def test_clustering_two_records_agrees_with_comparing_them(case: Case) -> None:
    assert (len(cluster([case.a, case.b])) == 1) is case.same


@by_title
def test_one_work_shares_a_blocking_key(case: Case) -> None:
    if case.same:
        assert candidate_keys(case.a) & candidate_keys(case.b)


def test_every_veto_has_a_case() -> None:
    assert {case.veto for case in CASES} - {None} == set(VETOES)


def test_evidence_is_named_in_the_table_of_weights() -> None:
    for case in CASES:
        for piece in compare(case.a, case.b).evidence:
            assert piece.weight == pytest.approx(piece.strength * WEIGHTS[piece.name], abs=1e-4)


def test_what_is_missing_contradicts_nothing() -> None:
    for case in CASES:
        assert compare(case.a, {}).vetoes == ()
        assert not compare(case.a, {}).same
