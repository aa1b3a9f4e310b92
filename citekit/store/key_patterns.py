"""Keys by a pattern of the user's: kept with the store, for works that come; on wish, for those that are there.

Functions here take a connection and never commit.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from citekit.formats.key_patterns import KeyPattern, keys_by_pattern
from citekit.formats.keys import unique_keys
from citekit.store import deciding, decisions, keys, leading, tables
from citekit.store.decisions import DecisionKind

__all__ = ["by_pattern", "keep", "kept", "pinned", "rename_all"]

_NAME = keys.PATTERN


def kept(connection: Connection) -> str | None:
    """The pattern by which works that come get their keys; None where it is citekit's own."""
    return keys.kept_pattern(connection)


def keep(connection: Connection, pattern: str | None) -> None:
    """Keep a pattern for works that come; None goes back to citekit's own keys.

    Raises:
        FormatError: it is no pattern.
    """
    if pattern is not None:
        KeyPattern.read(pattern)
    table = tables.store_metadata
    connection.execute(delete(table).where(table.c.name == _NAME))
    if pattern is not None:
        connection.execute(insert(table), {"name": _NAME, "value": pattern})


def pinned(connection: Connection) -> set[str]:
    """The keys that the user gave one by one (`citekit key`): no pattern changes them."""
    found: set[str] = set()
    for decision in decisions.log(connection, in_force=True, kind=DecisionKind.RENAME):
        found.discard(str(decision.payload["former"]))
        if "pattern" not in decision.payload:
            found.add(str(decision.payload["key"]))
    return found


def by_pattern(connection: Connection, pattern: str) -> dict[str, str]:
    """A key by the pattern for each work, by the key that it has; keys that the user gave stay.

    Of works that have the same key, the one that was there first has it as it is.

    Raises:
        FormatError: it is no pattern.
    """
    given = pinned(connection)
    items = [item for _, item in _in_order_of_giving(connection)]
    return keys_by_pattern(items, KeyPattern.read(pattern), {key: key for key in given})


def rename_all(connection: Connection, pattern: str) -> list[tuple[str, str]]:
    """Give each work a key by the pattern, as a decision on each; the former key and the new one of each.

    Works whose key is right already and keys that the user gave are passed over. A key that is or was another work's
    is given to none: the next letter behind it is.

    Raises:
        FormatError: it is no pattern.
    """
    wanted = KeyPattern.read(pattern)
    given = pinned(connection)
    ever = _Ever(connection)
    new: dict[int, tuple[int, str]] = {}
    changed: list[tuple[str, str]] = []
    for work, item in _in_order_of_giving(connection):
        former = str(item["id"])
        if former in given:
            continue
        key = next(key for key in unique_keys(wanted.key(item)) if ever.is_free(key, work))
        if key != former:
            new[work] = (ever.number(key, work), key)
            changed.append((former, key))
    deciding.rename_many(connection, new, pattern)
    return changed


def _in_order_of_giving(connection: Connection) -> list[tuple[int, dict[str, Any]]]:
    """All works with their items, in the order in which their keys were given."""
    works, numbered = tables.works.c, tables.citation_keys
    rows = connection.execute(
        select(works.id, numbered.c.key, works.item)
        .join(numbered, numbered.c.id == works.citation_key_id)
        .order_by(works.citation_key_id)
    )
    return [(row.id, {**row.item, "id": row.key}) for row in rows]


class _Ever:
    """The keys ever given, and whose they are; those that differ in case alone are taken for one, as in BibTeX."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        numbered, works = tables.citation_keys.c, tables.works.c
        self._carried = {
            row.citation_key_id: row.id for row in connection.execute(select(works.id, works.citation_key_id))
        }
        self._alike: dict[str, dict[str, int]] = {}
        for row in connection.execute(select(numbered.id, numbered.key)):
            self._alike.setdefault(row.key.lower(), {})[row.key] = row.id
        self._now: dict[str, int] = {}

    def is_free(self, key: str, work: int) -> bool:
        """Whether a key can be this work's: nobody ever had it, or it leads to the work."""
        folded = key.lower()
        if folded in self._now:
            return False
        return all(self._work(other, number) == work for other, number in self._alike.get(folded, {}).items())

    def number(self, key: str, work: int) -> int:
        """The number of a free key, which is this work's from now on."""
        self._now[key.lower()] = work
        known = self._alike.get(key.lower(), {}).get(key)
        if known is not None:
            return known
        table = tables.citation_keys
        return int(self._connection.execute(insert(table).returning(table.c.id), {"key": key}).scalar_one())

    def _work(self, key: str, number: int) -> int | None:
        carried = self._carried.get(number)
        return carried if carried is not None else leading.find_work(self._connection, key)
