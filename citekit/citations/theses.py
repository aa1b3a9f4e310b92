"""Theses: the word for their kind, and the school that accepted them.

Author, title, kind, school, year is the order of every manual (Chicago 17, 14.215; ISO 690, 7.6); what joins kind and
school is left to the language: "thèse de l’École …", "Dissertation an der Universität …", "tesis presentada en la …".
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from citekit.citations.line import TaggedField
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["genre_pattern", "school_behind", "thesis_apart"]

_COMMA = re.compile(r",\s?")
_LEADS = 80  # characters between kind and school: "pour le doctorat de sociologie présentée à l’"
_BEFORE_TOWN = re.compile(r"\s?(?:(?:de|di|of|d[’'])\s?)?")


@cache
def genre_pattern() -> Sought:
    """The kinds of theses and reports ("PhD diss.", "intelligence report")."""
    listed = words("archives", "genre")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed, flags=re.IGNORECASE)


@cache
def _to_school() -> re.Pattern[str]:
    """Words in small letters, perhaps an article with its apostrophe, and then a school's name."""
    schools = alternation(words("archives", "school"))
    return re.compile(rf"(?:\s[^\W\d_A-ZÀ-ÞА-Я][\w’'.-]*){{0,8}}?\s(?:[^\W\d_]{{1,4}}[’'])?(?={schools}(?![^\W\d_]))")


def school_behind(text: str, genre: int) -> int | None:
    """Where the school begins that the words behind the kind lead to, without a comma; None where they lead to none."""
    leads = _to_school().match(text, genre, genre + _LEADS)
    return leads.end() if leads else None


def thesis_apart(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, kind and school of a thesis apart from its title, which the word for the kind behind a comma ends."""
    for place, run in enumerate(found):
        parted = _parted(text, run, found)
        if parted:
            return [*found[:place], *parted, *found[place + 1 :]]
        if run.name != "title":
            continue
        starts = [comma.end() for comma in _COMMA.finditer(text, run.start, run.end)]
        if place and text[found[place - 1].end : run.start] == ", ":
            starts.insert(0, run.start)  # the title was taken for another field
        for start in starts:
            genre = genre_pattern().match(text, start, run.end)
            school = school_behind(text, genre.end()) if genre else None
            if genre is None or school is None or school >= run.end:
                continue
            head = [replace(run, end=len(text[:start].rstrip(" ,")))] if start > run.start else []
            kind = replace(run, name="genre", start=start, end=genre.end())
            return [*found[:place], *head, kind, *_school(text, replace(run, start=school), found[place + 1 :])]
    return found


def _parted(text: str, run: TaggedField, found: list[TaggedField]) -> list[TaggedField]:
    """The kind and the school of "Proefschrift Universiteit Leiden", the title and the kind of "Salt. PhD diss."."""
    if run.name == "publisher":
        genre = genre_pattern().match(text, run.start, run.end)
        school = school_behind(text, genre.end()) if genre else None
        if genre and school and school < run.end and text[genre.end() : school].isspace():
            return [replace(run, name="genre", end=genre.end()), replace(run, start=school)]
    elif run.name == "genre" and not any(one.name == "title" for one in found):
        genre = genre_pattern().search(text, run.start, run.end + 1)
        if genre and genre.start() > run.start + 2 and text[genre.start() - 2 : genre.start()] in (". ", ", "):
            return [replace(run, name="title", end=genre.start() - 2), replace(run, start=genre.start())]
    return []


def _school(text: str, run: TaggedField, others: list[TaggedField]) -> list[TaggedField]:
    """The school, with the town that its name ends with, and the runs behind it."""
    named = replace(run, name="publisher")
    placed = bool(others) and others[0].name in ("publisher-place", "publisher")
    if placed and _BEFORE_TOWN.fullmatch(text, run.end, others[0].start):  # "université d’" Aix
        return [replace(named, end=others[0].end), *others[1:]]
    return [named, *others]
