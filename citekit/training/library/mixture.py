"""A library of invented works, some recorded several times, in an order that a seed gives."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from typing import Any

from citekit.training.grammar.chance import Chance
from citekit.training.library.printing import printed_otherwise
from citekit.training.library.works import beside, work

__all__ = ["mixture"]

COPIES = 0.3  # of all records: other records of a work that is there already
_BESIDE = 0.2  # of the works have one beside them that differs in one respect
_AT_ONCE = 5_000  # records that are shuffled together: a library of any size is made without being held in memory


def mixture(number: int, seed: int = 1517) -> Iterator[tuple[dict[str, Any], int]]:
    """`number` records with ids, and of each the number of the work that it is of."""
    chance = Chance(seed)
    shuffling = random.Random(seed)  # noqa: S311 - an order, no secret
    made = done = 0
    there: set[int] = set()
    heap: list[tuple[dict[str, Any], int]] = []
    while done < number:
        first = work(chance)
        known = zlib.crc32(f"{first['title']} {first['issued']}".encode())
        if known in there:  # the bank's real works, and what is put together from few words, would come again
            continue
        there.add(known)
        for item, of in _family(chance, first, made):
            heap.append((item, of))
            made = max(made, of + 1)
        if len(heap) >= _AT_ONCE or len(heap) + done >= number:
            shuffling.shuffle(heap)
            for item, of in heap[: number - done]:
                done += 1
                yield {"id": f"r{done}", **item}, of
            heap = []


def _family(chance: Chance, item: dict[str, Any], first: int) -> Iterator[tuple[dict[str, Any], int]]:
    """A work and those beside it, each with its copies."""
    found = [item]
    if chance.yes(_BESIDE):
        found += beside(item, chance)
    for place, made in enumerate(found):
        shown = {name: value for name, value in made.items() if name != "container-title-short" and value}
        yield shown, first + place
        # Most works that are recorded again are so once, some often: 0.3 of all records in the mean.
        while chance.yes(COPIES):
            other = printed_otherwise(made, chance, dated=len(found) > 1)
            other.pop("container-title-short", None)
            yield {name: value for name, value in other.items() if value}, first + place
