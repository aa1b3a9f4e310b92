"""A document cut into what a reader sees as blocks: paragraphs, headings, notes, running heads, pages.

Blocks lie in order and apart; between them stands white space alone. Where a format breaks lines as a typesetter does
(plain text, Markdown, PDF), a block also says at which line ends the sentence just goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from citekit.model import Document, HintKind, Note, NoteKind, Span
from citekit.notes.layout import Line, lay_out

__all__ = ["TYPESET", "Block", "BlockKind", "LineEnd", "LineEndKind", "blocks_of", "line_ends"]

TYPESET = frozenset({"text/plain", "text/markdown", "application/pdf"})
"""Media types whose line ends are a typesetter's or an editor's as often as the author's."""
_FULL = 0.85  # of the longest line of its block: a line that could not have taken the next word
_LONGEST_SIGNS = 12  # characters between a label and the words of its note ("[^weber]: ", "1.\t")
_OWN_LINE = re.compile(r"[ \t]*(?:[-+*•–—|>]|\d{1,3}[.)])[ \t]")  # lists, tables, quotations: a line of their own
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]\Z")
_EAST_ASIAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    NOTE = "note"
    FURNITURE = "furniture"
    """A running head, a page number, front matter: of the page, not of the text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document that stands apart.

    Attributes:
        kind: what it is.
        span: its place, from its first to its last line's words.
        note: the note that it is, or a part of; None for the body.
        first: it is that note's first part.
    """

    kind: BlockKind
    span: Span
    note: Note | None = None
    first: bool = True


class LineEndKind(StrEnum):
    """What the end of a line inside a block means."""

    SPACE = "space"
    """The typesetter's: the sentence goes on behind a blank."""
    NOTHING = "nothing"
    """The typesetter's: the word goes on (its hyphen counts to the line end), or the script has no blanks."""
    BREAK = "break"
    """The author's: verse, a list, an address."""


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The characters of a line's end inside a block, with a hyphen that goes with it."""

    kind: LineEndKind
    span: Span


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a part of a note stands."""

    span: Span
    note: Note
    first: bool


def blocks_of(document: Document, notes: Sequence[Note]) -> tuple[Block, ...]:
    """The blocks of a document whose notes are known.

    A note inside a line of the body (an inline note) is no block.
    """
    lines = [line for line in lay_out(document).lines if not line.blank]
    frames = _frames(document.text, notes, lines)
    headings = sorted(hint.span for hint in document.hints if hint.kind is HintKind.HEADING)
    indented = document.media_type in TYPESET and document.media_type != "text/markdown"
    found: list[Block] = []
    place = 0
    for frame in frames:
        found += _body(document.text, lines, headings, place, frame.span.start, indented=indented)
        found.append(Block(BlockKind.NOTE, frame.span, frame.note, frame.first))
        place = frame.span.end
    found += _body(document.text, lines, headings, place, len(document.text), indented=indented)
    return tuple(found)


def line_ends(document: Document, block: Block) -> Iterator[LineEnd]:
    """The line ends inside a block."""
    text = document.text[block.span.start : block.span.end]
    typeset = document.media_type in TYPESET and block.kind is not BlockKind.FURNITURE
    lines = text.splitlines(keepends=True)
    bare = [line.rstrip() for line in lines]
    longest = max(map(len, bare), default=0)
    start = block.span.start
    for number, line in enumerate(lines[:-1]):
        end = start + len(line)
        words, following = bare[number], bare[number + 1]
        span = Span(start + len(words), end)
        start = end
        if not typeset or not _goes_on(words, following, longest):
            yield LineEnd(LineEndKind.BREAK, span)
        elif _HYPHEN.search(words) and following.lstrip()[:1].islower():
            yield LineEnd(LineEndKind.NOTHING, Span(span.start - 1, _indent_end(following, span.end)))
        elif _EAST_ASIAN.match(words[-1]) and _EAST_ASIAN.match(following.lstrip()[:1]):
            yield LineEnd(LineEndKind.NOTHING, Span(span.start, _indent_end(following, span.end)))
        else:
            yield LineEnd(LineEndKind.SPACE, span)


def _indent_end(following: str, start: int) -> int:
    return start + len(following) - len(following.lstrip())


def _goes_on(words: str, following: str, longest: int) -> bool:
    """Whether a line was full: the next line's first word had no room in it."""
    if not words.strip() or not following.strip() or _OWN_LINE.match(following):
        return False
    first_word = following.split(maxsplit=1)[0]
    room = len(words) + 1 + (1 if _EAST_ASIAN.match(first_word) else len(first_word))
    return room >= _FULL * longest


def _frames(text: str, notes: Sequence[Note], lines: Sequence[Line]) -> list[_Frame]:
    """The parts of notes that are blocks, in order; those inside a line of the body are left out."""
    parts = [
        (_with_label(note, part, first=number == 0), part.end, note, number == 0)
        for note in notes
        if note.kind is not NoteKind.INLINE
        for number, part in enumerate(note.parts)
    ]
    parts.sort(key=lambda part: part[:2])
    starts = [line.start for line in lines]
    frames: list[_Frame] = []
    for start, end, note, first in parts:
        before = frames[-1].span.end if frames else 0
        line = lines[max(0, bisect_right(starts, start) - 1)] if lines else None
        own = max(before, line.start if line else 0)
        if start < before or _worded(text, own, start):
            continue  # in a line of the body, or inside another note
        last = lines[max(0, bisect_left(starts, end) - 1)] if lines else None
        rest = last.last if last and last.last > end and not _worded(text, end, last.last) else end
        frames.append(_Frame(_stripped(text, own, max(end, rest)), note, first))
    return frames


def _with_label(note: Note, part: Span, *, first: bool) -> int:
    """Where a part starts with its label, if that stands right before it."""
    label = note.label_span
    near = first and label is not None and 0 <= part.start - label.end <= _LONGEST_SIGNS
    return label.start if near and label is not None else part.start


def _worded(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))


def _body(
    text: str, lines: Sequence[Line], headings: Sequence[Span], start: int, end: int, *, indented: bool
) -> Iterator[Block]:
    """The blocks between two notes: lines run on until a blank line, a page's end, or a line of another kind."""
    run: list[Span] = []
    kind = BlockKind.PARAGRAPH
    before: Line | None = None
    first = max(0, bisect_right(lines, start, key=lambda line: line.start) - 1)
    for line in lines[first:]:
        if line.start >= end:
            break
        words = _stripped(text, max(line.start, start), min(line.end, end))
        if words.start >= words.end:
            continue
        now = BlockKind.FURNITURE if line.furniture else _heading_or_not(headings, words)
        apart = before is None or _apart(text, before, line) or now is not kind
        if run and (apart or (indented and before is not None and line.indent > before.indent)):
            yield Block(kind, Span(run[0].start, run[-1].end))
            run = []
        run.append(words)
        kind, before = now, line
    if run:
        yield Block(kind, Span(run[0].start, run[-1].end))


def _apart(text: str, before: Line, line: Line) -> bool:
    """Whether a blank line or a page's end stands between two lines."""
    between = text[before.end : line.start]
    return before.page != line.page or "\f" in between or between.replace("\r\n", "\n").count("\n") > 1


def _heading_or_not(headings: Sequence[Span], words: Span) -> BlockKind:
    near = headings[max(0, bisect_right(headings, (words.end, 0)) - 1)] if headings else None
    inside = near is not None and near.start < words.end and words.start < near.end
    return BlockKind.HEADING if inside else BlockKind.PARAGRAPH
