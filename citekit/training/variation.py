"""The same citation as other documents show it: italics as marks or as emphasis, a number before it, no marks."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from citekit.citations.line import TaggedField
from citekit.model import Span
from citekit.training.example import Example

__all__ = ["varied"]

_ITALICS = re.compile(r"\*([^*\n]+)\*")
_NUMBERS = ("[{}] ", "{}. ", "{} ", "({}) ", "{}) ", "[{}]. ")


def varied(example: Example, chance: random.Random) -> Example:
    """The example as some document may have it; most often unchanged."""
    if "*" in example.text and chance.random() < 0.7:
        example = _with_emphasis(example)
    elif not example.emphasis and chance.random() < 0.12:
        example = replace(example, emphasis=_titles(example))
    if not example.note and chance.random() < 0.04:
        example = _unmarked(example)
    if not example.note and example.text[:1].isalpha() and chance.random() < 0.06:
        example = _shifted(example, chance.choice(_NUMBERS).format(chance.randrange(1, 200)))
    return example


def _shifted(example: Example, before: str) -> Example:
    by = len(before)
    fields = tuple(TaggedField(field.name, field.start + by, field.end + by) for field in example.fields)
    emphasis = tuple(Span(span.start + by, span.end + by) for span in example.emphasis)
    return replace(example, text=before + example.text, fields=fields, emphasis=emphasis)


def _unmarked(example: Example) -> Example:
    """Without the marks between fields, as a list looks that a program took apart and joined again."""
    text = ""
    fields = []
    place = 0
    for field in sorted(example.fields, key=lambda field: field.start):
        between = example.text[place : field.start]
        text += between if any(map(str.isalnum, between)) or not text else " "
        fields.append(TaggedField(field.name, len(text), len(text) + field.end - field.start))
        text += example.text[field.start : field.end]
        place = field.end
    return replace(example, text=text + example.text[place:], fields=tuple(fields), emphasis=())


def _with_emphasis(example: Example) -> Example:
    """The marks of Markdown taken out, as a reader of the format does."""
    gone = {place for match in _ITALICS.finditer(example.text) for place in (match.start(), match.end() - 1)}
    left = [0]
    for place in range(len(example.text)):
        left.append(left[-1] + (place not in gone))
    text = "".join(char for place, char in enumerate(example.text) if place not in gone)
    fields = tuple(TaggedField(field.name, left[field.start], left[field.end]) for field in example.fields)
    emphasis = tuple(Span(left[match.start() + 1], left[match.end() - 1]) for match in _ITALICS.finditer(example.text))
    return replace(example, text=text, fields=fields, emphasis=emphasis)


def _titles(example: Example) -> tuple[Span, ...]:
    """Titles in italics: of a part its container's, else its own (Chicago 17, 14.86)."""
    names = {field.name for field in example.fields}
    shown = "container-title" if "container-title" in names else "title"
    return tuple(Span(field.start, field.end) for field in example.fields if field.name == shown)
