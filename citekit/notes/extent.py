"""Where each note ends: before the next note, at its page's end, or where the text goes on.

A page's last note is followed by a footer or by the text of the next page. Form feeds tell; without them the line
breaks are weighed: is the sentence closed, does the indentation change, is there a gap, is the next line a heading
or does it go on with the sentence that stood open above the notes?
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from citekit.model import Span
from citekit.notes.candidates import Definition
from citekit.notes.layout import Layout
from citekit.notes.signs import complete, goes_on, looks_like_heading, looks_like_note, unfinished

__all__ = ["Placed", "note_parts"]

_CUT = 2.0  # the weight at which a line break ends a note
_CUT_INSIDE = 3.5  # … where another note follows with no marker between
_FOOTER_INDENT = 8  # spaces by which a centred footer differs from the notes
_GAP_IN_LINE = re.compile(r"(?<=[.!?”\"»’)\]])(?:[ \t\u00a0]{2,}|\t)(?=\S)")
_FOOTER = re.compile(
    r"©|\bISSN\b|\bISBN\b|\bDOI\b|https?://doi|\bCC[ -]BY\b|\d{1,4}\s?[–-]\s?\d{1,4}\.?$", re.IGNORECASE
)
_IMPRINT = re.compile(r"^©|^Copyright\b|\bISSN\b|^Published (?:by|with)\b|\bOpen Access\b|\bCC[ -]BY\b")
_SOME = 3  # notes that show how notes are set in this document


@dataclass(frozen=True, slots=True)
class Placed:
    """A note's label and what its run says of it.

    Attributes:
        note: the label's place.
        at_end: its run stands together behind the text (endnotes), not at the foot of pages.
    """

    note: Definition
    at_end: bool


@dataclass(frozen=True, slots=True)
class _Profile:
    """How notes are set in this document, learned from those that another note follows directly."""

    indents: frozenset[int]
    width: int
    blank_between: bool
    blank_inside: bool


def note_parts(layout: Layout, placed: list[Placed], marker_places: Iterable[int]) -> list[tuple[Span, ...]]:
    """The pieces of each note's words, in the order of `placed` (document order).

    Args:
        layout: the document's lines.
        placed: the labels of all notes, in document order.
        marker_places: offsets of all markers in the body.
    """
    markers = sorted(marker_places)
    follows = [_follows(layout, placed, number, markers) for number in range(len(placed))]
    profile = _learn(layout, placed, follows)
    parts = []
    for number, item in enumerate(placed):
        following = placed[number + 1].note if number + 1 < len(placed) else None
        if layout.lines[item.note.line].foot:
            lines = _in_areas(layout, item.note, following)
        elif follows[number] and following:
            lines = _inside(layout, item.note, following, profile)
        elif layout.paged and not item.at_end:
            lines = _on_page(layout, item.note, following, markers)
        else:
            limit = _limit(layout, item.note, following, markers)
            lines = _until_cut(layout, item.note, limit, profile, _CUT)
        parts.append(_pieces(layout, item.note, lines))
    return parts


def _follows(layout: Layout, placed: list[Placed], number: int, markers: list[int]) -> bool:
    """Whether the next note stands right behind this one: no marker, no page's text between."""
    if number + 1 >= len(placed):
        return False
    note, following = placed[number].note, placed[number + 1].note
    if layout.lines[note.line].page == layout.lines[following.line].page and layout.paged:
        return True
    between = bisect_right(markers, note.content)
    if between < len(markers) and markers[between] < following.span.start:
        return False
    return not layout.paged or (placed[number].at_end and placed[number + 1].at_end)


def _learn(layout: Layout, placed: list[Placed], follows: list[bool]) -> _Profile:
    indents: Counter[int] = Counter()
    widths: list[int] = []
    between = inside = several = pairs = 0
    for number, item in enumerate(placed):
        if not follows[number]:
            continue
        start, end = item.note.line, placed[number + 1].note.line
        filled = [place for place in range(start, end) if not layout.lines[place].blank]
        if end - start > 40:
            continue
        pairs += 1
        between += layout.lines[end - 1].blank
        indents.update(layout.lines[place].indent for place in filled[1:])
        widths.extend(layout.lines[place].length for place in filled)
        if len(filled) > 1:
            several += 1
            inside += filled[-1] - filled[0] >= len(filled)
    total = sum(indents.values())
    usual = frozenset(indent for indent, count in indents.items() if count >= max(1, 0.1 * total))
    widths.sort()
    width = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    return _Profile(
        usual if several >= _SOME else frozenset(),
        width,
        pairs >= 1 and between > 0.7 * pairs,
        several > 0 and inside > 0.2 * several,
    )


