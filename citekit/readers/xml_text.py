"""Scholarly XML → text and hints: what TEI and JATS have in common.

Notes that stand inside a sentence leave their label there, in square brackets, and are printed behind the text, so that
the sentence can be read; notes that stand in a list of notes stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from citekit.model import HintKind, NoteKind
from citekit.readers.composing import Composer
from citekit.readers.markup import all_words, attribute, entity_words, local_name
from citekit.readers.xml_entries import MarkedCitation

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Handler", "XmlText", "children"]

_OPENING_QUOTES = "“‘\"'«„‚「『"


@dataclass(slots=True)
class XmlText:
    """A document's words while its elements are gone through.

    Attributes:
        handlers: name of an element → what to do with it; all others give their words alone.
        blocks: names of the elements that are paragraphs of their own.
        targets: ids that links lead to.
        composer: the text.
        waiting: notes to be printed behind the text, each with its label, its key and its kind.
        numbered: how many notes without a printed label were given a number.
        places: where the words of the elements of a citation stand, while it is gone through.
        citations: those whose parts are marked.
        shelves: what was found out about the elements that notes stand in.
        labels: the labels of notes that links lead to, by what the links say.
        pointing: the notes that point at a place of the text (`target`), with their labels, by the id of the place.
        unprinted: labels inside notes, printed before them.
        keys: what ties each note to its markers.
    """

    handlers: dict[str, Handler]
    blocks: frozenset[str]
    targets: frozenset[str] = frozenset()
    composer: Composer = field(default_factory=Composer)
    waiting: list[tuple[_Element, str | None, str, NoteKind]] = field(default_factory=list)
    numbered: int = 0
    places: dict[_Element, tuple[int, int]] | None = None
    citations: list[MarkedCitation] = field(default_factory=list)
    shelves: dict[_Element, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    pointing: dict[str, list[tuple[str, _Element]]] = field(default_factory=dict)
    unprinted: set[_Element] = field(default_factory=set)
    keys: dict[_Element, str] = field(default_factory=dict)

    def element(self, element: _Element) -> None:
        """The words of an element, by its handler if there is one."""
        start = self.composer.place
        self._element(element)
        if self.places is not None:
            self.places[element] = (start, self.composer.place)

    def citation(
        self,
        element: _Element,
        write: Callable[[], None],
        read: Callable[[_Element, dict[_Element, tuple[int, int]]], MarkedCitation | None],
    ) -> None:
        """A citation whose parts may be marked: its words, and what the markup says of them."""
        if self.places is not None:  # one inside another
            write()
            return
        start, self.places = self.composer.place, {}
        write()
        self.places[element] = (start, self.composer.place)
        marked, self.places = read(element, self.places), None
        if marked is not None:
            self.citations.append(marked)

    def _element(self, element: _Element) -> None:
        name = local_name(element)
        handler = self.handlers.get(name)
        if element in self.unprinted:
            return
        if name in self.blocks:
            self.composer.block()
        if handler is not None:
            handler(self, element)
        elif name:
            self.content(element)
        else:
            self.composer.words(entity_words(element))
        for label, note in self.pointing.get(attribute(element, "id"), ()) if self.pointing and name else ():
            self.marker(label, self.key(note))
        if name in self.blocks:
            self.composer.block()

    def content(self, element: _Element) -> None:
        """The words inside an element."""
        self.composer.words(element.text)
        for child in element:
            self.element(child)
            self.composer.words(child.tail)

    def hinted(self, element: _Element, kind: HintKind, target: str | None = None) -> None:
        """The words inside an element, with a hint over them."""
        start = self.composer.place
        self.content(element)
        self.composer.hint(kind, start, self.composer.place, target=target)

    def cell(self, element: _Element) -> None:
        """The words of a table's cell, parted from the next by a space."""
        self.content(element)
        self.composer.words(" ")

    def quoted(self, element: _Element) -> None:
        """The words inside an element in quotation marks, unless the text has its own around them."""
        before = self.composer.pieces[-1][-1:] if self.composer.pieces and not self.composer.pending else ""
        first = all_words(element)[:1]
        if (before and before in _OPENING_QUOTES) or first in _OPENING_QUOTES:
            self.content(element)
            return
        self.composer.words("“")
        self.content(element)
        self.composer.words("”")

    def marker(self, label: str, key: str) -> None:
        """A label in square brackets that calls a note."""
        self.composer.words("[")
        start = self.composer.place
        self.composer.words(label)
        self.composer.hint(HintKind.NOTE_MARKER, start, self.composer.place, label=label, target=key)
        self.composer.words("]")

    def call(self, element: _Element, label: str | None, kind: NoteKind) -> None:
        """A note inside a sentence: its label stays here, its words wait; without a label it gets its number."""
        if label is None:
            self.numbered += 1
            label = str(self.numbered)
        key = self.key(element)
        self.marker(label, key)
        self.waiting.append((element, label, key, kind))

    def key(self, element: _Element) -> str:
        """What ties a note to its markers: its id, or a number of its own."""
        name = attribute(element, "id")
        return f"#{name}" if name else self.keys.setdefault(element, f"#unnamed-{len(self.keys)}")

    def note(self, element: _Element, label: str | None, key: str, kind: NoteKind) -> None:
        """A note's words here, its label before them."""
        self.composer.block()
        label_span = None
        if label is not None:
            label_span = self.composer.label(label)
            self.composer.words(" ")
        start = self.composer.place
        self.content(element)
        self.composer.hint(
            HintKind.NOTE,
            start,
            self.composer.place,
            label=label,
            label_span=label_span,
            target=key,
            note_kind=kind,
        )
        self.composer.block()

    def waiting_notes(self) -> None:
        """Print the notes that wait, and those that wait inside them."""
        number = 0
        while number < len(self.waiting):
            self.note(*self.waiting[number])
            number += 1


Handler: TypeAlias = Callable[[XmlText, "_Element"], None]


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of these names."""
    return (child for child in element if local_name(child) in names)
