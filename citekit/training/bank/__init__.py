"""Bibliographic facts to write notes from: lists in TOML, works in JSON Lines.

Lists are multi-line strings: one item a line where items hold commas (titles, journals), else separated by commas.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["lines", "rows", "table", "words", "works"]


@cache
def table(name: str) -> dict[str, Any]:
    """The file `name`.toml."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))


@cache
def lines(name: str, *keys: str) -> tuple[str, ...]:
    """The items under the keys of a file: its lines, or the parts between commas; none where the key is missing."""
    value: Any = table(name)
    for key in keys:
        value = value.get(key, "")
    if isinstance(value, list):
        return tuple(value)
    kept = [line.strip() for line in value.strip().split("\n") if line.strip()]
    if keys and keys[-1] in table("separators")["commas"]:
        kept = [item.strip() for line in kept for item in line.split(",") if item.strip()]
    return tuple(kept)


@cache
def rows(name: str, *keys: str) -> tuple[tuple[str, ...], ...]:
    """The lines under the keys, each split at its bars."""
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines(name, *keys))


@cache
def works() -> tuple[dict[str, Any], ...]:
    """All real works, in the order of the files' names."""
    folder = files(__package__) / "works"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".jsonl")), key=lambda entry: entry.name)
    return tuple(json.loads(line) for entry in found for line in entry.read_text("utf-8").split("\n") if line.strip())


@cache
def words(name: str, language: str) -> tuple[str, ...]:
    """Words around the fields in a language; the English ones where none are listed."""
    listed = table("words")[name]
    return tuple(listed.get(language) or listed["en"])
