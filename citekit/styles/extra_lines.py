"""Variables that a note states in its first lines, as Zotero's users type them.

Zotero's documentation ("Citing Fields from Extra"): lines at the top of a note name a CSL variable and its value
(`original-date: 1905`, `Editor: Weber || Marianne`). citeproc takes any word before a colon for such a variable, and
prints a translator "see preface" of a note that begins so. Here only a line counts whose value is one of its variable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citekit.citations.numbers import read_edition
from citekit.formats.types import DATES, NAMES
from citekit.formats.zotero_extra import read_extra
from citekit.model import Item

__all__ = ["NO_VARIABLE", "with_extra_lines"]

NO_VARIABLE = "\ue0f0"
"""Before words that citeproc would take for a variable and its value; `notes.lua` takes it away."""

# CSL 1.0.2, appendix IV, "Number Variables".
_NUMBER_VARIABLES = (
    "chapter-number collection-number edition issue number number-of-pages number-of-volumes page page-first "
    "part-number printing-number section supplement-number version volume"
)
_NUMBERS = frozenset(_NUMBER_VARIABLES.split())
_A_NUMBER = re.compile(r"(?=[^\d]{0,20}\d)[^.!?]{1,30}\.?|[ivxlcdm]{1,8}|[IVXLCDM]{1,8}|[A-Z]")
_SHAPES = {
    "DOI": re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+"),
    "URL": re.compile(r"https?://\S+"),
    "ISBN": re.compile(r"[\dXx -]{10,20}"),
    "ISSN": re.compile(r"\d{4}-?\d{3}[\dXx]"),
    "PMID": re.compile(r"\d{1,9}"),
    "PMCID": re.compile(r"(?:PMC)?\d{1,9}"),
    "language": re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*"),
}
# In an institution's name only these words are small.
_SMALL_WORDS = "a an and at by da das de del della der des di do dos du e et for für i in la le of on the und y"
_SMALL = frozenset(_SMALL_WORDS.split())
_LIKE_A_VARIABLE = re.compile(r"[^\W\d_](?:[^\W\d_]|-)*:|-+:|\{:")


def with_extra_lines(item: Item) -> Item:
    """The item with what the first lines of its note state, and the note without them.

    A variable that the item has stays as it is, but for its type; the first line that states nothing ends it.
    """
    note = item.get("note")
    if not isinstance(note, str) or not (":" in note or "\uff1a" in note):
        return item
    lines = note.splitlines()
    stated: dict[str, Any] = {}
    stating = 0
    for line in lines:
        found, rest = read_extra(line)
        if not found or rest or not all(map(_fits, found, found.values())):
            break
        for variable, value in found.items():
            if variable in NAMES:
                stated.setdefault(variable, []).extend(value)
            else:
                stated.setdefault(variable, value)
        stating += 1
    added = {name: value for name, value in stated.items() if name == "type" or not item.get(name)}
    made = {name: value for name, value in item.items() if name != "note"} | added
    left = "\n".join(lines[stating:]).strip()
    return {**made, "note": f"{NO_VARIABLE}{left}" if _LIKE_A_VARIABLE.match(left) else left}


def _fits(variable: str, value: Any) -> bool:
    if variable in NAMES:
        return all(_is_name(name) for name in value)
    if variable in DATES:
        return isinstance(value, Mapping) and "raw" not in value
    words = str(value)
    if variable in _NUMBERS:
        return _A_NUMBER.fullmatch(words) is not None or (variable == "edition" and read_edition(words).isdigit())
    shape = _SHAPES.get(variable)
    return shape is None or shape.fullmatch(words) is not None


def _is_name(name: Mapping[str, str]) -> bool:
    """A person in two parts, or an institution, whose words have capitals."""
    if "literal" not in name:
        return bool(name.get("family"))
    words = name["literal"].split()
    return len(words) <= 10 and all(word in _SMALL or not word[:1].islower() for word in words)
