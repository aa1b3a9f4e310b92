"""What an entry said in its own LaTeX and by its own entry type, kept with the item as long as it says the same.

An item is plain text; the LaTeX that it was read from can say more (case protection, emphasis, a formula, accents for a
BibTeX that reads ASCII). `custom["latex"]` has it by variable, where writing the text again would give other LaTeX;
`custom["entry-type"]` has the entry type where the item alone would be given another. When a value is changed, what is
kept of it counts no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citekit.formats.latex import is_balanced, tidy
from citekit.formats.latex_text import text_of_latex
from citekit.formats.names import csl_names
from citekit.formats.types import NAMES, csl_type, type_of_entry
from citekit.formats.wording import value_of
from citekit.model import Item

__all__ = ["ENTRY_TYPE", "LATEX", "entry_type_of", "keep", "kept_latex", "plain", "without_stale"]

LATEX = "latex"
"""Key of `custom` for the LaTeX of variables."""
ENTRY_TYPE = "entry-type"
"""Key of `custom` for the entry type, in small letters."""


_TYPE = re.compile(r"[a-z][a-z0-9_-]*")  # what every program takes for an entry type


def plain(variable: str, latex: str) -> str:
    """The text of a variable that is neither names nor a date."""
    text = tidy(text_of_latex(latex))
    return text.replace("–", "-") if variable == "page" else text


def kept_latex(item: Item, variable: str) -> str | None:
    """The LaTeX that a variable was read from, None where none is kept."""
    kept = value_of(item, f"custom.{LATEX}")
    latex = kept.get(variable) if isinstance(kept, Mapping) else None
    return latex if isinstance(latex, str) else None


def keep(item: dict[str, Any], name: str, value: Any) -> None:
    """Keep something under a key of `custom`; None or nothing takes it away."""
    stated = item.get("custom")
    custom = {key: known for key, known in stated.items() if key != name} if isinstance(stated, Mapping) else {}
    if value:
        custom[name] = value
    item.pop("custom", None)
    if custom:
        item["custom"] = custom


def without_stale(item: dict[str, Any]) -> dict[str, Any]:
    """The item with only such LaTeX as still says what the variable says, and an entry type that still fits."""
    kept = value_of(item, f"custom.{LATEX}")
    result = dict(item)
    if isinstance(kept, Mapping):
        good = {variable: latex for variable, latex in kept.items() if _says(item, str(variable), latex)}
        if good != kept:
            keep(result, LATEX, good)
    stated = value_of(item, f"custom.{ENTRY_TYPE}")
    if isinstance(stated, str) and not _fits(item, stated):
        keep(result, ENTRY_TYPE, None)
    return result


def _says(item: Item, variable: str, latex: Any) -> bool:
    if not isinstance(latex, str) or latex != tidy(latex) or not is_balanced(latex):
        return False
    value = value_of(item, variable)
    if variable in NAMES:
        return any(csl_names(latex, use_prefix=use) == value for use in (True, False))
    return bool(plain(variable, latex) == value)


def _fits(item: Item, entry_type: str) -> bool:
    return type_of_entry(entry_type, None, has_url=bool(item.get("URL"))) == csl_type(item)


def entry_type_of(item: Item) -> str | None:
    """The entry type that the item was read from, None where none is kept."""
    stated = value_of(item, f"custom.{ENTRY_TYPE}")
    return stated if isinstance(stated, str) and _TYPE.fullmatch(stated) else None
