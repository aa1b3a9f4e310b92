"""Chapters whose book another citation describes: "in ibid., 81–83", "in Munk and Rolf, Salt Roads, 81–83"."""

from __future__ import annotations

from typing import Any

import pytest

from .printed_cases import read_printed

MORTON = "Alice Morton (ed.), Gender and Town (London: Routledge, 1990), 12."
HOLM = (
    "Vera Kraus, ‘Puritans and Control’, in Anders Holm and Ines Rolf (eds), Salt and Disorder "
    "(Cambridge: Cambridge University Press, 1985), 41–57."
)


def chapter(*notes: str, language: str = "en") -> dict[str, Any]:
    """What the work says that the last of these notes cites."""
    numbered = "".join(f"{number}. {note}\n   => skipped\n" for number, note in enumerate(notes, start=1))
    resolved = read_printed("chapters", f"language {language}\n{numbered}").resolved
    works = {work.id: work.item for work in resolved.works}
    return dict(works[resolved.citations[-1].works[0]])


def of_book(item: dict[str, Any]) -> tuple[str, list[str], str]:
    year = item["issued"]["date-parts"][0][0] if item.get("issued") else ""
    editors = [" ".join(filter(None, (name.get("given"), name["family"]))) for name in item.get("editor", ())]
    return str(item.get("container-title") or ""), editors, str(year)


@pytest.mark.parametrize(
    ("language", "book", "part", "said", "expected"),
    [
        ("en", MORTON, "Peter Lane, ‘Deeds and Words’, in ibid., 257–83.", ("Deeds and Words", "257-83"),
         ("Gender and Town", ["Alice Morton"], "1990")),
        ("en", HOLM, "Peter Lane, ‘Deeds and Words’, in ibid., 257–83.", ("Deeds and Words", "257-83"),
         ("Salt and Disorder", ["Anders Holm", "Ines Rolf"], "1985")),
        ("de", "Werner Sandner (Hg.), Tod in Bern, Zürich 1993, S. 5.", "Jan Rieck, Der Friedhof, in: ebd., S. 33–50.",
         ("Der Friedhof", "33-50"), ("Tod in Bern", ["Werner Sandner"], "1993")),
        ("fr", "Jacques Renard (dir.), Faire la ville, Paris, Seuil, 1974, p. 3.",
         "Michel Certain, « L’opération urbaine », dans ibid., p. 3-41.", ("L’opération urbaine", "3-41"),
         ("Faire la ville", ["Jacques Renard"], "1974")),
        ("it", "Carlo Neri (a cura di), Le vie del sale, Bologna, il Mulino, 1980, p. 3.",
         "Anna Bassi, Il sale di Cervia, in ivi, pp. 33-50.", ("Il sale di Cervia", "33-50"),
         ("Le vie del sale", ["Carlo Neri"], "1980")),
        ("es", "Juan Ruiz (ed.), La ciudad, Madrid, Alianza, 1980, p. 3.",
         "Ana Gil, «Las calles», en ibid., pp. 33-50.", ("Las calles", "33-50"), ("La ciudad", ["Juan Ruiz"], "1980")),
    ],
)  # fmt: skip
def test_in_ibid_is_the_book_of_the_note_before(
    language: str, book: str, part: str, said: tuple[str, str], expected: tuple[str, list[str], str]
) -> None:
    item = chapter(book, part, language=language)
    assert (item["title"], item["page"]) == said
    assert of_book(item) == expected


def test_through_an_ibid_and_a_chapter_between() -> None:
    item = chapter(MORTON, "Ibid., 14.", "Peter Lane, ‘Deeds’, in ibid., 3–9.", "Rosa Berg, ‘Words’, in ibid., 10–19.")
    assert of_book(item) == ("Gender and Town", ["Alice Morton"], "1990")


def test_the_author_of_a_book_is_no_editor_of_it() -> None:
    item = chapter(
        "Lucien Petit, Le sel de la mer, Paris, Seuil, 1961, p. 4.",
        "Jean Roy, « Préface », dans ibid., p. 7-12.",
        language="fr",
    )
    assert [name["family"] for name in item["container-author"]] == ["Petit"]
    assert "editor" not in item


def test_after_two_books_nobody_can_tell() -> None:
    two = f"{MORTON[:-1]}; Carl Weiss (ed.), Salt (Leeds: Maney, 1970), 3."
    assert of_book(chapter(two, "Peter Lane, ‘Deeds and Words’, in ibid., 257–83.")) == ("", [], "")


def test_after_a_source_that_could_not_be_read_nobody_can_tell() -> None:
    unread = "Arch. dioc. Reims, G 3456."
    assert of_book(chapter(MORTON, unread, "Peter Lane, ‘Deeds and Words’, in ibid., 257–83.")) == ("", [], "")


@pytest.mark.parametrize(
    ("language", "first", "part", "expected"),
    [
        ("en", HOLM, "Susan Ames, ‘Gender and Order’, in Holm and Rolf, Salt and Disorder, 196–217.",
         ("Salt and Disorder", ["Anders Holm", "Ines Rolf"], "1985")),
        ("de", "Werner Sandner/Ute Holm (Hg.), Tod in Bern, Zürich 1993, S. 5.",
         "Jan Rieck, Der Friedhof, in: Sandner/Holm, Tod in Bern, S. 33–50.",
         ("Tod in Bern", ["Werner Sandner", "Ute Holm"], "1993")),
        ("fr", "Jacques Renard et Pierre Noël (dir.), Faire la ville, Paris, Seuil, 1974, p. 3.",
         "Paul Petit, « Les rues », dans Renard et Noël (dir.), Faire la ville, p. 71-94.",
         ("Faire la ville", ["Jacques Renard", "Pierre Noël"], "1974")),
    ],
)  # fmt: skip
def test_a_book_by_its_editors_and_title(
    language: str, first: str, part: str, expected: tuple[str, list[str], str]
) -> None:
    between = "Marc Bloch, Feudal Society (London: Routledge, 1961), 145."
    assert of_book(chapter(first, between, part, language=language)) == expected


def test_a_name_that_no_citation_explains_stays_as_it_is_printed() -> None:
    item = chapter(HOLM, "Susan Ames, ‘Gender’, in Church and State, Salt and Disorder, 196–217.")
    assert item["container-title"] == "Church and State, Salt and Disorder"
