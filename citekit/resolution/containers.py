"""Books that a chapter stands in and does not describe, because a citation before it did.

"P. Lake, 'Deeds', in ibid., 257–83" stands in the book of the citation just before; "in Munk and Rolf, Salt Roads" in
the one that another note cites in full (Chicago 17, 14.34, 14.108). As with people and archives, what is carried
completes the record of the work, never what the citation itself says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citekit.model import Citation, CueKind, Form, Item
from citekit.resolution.sequence import Place, Reading
from citekit.resolution.unread import Silence, silence

__all__ = ["with_carried_containers"]

_OF_BOOK = (
    "publisher", "publisher-place", "issued", "original-date", "edition", "volume", "number-of-volumes",
    "collection-title", "collection-number", "translator", "ISBN",
)  # fmt: skip
_STATED = (
    *_OF_BOOK[:3],
    "volume",
    "issue",
    "URL",
    "DOI",
)  # a chapter that states any of these describes its book itself
_IMPRINT = ("publisher", "publisher-place", "issued")
_WORD = re.compile(r"[^\W_]+")
_JOINING = frozenset({"and", "und", "et", "e", "y", "i", "и", "eds", "ed", "hg", "hrsg", "dir"})


@dataclass(frozen=True, slots=True)
class _Book:
    """A book that holds chapters: the words of its title, the surnames on its cover, its fields as a container's."""

    title: tuple[str, ...]
    surnames: frozenset[str]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Read:
    """The citations, their places, what they say, and the books that they describe, under the first words of titles."""

    reading: Reading
    places: Mapping[int, Place]
    citations: Sequence[Citation]
    items: Sequence[Item]
    books: Mapping[str, Sequence[_Book]]


def with_carried_containers(reading: Reading, citations: Sequence[Citation], items: Sequence[Item]) -> list[Item]:
    """The items, those of chapters with the book that another citation describes for them.

    Args:
        reading: the order in which the citations are read.
        citations: the citations of the document.
        items: what each says, with what was carried over to it before.
    """
    carried = list(items)
    asking = [place.citation for place in reading.places if _asks(citations[place.citation], carried[place.citation])]
    if not asking:
        return carried
    books: dict[str, list[_Book]] = {}
    for index, item in enumerate(items):
        if citations[index].form is Form.FULL and any(item.get(name) for name in _IMPRINT):
            book = _book(item)
            if book is not None and book.title:
                books.setdefault(book.title[0], []).append(book)
    read = _Read(reading, {place.citation: place for place in reading.places}, citations, carried, books)
    for index in asking:
        if carried[index].get("container-title"):
            carried[index] = _in_book(carried[index], _described(carried[index], books))
    for index in asking:
        if not carried[index].get("container-title"):
            carried[index] = _in_book(carried[index], _before(read, read.places[index]))
    return carried


def _asks(citation: Citation, item: Item) -> bool:
    """Whether a citation gives a part of a book and says no more of the book than its name, or "ibid."."""
    if citation.form is not Form.FULL or not item.get("title") or any(item.get(name) for name in _STATED):
        return False
    return citation.cue(CueKind.CONTAINER_CITED) is not None or bool(item.get("container-title"))


def _in_book(item: Item, book: _Book | None) -> Item:
    if book is None:
        return item
    kept = {name: value for name, value in item.items() if name not in ("container-title", "editor")}
    return {**book.fields, **kept}


def _book(item: Item) -> _Book | None:
    """What an item says of a book: the book itself, or the one that it is a chapter of."""
    title = item.get("container-title") or item.get("title")
    people = item.get("editor") or (() if item.get("container-title") else item.get("author"))
    if not title or not people or item.get("issue"):
        return None
    fields = {name: item[name] for name in _OF_BOOK if item.get(name)}
    role = "editor" if item.get("editor") else "container-author"
    surnames = frozenset(word for person in people for word in _words(_family(person)))
    return _Book(_words(str(title)), surnames, {**fields, "container-title": title, role: list(people)})


def _described(item: Item, books: Mapping[str, Sequence[_Book]]) -> _Book | None:
    """The book that other citations describe under the container's name; None where none or several do."""
    said = str(item["container-title"])
    named = frozenset(word for person in item.get("editor") or () for word in _words(_family(person)))
    if not named:
        head, comma, said = said.partition(", ")
        named = frozenset(_words(head)) - _JOINING
        if not comma or not named:
            return None
    title = _words(said)
    alike = books.get(title[0], ()) if title else ()
    return _only([book for book in alike if named <= book.surnames and _opens(title, book.title)])


def _before(read: _Read, place: Place) -> _Book | None:
    """The book of the citation just before; None where it cites none, or one of several."""
    reading, citations = read.reading, read.citations
    while True:
        group = reading.groups[place.stream, place.group]
        position = group.index(place.citation)
        before = group[position - 1 : position] or reading.groups.get((place.stream, place.group - 1), ())
        if not position and any(
            silence(note.text, None) is Silence.SOURCE for note in reading.silent.get((place.stream, place.group), ())
        ):
            return None
        if len(before) == 1 and citations[before[0]].form is Form.IBID:
            place = read.places[before[0]]
            continue
        found = [_of_citation(citations[one], read.items[one], read.books) for one in before]
        return _only([book for book in found if book]) if all(found) else None


def _of_citation(citation: Citation, item: Item, books: Mapping[str, Sequence[_Book]]) -> _Book | None:
    book = _book(item)
    if citation.form is Form.FULL or book is None:
        return book
    alike = books.get(book.title[0], ()) if book.title else ()
    return _only([other for other in alike if book.surnames <= other.surnames and _opens(book.title, other.title)])


def _only(books: Sequence[_Book]) -> _Book | None:
    """The one book that all of these are, with what the fullest says of it."""
    if not books:
        return None
    fullest = max(books, key=lambda book: len(book.fields))
    years = {str(book.fields["issued"]) for book in books if book.fields.get("issued")}
    volumes = {str(book.fields.get("volume", "")) for book in books}
    same = all(_opens(*sorted((book.title, fullest.title), key=len)) for book in books)
    return fullest if same and len(years) < 2 and len(volumes) == 1 else None


def _opens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return bool(short) and short == full[: len(short)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _family(person: Any) -> str:
    return str(person.get("family") or person.get("literal") or "") if isinstance(person, Mapping) else ""
