"""The notes of a page: which links are markers, and from where to where each note reaches."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from citekit.model import NoteKind, Span
from citekit.readers.anchors import HEADINGS, Anchors, Link, is_note_element, label_of, words_of
from citekit.readers.composing import trimmed
from citekit.readers.markup import attribute
from citekit.readers.page_text import BLOCKS, PageText

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Calls", "PageNote", "find_calls", "page_notes"]

_SHELVES = frozenset(("body", "html", "main", "article", "section", "ol", "ul", "dl", "table", "tbody", "thead"))
_BEFORE_LABEL = re.compile(r"[\s\[(^↑]*")
_BEHIND_LABEL = re.compile(r"[\])]?[.:)]?\s*")
_EDGE_SIGNS = " \t\n^↑[](),;"
_LINE_HEAD = re.compile(r"(?:\A|\n)[\s\[(^↑*]*")


@dataclass(slots=True)
class Calls:
    """Which links are markers, by the element that they lead to, and which lead back."""

    markers: dict[_Element, list[Link]] = field(default_factory=dict)
    back: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note: its words' place, its label as printed at its head or at its marker, and its markers' labels."""

    span: Span
    label: str | None
    label_span: Span | None
    kind: NoteKind
    markers: tuple[tuple[str, Span], ...]


def find_calls(anchors: Anchors) -> Calls:
    """Tell markers from links back, page links and tables of contents."""
    calls = Calls()
    leading_to: dict[_Element, list[Link]] = {}
    for link in anchors.links:
        leading_to.setdefault(link.target, []).append(link)
    accepted: set[_Element] = set()
    for link in anchors.links:
        forward = anchors.order[link.target] > anchors.order[link.element]
        if link.back and not link.calls:
            calls.back.append(link)
            continue
        if link.label is None and not link.calls:
            if not forward:
                calls.back.append(link)
            continue
        if not (forward or link.calls) or link.target.tag in HEADINGS or _holds_heading(link.target):
            calls.back.append(link)
            continue
        if any(node in accepted for node in (link.element, *link.element.iterancestors())) and not link.calls and not link.raised:
            continue  # "see note 5" inside a note
        if link.calls or link.raised or _answers(link, leading_to) or _begins_with(link) or _numbered(link):
            calls.markers.setdefault(link.target, []).append(link)
            accepted.add(link.target)
    return calls


def _holds_heading(element: _Element) -> bool:
    return any(child.tag in HEADINGS for child in element.iter())


def _answers(link: Link, leading_to: dict[_Element, list[Link]]) -> bool:
    """Whether the passage that a link leads to leads back to it."""
    passage = _block(link.target)
    around = [link.element]
    for ancestor in link.element.iterancestors():
        around.append(ancestor)
        if ancestor.tag in BLOCKS:
            break
    inside = set(passage.iter())
    return any(other.element in inside for node in around for other in leading_to.get(node, ()))


def _begins_with(link: Link) -> bool:
    head = _words_from(link.target)
    matched = re.match(r"[\s\[(]*" + re.escape(link.label or "\0") + r"(?:[\])]|[.:)\s])", head)
    return matched is not None


def _words_from(target: _Element) -> str:
    """The first words of a block, or those behind an anchor that stands in one."""
    head = words_of(target, 30)
    if head or target.tag in BLOCKS:
        return head
    behind = [target.tail or "", *(f"{words_of(after, 30)}{after.tail or ''}" for after in islice(target.itersiblings(), 3))]
    return " ".join("".join(behind).split()) or words_of(_block(target), 30)


def _numbered(link: Link) -> bool:
    """Whether a link leads to the item of an ordered list that has its number."""
    item, parent = link.target, link.target.getparent()
    if item.tag != "li" or parent is None or parent.tag != "ol" or not (link.label or "").isdecimal():
        return False
    return int(link.label or 0) == 1 + sum(1 for _ in item.itersiblings("li", preceding=True))


def _block(element: _Element) -> _Element:
    """The element itself, or the block that an inline element stands in."""
    while element.tag not in BLOCKS and element.tag not in ("td", "th"):
        parent = element.getparent()
        if parent is None:
            return element
        element = parent
    return element


def page_notes(page: PageText, text: str, calls: Calls) -> list[PageNote]:
    """The notes with their markers, in document order; a target at which no note begins is left out."""
    reaches: dict[_Element, tuple[int, int]] = {}
    targets = set(calls.markers)
    for target in calls.markers:
        if target in page.places and (reach := _reach(target, page, text, targets)):
            reaches[target] = reach
    for element in page.places:
        if element not in reaches and is_note_element(element) and not _holds(element, reaches):
            reaches[element] = page.places[element]
    ordered = sorted(reaches, key=lambda target: reaches[target])
    starts = [reaches[target][0] for target in ordered]
    back = _back_spans(page, calls)
    markers_inside = sorted(
        page.places[link.element][0] for links in calls.markers.values() for link in links if link.element in page.places
    )
    found = []
    for number, target in enumerate(ordered):
        start, end = reaches[target]
        if number + 1 < len(starts):
            behind = ordered[number + 1]
            if end > starts[number + 1]:
                end = starts[number + 1]
            elif _same_shelf(target, behind) and not _heading_between(page, end, starts[number + 1]):
                end = starts[number + 1]
        links = [link for link in calls.markers.get(target, ()) if link.element in page.places]
        note = _note(text, start, end, target, links, page, back)
        if note is not None and (links or note.span.length) and bisect_left(markers_inside, start) <= len(markers_inside):
            found.append(note)
    return found


