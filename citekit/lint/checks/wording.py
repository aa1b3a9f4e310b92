"""CK701 to CK708: letters that were decoded wrongly, HTML, and LaTeX that TeX cannot read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape as html_text
from html.entities import html5

from citekit.formats.bib import VERBATIM_FIELDS, EntryBlock, FieldBlock
from citekit.formats.latex import escape
from citekit.lint.checks.context import Context
from citekit.lint.findings import Finding
from citekit.lint.values import Piece, pieces, printed

__all__ = ["check_entry"]

_ENTITY = re.compile(r"\\?&(\\?#\d{1,7}|\\?#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,24}\d{0,2});")
_TAG = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|span|small|big|br|p|div|a|font|sc|scp|tt|jats:[a-z]+|mml:[a-z]+)(?:\s[^<>{}]{0,200})?\s?/?>",
    re.IGNORECASE,
)
# What is no word of the text: commands whose arguments are addresses, mathematics, escaped signs.
_OPAQUE = re.compile(
    r"\\verb\*?([^\sA-Za-z*{])[^\n]{0,2000}?\1|\\(?:url|path|href|nolinkurl|verb|bibinfo|cite[a-z]*|label|ref|includegraphics|texttt\{\\detokenize)\s*\{[^{}]*+\}|\\.|"
    r"\$\$?[^$]*+\$\$?|\\\((?:[^()\\]|\\(?![()]))*+\\\)|\\begin\{tabular\}",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[&%#_]")
_DOLLAR = re.compile(r"(?<!\\)\$")
_BEGIN_END = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_POWERFUL = re.compile(
    r"\\(?:input|include|InputIfFileExists|@@input|write18|write|openout|openin|read|immediate|catcode|csname|def|edef|gdef|"
    r"xdef|let|futurelet|usepackage|RequirePackage|special|directlua|luaexec|ShellEscape|verbatiminput|lstinputlisting|"
    r"newwrite|newread|newcommand|renewcommand|loop|everypar|documentclass)(?![A-Za-z])"
)
_MARK = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_JOINERS = re.compile("[\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LOST = "\ufffd"
_LONGEST_ADDRESS = 2_000  # characters; what is longer is no address in running words


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """The words of one entry."""
    set_by_tex = {id(field) for field in printed(entry)}
    for field in entry.fields:
        found = pieces(field.raw, field.value_span.start)
        is_set = id(field) in set_by_tex
        for piece in found:
            if field.key != "csl-json" and not field.key.startswith("bdsk-file"):
                yield from _letters(context, entry, field, piece)
            if field.key in VERBATIM_FIELDS or field.key in ("csl-json", "keywords", "file"):
                continue
            entities = list(_html(context, entry, field, piece)) if is_set or field.key == "abstract" else []
            yield from entities
            if is_set:
                covered = [finding.span for finding in entities if finding.span is not None]
                places = {place for span in covered for place in range(span.start, span.end)}
                yield from _latex(context, entry, field, piece, places)
        if is_set and field.text:
            yield from _whole(context, entry, field)


def _letters(context: Context, entry: EntryBlock, field: FieldBlock, piece: Piece) -> Iterator[Finding]:
    """Mojibake, parted accents, invisible characters."""
    text = piece.text
    if text.isascii() and text.isprintable():
        return
    span = piece.span(0, len(text))
    if _LOST in text:
        yield context.report.finding(
            "CK701",
            "a letter was lost when the file was converted (U+FFFD stands for it); write it again",
            span,
            entry,
            field,
        )
    elif not text.isascii():
        right = _decoded_rightly(text)
        if right != text:
            yield context.report.finding(
                "CK701", f"was decoded wrongly: it should be {' '.join(right.split())[:80]}", span, entry, field, right
            )
            return
    for mark in _MARK.finditer(text):
        composed = unicodedata.normalize("NFC", mark[0])
        if composed != mark[0] and len(composed) == 1:
            yield context.report.finding(
                "CK707",
                f"{composed}: stands as a letter and its accent, which sorts and searches otherwise",
                piece.span(mark.start(), mark.end()),
                entry,
                field,
                composed,
            )
    mixed = _RIGHT_TO_LEFT.search(text) is not None  # there marks of direction have a sense
    for sign in _INVISIBLE.finditer(text):
        if not mixed or not (_JOINERS.match(sign[0]) or unicodedata.bidirectional(sign[0]) not in ("BN",)):
            yield context.report.finding(
                "CK708",
                f"U+{ord(sign[0]):04X} cannot be seen, and parts words in searches",
                piece.span(*sign.span()),
                entry,
                field,
                "" if sign[0] not in "\x0b\x0c" else " ",
            )


def _decoded_rightly(text: str) -> str:
    import ftfy

    return ftfy.fix_encoding(text)


def _html(context: Context, entry: EntryBlock, field: FieldBlock, piece: Piece) -> Iterator[Finding]:
    for entity in _ENTITY.finditer(piece.text):
        name = entity[1].replace("\\", "")
        if not name.startswith("#") and f"{name};" not in html5:
            continue
        meant = html_text(f"&{name};")
        readable = meant.isprintable() and "&" not in meant[1:]
        yield context.report.finding(
            "CK702",
            f"{entity[0]} is HTML for {meant if meant.strip() else 'a space'}",
            piece.span(*entity.span()),
            entry,
            field,
            (escape(meant) or " ") if readable or meant == "\u00a0" else None,
        )
    tag = _TAG.search(piece.text)
    if tag:
        yield context.report.finding(
            "CK703",
            f"{tag[0][:40]} is HTML, which TeX prints as it is; write \\emph{{…}} or its like",
            piece.span(*tag.span()),
            entry,
            field,
        )


def _latex(
    context: Context, entry: EntryBlock, field: FieldBlock, piece: Piece, covered: set[int]
) -> Iterator[Finding]:
    opaque = [match.span() for match in _OPAQUE.finditer(piece.text)]
    number = 0
    for sign in _SPECIAL.finditer(piece.text):
        place = sign.start()
        while number < len(opaque) and opaque[number][1] <= place:
            number += 1
        if (number < len(opaque) and opaque[number][0] <= place) or piece.start + place in covered:
            continue
        if _in_address(piece.text, place):
            continue
        yield context.report.finding(
            "CK704",
            f"TeX does not print {sign[0]} alone; write \\{sign[0]}",
            piece.span(*sign.span()),
            entry,
            field,
            f"\\{sign[0]}",
        )


def _in_address(text: str, place: int) -> bool:
    """Whether a place is inside an address in running words, where a backslash may be no help."""
    nearest = max(0, place - _LONGEST_ADDRESS)
    start = max(nearest, *(text.rfind(blank, nearest, place) + 1 for blank in (" ", "\n", "\t", "{", "(", "<")))
    return "://" in text[start:place] or text.startswith("www.", start)


def _whole(context: Context, entry: EntryBlock, field: FieldBlock) -> Iterator[Finding]:
    text = field.text
    powerful = list(dict.fromkeys(found[0] for found in _POWERFUL.finditer(text)))
    if powerful:
        yield context.report.finding(
            "CK706",
            f"{', '.join(powerful)}: with this TeX reads, writes or redefines something; take it out",
            field.value_span,
            entry,
            field,
        )
    if "\\" not in text and "$" not in text:
        return
    problem = ""
    if len(_DOLLAR.findall(text)) % 2:
        problem = "an odd number of $: write \\$ for the sign, or close the formula"
    else:
        open_: list[str] = []
        for found in _BEGIN_END.finditer(text):
            if found[1] == "begin":
                open_.append(found[2])
            elif not open_ or open_.pop() != found[2]:
                problem = f"\\end{{{found[2]}}} ends nothing"
        problem = problem or (f"\\begin{{{open_[0]}}} has no end" if open_ else "")
    if problem:
        yield context.report.finding("CK705", problem, field.value_span, entry, field)
