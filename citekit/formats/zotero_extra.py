"""Zotero's `extra` field: lines `variable: value` for what an item type has no field for, and a note.

Zotero's documentation ("Citing Fields from Extra"): a line names a CSL variable or one of Zotero's fields, in any case,
with spaces or hyphens; names are `Family || Given`; dates ISO 8601. Better BibTeX reads its own `{:variable: value}`
too, and keeps lines `tex.field: value` for BibTeX.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citekit.formats.dates import csl_date, edtf
from citekit.formats.types import CSL_TYPES, DATES, NAMES
from citekit.formats.zotero_fields import CSL_FIELD

__all__ = ["read_extra", "write_extra"]

_LINE = re.compile(r"([A-Za-z][A-Za-z _.-]{1,40}?)[ \t]*[:：][ \t]*(\S.*)$")
_OLD = re.compile(r"\{:([A-Za-z _-]{2,40}):[ \t]*([^{}]*)\}")
_STANDARD = (
    "abstract annote archive archive_collection archive_location archive-place authority call-number chapter-number "
    "citation-key citation-label collection-number collection-title container-title container-title-short dimensions "
    "division DOI edition event event-title event-place first-reference-note-number genre ISBN ISSN issue "
    "jurisdiction keyword language license locator medium number number-of-pages number-of-volumes "
    "original-publisher original-publisher-place original-title page page-first part-number part-title PMCID PMID "
    "printing-number publisher publisher-place references reviewed-genre reviewed-title scale section source status "
    "supplement-number title title-short URL version volume volume-title year-suffix"
)
_TEXT = tuple(_STANDARD.split())
_VARIABLES = {
    _plain: name for name in (*_TEXT, *NAMES, *DATES, "type") for _plain in (re.sub(r"[ _-]", "", name).lower(),)
}
_VARIABLES |= {field.lower(): variable for field, variable in CSL_FIELD.items() if field.lower() not in _VARIABLES}


def read_extra(extra: str) -> tuple[dict[str, Any], str]:
    """The variables that `extra` states (names as lists, dates as CSL dates), and the note that is left."""
    found: dict[str, Any] = {}
    rest: list[str] = []
    for line in extra.splitlines():
        kept = _OLD.sub(lambda old: "" if _take(found, old[1], old[2]) else old[0], line)
        match = _LINE.match(kept.strip())
        if match and _take(found, match[1], match[2]):
            continue
        if kept.strip() or not line.strip():
            rest.append(kept)
    return found, "\n".join(rest).strip()


def _take(found: dict[str, Any], name: str, words: str) -> bool:
    variable = _VARIABLES.get(re.sub(r"[ _-]", "", name).lower())
    value = words.strip()
    if variable is None or not value:
        return False
    if variable in NAMES:
        family, bar, given = (part.strip() for part in value.partition("||"))
        named = {"family": family, "given": given} if bar else {"literal": family}
        found.setdefault(variable, []).append({key: part for key, part in named.items() if part})
        return True
    if variable in found or (variable == "type" and value not in CSL_TYPES):
        return False
    found[variable] = csl_date(value)[0] if variable in DATES else value
    return True


def write_extra(variables: Mapping[str, Any], note: str) -> str:
    """`extra` for variables that an item type has no field for, and a note behind them."""
    lines: list[str] = []
    for variable, value in variables.items():
        if re.sub(r"[ _-]", "", variable).lower() not in _VARIABLES:
            continue
        if variable in NAMES and isinstance(value, list):
            lines += [f"{variable}: {_name(name)}" for name in value if isinstance(name, Mapping)]
        elif variable in DATES:
            exact, words = edtf(variables, variable)
            lines += [f"{variable}: {' '.join(str(exact or words).split())}"] if exact or words else []
        elif isinstance(value, (str, int)):
            lines.append(f"{variable}: {' '.join(str(value).split())}")
    return "\n".join([*lines, *([note] if note else [])])


def _name(name: Mapping[str, Any]) -> str:
    if name.get("literal"):
        return " ".join(str(name["literal"]).split())
    return " ".join(f"{name.get('family', '')} || {name.get('given', '')}".split())
