"""The entries of a reference list under a heading ("Bibliography", "Literaturverzeichnis", "参考文献").

An entry is a paragraph; where nothing stands between entries, the hanging indent or a closed line tells them apart
(Chicago Manual of Style 14.61: flush-and-hang style).
"""

from __future__ import annotations

import re
from collections import Counter

from citekit.model import Document, HintKind, Note, NoteKind, Span
from citekit.notes.layout import Layout
from citekit.notes.signs import complete, goes_on, heading_kind, looks_like_heading, looks_like_note

__all__ = ["listed_references"]

_BULLET = re.compile(r"(?:[-*•·▪‣◦–](?=\s)|[↑^](?:\s+[a-z](?=\s))*)\s*")
_PROSE = 350  # characters: no entry without a year or a page is so long
_SUBHEADING = 90
_NUMBERED = re.compile(r"[\[(]?\d{1,4}[\])]?[.)]?\s")


def listed_references(document: Document, layout: Layout, notes: list[Note]) -> list[Note]:
    """The entries (without ids and labels) of all reference lists in which no numbered notes stand."""
    taken = sorted((note.label_span or note.span).start for note in notes)
    headings = {hint.span.start for hint in document.hints if hint.kind is HintKind.HEADING}
    found: list[Note] = []
    number = 0
    while number < len(layout.lines):
        line = layout.lines[number]
        if not line.blank and not line.furniture and _is_list_heading(layout, number):
            region, number = _region(layout, number, headings, taken)
            found.extend(_entries(document, layout, region))
            continue
        number += 1
    return found


def _is_list_heading(layout: Layout, number: int) -> bool:
    """Whether a line is the heading of a reference list, standing by itself."""
    if layout.lines[number].last - layout.lines[number].first > 80:
        return False
    if heading_kind(layout.words(number)) != "bibliography":
        return False
    before = number == 0 or layout.lines[number - 1].blank or layout.lines[number - 1].furniture
    return before or complete(layout.words(number - 1)) or layout.words(number).isupper()


def _region(layout: Layout, heading: int, headings: set[int], taken: list[int]) -> tuple[list[int], int]:
    """The lines of a list, and the line behind it: up to a heading, a numbered note, or prose."""
    lines: list[int] = []
    end = next((place for place in taken if place > layout.lines[heading].start), None)
    number = heading + 1
    while number < len(layout.lines):
        line = layout.lines[number]
        if end is not None and line.end > end:
            break
        if not line.blank and not line.furniture:
            words = layout.words(number)
            if heading_kind(words) in ("notes", "other", "abbreviations"):
                break
            if heading_kind(words) == "bibliography" and lines and layout.lines[number - 1].blank:
                break
            marked = any(line.start <= place < line.end for place in headings) if words[0] == "#" else False
            if marked and not heading_kind(words):
                break
        lines.append(number)
        number += 1
    return lines, number


def _entries(document: Document, layout: Layout, region: list[int]) -> list[Note]:
    groups = _groups(layout, region)
    entries: list[list[int]] = []
    for group in groups:
        entries.extend(_split(layout, group))
    kept: list[list[int]] = []
    strangers = 0
    for entry in entries:
        words = " ".join(layout.words(number) for number in entry)
        if looks_like_note(words):
            kept.append(entry)
            strangers = 0
        elif len(words) > _PROSE or strangers > 2:
            break
        elif len(words) < _SUBHEADING and (looks_like_heading(words) or not re.search(r"[.,:]", words)):
            continue
        else:
            kept.append(entry)
            strangers += 1
    while kept and not looks_like_note(" ".join(layout.words(number) for number in kept[-1])):
        kept.pop()
    worded = sum(looks_like_note(" ".join(map(layout.words, entry))) for entry in kept)
    if not kept or (worded < 0.5 * len(entries) and worded < 0.7 * len(kept)):
        return []
    return [_note(document, layout, entry) for entry in kept]


def _groups(layout: Layout, region: list[int]) -> list[list[int]]:
    """Lines that no blank line parts; a page break alone parts nothing."""
    groups: list[list[int]] = []
    open_group = False
    at_break = False
    for number in region:
        line = layout.lines[number]
        if line.furniture:
            at_break = True
        elif line.blank:
            turned = number + 1 < len(layout.lines) and layout.lines[number + 1].page != line.page
            at_break = at_break or turned
            open_group = open_group and at_break and bool(groups) and not complete(layout.words(groups[-1][-1]))
        elif open_group or (at_break and groups and goes_on(layout.words(groups[-1][-1]))):
            groups[-1].append(number)
            open_group, at_break = True, False
        else:
            groups.append([number])
            open_group, at_break = True, False
    return groups


def _split(layout: Layout, group: list[int]) -> list[list[int]]:
    """The entries in lines that no blank line parts."""
    if len(group) == 1:
        return [group]
    indents = Counter(layout.lines[number].indent for number in group)
    least = min(indents)
    if len(indents) > 1:
        hanging = layout.lines[group[0]].indent == least
        starts = {
            number for number in group if (layout.lines[number].indent == least) == hanging
        }  # flush and hang, or first lines indented
        if hanging or len(starts) > 1 or len(group) > 1:
            return _begin(group, starts)
    if any(_BULLET.match(layout.words(number)) for number in group[1:]):
        return _begin(group, {number for number in group if _BULLET.match(layout.words(number))})
    width = max(layout.lines[number].length for number in group)
    closed = [not goes_on(layout.words(number)) and complete(layout.words(number)) for number in group]
    if width > 200 or sum(closed) > 0.7 * len(group):
        return [[number] for number in group]
    starts = {group[0]}
    for place in range(1, len(group)):
        words = layout.words(group[place])
        if closed[place - 1] and not words[0].islower():
            starts.add(group[place])
    return _begin(group, starts)


def _begin(group: list[int], starts: set[int]) -> list[list[int]]:
    entries: list[list[int]] = []
    for number in group:
        if number in starts or not entries:
            entries.append([number])
        else:
            entries[-1].append(number)
    return entries


def _note(document: Document, layout: Layout, entry: list[int]) -> Note:
    parts: list[Span] = []
    for place, number in enumerate(entry):
        line = layout.lines[number]
        start = line.first
        if not place and (bullet := _BULLET.match(document.text, start, line.last)):
            start = bullet.end()
        previous = entry[place - 1] if place else number
        if parts and line.page == layout.lines[previous].page and not _furniture_between(layout, previous, number):
            parts[-1] = Span(parts[-1].start, line.last)
        else:
            parts.append(Span(start, line.last))
    return Note("", None, NoteKind.REFERENCE, None, tuple(parts), document.slice(tuple(parts)))


def _furniture_between(layout: Layout, first: int, last: int) -> bool:
    return any(layout.lines[number].furniture for number in range(first + 1, last))
