"""The file that stands behind an "ibid.": "Ebd., B II 13, Bl. 9", "ibid., 1 B 235", "ivi, 124", "Там же. Д. 6".

Archives word the units of their shelfmarks or leave the words out (Chicago 17, 14.222). What an ibid. states replaces
the unit of its kind and all below it; a leaf or a page is a place in the same file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from citekit.citations.archive_heads import is_call
from citekit.citations.locators import find_locators
from citekit.citations.shelf_series import behind_same_units, is_further, shape
from citekit.citations.shelfmarks import names_record
from citekit.lexicon import alternation, words
from citekit.model import Item

__all__ = ["OtherFile", "other_file"]

_LONGEST = 80  # characters; a shelfmark's line is short, whatever else an ibid. may add
_SEPARATOR = re.compile(r"[,;]\s|\.\s(?=[^\W\d_])")
_NUMBERED_PIECES = frozenset({"nr", "item", "doc", "n"})  # "ebd., Nr. 7": a piece of the file, or the file
_NUMBER = re.compile(r"\d{1,5}(?:[/.]\d{1,4})?")
_LAST_NUMBER = re.compile(r"(?<![^\s])\d{1,5}(?:[/.]\d{1,4})?\Z")
_LEAF = re.compile(r"\d{1,4}\s?[rv](?:[°º.]|\b)")
_TELLING = 3  # figures: "12" is a page, "4568" behind "4567" may be a file
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Another file of the archive cited just before.

    Attributes:
        location: its shelfmark; empty where nothing tells it from a page of the same file.
        number: what the shelfmark says, where that is a mere number, which looks like a page.
    """

    location: str
    number: str = ""


def other_file(held: Item, said: str) -> OtherFile | None:
    """The other file that the words behind an ibid. state; None where they state a place in the same one.

    Args:
        held: the file cited just before, with its shelfmark.
        said: the words behind the ibid.
    """
    location = str(held["archive_location"])
    chunks = [chunk.strip(" .*_") for chunk in _SEPARATOR.split(said.partition(";")[0][:_LONGEST])]
    stated = [chunk for chunk in chunks if chunk and not _is_place(chunk)]
    if not chunks[0] or not stated or _is_place(chunks[0]):
        return None
    known = [chunk.strip(" .") for chunk in _SEPARATOR.split(location)]
    if _NUMBER.fullmatch(stated[0]):
        return _by_number(known, stated, located=len(chunks) > len(stated))
    if is_call(stated[0], 0):
        return _by_call(location, known, stated[0])
    return _by_words(known, stated) or _by_units(location, said)


def _is_place(chunk: str) -> bool:
    """Whether words are a leaf or a page of a file."""
    located = find_locators(chunk)
    return _LEAF.match(chunk) is not None or (
        bool(located) and located[0].start == 0 and located[0].locator.label in ("folio", "page")
    )


def _by_number(known: list[str], stated: list[str], *, located: bool) -> OtherFile | None:
    """ "ivi, 124" after "Balia, 123": a series whose files have nothing but numbers; a leaf behind tells it, too."""
    number = stated[0]
    if number in known or _YEAR.fullmatch(number) or len(stated) > 1:
        return None
    bare = [place for place, chunk in enumerate(known) if _NUMBER.fullmatch(chunk)]
    if bare:
        return OtherFile(", ".join([*known[: bare[-1]], number]), number)
    last = _LAST_NUMBER.search(known[-1])
    if last is None or shape(last.group()) != shape(number) or last.group() == number:
        return None
    if located:
        return OtherFile(", ".join([*known[:-1], known[-1][: last.start()] + number]), number)
    return OtherFile("") if len(number) == len(last.group()) and len(number) >= _TELLING else None


def _by_call(location: str, known: list[str], call: str) -> OtherFile | None:
    """ "ibid., 1 B 235", "ebd., R 58/2": letters and numbers, of the same group of the archive or of another."""
    if call in known:
        return None
    if any(shape(chunk) == shape(call) for chunk in known):
        return OtherFile(behind_same_units(location, call))
    first = next((place for place, chunk in enumerate(known) if is_call(chunk, 0)), None)
    if first is None:
        unit = _unit().match(call)
        return OtherFile("") if unit is None or not _is_listed(unit["unit"]) else _by_units(location, call)
    return OtherFile(", ".join([*known[:first], call]))


def _by_words(known: list[str], stated: list[str]) -> OtherFile | None:
    """ "ivi, Signori, Missive, reg. 14": another group of the same archive, named by words and then by a unit."""
    head = stated[0]
    if _unit().match(head) or names_record(head) or not head[0].isupper() or len(stated) == 1:
        return None
    if head in known:
        kept = known[: known.index(head)]
        return None if known[len(kept) :][: len(stated)] == stated else OtherFile(", ".join([*kept, *stated]))
    return OtherFile(", ".join(stated)) if is_further(", ".join(known), ", ".join(stated)) else None


@cache
def _unit() -> re.Pattern[str]:
    """A unit of a shelfmark and its number: "box 6", "Д. 6", "R 43/1234"; leaves and pages are no units."""
    places = {word.casefold() for term in ("page", "folio") for word in words("locators", term)}
    listed = [word for word in words("archives", "unit") if word.casefold() not in places]
    named = rf"(?i:{alternation(word for word in listed if not word.isupper())})"
    return re.compile(
        rf"(?P<unit>{named}|{alternation(word for word in listed if word.isupper())}|[A-ZÄÖÜ]{{1,4}}(?=\s?\d))"
        r"\s?(?P<number>(?:[^\W\d_]{1,3}-)?\d[^\s,;]{0,20})"
    )


def _by_units(location: str, said: str) -> OtherFile | None:
    """Another box, file or fonds of the archive, and what of the shelfmark stays."""
    stated = [chunk for chunk in _SEPARATOR.split(said[:_LONGEST]) if _unit().match(chunk)]
    if not stated:
        return None
    chunks = _SEPARATOR.split(location)
    between = ". " if ". " in location and ", " not in location else ", "
    units = [place for place, chunk in enumerate(chunks) if _unit().match(chunk)]
    first = next((place for place in units if _same_unit(chunks[place], stated[0])), None)
    if first is None:
        if not units or _stem(stated[0]) in _NUMBERED_PIECES:
            return None
        first = units[-1] + 1
    elif all(any(_same_place(chunk, chunks[place]) for place in units) for chunk in stated):
        return None
    kept = [*chunks[:first], *(chunk.rstrip(" .") for chunk in stated), *chunks[max([first - 1, *units]) + 1 :]]
    return OtherFile(between.join(kept))


def _stem(chunk: str) -> str:
    found = _unit().match(chunk)
    return found["unit"].rstrip(".").casefold() if found else ""


def _same_unit(one: str, other: str) -> bool:
    """Whether two chunks name one kind of unit: "busta 5" and "b. 6"."""
    short, full = sorted((_stem(one), _stem(other)), key=len)
    return bool(short) and full.startswith(short)


def _same_place(one: str, other: str) -> bool:
    first, second = _unit().match(one), _unit().match(other)
    same = first is not None and second is not None and first["number"].rstrip(".") == second["number"].rstrip(".")
    return same and _same_unit(one, other)


def _is_listed(unit: str) -> bool:
    return unit in words("archives", "unit")
