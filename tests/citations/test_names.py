"""Which words are a name, and how it is written in CSL-JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.citations.names import is_institution, is_person, parse_name


@pytest.mark.parametrize(
    "name",
    [
        "Eric Hobsbawm",
        "E. P. Thompson",
        "J.I. Israel",
        "E. von Kahler",
        "Guido SAMARANI",
        "Ключевский В. О.",
        "Yang Jisheng 杨继绳",
        "谢春涛",
        "Ricardo García Cárcel",
        "Reinhart Koselleck",
    ],
)
def test_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "words",
    ["The Origins", "Zur Kritik", "Religion and Magic", "Die Zünfte in Ulm", "Il formaggio", "1990", "Weber", ""],
)
def test_no_person(words: str) -> None:
    assert not is_person(words)


@pytest.mark.parametrize(
    "name", ["UNESCO", "Central Intelligence Agency", "Biblioteca Nacional de España", "Institut für Zeitgeschichte"]
)
def test_an_institution(name: str) -> None:
    assert is_institution(name)
    assert parse_name(name) == {"literal": name}


@pytest.mark.parametrize(
    ("language", "printed", "family", "given_name"),
    [
        ("en", "Natalie Zemon Davis", "Davis", "Natalie Zemon"),
        ("en", "Müller, Jan Dirk", "Müller", "Jan Dirk"),
        ("it", "Guido SAMARANI", "Samarani", "Guido"),
        ("en", "YANG Jisheng 杨继绳", "Yang", "Jisheng"),
        ("en", "Lin Zexu", "Lin", "Zexu"),
        ("zh", "费孝通", "费", "孝通"),
        ("zh", "司馬相如", "司馬", "相如"),
        ("ru", "Ключевский В. О.", "Ключевский", "В. О."),
        ("hu", "Szekfű Gyula", "Szekfű", "Gyula"),
        ("it", "G. Schmid Noerr", "Schmid Noerr", "G."),
        ("en", "J. Edgar Hoover", "Hoover", "J. Edgar"),
        ("en", "MacFARQUHAR, Roderick", "MacFarquhar", "Roderick"),
    ],
)
def test_family_and_given_name(language: str, printed: str, family: str, given_name: str) -> None:
    assert parse_name(printed, language) == {"family": family, "given": given_name}


@given(st.text(min_size=1))
def test_any_words_make_a_name_with_words_in_it(text: str) -> None:
    name = parse_name(text)
    assert set(name) <= {"family", "given", "suffix", "literal"}
    assert ("literal" in name) != ("family" in name)
