"""Citations that Zotero, Mendeley and EndNote left as fields in a Word file: the works that they state.

pandoc reads the fields (`docx+citations`) and puts their works into the document's metadata, but it takes the field of
the bibliography for its own and drops the words; that field's name is taken away first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from citekit.readers.pandoc import member

__all__ = ["has_fields", "stated_works", "without_bibliography_fields"]

_CITING = re.compile(rb"CSL_CITATION|ADDIN EN\.CITE")
_LISTING = re.compile(rb"ADDIN (?:ZOTERO_BIBL|Mendeley Bibliography|EN\.REFLIST)|CSL_BIBLIOGRAPHY")
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_DATE = re.compile(r"(-?\d{1,4})(?:-(\d{2})(?:-(\d{2}))?)?")
_PEOPLE = ("author", "editor", "translator", "container-author", "collection-editor", "contributor")
_DATES = ("issued", "accessed", "original-date", "event-date")


def has_fields(archive: zipfile.ZipFile) -> bool:
    """Whether a reference manager's citations are in a Word file."""
    names = set(archive.namelist())
    return any(_CITING.search(member(archive, part)) for part in _PARTS if part in names)


def without_bibliography_fields(archive: zipfile.ZipFile) -> bytes:
    """The file with its bibliography as plain words, in memory."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in dict.fromkeys(archive.namelist()):
            content = member(archive, name)
            copy.writestr(name, _LISTING.sub(b"ADDIN", content) if name in _PARTS else content)
    return written.getvalue()


def stated_works(references: Mapping[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The CSL-JSON items in the `references` of pandoc's metadata, by the names that citations call them by."""
    listed = _value(references) if references else []
    works = {}
    for reference in listed if isinstance(listed, list) else []:
        if isinstance(reference, dict) and reference.get("title"):
            name = str(reference.pop("id", ""))
            works[name] = {field: value for field, given in reference.items() if (value := _field(field, given))}
    return works


def _field(name: str, value: Any) -> Any:
    if name in _DATES:
        days = [_DATE.fullmatch(day) for day in str(value).split("/")] if isinstance(value, str) else []
        parts = [[int(part) for part in day.groups() if part] for day in days if day]
        return {"date-parts": parts} if parts and len(parts) == len(days) else None
    if name in _PEOPLE:
        return [person for person in value if isinstance(person, dict)] if isinstance(value, list) else None
    return value if isinstance(value, str) else None


def _value(node: Mapping[str, Any]) -> Any:
    """A metadata value as plain lists, dictionaries and words."""
    content: Any = node.get("c")
    match node.get("t"):
        case "MetaList":
            return [_value(item) for item in content]
        case "MetaMap":
            return {name: _value(item) for name, item in content.items()}
        case "MetaInlines":
            return _words(content)
        case "MetaBlocks":
            return " ".join(_words(block.get("c")) for block in content)
        case _:
            return str(content)


def _words(nodes: Any) -> str:
    pieces = []
    for node in nodes if isinstance(nodes, list) else []:
        if isinstance(node, list):
            pieces.append(_words(node))
        elif isinstance(node, dict):
            kind, content = node.get("t"), node.get("c")
            if kind == "Quoted" and isinstance(content, list):
                pieces.append(f"“{_words(content[1])}”")
            else:
                pieces.append(
                    content
                    if kind == "Str" and isinstance(content, str)
                    else _words(content) or " " * (kind in ("Space", "SoftBreak"))
                )
    return "".join(pieces)
