"""EndNote's citations, as it leaves them in a document → entries.

The XML of a citation (`<EndNote><Cite>`) brings the records of its works along (EndNote's "traveling library").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citekit.model import Keeper, KeyedCitation
from citekit.readers.csl_entries import UNPLACED, EntryError, clean_item
from citekit.readers.markup import all_words, local_name, xml_tree

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["endnote_entries"]

# EndNote's reference types by the names that it writes beside their numbers.
_TYPES = {
    "Journal Article": "article-journal",
    "Magazine Article": "article-magazine",
    "Newspaper Article": "article-newspaper",
    "Book": "book",
    "Edited Book": "book",
    "Book Section": "chapter",
    "Conference Paper": "paper-conference",
    "Conference Proceedings": "paper-conference",
    "Thesis": "thesis",
    "Report": "report",
    "Web Page": "webpage",
    "Manuscript": "manuscript",
    "Unpublished Work": "manuscript",
    "Personal Communication": "personal_communication",
    "Map": "map",
    "Ancient Text": "classic",
    "Classical Work": "classic",
    "Encyclopedia": "entry-encyclopedia",
    "Dictionary": "entry-dictionary",
    "Film or Broadcast": "motion_picture",
    "Interview": "interview",
    "Statute": "legislation",
    "Case": "legal_case",
    "Pamphlet": "pamphlet",
}
_PARTS = ("chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary")
_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper")
_FIELDS = {
    "volume": "volume",
    "number": "issue",
    "edition": "edition",
    "pages": "page",
    "pub-location": "publisher-place",
    "publisher": "publisher",
    "electronic-resource-num": "DOI",
    "language": "language",
    "call-num": "call-number",
}


def endnote_entries(words: str) -> tuple[KeyedCitation, ...]:
    """The entries of a citation, in its order, without places.

    Raises:
        EntryError: it is not EndNote's XML, or one of its works is not stated.
    """
    start, end = words.find("<EndNote>"), words.find("</EndNote>")
    if start < 0 or end < 0:
        raise EntryError("no <EndNote> in it")
    tree, troubles = xml_tree(words[start : end + len("</EndNote>")].encode("utf-8", "replace"))
    if tree is None or troubles:
        raise EntryError("damaged XML")
    found = tuple(_entry(cite) for cite in tree if local_name(cite) == "Cite")
    if not found:
        raise EntryError("no citation in it")
    return found


def _entry(cite: _Element) -> KeyedCitation:
    record = next((child for child in cite if local_name(child) == "record"), None)
    item = clean_item(_item(record)) if record is not None else {}
    if not item.get("title") and not item.get("author") and not item.get("editor"):
        raise EntryError("a work without title and author")
    library = next((str(key.get("db-id")) for key in cite.iter() if local_name(key) == "key" and key.get("db-id")), "")
    number = _child(cite, "RecNum")
    pages = _child(cite, "Pages")
    return KeyedCitation(
        UNPLACED,
        Keeper.ENDNOTE,
        "/".join(filter(None, (library, number))) or None,
        item,
        prefix=_child(cite, "Prefix"),
        suffix=f"p. {pages}" if pages[:1].isdigit() else pages or _child(cite, "Suffix"),
    )


def _item(record: _Element) -> dict[str, Any]:
    kind = next((str(child.get("name")) for child in record if local_name(child) == "ref-type"), "")
    item: dict[str, Any] = {"type": _TYPES.get(kind)}
    for name, field in _FIELDS.items():
        item[field] = _child(record, name)
    titles = _children(record, "titles")
    item["title"] = titles.get("title", "")
    second = titles.get("secondary-title") or _children(record, "periodical").get("full-title", "")
    if item["type"] in (*_PARTS, *_PERIODICAL, "webpage"):
        item["container-title"] = second
        item["collection-title"] = titles.get("tertiary-title", "")
    else:
        item["collection-title"] = second
    item["author"] = _people(record, "authors")
    second_people = _people(record, "secondary-authors")
    item["editor" if item["type"] in _PARTS else "collection-editor"] = second_people
    if kind == "Edited Book":
        item["editor"] = item.pop("author")
    item["translator"] = _people(record, "subsidiary-authors")
    year = _children(record, "dates").get("year", "")
    item["issued"] = {"date-parts": [[year]]} if year.isascii() and year.isdigit() else {"literal": year}
    item["URL"] = next((all_words(url) for url in record.iter() if local_name(url) == "url"), "")
    number = _child(record, "isbn")
    item["ISSN" if item["type"] in _PERIODICAL else "ISBN"] = number
    return item


def _people(record: _Element, role: str) -> list[dict[str, str]]:
    """The people of a role; EndNote writes "Family, Given", and an institution with a comma at the end."""
    found = []
    for group in record.iter():
        if local_name(group) == role:
            for one in group:
                family, comma, given = all_words(one).partition(",")
                if comma and given.strip():
                    found.append({"family": family.strip(), "given": given.strip()})
                elif family.strip():
                    found.append({"literal": family.strip()})
    return found


def _child(element: _Element, name: str) -> str:
    return next((all_words(child) for child in element if local_name(child) == name), "")


def _children(element: _Element, name: str) -> dict[str, str]:
    group = next((child for child in element if local_name(child) == name), None)
    return {local_name(child): all_words(child) for child in group} if group is not None else {}
