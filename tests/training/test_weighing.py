from __future__ import annotations

import random

import pytest

from citekit.matching.weights import EXPECTED, ORDERED, WEIGHTS
from citekit.training.library import mixture
from citekit.training.weighing import fitted, log_loss, patterns, reliability


def coins(number: int, share: float, name: str) -> list[tuple[list[tuple[str, float]], bool, float]]:
    return [([(name, 1.0)], place < share * number, 1.0) for place in range(number)]


def test_many_pairs_move_a_weight_to_what_they_say() -> None:
    expected = {"prior": -1.0, "title": 1.0, "date": 1.0}
    found = patterns(coins(10_000, 0.9, "title") + coins(10_000, 0.3, "date"))
    weights = fitted(found, expected)
    assert weights["prior"] + weights["title"] == pytest.approx(2.2, abs=0.1)  # log-odds of 0.9
    assert log_loss(found, weights) < log_loss(found, expected)
    assert all(line.said == pytest.approx(line.true, abs=0.03) for line in reliability(found, weights))


def test_what_no_pair_shows_keeps_its_expected_weight() -> None:
    weights = fitted(patterns(coins(50, 0.5, "title")), {"prior": 0.0, "title": 1.0, "shelfmark": 4.0})
    assert weights["shelfmark"] == 4.0


def test_no_weight_crosses_nought_and_degrees_keep_their_order() -> None:
    expected = {"prior": 0.0, "same": 2.0, "compatible": 1.0, "unlike": -2.0}
    pairs = coins(5_000, 0.1, "same") + coins(5_000, 0.8, "compatible") + coins(5_000, 0.99, "unlike")
    weights = fitted(patterns(pairs), expected, (("same", "compatible", "unlike"),))
    assert weights["same"] >= weights["compatible"] >= 0 >= weights["unlike"]


def test_the_weights_in_use_have_their_expected_signs_and_order() -> None:
    assert EXPECTED.keys() == WEIGHTS.keys()
    for name, weight in WEIGHTS.items():
        assert weight * EXPECTED[name] >= 0, name
    for chain in ORDERED:
        assert [WEIGHTS[name] for name in chain] == sorted((WEIGHTS[name] for name in chain), reverse=True)


def test_the_order_of_pairs_does_not_matter() -> None:
    pairs = coins(60, 0.7, "title") + coins(40, 0.2, "date")
    mixed = random.Random(5).sample(pairs, len(pairs))
    expected = {"prior": -1.0, "title": 1.0, "date": 1.0}
    assert fitted(patterns(pairs), expected) == fitted(patterns(mixed), expected)


def test_an_invented_library_is_the_same_for_a_seed_and_has_its_share_of_copies() -> None:
    library = list(mixture(2_000, seed=4))
    assert library == list(mixture(2_000, seed=4))
    assert [item["id"] for item, _ in library[:2]] == ["r1", "r2"]
    works = len({work for _, work in library})
    assert 0.25 <= 1 - works / len(library) <= 0.35
    assert all(item["title"] for item, _ in library)
