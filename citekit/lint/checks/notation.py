"""CK101 to CK107: whether programs can read the file, and its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.formats.bib import EntryBlock
from citekit.formats.bib.content_warnings import undefined_names
from citekit.lint.checks.context import Context
from citekit.lint.findings import Finding
from citekit.places import Span

__all__ = ["check_entry", "check_file"]

_GOOD_WILL = frozenset(["bibtex-no-comma", "bibtex-not-joined", "bibtex-entry-within", "bibtex-escaped-brace"])
_LINE = re.compile(r"\Aline \d+: ")
# BibTeX splits at these, TeX reads them otherwise in \cite{…}, or biber refuses them.
_UNSAFE = re.compile(r"[\s\"#%'(),={}~\\$&]")


def check_file(context: Context) -> Iterator[Finding]:
    """What is about the file as a whole."""
    report = context.report
    for block in context.file.unreadable:
        head = Span(block.span.start, block.span.start + min(len(block.raw.split("\n")[0]), 80))
        yield report.finding(
            "CK101", f"cannot be read as an entry: {' '.join(block.reason.split())[:200]}; correct it", head
        )
    for diagnostic in context.file.diagnostics:
        if diagnostic.code in _GOOD_WILL and diagnostic.span is not None:
            yield report.finding("CK105", _LINE.sub("", diagnostic.message), diagnostic.span)
    seen: dict[str, EntryBlock] = {}
    for entry in context.file.entries:
        if not entry.key:
            head = Span(entry.span.start, entry.span.start + 1 + len(entry.type))
            yield report.finding("CK102", "has no citation key, so that nothing can cite it; give it one", head, entry)
            continue
        first = seen.setdefault(entry.key.lower(), entry)
        if first is not entry:
            differs = "" if first.key == entry.key else f", which BibTeX takes for {first.key}"
            yield report.finding(
                "CK103",
                f"the key {entry.key}{differs} is that of the entry in line {first.line} already; give it another, or "
                "take one of the two out",
                entry.key_span,
                entry,
            )


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """What is about one entry."""
    found = _UNSAFE.search(entry.key)
    if found:
        sign = "white space" if found[0].isspace() else found[0]
        yield context.report.finding(
            "CK104",
            f"the key has {sign} in it, which TeX or BibTeX reads otherwise; leave it out",
            entry.key_span,
            entry,
        )
    seen: set[str] = set()
    for field in entry.fields:
        if field.key in seen:
            yield context.report.finding(
                "CK107",
                "stands in this entry already; programs read only one of them: take one out",
                field.span,
                entry,
                field,
            )
        seen.add(field.key)
        yield from _undefined(context, entry, field.raw, field.value_span.start, field)


def _undefined(context: Context, entry: EntryBlock, raw: str, start: int, field: object) -> Iterator[Finding]:
    for name in undefined_names(raw, context.file.strings):
        yield context.report.finding(
            "CK106",
            f"no @string defines {raw[name.start : name.end]}, and BibTeX leaves it out; define it, or put the words "
            "in braces",
            Span(start + name.start, start + name.end),
            entry,
            next(found for found in entry.fields if found is field),
        )
