"""Which pairs of many records are compared: those that share a blocking key, with a bound on what crowded keys cost.

A key that dozens share ("the history of …", a common name in one year) tells little. Two records that meet in one
crowded block alone are compared only where their titles stand close together in alphabetical order; two that meet in a
second block are compared in any case. So each record is compared with a few others, however large the library.

Keys are kept as 64-bit hashes in flat arrays, a tenth of the memory of strings in sets. Should two keys ever have one
hash, two more records are compared: what is found does not depend on it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

__all__ = ["candidates"]

_CROWDED = 24  # records that share a key; above, the key tells little
_NEARBY = 6  # the next titles in a crowded block: misprints behind the first letters hardly change the order
_VAST = 200  # records that share a key; above, meeting there again tells little as well
_HASH = (1 << 63) - 1  # what fits a signed 64-bit integer


def candidates(keys: Iterable[Iterable[str]], *, bounded: bool = True) -> Iterator[tuple[int, list[int]]]:
    """For each record, those behind it that it is to be compared with.

    Args:
        keys: the blocking keys of records (those of one record all different), in the order of their titles; read once.
        bounded: whether crowded keys may be cut; without, all that share a key are compared.

    Yields:
        The position of a record, and the positions of its candidates, ascending and all behind it.
    """
    blocks = _Blocks(keys)
    crowded = _CROWDED if bounded else blocks.number
    for position in range(blocks.number):
        found: set[int] = set()
        met: set[int] = set()
        for block, place in blocks.behind(position):
            size = len(block)
            if size <= crowded:
                found.update(block[place:])
                continue
            found.update(block[place : place + _NEARBY])
            if size <= _VAST:
                rest = block[place:]
                found.update(met.intersection(rest))
                met.update(rest)
        if found:
            yield position, sorted(found)


class _Blocks:
    """The records that share a key, by key; keys of one record alone are let go of."""

    def __init__(self, keys: Iterable[Iterable[str]]) -> None:
        hashes = array("q")
        ends = array("q")
        for own in keys:
            hashes.extend([hash(key) & _HASH for key in own])
            ends.append(len(hashes))
        self.number = len(ends)
        self._blocks: list[array[int]] = []
        self._next = array("q")
        self._ends = array("q")
        self._members = self._numbered(hashes, ends)

    def _numbered(self, hashes: array[int], ends: array[int]) -> array[int]:
        """The numbers of the shared blocks of each record, one after another."""
        shared = _shared(hashes)
        numbers: dict[int, int] = {}
        members = array("q")
        start = 0
        for position, end in enumerate(ends):
            for key in hashes[start:end]:
                if key in shared:
                    number = numbers.setdefault(key, len(numbers))
                    if number == len(self._blocks):
                        self._blocks.append(array("i"))
                    self._blocks[number].append(position)
                    members.append(number)
            self._ends.append(len(members))
            start = end
        self._next = array("i", bytes(4 * len(self._blocks)))
        return members

    def behind(self, position: int) -> Iterator[tuple[array[int], int]]:
        """The blocks of a record, and in each the place behind it; to be asked of all records in their order."""
        start = self._ends[position - 1] if position else 0
        for number in self._members[start : self._ends[position]]:
            place = self._next[number] = self._next[number] + 1
            yield self._blocks[number], place


def _shared(hashes: array[int]) -> set[int]:
    """The hashes that occur more than once."""
    size = 1 << max(10, (4 * len(hashes)).bit_length())
    often = bytearray(size)  # a hash that alone fell on its place occurs once, which spares a set of all
    for key in hashes:
        place = key % size
        if often[place] < 2:
            often[place] += 1
    once: set[int] = set()
    shared: set[int] = set()
    for key in hashes:
        if often[key % size] > 1:
            if key in once:
                shared.add(key)
            else:
                once.add(key)
    return shared
