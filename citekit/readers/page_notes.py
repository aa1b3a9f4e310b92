"""The notes of a page: from where to where each reaches, and its label at its head or at its marker."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citekit.model import HintKind, NoteKind, Span
from citekit.readers.anchors import Link, is_note_element, label_before, label_of, words_of
from citekit.readers.composing import trimmed
from citekit.readers.markup import attribute
from citekit.readers.page_calls import Calls, block_of, holds_heading
from citekit.readers.page_text import BLOCKS, PageText

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["PageNote", "page_notes"]

_SHELVES = frozenset(("body", "html", "main", "article", "section", "ol", "ul", "dl", "table", "tbody", "thead"))
_BACKLINK_SIGNS = " \t\n^↑"
_BEFORE_LABEL = _BACKLINK_SIGNS + "[("
_LONGEST_LABEL = 20  # characters of a label with brackets and spaces
_LONGEST_NAME = 120  # characters of the name of a chapter
_SENTENCE_ENDS = (".", ";", ",", ":", "!", "…", "。")
_CLOSED = re.compile(r"[.:)]?(?:\s|\Z)")
_BEHIND_LABEL = re.compile(r"[\])]?[.:)]?\s*")


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note: its words' place, its label as printed at its head or at its marker, and its markers' labels."""

    span: Span
    label: str | None
    label_span: Span | None
    kind: NoteKind
    markers: tuple[tuple[str, Span], ...]


@dataclass(slots=True)
class _Printed:
    """What is printed where.

    Attributes:
        places: from where to where each element reaches.
        headings: where headings begin, in order.
        raised: where superscripts begin, with their ends.
        back_by_start: where links back begin, with their ends.
        back_by_end: where they end, with their starts.
    """

    places: dict[_Element, tuple[int, int]]
    headings: list[int]
    raised: dict[int, int] = field(default_factory=dict)
    back_by_start: dict[int, int] = field(default_factory=dict)
    back_by_end: dict[int, int] = field(default_factory=dict)


def _printed(page: PageText, text: str, calls: Calls) -> _Printed:
    headings = sorted(hint.span.start for hint in page.composer.hints if hint.kind is HintKind.HEADING)
    found = _Printed(page.places, headings)
    for hint in page.composer.hints:
        if hint.kind is HintKind.SUPERSCRIPT:
            span = trimmed(text, *hint.span)
            found.raised[span.start] = span.end
    for link in calls.back:
        if link.element in page.places:
            span = trimmed(text, *page.places[link.element])
            if span.length:
                found.back_by_start[span.start] = span.end
                found.back_by_end[span.end] = span.start
    return found


def page_notes(page: PageText, text: str, calls: Calls) -> list[PageNote]:
    """The notes with their markers, in document order; a target at which no note begins is left out."""
    reaches: dict[_Element, tuple[int, int]] = {}
    targets = set(calls.markers)
    for target in calls.markers:
        if target in page.places and (reach := _reach(target, page, text, targets)):
            reaches[target] = _with_label(text, target, reach, page.places)
    taken = bytearray(len(text))  # a note of two thousand may not be compared with each of the others
    for start, end in reaches.values():
        taken[start:end] = b"\1" * (end - start)
    for element, (start, end) in page.places.items():
        if is_note_element(element) and start < end and taken.find(1, start, end) < 0:
            reaches[element] = start, end
            taken[start:end] = b"\1" * (end - start)
    ordered = sorted(reaches, key=lambda target: reaches[target])
    starts = [reaches[target][0] for target in ordered]
    printed = _printed(page, text, calls)
    found = []
    for number, target in enumerate(ordered):
        start, end = reaches[target]
        if number + 1 < len(starts):
            behind = ordered[number + 1]
            if end > starts[number + 1]:
                end = starts[number + 1]
            elif _same_shelf(target, behind) and not _between(printed.headings, end, starts[number + 1]):
                anew = _begins_anew(calls, target, behind)
                end = _before_name(text, end, starts[number + 1]) if anew else starts[number + 1]
        links = [link for link in calls.markers.get(target, ()) if link.element in page.places]
        marker = target.getprevious() if not links and target.get("role") == "tooltip" else None
        if marker is not None and marker in page.places:
            links = [
                Link(marker, target, label_before(target) or None, calls=True, back=False, returns=False, raised=True)
            ]
        note = _note(text, (start, end), target, links, printed)
        if note is not None:
            found.append(note)
    return found


def _same_shelf(one: _Element, two: _Element) -> bool:
    first, second = block_of(one), block_of(two)
    if first is second and is_note_element(one):
        return False  # the words between two notes inside a paragraph are the paragraph's
    return first.tag == second.tag and first.getparent() is second.getparent()


def _begins_anew(calls: Calls, one: _Element, two: _Element) -> bool:
    """Whether the numbers begin anew with the second of two notes."""
    labels = [next((link.label or "" for link in calls.markers.get(note, ())), "") for note in (one, two)]
    return all(label.isdecimal() for label in labels) and int(labels[1]) <= int(labels[0])


def _before_name(text: str, start: int, end: int) -> int:
    """Where the name of a part of the notes begins that stands before `end` as plain paragraphs ("Chapter Two")."""
    while (place := text.rfind("\n\n", start, end)) >= 0:
        words = text[place:end].strip()
        if len(words) > _LONGEST_NAME or words.endswith(_SENTENCE_ENDS):
            break
        end = place
    return end


def _between(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, end) > bisect_left(places, start)


