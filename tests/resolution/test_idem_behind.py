"""What a word for the same person leaves to the words behind it: a role in brackets, a title, a second family name."""

from __future__ import annotations

from typing import Any

import pytest

from .printed_cases import read_printed


def last(language: str, *notes: str) -> dict[str, Any]:
    """What the work says that is cited last."""
    printed = "".join(f"{number}. {note}\n   => skipped\n" for number, note in enumerate(notes, start=1))
    resolved = read_printed("idem", f"language {language}\n{printed}").resolved
    works = {work.id: dict(work.item) for work in resolved.works}
    return works[resolved.citations[-1].works[0]]


@pytest.mark.parametrize(
    ("language", "first", "second", "title", "person"),
    [
        ("de", "Werner Sandner, Die Stadt, Zürich 1990, S. 3.", "Ders. (Hg.), Tod in Bern, Zürich 1993, S. 5.",
         "Tod in Bern", ("Werner", "Sandner")),
        ("de", "Anna Bergmann, Die Stadt, Zürich 1990, S. 3.", "Dies. (Hrsg.): Tod in Bern, Zürich 1993, S. 5.",
         "Tod in Bern", ("Anna", "Bergmann")),
        ("it", "Carlo Neri, Il sale, Bologna, il Mulino, 1980, p. 3.",
         "Id. (a cura di), Le vie del sale, Bologna, il Mulino, 1985, p. 3.", "Le vie del sale", ("Carlo", "Neri")),
        ("en", "Peter Clay, The English Alehouse (London: Longman, 1983), 4.",
         "Idem (ed.), Small Towns (Cambridge: Cambridge University Press, 1995), 9.", "Small Towns", ("Peter", "Clay")),
        ("fr", "Paul Renard, La ville, Paris, Seuil, 1980.", "Id. (dir.), Faire la ville, Paris, Seuil, 1985, p. 3.",
         "Faire la ville", ("Paul", "Renard")),
    ],
)  # fmt: skip
def test_who_wrote_before_has_edited_this(
    language: str, first: str, second: str, title: str, person: tuple[str, str]
) -> None:
    item = last(language, first, second)
    assert item["title"] == title
    assert [(name["given"], name["family"]) for name in item["editor"]] == [person]
    assert "author" not in item


def test_an_edition_that_was_cited_is_no_editor() -> None:
    item = last("it", "Carlo Neri, Il sale, Bologna, il Mulino, 1980, p. 3.", "Id., Il sale, ed. cit., p. 9.")
    assert [name["family"] for name in item["author"]] == ["Neri"]
    assert "editor" not in item


@pytest.mark.parametrize(
    ("language", "first", "second", "title"),
    [
        ("hu", "Szűcs Jenő: Nemzet és történelem. Budapest, Gondolat, 1974. 12.",
         "Uő: Napóleon és Magyarország. Budapest, Osiris, 1997. 30.", "Napóleon és Magyarország"),
        ("de", "Werner Sandner: Die Stadt im Winter, Zürich 1990, S. 3.",
         "Ders.: Friedrich und Preußen, Berlin 1993, S. 5.", "Friedrich und Preußen"),
    ],
)  # fmt: skip
def test_behind_a_colon_the_title_begins(language: str, first: str, second: str, title: str) -> None:
    item = last(language, first, second)
    assert item["title"] == title
    assert len(item["author"]) == 1


@pytest.mark.parametrize(
    "full",
    [
        "José Álvarez Junco, Mater Dolorosa, Madrid, Taurus, 2001, p. 3.",
        "José Álvarez Junco, «La nación en duda», en Juan Pan (ed.), Más se perdió, Madrid, Alianza, 1998, p. 405.",
    ],
)
def test_two_family_names_are_those_of_the_person_named_in_full(full: str) -> None:
    short = "Álvarez Junco, Mater Dolorosa, op. cit., p. 410; ídem, Dioses útiles, Barcelona, Galaxia, 2016, p. 5."
    (person,) = last("es", full, short)["author"]
    assert f"{person['given']} {person['family']}" == "José Álvarez Junco"
