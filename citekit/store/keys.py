"""Which group of works carries which citation key.

A key once given is never changed, and never comes to mean another work: users write keys into their manuscripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select

from citekit.formats.keys import citation_key, unique_key
from citekit.model import Item
from citekit.store import tables

__all__ = ["claim", "give"]

_LAST = "\U0010ffff"  # behind everything that a key can go on with


def claim(groups: Sequence[Sequence[int]], homes: Mapping[int, int]) -> list[int | None]:
    """The key (its number in the order of giving) that each group goes on with, None where it needs a new one.

    Where groups have come together, the key given first stays. Where one has parted, the key stays with the member
    that had it first, and the others take the keys that they had before they came together.

    Args:
        groups: the members of each group, numbered in the order in which the store came to know them.
        homes: the key under which a member was first known; new members have none.
    """
    claims = sorted(
        (homes[member], member, number) for number, group in enumerate(groups) for member in group if member in homes
    )
    given: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for key, _, number in claims:
        if given[number] is None and key not in taken:
            given[number] = key
            taken.add(key)
    return given


def give(connection: Connection, item: Item) -> int:
    """Make a new key for a work and write it down for good; returns its number."""
    keys = tables.citation_keys
    base = citation_key(item)
    taken = set(connection.execute(select(keys.c.key).where(keys.c.key >= base, keys.c.key < base + _LAST)).scalars())
    made = connection.execute(insert(keys).returning(keys.c.id), {"key": unique_key(base, taken)})
    return int(made.scalar_one())
