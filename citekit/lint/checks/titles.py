"""CK601 to CK604: titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.formats.bib import EntryBlock, FieldBlock
from citekit.lint.checks.context import Context
from citekit.lint.data_model import TITLE_FIELDS
from citekit.lint.findings import Finding
from citekit.lint.values import Piece, sole

__all__ = ["check_entry"]

_TOKEN = re.compile(r"\\[A-Za-z]+\s*|\\.|\$[^$]*\$|[{}]|[^\s{}\\$\-‐‑–—/]+|[\s\-‐‑–—/]+|\$", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 3  # a title of one or two words can be a name or an acronym
_LEAST_LETTERS = 12
_PLAIN = re.compile(r"[\w’'.]+")
_SHORTENED = re.compile(r"(?:^|[\s.])[^\W\d_]{1,3}\.\Z")  # "etc.", "vol.", "A.": the stop belongs to the word


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """Titles of one entry."""
    for field in entry.fields:
        if field.key not in TITLE_FIELDS or not field.text.strip():
            continue
        in_capitals = _is_in_capitals(field.decoded)
        if in_capitals:
            yield context.report.finding(
                "CK601",
                "is in capitals; write it in small letters, styles set capitals",
                field.value_span,
                entry,
                field,
            )
        if field.key in ("title", "booktitle", "subtitle", "maintitle"):
            yield from _shape(context, entry, field, in_capitals=in_capitals)


def _is_in_capitals(title: str) -> bool:
    words = _WORDS.findall(title)
    letters = "".join(words)
    cased = sum(letter.isupper() or letter.islower() for letter in letters)
    return len(words) >= _LEAST_WORDS and cased >= _LEAST_LETTERS and cased == len(letters) and letters.isupper()


def _shape(context: Context, entry: EntryBlock, field: FieldBlock, *, in_capitals: bool) -> Iterator[Finding]:
    piece = sole(field)
    if piece is None:
        return
    text = piece.text.strip()
    whole = len(text) > 2 and text[0] == "{" and _group_end(text) == len(text) - 1
    if whole and len(_WORDS.findall(text)) > 1:
        yield context.report.finding(
            "CK603",
            "is in braces as a whole, so that no style can change its case; brace names and acronyms alone",
            field.value_span,
            entry,
            field,
        )
    if text.endswith(".") and not text.endswith("..") and not _SHORTENED.search(text):
        yield context.report.finding("CK604", "ends with a full stop, which styles add", field.value_span, entry, field)
    # BibTeX's own case change is for titles alone (btxdoc 4, change.case$).
    if field.key == "title" and not whole and not in_capitals:
        yield from _unprotected(context, entry, field, piece)


def _unprotected(context: Context, entry: EntryBlock, field: FieldBlock, piece: Piece) -> Iterator[Finding]:
    """Words outside braces with a capital behind their first letter."""
    depth = 0
    glued = False  # what a brace or a command stands in is one word with it: \"Uber, {M}ac
    tokens = list(_TOKEN.finditer(piece.text))
    for number, token in enumerate(tokens):
        sign = token[0]
        if sign in "{}":
            depth = max(depth + (1 if sign == "{" else -1), 0)
            glued = True
            continue
        if sign[0] in "\\$" or sign[0].isspace() or sign[0] in "-‐‑–—/":
            glued = sign[0] in "\\$"
            continue
        follower = tokens[number + 1][0][0] if number + 1 < len(tokens) else " "
        letters = [letter for letter in sign if letter.isalpha()]
        if depth == 0 and not glued and follower not in "{\\$" and any(letter.isupper() for letter in letters[1:]):
            start, end = token.span()
            core = sign.strip("\"'“”‘’«»„()[],;:.?!`")
            start += sign.index(core)
            end = start + len(core)
            if not _PLAIN.fullmatch(core):
                continue
            yield context.report.finding(
                "CK602",
                f"{core}: styles that set titles in small letters make {core.lower()} of it; write {{{core}}}",
                piece.span(start, end),
                entry,
                field,
                f"{{{core}}}",
            )
        glued = False


def _group_end(text: str) -> int:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return place
    return -1
