"""Titles of BibLaTeX in parts: `title`, `subtitle` and `titleaddon` are one title in CSL, and parts again when written.

BibLaTeX manual 2.2.2: the standard styles print the subtitle behind the title and the addon behind both; CSL has one
variable for all. The whole is `Title: Subtitle. Addon` (Chicago 13.90; pandoc reads it so). `custom["title-parts"]`
has the LaTeX of the parts by variable, as long as the title ends with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from citekit.formats.original import TITLE_PARTS, plain
from citekit.formats.remainder import overlay
from citekit.formats.wording import annex, value_of, without_tail
from citekit.model import Item

__all__ = ["TITLES", "apart", "has_parts", "together"]

TITLES = frozenset({"title", "booktitle", "maintitle", "journaltitle", "issuetitle"})
"""The fields of titles, as BibLaTeX names them."""

_PARTS = {
    "title": ("subtitle", "titleaddon"),
    "booktitle": ("booksubtitle", "booktitleaddon"),
    "maintitle": ("mainsubtitle", "maintitleaddon"),
    "journaltitle": ("journalsubtitle", "journaltitleaddon"),
    "journal": ("journalsubtitle", "journaltitleaddon"),
    "issuetitle": ("issuesubtitle", "issuetitleaddon"),
}
_NAMES = ("subtitle", "addon")
_ENDS_WITH_SIGN = ("?", "!", ".", ":", ";", ",", "…")
_CLOSING = "}\"'”’»› "


@lru_cache(maxsize=4_096)  # the entries of a library have few sets of fields
def has_parts(fields: tuple[str, ...]) -> bool:
    """Whether any field is a part of a title."""
    return any(field.endswith(("subtitle", "titleaddon")) for field in fields)


def together(
    fields: dict[str, str], remainder: Mapping[str, Any], annex_field: str | None, *, in_set: bool
) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Put the parts of titles behind them, in the fields of an entry.

    The annex that citekit itself puts behind a title is no part of it.

    Args:
        fields: of the entry; the parts are taken out, the whole stands in the field of the title.
        remainder: of the entry.
        annex_field: where the notation has that annex, None where nowhere.
        in_set: whether `maintitle` is the title of the set that the entry's own title is a volume of.

    Returns:
        By field of the title how its fields stood, and what its parts were.
    """
    before: dict[str, dict[str, str]] = {}
    found: dict[str, dict[str, str]] = {}
    shown = fields.get(annex_field) if annex_field else None
    for field, names in _PARTS.items():
        if field not in fields or (field == "maintitle" and not in_set):
            continue
        stood = {name: fields[name] for name in (field, *names) if name in fields}
        parts = {name: stood[own] for name, own in zip(_NAMES, names, strict=True) if own in stood}
        if shown is not None and names[1] == annex_field:
            parts["addon"] = without_tail(shown, _annex(fields, remainder)) or ""
            if not parts["addon"]:
                del parts["addon"], stood[annex_field]
        if not parts:
            continue
        for own in stood:
            fields.pop(own)
        fields[field] = _whole(stood[field], parts)
        before[field], found[field] = stood, parts
    return before, found


def _annex(fields: Mapping[str, str], remainder: Mapping[str, Any]) -> str:
    """The title in its own script and in translation, as the fields beside it say them."""
    original = fields.get("usera") or (fields.get("origtitle", "") if "translator" in fields else "")
    said: dict[str, Any] = {"original-title": plain("original-title", original)}
    said["custom"] = {"translated-title": plain("custom.translated-title", fields.get("userb", ""))}
    return annex(overlay(said, remainder))


def _whole(title: str, parts: Mapping[str, str]) -> str:
    return "".join([title, *_behind(title, parts)])


def _behind(title: str, parts: Mapping[str, str]) -> list[str]:
    """The parts with what stands before each: nothing but a blank behind a sign that ends (Chicago 13.98)."""
    pieces: list[str] = []
    before = title
    for name, sign, enough in (("subtitle", ": ", _ENDS_WITH_SIGN), ("addon", ". ", (".", "?", "!", "…"))):
        if parts.get(name):
            pieces += [" " if before.rstrip(_CLOSING).endswith(enough) else sign, parts[name]]
            before = parts[name]
    return pieces


def _parts_of(item: Item, variable: str) -> tuple[str, dict[str, str]] | None:
    """The value of a title without its parts, and their LaTeX; None where it has none, or no longer ends with them."""
    kept = value_of(item, f"custom.{TITLE_PARTS}")
    parts = kept.get(variable) if isinstance(kept, Mapping) else None
    value = value_of(item, variable)
    if not isinstance(parts, Mapping) or not isinstance(value, str):
        return None
    latex = {name: parts[name] for name in _NAMES if isinstance(parts.get(name), str) and parts[name]}
    if not latex or latex.keys() != parts.keys():
        return None
    said = {name: plain(variable, text) for name, text in latex.items()}
    title = _before(value, said)
    return (title, latex) if title else None


def _before(whole: str, parts: Mapping[str, str]) -> str | None:
    """What stands before the parts of a title, None where it does not end with them."""
    for opening in (": ", " ", ". ") if "subtitle" in parts else (". ", " "):
        for between in (". ", " ") if len(parts) == 2 else ("",):
            ending = opening + between.join(parts[name] for name in _NAMES if name in parts)
            title = whole.removesuffix(ending)
            if title and title != whole and _whole(title, parts) == whole:
                return title
    return None


def apart(
    fields: dict[str, str], item: Item, variables: Mapping[str, str], newly: Callable[[str, str, str], str | None]
) -> dict[str, str]:
    """The fields of an entry with the titles that were read in parts in their parts again.

    Args:
        fields: of the entry.
        item: the item.
        variables: by field of a title the variable that it says.
        newly: a value of a variable as LaTeX of a field.
    """
    result: dict[str, str] = {}
    for field, text in fields.items():
        result[field] = text
        if field not in variables:
            continue
        found = _parts_of(item, variables[field])
        if found is None or any(own in fields for own in _PARTS[field]):
            continue
        value, parts = found
        title = _before(text, parts) or newly(variables[field], field, value)
        if not title or plain(variables[field], _whole(title, parts)) != value_of(item, variables[field]):
            continue
        result[field] = title
        result |= {own: parts[name] for name, own in zip(_NAMES, _PARTS[field], strict=True) if name in parts}
    return result
