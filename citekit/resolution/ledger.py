"""The works of a document while its citations are being read, and the indexes that the rules look them up in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from citekit.matching.names import Name
from citekit.matching.titles import Title
from citekit.model import Citation, Item
from citekit.resolution import fields

__all__ = ["Draft", "Ledger"]

Key = TypeVar("Key")

_LONGEST_LIST = 200
"""Of an author or a title word with more works than this, the last ones entered are looked at: time stays linear."""


@dataclass(slots=True)
class Draft:
    """A work that is being put together.

    Attributes:
        number: its place in the ledger.
        items: what its full citations say (of an incomplete work, its short forms).
        full: the indices of its full citations, in document order.
        incomplete: no full citation names it.
        authors: its authors, or its editors where it has no author, once for each printing of the list.
        titles: all titles that it goes by.
        containers: the titles of what it stands in.
        years: its year with the letter behind it, as printed, and the year of its first printing.
        volumes: the volumes it states to be; several where its citations differ.
        pages: the first and the last page of an article or chapter, the widest of what its citations say.
        part_of: the number of the work whose volume it stands in ("X, ivi, pp. 3-9"), None where unknown.
        original: the number of the work of which it is a translation, None where unknown.
        translations: the translations cited beside it, under their language ("" where it was not said).
        last: index of the citation that meant it last, in the order of reading so far.
        last_place: how many citations had been read then, -1 where none was.
        naming: index of the citation that named it in full last, in the order of reading so far.
    """

    number: int
    items: list[Item]
    full: tuple[int, ...] = ()
    incomplete: bool = False
    authors: tuple[tuple[Name, ...], ...] = ()
    titles: tuple[Title, ...] = ()
    containers: tuple[Title, ...] = ()
    years: frozenset[tuple[str, str]] = frozenset()
    volumes: frozenset[str] = frozenset()
    pages: tuple[int, int] | None = None
    part_of: int | None = None
    original: int | None = None
    translations: dict[str, int] = field(default_factory=dict)
    last: int | None = None
    last_place: int = -1
    naming: int | None = None

    @property
    def namer(self) -> int | None:
        """The citation to point at: the last full one read, else the first to come."""
        return self.naming if self.naming is not None else self.full[0] if self.full else self.last

    @property
    def is_translation(self) -> bool:
        """Whether it was cited as the translation of another work of the document."""
        return self.original is not None


@dataclass(slots=True)
class Ledger:
    """All works of the document, and their numbers by what rules look for.

    Attributes:
        drafts: the works, each at its number.
        by_author: under each word of an author's name.
        by_word: under each word of a title.
        by_day: under the day of their date, where it states one.
        by_file: under their shelfmark, and under that of each file which it is in.
    """

    drafts: list[Draft] = field(default_factory=list)
    by_author: dict[str, list[int]] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=dict)
    by_day: dict[tuple[int, ...], list[int]] = field(default_factory=dict)
    by_file: dict[str, list[int]] = field(default_factory=dict)

    def open(self, items: Sequence[Item], full: Iterable[int] = (), *, incomplete: bool = False) -> Draft:
        """Enter a work with what its citations say."""
        draft = Draft(len(self.drafts), list(items), tuple(full), incomplete)
        self.drafts.append(draft)
        for item in items:
            self._describe(draft, item)
        return draft

    def add(self, draft: Draft, item: Item) -> None:
        """One more short form of an incomplete work."""
        draft.items.append(item)
        self._describe(draft, item)

    def of_authors(self, names: Iterable[Name]) -> list[Draft]:
        """The works that have one of these surnames among their authors, in the order they were entered."""
        found = {
            number for name in names for word in _keys(name) for number in self.by_author.get(word, [])[-_LONGEST_LIST:]
        }
        return [self.drafts[number] for number in sorted(found)]

    def with_title(self, titles: Iterable[Title]) -> list[Draft]:
        """The works that share the rarest word of a title; a word cut short finds none."""
        found: set[int] = set()
        for title in titles:
            lists = [self.by_word[word] for word in title.content or title.words if word in self.by_word]
            if lists:
                found.update(min(lists, key=len)[-_LONGEST_LIST:])
        return [self.drafts[number] for number in sorted(found)]

    def of_day(self, day: tuple[int, ...]) -> list[Draft]:
        """The works of this day, in the order they were entered."""
        return [self.drafts[number] for number in self.by_day.get(day, [])[-_LONGEST_LIST:]]

    def of_file(self, shelfmark: str) -> list[Draft]:
        """The works in the file of this shelfmark, of whatever archive, in the order they were entered."""
        return [self.drafts[number] for number in self.by_file.get(shelfmark, [])[-_LONGEST_LIST:]]

    def _describe(self, draft: Draft, item: Item) -> None:
        authors = fields.people(item, "author") or fields.people(item, "editor")
        if authors:
            draft.authors = tuple(dict.fromkeys((*draft.authors, authors)))
        draft.titles = tuple(dict.fromkeys(draft.titles + fields.titles(item)))
        draft.containers = tuple(dict.fromkeys(draft.containers + fields.containers(item)))
        dates = (fields.year(item), fields.year(item, "original-date"))
        draft.years |= {date for date in dates if date[0]}
        draft.volumes |= fields.volumes(item)
        pages = fields.page_range(item)
        if pages and draft.pages:
            pages = min(pages[0], draft.pages[0]), max(pages[1], draft.pages[1])
        draft.pages = pages or draft.pages
        day = fields.day(item)
        if day is not None:
            _enter(self.by_day, day, draft.number)
        for shelfmark in fields.files(item):
            _enter(self.by_file, shelfmark, draft.number)
        for name in authors:
            for word in _keys(name):
                _enter(self.by_author, word, draft.number)
        for title in draft.titles:
            for word in title.words:
                _enter(self.by_word, word, draft.number)


def _keys(name: Name) -> set[str]:
    """The words under which a name is filed: its surname, and full given names, as printings confuse the two."""
    return {*name.family, "".join(name.family), *(word for word in name.given if len(word) > 2)}


def _enter(index: dict[Key, list[int]], key: Key, number: int) -> None:
    listed = index.setdefault(key, [])
    if not listed or listed[-1] != number:
        listed.append(number)


def naming_ids(drafts: Iterable[Draft], citations: Sequence[Citation]) -> tuple[str, ...]:
    """The ids of the citations that name these works, each once, in document order."""
    places = {place for draft in drafts if (place := draft.namer) is not None}
    return tuple(citations[place].id for place in sorted(places))
