"""Note → citations: cutting a note into citations and reading each into fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citekit.citations.reader import parse, parse_together, read_citations

__all__ = ["parse", "parse_together", "read_citations"]


def __getattr__(name: str) -> Any:
    # What reads a citation takes a third of a second to load, and addresses alone (citekit.archive) need none of it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from citekit.citations import reader

    value = globals()[name] = getattr(reader, name)
    return value
