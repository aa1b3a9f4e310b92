"""Regular expressions for the phrases of a concept.

A concept may have hundreds of phrases, and a rule that looks for them tries each at every word of every note. So what
phrases share at their beginning is written once ("ed", then " by" or "ited by"): a word that none begins with is passed
over after its first letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

__all__ = ["alternation", "phrase_pattern"]

_FEW = 4  # ways to go on; with fewer, looking ahead costs more than trying them
_UNIT = re.compile(r"\\s[+*]|\['’\]|\\.|.", re.DOTALL)
_APOSTROPHE = "['’]"

_Units: TypeAlias = tuple[str, ...]


def phrase_pattern(phrase: str) -> str:
    """A regular expression for a phrase: any white space between words, none needed behind a full stop.

    Either apostrophe stands for the other.
    """
    escaped = re.escape(phrase.replace("’", "'"))
    return escaped.replace(r"\.\ ", r"\.\s*").replace(r"\ ", r"\s+").replace("'", "['’]")


def alternation(phrases: Iterable[str]) -> str:
    """A regular expression (no groups of its own) for any of `phrases`, the longest that fits first."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    rows = list(dict.fromkeys(tuple(_UNIT.findall(phrase_pattern(phrase))) for phrase in ordered))
    return f"(?:{_ahead(rows)}{_factored(rows)})"


def _factored(rows: Sequence[_Units]) -> str:
    """A regular expression for rows of units, the first that fits first: common beginnings are written once.

    Rows that begin with different letters exclude each other, so their order does not matter. That is not so for rows
    that begin alike but for capitals (the pattern may be used with IGNORECASE), and behind white space that may be
    missing: these are left as they are.
    """
    groups: dict[str, list[_Units]] = {}
    for row in rows:
        groups.setdefault(_folded(row[0]) if row else "", []).append(row)
    if len(groups) > 1 and r"\s*" in groups:
        return _listed(rows)
    ways = []
    for beginning, members in groups.items():
        if len(members) > 1 and len({row[0] for row in members}) == 1:
            ways.append(members[0][0] + _factored([row[1:] for row in members]))
        elif beginning:
            ways += ["".join(row) for row in members]
    if "" in groups:
        ways.append("")  # the shortest: nothing more
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _listed(rows: Sequence[_Units]) -> str:
    return f"(?:{'|'.join(''.join(row) for row in rows)})"


def _folded(unit: str) -> str:
    return "'" if unit == _APOSTROPHE else unit.casefold()


def _ahead(rows: Sequence[_Units]) -> str:
    """A look at the first letter, which tells of most words that no row begins with them."""
    first = {row[0] for row in rows if row}
    if len(first) < _FEW or not all(rows) or any(unit.startswith("\\s") for unit in first):
        return ""
    return f"(?=[{''.join(sorted(unit.strip('[]') if len(unit) > 2 else re.escape(unit[-1]) for unit in first))}])"
