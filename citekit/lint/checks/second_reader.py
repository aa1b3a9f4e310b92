"""CK108: what bibtexparser 2, on which many programs are built, reads otherwise than BibTeX and citekit.

A second opinion (docs/decisions/bib-files.md): where the two differ, the file says the same to BibTeX and biber, but
not to every program.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator

from citekit.formats.bib import CommentBlock, EntryBlock, FreeText
from citekit.lint.checks.context import Context
from citekit.lint.findings import Finding
from citekit.places import Span

__all__ = ["check_file"]


def check_file(context: Context) -> Iterator[Finding]:
    """What another reader sees otherwise: entries, and the names of their fields."""
    seen: defaultdict[tuple[str, str], deque[list[str]]] = defaultdict(deque)
    for entry_type, key, names in _as_bibtexparser_reads(context.file.text):
        seen[entry_type, key].append(names)
    told = sorted(each.span.start for each in context.file.diagnostics if each.span is not None)
    for entry in context.file.entries:
        read = seen[entry.type.lower(), entry.key]
        if bisect_left(told, entry.span.start) < bisect_left(told, entry.span.end):  # CK102, CK105
            if read:
                read.popleft()
            continue
        if not read:
            yield _finding(
                context,
                entry,
                "other programs may not see this entry (bibtexparser 2 does not); look for a comment between its "
                "fields, two commas, a blank behind @, or a brace or comma that is missing",
            )
            continue
        names = read.popleft()
        own = [field.key for field in entry.fields]
        if names != own:
            other = [name for name in names if name not in own] or [name for name in own if name not in names]
            listed = " ".join(", ".join(other).split())[:80]
            yield _finding(
                context,
                entry,
                f"other programs may read other fields in this entry (bibtexparser 2: {listed}); "
                "look for a comment between its fields or a comma that is missing",
            )
    if context.file.unreadable:  # CK101
        return
    for (entry_type, key), more in seen.items():
        if more:
            yield context.report.finding(
                "CK108",
                f"other programs may see an entry @{entry_type} with the key {' '.join(key.split())[:80] or '(none)'} "
                "that BibTeX does not (bibtexparser 2 reads entries in lines of comment); take it out, or its @",
                _place(context, key),
            )


def _place(context: Context, key: str) -> Span:
    """Where the key stands outside of the entries."""
    for block in context.file.blocks:
        start = block.raw.find(key) if key and isinstance(block, (FreeText, CommentBlock)) else -1
        if start >= 0:
            return Span(block.span.start + start, block.span.start + start + len(key))
    return Span(0, 0)


def _finding(context: Context, entry: EntryBlock, problem: str) -> Finding:
    return context.report.finding(
        "CK108", problem, Span(entry.span.start, entry.span.start + 1 + len(entry.type)), entry
    )


def _as_bibtexparser_reads(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Type, key and names of fields of each entry, in small letters but for the key."""
    import logging

    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # it tells what it cannot read on stderr
    for found in Splitter(text).split().blocks:
        doubled = isinstance(found, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock))
        block = getattr(found, "ignore_error_block", None) if doubled else found
        if isinstance(block, Entry):
            yield block.entry_type.lower(), block.key, [field.key.lower() for field in block.fields]