def _inside(layout: Layout, note: Definition, following: Definition, profile: _Profile) -> list[int]:
    """The lines of a note that another follows."""
    if layout.paged or following.line - note.line < 12:
        reach = takewhile(lambda place: not layout.lines[place].glued, range(note.line, following.line))
        numbers = [place for place in reach if _of_text(layout, place)]
    else:
        numbers = _until_cut(layout, note, following.line, profile, _CUT_INSIDE)
    while len(numbers) > 1 and numbers[-1] > note.line and looks_like_heading(layout.words(numbers[-1])):
        if goes_on(layout.words(numbers[-2])) or not layout.lines[numbers[-1] - 1].blank:
            break
        numbers.pop()  # the heading of the next chapter's notes
    return numbers


def _in_areas(layout: Layout, note: Definition, following: Definition | None) -> list[int]:
    """The lines of a note in an area that the format shows, and of the areas with which it goes on."""
    numbers = [note.line]
    for place in range(note.line + 1, following.line if following else len(layout.lines)):
        line = layout.lines[place]
        if line.page - layout.lines[numbers[-1]].page > 1:
            break
        if line.foot and _of_text(layout, place):
            numbers.append(place)
    return numbers


def _of_text(layout: Layout, number: int) -> bool:
    line = layout.lines[number]
    return not line.blank and not line.furniture


def _limit(layout: Layout, note: Definition, following: Definition | None, markers: list[int]) -> int:
    """The line that a note cannot reach: the next note's, or the next marker's in the body."""
    limit = following.line if following else len(layout.lines)
    place = bisect_right(markers, layout.lines[note.line].end)
    if place < len(markers):
        limit = min(limit, layout.line_at(markers[place]))
    return max(limit, note.line + 1)


def _on_page(layout: Layout, note: Definition, following: Definition | None, markers: list[int]) -> list[int]:
    """The lines of the last note of a page, and those with which it goes on at the foot of the next."""
    end = layout.page_end(note.line)
    numbers = _without_footer(layout, note, [place for place in range(note.line, end) if _of_text(layout, place)])
    page = layout.lines[note.line].page
    while numbers and page + 1 < len(layout.page_starts):
        page += 1
        start = layout.page_starts[page]
        if start >= len(layout.lines):
            break
        end = layout.page_end(start)
        if following and following.line < start:
            break
        own = following.line if following and following.line < end else end
        more = _continuation(layout, numbers, start, own, own < end)
        if more:
            called = bisect_right(markers, layout.lines[more[0]].start)
            if called < len(markers) and markers[called] < layout.lines[more[-1]].end:
                break  # what calls notes is no note
        numbers += more
        if not more or own < end:
            break
    return numbers


def _without_footer(layout: Layout, note: Definition, numbers: list[int]) -> list[int]:
    """The lines without a footer that stands on this page alone."""
    for place in range(1, len(numbers)):
        before, number = numbers[place - 1], numbers[place]
        gap = number - before - 1
        if not gap:
            continue
        line = layout.lines[number]
        usual = {layout.lines[other].indent for other in numbers[:place]}
        centred = min(abs(line.indent - indent) for indent in usual) >= _FOOTER_INDENT
        words = layout.words(number)
        closed = not unfinished(layout.words(before)) and before >= note.line
        last = len(numbers) - place <= 3
        if closed and _IMPRINT.search(words):
            return numbers[:place]
        if last and (centred or (closed and (gap > 1 or _FOOTER.search(words)) and not words[0].islower())):
            return numbers[:place]
    return numbers


def _continuation(layout: Layout, so_far: list[int], start: int, end: int, before_note: bool) -> list[int]:
    """The lines at the foot of a page with which a note of the page before goes on."""
    numbers = [place for place in range(start, end) if _of_text(layout, place)]
    if not numbers:
        return []
    wanting = goes_on(layout.words(so_far[-1])) or unfinished(layout.words(so_far[-1]))
    gaps = [
        (numbers[place] - numbers[place - 1] - 1, place)
        for place in range(1, len(numbers))
        if numbers[place] - numbers[place - 1] > 1
    ]
    wide = [place for gap, place in gaps if gap > 1]
    cut = wide[-1] if wide else (gaps[-1][1] if gaps else None)
    if cut is None:
        return []
    block = numbers[cut:]
    first = layout.words(block[0])
    above = layout.words(numbers[cut - 1])
    body_open = unfinished(above) and not looks_like_heading(above)
    if looks_like_heading(first) or len(block) > 0.8 * len(numbers):
        return []
    if not wanting and not (before_note and body_open and first[0].islower()):
        return []
    if not before_note and not (first[0].islower() or looks_like_note(" ".join(map(layout.words, block[:4])))):
        return []
    return block


