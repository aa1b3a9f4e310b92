"""Runs of labels that are places, publishers, dates and numbers, mended where a printed form settles which."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from citekit.citations.dates import find_dates
from citekit.citations.line import TaggedField
from citekit.citations.places import is_place, is_publisher, is_region
from citekit.citations.several_places import several_places

__all__ = [
    "date_with_months",
    "house_for_container",
    "imprint_apart",
    "places_together",
    "report_numbered",
    "years_behind_house",
]

_ABBREVIATED = re.compile(r"\.[,;)]")
# "SEVPEN", "F. Alcan", "La Découverte", "Éd. du Seuil"
_HOUSE = re.compile(
    r"[^\W\d_a-zà-ÿ]{3,}\Z|(?:[^\W\d_a-z]\.[\s-]?)+[^\W\d_]|(?:L[ae]s?|Gli|El|Los|[ÉE]d)(?:\.|\s)|(?:L|Dell)[’']"
)
_LONGEST_DATE = 60  # characters before the year
_PLACE = 4  # words: a longer one is an institution that holds a place's name
_WORD = re.compile(r"[^\W\d_]{3}")
_YEARS = re.compile(r"(?P<first>1[4-9]\d\d|20[0-2]\d)[-–—](?P<last>1[4-9]\d\d|20[0-2]\d)")
_PLACES_TAKEN_FOR = frozenset({"publisher-place", "publisher", "title", "container-title"})
_TAKEN_FOR = frozenset({"page", "title", "note", "volume"})  # years alone are none of these behind a house
_COMMA = re.compile(r",?\s")
_NUMBERS = frozenset({"volume", "issue", "number", "page", "issued"})
# What an article has, or the book that holds it, or a site: with none of it, a publisher's name is the publisher's.
_OF_CONTAINERS = frozenset(
    {"volume", "issue", "publisher", "publisher-place", "editor", "URL", "DOI", "ISSN", "accessed", "collection-title"}
)
_YEAR_ALONE = re.compile(r"\W{0,2}\d{4}[a-z]?\W{0,2}")
_NUMBER_BEHIND = re.compile(r"[\s,]{1,3}(?P<number>(?:(?:No|Nr|no|nr|n)\.?\s?[°º]?\s?)?\d{1,4}(?:[-–/]\d{1,4})?)\Z")


def imprint_apart(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, place and publisher told apart where both were taken for one: "Rabat, Okad", "Seuil, Paris".

    What stands before the comma or behind it is a known place, and the rest is none; where neither is known, the place
    stands first where the other words have a house's shape (Chicago 17, 14.127; the order of French and Italian notes).
    """
    said = {run.name for run in found}
    if len(said & {"publisher", "publisher-place"}) != 1:
        return found
    mended: list[TaggedField] = []
    for run in found:
        printed = text[run.start : run.end]
        comma = _comma(printed) if run.name in ("publisher", "publisher-place") else -1
        first, second = printed[:comma], printed[comma + 2 :]
        if comma >= 0 and (is_region(second) or _ABBREVIATED.match(text, run.end)):
            mended.append(run)  # "Lincoln, Nebraska", "Knoxville, Tenn.,"
        elif comma < 0:
            whole = run.name == "publisher" and is_place(printed) and len(printed.split()) < _PLACE
            mended.append(replace(run, name="publisher-place") if whole else run)
        elif is_place(second) and not is_publisher(second) and _is_house(first):
            mended.append(replace(run, name="publisher", end=run.start + comma))
            mended.append(replace(run, name="publisher-place", start=run.start + comma + 2))
        elif _is_house(second) and (is_place(first) or (run.name == "publisher-place" and _HOUSE.match(second))):
            mended.append(replace(run, name="publisher-place", end=run.start + comma))
            mended.append(replace(run, name="publisher", start=run.start + comma + 2))
        else:
            mended.append(run)
    return mended


def _comma(printed: str) -> int:
    """Where the comma stands that may part place from publisher, behind a state or country; -1 where none does."""
    comma = printed.find(", ")
    following = printed.find(", ", comma + 2) if comma >= 0 else -1
    return following if following >= 0 and not _is_house(printed[comma + 2 : following]) else comma


