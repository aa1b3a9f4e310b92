"""Drawing lots: every choice of the grammar comes from here, so that one seed always writes the same notes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Chance"]

Item = TypeVar("Item")


class Chance:
    """A source of choices that a seed determines."""

    __slots__ = ("_random",)

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - varied notes, no secrets

    def yes(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self._random.random() < share

    def of(self, items: Sequence[Item]) -> Item:
        """One of the items, all equally likely."""
        return items[int(self._random.random() * len(items))]

    def weighted(self, items: Sequence[Item], weights: Sequence[float]) -> Item:
        """One of the items, as often as its weight says."""
        return self._random.choices(items, weights)[0]

    def few(self, items: Sequence[Item], count: int) -> list[Item]:
        """Different items in random order, at most `count`."""
        return self._random.sample(items, min(count, len(items)))

    def number(self, least: int, most: int) -> int:
        """A whole number between the two, both included."""
        return least + int(self._random.random() * (most - least + 1))

    def small(self, least: int, most: int) -> int:
        """A whole number between the two, small ones more often."""
        return least + int(self._random.random() ** 2.2 * (most - least + 1))
