"""Weights of evidence learned from labelled pairs: logistic regression around what a bibliographer expects.

The expected weights are the centre of a normal prior (Gelman et al., "A weakly informative default prior distribution
for logistic and other regression models", Annals of Applied Statistics 2, 2008): evidence that few pairs show keeps
about its expected weight, and no weight changes its sign. The maximum is found by Newton's method with every weight
kept on its side of nought; nothing is left to chance.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Pattern", "Reliability", "fitted", "log_loss", "patterns", "reliability"]

_SPREAD = 0.4  # standard deviation of a weight around what is expected, in log-odds
_STEPS = 25
_FINE = 1e-4  # log-odds: a smaller step changes no probability that anyone sees


@dataclass(frozen=True, slots=True)
class Pattern:
    """Pairs with the same evidence.

    Attributes:
        evidence: names and strengths.
        same: how many of the pairs, weighted, are one work.
        number: how many pairs there are, weighted.
    """

    evidence: tuple[tuple[str, float], ...]
    same: float
    number: float


def patterns(pairs: Iterable[tuple[Iterable[tuple[str, float]], bool, float]]) -> list[Pattern]:
    """Pairs (evidence, whether one work, weight) with those of the same evidence put together."""
    counted: defaultdict[tuple[tuple[str, float], ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for evidence, same, weight in pairs:
        row = counted[tuple(sorted((name, round(strength, 1)) for name, strength in evidence))]
        row[0] += weight * same
        row[1] += weight
    return [Pattern(evidence, same, number) for evidence, (same, number) in sorted(counted.items())]


def fitted(
    found: Sequence[Pattern], expected: Mapping[str, float], ordered: Sequence[Sequence[str]] = ()
) -> dict[str, float]:
    """The weights that explain the pairs best, given what is expected of them.

    Args:
        found: labelled pairs.
        expected: the expected weight of each kind of evidence, and "prior".
        ordered: chains of evidence, each kind worth as much as the next one at least ("people-same",
            "people-compatible").
    """
    names = list(expected)
    index = {name: place for place, name in enumerate(names)}
    rows = [
        ([(index["prior"], 1.0), *((index[name], strength) for name, strength in row.evidence)], row.same, row.number)
        for row in found
    ]
    weights = [expected[name] for name in names]
    centre = list(weights)
    precision = 1 / _SPREAD**2
    for _ in range(_STEPS):
        gradient = [-precision * (weight - mean) for weight, mean in zip(weights, centre, strict=True)]
        curvature = [[0.0] * len(names) for _ in names]
        for place in range(len(names)):
            curvature[place][place] = precision
        for row, same, number in rows:
            probability = _logistic(sum(weights[place] * strength for place, strength in row))
            error, variance = same - number * probability, number * probability * (1 - probability)
            for place, strength in row:
                gradient[place] += strength * error
                line = curvature[place]
                for other, its in row:
                    line[other] += variance * strength * its
        for place, mean in enumerate(centre):
            if names[place] != "prior" and weights[place] == 0.0 and gradient[place] * mean < 0:
                _hold(place, curvature, gradient)  # it would cross nought: the others are fitted around it
        step = _solved(curvature, gradient)
        weights = [
            _on_its_side(weight + moved, mean) for weight, moved, mean in zip(weights, step, centre, strict=True)
        ]
        for chain in ordered:
            _put_in_order(weights, [index[name] for name in chain])
        if max(map(abs, step)) < _FINE:
            break
    return dict(zip(names, (round(weight, 2) for weight in weights), strict=True))


def _hold(place: int, curvature: list[list[float]], gradient: list[float]) -> None:
    """Take a weight out of a step."""
    gradient[place] = 0.0
    for other in range(len(gradient)):
        curvature[place][other] = curvature[other][place] = 0.0
    curvature[place][place] = 1.0


def _put_in_order(weights: list[float], chain: Sequence[int]) -> None:
    """Make the weights of a chain descend: neighbours that do not are given their mean."""
    for _ in chain:
        for one, other in pairwise(chain):
            if weights[one] < weights[other]:
                weights[one] = weights[other] = (weights[one] + weights[other]) / 2


def _on_its_side(weight: float, expected: float) -> float:
    return max(weight, 0.0) if expected > 0 else min(weight, 0.0)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-35.0, min(35.0, logit))))


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a system with a positive definite matrix (Cholesky)."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(lower[row][k] * lower[column][k] for k in range(column))
            lower[row][column] = math.sqrt(rest) if row == column else rest / lower[column][column]
    forward: list[float] = []
    for row in range(size):
        forward.append((right[row] - sum(lower[row][k] * forward[k] for k in range(row))) / lower[row][row])
    solution = [0.0] * size
    for row in reversed(range(size)):
        later = sum(lower[k][row] * solution[k] for k in range(row + 1, size))
        solution[row] = (forward[row] - later) / lower[row][row]
    return solution


def probability(row: Pattern, weights: Mapping[str, float]) -> float:
    """The probability that weights give to pairs with this evidence."""
    return _logistic(weights["prior"] + sum(weights[name] * strength for name, strength in row.evidence))


def log_loss(found: Sequence[Pattern], weights: Mapping[str, float]) -> float:
    """The mean of the negative logarithm of what was given to the truth."""
    total = sum(row.number for row in found)
    lost = 0.0
    for row in found:
        said = min(max(probability(row, weights), 1e-9), 1 - 1e-9)
        lost -= row.same * math.log(said) + (row.number - row.same) * math.log(1 - said)
    return lost / total


@dataclass(frozen=True, slots=True)
class Reliability:
    """A line of the reliability table: pairs that were given about one probability, and how many were one work."""

    least: float
    number: float
    said: float
    true: float


def reliability(
    found: Sequence[Pattern],
    weights: Mapping[str, float],
    bounds: Sequence[float] = (0, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99),
) -> list[Reliability]:
    """What probabilities mean: of the pairs given about each, the mean that was said and the share that was right."""
    lines = [[0.0, 0.0, 0.0] for _ in bounds]
    for row in found:
        said = probability(row, weights)
        line = lines[max(place for place, least in enumerate(bounds) if said >= least)]
        line[0] += row.number
        line[1] += row.number * said
        line[2] += row.same
    return [
        Reliability(least, number, said / number, same / number)
        for least, (number, said, same) in zip(bounds, lines, strict=True)
        if number
    ]
