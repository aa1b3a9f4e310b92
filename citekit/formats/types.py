"""Which kind of work an item is: CSL's types, BibTeX's and BibLaTeX's entry types, and the way between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from citekit.model import Item

__all__ = ["CSL_TYPES", "DATES", "ENTRY_TYPES", "NAMES", "biblatex_type", "bibtex_type", "csl_type", "type_of_entry"]

_TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard "
    "thesis treaty webpage"
)
CSL_TYPES = frozenset(_TYPES.split())
"""All types of CSL 1.0.2 (specification, appendix III)."""
_NAMES = (
    "author editor translator container-author collection-editor contributor interviewer recipient director composer "
    "reviewed-author illustrator original-author editorial-director compiler chair curator guest host narrator "
    "organizer performer producer script-writer series-creator executive-producer"
)
NAMES = tuple(_NAMES.split())
"""CSL's name variables (specification, appendix IV); the first six in the order in which entries show them."""
DATES = ("issued", "original-date", "accessed", "event-date", "submitted", "available-date")
"""CSL's date variables (as above), in the order in which entries show them."""

# The data model that comes with BibLaTeX admits author and title for these entry types alone; its other names
# (letter, legislation, image …) are for styles that bring a data model of their own.
_BIBLATEX = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "article", "review-book": "article", "book": "book", "classic": "book", "periodical": "periodical",
    "chapter": "incollection", "paper-conference": "inproceedings", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "webpage": "online", "post": "online",
    "post-weblog": "online", "thesis": "thesis", "report": "report", "pamphlet": "booklet",
    "manuscript": "unpublished", "speech": "unpublished", "dataset": "dataset", "software": "software",
    "patent": "patent",
}  # fmt: skip
_BIBTEX = _BIBLATEX | {
    "periodical": "misc", "entry": "incollection", "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection", "webpage": "misc", "post": "misc", "post-weblog": "misc",
    "thesis": "phdthesis", "report": "techreport", "dataset": "misc", "software": "misc", "patent": "misc",
}  # fmt: skip
# What an entry type says when the file says no more.
_FROM_ENTRY = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "reference": "book", "mvreference": "book", "proceedings": "book", "mvproceedings": "book", "manual": "book",
    "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inproceedings": "paper-conference", "conference": "paper-conference",
    "inreference": "entry-encyclopedia", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "report": "report",
    "techreport": "report", "booklet": "pamphlet", "unpublished": "manuscript", "dataset": "dataset",
    "software": "software", "patent": "patent", "periodical": "periodical", "review": "review",
    "letter": "personal_communication", "legislation": "legislation", "jurisdiction": "legal_case",
    "legal": "treaty", "standard": "standard", "movie": "motion_picture", "video": "motion_picture",
    "audio": "song", "music": "song", "image": "graphic", "artwork": "graphic", "performance": "performance",
    "suppperiodical": "article-journal",
}  # fmt: skip
ENTRY_TYPES = frozenset((*_FROM_ENTRY, "misc", "comment", "string", "preamble", "set", "xdata"))
"""What can stand behind the @ of a .bib file, in small letters."""
_SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
_SUBTYPES |= {kind: kind.replace("_", "-") for kind in CSL_TYPES - _SUBTYPES.keys()}  # TeX reads _ in no name
_FROM_SUBTYPE = {kind: kind for kind in CSL_TYPES} | {subtype: kind for kind, subtype in _SUBTYPES.items()}
_MASTER = re.compile(
    r"master|magist|\bM\.?\s?(?:A|Phil|Sc|Litt)\b|licen[cz]|laurea|maîtrise|硕士|碩士|修士", re.IGNORECASE
)


def csl_type(item: Item) -> str:
    """The item's own type, or the one that its fields speak for; "document" when they say nothing."""
    stated = item.get("type")
    if isinstance(stated, str) and stated:
        return stated

    def has(*fields: str) -> bool:
        return any(item.get(field) for field in fields)

    if has("container-title"):
        if has("event-title"):
            return "paper-conference"
        if has("volume", "issue", "ISSN") and not has("publisher", "editor", "container-author", "ISBN"):
            return "article-journal"
        if has("publisher", "publisher-place", "editor", "container-author", "ISBN", "collection-title"):
            return "chapter"
        if _has_day(item.get("issued")):
            return "article-newspaper"
        return "webpage" if has("URL") and not has("page") else "chapter"
    if has("number") and not has("ISBN", "volume", "edition", "collection-title"):
        return "report"  # CSL's `number` is that of a report, a patent, a law; the other two say their type
    signs = (
        (("event-title",), "paper-conference"),
        (("interviewer",), "interview"),
        (("recipient",), "personal_communication"),
        (("publisher", "publisher-place", "ISBN", "edition", "volume", "collection-title"), "book"),
        (("archive", "archive_location"), "manuscript"),
        (("URL",), "webpage"),
        (("author", "editor", "translator"), "book"),
    )
    return next((kind for fields, kind in signs if has(*fields)), "document")


def _has_day(date: Any) -> bool:
    if isinstance(date, str):
        return date.count("-") == 2
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    return isinstance(parts, list) and bool(parts) and isinstance(parts[0], Sequence) and len(parts[0]) == 3


def _printed_as(item: Item) -> str:
    """The item's type; for one without an entry type (a letter, an interview) inside a container, that of its place."""
    kind = csl_type(item)
    if kind in _BIBLATEX or not item.get("container-title"):
        return kind
    place = csl_type({variable: value for variable, value in item.items() if variable != "type"})
    return kind if place == "webpage" else place


def _entry_type(item: Item, types: Mapping[str, str]) -> str:
    """@unpublished has an author in both notations (btxdoc 3.1; blx-dm.def); @misc holds what nobody signed, such as
    the files of an archive (biblatex-chicago 4.1, @misc with entrysubtype)."""
    entry_type = types.get(_printed_as(item), "misc")
    return "misc" if entry_type == "unpublished" and not item.get("author") else entry_type


def biblatex_type(item: Item) -> str:
    """The BibLaTeX entry type: of those that the data model's constraints fit (an @incollection has an editor)."""
    entry_type = _entry_type(item, _BIBLATEX)
    if entry_type == "book" and item.get("editor") and not item.get("author"):
        return "collection"
    if entry_type == "incollection" and (item.get("container-author") or not item.get("editor")):
        return "inbook"
    return entry_type


def bibtex_type(item: Item) -> str:
    """The BibTeX entry type. Part of a book is @incollection: BibTeX's @inbook has no title of its own (btxdoc)."""
    entry_type = _entry_type(item, _BIBTEX)
    if entry_type == "phdthesis" and _MASTER.search(str(item.get("genre", ""))):
        return "mastersthesis"
    return entry_type


def type_of_entry(entry_type: str, subtype: str | None, *, has_url: bool) -> str:
    """The CSL type of an entry.

    Args:
        entry_type: `article`, `book` … in small letters.
        subtype: `entrysubtype`: a CSL type, "newspaper" or "magazine"; anything else says nothing.
        has_url: an @misc with a URL is a web page.
    """
    if subtype and subtype.lower() in _FROM_SUBTYPE:
        return _FROM_SUBTYPE[subtype.lower()]
    default = "webpage" if has_url else "document"
    return _FROM_ENTRY.get(entry_type, default)


def subtype_for(kind: str, entry_type: str, *, has_url: bool) -> str | None:
    """The `entrysubtype` that leads back to the CSL type, None where the entry type alone does (or nothing)."""
    if type_of_entry(entry_type, None, has_url=has_url) == kind:
        return None
    return _SUBTYPES.get(kind)