def _is_house(text: str) -> bool:
    """Whether words can be a publisher's name: no place, no state or country behind one ("Mass.", "England")."""
    if (is_place(text) and not is_publisher(text)) or is_region(text) or not _WORD.search(text):
        return False
    return " " in text or (len(text) > 3 and text[-1] != ".")


def date_with_months(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the date with its months: "Annales, mars-avril 1970"."""
    dated = [run for run in found if run.name == "issued" and text[run.start - 1 : run.start] not in ("(", "[")]
    if not dated:
        return found
    for run in dated:
        near = max(0, run.start - _LONGEST_DATE)
        dates = (near + date.start for date in find_dates(text[near : run.end]) if near + date.end > run.start)
        start = next((start for start in dates if start < run.start), None)
        if start is None:
            continue
        before = next((other for other in found if other.start < start < other.end), None)
        parts = [other for other in found if start <= other.start < run.start]
        if any(other.name not in _NUMBERS for other in parts):
            continue
        found = [other for other in found if other not in parts]
        found = [
            replace(one, start=start) if one is run else replace(one, end=start) if one is before else one
            for one in found
        ]
    return found


def places_together(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, several known places as one: "Köln, Weimar und Wien 1999", of which some were no place."""
    for start, end in several_places(text):
        inside = [run for run in found if run.start < end and start < run.end]
        if not inside or (inside[0].start == inside[-1].start and (inside[0].start, inside[0].end) == (start, end)):
            continue
        if any(run.name not in _PLACES_TAKEN_FOR or run.end > end for run in inside):
            continue
        first = inside[0]
        kept = [replace(first, end=_without_marks(text, first.start, start))] if first.start < start else []
        joined = TaggedField("publisher-place", start, end, min(run.sure for run in inside))
        place = found.index(first)
        found = [*found[:place], *kept, joined, *found[place + len(inside) :]]
    return found


def _without_marks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,.;:":
        end -= 1
    return end


def years_behind_house(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the years of a set that were taken for pages: "6 vols. Berlin: Duncker & Humblot, 1839–1847."."""
    if any(run.name == "issued" for run in found):
        return found
    for place, (house, run) in enumerate(pairwise(found), 1):
        years = _YEARS.fullmatch(text, run.start, run.end) if run.name in _TAKEN_FOR else None
        if (
            years
            and house.name in ("publisher", "publisher-place")
            and _COMMA.fullmatch(text, house.end, run.start)
            and years["first"] < years["last"]
        ):
            return [*found[:place], replace(run, name="issued"), *found[place + 1 :]]
    return found


def report_numbered(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the number of a report apart from its kind: "Rapport 7", "Occasional Paper No. 12"."""
    mended: list[TaggedField] = []
    for run in found:
        number = _NUMBER_BEHIND.search(text, run.start, run.end) if run.name == "genre" else None
        if number is None:
            mended.append(run)
            continue
        mended.append(replace(run, end=number.start()))
        mended.append(replace(run, name="number", start=number.start("number")))
    return mended


def house_for_container(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the publisher for the container of a title: "Reed, Tom. (1967). “Salt.” Ashcombe Press, p. 12".

    A newspaper can have such a name too ("Free Press"), and then it has a day.
    """
    said = [run.name for run in found]
    if said.count("container-title") != 1 or "title" not in said or not _OF_CONTAINERS.isdisjoint(said):
        return found
    place = said.index("container-title")
    dates = [text[run.start : run.end] for run in found if run.name == "issued"]
    if said[place - 1] not in ("title", "issued") or place == 0 or not all(map(_YEAR_ALONE.fullmatch, dates)):
        return found
    between = text[found[place - 1].end : found[place].start]
    if any(map(str.isalpha, between)) or not dates or not is_publisher(text[found[place].start : found[place].end]):
        return found
    return [*found[:place], replace(found[place], name="publisher"), *found[place + 1 :]]
