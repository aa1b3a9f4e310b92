"""Which entries say their items without a doubt, so that they need not be read back when they are written.

Most entries of a library are like this: each variable stands in a field of its own, in characters that LaTeX leaves
alone or in the LaTeX that it was read from. Wherever something more is in play, the answer is no: the entry is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from citekit.formats.dates import csl_date
from citekit.formats.dialects import VERBATIM, Dialect
from citekit.formats.field_values import READ_OTHERWISE, is_bare, latex_to_keep, read_value
from citekit.formats.latex import tidy
from citekit.formats.localisation import key_in_words
from citekit.formats.original import LATEX, READ_FROM, plain
from citekit.formats.remainder import same
from citekit.formats.types import NAMES, csl_type, type_of_entry
from citekit.model import Item

__all__ = ["FOREIGN", "gives_back", "only_for_parts"]

FOREIGN = "fields"
"""Key of `custom` for fields of a file that CSL has no variable for: name → LaTeX as it stands there."""

# What reading these says depends on other fields, or they are only written where something special is to be said.
_DEPENDENT = frozenset(
    {"date", "year", "month", "entrysubtype", "options", "howpublished", "maintitle", "verbc", "csl-json"}
)
_ELSEWHERE = frozenset({"id", "type", "custom", "issued"})
_RARE = frozenset(NAMES[6:])  # they have no place in the order of an entry's sentences
_KINDS = frozenset({LATEX, READ_FROM, FOREIGN})
_PAGES = re.compile(r"[0-9]+(?:-[0-9]+)?")
_YEAR = re.compile(r"[1-9][0-9]{3}")


def gives_back(
    item: Item, entry_type: str, fields: Mapping[str, str], places: Mapping[str, str], dialect: Dialect
) -> bool:
    """Whether reading the entry gives the item, but for its key, for certain; false where only reading it can tell.

    Args:
        item: clean, its kept LaTeX true (`without_stale`).
        entry_type: of the entry.
        fields: of the entry.
        places: by variable the field that it was written to.
        dialect: the notation.
    """
    custom = _kept(item.get("custom"))
    if custom is None:
        return False
    kept, foreign = custom.get(LATEX, {}), custom.get(FOREIGN, {})
    if entry_type != dialect.entry_type(item):
        return False
    if type_of_entry(entry_type, None, has_url="url" in fields) != csl_type(item):
        return False
    variables = item.keys() - _ELSEWHERE
    if variables != places.keys() or not kept.keys() <= places.keys() or variables & _RARE:
        return False
    if only_for_parts(fields, dialect.kin_of(entry_type)):
        return False
    if not _date_is_certain(item.get("issued"), fields):
        return False
    homeless = _homeless(dialect, entry_type, tuple(fields), tuple(places.items()), frozenset(foreign))
    if homeless is None or custom.get(READ_FROM, {}) != homeless:
        return False
    if any(fields.get(name) != text or tidy(text) != text or not text for name, text in foreign.items()):
        return False
    use_prefix = dialect.name == "bibtex"
    for variable, field in places.items():
        if not _is_certain(item, variable, field, fields[field], kept.get(variable), use_prefix=use_prefix):
            return False
    return True


def only_for_parts(fields: Mapping[str, str], own_type: str) -> bool:
    """Whether a whole has its title a second time for its parts to inherit (btxdoc, section 3.2: cross references)."""
    if own_type not in _WHOLES or "booktitle" not in fields:
        return False
    return plain("title", fields.get("title", "")) == plain("title", fields["booktitle"])


_WHOLES = frozenset({"book", "collection", "periodical", "booklet"})


def _kept(custom: Any) -> Mapping[str, Mapping[str, str]] | None:
    """What an item keeps of the entry that it was read from, by kind; None where it keeps anything else."""
    if custom is None:
        return {}
    if type(custom) is not dict or not custom.keys() <= _KINDS:
        return None
    for kind in custom.values():
        if type(kind) is not dict:
            return None
        for text in kind.values():
            if type(text) is not str:
                return None
    return custom


@lru_cache(maxsize=4_096)  # the entries of a library have few sets of fields
def _homeless(
    dialect: Dialect,
    entry_type: str,
    fields: tuple[str, ...],
    places: tuple[tuple[str, str], ...],
    foreign: frozenset[str],
) -> Mapping[str, str] | None:
    """The variables that the data model has no field for in such an entry, each with the field that it is read from.

    None where a variable is read from another field than it was written to, or something more is read.
    """
    left = {name for name in fields if name not in ("date", "year")}
    if left & _DEPENDENT or left != {field for _, field in places} | foreign:
        return None
    own_type = dialect.kin_of(entry_type)
    found: dict[str, str] = {}
    homeless: dict[str, str] = {}
    for variable, candidates, regular in dialect.says(entry_type, fields):
        field = next((name for name in candidates if name in left), None)
        if variable == "issued" or field is None:
            continue
        left.discard(field)
        found[variable] = field
        if field not in regular and dialect.needs_stated(variable, own_type):
            homeless[variable] = field
    return homeless if found == dict(places) and left == foreign else None


def _date_is_certain(issued: Any, fields: Mapping[str, str]) -> bool:
    written = [fields[name] for name in ("date", "year") if name in fields]
    if issued is None or len(written) != 1:
        return issued is None and not written
    if "date" not in fields and not _YEAR.fullmatch(written[0]):
        return False
    date, stated = csl_date(written[0])
    return stated is None and "raw" not in date and same(issued, date)


def _is_certain(item: Item, variable: str, field: str, text: str, latex: Any, *, use_prefix: bool) -> bool:
    value = item[variable]
    if variable in VERBATIM:
        return latex is None and type(value) is str and text == value == tidy(value)
    if variable in READ_OTHERWISE:
        read = read_value(variable, text, use_prefix=use_prefix)
        if not same(value, read) or (isinstance(read, dict) and "raw" in read):
            return False
    elif latex is None:
        if type(value) is int:
            return text == str(value)
        if type(value) is not str:
            return False
        if variable == "page":
            return _PAGES.fullmatch(value) is not None
        if is_bare(value):
            said = text == value and key_in_words(variable, text) is None
            return said or variable == "title"  # to a title only braces were added
        if plain(variable, text) != value:
            return False
    elif text != latex:
        return False
    return latex_to_keep(item, variable, field, text) == ({} if latex is None else {variable: latex})
