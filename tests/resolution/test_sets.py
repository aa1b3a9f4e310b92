"""Sets of which notes cite several volumes: what is said of the set holds for each of them."""

from __future__ import annotations

from typing import Any

import pytest

from .printed_cases import read_printed


def volumes(language: str, *notes: str) -> list[dict[str, Any]]:
    """What the works of these notes say."""
    printed = "".join(f"{number}. {note}\n   => skipped\n" for number, note in enumerate(notes, start=1))
    return [dict(work.item) for work in read_printed("sets", f"language {language}\n{printed}").resolved.works]


@pytest.mark.parametrize(
    ("language", "first", "second", "years"),
    [
        ("en", "John Ashby, The Journal, ed. R. Latimer, 11 vols. (London: Bell, 1970–83), 6:142.",
         "Ashby, Journal, 7:3.", [[1970], [1983]]),
        ("ru", "Соловьёв А. П. Сочинения: в 9 т. М.: Мысль, 1987–1990. Т. 4. С. 50.", "Там же. Т. 5. С. 6.",
         [[1987], [1990]]),
        ("de", "Rudolf Steinhauer, Geschichte der Zünfte, 3 Bde., Leipzig 1902–1905, Bd. 1, S. 12.",
         "Ebd., Bd. 2, S. 40.", [[1902], [1905]]),
    ],
)  # fmt: skip
def test_each_volume_has_the_years_of_the_set(language: str, first: str, second: str, years: list[list[int]]) -> None:
    one, other = volumes(language, first, second)
    assert one["volume"] != other["volume"]
    assert one["number-of-volumes"] == other["number-of-volumes"]
    assert one["issued"]["date-parts"] == other["issued"]["date-parts"] == years


def test_a_volume_with_a_year_of_its_own_says_nothing_of_the_other() -> None:
    one, other = volumes(
        "de", "Rudolf Steinhauer, Geschichte der Zünfte am Main, Bd. 1, Leipzig 1902, S. 12.", "Ebd., Bd. 2, S. 40."
    )
    assert one["issued"]["date-parts"] == [[1902]]
    assert "issued" not in other
