"""Zotero's own items, as Better BibTeX exports them: mapped by Zotero's tables, and nothing lost on the way back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from citekit import formats
from citekit.errors import FormatError
from citekit.formats.types import CSL_TYPES
from citekit.formats.zotero_extra import read_extra
from citekit.formats.zotero_fields import CSL_TYPE

CHAPTER = {
    "itemType": "bookSection",
    "citationKey": "hobsbawm83",
    "title": "Mass-Producing Traditions",
    "bookTitle": "The Invention of Tradition",
    "creators": [
        {"firstName": "Eric", "lastName": "Hobsbawm", "creatorType": "author"},
        {"firstName": "Terence", "lastName": "Ranger", "creatorType": "editor"},
        {"name": "Past and Present Society", "creatorType": "seriesEditor"},
    ],
    "date": "March 5, 1983",
    "place": "Cambridge",
    "publisher": "Cambridge University Press",
    "pages": "263-307",
    "accessDate": "2020-01-02T10:11:12Z",
    "tags": [{"tag": "nationalism"}, {"tag": "ritual", "type": 1}],
    "extra": "DOI: 10.1017/CBO9781107295636.007\noriginal-date: 1977\ntex.ids: hobsbawm77\nRead twice.",
    "attachments": [{"itemType": "attachment", "title": "Scan", "path": "files/3/scan.pdf"}],
    "notes": [{"itemType": "note", "note": "<p>See ch. 1.</p>"}],
    "itemID": 3,
    "dateAdded": "2019-05-06T07:08:09Z",
}
LIBRARY = {
    "config": {"label": "BetterBibTeX JSON"},
    "collections": {
        "AAAA": {"key": "AAAA", "name": "Thesis", "parent": False, "items": [], "collections": ["BBBB"]},
        "BBBB": {"key": "BBBB", "name": "Chapter 1", "parent": "AAAA", "items": [3], "collections": []},
    },
    "items": [CHAPTER, {"itemType": "note", "note": "by itself"}],
}


def one(entry: dict[str, Any]) -> dict[str, Any]:
    """The CSL item of one of Zotero's."""
    (item,) = formats.loads(json.dumps({"items": [entry]}), "better-bibtex")
    return item


def test_a_chapter() -> None:
    item = one(CHAPTER)
    assert {name: value for name, value in item.items() if name != "custom"} == {
        "id": "hobsbawm83",
        "type": "chapter",
        "title": "Mass-Producing Traditions",
        "container-title": "The Invention of Tradition",
        "author": [{"family": "Hobsbawm", "given": "Eric"}],
        "editor": [{"family": "Ranger", "given": "Terence"}],
        "collection-editor": [{"literal": "Past and Present Society"}],
        "issued": {"date-parts": [[1983, 3, 5]]},
        "publisher-place": "Cambridge",
        "publisher": "Cambridge University Press",
        "page": "263-307",
        "accessed": {"date-parts": [[2020, 1, 2]]},
        "keyword": "nationalism, ritual",
        "DOI": "10.1017/CBO9781107295636.007",
        "original-date": {"date-parts": [[1977]]},
        "note": "tex.ids: hobsbawm77\nRead twice.",
    }


def test_a_library_goes_out_as_it_came_in() -> None:
    items, told = formats.read(json.dumps(LIBRARY), "better-bibtex")
    assert [found.code for found in told] == ["better-bibtex-no-work"]
    assert items[0]["custom"]["zotero"]["collections"] == ["Thesis/Chapter 1"]
    again = json.loads(formats.dumps(items, "better-bibtex"))
    entry = again["items"][0]
    assert {name: entry.get(name) for name in CHAPTER if name != "extra"} == {
        name: value for name, value in CHAPTER.items() if name != "extra"
    }
    assert sorted(entry["extra"].splitlines()) == sorted(str(CHAPTER["extra"]).splitlines())
    assert [(made["name"], made["items"]) for made in again["collections"].values()] == [
        ("Thesis", []),
        ("Chapter 1", [3]),
    ]


