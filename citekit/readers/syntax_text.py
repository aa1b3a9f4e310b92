"""pandoc's syntax tree → text and hints: a note's marker at its place, the notes behind the text, as in a manuscript.

Types and their contents: pandoc-types 1.23 (Text.Pandoc.Definition).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from citekit.model import HintKind, KeyedCitation, NoteKind, Span
from citekit.readers.called_notes import AGAIN, CALL, NOTE, CalledNote, take_number
from citekit.readers.composing import Composer, trimmed
from citekit.readers.placing import placed
from citekit.readers.word_fields import DAMAGED_FIELD, FIELD, LISTED

__all__ = ["SyntaxText", "WaitingNote"]

Node: TypeAlias = Mapping[str, Any]
_Entered: TypeAlias = tuple[int, int, Sequence[KeyedCitation], Mapping[str, tuple[Span, ...]]]
_NOWHERE: Mapping[str, tuple[Span, ...]] = {}
_NUMBER = re.compile(r"\s*[\[(]?\d{1,4}[\])]?[.)]?\s")
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_HINTS = {"Emph": HintKind.EMPHASIS, "Underline": HintKind.EMPHASIS, "Superscript": HintKind.SUPERSCRIPT}


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A note that was called: its label, what ties it to its markers, its words."""

    label: str
    key: str
    content: Sequence[Node]
    kind: NoteKind = NoteKind.FOOTNOTE