def _reach(target: _Element, page: PageText, text: str, targets: set[_Element]) -> tuple[int, int] | None:
    """From where to where a note reaches: its block, or what stands behind an anchor at the head of a line."""
    start, end = page.places[target]
    start = trimmed(text, start, len(text)).start
    element = target
    if element.tag == "dt":
        return start, _definition_end(element, page)
    while element.tag not in BLOCKS and element.tag not in ("td", "th"):
        parent = element.getparent()
        if parent is None or parent not in page.places:
            return None
        if not _only_signs(text, page.places[parent][0], start):
            head = text[max(page.places[parent][0], start - 5) : start].rstrip(" \t[(^↑")
            if parent.tag in BLOCKS and head.endswith("\n"):  # notes parted by <br>
                blank = text.find("\n\n", start, page.places[parent][1])
                return start, blank if blank >= 0 else page.places[parent][1]
            if parent.tag in BLOCKS or parent.tag in ("td", "th"):
                return None
        element = parent
        end = page.places[parent][1]
    if element.tag == "dt":
        return start, _definition_end(element, page)
    while (parent := element.getparent()) is not None and parent in page.places:
        if parent.tag in _SHELVES and not (parent.tag in ("table", "tbody") and _rows(parent) == 1):
            break
        if (
            not _only_signs(text, page.places[parent][0], start)
            or _others(parent, targets, target)
            or holds_heading(parent)
        ):
            break
        element = parent
        end = max(end, page.places[parent][1])
    return (start, end) if end > start else None


def _only_signs(text: str, start: int, end: int) -> bool:
    """Whether nothing stands here but a label, brackets and spaces."""
    if end - start > _LONGEST_LABEL:
        return False
    words = text[start:end].strip(" \t\n[](){}^↑.:")
    return not words or (len(words) <= 5 and label_of(words) is not None)


def _rows(table: _Element) -> int:
    return sum(1 for _ in table.iter("tr"))


def _others(element: _Element, targets: set[_Element], but: _Element) -> bool:
    return any(inner in targets and inner is not but for inner in element.iter())


def _definition_end(term: _Element, page: PageText) -> int:
    end = page.places[term][1]
    for sibling in term.itersiblings():
        if sibling.tag != "dd":
            break
        end = page.places.get(sibling, (0, end))[1]
    return end


def _with_label(
    text: str, target: _Element, reach: tuple[int, int], places: dict[_Element, tuple[int, int]]
) -> tuple[int, int]:
    """A note's place from its label on, where that stands before what is linked to: an item's number."""
    block = places.get(block_of(target), reach)
    return (block[0], reach[1]) if block[0] < reach[0] and _only_signs(text, *(block[0], reach[0])) else reach


def _note(text: str, reach: tuple[int, int], target: _Element, links: list[Link], printed: _Printed) -> PageNote | None:
    """The note that reaches from here to there, None where no words are left of it."""
    start, end = reach
    labels = [link.label or label_of(words_of(link.element)) or words_of(link.element, 20) for link in links]
    places = [printed.places[link.element] for link in links]
    markers = tuple((label, _label_place(text, place, label)) for label, place in zip(labels, places, strict=True))
    label, label_span, start = _head(text, Span(start, end), labels[0] if labels else None, printed)
    span = trimmed(text, start, _tail(text, Span(start, end), printed))
    if not span.length:
        return None
    kind = _kind(target) if label is not None else NoteKind.INLINE
    return PageNote(span, label, label_span, kind, markers)


def _head(text: str, span: Span, label: str | None, printed: _Printed) -> tuple[str | None, Span | None, int]:
    """The label, its place where it is printed at the note's head, and where the words behind it begin."""
    label_span: Span | None = None
    place = span.start
    while place < span.end:
        while place < span.end and text[place] in (_BEFORE_LABEL if label_span is None else _BACKLINK_SIGNS):
            place += 1
        link_end = printed.back_by_start.get(place)
        if link_end is not None and link_end <= span.end:
            own = label_of(text[place:link_end])
            if label_span is None and own and label in (None, own):
                label, label_span = own, _label_place(text, (place, link_end), own)
            place = _behind_label(text, link_end, span.end)
        elif label_span is None and label and _stands_at(text, label, place, span.end, printed.raised):
            label_span = Span(place, place + len(label))
            place = _behind_label(text, label_span.end, span.end)
        else:
            break
    if label_span is None and text[span.start : place].strip():
        place = span.start  # a bracket that opens the note's own words
    return label, label_span, place


def _stands_at(text: str, label: str, place: int, end: int, raised: dict[int, int]) -> bool:
    """Whether a label stands here by itself: raised, or closed by a bracket, a full stop or a space."""
    behind = place + len(label)
    if raised.get(place) == behind:
        return text.startswith(label, place)
    return (
        text.startswith(label, place)
        and behind < end
        and (text[behind] in "])" or _CLOSED.match(text, behind) is not None)
    )


def _tail(text: str, span: Span, printed: _Printed) -> int:
    """Where the words end that no link back follows."""
    last = span.end
    while last > span.start:
        last = trimmed(text, span.start, last).end
        inner = last
        while inner > span.start and text[inner - 1] in "])":
            inner -= 1
        cut = printed.back_by_end.get(last, printed.back_by_end.get(inner))
        if cut is None or cut < span.start:
            break
        last = cut - 1 if cut > span.start and text[cut - 1] in "[(" else cut
    return last


def _behind_label(text: str, place: int, end: int) -> int:
    found = _BEHIND_LABEL.match(text, place, end)
    return found.end() if found else place


def _label_place(text: str, place: tuple[int, int], label: str) -> Span:
    """The label's own characters, without the brackets around them."""
    start = text.find(label, *place)
    return Span(start, start + len(label)) if start >= 0 else trimmed(text, *place)


def _kind(target: _Element) -> NoteKind:
    kinds = f"{target.get('role', '')} {attribute(target, 'type')}".split()
    if "doc-footnote" in kinds or "footnote" in kinds:
        return NoteKind.FOOTNOTE
    return NoteKind.ENDNOTE
