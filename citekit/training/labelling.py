"""From a rendering whose values are marked to the fields of the rendering as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from citekit.citations.line import TaggedField
from citekit.model import Item

__all__ = ["CLOSE", "LEFT_OUT", "Misplaced", "fields_of", "mark_of", "unmarked"]

CLOSE = "\ue0ff"
_FIRST_MARK = 0xE100  # the private use area: no citation has a character of it, and citeproc passes them through
_MARKS: dict[tuple[str, ...], str] = {}

FIELDS: Mapping[str, str] = {
    **{name: name for name in ("author", "editor", "translator", "title", "container-title", "collection-title")},
    **{name: name for name in ("collection-number", "publisher", "publisher-place", "issued", "volume", "issue")},
    **{name: name for name in ("page", "edition", "URL", "DOI", "ISBN", "ISSN", "PMID", "note", "genre", "number")},
    **{name: name for name in ("archive", "archive_location", "accessed", "event-title", "original-title", "locator")},
    "container-author": "author",
    "original-author": "author",
    "collection-editor": "editor",
    "editorial-director": "editor",
    "editor-translator": "editor",
    "editortranslator": "editor",
    "title-short": "title",
    "shortTitle": "title",
    "container-title-short": "container-title",
    "journalAbbreviation": "container-title",
    "page-first": "page",
    "event": "event-title",
    "call-number": "archive_location",
    "year-suffix": "year-suffix",
}
"""CSL variable -> field of `citekit parse`; a value of another variable is in no field."""

LEFT_OUT = frozenset(
    [
        "abstract",
        "annote",
        "keyword",
        "archive_collection",
        "archive-place",
        "volume-title",
        "part-title",
        "original-publisher",
        "original-publisher-place",
        "event-date",
        "submitted",
        "available-date",
        "categories",
        "custom",
        "citation-label",
    ]
)
"""Variables whose values `citekit parse` has no field for though they look like one that it has."""

_PAIRS = {
    "“": "”“",
    "„": "“”",
    "‘": "’‘",
    "‚": "‘’",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "”": "”",
    "’": "’",
    '"': '"',
    "'": "'",
    "(": ")",
    "[": "]",
    "{": "}",
    "<": ">",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "［": "］",
    "【": "】",
}
_CLOSERS = frozenset("".join(_PAIRS.values()))
_LOOSE = frozenset(" \t\n\u00a0\u202f\u2009,;:*_，；：、。.-–—/|")
_KEEPS_STOP = frozenset(
    ["author", "editor", "translator", "publisher", "publisher-place", "issued", "accessed", "genre", "archive"]
)
_ABBREVIATED = re.compile(r"[^\W\d_]\.[^.].{0,200}[^\W\d_]\.$")
_EDITION = re.compile(r"(\d{1,3}(?:st|nd|rd|th|e|re|ère|ème|a|ª|º|o)?)\b\W.*[^\W\d_]")
_WORD_BEFORE_STOP = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,80})\.$")


class Misplaced(ValueError):  # noqa: N818 - a verdict on one string, never seen by a caller
    """A value of the string cannot be placed with certainty."""


def mark_of(variables: Sequence[str]) -> str:
    """The sign before a value of `variables` (several where one element prints the names of several roles)."""
    return _MARKS.setdefault(tuple(variables), chr(_FIRST_MARK + len(_MARKS)))


@cache
def _variables_of(mark: str) -> tuple[str, ...]:
    return next(variables for variables, sign in _MARKS.items() if sign == mark)


def _is_mark(char: str) -> bool:
    return _FIRST_MARK <= ord(char) < _FIRST_MARK + len(_MARKS)


def unmarked(words: str) -> str:
    """`words` without anything of the private use area."""
    return "".join(char for char in words if not "\ue000" <= char <= "\uf8ff")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in the marked rendering: which letters and digits are its own, and what stands around them."""

    variables: tuple[str, ...]
    start: int
    end: int
    words: str


def _letters(text: str) -> tuple[list[str], list[int]]:
    """Letters and digits, case folded, and the place of each."""
    letters: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        if char.isalnum():
            for folded in char.casefold():
                letters.append(folded)
                places.append(index)
    return letters, places


def _values(marked: str) -> tuple[list[str], list[_Value]]:
    letters: list[str] = []
    values: list[_Value] = []
    opened: tuple[str, int, int] | None = None
    for index, char in enumerate(marked):
        if char == CLOSE:
            if opened is None:
                raise Misplaced("a value closes that did not open")
            mark, start, begin = opened
            values.append(_Value(_variables_of(mark), start, len(letters), marked[begin:index]))
            opened = None
        elif _is_mark(char):
            if opened is not None:
                raise Misplaced("a value opens inside another")
            opened = (char, len(letters), index + 1)
        elif char.isalnum():
            letters.extend(char.casefold())
    if opened is not None:
        raise Misplaced("a value does not close")
    return letters, values


