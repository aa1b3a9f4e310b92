"""pandoc's syntax tree → text and hints: a note's marker at its place, the notes behind the text, as in a manuscript.

Types and their contents: pandoc-types 1.23 (Text.Pandoc.Definition).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from citekit.model import HintKind, KeyedCitation, NoteKind
from citekit.readers.composing import Composer
from citekit.readers.placing import placed
from citekit.readers.word_fields import FIELD

__all__ = ["SyntaxText"]

Node: TypeAlias = Mapping[str, Any]
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_HINTS = {"Emph": HintKind.EMPHASIS, "Underline": HintKind.EMPHASIS, "Superscript": HintKind.SUPERSCRIPT}


@dataclass(slots=True)
class SyntaxText:
    """A document's words while pandoc's tree is gone through.

    Attributes:
        fields: the entries of a reference manager's fields, by the numbers that links to them have.
        composer: the text.
        entered: the words of each field that was met, and its number.
        notes: the notes called so far.
    """

    fields: Sequence[tuple[KeyedCitation, ...]] = ()
    composer: Composer = field(default_factory=Composer)
    entered: list[tuple[int, int, int]] = field(default_factory=list)
    notes: list[Sequence[Node]] = field(default_factory=list)

    def document(self, tree: Node) -> None:
        """All words of a tree: title, authors, abstract, text, notes."""
        meta = tree.get("meta") or {}
        for name in ("title", "subtitle", "author", "date", "abstract"):
            if name in meta:
                self._meta(meta[name])
                self.composer.block()
        self.blocks(tree.get("blocks") or ())
        number = 0
        while number < len(self.notes):  # a note may hold a note
            number += 1
            self._note(number, self.notes[number - 1])

    def blocks(self, nodes: Iterable[Node]) -> None:
        """Paragraphs, lists, tables, each parted from the next."""
        for node in nodes:
            self._block(node)
            self.composer.block()

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

    def _block(self, node: Node) -> None:
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
                    self._block(block)
                    self.composer.words(" ")
            self.composer.line()

    def inlines(self, nodes: Iterable[Node]) -> None:
        """The words of a paragraph."""
        for node in nodes:
            self._inline(node)

    def _inline(self, node: Node) -> None:
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
            case "Link":
                self.inlines(content[1])
                target = content[2][0]
                if target.startswith(FIELD) and target.removeprefix(FIELD).isdigit():
                    self._enter(start, int(target.removeprefix(FIELD)))
                elif target and not target.startswith("#"):
                    composer.hint(HintKind.LINK, start, composer.place, target=target)
            case "Cite":
                self.inlines(content[1])
            case "Span":
                self.inlines(content[1])
            case "Note":
                self.notes.append(content)
                self._marker(len(self.notes))

    def _enter(self, start: int, number: int) -> None:
        """The words of a field end here; what its program left in several pieces is one."""
        before = self.entered[-1] if self.entered else None
        if before and before[2] == number:
            self.entered[-1] = (before[0], self.composer.place, number)
        elif number < len(self.fields):
            self.entered.append((start, self.composer.place, number))

    def keyed(self, text: str) -> tuple[KeyedCitation, ...]:
        """The citations that are entries, at their places in the finished text."""
        found = [
            entry for start, end, number in self.entered for entry in placed(text, start, end, self.fields[number])
        ]
        return tuple(sorted(found, key=lambda entry: entry.span))

    def _marker(self, number: int) -> None:
        label = str(number)
        span = self.composer.label(label)
        self.composer.hint(HintKind.NOTE_MARKER, span.start, span.end, label=label)

    def _note(self, number: int, content: Sequence[Node]) -> None:
        label = str(number)
        self.composer.block()
        label_span = self.composer.label(label)
        self.composer.words(" ")
        start = self.composer.place
        self.blocks(content)
        self.composer.hint(
            HintKind.NOTE,
            start,
            self.composer.place,
            label=label,
            label_span=label_span,
            note_kind=NoteKind.FOOTNOTE,
        )
