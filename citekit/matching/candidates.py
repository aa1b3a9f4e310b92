"""Which pairs of many records are compared: those that share a blocking key, with a bound on what crowded keys cost.

A key that dozens share ("the history of …", a common name in one year) tells little. Two records that meet in one
crowded block alone are compared only where their titles stand close together in alphabetical order; two that meet in a
second block are compared in any case. So each record is compared with a few others, however large the library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["candidates"]

_CROWDED = 24  # records that share a key; above, the key tells little
_NEARBY = 6  # the next titles in a crowded block: misprints behind the first letters hardly change the order
_VAST = 400  # records that share a key; above, meeting there again tells little as well


def candidates(keys: Sequence[Iterable[str]]) -> Iterator[tuple[int, list[int]]]:
    """For each record, those behind it that it is to be compared with.

    Args:
        keys: the blocking keys of records, which are in the order of their titles.

    Yields:
        The position of a record, and the positions of its candidates, ascending and all behind it.
    """
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for position, own in enumerate(keys):
        for key in own:
            blocks[key].append(position)
    shared = {key: block for key, block in blocks.items() if len(block) > 1}
    del blocks
    places = dict.fromkeys(shared, 0)
    for position, own in enumerate(keys):
        found: set[int] = set()
        met: set[int] = set()
        for key in own:
            block = shared.get(key)
            if block is None:
                continue
            places[key] = place = places[key] + 1
            if len(block) <= _CROWDED:
                found.update(block[place:])
            else:
                found.update(block[place : place + _NEARBY])
                if len(block) <= _VAST:
                    rest = block[place:]
                    found.update(met.intersection(rest))
                    met.update(rest)
        if found:
            yield position, sorted(found)