def fields_of(printed: str, marked: str, item: Item) -> tuple[TaggedField, ...]:
    """The fields of `printed`, whose values are marked in `marked`, the same citation rendered once more.

    The two may differ in punctuation and case (a style swallows "." after "?", moves a comma into quotation marks),
    never in a letter or digit.

    Raises:
        Misplaced: a value cannot be placed with certainty, or is one that no field of `citekit parse` is for.
    """
    letters, places = _letters(printed)
    expected, values = _values(marked)
    if letters != expected:
        raise Misplaced("the two renderings differ")
    fields: list[TaggedField] = []
    for value in values:
        if value.start == value.end:
            if value.words.strip():
                raise Misplaced("a value without letters")
            continue
        name = _field_name(value, item, first=not fields and not value.start)
        start, end = places[value.start], places[value.end - 1] + 1
        if name is None:
            continue
        if name == "year-suffix":
            if fields and fields[-1].name == "issued" and fields[-1].end == start:
                fields[-1] = TaggedField("issued", fields[-1].start, end)
            continue
        start, end = _edges(printed, start, end, value.words, name)
        if fields and start < fields[-1].end:
            raise Misplaced("two values overlap")
        fields.append(TaggedField(name, start, end))
    return tuple(fields)


def _field_name(value: _Value, item: Item, *, first: bool) -> str | None:
    if len(value.variables) > 1:
        return FIELDS.get(_role(value, item))
    name = FIELDS.get(value.variables[0])
    if name is None and first and isinstance(item.get(value.variables[0]), list):
        raise Misplaced("a person at the head whose role has no field")
    return name


def _role(value: _Value, item: Item) -> str:
    """Which of several roles a printed name has: the first whose people in `item` hold it."""
    words = value.words.casefold()
    for role in value.variables:
        for person in item.get(role) or ():
            name = str(person.get("literal") or person.get("family") or person.get("given") or "")
            if name and name.casefold() in words:
                return role
    raise Misplaced("a name of no known role")


def _edges(text: str, start: int, end: int, words: str, name: str) -> tuple[int, int]:
    """The place of a value from its first to its last letter, widened by marks of its own, without those around it."""
    lead = words[: next(index for index, char in enumerate(words) if char.isalnum())]
    tail = words[len(words) - next(index for index, char in enumerate(reversed(words)) if char.isalnum()) :]
    while lead and start and text[start - 1] == lead[-1]:
        start, lead = start - 1, lead[:-1]
    while tail and end < len(text) and text[end] == tail[0]:
        end, tail = end + 1, tail[1:]
    if name == "issued":  # the letter that tells two works of a year apart: "1984a"
        suffix = re.compile(r"[a-z]{1,2}(?!\w)").match(text, end) if text[end - 1].isdigit() else None
        end = suffix.end() if suffix else end
    while True:
        before = (start, end)
        while start < end and text[start] in _LOOSE:
            start += 1
        while end > start and text[end - 1] in _LOOSE and not _own_stop(text[start:end], name):
            end -= 1
        if text[start] in _PAIRS:
            partner = _partner(text, start, end)
            if partner is None or partner == end - 1:
                start, end = start + 1, end - (partner is not None)
        if end > start and text[end - 1] in _CLOSERS and not _has_opener(text, start, end):
            end -= 1
        if start >= end:
            raise Misplaced("a value without letters")
        if (start, end) == before:
            break
    if name == "edition" and (number := _EDITION.match(text, start, end)):
        end = number.end(1)
    return start, end


def _own_stop(words: str, name: str) -> bool:
    """Whether the full stop at the end of `words` is the value's own: an initial's, an abbreviation's."""
    if not words.endswith("."):
        return False
    word = _WORD_BEFORE_STOP.search(words)
    if word is None or any("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in word[1]):
        return False
    if name in ("author", "editor", "translator"):
        return len(word[1]) <= 4
    if name in _KEEPS_STOP:
        return len(word[1]) <= 6
    return name in ("container-title", "page", "locator") and (
        len(word[1]) <= 2 if name != "container-title" else bool(_ABBREVIATED.search(words))
    )


def _partner(text: str, start: int, end: int) -> int | None:
    closers = _PAIRS[text[start]]
    depth = 0
    for index in range(start + 1, end):
        char = text[index]
        if char in closers:
            if char in "’'" and index + 1 < end and text[index + 1].isalnum():
                continue  # an apostrophe
            if not depth:
                return index
            depth -= 1
        elif char == text[start]:
            depth += 1
    return None


def _has_opener(text: str, start: int, end: int) -> bool:
    closer = text[end - 1]
    openers = [char for char, closers in _PAIRS.items() if closer in closers]
    inner = text[start : end - 1]
    opened = sum(inner.count(char) for char in openers if char != closer)
    if closer in openers and not opened:
        return inner.count(closer) % 2 == 1
    return opened > inner.count(closer) or (closer in "’'" and opened > 0)