def _until_cut(layout: Layout, note: Definition, limit: int, profile: _Profile, enough: float) -> list[int]:
    """The lines of a note up to the line break that ends it."""
    body_open = _body_open(layout, note.line)
    numbers = [note.line]
    best: tuple[float, int] | None = None
    place = note.line
    while True:
        following = layout.next_words(place)
        if following is None or following >= limit:
            break
        if layout.lines[following].glued:
            return numbers
        if layout.text[layout.lines[place].first : layout.lines[place].last] and place >= note.line:
            weight = _break_weight(layout, note, numbers, following, profile)
            if body_open and layout.text[layout.lines[following].first].islower():
                weight += 0.9 if not layout.words(following).startswith("http") else 0.0
            if layout.lines[following].start <= note.content:
                weight = -9.0  # the label stood alone on its line
            if weight >= enough or _heading_in_line(layout, note, place):
                return numbers
            if best is None or weight > best[0]:
                best = (weight, len(numbers))
        numbers.append(following)
        place = following
    if limit < len(layout.lines) and best and enough == _CUT and not _is_label_line(layout, limit):
        return numbers[: best[1]] if best[0] > 0 or len(numbers) - best[1] > 6 else numbers
    return numbers


def _is_label_line(layout: Layout, number: int) -> bool:
    return layout.words(number)[:1].isdigit()


def _body_open(layout: Layout, number: int) -> bool:
    """Whether the text above a page's notes stops in the middle of a sentence."""
    for place in range(number - 1, max(-1, number - 40), -1):
        if _of_text(layout, place):
            words = layout.words(place)
            return unfinished(words) and not words[0].isdigit()
    return False


def _break_weight(layout: Layout, note: Definition, numbers: list[int], following: int, profile: _Profile) -> float:
    """How likely a note ends between its last line so far and line `following`."""
    last = numbers[-1]
    line, after = layout.lines[last], layout.lines[following]
    so_far = layout.text[max(note.content, line.first) : line.last]
    words = layout.words(following)
    weight = 0.0
    if goes_on(so_far):
        return -3.0
    if complete(so_far):
        weight += 1.0
    elif unfinished(so_far):
        weight -= 1.0
    else:
        weight += 0.5
    gap = following - last - 1
    breaks = layout.text[line.end : after.start]
    if gap:
        weight += 0.5 if profile.blank_inside else (1.5 if profile.blank_between else 1.0)
        weight += 0.3 if gap > 1 else 0.0
    elif "\u2029" in breaks:
        weight += 1.0
    if "\f" in breaks or any(layout.lines[between].furniture for between in range(last + 1, following)):
        weight += 1.5
    usual = profile.indents or {layout.lines[other].indent for other in numbers[1:]}
    if usual:
        weight += 1.2 if after.indent not in usual else -0.5
    if profile.width and line.length < 0.75 * profile.width and gap == 0 and len(numbers) > 1:
        weight += 0.5
    if looks_like_heading(words):
        weight += 1.5
    if words[0].islower():
        weight += 0.3
    ahead = " ".join(layout.words(place) for place in range(following, min(following + 3, len(layout.lines))))
    if not looks_like_note(ahead):
        weight += 0.6 if len(ahead) > 100 else 0.2
    elif looks_like_note(words):
        weight -= 0.7
    return weight


# "[↩](#fnref1)", a page's link back to the marker, as converters to Markdown leave it behind the note.
_WAY_BACK = re.compile(
    r"(?<![ \t])[ \t]*(?:\\?\[[^\w\s\[\]()]{1,3}\]\([^()\s#]{0,200}#[^()\s]{1,200}\)|[↑↩↵⏎⤴⮌⬆↖][\ufe0e\ufe0f]?)[ \t]*\Z"
)
_LONGEST_WAY = 450


def _pieces(layout: Layout, note: Definition, numbers: list[int]) -> tuple[Span, ...]:
    """The spans of a note's lines: one piece for each page that it stands on."""
    pieces: list[Span] = []
    previous: int | None = None
    for number in numbers:
        line = layout.lines[number]
        start = max(line.first, note.content)
        if start >= line.last:
            continue
        joined = (
            previous is not None
            and layout.lines[previous].page == line.page
            and not any(_stranger(layout, between, line.foot) for between in range(previous + 1, number))
            and number - previous < 60
        )
        if joined and pieces:
            pieces[-1] = Span(pieces[-1].start, line.last)
        else:
            pieces.append(Span(start, line.last))
        previous = number
    if not pieces:
        return (Span(note.content, note.content),)
    final = pieces[-1]
    if cut := _heading_in_line(layout, note, numbers[-1]):
        pieces[-1] = Span(final.start, cut)
    elif way := _WAY_BACK.search(layout.text, max(final.start, final.end - _LONGEST_WAY), final.end):
        pieces[-1] = Span(final.start, way.start())
    return tuple(pieces)


def _stranger(layout: Layout, number: int, in_area: bool) -> bool:
    """Whether a line between two lines of a note is none of it: furniture, or text between two areas of notes."""
    line = layout.lines[number]
    return line.furniture or (in_area and not line.foot and not line.blank)


def _heading_in_line(layout: Layout, note: Definition, number: int) -> int | None:
    """Where a note's words end in a line that a heading was glued to, None where there is none."""
    line = layout.lines[number]
    for gap in _GAP_IN_LINE.finditer(layout.text, max(note.content, line.first), line.last):
        if looks_like_heading(layout.text[gap.end() : line.last]):
            return gap.start()
    return None
