"""Whom "Ead.", "Dies.", "Ders." can mean, and what a name tells."""

from __future__ import annotations

import pytest

from citekit.lexicon import words
from citekit.resolution.sex_and_number import Sex, distinguishes, meant_by, sex_of

ANNA, MAX = {"family": "Weber", "given": "Anna"}, {"family": "Roth", "given": "Max"}
UNKNOWN = {"family": "Huber", "given": "K."}


def test_no_name_is_listed_as_a_womans_and_a_mans() -> None:
    assert not set(words("given_name_sex", "feminine")) & set(words("given_name_sex", "masculine"))


@pytest.mark.parametrize(
    ("given", "sex"),
    [
        ("Anna", Sex.FEMALE),
        ("Max", Sex.MALE),
        ("Jean-Paul", Sex.MALE),
        ("Jean-Marie", Sex.MALE),
        ("Marie-Claire", Sex.FEMALE),
        ("Rainer Maria", Sex.MALE),
        ("J. Edward", Sex.MALE),
        ("Jean", None),
        ("Andrea", None),
        ("Anne Robert Jacques", None),
        ("M. J.", None),
        ("", None),
    ],
)
def test_what_a_given_name_tells(given: str, sex: Sex | None) -> None:
    assert sex_of({"family": "Weber", "given": given}) is sex


@pytest.mark.parametrize(
    ("word", "named", "meant"),
    [
        ("Dies.", [(ANNA,)], (ANNA,)),
        ("Dies.", [(MAX,)], ()),
        ("Dies.", [(MAX,), (ANNA,)], (ANNA,)),
        ("Dies.", [(MAX,), (UNKNOWN,), (ANNA,)], ()),
        ("Dies.", [(ANNA, MAX)], (ANNA, MAX)),
        ("Ders.", [(ANNA, MAX)], (MAX,)),
        ("Ders.", [(ANNA,)], ()),
        ("Ders.", [(UNKNOWN,)], (UNKNOWN,)),
        ("Ead.", [(ANNA, MAX)], (ANNA,)),
        ("Iidem", [(MAX,), (ANNA, MAX)], (ANNA, MAX)),
        ("Eaedem", [(ANNA, MAX)], ()),
        ("———", [(ANNA, MAX)], (ANNA, MAX)),
        ("Id.", [(ANNA,)], (ANNA,)),
        ("Id.", [], ()),
    ],
)
def test_who_is_meant(word: str, named: list[tuple[dict[str, str], ...]], meant: tuple[dict[str, str], ...]) -> None:
    assert meant_by(word, named, strict=False) == meant


def test_idem_is_a_mans_where_the_author_has_eadem() -> None:
    assert distinguishes(["Id.", "Eadem"])
    assert not distinguishes(["Id.", "Idem", "Dies."])
    assert meant_by("Id.", [(ANNA,), (MAX,)], strict=True) == (MAX,)
