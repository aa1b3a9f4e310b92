"""Demands of decisions that contradict each other: the later one wins, as far as they collide."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.store.anchors import Anchored, Fit, Quotation, fit
from citekit.store.constraints import Demand, Mention, settle

A, B, C, D = (Mention(number, 0) for number in range(4))


def merge(event: int, *mentions: Mention) -> Demand:
    return Demand(event, together=(mentions,))


def split(event: int, named: tuple[Mention, ...], rest: tuple[Mention, ...]) -> Demand:
    return Demand(event, together=(named, rest), apart=(named, rest))


def apart(event: int, one: tuple[Mention, ...], other: tuple[Mention, ...]) -> Demand:
    return Demand(event, apart=(one, other))


@pytest.mark.parametrize(
    ("title", "demands", "blocks", "enemies", "overridden"),
    [
        ("merged", [merge(1, A, B), merge(2, B, C)], [[A, B, C]], [], set()),
        ("a split", [split(1, (A,), (B, C))], [[A], [B, C]], [(A, B)], set()),
        ("merged after all", [apart(1, (A,), (B,)), merge(2, A, B)], [[A, B]], [], {1}),
        ("parted after all", [merge(1, A, B), apart(2, (A,), (B,))], [[A], [B]], [(A, B)], {1}),
        (
            "one of the rest is taken out and put to the others",
            [split(1, (A,), (B, C)), split(2, (C,), (B,)), merge(3, A, C)],
            [[A, C], [B]],
            [(A, B)],
            {1},
        ),
        ("split, and merged again", [split(1, (A,), (B, C)), merge(2, A, B, C)], [[A, B, C]], [], {1}),
        ("a merge of three, one taken out", [merge(1, A, B, C), split(2, (C,), (A, B))], [[A, B], [C]], [(A, C)], {1}),
        ("nothing to do with each other", [merge(1, A, B), apart(2, (C,), (D,))], [[A, B], [C], [D]], [(C, D)], set()),
    ],
)
def test_settle(
    title: str,
    demands: list[Demand],
    blocks: list[list[Mention]],
    enemies: list[tuple[Mention, Mention]],
    overridden: set[int],
) -> None:
    for order in itertools.permutations(demands):
        found = settle(order)
        assert sorted(map(list, found.blocks.values())) == blocks, title
        told = {frozenset((one, other)) for one, others in found.enemies.items() for other in others}
        assert told == {frozenset((found.block[one], found.block[other])) for one, other in enemies}, title
        assert found.overridden == overridden, title


mentions = st.lists(st.integers(0, 7).map(lambda number: Mention(number, 0)), min_size=2, max_size=5, unique=True)
drawn = st.lists(st.tuples(mentions, st.sampled_from(["merge", "split", "apart"])), min_size=1, max_size=8)


@given(drawn)
def test_the_last_decision_always_holds_and_no_block_is_its_own_enemy(decided: list[tuple[list[Mention], str]]) -> None:
    demands = []
    for event, (said, kind) in enumerate(decided):
        one, other = tuple(said[:1]), tuple(said[1:])
        demands.append(
            {"merge": merge(event, *said), "split": split(event, one, other), "apart": apart(event, one, other)}[kind]
        )
    found = settle(demands)
    for block, enemies in found.enemies.items():
        assert block not in enemies
        assert all(block in found.enemies[enemy] for enemy in enemies)
    last = demands[-1]
    assert last.event not in found.overridden
    for together in last.together:
        assert len({found.block[mention] for mention in together}) == 1
    if last.apart:
        for one, other in itertools.product(*last.apart):
            assert found.block[other] in found.enemies[found.block[one]]


def quoted(
    number: int, label: str | None, text: str, *, before: str = "", behind: str = "", place: int = 0
) -> Anchored:
    return Anchored(number, place, Quotation(label, text, before, behind))


@pytest.mark.parametrize(
    ("title", "anchor", "present", "expected"),
    [
        ("as it was", quoted(1, "3", "Levi, Tregua"), [quoted(7, "3", "Levi, Tregua")], (7, Fit.SAME)),
        ("renumbered", quoted(1, "3", "Levi, Tregua"), [quoted(7, "4", "Levi, Tregua")], (7, Fit.TEXT)),
        (
            "the label before the order",
            quoted(1, "3", "Ibid."),
            [quoted(7, "2", "Ibid."), quoted(8, "3", "Ibid.")],
            (8, Fit.SAME),
        ),
        (
            "the surroundings where the label is gone",
            quoted(1, None, "Ibid.", before="Levi, La tregua. "),
            [quoted(7, None, "Ibid.", before="Yang, Mubei. "), quoted(8, None, "Ibid.", before="Levi, La tregua. ")],
            (8, Fit.SAME),
        ),
        ("reflowed", quoted(1, "3", "Levi,\n  Tregua"), [quoted(7, "3", "Levi, Tregua")], (7, Fit.SAME)),
        (
            "corrected",
            quoted(1, "3", "Levi, La tregua, p. 3"),
            [quoted(7, "3", "Levi, La tregua, p. 13")],
            (7, Fit.SIMILAR),
        ),
        (
            "corrected and renumbered",
            quoted(1, "3", "Levi, La tregua, p. 3"),
            [quoted(7, "4", "Levi, La tregua, p. 13")],
            None,
        ),
        ("another reference", quoted(1, "3", "Levi, La tregua, p. 3"), [quoted(7, "3", "Yang, Mubei, p. 3")], None),
        ("it cites fewer works now", quoted(1, "3", "Ibid.", place=1), [quoted(7, "3", "Ibid.")], None),
        ("nothing is left", quoted(1, "3", "Levi, Tregua"), [], None),
    ],
)
def test_an_anchor_finds_its_citation(
    title: str, anchor: Anchored, present: list[Anchored], expected: tuple[int, Fit] | None
) -> None:
    assert fit([anchor], present).get(1) == expected, title


def test_no_citation_serves_two_anchors() -> None:
    anchors = [quoted(1, "3", "Ibid."), quoted(2, "4", "Ibid.")]
    assert fit(anchors, [quoted(7, "4", "Ibid.")]) == {2: (7, Fit.SAME)}
    assert fit(anchors, [quoted(7, "5", "Ibid."), quoted(8, "6", "Ibid.")]) == {1: (7, Fit.TEXT), 2: (8, Fit.TEXT)}
