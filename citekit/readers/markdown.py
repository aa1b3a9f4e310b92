"""Markdown: the source as it stands, and hints for what its markup says.

Offsets are into the source, so the source itself is scanned (CommonMark 0.31 for blocks, code, links and emphasis;
Pandoc's manual, "Footnotes", for `[^1]`, `[^1]: …` and `^[…]`). Nothing inside code or front matter is a hint.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from citekit.model import Document, Hint, HintKind, KeyedCitation, Span
from citekit.readers.citation_keys import citation_keys
from citekit.readers.decoding import decode
from citekit.readers.front_matter import FrontMatter, read_front_matter
from citekit.readers.inline import inline_hints, without_code
from citekit.readers.plaintext import document_of
from citekit.readers.refusing import refuse_binary

__all__ = ["MarkdownMarkup", "markdown_markup", "read_markdown"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s\[^][^\]\r\n\[]*)\]:[ \t]*")
_ATX = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)[ \t]*")
_ATX_END = re.compile(r"(?<![ \t])[ \t]+(?:#+[ \t]*$|\{[^{}]*\}[ \t]*$)")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_LIST_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]")
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_CODE_INDENT = re.compile(r"(?: {4}| {0,3}\t)")
_OWN_BLOCK = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|>|`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's place; `end` is before its newline."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def read_markdown(content: bytes, path: str | None) -> Document:
    """A Markdown file as a document.

    Raises:
        UnsupportedFormatError: the bytes are no text.
    """
    refuse_binary(content, path)
    decoded = decode(content)
    markup = markdown_markup(decoded.text)
    return document_of(
        decoded.text,
        path=path,
        media_type="text/markdown",
        encoding=decoded.encoding,
        sha256=hashlib.sha256(content).hexdigest(),
        hints=markup.hints,
        diagnostics=(*decoded.diagnostics, *markup.stated.diagnostics),
        keyed=markup.keyed,
        bibliographies=markup.stated.bibliographies,
    )


@dataclass(frozen=True, slots=True)
class MarkdownMarkup:
    """What the markup says.

    Attributes:
        hints: in document order: furniture, headings, notes, markers, links, emphasis.
        keyed: the citations by key, in document order.
        stated: what the YAML at the head says.
    """

    hints: tuple[Hint, ...]
    keyed: tuple[KeyedCitation, ...]
    stated: FrontMatter


def markdown_markup(text: str) -> MarkdownMarkup:
    """What the markup of a text says."""
    found = _scanned(text)
    hints = tuple(sorted(found.hints, key=lambda hint: (hint.span.start, -hint.span.end)))
    head = hints[0].span.end if hints and hints[0].kind is HintKind.FURNITURE and not hints[0].span.start else 0
    stated = read_front_matter(text[:head])
    keyed: list[KeyedCitation] = []
    if "@" in text[head:]:
        for start, end in found.places:
            keyed += citation_keys(without_code(text[start:end]), start)
    return MarkdownMarkup(hints, tuple(sorted(keyed, key=lambda entry: entry.span)), stated)


@dataclass(slots=True)
class _Scan:
    """What was found so far: hints, and the places of all paragraphs, headings and notes."""

    hints: list[Hint] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    def inline(self, text: str, start: int, end: int) -> None:
        """Add what the markup inside a place says."""
        self.hints.extend(inline_hints(text, start, end))
        self.places.append((start, end))


def _scanned(text: str) -> _Scan:
    scan = _Scan()
    lines = list(_lines(text))
    first = _front_matter(lines)
    if first:
        scan.hints.append(Hint(HintKind.FURNITURE, Span(lines[0].start, lines[first - 1].end)))
    paragraph: list[_Line] = []
    number = first
    after_blank = True
    in_list = False
    while number < len(lines):
        line = lines[number]
        definition = _DEFINITION.match(line.text)
        fence = _FENCE.match(line.text)
        if fence:
            _close(text, paragraph, scan)
            number = _behind_fence(lines, number, fence[1])
            after_blank = True
            continue
        if definition:
            _close(text, paragraph, scan)
            number = _note(text, lines, number, definition, scan)
            after_blank, in_list = True, False
            continue
        if line.blank:
            _close(text, paragraph, scan)
            after_blank = True
        elif after_blank and not in_list and _CODE_INDENT.match(line.text):
            pass  # indented code; it lasts until a line that is not indented
        elif heading := _ATX.match(line.text):
            _close(text, paragraph, scan)
            _heading(text, line.start + heading.end(), line, scan)
            after_blank, in_list = True, False
        elif paragraph and len(paragraph) == 1 and _SETEXT.match(line.text) and not _LIST_ITEM.match(paragraph[0].text):
            title = paragraph.pop()
            _heading(text, title.start, title, scan)
            after_blank, in_list = True, False
        elif _BREAK.match(line.text):
            _close(text, paragraph, scan)
            after_blank = True
        else:
            if _LIST_ITEM.match(line.text):
                in_list = True
            elif after_blank and line.text[0] not in " \t":
                in_list = False
            paragraph.append(line)
            after_blank = False
        number += 1
    _close(text, paragraph, scan)
    return scan


def _lines(text: str) -> Iterator[_Line]:
    for found in _LINE.finditer(text):
        words = found[0].rstrip("\r\n")
        if found[0]:
            yield _Line(found.start(), found.start() + len(words), words)


def _front_matter(lines: list[_Line]) -> int:
    """How many lines the YAML block at the very start takes, 0 where there is none."""
    if not lines or lines[0].text.rstrip() != "---":
        return 0
    for number, line in enumerate(lines[1:], 1):
        if line.text.rstrip() in ("---", "..."):
            return number + 1
    return 0


def _behind_fence(lines: list[_Line], number: int, fence: str) -> int:
    """The number of the first line behind a fenced code block (the text's end where it is never closed)."""
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    number += 1
    while number < len(lines):
        number += 1
        if closing.match(lines[number - 1].text):
            break
    return number


def _note(text: str, lines: list[_Line], number: int, definition: re.Match[str], scan: _Scan) -> int:
    """Add the hint of a note's definition and those inside it; the number of the first line behind it."""
    line = lines[number]
    label = Span(line.start + definition.start(1), line.start + definition.end(1))
    start, end = line.start + definition.end(), line.end
    number += 1
    blanks = 0
    while number < len(lines):
        following = lines[number]
        if following.blank:
            blanks += 1
        elif _DEFINITION.match(following.text):
            break
        elif _CODE_INDENT.match(following.text) or (
            not blanks and not _OWN_BLOCK.match(following.text) and not _LIST_ITEM.match(following.text)
        ):
            end, blanks = following.end, 0
        else:
            break
        number += 1
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    end -= len(content) - len(content.rstrip())
    end = max(start, end)
    scan.hints.append(Hint(HintKind.NOTE, Span(start, end), definition[1], label))
    scan.inline(text, start, end)
    return number - blanks


def _heading(text: str, start: int, line: _Line, scan: _Scan) -> None:
    """Add a heading's hint and those of what is marked up inside it."""
    words = text[start : line.end]
    closing = _ATX_END.search(words)
    if closing:
        words = words[: closing.start()]
    words_start = start + len(words) - len(words.lstrip())
    end = start + len(words.rstrip())
    if end > words_start and words.strip("#"):
        scan.hints.append(Hint(HintKind.HEADING, Span(words_start, end)))
        scan.inline(text, words_start, end)


def _close(text: str, paragraph: list[_Line], scan: _Scan) -> None:
    """Add the hints inside a paragraph that has come to its end."""
    if paragraph:
        scan.inline(text, paragraph[0].start, paragraph[-1].end)
        paragraph.clear()
