"""A text as lines on pages: where each line stands, and which lines are page furniture.

Furniture (running heads, page numbers, journal lines) belongs to the page, not to the text: it never belongs to a
note, and a note that runs over a page goes on behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from citekit.model import Document, HintKind
from citekit.notes.glued import glued_heading
from citekit.notes.signs import chapter_heading, ends_with_locator, heading_kind

__all__ = ["Layout", "Line", "lay_out"]

_EDGE = 3  # lines at a page's head and foot among which furniture is looked for
_LONGEST_HEAD = 130  # characters of a running head
_PAGE = 700  # characters that the shortest page of text has
_ROMAN = re.compile(r"[ivxlc]{1,7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|·.]*(?:(?:page|seite|pag\.?|p\.|стр\.)\s*)?(\d{1,4})(?:\s*(?:/|of|von|di|de)\s*\d{1,4})?[\s\-–—|·.]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_LABELLED = re.compile(r"[\[(]?\d{1,4}[\])]?[.)]?[ \t]{0,3}\S")
_LABEL = re.compile(r"[\[(（［〔【]?[\d⁰¹²³⁴-⁹①-⑳*†‡§]")
_LONGEST_NOTE = 40  # lines above a glued heading in which the label of its note is looked for


@dataclass(slots=True)
class Line:
    """A line of the document.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character, the line break left out.
        first: offset of the first character that is no space (`end` in a blank line).
        last: offset behind the last character that is no space (`start` in a blank line).
        page: number of the page that it stands on, from 0.
        furniture: it belongs to the page, not to the text.
        glued: a chapter's heading that was glued to the end of a note.
        foot: it stands in an area that the format shows to be one of notes.
    """

    start: int
    end: int
    first: int
    last: int
    page: int
    furniture: bool = False
    glued: bool = False
    foot: bool = False

    @property
    def blank(self) -> bool:
        """Nothing stands in it."""
        return self.first >= self.last

    @property
    def indent(self) -> int:
        """How many spaces stand before its words."""
        return self.first - self.start

    @property
    def length(self) -> int:
        """Characters up to its last word."""
        return max(0, self.last - self.start)


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines of a text.

    Attributes:
        text: the document's text.
        lines: its lines, in order.
        paged: page breaks are known.
        page_starts: number of the first line of each page.
        raised: where the superscripts begin that the format knows.
        footed: the format shows the areas of notes.
    """

    text: str
    lines: list[Line]
    paged: bool
    page_starts: list[int] = field(default_factory=list)
    raised: frozenset[int] = frozenset()
    footed: bool = False

    def words(self, number: int) -> str:
        """The words of a line, without the spaces around them."""
        line = self.lines[number]
        return self.text[line.first : line.last]

    def next_words(self, number: int) -> int | None:
        """The next line with words of the text, behind line `number`."""
        for place in range(number + 1, len(self.lines)):
            line = self.lines[place]
            if not line.blank and not line.furniture:
                return place
        return None

    def line_at(self, offset: int) -> int:
        """The number of the line that `offset` stands in."""
        low, high = 0, len(self.lines) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.lines[middle].start <= offset:
                low = middle
            else:
                high = middle - 1
        return low

    def page_end(self, number: int) -> int:
        """The number behind the last line of the page that line `number` stands on."""
        if number >= len(self.lines):  # a form feed behind the last page
            return number
        page = self.lines[number].page
        if page + 1 < len(self.page_starts):
            return self.page_starts[page + 1]
        return len(self.lines)


