"""Records of works that exist."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from citekit.training import bank
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.records import Person, Record

__all__ = ["draw"]

_TEXTS = {field.name for field in fields(Record) if field.type == "str"}


def _people(names: list[str]) -> tuple[Person, ...]:
    """ "Family, Given" each; without a comma a body or an ancient."""
    written = []
    for name in names:
        family, comma, given = name.partition(", ")
        written.append(Person(family, given) if comma else Person(family, body=True))
    return tuple(written)


@cache
def _indexed() -> dict[tuple[str, str], tuple[dict[str, Any], ...]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for work in bank.works():
        found.setdefault((work["kind"], work["language"]), []).append(work)
    return {key: tuple(works) for key, works in found.items()}


def draw(chance: Chance, kind: str, language: str) -> Record | None:
    """A work of the kind in the language; None where the bank has none."""
    works = _indexed().get((kind, language))
    if not works:
        return None
    work = chance.of(works)
    record = Record(kind, language)
    for key, value in work.items():
        if key in ("author", "editor", "translator"):
            setattr(record, key, _people(value))
        elif key == "places":
            record.places = tuple(value)
        elif key in _TEXTS:
            setattr(record, key, str(value))
        elif key in ("edition", "volumes"):
            setattr(record, key, int(value))
    return record
