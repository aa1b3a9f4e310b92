"""Which words are a name, and how it is written in CSL-JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.citations.line import TaggedField
from citekit.citations.mended_people import authors_before_title
from citekit.citations.names import is_institution, is_person, parse_name
from citekit.citations.people import read_people


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
        ("en", "Ó Briain, Seán", "Ó Briain", "Seán"),
        ("en", "Owain ap Rhys", "ap Rhys", "Owain"),
        ("de", "Karl von und zu Lindau", "von und zu Lindau", "Karl"),
        ("ca", "Josep Puig i Ferrer", "Puig i Ferrer", "Josep"),
        ("en", "Kiss Péter", "Kiss", "Péter"),
        ("en", "Béla Kiss", "Kiss", "Béla"),
        ("en", "Nguyễn Văn Huy", "Nguyễn", "Văn Huy"),
        ("ar", "أبو بكر الصولي", "الصولي", "أبو بكر"),
    ],
)
def test_family_and_given_name(language: str, printed: str, family: str, given_name: str) -> None:
    assert parse_name(printed, language) == {"family": family, "given": given_name}


@pytest.mark.parametrize("printed", ["ابن سعيد", "Ibn Saʿīd", "أبو نواس"])
def test_a_kunya_alone_is_one_name(printed: str) -> None:
    assert parse_name(printed) == {"family": printed}


@pytest.mark.parametrize("printed", ["Ó Briain, Seán", "Ó Briain, Cormac", "von und zu Lindau, Karl"])
def test_a_particle_makes_no_second_person(printed: str) -> None:
    (group,) = read_people(printed).groups
    assert len(group.names) == 1


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Lucien Faure, Correspondance", "Correspondance"),
        ("Lucien Faure, Sa vie et son œuvre", "Lucien Faure, Sa vie et son œuvre"),
        ("Lucien Faure, ou la modestie", "Lucien Faure, ou la modestie"),
        ("Lucien Faure", "Lucien Faure"),
        ("Histoire Ancienne, Correspondance", "Histoire Ancienne, Correspondance"),
    ],
)
def test_authors_at_the_head_of_a_title(title: str, left: str) -> None:
    text = f"Jean Morel, {title}"
    found = [TaggedField("author", 0, 10), TaggedField("title", 12, len(text))]
    last = authors_before_title(text, found)[-1]
    assert text[last.start : last.end] == left


@given(st.text(min_size=1))
def test_any_words_make_a_name_with_words_in_it(text: str) -> None:
    name = parse_name(text)
    assert set(name) <= {"family", "given", "suffix", "literal"}
    assert ("literal" in name) != ("family" in name)
