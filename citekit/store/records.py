"""A bibliography as a document: each record with its own name and its place in the file's text. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citekit import formats
from citekit.errors import FormatError
from citekit.formats.bib import read_file, warnings_of
from citekit.formats.bibtex import items_of
from citekit.formats.dialects import BIBLATEX, BIBTEX
from citekit.formats.inheritance import is_template
from citekit.formats.recognition import format_of, looks_like_ris, looks_like_yaml
from citekit.formats.types import DATES, ENTRY_TYPES, NAMES
from citekit.model import Citation, Diagnostic, Document, Extraction, Form, Item, Note, NoteKind, Severity, Span, Work

__all__ = ["Record", "as_extraction", "is_bibliography", "own_key", "read_records"]

_NAMES_SHOWN = 3
_NOTATIONS = ("bibtex", "biblatex")  # in a .bib file what could not be read stands between the entries
_BLOCK = re.compile(r"@(\w+)\s*[{(]")
_FIRST = re.compile(r"\ufeff?(?:\s+|%[^\n]*)*+")  # blank lines and comments
# What a user can write in \cite{…}; a record's number in a database, or an address, is no such key.
_KEY = re.compile(r"(?!\d+$)(?!.*://)[^\s,{}()\"'#%~\\@=]{1,100}")


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of a bibliography.

    Attributes:
        name: its own name in the file, told apart where the file uses it twice.
        key: the citation key that it brings along, None where its name is none.
        item: its CSL-JSON item, without `id`.
        span: its place in the file's text; empty where it could not be told.
    """

    name: str
    key: str | None
    item: Item
    span: Span


def is_bibliography(path: str, text: str) -> bool:
    """Whether a file is a bibliography rather than a document: by its name's ending, else by what it begins with."""
    if path.lower().endswith((".bib", ".bibtex", ".biblatex", ".csljson", ".ris")):
        return True
    if looks_like_ris(text) or looks_like_yaml(text):
        return True
    start = _FIRST.match(text)
    place = start.end() if start else 0
    if text[place : place + 1] == "@":
        found = _BLOCK.match(text, place)
        return found is not None and found[1].lower() in ENTRY_TYPES
    if text[place : place + 1] not in ("[", "{"):
        return False
    try:
        return bool(read_records(text, format_of(".json", text))[0])
    except FormatError:
        return False


def read_records(text: str, format: str) -> tuple[list[Record], tuple[Diagnostic, ...]]:  # noqa: A002
    """The records of a bibliography in the order of the file, and what could not be read.

    Raises:
        FormatError: the text is not in the format at all.
    """
    items, places, trouble = _parts(text, format)
    records: list[Record] = []
    refused: list[Diagnostic] = []
    names: dict[str, int] = {}
    numbers: list[str] = []  # names that are no keys, in formats whose programs number their records
    for number, item in enumerate(items, 1):
        stated = item.get("id")
        name = str(stated) if isinstance(stated, str | int) and str(stated).strip() else f"record {number}"
        names[name] = names.get(name, 0) + 1
        span = next(places, Span(0, 0))
        unique = name if names[name] == 1 else f"{name} ({names[name]})"
        said = {field: _unlisted(field, value) for field, value in item.items() if field != "id"}
        said = {field: value for field, value in said.items() if value is not None}
        problem = _problem(said)
        if problem:
            line = text.count("\n", 0, span.start) + 1
            message = f"line {line}: {name}: {problem}; correct the record and import the file again"
            refused.append(Diagnostic(Severity.WARNING, "record-unusable", message, span))
            continue
        if format in _NOTATIONS and own_key(item) is None:
            line = text.count("\n", 0, span.start) + 1
            message = f"line {line}: {name!r} is no citation key, so the work gets another; rename it with citekit key"
            refused.append(Diagnostic(Severity.WARNING, "key-unusable", message, span))
        elif name == str(stated) and own_key(item) is None:
            numbers.append(name)
        if format in _NOTATIONS and names[name] > 1:
            line = text.count("\n", 0, span.start) + 1
            message = (
                f"line {line}: the key {name} is an earlier entry's too, and BibTeX takes that one; give it another"
            )
            refused.append(Diagnostic(Severity.WARNING, "key-twice", message, span))
        records.append(Record(unique, own_key(item) if names[name] == 1 else None, said, span))
    if numbers:
        refused.append(_told_numbers(numbers))
    return records, (*trouble, *refused)


