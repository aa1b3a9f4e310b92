"""The words of each language, as data.

Each TOML file of this folder is a category (`signals.toml`, `ibid.toml` …): tables name a concept, their keys are
BCP 47 language codes, the values lists of words as printed. Rules ask for a concept and never name a word, so that
a language is added by adding data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["alternation", "concept", "concepts", "phrase_pattern", "words"]


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


def phrase_pattern(phrase: str) -> str:
    """A regular expression for a phrase: any white space between words, none needed behind a full stop."""
    escaped = re.escape(phrase)
    return escaped.replace(r"\.\ ", r"\.\s*").replace(r"\ ", r"\s+").replace("'", "['’]")


def alternation(phrases: Iterable[str]) -> str:
    """A regular expression (no groups of its own) for any of `phrases`, the longest that fits first."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(phrase_pattern(phrase) for phrase in ordered) + ")"
