"""CSL-JSON: one array of items, as citeproc programs and Zotero read it; JSON Lines are read too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from citekit.errors import FormatError
from citekit.formats.remainder import clean
from citekit.formats.types import csl_type
from citekit.model import Diagnostic, Item, Severity

__all__ = ["dumps", "read"]


def dumps(items: Sequence[Item]) -> str:
    """The items as one JSON array, an item a paragraph; a missing `type` (CSL demands one) is inferred."""
    complete = [{**clean(item), "type": csl_type(item)} for item in items]
    text = json.dumps(complete, ensure_ascii=False, indent=2) + "\n"
    # A lone surrogate has no UTF-8; JSON can say it in ASCII.
    return "".join(f"\\u{ord(sign):04x}" if "\ud800" <= sign <= "\udfff" else sign for sign in text)


def read(text: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of a JSON array, of one object, or of JSON Lines; a warning for each part that is no item.

    Raises:
        FormatError: when the text is neither JSON nor JSON Lines.
    """
    if not text.strip():
        return [], ()
    items: list[dict[str, Any]] = []
    trouble: list[Diagnostic] = []
    for place, part in _parts(text):
        if isinstance(part, Mapping):
            items.append(dict(part))
        else:
            message = f"{place}: an item is a JSON object, this is none; leave it out or correct it"
            trouble.append(Diagnostic(Severity.WARNING, "csl-json-no-item", message))
    return items, tuple(trouble)


def _parts(text: str) -> list[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        return _lines(text)
    listed = whole if isinstance(whole, list) else [whole]
    return [(f"item {number}", part) for number, part in enumerate(listed, 1)]


def _lines(text: str) -> list[tuple[str, Any]]:
    parts: list[tuple[str, Any]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            parts.append((f"line {number}", json.loads(line)))
        except ValueError as exc:
            remedy = "give a JSON array of items, or one item a line"
            raise FormatError(f"line {number}: no CSL-JSON ({exc}); {remedy}") from exc
    return parts
