"""Word's own citations ("Citations & Bibliography"): the sources that a file keeps, and the fields that cite them.

Sources: ECMA-376, 22.6 (shared bibliography markup). The field CITATION: 17.16.5.9, with the switches `\\p` page,
`\\v` volume, `\\f` prefix, `\\s` suffix and `\\m` for a further source.
"""

from __future__ import annotations

import re
import shlex
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from citekit.model import Item, Keeper, KeyedCitation
from citekit.readers.csl_entries import UNPLACED, EntryError, clean_item
from citekit.readers.markup import all_words, local_name, xml_tree
from citekit.readers.pandoc import member

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["source_entries", "word_sources"]

_PART = re.compile(r"customXml/item\d{1,3}\.xml")
_TYPES = {
    "Book": "book",
    "BookSection": "chapter",
    "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-magazine",
    "ConferenceProceedings": "paper-conference",
    "Report": "report",
    "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage",
    "Film": "motion_picture",
    "Interview": "interview",
    "Patent": "patent",
    "Case": "legal_case",
}
_FIELDS = {
    "Title": "title",
    "City": "publisher-place",
    "Publisher": "publisher",
    "Institution": "publisher",
    "Volume": "volume",
    "Issue": "issue",
    "Pages": "page",
    "Edition": "edition",
    "URL": "URL",
    "JournalName": "container-title",
    "PeriodicalTitle": "container-title",
    "BookTitle": "container-title",
    "ConferenceName": "container-title",
    "InternetSiteTitle": "container-title",
}
_ROLES = {"Author": "author", "Editor": "editor", "Translator": "translator", "BookAuthor": "container-author"}


def word_sources(archive: zipfile.ZipFile) -> dict[str, Item]:
    """The sources that a Word file keeps, by their tags."""
    found: dict[str, Item] = {}
    for name in archive.namelist():
        if _PART.fullmatch(name) and b"officeDocument/2006/bibliography" in (content := member(archive, name)):
            tree, troubles = xml_tree(content)
            for source in tree if tree is not None and not troubles else ():
                if local_name(source) == "Source" and (tag := _said(source, "Tag")):
                    found.setdefault(tag, clean_item(_item(source)))
    return found


def source_entries(instruction: str, sources: Mapping[str, Item]) -> tuple[KeyedCitation, ...]:
    """The entries of a CITATION field, in its order, without places.

    Raises:
        EntryError: the field is damaged, or the file has no such source.
    """
    try:
        words = shlex.split(instruction.replace("\\", "\\\\"))[1:]
    except ValueError as exc:
        raise EntryError("a quotation mark is missing") from exc
    cited: list[dict[str, str]] = []
    switch = "m"  # the first word is a source
    for word in words:
        if re.fullmatch(r"\\[a-z]", word):
            switch = word[1]
        elif switch == "m":
            cited.append({"m": word})
            switch = ""
        elif switch and cited:
            cited[-1].setdefault(switch, word)
            switch = ""
    if not cited or any(one["m"] not in sources for one in cited):
        raise EntryError("its source is not in the file")
    return tuple(_entry(one, sources[one["m"]]) for one in cited)


def _entry(said: Mapping[str, str], item: Item) -> KeyedCitation:
    volume, pages, suffix = said.get("v", ""), said.get("p", ""), said.get("s", "")
    stated = {**item, "volume": volume} if volume else item
    place = f"p. {pages}" if pages[:1].isdigit() else pages or suffix
    return KeyedCitation(UNPLACED, Keeper.WORD, said["m"], stated, prefix=said.get("f", ""), suffix=place)


def _item(source: _Element) -> dict[str, Any]:
    item: dict[str, Any] = {"type": _TYPES.get(_said(source, "SourceType"))}
    for name, field in _FIELDS.items():
        if words := _said(source, name):
            item.setdefault(field, words)
    for role in next((child for child in source if local_name(child) == "Author"), ()):
        if people := _ROLES.get(local_name(role)):
            item[people] = [_person(one) for one in role.iter() if local_name(one) in ("Person", "Corporate")]
    item["issued"] = _day(source, "")
    item["accessed"] = _day(source, "Accessed")
    return item


def _person(element: _Element) -> dict[str, str]:
    if local_name(element) == "Corporate":
        return {"literal": all_words(element)}
    given = " ".join(filter(None, (_said(element, "First"), _said(element, "Middle"))))
    return {"family": _said(element, "Last"), "given": given}


def _day(source: _Element, which: str) -> dict[str, Any] | None:
    year, month, day = (_said(source, f"{part}{which}") for part in ("Year", "Month", "Day"))
    if year.isdigit():
        parts = [year, *([month, *([day] if day.isdigit() else [])] if month.isdigit() else [])]
        return {"date-parts": [parts]}
    return {"literal": year} if year else None


def _said(element: _Element, name: str) -> str:
    return next((all_words(child) for child in element if local_name(child) == name), "")
