"""What of an item can be rendered: the shapes of CSL-JSON that pandoc reads, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citekit.model import Item
from citekit.training.labelling import LEFT_OUT, unmarked

__all__ = ["renderable"]

_NAMES = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editor-translator",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    ]
)
_DATES = frozenset(["accessed", "issued", "original-date"])
_TYPES = frozenset(
    [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "classic",
        "collection",
        "dataset",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "event",
        "figure",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "paper-conference",
        "patent",
        "performance",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "review-book",
        "software",
        "song",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    ]
)
_WHOLE = frozenset(
    ["book", "thesis", "report", "manuscript", "collection", "periodical"]
)  # a page of these is a locator
_VARIABLE = re.compile(r"[A-Za-z][A-Za-z_-]{1,40}\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")
LONGEST_VALUE, MOST_NAMES = 600, 40


def renderable(item: Item, key: str) -> dict[str, Any] | None:
    """`item` with the id `key` and all that pandoc reads of it; None where nothing to cite is left."""
    if not isinstance(item, Mapping):
        return None
    kind = item.get("type")
    clean: dict[str, Any] = {"id": key, "type": kind if isinstance(kind, str) and kind in _TYPES else "document"}
    for variable, value in item.items():
        if not isinstance(variable, str) or variable in ("id", "type") or variable in LEFT_OUT:
            continue
        if not _VARIABLE.match(variable) or (variable == "page" and clean["type"] in _WHOLE):
            continue
        shaped: Any
        if variable in _NAMES:
            shaped = _names(value)
        elif variable in _DATES:
            shaped = _date(value)
        else:
            shaped = _words(value)
        if shaped:
            clean[variable] = shaped
    return clean if clean.get("title") or clean.get("author") else None


def _words(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    words = unmarked(_CONTROL.sub(" ", str(value))).strip()
    return words if len(words) <= LONGEST_VALUE else ""


def _names(value: object) -> list[dict[str, str]]:
    people: list[dict[str, str]] = []
    for person in value[:MOST_NAMES] if isinstance(value, list | tuple) else ():
        if not isinstance(person, Mapping):
            continue
        parts = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
        name = {part: words for part in parts if (words := _words(person.get(part)))}
        if name.get("literal"):
            name = {"literal": name["literal"]}
        if name.get("family") or name.get("literal"):
            people.append(name)
        elif name.get("given"):
            people.append({"literal": name["given"]})
    return people


def _date(value: object) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    listed = value.get("date-parts")
    parts = [_day(one) for one in listed[:2]] if isinstance(listed, list | tuple) else []
    if parts and all(parts):
        date: dict[str, Any] = {"date-parts": parts}
        if value.get("circa"):
            date["circa"] = True
        return date
    words = _words(value.get("literal") or value.get("raw"))
    return {"literal": words} if words else None


def _day(value: object) -> list[int]:
    """Year, month and day as far as they are numbers that a calendar has."""
    day: list[int] = []
    for part, most in zip(value if isinstance(value, list | tuple) else (), (9999, 12, 31), strict=False):
        try:
            number = int(part)
        except (TypeError, ValueError):
            break
        if not 1 <= number <= most:
            break
        day.append(number)
    return day
