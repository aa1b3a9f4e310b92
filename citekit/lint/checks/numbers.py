"""CK405 to CK409: pages, volumes, editions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.formats.bib import EntryBlock, FieldBlock
from citekit.lint.checks.context import Context
from citekit.lint.findings import Finding
from citekit.lint.values import Piece, sole
from citekit.model import Span

__all__ = ["check_entry"]

_RANGE = re.compile(r"(?<![\w-])([A-Za-z]{0,3})(\d{1,7})(\s*)([-‐‑–—−]{1,3})(\s*)([A-Za-z]{0,3})(\d{1,7})(?![\w-])")
_ROMAN_RANGE = re.compile(r"(?<![\w-])[ivxlcdm]{1,15}(\s?-\s?)[ivxlcdm]{1,15}(?![\w-])", re.IGNORECASE)
_PREFIX = re.compile(r"\s*(?:pages?|pp?\.|S\.|Seiten?|pag\.)[\s~]*(?=\d)", re.IGNORECASE)
# Two numbers and a hyphen are no pages where they are the parts of one number: "12-3" of an electronic journal is rare
# in pages, and what BibTeX's own manual calls wrong.
_VOLUME = re.compile(r"\s{0,20}(?:vol(?:ume)?s?|bd|band|t|tome|tomo)(?:\.|[\s~])[\s~]{0,9}(?=[\dIVXLC])", re.IGNORECASE)
_NUMBER = re.compile(r"\s{0,20}(?:nos?|nr|n°|nº|issue|number|heft|h)(?:\.|[\s~])[\s~]{0,9}(?=\d)", re.IGNORECASE)
_EDITION = re.compile(r"(?<=\w)[\s~]*(?<!\w)(?:edn|ed|edition)\.?\s*\Z", re.IGNORECASE)


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """Numbers of one entry."""
    for field in entry.fields:
        piece = sole(field)
        if piece is None or not piece.text.strip():
            continue
        if field.key == "pages":
            yield from _pages(context, entry, field, piece)
        elif field.key == "volume":
            yield from _labelled(context, entry, field, piece, _VOLUME)
        elif field.key in ("number", "issue"):
            yield from _labelled(context, entry, field, piece, _NUMBER)
        elif field.key == "edition":
            found = _EDITION.search(piece.text)
            if found:
                yield context.report.finding(
                    "CK409",
                    "styles add “edition” or “ed.” themselves; leave it out",
                    piece.span(found.start(), found.end()),
                    entry,
                    field,
                    "",
                )


def _labelled(
    context: Context, entry: EntryBlock, field: FieldBlock, piece: Piece, label: re.Pattern[str]
) -> Iterator[Finding]:
    found = label.match(piece.text)
    if found:
        yield context.report.finding(
            "CK409",
            f"styles add “{found[0].strip(' ~')}” themselves; leave it out",
            piece.span(0, found.end()),
            entry,
            field,
            "",
        )


def _one_hyphen(context: Context, entry: EntryBlock, field: FieldBlock, shown: str, place: Span) -> Finding:
    message = f"{shown}: a range of pages has two hyphens, or TeX sets a hyphen"
    return context.report.finding("CK406", message, place, entry, field, "--")


def _pages(context: Context, entry: EntryBlock, field: FieldBlock, piece: Piece) -> Iterator[Finding]:
    prefix = _PREFIX.match(piece.text)
    if prefix:
        yield context.report.finding(
            "CK408",
            f"styles put “{prefix[0].strip(' ~')}” before pages themselves; leave it out",
            piece.span(0, prefix.end()),
            entry,
            field,
            "",
        )
    for found in _RANGE.finditer(piece.text):
        opening, first, _, dash, _, closing, last = found.groups()
        if closing and closing.lower() != opening.lower():
            continue
        if opening and not closing and len(last) < len(first):
            continue  # e1234-5: the number of an article, and no range
        shown = f"{opening}{first}-{closing}{last}"
        if dash == "-":
            yield _one_hyphen(context, entry, field, shown, piece.span(found.start(3), found.end(5)))
        # A number that begins with 0 is no page: article numbers, report numbers.
        if int(last) >= int(first) or first.startswith("0") or last.startswith("0"):
            continue
        whole = first[: len(first) - len(last)] + last
        place = piece.span(found.start(), found.end())
        if len(last) < len(first) and int(whole) > int(first):
            message = (
                f"{shown}: write {opening}{first}--{closing}{whole}; styles cut the second number where they should"
            )
            yield context.report.finding("CK407", message, place, entry, field)
        else:
            yield context.report.finding("CK405", f"{shown}: runs backwards; correct it", place, entry, field)
    for found in _ROMAN_RANGE.finditer(piece.text):
        yield _one_hyphen(context, entry, field, found[0], piece.span(found.start(1), found.end(1)))