def _holds(element: _Element, reaches: dict[_Element, tuple[int, int]]) -> bool:
    return any(inner in reaches for inner in element.iter()) or any(outer in reaches for outer in element.iterancestors())


def _same_shelf(one: _Element, two: _Element) -> bool:
    first, second = _block(one), _block(two)
    return first.tag == second.tag and first.getparent() is second.getparent()


def _heading_between(page: PageText, start: int, end: int) -> bool:
    text_hints = page.composer.hints
    return any(hint.kind.value == "heading" and start <= hint.span.start < end for hint in text_hints) or end - start > 3000


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
        head = text[page.places[parent][0] : start]
        if not _only_signs(head):
            if parent.tag in BLOCKS and head.rstrip(" \t[(^↑").endswith("\n"):  # notes parted by <br>
                return start, page.places[parent][1]
            if parent.tag in BLOCKS or parent.tag in ("td", "th"):
                return None
        element = parent
        end = page.places[parent][1]
    if element.tag == "dt":
        return start, _definition_end(element, page)
    while (parent := element.getparent()) is not None and parent in page.places:
        if parent.tag in _SHELVES and not (parent.tag in ("table", "tbody") and _rows(parent) == 1):
            break
        if not _only_signs(text[page.places[parent][0] : start]) or _others(parent, targets, target) or _holds_heading(parent):
            break
        element = parent
        end = max(end, page.places[parent][1])
    return (min(start, page.places[element][0] + len(text)), end) if end > start else None


def _only_signs(head: str) -> bool:
    words = head.strip(" \t\n[](){}^↑.:")
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


def _back_spans(page: PageText, calls: Calls) -> dict[str, dict[int, int]]:
    """The places of the links back that are printed: by their starts and by their ends."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    text = page.composer.text()
    for link in calls.back:
        if link.element in page.places:
            span = trimmed(text, *page.places[link.element])
            if span.length:
                starts[span.start] = span.end
                ends[span.end] = span.start
    return {"starts": starts, "ends": ends}


def _note(
    text: str,
    start: int,
    end: int,
    target: _Element,
    links: list[Link],
    page: PageText,
    back: dict[str, dict[int, int]],
) -> PageNote | None:
    labels = [link.label or label_of(words_of(link.element)) or words_of(link.element, 20) for link in links]
    markers = tuple((label, _label_place(text, page.places[link.element], label)) for link, label in zip(links, labels, strict=True))
    label = labels[0] if labels else None
    label_span: Span | None = None
    block = page.places.get(_block(target), (start, end))
    place = min(start, block[0]) if _only_signs(text[block[0] : start]) else start
    while place < end:
        place += len(text[place:end]) - len(text[place:end].lstrip(_EDGE_SIGNS[:6] if label_span is None else " \t\n^↑"))
        if place in back["starts"] and back["starts"][place] <= end:
            words = Span(place, back["starts"][place])
            own = label_of(text[words.start : words.end])
            if label_span is None and own and (label is None or own == label):
                label, label_span = own, _label_place(text, (words.start, words.end), own)
            place = _BEHIND_LABEL.match(text, words.end, end).end()  # type: ignore[union-attr]
            continue
        printed = re.compile(re.escape(label) + r"(?=[\])]?[.:)]?(?:\s|$)|[\])])").match(text, place, end) if label else None
        if printed and label_span is None:
            label_span = Span(*printed.span())
            place = _BEHIND_LABEL.match(text, printed.end(), end).end()  # type: ignore[union-attr]
            continue
        break
    last = end
    while last > place:
        last = trimmed(text, place, last).end
        opened = last
        while opened > place and text[opened - 1] in "])":
            opened -= 1
        cut = back["ends"].get(last, back["ends"].get(opened))
        if cut is None or cut < place:
            break
        last = cut
        if last > place and text[last - 1] in "[(" :
            last -= 1
    span = trimmed(text, place, last)
    if not span.length:
        return None
    return PageNote(span, label, label_span, _kind(target), markers)


def _label_place(text: str, place: tuple[int, int], label: str) -> Span:
    """The label's own characters, without the brackets around them."""
    start = text.find(label, *place)
    return Span(start, start + len(label)) if start >= 0 else trimmed(text, *place)


def _kind(target: _Element) -> NoteKind:
    kinds = f"{target.get('role', '')} {attribute(target, 'type')}".split()
    if "doc-footnote" in kinds or "footnote" in kinds:
        return NoteKind.FOOTNOTE
    return NoteKind.ENDNOTE
