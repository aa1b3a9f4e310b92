"""The words of each language, as data.

Each TOML file of this folder is a category (`signals.toml`, `ibid.toml` …): tables name a concept, their keys are
BCP 47 language codes, the values lists of words as printed. Rules ask for a concept and never name a word, so that
a language is added by adding data.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from citekit.lexicon.phrases import alternation, phrase_pattern
from citekit.lexicon.presence import Opening, Sought, opening, sought

__all__ = [
    "Opening",
    "Sought",
    "alternation",
    "concept",
    "concepts",
    "opening",
    "phrase_pattern",
    "sought",
    "words",
]


@cache
def concepts(category: str) -> dict[str, dict[str, list[str]]]:
    """All concepts of a category: concept → language → words.

    Raises:
        FileNotFoundError: when there is no such category.
    """
    file = resources.files(__package__).joinpath(f"{category}.toml")
    tables: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return tables


def concept(category: str, name: str) -> dict[str, list[str]]:
    """One concept: language → words."""
    return concepts(category)[name]


@cache
def words(category: str, name: str) -> tuple[str, ...]:
    """The words of a concept in all languages, longest first, each once."""
    unique = {word for listed in concept(category, name).values() for word in listed}
    return tuple(sorted(unique, key=lambda word: (-len(word), word)))
