"""Citation strings with their fields, read from files as examples.

One JSON object a line, or one array of objects. An object is

- what `citekit parse --json` prints, corrected: `{"text", "citations": [{"field_spans": {"title": [[s, e]], …}}, …]}`;
- or the words of the fields, verbatim and in order: `{"text", "fields": [["author", "Smith, J."], …]}`, with "lang",
  "kind" and "source" where known.

Projects label differently; names are brought to the field names of `citekit parse`, and what is left (label words
and closing punctuation in a field, or not) is settled in `citekit.training.labels`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import shorten
from typing import Any

from citekit.citations.line import TaggedField
from citekit.errors import CitekitError
from citekit.store.fields import FIELDS
from citekit.training.example import Example

__all__ = ["complete", "read_corrected", "read_examples"]

_NAMES = {
    "date": "issued", "pages": "page", "url": "URL", "doi": "DOI", "isbn": "ISBN", "location": "publisher-place",
    "journal": "container-title",
}  # fmt: skip
_NOWHERE = frozenset({"other", "citation-number"})
# Fields that `citekit parse` finds and CSL has under another name or none.
_OWN = frozenset({"locator", "translated-title", "original-title", "original-date", "archive-date", "signal"})
_SHOWN = 40  # characters of the words that a complaint quotes
_YEAR_AT_END = re.compile(r"(?<=[\s,(])(?:1[4-9]|20)\d\d\)?[.,]?$")
# A container, or an editor, that somebody left in the title.
_MERGED = re.compile(r"[,.;»”\"]\s?(?:in|In|IN|dans|en)\b[:\s]|»\s?[,.]|”\s?[,.]|\ba cura di\b")
_COVERED = 0.93  # of the letters; of others somebody left fields out


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file, in order; a field that is not in its text is left out.

    Raises:
        CitekitError: the file cannot be read, or a line is no labelled string; the message names the line.
    """
    for number, record in _records(path, _words(path)):
        try:
            yield _example(record, path.stem)
        except ValueError as error:
            raise CitekitError(f"{path}:{number}: {error}") from error


def read_corrected(path: Path) -> tuple[list[Example], list[str]]:
    """The examples of a file that a person has corrected, and a complaint for each line that cannot be meant so.

    A line that is no labelled string teaches nothing; a field of no known name, words that the text does not have (in
    that order), or a place outside the text would teach something wrong. Such a line is left out whole. A complaint has
    place, problem and remedy.

    Raises:
        CitekitError: the file cannot be read, or is one array that is no JSON.
    """
    examples, complaints = [], []
    for number, record in _records(path, _words(path)):
        try:
            example = _example(record, path.stem)
            fault = _fault(example.text, record)
        except ValueError as error:
            fault = str(error)
        if fault is None:
            examples.append(example)
        else:
            complaints.append(f"{path}:{number}: {fault}")
    return examples, complaints


def _fault(text: str, record: Mapping[str, Any]) -> str | None:
    """What is wrong with the fields of a line, and the remedy; None where nothing is."""
    known = FIELDS | _OWN | _NAMES.keys() | _NOWHERE
    if "fields" not in record:
        fields = _spans(record["citations"])
        unknown = next((field.name for field in fields if field.name not in known), None)
        outside = next((field for field in fields if not 0 <= field.start < field.end <= len(text)), None)
        if unknown is None and outside is not None:
            return (
                f"the {outside.name} [{outside.start}, {outside.end}] is no place in a text of {len(text)} characters; "
                "correct the places, start before end"
            )
    else:
        unknown = next((str(name) for name, _ in record["fields"] if str(name) not in known), None)
        place = 0
        for name, value in record["fields"] if unknown is None else ():
            start = text.find(value, place) if value else -1
            if start < 0:
                where = "in this order" if value and value in text else "in the text"
                return (
                    f"the {name} “{shorten(str(value), _SHOWN, placeholder='…')}” does not stand {where}; "
                    "copy the words from the text, field after field"
                )
            place = start + len(value)
    if unknown is not None:
        return (
            f"no field is called “{shorten(unknown, _SHOWN, placeholder='…')}”; use the names of citekit parse --json"
        )
    return None


def _words(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise CitekitError(f"{path}: is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from error
        raise CitekitError(f"{path}: cannot be read ({error.strerror}); check the file") from error


def complete(example: Example) -> bool:
    """Whether the fields cover the words; an example that leaves some out would teach that they belong to none."""
    covered = sum(char.isalnum() for field in example.fields for char in example.text[field.start : field.end])
    return covered >= _COVERED * sum(map(str.isalnum, example.text)) and not any(
        field.name == "title" and _MERGED.search(example.text[field.start : field.end]) for field in example.fields
    )


def _records(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    """The objects of an array, or of lines, each with its number; in place of a line that is no JSON, its fault."""
    if text.lstrip()[:1] == "[":
        try:
            yield from enumerate(json.loads(text), 1)
        except (ValueError, RecursionError) as error:
            raise CitekitError(f"{path}: is no JSON ({error}); correct it") from error
        return
    # Whoever corrects by hand may write words with signs that Python takes for the end of a line (U+2028, U+0085).
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, ValueError(f"is no JSON ({error}); correct the line")


def _example(record: Any, source: str) -> Example:
    """The example that an object states.

    Raises:
        ValueError: it is no labelled string; the message has problem and remedy.
    """
    if isinstance(record, ValueError):
        raise record
    try:
        text = record["text"]
        if not isinstance(text, str):
            raise TypeError("text")  # noqa: TRY301 - one fault among others
        fields = _verbatim(text, record["fields"]) if "fields" in record else _spans(record["citations"])
        return Example(
            text,
            tuple(_apart(text, fields)),
            str(record.get("lang", "und")),
            str(record.get("source", source)),
            record.get("kind") == "note",
        )
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise ValueError(
            'is no labelled string; give {"text", "citations"} as citekit parse --json prints it, or {"text", "fields"}'
        ) from error


def _spans(citations: Any) -> list[TaggedField]:
    return sorted(
        (
            TaggedField(str(name), int(start), int(end))
            for citation in citations
            for name, spans in citation["field_spans"].items()
            for start, end in spans
        ),
        key=lambda field: field.start,
    )


def _verbatim(text: str, named: Any) -> list[TaggedField]:
    fields: list[TaggedField] = []
    place = 0
    for name, value in named:
        start = text.find(value, place)
        if start < 0 or not value:
            continue
        place = start + len(value)
        if name not in _NOWHERE:
            fields.append(TaggedField(_NAMES.get(name, name), start, place))
    return fields


def _apart(text: str, fields: list[TaggedField]) -> Iterator[TaggedField]:
    """The fields, none over another; a year that was left in a volume is a field of its own."""
    end = 0
    for field in fields:
        if field.start < end or not 0 <= field.start < field.end <= len(text):
            continue
        end = field.end
        late = _YEAR_AT_END.search(text[field.start : field.end]) if field.name in ("volume", "issue") else None
        if late and late.start():
            yield TaggedField(field.name, field.start, field.start + late.start())
            yield TaggedField("issued", field.start + late.start(), field.end)
        else:
            yield field
