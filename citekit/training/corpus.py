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
from typing import Any

from citekit.citations.line import TaggedField
from citekit.errors import CitekitError
from citekit.training.example import Example

__all__ = ["complete", "read_examples"]

_NAMES = {
    "date": "issued", "pages": "page", "url": "URL", "doi": "DOI", "isbn": "ISBN", "location": "publisher-place",
    "journal": "container-title",
}  # fmt: skip
_NOWHERE = frozenset({"other", "citation-number"})
_YEAR_AT_END = re.compile(r"(?<=[\s,(])(?:1[4-9]|20)\d\d\)?[.,]?$")
# A container, or an editor, that somebody left in the title.
_MERGED = re.compile(r"[,.;»”\"]\s?(?:in|In|IN|dans|en)\b[:\s]|»\s?[,.]|”\s?[,.]|\ba cura di\b")
_COVERED = 0.93  # of the letters; of others somebody left fields out


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file, in order; a field that is not in its text is left out.

    Raises:
        CitekitError: the file cannot be read, or a line is no labelled string; the message names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8"
        raise CitekitError(f"{path}: cannot be read ({reason}); check the file") from error
    for number, record in _records(path, text):
        try:
            example = _example(record, path.stem)
        except (KeyError, TypeError, ValueError) as error:
            raise CitekitError(
                f'{path}:{number}: is no labelled string; give {{"text", "citations"}} as citekit parse --json prints '
                'it, or {"text", "fields"}'
            ) from error
        yield example


def complete(example: Example) -> bool:
    """Whether the fields cover the words; an example that leaves some out would teach that they belong to none."""
    covered = sum(char.isalnum() for field in example.fields for char in example.text[field.start : field.end])
    return covered >= _COVERED * sum(map(str.isalnum, example.text)) and not any(
        field.name == "title" and _MERGED.search(example.text[field.start : field.end]) for field in example.fields
    )


def _records(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    if text.lstrip()[:1] == "[":
        try:
            yield from enumerate(json.loads(text), 1)
        except ValueError as error:
            raise CitekitError(f"{path}: is no JSON ({error}); correct it") from error
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise CitekitError(f"{path}:{number}: is no JSON ({error}); correct the line") from error


def _example(record: Mapping[str, Any], source: str) -> Example:
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError("text")
    fields = _verbatim(text, record["fields"]) if "fields" in record else _spans(record["citations"])
    return Example(
        text,
        tuple(_apart(text, fields)),
        str(record.get("lang", "und")),
        str(record.get("source", source)),
        record.get("kind") == "note",
    )


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
