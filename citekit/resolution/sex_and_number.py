"""Whom "Ead.", "Dies.", "Ders.", "Iidem" can mean: a woman, a man, several people.

Chicago 17, 14.35 (idem, eadem, iidem, eaedem); German "ders." and "dies." (a woman, or several people). What the given
name of the person just named shows against the word rules that person out. Many authors write "idem" for anybody: it is
a man's only in a document that has "eadem" as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from citekit.lexicon import words

__all__ = ["People", "Sex", "distinguishes", "meant_by", "sex_of"]

People: TypeAlias = tuple[Mapping[str, Any], ...]
_LATIN_FEMININE = ("ead", "eadem")
_NAME = re.compile(r"[^\W\d_]{2,}")
_FULL_STOP = "."


class Sex(Enum):
    """What a given name tells of its bearer."""

    FEMALE = "female"
    MALE = "male"


_Reading: TypeAlias = tuple[Sex | None, int | None]  # of whom, and how many: None is "any", 2 is "several"


def distinguishes(printed: Iterable[str]) -> bool:
    """Whether somebody who writes these words for "the same" has one of his own for women: "Ead." beside "Id."."""
    return any(_key(word) in _LATIN_FEMININE for word in printed)


def meant_by(printed: str, candidates: Sequence[People], *, strict: bool) -> People:
    """The people that a word for "the same" stands for; none where nobody named can be meant.

    Args:
        printed: the word, as "Dies.".
        candidates: who was named before, the last first.
        strict: whether "id." and "idem" are men's (`distinguishes`).

    The last people named are meant unless a name is against it; people named before them only where their names are
    for it, and nobody of whom nothing is known stands between.
    """
    readings = _readings(_key(printed), strict=strict)
    for number, people in enumerate(candidates):
        found = next((fit for reading in readings if (fit := _fitting(reading, people))), ())
        if found:
            known = number == 0 or any(_is_known(reading, found) for reading in readings)
            return found if known else ()
    return ()


@cache
def _listed(concept: str) -> frozenset[str]:
    return frozenset(_key(word) for word in words("short_forms", concept))


def _key(word: str) -> str:
    return word.strip(" ,:").rstrip(_FULL_STOP).casefold()


def _readings(word: str, *, strict: bool) -> tuple[_Reading, ...]:
    found: list[_Reading] = []
    if word in _listed("idem_several"):
        found.append((Sex.FEMALE if word in _listed("idem_several_feminine") else None, 2))
    if word in _listed("idem_feminine"):
        found.append((Sex.FEMALE, 1))
    if word in _listed("idem_masculine") or (strict and word in _listed("idem_of_either")):
        found.append((Sex.MALE, 1))
    return tuple(found) or ((None, None),)


def _fitting(reading: _Reading, people: People) -> People:
    """Those of some people who can be meant: all, or of several the one woman known for one."""
    sex, number = reading
    if number == 1 and len(people) > 1:
        fitting = tuple(person for person in people if sex_of(person) is sex)
        return fitting if len(fitting) == 1 else ()
    if number == 2 and len(people) < 2:
        return ()
    return people if sex is None or all(sex_of(person) in (sex, None) for person in people) else ()


def _is_known(reading: _Reading, people: People) -> bool:
    sex, number = reading
    if number is None or (number == 2) != (len(people) > 1):
        return False
    return sex is None or all(sex_of(person) is sex for person in people)


def sex_of(person: Mapping[str, Any]) -> Sex | None:
    """What a name in CSL tells of its bearer; None where it tells nothing.

    >>> sex_of({"family": "Weber", "given": "Max"}).value
    'male'
    >>> sex_of({"family": "Иванова", "given": "А."}).value
    'female'
    >>> sex_of({"family": "Weber", "given": "M."})
    """
    given = [_of_given(part) for part in _full_names(str(person.get("given") or ""))]
    if given and given[0] is not None:
        # "Anne Robert Jacques", "Jane Lewis": the second is a man's name, or a family's.
        return None if given[0] is Sex.FEMALE and Sex.MALE in given[1:2] else given[0]
    return None if given else _of_family(str(person.get("family") or ""))


def _full_names(given: str) -> list[str]:
    """The names that are written out, "Jean-Paul" as one."""
    return [part for part in given.split() if not part.endswith(_FULL_STOP) and len(part) > 1]


def _of_given(name: str) -> Sex | None:
    first = _NAME.match(name)
    if first is None:
        return None
    if first.group().casefold() == "jean" and "-" in name:
        return Sex.MALE  # "Jean" alone is an English woman's name as well
    folded = first.group().casefold()
    return Sex.FEMALE if folded in _names("feminine") else Sex.MALE if folded in _names("masculine") else None


def _of_family(family: str) -> Sex | None:
    if family.endswith(words("given_name_sex", "feminine_family")):
        return Sex.FEMALE
    return Sex.MALE if family.endswith(words("given_name_sex", "masculine_family")) else None


@cache
def _names(sex: str) -> frozenset[str]:
    return frozenset(name.casefold() for name in words("given_name_sex", sex))
