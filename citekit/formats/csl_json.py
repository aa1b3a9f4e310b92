"""CSL-JSON: one array of items, as citeproc programs and Zotero read it; JSON Lines are read too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from citekit.errors import FormatError
from citekit.formats.json_places import object_places
from citekit.formats.names import with_others
from citekit.formats.remainder import clean
from citekit.formats.types import csl_type
from citekit.model import Diagnostic, Item, Severity, Span

__all__ = ["dumps", "places", "read", "stream"]


def dumps(items: Sequence[Item]) -> str:
    """The items as one JSON array, an item a paragraph; a missing `type` (CSL demands one) is inferred."""
    complete = [{**with_others(clean(item), "others"), "type": csl_type(item)} for item in items]
    text = json.dumps(complete, ensure_ascii=False, indent=2) + "\n"
    # A lone surrogate has no UTF-8; JSON can say it in ASCII.
    return "".join(f"\\u{ord(sign):04x}" if "\ud800" <= sign <= "\udfff" else sign for sign in text)


def read(text: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of a JSON array, of one object, or of JSON Lines; a warning for each part that is no item.

    Raises:
        FormatError: when the text is neither JSON nor JSON Lines, or is nested too deeply to be read.
    """
    if not text.strip():
        return [], ()
    items: list[dict[str, Any]] = []
    trouble: list[Diagnostic] = []
    for found in _checked(_parts(text)):
        if isinstance(found, Diagnostic):
            trouble.append(found)
        else:
            items.append(found)
    return items, tuple(trouble)


def places(text: str) -> list[Span]:
    """Where the items stand in the text, in the order of `read`."""
    return list(object_places(text))


def stream(lines: Iterable[str]) -> Iterator[dict[str, Any] | Diagnostic]:
    """The items of JSON Lines one by one, and a diagnostic in the place of each line that holds none."""
    return _checked(_numbered(lines))


def _checked(parts: Iterable[tuple[str, Any]]) -> Iterator[dict[str, Any] | Diagnostic]:
    for place, part in parts:
        if isinstance(part, Mapping):
            yield _item(part)
        elif isinstance(part, Diagnostic):
            yield part
        else:
            message = f"{place}: an item is a JSON object, this is none; leave it out or correct it"
            yield Diagnostic(Severity.WARNING, "csl-json-no-item", message)


# What programs wrote before CSL 1.0.2 had names for it (its schema, csl-data.json, still lists both).
_FORMER = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}


def _item(stated: Mapping[str, Any]) -> dict[str, Any]:
    """An item by the names of CSL 1.0.2."""
    item = with_others(stated, "et al.")
    for former, name in _FORMER.items():
        if former in item and name not in item:
            item[name] = item.pop(former)
    return item


def _parts(text: str) -> list[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as exc:
        parts = _lines(text)
        if parts is None:
            raise FormatError(f"no CSL-JSON ({_reason(exc)}); give a JSON array of items, or one item a line") from exc
        return parts
    listed = whole if isinstance(whole, list) else [whole]
    return [(f"item {number}", part) for number, part in enumerate(listed, 1)]


def _lines(text: str) -> list[tuple[str, Any]] | None:
    """The objects of JSON Lines (https://jsonlines.org), and a diagnostic for each line that is no JSON.

    None where no line holds an object, or the text is an array that breaks off: its lines can look like items.
    """
    parts: list[tuple[str, Any]] = []
    for place, part in _numbered(text.split("\n")):
        if not parts and isinstance(part, Diagnostic) and text.lstrip().startswith("["):
            return None
        parts.append((place, part))
    return parts if any(isinstance(part, Mapping) for _, part in parts) else None


def _numbered(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield f"line {number}", json.loads(line)
        except (ValueError, RecursionError) as exc:
            message = f"line {number}: no JSON ({_reason(exc)}); the line was left out, correct it"
            yield f"line {number}", Diagnostic(Severity.ERROR, "csl-json-broken-line", message)


def _reason(trouble: ValueError | RecursionError) -> str:
    return "it is nested too deeply" if isinstance(trouble, RecursionError) else str(trouble)
