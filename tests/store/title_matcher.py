"""A matcher whose verdicts can be read off the page: works are the same that share a title or a web address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]

FIELDS: tuple[str, ...] = ("title", "URL")


def candidate_keys(item: Item) -> frozenset[str]:
    return frozenset(str(item[name]).casefold() for name in FIELDS if name in item)


def cluster(items: Sequence[Item], *, apart: object = (), bounded: bool = False) -> tuple[tuple[int, ...], ...]:
    groups: list[tuple[set[str], list[int]]] = []
    for index, item in enumerate(items):
        keys, members = set(candidate_keys(item)), [index]
        rest = []
        for known, others in groups:
            if known & keys:
                keys |= known
                members += others
            else:
                rest.append((known, others))
        groups = [*rest, (keys, members)]
    return tuple(sorted(tuple(sorted(members)) for _, members in groups))


def merge(items: Sequence[Item], spelled: Sequence[Item] = ()) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for item in items:
        merged = {**item, **merged}
    return merged
