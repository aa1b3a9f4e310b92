"""Whether two statements about a field say the same, or one of them only less; pure.

Case, accents, punctuation and dashes are spelling; initials and "et al." are a shorter list of names, a year is a
shorter date, a cut title a shorter title. Those are no conflicts: nobody needs to decide them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from citekit.formats.types import DATES, NAMES
from citekit.matching import same_people, title_similarity
from citekit.matching.identifiers import canonical_doi, canonical_isbns, canonical_url
from citekit.matching.likeness import containers_alike, publishers_alike
from citekit.matching.numerals import number_value
from citekit.matching.text import joined, tokens

__all__ = ["agree"]

_SAME_PEOPLE = 0.8  # one list cut short, initials, a title of nobility left out
_SAME_TITLE = 0.9  # of title_similarity: one is the other, or a shortening of it
_SAME_CONTAINER = 0.9  # abbreviated word by word, or an acronym
_TITLES = frozenset({"title", "original-title", "translated-title", "title-short", "volume-title"})
_CONTAINERS = frozenset({"container-title", "collection-title"})
# Which copy was seen when is no claim about the work; and no type is another's contradiction when it is vague.
_OF_THE_READER = frozenset({"accessed", "archive-url", "archive-date", "url-status", "edtf", "locator"})
_VAGUE_TYPES = frozenset({"document", "article"})


def agree(field: str, one: Any, other: Any) -> bool:
    """Whether two values (CSL's shape) of a field can both be right."""
    if one == other or field in _OF_THE_READER:
        return True
    if field in NAMES:
        return _same_people(one, other)
    if field in DATES:
        return _same_date(one, other)
    first, second = _text(one), _text(other)
    if joined(first) == joined(second) and joined(first):
        return True
    if field in _TITLES:
        return max(title_similarity(first, second), title_similarity(second, first)) >= _SAME_TITLE
    if field in _CONTAINERS:
        folded = (" ".join(tokens(first)), " ".join(tokens(second)))
        alike = max(title_similarity(first, second), title_similarity(second, first))
        return alike >= _SAME_TITLE or containers_alike(*folded) >= _SAME_CONTAINER
    if field == "publisher":
        return publishers_alike(" ".join(tokens(first)), " ".join(tokens(second))) >= _SAME_CONTAINER
    if field == "type":
        return not {first, second}.isdisjoint(_VAGUE_TYPES)
    if field == "URL":
        return canonical_url(first) == canonical_url(second)
    if field == "DOI":
        return canonical_doi(first) == canonical_doi(second)
    if field == "ISBN":
        return not canonical_isbns(first).isdisjoint(canonical_isbns(second))
    if field in ("page", "page-first"):
        return _pages(first) == _pages(second)
    numbers = number_value(first), number_value(second)
    return numbers[0] is not None and numbers[0] == numbers[1]


def _same_people(one: Any, other: Any) -> bool:
    if not isinstance(one, list) or not isinstance(other, list):
        return False
    return same_people(one, other) >= _SAME_PEOPLE or same_people(other, one) >= _SAME_PEOPLE


def _same_date(one: Any, other: Any) -> bool:
    """One is the other or a shorter one: 1963 and 1963-07 agree, 1963 and 1964 do not."""
    first, second = _points(one), _points(other)
    if first is None or second is None:
        return joined(_text(one)) == joined(_text(other))
    if len(first) != len(second):
        return False
    return all(a[: len(b)] == b[: len(a)] for a, b in zip(first, second, strict=True))


def _points(date: Any) -> list[list[int]] | None:
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    if not isinstance(parts, list) or not parts:
        return None
    try:
        return [[int(number) for number in point] for point in parts]
    except (TypeError, ValueError):
        return None


def _pages(text: str) -> tuple[str, ...]:
    """A range with its last page in full: 209-10 is 209-210 (Chicago 9.61)."""
    numbers = [token for token in tokens(text) if any(sign.isdigit() for sign in token)]
    if len(numbers) == 2 and len(numbers[1]) < len(numbers[0]) and all(map(str.isdecimal, numbers)):
        numbers[1] = numbers[0][: len(numbers[0]) - len(numbers[1])] + numbers[1]
    return tuple(numbers)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
