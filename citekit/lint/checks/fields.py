"""CK201 to CK206: entry types, their fields, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.formats.bib import EntryBlock, FieldBlock
from citekit.lint.checks.context import Context
from citekit.lint.data_model import KNOWN_FIELDS, KNOWN_TYPES, OLD_FIELDS, OLD_TYPES, required
from citekit.lint.findings import Finding
from citekit.places import Span

__all__ = ["check_entry"]

_NEAR = 84  # of 100: "pubisher" is 94 to "publisher", "origin" 72 to "origtitle"
_LEAST_LETTERS = 5  # a short name is near to everything
_LEAST_SWAPPED = 3
_OFTEN_UNSIGNED = ("newspaper", "magazine", "legislation", "legal-case", "treaty")
_BLANKS = re.compile(r"[ \t]*,?[ \t]*")
_ONE_OF_OURS = re.compile(
    r"(?:user|verb|name|list|custom)[a-f]|bdsk-.*|date-.*|x-.*|opt.*|jabref-.*|zotero.*|mendeley-.*"
)


def check_entry(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    """What is about the type and the fields of one entry."""
    report = context.report
    kind = entry.type.lower()
    type_span = Span(entry.span.start + 1, entry.span.start + 1 + len(entry.type))
    if kind not in KNOWN_TYPES:
        yield report.finding(
            "CK201",
            f"@{entry.type} is no entry type; styles read it as @misc{_near(kind, KNOWN_TYPES)}",
            type_span,
            entry,
        )
    elif context.biblatex and kind in OLD_TYPES:
        yield report.finding(
            "CK206", f"@{entry.type} is BibTeX's name; BibLaTeX's is @{OLD_TYPES[kind]}", type_span, entry
        )
    named = {field.key for field in entry.fields}
    for field in entry.fields:
        yield from _name(context, entry, field, named)
        if not field.text.strip():
            yield report.finding(
                "CK205", "is empty; give it a value, or take it out", _with_comma(context, field), entry, field, ""
            )
    yield from _missing(context, entry)


def _name(context: Context, entry: EntryBlock, field: FieldBlock, named: set[str]) -> Iterator[Finding]:
    name_span = Span(field.span.start, field.span.start + len(field.name))
    if context.biblatex and field.key in OLD_FIELDS and not (field.key == "key" or OLD_FIELDS[field.key] in named):
        new = OLD_FIELDS[field.key]
        yield context.report.finding("CK206", f"is BibTeX's name; BibLaTeX's is {new}", name_span, entry, field, new)
    plain = field.key.partition("+an")[0]  # an annotation of another field (BibLaTeX manual 3.7)
    if plain in KNOWN_FIELDS or _ONE_OF_OURS.fullmatch(field.key):
        return
    near = _near(field.key, KNOWN_FIELDS)
    if near:
        yield context.report.finding(
            "CK202", f"is no known field, so that no style prints it{near}", name_span, entry, field
        )
    else:
        yield context.report.finding(
            "CK203", "is known to no standard style, which do not print it", name_span, entry, field
        )


def _near(name: str, known: frozenset[str]) -> str:
    """`; did you mean …?` where one known name is near, else nothing."""
    swapped = next((one for one in sorted(known) if len(name) > _LEAST_SWAPPED and _is_swapped(name, one)), None)
    if swapped:
        return f"; did you mean {swapped}?"
    if len(name) < _LEAST_LETTERS:
        return ""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    # One more letter behind a whole name counts things ("author2", "titles"); it misprints nothing.
    if found is None or (name.startswith(found[0]) and not name[len(found[0]) :].isalpha()):
        return ""
    return f"; did you mean {found[0]}?"


def _is_swapped(name: str, known: str) -> bool:
    """Whether two neighbouring letters of a name have changed places: the commonest slip of a typist ("tilte")."""
    places = [place for place, (one, other) in enumerate(zip(name, known, strict=False)) if one != other]
    return (
        len(name) == len(known)
        and len(places) == 2
        and places[1] == places[0] + 1
        and name[places[0]] == known[places[1]]
        and name[places[1]] == known[places[0]]
    )


def _missing(context: Context, entry: EntryBlock) -> Iterator[Finding]:
    wanted = required(entry.type.lower(), biblatex=context.biblatex)
    if not wanted:
        return
    said = {field.key for field in entry.fields if field.text.strip()}
    for parent in context.ancestors(entry):
        given = {field.key for field in parent.fields if field.text.strip()}
        said |= given | ({"booktitle", "journaltitle"} if given & {"title", "booktitle", "journaltitle"} else set())
    dangling = bool(said & {"crossref", "xdata"}) and not any(context.ancestors(entry))
    missing = [need.said for need in wanted if said.isdisjoint(need.fields)]
    if "author" in missing and _is_often_unsigned(entry):
        missing.remove("author")
    if missing and not dangling:  # what a lost entry would have brought, CK801 asks for
        yield context.report.finding(
            "CK204",
            f"@{entry.type} requires {', '.join(missing)}; add {'it' if len(missing) == 1 else 'them'}",
            entry.key_span if entry.key else Span(entry.span.start, entry.span.start + 1 + len(entry.type)),
            entry,
        )


def _is_often_unsigned(entry: EntryBlock) -> bool:
    """An article of a newspaper, a law, a judgment: they are cited by their titles (Chicago 17, 14.199, 14.276)."""
    stated = (field.text.strip().lower() for field in entry.fields if field.key == "entrysubtype")
    return any(subtype in _OFTEN_UNSIGNED for subtype in stated)


def _with_comma(context: Context, field: FieldBlock) -> Span:
    """A field with the comma behind it; with its whole line where nothing else stands there."""
    text = context.file.text
    end = field.span.end
    behind = _BLANKS.match(text, end)
    end = behind.end() if behind else end
    line = text.rfind("\n", 0, field.span.start) + 1
    if text[line : field.span.start].strip(" \t") == "" and line:
        for ending in ("\r\n", "\n"):
            if text.startswith(ending, end):
                return Span(line, end + len(ending))
    return Span(field.span.start, end)