def _told_numbers(names: Sequence[str]) -> Diagnostic:
    """One line for all records whose names are no citation keys: a library of thousands can have none."""
    shown = ", ".join(map(repr, names[:_NAMES_SHOWN])) + (" …" if len(names) > _NAMES_SHOWN else "")
    if len(names) == 1:
        said = f"{shown} is no citation key, so the work gets another; rename it with citekit key"
    else:
        said = f"{shown}: {len(names)} records have no citation keys as names, so their works get others; rename them "
        said += "with citekit key"
    return Diagnostic(Severity.WARNING, "key-unusable", said)


def _parts(
    text: str,
    format: str,  # noqa: A002 - the word that users know
) -> tuple[list[dict[str, Any]], Iterator[Span], tuple[Diagnostic, ...]]:
    """The items, where each stands, and what could not be read."""
    try:
        if format not in _NOTATIONS:
            items, trouble = formats.read(text, format)
            return items, iter(formats.places(text, format) or ()), trouble
        file = read_file(text)
        whole = items_of(file, BIBLATEX if format == "biblatex" else BIBTEX, inherit=True)
    except RecursionError as error:
        raise FormatError("is nested too deeply for a bibliography; correct it") from error
    works = [(item, block.span) for item, block in zip(whole, file.entries, strict=True) if not is_template(item)]
    return [item for item, _ in works], iter([span for _, span in works]), (*file.diagnostics, *warnings_of(file))


def own_key(item: Item) -> str | None:
    """The citation key that a record brings along (CSL's `citation-key`, else its `id`), None where that is none."""
    for field in ("citation-key", "id"):
        stated = item.get(field)
        if isinstance(stated, str) and _KEY.fullmatch(stated):
            return stated
    return None


def as_extraction(document: Document, records: Sequence[Record], trouble: tuple[Diagnostic, ...]) -> Extraction:
    """A bibliography as the store keeps all documents: each record a note of its own, that names one work in full.

    So a record has its place and its words, and decisions can hold on to it as they do to a citation.
    """
    notes, citations, works = [], [], []
    for number, record in enumerate(records, 1):
        words = document.text[record.span.start : record.span.end]
        note, citation, work = f"n{number}", f"c{number}", f"w{number}"
        notes.append(Note(note, record.name, NoteKind.REFERENCE, None, (record.span,), words))
        citations.append(Citation(citation, note, (record.span,), words, Form.FULL, record.item, works=(work,)))
        works.append(Work(work, record.item, (citation,)))
    return Extraction(document, tuple(notes), (), tuple(citations), tuple(works), trouble)


def _problem(item: Item) -> str | None:
    """Why a record cannot be kept; None where it can."""
    if not any(item.get(field) for field in item if field not in ("type", "custom", "citation-key")):
        return "says nothing about a work"
    try:
        json.dumps(item, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "holds half of a character (a lone surrogate)"
    return _wrong_shape(item)


# CSL-JSON's schema (https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json): names are lists of
# objects, dates are objects, all else is text or a number. Crossref's own JSON has lists of words where CSL has words
# (https://api.crossref.org/swagger-ui/index.html, Work): of one word it says the same.
_MANY = frozenset({"ISBN", "ISSN", "keyword"})  # of which a work can have several; as text they are a list too


def _unlisted(field: str, value: Any) -> Any:
    """A list of words as the word that it holds; None for nothing, and what is something else as it is."""
    if field in NAMES or field in ("custom", "categories") or not isinstance(value, list):
        return value
    words = [word for word in value if word not in (None, "")]
    if len(words) < 2:
        return words[0] if words else None
    return ", ".join(map(str, words)) if field in _MANY and all(map(_plain, words)) else value


def _wrong_shape(item: Item) -> str | None:
    for field, value in item.items():
        if field in NAMES:
            if not (isinstance(value, list) and all(map(_is_name, value))):
                return f"{field} is no list of names"
        elif field in DATES:
            if not _is_date(value):
                return f"{field} is no CSL date"
        elif field == "custom":
            if not isinstance(value, Mapping):
                return "custom is no object"
        elif field == "categories":
            if not (isinstance(value, list) and all(map(_plain, value))):
                return "categories is no list of words"
        elif isinstance(value, list) and all(map(_plain, value)):
            return f"{field} is a list of several"
        elif not _plain(value):
            return f"{field} is neither text nor a number"
    return None


def _is_name(name: Any) -> bool:
    return isinstance(name, Mapping) and all(_plain(part) or isinstance(part, bool) for part in name.values())


def _is_date(date: Any) -> bool:
    """An object whose parts, where it has any, are one or two lists of numbers; Crossref writes [[null]] for none."""
    if not isinstance(date, Mapping):
        return False
    parts = date.get("date-parts")
    return parts is None or (
        isinstance(parts, list)
        and all(
            isinstance(point, list) and all(number is None or _plain(number) for number in point) for point in parts
        )
    )


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
