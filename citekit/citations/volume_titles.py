"""Titles of volumes: "Geschichte des Salzes, Bd. 2: Die Neuzeit" (Chicago 17, 14.119; CSL `volume-title`).

The title is the set's, which all volumes and later short forms share; BibLaTeX turns the two round (`maintitle`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from citekit.citations.line import TaggedField
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["names_other", "with_volume_title"]

_LONGEST = 200  # characters
_PEOPLE = frozenset({"author", "editor"})
# What the words were taken for, where they were read at all.
_UNREAD = frozenset({"title", "container-title", "note", "publisher"})
# Parts are parts of an article, or of its title, as often.
_PARTS = ("part", "pt", "teil", "tl", "част", "ч.", "cz", "část")
_BETWEEN = re.compile(r"\s?[:,]\s(?P<words>[“„«\"]?[^\W\d_a-zß-öø-ÿ].*)", re.DOTALL)
_SEVERAL = re.compile(r"[^\W\d_]{2}['’\s]\s?[^\W\d_]{2}")
_NUMBER_AND_TITLE = re.compile(r"(?P<number>\d{1,3}|[IVXLC]{1,6})\s?:\s(?P<words>[“„«\"]?[^\W\d_].{2,200})", re.DOTALL)
_COLON = re.compile(r"\s?:\s[“„«\"]?")
_EDGES = ' ,.:;(“„«"”»[–—'


def with_volume_title(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, the words between a volume's number and what follows as its title."""
    if any(one.name == "issue" for one in fields):
        return fields
    fields = _set_before_volume(_numbered_before_title(fields, text), text)
    place = next((place for place, one in enumerate(fields) if one.name == "volume"), 0)
    if not place or fields[place - 1].name != "title" or any(one.name == "container-title" for one in fields[:place]):
        return fields
    title, volume = fields[place - 1], fields[place]
    if not any(one.name in _PEOPLE for one in fields[: place - 1]) or not _label().fullmatch(
        text, title.end, volume.start
    ):
        return fields
    rest = [one for one in fields[place + 1 :] if one.name not in _UNREAD or _printed(one, text)]
    end = min([one.start for one in rest], default=len(text))
    bracket = text.find("(", volume.end, end)
    found = _BETWEEN.match(text, volume.end, end if bracket < 0 else bracket)
    if found is None or not _is_title(text, found) or _is_house(found, fields[place + 1 :], text):
        return fields
    stop = found.start("words") + len(found["words"].rstrip(_EDGES))
    start = stop - len(text[found.start("words") : stop].lstrip(_EDGES))
    if any(one.start < stop < one.end for one in fields):
        return fields
    kept = (one for one in fields if one.end <= volume.end or one.start >= stop)
    titled = (*kept, TaggedField("volume-title", start, stop, min(title.sure, volume.sure)))
    return tuple(sorted(titled, key=lambda one: one.start))


def _numbered_before_title(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """ "t. 3 : La ville classique", "t. II: Wiek XVI": the words behind a volume's colon taken for more of the number.

    Or for a title that the set contains, where nothing else is a title: "Histoire de la ville, t. 3 : Le temps des
    ports".
    """
    if any(one.name == "volume-title" for one in fields):
        return fields
    for place, one in enumerate(fields):
        numbered = _NUMBER_AND_TITLE.fullmatch(text, one.start, one.end) if one.name == "volume" else None
        if numbered:
            number = replace(one, end=numbered.end("number"))
            return (
                *fields[:place],
                number,
                replace(one, name="volume-title", start=numbered.start("words")),
                *fields[place + 1 :],
            )
        if one.name != "volume" or not 0 < place < len(fields) - 1:
            continue
        named, titled = fields[place - 1], fields[place + 1]
        if (named.name, titled.name) != ("container-title", "title") or sum(f.name == "title" for f in fields) > 1:
            continue
        if _label().fullmatch(text, named.end, one.start) and _COLON.fullmatch(text, one.end, titled.start):
            both = replace(named, name="title"), one, replace(titled, name="volume-title")
            return (*fields[: place - 1], *both, *fields[place + 2 :])
    return fields


def _set_before_volume(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """ "Gesellschaftsgeschichte, Bd. 3: Von der …": read as one title, or as a title with its number in a container."""
    for place, one in enumerate(fields):
        if one.name not in ("title", "container-title"):
            continue
        other = fields[place + 1] if place + 1 < len(fields) and fields[place + 1].name == "title" else one
        numbered = _labelled_number().search(text, one.start + 1, other.end)
        if numbered is None:
            continue
        if one is other and (one.name != "title" or any(found.name == "container-title" for found in fields)):
            continue
        if one is not other and not one.end <= numbered.start() < numbered.start("number") == other.start:
            continue
        named = replace(one, name="title", end=min(one.end, numbered.start()))
        volume = TaggedField("volume", *numbered.span("number"), other.sure)
        titled = TaggedField("volume-title", numbered.end(), other.end, other.sure)
        return (*fields[:place], named, volume, titled, *fields[place + (1 if one is other else 2) :])
    return fields


@cache
def _labelled_number() -> Sought:
    """What stands between the title of a set and that of its volume."""
    listed = [word for word in words("volumes", "volume") if not word.casefold().startswith(_PARTS)]
    return sought(
        rf"[”»\"*_]?[,.:]?\s(?i:{alternation(listed)})\s?(?P<number>\d{{1,3}}|[IVXLC]{{1,6}})\s?:\s(?=[“„«\"]?[^\W\d_])",
        listed,
    )


def _is_house(found: re.Match[str], behind: Sequence[TaggedField], text: str) -> bool:
    """Whether the words, behind a comma, were taken for the house, and nothing else is house or place."""
    printed = [one for one in behind if one.name in ("publisher", "publisher-place")]
    alone = len(printed) == 1 and printed[0].start <= found.end("words") and printed[0].name == "publisher"
    return alone and text[found.start() : found.start("words")].strip() != ":"


def _printed(field: TaggedField, text: str) -> bool:
    """Whether words for a house are one that is known, with its place behind it as often as not."""
    return field.name == "publisher" and is_publisher(text[field.start : field.end])


def _is_title(text: str, found: re.Match[str]) -> bool:
    """Whether words behind a volume's number can be its title; behind a comma more is asked for than behind a colon."""
    said = found["words"].strip(_EDGES)
    if not said or len(said) > _LONGEST or is_place(said) or is_publisher(said) or names_other(said):
        return False
    return text[found.start() : found.start("words")].strip() == ":" or _SEVERAL.search(said) is not None


def names_other(said: str) -> bool:
    """Whether words behind the number of a volume hold another statement: a number, an edition, who edited it."""
    return _no_title().search(said) is not None


@cache
def _label() -> re.Pattern[str]:
    """What stands between the title of a set and the number of its volume."""
    return re.compile(rf"[”»\"*_]?[,.:]?\s(?i:{alternation(words('volumes', 'volume'))})\s?")


@cache
def _no_title() -> Sought:
    """Words of other statements: another number, an edition, a reprint, those who made it."""
    numbers = (*words("volumes", "volume"), *words("volumes", "issue"))
    others = (
        *words("volumes", "edition"),
        *words("relations", "reprint"),
        *words("roles", "editor_before"),
        *words("roles", "translator_before"),
    )
    return sought(
        rf"(?<![^\W\d_])(?:(?i:{alternation(numbers)})\s?[\dIVXL]|(?i:{alternation(others)})(?![^\W\d_]))",
        (*numbers, *others),
        whole=False,
    )