@dataclass(slots=True)
class SyntaxText:
    """A document's words while pandoc's tree is gone through.

    Attributes:
        fields: the entries of a reference manager's fields, by the numbers that links to them have.
        called: the notes whose labels are known, by the numbers that links at their heads have.
        composer: the text.
        entered: where the words of each field begin and end, its entries, and where the values of its first one are.
        listed: where the words of a reference manager's list of works begin and end.
        damaged: where the words of each field that could not be read begin and end, by its sign.
        waiting: the notes called so far, to be printed behind the text, endnotes behind footnotes.
        met: the numbers of the known notes that were called.
        counted: how many notes were called whose labels are not known.
    """

    fields: Sequence[tuple[KeyedCitation, ...]] = ()
    called: Sequence[CalledNote] = ()
    composer: Composer = field(default_factory=Composer)
    entered: list[_Entered] = field(default_factory=list)
    listed: list[tuple[int, int]] = field(default_factory=list)
    damaged: dict[str, tuple[int, int]] = field(default_factory=dict)
    waiting: list[WaitingNote] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    counted: int = 0

    def document(self, tree: Node) -> None:
        """All words of a tree: title, authors, abstract, text, notes."""
        meta = tree.get("meta") or {}
        for name in ("title", "subtitle", "author", "date", "abstract"):
            if name in meta:
                self.front(name, meta[name])
                self.composer.block()
        self.blocks(tree.get("blocks") or ())
        while self.waiting:  # a note may hold a note
            waiting, self.waiting = self.waiting, []
            for kind in (NoteKind.FOOTNOTE, NoteKind.ENDNOTE):
                for note in waiting:
                    if note.kind is kind:
                        self._note(note)

    def blocks(self, nodes: Iterable[Node]) -> None:
        """Paragraphs, lists, tables, each parted from the next."""
        for node in nodes:
            self.block(node)
            self.composer.block()

    def front(self, name: str, value: Node) -> None:
        """A part of what stands before the text."""
        del name  # all parts are printed alike
        self._meta(value)

    def _meta(self, value: Node) -> None:
        match value.get("t"):
            case "MetaInlines":
                self.inlines(value["c"])
            case "MetaBlocks":
                self.blocks(value["c"])
            case "MetaString":
                self.composer.words(value["c"])
            case "MetaList":
                for item in value["c"]:
                    self._meta(item)
                    self.composer.line()

    def block(self, node: Node) -> None:
        """A paragraph, heading, list, table."""
        content: Any = node.get("c")
        match node["t"]:
            case "Para" | "Plain":
                self.inlines(content)
            case "Header":
                start = self.composer.place
                self.inlines(content[2])
                self.composer.hint(HintKind.HEADING, start, self.composer.place)
            case "LineBlock":
                for line in content:
                    self.inlines(line)
                    self.composer.line()
            case "CodeBlock":
                self.composer.preformatted(content[1])
            case "BlockQuote":
                self.blocks(content)
            case "OrderedList":
                for number, item in enumerate(content[1], content[0][0]):
                    self.composer.words(f"{number}. ")
                    self.blocks(item)
            case "BulletList":
                for item in content:
                    self.blocks(item)
            case "DefinitionList":
                for term, definitions in content:
                    self.inlines(term)
                    self.composer.line()
                    for definition in definitions:
                        self.blocks(definition)
            case "Div" if (note := self._note_number(content[0][1])) is not None:
                self._note(self._known(note, content[1]))
            case "Div":
                self.blocks(content[1])
            case "Figure":
                self.blocks(content[2])
                self._caption(content[1])
            case "Table":
                self._caption(content[1])
                for rows in (content[3][1], *(part for body in content[4] for part in body[2:4]), content[5][1]):
                    self._rows(rows)

    def _caption(self, caption: Sequence[Any]) -> None:
        self.blocks(caption[1])

    def _rows(self, rows: Iterable[Sequence[Any]]) -> None:
        for row in rows:
            for cell in row[1]:
                for block in cell[4]:
                    self.block(block)
                    self.composer.words(" ")
            self.composer.line()

    def inlines(self, nodes: Iterable[Node]) -> None:
        """The words of a paragraph."""
        for node in nodes:
            self.inline(node)

    def inline(self, node: Node) -> None:
        """A word, or words in markup."""
        kind = node["t"]
        content: Any = node.get("c")
        composer = self.composer
        start = composer.place
        match kind:
            case "Str":
                composer.words(content)
            case "Space" | "SoftBreak":
                composer.words(" ")
            case "LineBreak":
                composer.line()
            case "Code" | "Math":
                composer.words(content[1])
            case "Emph" | "Underline" | "Superscript":
                self.inlines(content)
                composer.hint(_HINTS[kind], start, composer.place)
            case "Strong" | "Strikeout" | "Subscript" | "SmallCaps":
                self.inlines(content)
            case "Quoted":
                opening, closing = _QUOTES[content[0]["t"]]
                composer.words(opening)
                self.inlines(content[1])
                composer.words(closing)
            case "Link" if (note := self._called_by(content[2][0])) is not None:
                self.mark(note.label, note.key)
            case "Link":
                self.inlines(content[1])
                target = content[2][0]
                if target.startswith(AGAIN):
                    self._call_again(start, target.removeprefix(AGAIN))
                elif target.startswith(FIELD):
                    self._field(start, target.removeprefix(FIELD))
                elif target and not target.startswith("#"):
                    composer.hint(HintKind.LINK, start, composer.place, target=target)
            case "Cite":
                self.inlines(content[1])
            case "Span":
                self.inlines(content[1])
            case "Note":
                self._call(content)

    def _field(self, start: int, number: str) -> None:
        """The words of a field end here; what its program left in several pieces is one."""
        before = self.entered[-1] if self.entered else None
        if number.startswith(DAMAGED_FIELD):
            self.damaged[number] = (self.damaged.get(number, (start, 0))[0], self.composer.place)
        elif number == LISTED:
            self.listed.append((start, self.composer.place))
        elif number.isdigit() and int(number) < len(self.fields):
            entries = self.fields[int(number)]
            if before and before[2] is entries:
                self.entered.pop()
                start = before[0]
            self.enter(start, entries)

    def enter(
        self, start: int, entries: Sequence[KeyedCitation], spans: Mapping[str, tuple[Span, ...]] = _NOWHERE
    ) -> None:
        """The words that cite some entries end here; `spans` are the places of the first one's fields."""
        if self.composer.place > start:
            self.entered.append((start, self.composer.place, entries, spans))

    def keyed(self, text: str) -> tuple[KeyedCitation, ...]:
        """The citations that are entries, at their places in the finished text."""
        found = []
        for start, end, entries, spans in self.entered:
            stated = placed(text, start, end, entries)
            values = {name: kept for name, places in spans.items() if (kept := _trimmed(text, places))}
            found += [replace(stated[0], field_spans=values), *stated[1:]] if stated and values else stated
        return tuple(sorted(found, key=lambda entry: entry.span))

    def entries_listed(self, text: str) -> None:
        """Each paragraph of a reference manager's list of works is an entry, but where numbers stand before them."""
        places: list[tuple[int, int]] = []
        for start, end in (trimmed(text, *place) for place in self.listed):  # the break before a paragraph is its own
            if places and "\n" not in text[places[-1][1] : start].strip(" "):
                places[-1] = (places[-1][0], end)
            else:
                places.append((start, end))
        if not any(_NUMBER.match(text, start) for start, _ in places):
            for start, end in places:
                kind = NoteKind.REFERENCE
                self.composer.hint(HintKind.NOTE, start, end, target=f"#entry-{start}", note_kind=kind)

    def mark(self, label: str, key: str) -> None:
        """A label in brackets that calls a note."""
        span = self.composer.label(label)
        self.composer.hint(HintKind.NOTE_MARKER, span.start, span.end, label=label, target=key)

    def _call(self, content: Sequence[Node]) -> None:
        """A note is called here: under its own label where that is known, else under its number."""
        number = take_number(content)
        if number is None or number >= len(self.called):
            self.counted += 1
            note = WaitingNote(str(self.counted), f"#note-{self.counted}", content)
        else:
            note = self._known(number, content)
        self.mark(note.label, note.key)
        if number is None or number not in self.met:
            self.waiting.append(note)
        if number is not None:
            self.met.add(number)

    def _known(self, number: int, content: Sequence[Node]) -> WaitingNote:
        known = self.called[number]
        return WaitingNote(known.label, f"{NOTE}{number}", content, known.kind)

    def _called_by(self, target: str) -> WaitingNote | None:
        """The note in whose place a link stands."""
        number = target.removeprefix(CALL)
        if target == number or not number.isdigit() or int(number) >= len(self.called):
            return None
        return self._known(int(number), ())

    def _note_number(self, classes: Sequence[str]) -> int | None:
        """The number of the note that a block is."""
        for name in classes:
            number = name.removeprefix(NOTE[1:])
            if number != name and number.isdigit() and int(number) < len(self.called):
                return int(number)
        return None

    def _call_again(self, start: int, number: str) -> None:
        """The label of a note that was called elsewhere, printed as one."""
        if number.isdigit() and int(number) < len(self.called):
            label = self.called[int(number)].label
            place, target = self.composer.place, f"{NOTE}{number}"
            self.composer.hint(HintKind.NOTE_MARKER, start, place, label=label, target=target)

    def _note(self, note: WaitingNote) -> None:
        self.composer.block()
        label_span = self.composer.label(note.label)
        self.composer.words(" ")
        start = self.composer.place
        self.blocks(note.content)
        self.composer.hint(
            HintKind.NOTE,
            start,
            self.composer.place,
            label=note.label,
            label_span=label_span,
            target=note.key,
            note_kind=note.kind,
        )


def _trimmed(text: str, places: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for place in places if (span := trimmed(text, *place)).length)
