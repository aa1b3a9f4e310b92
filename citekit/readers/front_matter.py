"""The YAML at the head of a Markdown file (Pandoc's manual, "Metadata blocks"): works, and the files of works."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from citekit.model import Diagnostic, Item, Severity
from citekit.readers.csl_entries import clean_item

__all__ = ["FrontMatter", "read_front_matter", "read_references"]

_LONGEST = 2_000_000  # characters


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document's metadata says of the works that it cites.

    Attributes:
        works: the items under `references`, by their keys.
        bibliographies: the files under `bibliography`, as they are named.
        diagnostics: what could not be read.
    """

    works: Mapping[str, Item] = field(default_factory=dict)
    bibliographies: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_front_matter(words: str) -> FrontMatter:
    """The works in a YAML block, its lines of dashes included."""
    if "bibliography" not in words and "references" not in words:
        return FrontMatter()
    lines = words.strip().splitlines()
    try:
        stated = _loaded("\n".join(lines[1:-1]))
    except ValueError as trouble:
        message = f"the metadata at the head cannot be read ({trouble}), and names no bibliography; correct the YAML"
        return FrontMatter(diagnostics=(Diagnostic(Severity.WARNING, "metadata-unreadable", message),))
    if not isinstance(stated, dict):
        return FrontMatter()
    named = stated.get("bibliography")
    files = named if isinstance(named, list) else [named]
    return FrontMatter(_references(stated), tuple(file for file in files if isinstance(file, str) and file.strip()))


def _references(stated: Any) -> dict[str, Item]:
    """The items of a list of references (CSL's YAML), by their keys."""
    listed = stated.get("references") if isinstance(stated, dict) else stated
    found: dict[str, Item] = {}
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and isinstance(one.get("id"), (str, int)):
            found.setdefault(str(one["id"]), clean_item({name: _value(value) for name, value in one.items()}))
    return found


def read_references(words: str) -> dict[str, Item]:
    """The items of a YAML file of references.

    Raises:
        ValueError: it is no YAML.
    """
    return _references(_loaded(words))


def _loaded(words: str) -> Any:
    import yaml

    if len(words) > _LONGEST:
        raise ValueError("too long")
    try:
        return yaml.safe_load(words)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as exc:
        place = getattr(exc, "problem_mark", None)
        where = f"line {place.line + 2}" if place else "it is no YAML"
        raise ValueError(where) from exc


def _value(value: Any) -> Any:
    """A value as CSL-JSON has it: YAML knows days, and Pandoc writes dates as year, month, day."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict) and "year" in value:
        return {"date-parts": [[value[part] for part in ("year", "month", "day") if value.get(part)]]}
    if isinstance(value, list) and value and all(isinstance(day, dict) and "year" in day for day in value):
        return {"date-parts": [_value(day)["date-parts"][0] for day in value]}
    return value
