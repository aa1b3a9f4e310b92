"""Which group of works carries which citation key.

A key once given is never changed, and never comes to mean another work: users write keys into their manuscripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from citekit.formats.key_patterns import KeyPattern
from citekit.formats.keys import citation_key, unique_key
from citekit.model import Item
from citekit.store import tables

__all__ = ["PATTERN", "Claim", "alike", "claim", "give", "kept_pattern", "settle_claims"]

PATTERN = "key_pattern"
"""The row of store_metadata that has the user's pattern for keys."""
_LAST = "\U0010ffff"  # behind everything that a key can go on with

# Asked for each new work: SQLAlchemy takes four times as long for a statement that is built anew.
_METADATA = tables.store_metadata.c
_KEPT_PATTERN = select(_METADATA.value).where(_METADATA.name == PATTERN)
_folded = tables.citation_keys.c.key.collate("NOCASE")
_BEGUN_WITH = select(tables.citation_keys.c.key).where(
    _folded >= bindparam("base", type_=_folded.type), _folded < bindparam("end", type_=_folded.type)
)
_NEW_KEY = insert(tables.citation_keys).returning(tables.citation_keys.c.id)


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A right to a key: the lower comes first.

    Attributes:
        rank: what kind of right it is: a name that the user gave, the key of the machine's group, an earlier key.
        key: the key's number in the order of giving.
        demoted: how often the user said that the claimant is another work than the one that it was part of.
        member: who claims it, numbered in the order in which the store came to know them.
        group: the group of the claimant.
    """

    rank: int
    key: int
    demoted: int
    member: int
    group: int


def settle_claims(claims: Iterable[Claim], groups: int, names: Mapping[int, int] | None = None) -> list[int | None]:
    """The key that each of `groups` goes on with, None where nothing is left to it.

    Args:
        claims: in any order.
        groups: how many groups there are.
        names: the keys that the user put in the place of others.
    """
    shown = names or {}
    given: list[int | None] = [None] * groups
    taken: set[int] = set()
    for each in sorted(claims):
        key = shown.get(each.key, each.key)
        if given[each.group] is None and key not in taken:
            given[each.group] = key
            taken.add(key)
    return given


def claim(groups: Sequence[Sequence[int]], homes: Mapping[int, int]) -> list[int | None]:
    """The key (its number in the order of giving) that each group goes on with, None where it needs a new one.

    Where groups have come together, the key given first stays. Where one has parted, the key stays with the member
    that had it first, and the others take the keys that they had before they came together.

    Args:
        groups: the members of each group, numbered in the order in which the store came to know them.
        homes: the key under which a member was first known; new members have none.
    """
    return settle_claims(
        (
            Claim(0, homes[member], 0, member, number)
            for number, group in enumerate(groups)
            for member in group
            if member in homes
        ),
        len(groups),
    )


def alike(connection: Connection, key: str) -> dict[str, int]:
    """The keys, ever given, that BibTeX takes for this one: it knows no case; each with its number."""
    keys = tables.citation_keys.c
    rows = connection.execute(select(keys.key, keys.id).where(keys.key.collate("NOCASE") == key))
    return {row.key: row.id for row in rows}


def give(connection: Connection, item: Item) -> int:
    """Make a new key for a work and write it down for good; returns its number."""
    pattern = kept_pattern(connection)
    base = KeyPattern.read(pattern).key(item) if pattern else citation_key(item)
    alike = connection.execute(_BEGUN_WITH, {"base": base, "end": base + _LAST}).scalars()
    taken = {key.lower() for key in alike}
    suffix = unique_key(base.lower(), taken)[len(base) :]
    return int(connection.execute(_NEW_KEY, {"key": base + suffix}).scalar_one())


def kept_pattern(connection: Connection) -> str | None:
    """The user's pattern for the keys of works that come, None where there is none."""
    return connection.execute(_KEPT_PATTERN).scalar_one_or_none()
