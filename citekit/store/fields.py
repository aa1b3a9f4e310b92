"""Fields as a user types them: which there are, and text in the shape that CSL gives them.

Variables are those of CSL 1.0.2 (specification, appendix IV), and the few that CSL has no place for (`items.CUSTOM`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from citekit.errors import StoreError
from citekit.formats.dates import csl_date
from citekit.formats.types import CSL_TYPES, DATES, NAMES
from citekit.store.items import CUSTOM

__all__ = ["FIELDS", "known", "parse"]

_PLAIN = (
    "abstract annote archive archive-place archive_collection archive_location authority call-number "
    "chapter-number citation-label collection-number collection-title container-title container-title-short "
    "dimensions division DOI edition event-place event-title first-reference-note-number genre ISBN ISSN issue "
    "jurisdiction keyword language license locator medium note number number-of-pages number-of-volumes "
    "original-publisher original-publisher-place original-title page page-first part-number part-title PMCID PMID "
    "printing-number publisher publisher-place references reviewed-genre reviewed-title scale section source status "
    "supplement-number title title-short type URL version volume volume-title volume-title-short year-suffix"
)
FIELDS = frozenset((*NAMES, *DATES, *_PLAIN.split())) | CUSTOM
_OF_SEVERAL_LINES = frozenset({"note", "annote", "abstract"})  # words of the user's own, as they were typed
_SUGGESTIONS = 3
_NEAR = 60  # of 100: below, a suggestion is no help


def known(field: str) -> str:
    """The field itself, spelled as CSL does (`doi` is DOI).

    Raises:
        StoreError: there is no such field; the message names near ones.
    """
    if field in FIELDS:
        return field
    spelled = {name.casefold(): name for name in FIELDS}.get(field.casefold().replace(" ", "-"))
    if spelled is not None:
        return spelled
    from rapidfuzz import process

    near = [found[0] for found in process.extract(field, sorted(FIELDS), limit=_SUGGESTIONS, score_cutoff=_NEAR)]
    remedy = (
        f"did you mean {' or '.join(near)}?" if near else "CSL's variables are the fields (title, author, issued …)"
    )
    raise StoreError(f"{field}: is no field of a work; {remedy}")


def parse(field: str, value: object) -> Any:
    """A value for a field in CSL's shape.

    Args:
        field: one of `FIELDS`.
        value: text: names as "Family, Given; Family, Given" (a name without comma is an institution's, or a single
            name), dates in EDTF ("1963-07", "1849/1853", "1790~"); anything else as it is. Or a value that has CSL's
            shape already.

    Raises:
        StoreError: the value is empty, no EDTF, no type of CSL, or of the wrong shape.
    """
    name = known(field)
    _check_text(name, value)
    if isinstance(value, str):
        text = _lines(value) if name in _OF_SEVERAL_LINES else " ".join(value.split())
        if not text:
            raise StoreError(f"{name}: the value is empty; to take the field away say so (citekit edit --delete)")
        if name in NAMES:
            return _names(name, text)
        if name in DATES:
            return _date(name, text)
        if name == "type" and text not in CSL_TYPES:
            raise StoreError(f"type: {text} is no type of CSL; there are {', '.join(sorted(CSL_TYPES))}")
        return text
    return _shaped(name, value)


def _check_text(field: str, value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise StoreError(
            f"{field}: {value!a}: holds half of a character, which is no Unicode text; write it in UTF-8"
        ) from None


def _lines(value: str) -> str:
    """Text whose lines stay lines, without blanks at their ends."""
    return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def _names(field: str, text: str) -> list[dict[str, str]]:
    people = []
    for part in text.split(";"):
        family, comma, given = (piece.strip() for piece in part.partition(","))
        if not family:
            raise StoreError(f"{field}: a name is missing in {text!r}; write Family, Given; Family, Given")
        if comma and given:
            people.append({"family": family, "given": given})
        else:
            people.append({"literal": family})
    return people


def _date(field: str, text: str) -> dict[str, Any]:
    """A date; what date-parts cannot say keeps its EDTF as `raw`, which every program shows."""
    date, beyond = csl_date(text)
    if "date-parts" not in date and beyond is None:
        raise StoreError(f"{field}: {text!r} is no date in EDTF; write 1963, 1963-07, 1963-07-14, 1849/1853 or 1790~")
    return {"raw": text} if beyond is not None else date


def _shaped(field: str, value: object) -> Any:
    if field in NAMES:
        fits = isinstance(value, list) and bool(value) and all(isinstance(name, Mapping) and name for name in value)
        shape = "a list of names ({'family': …, 'given': …} or {'literal': …})"
    elif field in DATES:
        fits = isinstance(value, Mapping) and bool(value.keys() & {"date-parts", "raw", "literal"})
        shape = "a date ({'date-parts': [[1963, 7]]})"
    else:
        fits = isinstance(value, int) and not isinstance(value, bool)
        shape = "text"
    if not fits:
        raise StoreError(f"{field}: {value!r} does not fit the field; give text, or {shape}")
    return value
