"""People whom BibLaTeX has as editors of another kind: `editortype = {compiler}`, `editora` with `editoratype`.

BibLaTeX manual 2.2.1 and 2.3.6 (editorial roles). CSL 1.0.2 has name variables of their own for some of them.
"""

from __future__ import annotations

from citekit.model import Item

__all__ = ["ROLES", "role_slots"]

ROLES = {"compiler": "compiler", "organizer": "organizer", "director": "director", "producer": "producer"}
"""Type of an editor → CSL's variable."""
_SLOTS = ("editor", "editora", "editorb", "editorc")
_WITH_ALL = frozenset({"article", "book", "inbook", "incollection", "inreference", "collection", "periodical"})
_WITH_NONE = frozenset({"patent", "report", "thesis", "unpublished"})


def role_slots(item: Item, entry_type: str) -> dict[str, str]:
    """By variable the field that an entry of this type has its people in, as far as there are fields for them."""
    if not any(variable in item for variable in ROLES.values()) or entry_type in _WITH_NONE:
        return {}
    free = [slot for slot in _SLOTS if entry_type in _WITH_ALL or slot == "editor"]
    if item.get("editor"):
        free.remove("editor")
    custom = item.get("custom")
    stated = custom.get("read-from") if isinstance(custom, dict) else None
    found: dict[str, str] = {}
    for variable in ROLES.values():
        if not item.get(variable) or not free:
            continue
        own = stated.get(variable) if isinstance(stated, dict) else None
        found[variable] = own if own in free else free[0]
        free.remove(found[variable])
    return found
