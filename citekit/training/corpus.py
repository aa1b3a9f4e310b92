"""Labelled citation strings of other projects, read as examples.

One JSON object a line: `{"text", "fields": [["author", "Smith, J."], …] verbatim and in order, "lang", "kind", "source",
"flags"}`. Projects label differently; here they are brought to one scheme: label words ("pp.", "In", "ed. by") and
closing punctuation are in no field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from citekit.citations.line import TaggedField
from citekit.training.example import Example

__all__ = ["read_examples"]

_NAMES = {
    "date": "issued", "pages": "page", "url": "URL", "doi": "DOI", "isbn": "ISBN", "issue": "volume", "location": "publisher-place",
    "journal": "container-title",
}  # fmt: skip
_NOWHERE = frozenset({"other", "citation-number"})
_YEAR_AT_END = re.compile(r"(?<=[\s,(])(?:1[4-9]|20)\d\d\)?[.,]?$")
# A container, or the name of a series, that somebody left in the title.
_MERGED = re.compile(r"[,.;»”\"]\s?(?:in|In|IN|dans|en)\b[:\s]|»\s?[,.]|”\s?[,.]|\ba cura di\b")
_COVERED = 0.93  # of the letters; of others somebody left fields out


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file; those whose fields are not found in their text, or that leave much out, are passed over."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if any(flag.startswith("dup-of") for flag in record["flags"]):
                continue
            example = _example(record)
            if example is not None:
                yield example


def _example(record: dict[str, object]) -> Example | None:
    text = str(record["text"])
    fields: list[TaggedField] = []
    place = covered = 0
    partial = "ocr" in record["flags"]  # type: ignore[operator]
    for name, value in record["fields"]:  # type: ignore[attr-defined]
        start = text.find(value, place)
        if start < 0:
            return None
        place = start + len(value)
        covered += sum(map(str.isalnum, value))
        if name in _NOWHERE:
            continue
        if partial and name == "note":
            return None
        name = _NAMES.get(name, name)
        if name == "volume" and (late := _YEAR_AT_END.search(value)) and late.start():
            fields.append(TaggedField(name, start, start + late.start()))
            fields.append(TaggedField("issued", start + late.start(), place))
            continue
        fields.append(TaggedField(name, start, place))
    if partial and any(found.name == "title" and _MERGED.search(text[found.start : found.end]) for found in fields):
        return None
    if covered < _COVERED * sum(map(str.isalnum, text)):
        return None
    return Example(text, tuple(fields), str(record["lang"]), str(record["source"]), record["kind"] == "note")
