"""What print, scanning and careless typing do to a citation, with its fields kept in place."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace

from citekit.citations.line import TaggedField
from citekit.training.example import Example
from citekit.training.grammar.eastern_bank import chance

__all__ = ["framed", "halved", "misread", "rewritten", "spaced"]

_HALF = {"，": ", ", "：": ": ", "；": "; ", "（": "(", "）": ")", "。": ". "}
_TIGHT = {"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "。": "."}
_HAN_DIGIT = re.compile(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])")
_LOOKALIKES = {
    "己": "已",
    "日": "曰",
    "人": "入",
    "土": "士",
    "末": "未",
    "0": "O",
    "1": "l",
    "—": "一",
    "《": "«",
    "》": "»",
    "，": "，",
    "：": "：",
    "о": "o",
    "е": "e",
    "с": "c",
    "а": "a",
    "р": "p",
    "н": "п",
    "и": "й",
    "З": "3",
    "l": "1",
    "m": "rn",
    "e": "c",
    "h": "b",
    "國": "囯",
    "民": "氏",
    "大": "太",
    "太": "大",
    "干": "千",
    "间": "问",
    "間": "問",
    "载": "栽",
    "史": "吏",
    "今": "令",
    "。": ".",
    "、": ",",
    "ō": "o",
    "ū": "u",
    "П": "Л",
    "«": "<",
    "»": ">",
}


def rewritten(example: Example, changes: Mapping[int, str], gaps: frozenset[int] = frozenset()) -> Example:
    """`example` with single characters changed, and a blank before each place of `gaps`.

    A blank between a field and its neighbour belongs to neither.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    length = 0
    for place, character in enumerate(example.text):
        if place in gaps:
            pieces.append(" ")
            length += 1
        starts.append(length)
        words = changes.get(place, character)
        pieces.append(words)
        length += len(words)
        ends.append(length)
    text = "".join(pieces)
    fields = []
    for found in example.fields:
        start, end = starts[found.start], ends[found.end - 1]
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        if start < end:
            fields.append(TaggedField(found.name, start, end))
    trimmed = text.rstrip()
    return replace(example, text=trimmed, fields=tuple(f for f in fields if f.end <= len(trimmed)))


def halved(rng: random.Random, example: Example) -> Example:
    """Full-width punctuation typed as ASCII, everywhere or outside the fields only."""
    marks = _HALF if chance(rng, 0.6) else _TIGHT
    kept = {p for f in example.fields for p in range(f.start, f.end)} if chance(rng, 0.5) else set()
    changes = {p: marks[c] for p, c in enumerate(example.text) if c in marks and p not in kept}
    return rewritten(example, changes)


def spaced(rng: random.Random, example: Example) -> Example:
    """Blanks between Han characters and digits, as some typesetters want them."""
    inside = [f for f in example.fields if f.name in {"URL", "archive_location", "DOI"}]
    gaps = {m.start() for m in _HAN_DIGIT.finditer(example.text)}
    gaps = {g for g in gaps if not any(f.start < g < f.end for f in inside)}
    if chance(rng, 0.3):
        gaps = {g for g in gaps if chance(rng, 0.5)}
    return rewritten(example, {}, frozenset(gaps))


def misread(rng: random.Random, example: Example) -> Example:
    """A character or two as a scanner misreads it, a blank or a full stop lost or too many."""
    changes: dict[int, str] = {}
    gaps: set[int] = set()
    wild = len(example.text) // 25 + 1
    for place in rng.sample(range(len(example.text)), min(len(example.text), wild * 3)):
        character = example.text[place]
        if character in _LOOKALIKES:
            changes[place] = _LOOKALIKES[character]
        elif character == " " and chance(rng, 0.3):
            changes[place] = ""
        elif chance(rng, 0.12) and place:
            gaps.add(place)
        if len(changes) + len(gaps) >= wild:
            break
    return rewritten(example, changes, frozenset(gaps))


def framed(example: Example, before: str, after: str) -> Example:
    """`example` with words of no field before and behind it."""
    fields = tuple(TaggedField(f.name, f.start + len(before), f.end + len(before)) for f in example.fields)
    return replace(example, text=f"{before}{example.text}{after}", fields=fields)
