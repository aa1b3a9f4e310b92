"""CK301 to CK307: ISBN, ISSN, DOI and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.formats.bib import EntryBlock, FieldBlock
from citekit.lint.checks.context import Context
from citekit.lint.findings import Finding
from citekit.lint.values import sole

__all__ = ["check_entry", "check_file"]

_SEPARATOR = re.compile(r"[,;/]|\sand\s|\s(?=97[89])")
_LABEL = re.compile(r"(?:e-?|p-?|online|print)?\s{0,3}(?:ISBN|ISSN)(?:-1[03])?\s{0,3}:?\s{0,3}", re.IGNORECASE)
_REMARK = re.compile(r"\([^()]*\)")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_RESOLVER = re.compile(r"\s{0,20}(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s{0,9}|doi\.org/)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+|10/[a-z0-9]+")  # or a short DOI (shortdoi.org)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s<>{}]+")
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s{}<>\"]+", re.IGNORECASE)


def check_file(context: Context) -> Iterator[Finding]:
    """DOIs that several entries have."""
    seen: dict[str, EntryBlock] = {}
    for entry in context.file.entries:
        field = entry.field("doi")
        if field is None or entry.type.lower() in ("xdata", "set"):
            continue
        doi = _bare(field.text).lower()
        if not _DOI.fullmatch(doi):
            continue
        first = seen.setdefault(doi, entry)
        if first is not entry and first.key != entry.key:
            yield context.report.finding(
                "CK305",
                f"{first.key or 'an entry'} in line {first.line} has the same DOI: one work twice, or one DOI is wrong",
                field.value_span,
                entry,
                field,
            )


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """Identifiers of one entry."""
    for field in entry.fields:
        if not field.text.strip():
            continue
        if field.key == "isbn":
            yield from _numbers(context, entry, field, "CK301")
        elif field.key == "issn":
            yield from _numbers(context, entry, field, "CK302")
        elif field.key == "doi":
            yield from _doi(context, entry, field)
        elif field.key == "url" and not _URL.match(_plain(field)):
            yield context.report.finding(
                "CK306",
                "is no address; write it with https://, without spaces or LaTeX",
                field.value_span,
                entry,
                field,
            )
        elif field.key == "note" and entry.field("url") is None and entry.field("doi") is None:
            address = _ADDRESS.search(field.text)
            if address:
                yield context.report.finding(
                    "CK307",
                    "holds an address; url is the field for it, where programs find it",
                    field.value_span,
                    entry,
                    field,
                )


def _plain(field: FieldBlock) -> str:
    value = field.text.strip()
    return value[5:-1].strip() if value.startswith(r"\url{") and value.endswith("}") else value


def _numbers(context: Context, entry: EntryBlock, field: FieldBlock, code: str) -> Iterator[Finding]:
    from stdnum import isbn, issn
    from stdnum.exceptions import InvalidChecksum, ValidationError

    validate = isbn.validate if code == "CK301" else issn.validate
    name = "ISBN" if code == "CK301" else "ISSN"
    for part in _listed(field.decoded, 10 if code == "CK301" else 8):
        number = _LABEL.sub("", part).strip(" .\u00a0").translate(_DASHES)
        if not any(sign.isdigit() for sign in number):
            continue
        try:
            validate(number)
        except InvalidChecksum:
            problem = (
                f"{number}: the check digit is wrong; compare it with the book"
                if code == "CK301"
                else (f"{number}: the check digit is wrong; compare it with the journal")
            )
        except ValidationError:
            problem = f"{number}: is no {name}; correct it, or take it out"
        else:
            continue
        yield context.report.finding(code, problem, field.value_span, entry, field)


def _listed(text: str, least: int) -> Iterator[str]:
    """The numbers of a field: between commas and the like, or between spaces where each has all its digits."""
    for part in _SEPARATOR.split(" ".join(_REMARK.sub(" ", text).split())):
        words = part.split()
        if len(words) > 1 and all(sum(sign.isdigit() for sign in word) >= least - 1 for word in words):
            yield from words
        else:
            yield part


def _bare(text: str) -> str:
    return _RESOLVER.sub("", text.strip().strip("{}").replace("\\_", "_"), count=1).strip()


def _doi(context: Context, entry: EntryBlock, field: FieldBlock) -> Iterator[Finding]:
    bare = _bare(field.text)
    if not _DOI.fullmatch(bare):
        yield context.report.finding(
            "CK303", "is no DOI, which begins with 10. and has a slash; correct it", field.value_span, entry, field
        )
        return
    piece = sole(field)
    resolver = _RESOLVER.match(piece.text) if piece else _RESOLVER.match(field.text)
    if resolver:
        span = piece.span(0, resolver.end()) if piece else field.value_span
        yield context.report.finding(
            "CK304",
            f"the DOI alone is {bare}; styles put the resolver before it",
            span,
            entry,
            field,
            "" if piece else None,
        )