def test_what_the_user_changed_goes_out_changed() -> None:
    item = {**one(CHAPTER), "issued": {"date-parts": [[1984]]}}
    entry = json.loads(formats.dumps([item], "better-bibtex"))["items"][0]
    assert entry["date"] == "1984"
    assert entry["attachments"] == CHAPTER["attachments"]


@pytest.mark.parametrize("kind", sorted(set(CSL_TYPE) - {"attachment"}))
def test_every_item_type_is_read_and_goes_out_as_itself(kind: str) -> None:
    item = one({"itemType": kind, "title": "A"})
    assert item["type"] in CSL_TYPES
    assert json.loads(formats.dumps([item], "better-bibtex"))["items"][0]["itemType"] == kind


@pytest.mark.parametrize("kind", sorted(CSL_TYPES))
def test_every_csl_type_survives(kind: str) -> None:
    item = {
        "id": "a",
        "type": kind,
        "title": "A",
        "container-title": "B",
        "publisher": "C",
        "number": "3",
        "genre": "D",
    }
    assert formats.loads(formats.dumps([item], "better-bibtex"), "better-bibtex") == [item]


@pytest.mark.parametrize(
    ("extra", "stated", "note"),
    [
        ("Original Date: 1905", {"original-date": {"date-parts": [[1905]]}}, ""),
        ("Original Title: Die Ethik", {"original-title": "Die Ethik"}, ""),
        ("Editor: Weber || Marianne", {"editor": [{"family": "Weber", "given": "Marianne"}]}, ""),
        ("Editor: A Society\nEditor: B", {"editor": [{"literal": "A Society"}, {"literal": "B"}]}, ""),
        ("type: pamphlet", {"type": "pamphlet"}, ""),
        ("{:event-place: Rome}", {"event-place": "Rome"}, ""),
        ("Remember: to read\nPMID: 123", {"PMID": "123"}, "Remember: to read"),
        ("type: nonsense", {}, "type: nonsense"),
        ("DOI:", {}, "DOI:"),
    ],
)  # fmt: skip
def test_lines_of_extra(extra: str, stated: dict[str, Any], note: str) -> None:
    assert read_extra(extra) == (stated, note)


@pytest.mark.parametrize("text", ['{"items": 3}', "[]", "{", "words"])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="no Better BibTeX JSON"):
        formats.loads(text, "better-bibtex")


def test_where_the_items_stand() -> None:
    text = json.dumps(LIBRARY, indent=1)
    places = formats.places(text, "better-bibtex")
    assert places is not None
    assert [json.loads(text[place.start : place.end])["citationKey"] for place in places] == ["hobsbawm83"]


def test_zoteros_own_numbers_are_not_the_books() -> None:
    own = {
        "version": 417, "key": "ABCD2345", "itemID": 7, "itemKey": "ABCD2345", "libraryID": 1,
        "uri": "http://zotero.org/users/1/items/ABCD2345", "select": "zotero://select/library/items/ABCD2345",
        "dateAdded": "2020-01-01T00:00:00Z", "dateModified": "2020-01-02T00:00:00Z",
        "relations": {"dc:relation": ["http://zotero.org/users/1/items/WXYZ6789"]}, "collections": ["C1"],
    }  # fmt: skip
    item = one({"itemType": "book", "citationKey": "braudel49", "title": "La Méditerranée", **own})
    assert item == {"id": "braudel49", "type": "book", "title": "La Méditerranée", "custom": {"zotero": own}}


@pytest.mark.parametrize("field", ["versionNumber", "version"])
def test_the_version_of_a_program_is_its_own(field: str) -> None:
    assert one({"itemType": "computerProgram", "title": "Transkribus", field: "1.17"})["version"] == "1.17"
    assert "version" not in one({"itemType": "computerProgram", "title": "Transkribus", "version": 417})


@pytest.mark.parametrize("words", ["ca. 1926", "um 1790", "n.d.", "Frühjahr 1950", "1905 [1899]"])
def test_a_date_in_words_is_written_for_zotero(words: str) -> None:
    item = {"id": "gu1926", "type": "book", "title": "Gushi bian", "issued": {"raw": words}}
    written = formats.dumps([item], "better-bibtex")
    (entry,) = json.loads(written)["items"]
    assert entry["date"] == words
    assert formats.loads(written, "better-bibtex") == [item]
