"""What can be read in a .bib file and is hardly meant so: undefined abbreviations, LaTeX that does not print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from citekit.formats.bib.model import BibFile, EntryBlock, FieldBlock
from citekit.formats.bib.values import Braces, Value, scan_value
from citekit.formats.dates import MONTHS
from citekit.formats.latex_inert import acting_command
from citekit.model import Diagnostic, Severity
from citekit.places import Span

__all__ = ["undefined_names", "warnings_of"]

_OWN = frozenset({"csl-json", "verbc"})  # citekit's JSON, which no style prints


def warnings_of(file: BibFile) -> tuple[Diagnostic, ...]:
    """A warning for each field with a name that nothing defines, or a command that reads, writes, runs or defines."""
    return tuple(
        warning
        for entry in file.entries
        for field in entry.fields
        if not _is_plain(field)
        for warning in _warnings(entry, field, file.strings)
    )


def _is_plain(field: FieldBlock) -> bool:
    """Whether a field is words in braces or quotes, or a number, without any command: most are."""
    raw = field.raw
    return ((raw[:1] in '{"' and "#" not in raw) or raw.isdecimal()) and "\\" not in raw and "^^" not in raw


def _warnings(entry: EntryBlock, field: FieldBlock, strings: Mapping[str, str]) -> Iterator[Diagnostic]:
    for name in undefined_names(field.raw, strings):
        word = field.raw[name.start : name.end]
        start = field.value_span.start
        message = (
            f"{_place(entry, field)}: no @string defines {word}, so it was read as that word; define it, or put the "
            "words in braces"
        )
        yield Diagnostic(Severity.WARNING, "bibtex-undefined", message, Span(start + name.start, start + name.end))
    command = None if field.key in _OWN else acting_command(field.text)
    if command is not None:
        message = (
            f"{_place(entry, field)}: {command} is for reading, writing or running, not for printing, and exports "
            "write it as words; take it out if you did not write it"
        )
        yield Diagnostic(Severity.WARNING, "latex-acts", message, field.span)


def _place(entry: EntryBlock, field: FieldBlock) -> str:
    return f"line {field.line}: {entry.key}: {field.key}"


def undefined_names(raw: str, strings: Mapping[str, str]) -> Iterator[Span]:
    """The places in a value where a name stands for words that neither the file nor the styles define.

    Args:
        raw: the value as it stands in the file.
        strings: the words of each abbreviation by name in small letters.
    """
    if raw.isdecimal() or (raw[:1] in '{"' and "#" not in raw):
        return
    value = scan_value(Braces(raw), 0, len(raw), "\0")
    if not isinstance(value, Value):
        return
    for begin, end in value.pieces:
        name = raw[begin:end]
        known = name[:1] in '{"' or name.isdecimal() or name.lower() in strings or name.lower() in MONTHS
        if not known:
            yield Span(begin, end)
