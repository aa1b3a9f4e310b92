"""The words that citations in non-Latin scripts are composed of, read from `citekit/training/bank`."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TypeVar

__all__ = ["Row", "chance", "generator", "people", "rows", "section", "several", "table", "words"]

T = TypeVar("T")
Row = tuple[str, ...]


def generator(seed: int, kind: str) -> random.Random:
    """A stream of choices of its own for each kind of citation, the same for the same seed."""
    return random.Random(f"{kind}/{seed}")  # noqa: S311 - choices of words, no secrets


def chance(rng: random.Random, probability: float) -> bool:
    """True in `probability` of the cases."""
    return rng.random() < probability


@cache
def table(name: str) -> Mapping[str, object]:
    """One file of the bank."""
    return tomllib.loads(resources.files("citekit.training").joinpath("bank", f"{name}.toml").read_text("utf-8"))


@cache
def section(name: str, key: str) -> Mapping[str, Sequence[str]]:
    """A table inside a file of the bank."""
    found = table(name)[key]
    assert isinstance(found, dict), f"bank/{name}.toml: {key} is no table"  # noqa: S101 - our own file
    return found


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """A list of the bank; a string stands for its characters."""
    found = table(name)[key]
    assert isinstance(found, str | list), f"bank/{name}.toml: {key} is no list"  # noqa: S101 - our own file
    return tuple(found)


@cache
def rows(name: str, key: str) -> tuple[Row, ...]:
    """A list of the bank whose entries have columns, parted by "|"."""
    return tuple(tuple(entry.split("|")) for entry in words(name, key))


def several(rng: random.Random, maximum: int, decay: float = 0.3) -> int:
    """A number from 1 to `maximum`, each step up as likely as `decay`."""
    count = 1
    while count < maximum and chance(rng, decay):
        count += 1
    return count


def people(names: str, separator: str = "、") -> Row:
    """The persons that one column of the bank names."""
    return tuple(name for name in names.split(separator) if name)
