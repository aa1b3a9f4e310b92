"""Keys by a pattern of the user's: kept with the store, for works that come; on wish, for those that are there.

Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from citekit.formats.key_patterns import KeyPattern, keys_by_pattern
from citekit.formats.keys import unique_keys
from citekit.store import deciding, decisions, keys, leading, reading, tables
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


def rename_all(connection: Connection, pattern: str) -> Iterator[tuple[str, str]]:
    """Give each work a key by the pattern, as a decision on each; yields the former key and the new one.

    Works whose key is right already and keys that the user gave are passed over. A key that is or was another work's
    is given to none: the next letter behind it is.

    Raises:
        FormatError: it is no pattern.
    """
    wanted = KeyPattern.read(pattern)
    given = pinned(connection)
    for work, item in _in_order_of_giving(connection):
        former = str(item["id"])
        if former in given:
            continue
        new = next(key for key in unique_keys(wanted.key(item)) if _is_free(connection, key, work))
        if new != former:
            deciding.rename(connection, former, new, pattern=pattern)
            yield former, new


def _in_order_of_giving(connection: Connection) -> list[tuple[int, dict[str, Any]]]:
    """All works with their items, in the order in which their keys were given."""
    works, numbered = tables.works.c, tables.citation_keys
    rows = connection.execute(
        select(works.id, numbered.c.key, works.item)
        .join(numbered, numbered.c.id == works.citation_key_id)
        .order_by(works.citation_key_id)
    )
    return [(row.id, {**row.item, "id": row.key}) for row in rows]


def _is_free(connection: Connection, key: str, work: int) -> bool:
    """Whether a key can be this work's: nobody ever had it, also not in other letters, or it leads to the work."""
    alike: Collection[str] = keys.alike(connection, key)
    return all(leading.find_work(connection, other) == work for other in alike)
