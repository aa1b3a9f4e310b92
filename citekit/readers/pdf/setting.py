"""Printed lines → the text of a document, with hints, and the place on its page of each word."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from citekit.model import Hint, HintKind, Page, Span
from citekit.readers.pdf.lines import PrintedLine

__all__ = ["Block", "SetPage", "TextSetter"]

_PARAGRAPH = 1.35  # times the usual distance of two lines: a new paragraph
_OTHER_SIZE = 0.6  # points: a heading, a caption, a quotation set apart
_WIDTH = 0.5  # of the type size: the width that an indentation is counted in
_MOST_INDENT = 40
_RISE, _DEPTH = 0.75, 0.25  # of the type size: how far letters reach over and under their baseline
# A letter alone, for "XVIIᵉ" has one too; or a Roman numeral.
_SUPERSCRIPT = re.compile(r"\d{1,4}|[*∗†‡§¶‖]{1,4}|\A(?:[a-z]|[ivxlc]{2,8})(?=\s*\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that follow each other in one column: of the text, of the notes (`foot`), or furniture."""

    lines: Sequence[PrintedLine]
    foot: bool = False
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page ready to be written down: its blocks in reading order, and words that stand crosswise in the margin."""

    number: int
    label: str | None
    width: float
    height: float
    blocks: Sequence[Block]
    margin: str = ""


@dataclass(slots=True)
class TextSetter:
    """Writes pages down one after the other; pages are parted by a form feed, as pdftotext does."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    hints: list[Hint] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    _slanted: Span | None = None

    @property
    def text(self) -> str:
        """All that was written down."""
        return "".join(self.pieces)

    def add(self, page: SetPage) -> None:
        """Write one page down."""
        if self.pages:
            self.hints.append(Hint(HintKind.PAGE_BREAK, Span(self.length, self.length + 1)))
            self._write("\f")
        start = self.length
        starts, ends, edges = array("L"), array("L"), array("f")
        for block in page.blocks:
            if not block.lines:
                continue
            if self.length > start:
                self._write("\n")
            begin = self.length
            self._block(block, starts, ends, edges)
            if block.foot or block.furniture:
                kind = HintKind.FURNITURE if block.furniture else HintKind.NOTE_AREA
                self.hints.append(Hint(kind, Span(begin, self.length)))
        if page.margin:
            if self.length > start:
                self._write("\n")
            self.hints.append(Hint(HintKind.FURNITURE, Span(self.length, self.length + len(page.margin))))
            self._write(page.margin + "\n")
        span = Span(start, self.length)
        self.pages.append(Page(page.number, page.label, page.width, page.height, span, starts, ends, edges))

    def _write(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)

    def _block(self, block: Block, starts: array[int], ends: array[int], edges: array[float]) -> None:
        base = _left_edge(block.lines)
        steps = sorted(two.y - one.y for one, two in pairwise(block.lines) if two.y > one.y)
        usual = steps[(len(steps) - 1) // 2] if steps else 0.0
        before: PrintedLine | None = None
        for line in block.lines:
            if before and not block.foot and not block.furniture:
                apart = line.y - before.y > _PARAGRAPH * usual
                if apart or abs(line.size - before.size) > _OTHER_SIZE:
                    self._write("\n")
            indent = round((line.left - base) / (_WIDTH * line.size))
            self._write(" " * max(0, min(indent, _MOST_INDENT)))
            self._line(line, starts, ends, edges)
            self._write("\n")
            before = line
        self._close_slanted()

    def _close_slanted(self) -> None:
        if self._slanted:
            self.hints.append(Hint(HintKind.EMPHASIS, self._slanted))
            self._slanted = None

    def _line(self, line: PrintedLine, starts: array[int], ends: array[int], edges: array[float]) -> None:
        """Write one line, with hints for what is raised or slanted, and the places of its words."""
        words: list[str] = []
        offset = self.length
        raised: tuple[int, str] | None = None
        word: list[float] = []
        word_start = offset

        def close_word() -> None:
            nonlocal word
            if word:
                starts.append(word_start)
                ends.append(offset)
                edges.extend(word)
                word = []

        def close_raised() -> None:
            nonlocal raised
            if raised:
                for found in _SUPERSCRIPT.finditer(raised[1]):
                    span = Span(raised[0] + found.start(), raised[0] + found.end())
                    self.hints.append(Hint(HintKind.SUPERSCRIPT, span))
                raised = None

        for place, glyph in enumerate(line.glyphs):
            if (place in line.raised) != (raised is not None) and glyph.size:
                label = raised is not None and raised[0] == self.length
                close_word()
                close_raised()
                if label and words[-1] != " " and glyph.text.isalnum():
                    words.append(" ")  # a raised label and the first word of its note are set without a blank
                    offset += 1
                if place in line.raised:
                    raised = (offset, "")
            if not glyph.size:
                close_word()
                if raised:
                    raised = (raised[0], raised[1] + " ")
            else:
                top, bottom = glyph.y - _RISE * glyph.size, glyph.y + _DEPTH * glyph.size
                if word:
                    word = [word[0], min(word[1], top), max(word[2], glyph.right), max(word[3], bottom)]
                else:
                    word, word_start = [glyph.left, top, glyph.right, bottom], offset
                if raised:
                    raised = (raised[0], raised[1] + glyph.text)
                if glyph.italic:
                    start = self._slanted.start if self._slanted else offset  # italics run on over the line's end
                    self._slanted = Span(start, offset + len(glyph.text))
                elif glyph.text.isalnum():  # a comma or an apostrophe between slanted words is often set upright
                    self._close_slanted()
            words.append(glyph.text)
            offset += len(glyph.text)
        close_word()
        close_raised()
        self._write("".join(words))


def _left_edge(lines: Sequence[PrintedLine]) -> float:
    """Where most lines of a column begin, or those that hang out to the left of them."""
    lefts = Counter(round(line.left) for line in lines)
    usual = [left for left, count in lefts.items() if count >= max(1, 0.1 * len(lines))]
    return min(usual, default=0)
