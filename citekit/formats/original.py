"""What an entry said in its own LaTeX and by its own entry type, kept with the item as long as it says the same.

An item is plain text; the LaTeX that it was read from can say more (case protection, emphasis, a formula, accents for a
BibTeX that reads ASCII). `custom["latex"]` has it by variable, where writing the text again would give other LaTeX;
`custom["entry-type"]` has the entry type where the item alone would be given another; `custom["read-from"]` the field
of a variable for which the data model has none in such an entry. When a value is changed, what is kept of it counts no
more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citekit.formats.dates import csl_date
from citekit.formats.latex import is_balanced, tidy
from citekit.formats.latex_inert import acts
from citekit.formats.latex_markup import RICH
from citekit.formats.latex_text import rich_text_of_latex, text_of_latex
from citekit.formats.localisation import key_in_words
from citekit.formats.names import csl_names
from citekit.formats.types import DATES, NAMES, csl_type, type_of_entry
from citekit.formats.wording import value_of
from citekit.model import Item

__all__ = [
    "ENTRY_TYPE",
    "LATEX",
    "READ_FROM",
    "TITLE_PARTS",
    "entry_type_of",
    "keep",
    "kept_latex",
    "own_field",
    "plain",
    "without_stale",
]

LATEX = "latex"
"""Key of `custom` for the LaTeX of variables."""
ENTRY_TYPE = "entry-type"
"""Key of `custom` for the entry type, in small letters."""
READ_FROM = "read-from"
"""Key of `custom` for the fields of variables that such an entry should not have."""
TITLE_PARTS = "title-parts"
"""Key of `custom` for the LaTeX of subtitles and addons, by the variable of the title that they belong to."""


_DASHES = re.compile(r"(?<=\w) ?[-‐‑–—]++ ?(?=\w)")
_FIELD = re.compile(r"[a-z][a-z0-9_-]*")
_TYPE = re.compile(r"[a-z][a-z0-9_-]*")  # what every program takes for an entry type


def plain(variable: str, latex: str) -> str:
    """The text of a variable that is neither names nor a date."""
    words = key_in_words(variable, latex)
    if words is not None:
        return words
    text = tidy(rich_text_of_latex(latex) if variable in RICH else text_of_latex(latex))
    return _DASHES.sub("-", text) if variable == "page" else text


def kept_latex(item: Item, variable: str) -> str | None:
    """The LaTeX that a variable was read from, None where none is kept."""
    kept = value_of(item, f"custom.{LATEX}")
    latex = kept.get(variable) if isinstance(kept, Mapping) else None
    return latex if isinstance(latex, str) else None


def own_field(item: Item, variable: str) -> str | None:
    """The field that a variable was read from against the data model, None where it was read from none such."""
    if not item.get("custom"):
        return None
    fields = value_of(item, f"custom.{READ_FROM}")
    field = fields.get(variable) if isinstance(fields, Mapping) else None
    return field if isinstance(field, str) and _FIELD.fullmatch(field) else None


def keep(item: dict[str, Any], name: str, value: Any) -> None:
    """Keep something under a key of `custom`; None or nothing takes it away."""
    stated = item.get("custom")
    if stated is None and not value:
        return
    custom = {key: known for key, known in stated.items() if key != name} if isinstance(stated, Mapping) else {}
    if value:
        custom[name] = value
    item.pop("custom", None)
    if custom:
        item["custom"] = custom


def without_stale(item: dict[str, Any]) -> dict[str, Any]:
    """The item with only such LaTeX as still says what the variable says, and an entry type that still fits."""
    result = dict(item)
    if not item.get("custom"):
        return result
    kept = value_of(item, f"custom.{LATEX}")
    if isinstance(kept, Mapping):
        good = {variable: latex for variable, latex in kept.items() if _says(item, str(variable), latex)}
        if good != kept:
            keep(result, LATEX, good)
    fields = value_of(item, f"custom.{READ_FROM}")
    if isinstance(fields, Mapping):
        keep(
            result, READ_FROM, {name: field for name, field in fields.items() if value_of(item, str(name)) is not None}
        )
    stated = value_of(item, f"custom.{ENTRY_TYPE}")
    if isinstance(stated, str) and not _fits(item, stated):
        keep(result, ENTRY_TYPE, None)
    return result


def _says(item: Item, variable: str, latex: Any) -> bool:
    if not isinstance(latex, str) or latex != tidy(latex) or not is_balanced(latex) or acts(latex):
        return False
    value = value_of(item, variable)
    if variable in DATES:  # a `date` is EDTF, or kept as it stands; a `year` may be any LaTeX
        in_words = variable == "issued" and value == {"raw": plain(variable, latex)}
        return in_words or bool(csl_date(latex)[0] == value)
    if variable in NAMES:
        return any(csl_names(latex, use_prefix=use) == value for use in (True, False))
    return bool(plain(variable, latex) == value)


def stated_type(entry_type: str, kind: str) -> str:
    """What to keep of an entry type: where its subtype alone made it the CSL type that it is, that type behind it."""
    return entry_type if type_of_entry(entry_type, None, has_url=False) == kind else f"{entry_type} {kind}"


def _fits(item: Item, stated: str) -> bool:
    entry_type, _, kind = stated.partition(" ")
    kinds = {kind} if kind else {type_of_entry(entry_type, None, has_url=has_url) for has_url in (True, False)}
    return csl_type(item) in kinds


def entry_type_of(item: Item) -> str | None:
    """The entry type that the item was read from, None where none is kept."""
    stated = value_of(item, f"custom.{ENTRY_TYPE}")
    entry_type = stated.partition(" ")[0] if isinstance(stated, str) else ""
    return entry_type if _TYPE.fullmatch(entry_type) else None
