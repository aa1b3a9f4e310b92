"""What a field's words hold beyond what was read from them, so that nothing is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from citekit.lexicon import concepts

__all__ = ["left_over"]

_EAST = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(rf"[{_EAST}]|[0-9]+|(?:(?![{_EAST}])[^\W\d_])+")
_CATEGORIES = ("people", "roles", "volumes", "numbering", "locators", "web")
_IDENTIFIERS = "isbn issn doi pmid pmc pmcid arxiv jstor oclc hdl handle urn http https www dx org"
_NOT_LABELS = frozenset(
    {"compound_family", "short_family", "organ", "institution", "acronym", "newspaper", "reference_work"}
)


def left_over(printed: str, kept: Iterable[Any], read: Iterable[str] = ()) -> str:
    """The words of `printed` that are in no value of `kept`, nor in `read`, and are no label; empty when all are."""
    held = _letters(" ".join((*_texts(list(kept)), *read)))
    left = [word for word in _WORD.findall(printed) if _letters(word) not in held]
    return " ".join(word for word in left if word[0].isdigit() or word.casefold() not in _labels())


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


@cache
def _labels() -> frozenset[str]:
    """All words of labels ("vol.", "pp.", "hrsg. von"), each by itself."""
    return frozenset(_IDENTIFIERS.split()) | {
        word.casefold()
        for category in _CATEGORIES
        for name, listed in concepts(category).items()
        if name not in _NOT_LABELS
        for phrases in listed.values()
        for phrase in phrases
        for word in _WORD.findall(phrase)
    }
