"""CK501 to CK505: lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.formats.bib import EntryBlock, FieldBlock
from citekit.lint.checks.context import Context
from citekit.lint.data_model import NAME_FIELDS
from citekit.lint.findings import Finding
from citekit.lint.values import sole

__all__ = ["check_entry"]

_HIDDEN = "\u00b7"
_GROUP = re.compile(r"[{}]")
_AND = re.compile(r"(?<=\s)and(?=\s)", re.IGNORECASE)
_ET_AL = re.compile(
    r"(?:,\s{0,9}|\s{1,9}and\s{1,9}|\s{1,9})(?:et\.?\s+al(?:ii|\.)?|u\.\s*a\.|and\s+al\.)\s*\Z", re.IGNORECASE
)
_EMPTY = re.compile(r"\A\s*+and\s|\sand\s*+\Z|\sand\s++and\s", re.IGNORECASE)
_AMPERSAND = re.compile(r"(?<=\s)\\?&(?=\s)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s~-]*)+\S+")  # "A. Smith", "J.-P. Sartre"
_WHOLE_NAME = re.compile(r"(?:(?=[^\W\d_])(?![a-z])\S+\s+){1,3}(?![a-z])\S+")  # "Ann Brown"; no "Duke of"
_ONE_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_SUFFIX = re.compile(r"(?:jr|sr|junior|senior|[IVX]+|ph\.?d|m\.?d|esq)\.?", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_COMPANY = re.compile(r"\b(?:co|inc|ltd|sons?|bros|gmbh|company|associates|partners|cie)\b", re.IGNORECASE)


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """Lists of names of one entry."""
    for field in entry.fields:
        if field.key in NAME_FIELDS and field.text.strip():
            yield from _names(context, entry, field)


def _names(context: Context, entry: EntryBlock, field: FieldBlock) -> Iterator[Finding]:
    def report(code: str, message: str, start: int = 0, end: int = -1, replacement: str | None = None) -> Finding:
        span = piece.span(start, len(piece.text) if end < 0 else end) if piece else field.value_span
        return context.report.finding(code, message, span, entry, field, replacement if piece else None)

    piece = sole(field)
    text = piece.text if piece else field.text
    flat = _outside_groups(text)
    if _EMPTY.search(flat):
        yield report("CK504", "“and” has no name before or behind it; take it out, or add the name")
        return
    others = _ET_AL.search(flat)
    if others:
        yield report(
            "CK502", "“et al.” would be read as a name; write and others", others.start(), others.end(), " and others"
        )
        flat = flat[: others.start()]
    names = [name.strip() for name in _AND.split(flat)]
    ampersand = _AMPERSAND.search(flat)
    if ampersand and not _COMPANY.search(flat):
        yield report(
            "CK505",
            "names are parted by “and”; “&” makes one name of two (put an institution in braces)",
            ampersand.start(),
            ampersand.end(),
        )
    yield from _unparted(report, text, flat, names)
    yield from _capitals(report, names)


def _unparted(report: object, text: str, flat: str, names: list[str]) -> Iterator[Finding]:
    assert callable(report)  # noqa: S101 - for the type checker
    if ";" in flat:
        parts = [part.strip() for part in flat.split(";")]
        safe = len(names) == 1 and all(part.count(",") == 1 for part in parts)
        fixed = " and ".join(part.strip() for part in text.split(";")) if safe and "{" not in text else None
        yield report("CK501", "names are parted by “and”, not by semicolons", 0, -1, fixed)
        return
    for name in names:
        if "=" in name:  # BibLaTeX's name parts (manual 3.5): family=Ranke, prefix=von
            continue
        parts = [part.strip() for part in name.split(",")]
        if len(parts) > 3:
            yield report("CK501", f"{_shown(name)}: has more commas than a name can; part the names by “and”")
            return
        two = len(parts) == 2 and all(_INITIALS.fullmatch(part) and len(part.split()) > 1 for part in parts)
        three = len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]) and not _SUFFIX.fullmatch(parts[2])
        if two or (three and all(_WHOLE_NAME.fullmatch(part) for part in parts)):
            yield report("CK501", f"{_shown(name)}: looks like several names; part them by “and”")
            return
    listed = [name for name in names if name and name != "others"]
    if len(listed) > 1 and _ONE_WORD.fullmatch(listed[-1]):
        before = [part.strip() for part in listed[-2].split(",")]
        if len(before) == 2 and all(_ONE_WORD.fullmatch(part) for part in before) and len(listed) == 2:
            yield report(
                "CK501",
                f"{_shown(listed[-2])} and {listed[-1]}: is this one name with a comma, or two? Write {before[0]} and "
                f"{before[1]} and {listed[-1]}, or the last one's given name",
            )


def _capitals(report: object, names: list[str]) -> Iterator[Finding]:
    assert callable(report)  # noqa: S101 - for the type checker
    for name in names:
        family, comma, _ = name.partition(",")
        words = _LETTERS.findall(family if comma else name)
        if not words or not all(word.isupper() for word in words):
            continue
        # One word alone is an acronym (UNESCO); so is one in front of small words.
        if comma or (len(name.split()) > 1 and name.isupper()):
            yield report("CK503", f"{_shown(name)}: is in capitals; write it as the person does, styles set capitals")
            return


def _shown(name: str) -> str:
    """A name for a message, what stands in braces cut short."""
    return re.sub(f"{_HIDDEN}+", "{…}", name)[:60]


def _outside_groups(text: str) -> str:
    """The text with what stands in braces, and the braces, as signs that are no letters: nothing of it parts names."""
    if "{" not in text:
        return text
    pieces: list[str] = []
    depth = start = 0
    for brace in _GROUP.finditer(text):
        if depth == 0:
            pieces.append(text[start : brace.start()])
        else:
            pieces.append(_HIDDEN * (brace.start() - start))
        pieces.append(_HIDDEN)
        depth = max(depth + (1 if brace[0] == "{" else -1), 0)
        start = brace.end()
    pieces.append(text[start:])
    return "".join(pieces)