def lay_out(document: Document) -> Layout:
    """The lines of a document; pages by its form feeds and page-break hints, furniture marked."""
    text = document.text
    breaks = sorted(hint.span.start for hint in document.hints if hint.kind is HintKind.PAGE_BREAK)
    lines: list[Line] = []
    starts = [0]
    offset = page = taken = 0
    for piece in text.splitlines(keepends=True):
        while taken < len(breaks) and breaks[taken] < offset:
            if text[breaks[taken]] != "\f":  # a form feed ends its line, and is counted there
                page = _turn(starts, len(lines), page)
            taken += 1
        words = piece.rstrip("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        inner = words.strip()
        first = offset + len(words) - len(words.lstrip()) if inner else offset + len(words)
        lines.append(Line(offset, offset + len(words), first, first + len(inner) if inner else offset, page))
        offset += len(piece)
        if piece.endswith("\f"):
            page = _turn(starts, len(lines), page)
    layout = _with_headings_apart(Layout(text, lines, page > 0, starts))
    kinds = {hint.kind for hint in document.hints}
    layout = replace(
        layout,
        raised=frozenset(hint.span.start for hint in document.hints if hint.kind is HintKind.SUPERSCRIPT),
        footed=HintKind.NOTE_AREA in kinds,
    )
    _mark_hinted(document, layout)
    if document.pages:
        pass  # the format shows where each line stands, and so which of them are furniture
    elif layout.paged:
        _mark_edges(layout)
    else:
        _mark_repeated(layout)
    return layout


def _with_headings_apart(layout: Layout) -> Layout:
    """A chapter's heading that was glued to the end of a note is a line, and begins a page where pages are known."""
    cuts: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(layout.lines):
        following = layout.words(number + 1) if number + 1 < len(layout.lines) else ""
        cut = glued_heading(layout.text, line.first, line.last, following)
        if cut and _under_label(layout, number):
            cuts[number] = cut
    if not cuts:
        return layout
    lines: list[Line] = []
    starts = [0]
    turned = 0
    for number, line in enumerate(layout.lines):
        cut = cuts.get(number)
        whole = replace(line, page=line.page + turned)
        while whole.page >= len(starts):
            starts.append(len(lines))
        if cut is None:
            lines.append(whole)
            continue
        turned += layout.paged
        lines.append(replace(whole, end=cut[0], last=cut[0]))
        lines.append(replace(whole, start=cut[1], first=cut[1], page=line.page + turned, glued=True))
        if layout.paged:
            starts.append(len(lines) - 1)
    while len(starts) < len(layout.page_starts) + turned:  # a form feed behind the last line
        starts.append(len(lines))
    return Layout(layout.text, lines, layout.paged, starts)


def _under_label(layout: Layout, number: int) -> bool:
    """Whether a line belongs to a block in which a note's label stands: prose can end with "Part II" too."""
    for place in range(number, max(-1, number - _LONGEST_NOTE), -1):
        line = layout.lines[place]
        if line.blank or line.page != layout.lines[number].page:
            return False
        if _LABEL.match(layout.text, line.first):
            return True
    return False


def _turn(starts: list[int], number: int, page: int) -> int:
    starts.append(number)
    return page + 1


def _mark_hinted(document: Document, layout: Layout) -> None:
    """What the format itself calls furniture, and what it shows to be an area of notes."""
    for hint in document.hints:
        if hint.kind in (HintKind.FURNITURE, HintKind.NOTE_AREA) and layout.lines:
            for number in range(layout.line_at(hint.span.start), len(layout.lines)):
                line = layout.lines[number]
                if line.start >= hint.span.end:
                    break
                if hint.kind is HintKind.FURNITURE:
                    line.furniture = True
                else:
                    line.foot = True
    _mark_lists(layout)


def _mark_lists(layout: Layout) -> None:
    """A list under a heading ("Bibliography") is set as small as notes are, and yet no area of notes at the foot."""
    listed = False
    for number, line in enumerate(layout.lines):
        if line.blank or line.furniture:
            continue
        if not line.foot:
            listed = heading_kind(layout.words(number)) is not None
        elif listed:
            line.foot = False


def _key(words: str) -> str:
    """A line as it is compared from page to page: numbers and spaces do not count."""
    return _DIGITS.sub("#", " ".join(words.split())).casefold()


def _is_page_number(words: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(words) or _ROMAN.fullmatch(words))


def _mark_edges(layout: Layout) -> None:
    """Mark page numbers and repeated lines at the head and foot of each page."""
    heads: list[list[int]] = []
    feet: list[list[int]] = []
    for page, start in enumerate(layout.page_starts):
        end = layout.page_starts[page + 1] if page + 1 < len(layout.page_starts) else len(layout.lines)
        heads.append(_first_words(layout, range(start, end)))
        feet.append(_first_words(layout, range(end - 1, start - 1, -1)))
    usual = _usual_shift(layout, [*heads, *feet])
    for edges, at_foot in ((heads, False), (feet, True)):
        counts = Counter(key for edge in edges for key in {_key(layout.words(number)) for number in edge})
        for edge in edges:
            for place, number in enumerate(edge):
                words = layout.words(number)
                if _is_page_number(words):
                    found = _PAGE_NUMBER.fullmatch(words)
                    regular = found is not None and int(found[1]) - layout.lines[number].page in usual
                    cited = at_foot and place + 1 < len(edge) and ends_with_locator(layout.words(edge[place + 1]))
                    if cited or not (regular or place == 0 or found is None):
                        break  # a note's label that stands alone, or a page that a note cites
                else:
                    repeated = counts[_key(words)] > 1 and len(words) <= _LONGEST_HEAD
                    under_label = at_foot and place + 1 < len(edge) and _lone_label(layout, edge[place + 1], usual)
                    if not repeated or under_label or (at_foot and _LABELLED.match(words)):
                        break  # "12 Ibid." at the foot of two pages is a note
                layout.lines[number].furniture = True


def _lone_label(layout: Layout, number: int, usual: set[int]) -> bool:
    """Whether a line is a number alone, and not the page's."""
    words = layout.words(number)
    return words.isdecimal() and int(words) - layout.lines[number].page not in usual


def _usual_shift(layout: Layout, edges: list[list[int]]) -> set[int]:
    """How far printed page numbers are from the count of pages: the same all through a text."""
    shifts: Counter[int] = Counter()
    for edge in edges:
        for number in edge:
            if found := _PAGE_NUMBER.fullmatch(layout.words(number)):
                shifts[int(found[1]) - layout.lines[number].page] += 1
    return {shift for shift, count in shifts.items() if count > 1}


def _first_words(layout: Layout, numbers: Iterable[int]) -> list[int]:
    found: list[int] = []
    for number in numbers:
        if not layout.lines[number].blank:
            found.append(number)
            if len(found) == _EDGE:
                break
    return found


def _mark_repeated(layout: Layout) -> None:
    """Without page breaks: mark lines that come again and again with a rising page number in or beside them."""
    places: dict[str, list[tuple[int, int]]] = {}
    lone: list[tuple[int, int]] = []
    same: dict[str, list[int]] = {}
    for number, line in enumerate(layout.lines):
        if line.blank or line.last - line.first > _LONGEST_HEAD:
            continue
        words = layout.words(number)
        if len(words) >= 12 and words[-1] not in ".,;:!?" and " " in words:
            same.setdefault(" ".join(words.split()), []).append(number)
        if found := _PAGE_NUMBER.fullmatch(words) if len(words) < 20 else None:
            lone.append((number, int(found[1])))
            continue
        if not (words[0].isdecimal() or words[-1].isdecimal()):
            continue
        parts = words.split()
        for edge, rest in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
            if edge.isdecimal() and len(edge) <= 4 and rest and not chapter_heading(words):
                places.setdefault(_key(" ".join(rest)), []).append((number, int(edge)))
    for series in [*places.values(), lone]:
        if len(series) > 2 and _rises_like_pages(layout, series):
            for number, _ in series:
                layout.lines[number].furniture = True
    for words, numbers in same.items():
        if len(numbers) > 2 and not heading_kind(words) and not chapter_heading(words) and _far_apart(layout, numbers):
            for number in numbers:
                layout.lines[number].furniture = True


def _far_apart(layout: Layout, numbers: list[int]) -> bool:
    """Whether a page's worth of text stands between the lines."""
    far = sum(layout.lines[two].start - layout.lines[one].start > _PAGE for one, two in pairwise(numbers))
    return far >= 0.8 * (len(numbers) - 1)


def _rises_like_pages(layout: Layout, series: list[tuple[int, int]]) -> bool:
    """Whether numbers rise by one or two a page, with a page's worth of text between."""
    steps = 0
    for (before, low), (after, high) in pairwise(series):
        distance = layout.lines[after].start - layout.lines[before].start
        steps += 0 < high - low <= 3 and distance > _PAGE
    return steps >= 0.8 * (len(series) - 1)
