"""How works belong together."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

__all__ = ["relate"]


def relate(connection: Connection, works: Collection[int]) -> None:
    """Derive the relations of works anew."""
