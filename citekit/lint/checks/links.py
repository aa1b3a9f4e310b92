"""CK801 to CK803 and CK901, CK902: entries that name others, files, keys by a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from citekit.formats.bib import EntryBlock, FieldBlock
from citekit.lint.checks.context import Context, listed_keys
from citekit.lint.findings import Finding

__all__ = ["check_entry", "check_file"]

_LINKS = ("crossref", "xref", "xdata", "related", "entryset")


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """What one entry names."""
    for field in entry.fields:
        if field.key in _LINKS:
            for key in listed_keys(field):
                if context.entry(key) is None:
                    yield context.report.finding(
                        "CK801",
                        f"{key[:60]}: no entry of this file has this key; add it, or take {field.key} out",
                        field.value_span,
                        entry,
                        field,
                    )
        elif field.key == "file":
            yield from _file(context, entry, field)
    yield from _order(context, entry)


def check_file(context: Context) -> Iterator[Finding]:
    """Circles of inheritance, and keys that are not what a pattern gives."""
    parents = {
        entry.key.lower(): [key.lower() for name in ("crossref", "xdata") for key in listed_keys(entry.field(name))]
        for entry in context.file.entries
    }
    done: set[str] = set()
    for entry in context.file.entries:
        path: list[str] = []
        key: str | None = entry.key.lower()
        while key is not None and key not in done and key not in path:
            path.append(key)
            key = next((parent for parent in parents.get(key, ()) if parent in parents), None)
        if key is not None and key in path:
            first = context.by_key.get(key, entry)
            yield context.report.finding(
                "CK803",
                f"inherits from itself ({' > '.join(path[path.index(key) :])[:200]}); break the circle",
                first.key_span,
                first,
            )
        done.update(path)
    if context.pattern is not None:
        yield from _keys(context)


def _order(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    field = entry.field("crossref")
    if context.biblatex or field is None:
        return
    for key in listed_keys(field):
        parent = context.entry(key)
        if parent is not None and parent.span.start < entry.span.start:
            yield context.report.finding(
                "CK802",
                f"{parent.key} stands before this entry, and BibTeX finds it only behind; move it there",
                field.value_span,
                entry,
                field,
            )


def _file(context: Context, entry: EntryBlock, field: FieldBlock) -> Iterator[Finding]:
    """JabRef's `description:path:type`, Zotero's `path;path`, a plain path: beside the file or below."""
    if context.folder is None:
        return
    for name in _paths(field.text):
        path = unquote(name) if name.startswith("file://") else name
        path = path.removeprefix("file://")
        try:
            there = (context.folder / path).exists()
        except (OSError, ValueError):
            there = False
        if not there:
            yield context.report.finding(
                "CK901", f"{path[:120]}: there is no such file; correct the path", field.value_span, entry, field
            )


def _paths(text: str) -> list[str]:
    found = []
    for part in re.split(r"(?<!\\);", text):
        fields = [word.replace("\\:", ":").replace("\\;", ";") for word in re.split(r"(?<!\\):", part)]
        path = fields[1] if len(fields) == 3 else part.replace("\\:", ":")
        if path.strip() and "://" not in path.replace("file://", ""):
            found.append(path.strip())
    return found


def _keys(context: Context) -> Iterator[Finding]:
    from citekit.formats.bibtex import entry_in
    from citekit.formats.dialects import BIBLATEX, BIBTEX
    from citekit.formats.entries import item_of
    from citekit.formats.key_patterns import keys_by_pattern

    assert context.pattern is not None  # noqa: S101 - for the type checker
    entries = [entry for entry in context.file.entries if entry.type.lower() not in ("xdata", "set")]
    dialect = BIBLATEX if context.biblatex else BIBTEX
    numbered = [{**item_of(entry_in(entry), dialect), "id": str(number)} for number, entry in enumerate(entries)]
    keys = keys_by_pattern(numbered, context.pattern)
    for number, entry in enumerate(entries):
        key = keys[str(number)]
        if key != entry.key:
            yield context.report.finding("CK902", f"the pattern gives {key}", entry.key_span, entry)
