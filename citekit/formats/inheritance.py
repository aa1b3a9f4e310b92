"""What an entry of a .bib file takes from those that it names: `crossref`, `xdata`.

Sources: BibLaTeX manual 2.4.1, 3.11.6 and appendix B (which field of the whole is which of the part, as `biblatex.def`
has it); btxdoc 3.2. BibLaTeX and BibTeX put it in while they run; a store keeps works one by one, and their keys can
become others, so each says itself what it is part of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from citekit.formats.entries import Entry
from citekit.model import Item

__all__ = ["is_template", "with_inherited"]

_TITLE = ("title", "subtitle", "titleaddon")
_MAIN = ("maintitle", "mainsubtitle", "maintitleaddon")
_BOOK = ("booktitle", "booksubtitle", "booktitleaddon")
_JOURNAL = ("journaltitle", "journalsubtitle", "journaltitleaddon")
_SETS = frozenset({"mvbook", "mvcollection", "mvreference", "mvproceedings"})
_IN_BOOK = frozenset({"inbook", "bookinbook", "suppbook"})
_PARTS = _IN_BOOK | {"incollection", "inreference", "suppcollection", "inproceedings", "conference"}
_ARTICLES = frozenset({"article", "suppperiodical", "review"})
_SAME = (
    "editor", "editortype", "editora", "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "translator",
    "series", "number", "volume", "volumes", "edition", "publisher", "organization", "institution", "location",
    "address", "eventtitle", "eventtitleaddon", "venue", "eventdate", "isbn", "issn", "langid", "language",
    "origlanguage", "commentator", "annotator", "introduction", "foreword", "afterword",
)  # fmt: skip
"""Fields that mean the same in the part and in the whole; an address, a page or a note is the whole's alone."""
_ALIASES = {"location": "address", "address": "location", "langid": "language", "language": "langid"}
_DATES = ("date", "year", "month")


def with_inherited(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a file, each with what it inherits of others of the file, and in its own fields.

    `crossref` stays, for the entry is a part whatever it says itself; `xdata` goes where all that it names is there.
    """
    if not any("crossref" in entry.fields or "xdata" in entry.fields for entry in entries):
        return list(entries)
    by_key: dict[str, Entry] = {}
    for entry in entries:
        by_key.setdefault(entry.key.lower(), entry)
    return [_inherited(entry, by_key, frozenset()) for entry in entries]


def is_template(item: Item) -> bool:
    """Whether an item is no work: an @xdata entry only has fields for others."""
    custom = item.get("custom")
    return isinstance(custom, Mapping) and custom.get("entry-type") == "xdata"


def _filled(entry: Entry, by_key: Mapping[str, Entry], seen: frozenset[str]) -> Entry:
    """The entry with all that the @xdata entries say which it names, as far as it does not say it itself."""
    named = [key.strip().lower() for key in entry.fields.get("xdata", "").split(",") if key.strip()]
    if not named:
        return entry
    fields = dict(entry.fields)
    own = entry.key.lower()
    for key in named:
        if key not in by_key or key == own or key in seen:
            continue
        for name, text in _filled(by_key[key], by_key, seen | {own}).fields.items():
            fields.setdefault(name, text)
    if all(key in by_key for key in named):
        del fields["xdata"]
    return replace(entry, fields=fields)


def _inherited(entry: Entry, by_key: Mapping[str, Entry], seen: frozenset[str]) -> Entry:
    entry = _filled(entry, by_key, frozenset())
    named = entry.fields.get("crossref", "").strip().lower()
    own = entry.key.lower()
    if not named or named not in by_key or named == own or named in seen:
        return entry
    whole = _inherited(by_key[named], by_key, seen | {own})
    return replace(entry, fields={**entry.fields, **dict(_taken(entry, whole))})


def _taken(part: Entry, whole: Entry) -> Iterator[tuple[str, str]]:
    """The fields that a part inherits, as it names them."""
    own = part.fields
    for name in _SAME:
        if name in whole.fields and not own.get(name) and not own.get(_ALIASES.get(name, name)):
            yield name, whole.fields[name]
    if not any(own.get(name) for name in _DATES):
        yield from ((name, whole.fields[name]) for name in _DATES if name in whole.fields)
    if "author" in whole.fields:
        yield from _authors(part, whole)
    for titles, inherited in _titles(part.entry_type, whole):
        # A title is one with its parts: a title of its own takes no other's subtitle.
        if not any(own.get(name) for name in (inherited[0], *_other_names(inherited))):
            yield from (
                (name, whole.fields[said]) for said, name in zip(titles, inherited, strict=True) if said in whole.fields
            )


def _authors(part: Entry, whole: Entry) -> Iterator[tuple[str, str]]:
    """Of a book its author is the chapter's, and the book's author of the chapter; of a set the volume's."""
    author = whole.fields["author"]
    in_book = part.entry_type in _PARTS and whole.entry_type not in _SETS - {"mvbook"}
    if not part.fields.get("author") and (part.entry_type in _IN_BOOK or not in_book):
        yield "author", author
    if in_book and not part.fields.get("bookauthor"):
        yield "bookauthor", author


def _titles(kind: str, whole: Entry) -> Iterator[tuple[tuple[str, str, str], tuple[str, str, str]]]:
    """The titles of the whole, and what they are in an entry of this kind."""
    if whole.entry_type in _SETS:
        yield _TITLE, _MAIN
    elif kind in _PARTS:
        # btxdoc 3.2: a whole can have its title a second time, as `booktitle`, for its parts.
        yield (_BOOK if "booktitle" in whole.fields else _TITLE), _BOOK
        yield _MAIN, _MAIN
    elif kind in _ARTICLES and (whole.entry_type == "periodical" or whole.entry_type not in _PARTS):
        yield _TITLE, _JOURNAL
    else:
        yield _MAIN, _MAIN


def _other_names(titles: tuple[str, str, str]) -> tuple[str, ...]:
    return ("journal",) if titles is _JOURNAL else ()
