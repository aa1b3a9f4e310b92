"""Sources that are cited by book and chapter, and collections that are cited by their sigla."""

from __future__ import annotations

import pytest

from citekit.citations.antiquity import ancient_source
from citekit.citations.dates import find_dates


@pytest.mark.parametrize(
    ("printed", "author", "title", "place"),
    [
        ("Thuc. 1.22.4", "Thuc.", None, "1.22.4"),
        ("Cic. Att. 2.1", "Cic.", "Att.", "2.1"),
        ("Plut. Caes. 14", "Plut.", "Caes.", "14"),
        ("Tacitus, Annals 1.3", "Tacitus", "Annals", "1.3"),
        ("Livius XXI, 4, 3", "Livius", None, "XXI, 4, 3"),
        ("Cicéron, De officiis, I, 23, trad. M. Testard", "Cicéron", "De officiis", "I, 23"),
        ("Platon, Politeia 514a–520a", "Platon", "Politeia", "514a–520a"),
        ("Bede, HE ii. 5", "Bede", "HE", "ii. 5"),
        ("Tucidide, II, 37", "Tucidide", None, "II, 37"),
    ],
)
def test_author_title_and_place(printed: str, author: str, title: str | None, place: str) -> None:
    found = ancient_source(printed)
    assert found is not None
    assert found.author is not None
    assert printed[slice(*found.author)] == author
    assert (printed[slice(*found.title)] if found.title else None) == title
    assert printed[slice(*found.locator)] == place


@pytest.mark.parametrize(
    ("printed", "title", "volume", "number"),
    [
        ("CIL VI 1234", "CIL", "VI", "1234"),
        ("PL 34, col. 12", "PL", "34", "12"),
        ("MGH SS 3, S. 5", "MGH SS", "3", "5"),
    ],
)
def test_siglum_volume_and_number(printed: str, title: str, volume: str, number: str) -> None:
    found = ancient_source(printed)
    assert found is not None
    assert found.title is not None
    assert found.volume is not None
    assert [printed[slice(*span)] for span in (found.title, found.volume, found.locator)] == [title, volume, number]


@pytest.mark.parametrize(
    "printed",
    [
        "Plato, Republic, trans. G. Grube, Indianapolis 1992",
        "Horace Walpole, Letters, 12 May 1757",
        "Homer Simpson, Doughnuts, 1990",
        "Seneca Falls Convention, 1848",
        "Virgil Thomson, 1948",
        "PL 480 was a law of 1954",
    ],
)
def test_other_people_of_that_name(printed: str) -> None:
    assert ancient_source(printed) is None


def test_a_double_issue_is_no_day() -> None:
    assert find_dates("Annales 4/5 1994", "fr") == ()


def test_a_publisher_is_no_season() -> None:
    assert find_dates("Heidelberg: Winter 1972", "de") == ()
