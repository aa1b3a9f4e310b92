"""Which links of a page call a note, and which lead back from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from citekit.readers.anchors import HEADINGS, Anchors, Link, words_of
from citekit.readers.page_text import BLOCKS

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Calls", "block_of", "find_calls", "holds_heading"]

_DEEPEST = 4  # elements around a link back inside its passage
_CROWD = 5  # elements behind it: what is followed by more closes nothing


@dataclass(slots=True)
class Calls:
    """Which links are markers, by the element that they lead to, and which lead back."""

    markers: dict[_Element, list[Link]] = field(default_factory=dict)
    back: list[Link] = field(default_factory=list)


def find_calls(anchors: Anchors) -> Calls:
    """Tell markers from links back, page links and tables of contents."""
    calls = Calls()
    leading_to: dict[_Element, list[Link]] = {}
    for link in anchors.links:
        leading_to.setdefault(link.target, []).append(link)
    accepted: set[_Element] = set()
    closing = _closing_words(anchors)
    headed: dict[_Element, bool] = {}
    ordinals: dict[_Element, int] = {}
    for link in anchors.links:
        forward = anchors.order[link.target] > anchors.order[link.element]
        if link.back and not link.calls:
            calls.back.append(link)
            continue
        if link.label is None and not link.calls:
            if not forward and (link.returns or _closing(link) in closing):
                calls.back.append(link)
            continue
        if not (forward or link.calls) or _is_headed(link.target, headed):
            calls.back.append(link)
            continue
        if (
            any(node in accepted for node in (link.element, *link.element.iterancestors()))
            and not link.calls
            and not link.raised
        ):
            continue  # "see note 5" inside a note
        if link.calls or link.raised or _answers(link, leading_to) or _begins_with(link) or _numbered(link, ordinals):
            calls.markers.setdefault(link.target, []).append(link)
            accepted.add(link.target)
    # "Ibid.", "Weber (n 1)" at a note's head or end: a link to another note is a part of the words.
    calls.back = [link for link in calls.back if link.back or link.target not in calls.markers]
    return calls


def _closing_words(anchors: Anchors) -> set[str]:
    """Words that close several passages and lead to an earlier place from each: a way back in any language."""
    leading: dict[str, set[_Element]] = {}
    for link in anchors.links:
        if (
            link.label is None
            and not link.returns
            and anchors.order[link.target] < anchors.order[link.element]
            and (words := _closing(link))
        ):
            leading.setdefault(words, set()).add(link.target)
    return {words for words, targets in leading.items() if len(targets) > 1}


def _closing(link: Link) -> str:
    """A link's words where it closes its passage, "" where words follow it, or a crowd of elements."""
    node = link.element
    for _ in range(_DEEPEST):
        after = list(islice(node.itersiblings(), _CROWD))
        if len(after) == _CROWD or any(map(_says, (node.tail, *(f"{words_of(one)}{one.tail or ''}" for one in after)))):
            return ""
        parent = node.getparent()
        if parent is None or parent.tag in BLOCKS or parent.tag in ("td", "th"):
            return words_of(link.element).casefold()
        node = parent
    return ""


def _says(words: str | None) -> bool:
    return any(sign.isalnum() for sign in words or "")


def _is_headed(element: _Element, known: dict[_Element, bool]) -> bool:
    """Whether an element is a heading or holds one; thousands of links can lead to one element."""
    if element not in known:
        known[element] = element.tag in HEADINGS or holds_heading(element)
    return known[element]


def holds_heading(element: _Element) -> bool:
    """Whether a heading lies in an element: it is a part of the document, no note."""
    return any(child.tag in HEADINGS for child in element.iter())


def _answers(link: Link, leading_to: dict[_Element, list[Link]]) -> bool:
    """Whether the passage that a link leads to leads back to it."""
    passage = block_of(link.target)
    around = [link.element]
    for ancestor in link.element.iterancestors():
        around.append(ancestor)
        if ancestor.tag in BLOCKS:
            break
    return any(
        passage is near
        for node in around
        for other in leading_to.get(node, ())
        for near in (other.element, *other.element.iterancestors())
    )


def _begins_with(link: Link) -> bool:
    head = _words_from(link.target)
    matched = re.match(r"[\s\[(]*" + re.escape(link.label or "\0") + r"(?:[\])]|[.:)\s])", head)
    return matched is not None


def _words_from(target: _Element) -> str:
    """The first words of a block, or those behind an anchor that stands in one."""
    head = words_of(target, 30)
    if head or target.tag in BLOCKS:
        return head
    behind = [
        target.tail or "",
        *(f"{words_of(after, 30)}{after.tail or ''}" for after in islice(target.itersiblings(), 3)),
    ]
    return " ".join("".join(behind).split()) or words_of(block_of(target), 30)


def _numbered(link: Link, ordinals: dict[_Element, int]) -> bool:
    """Whether a link leads to the item of an ordered list that has its number."""
    item, parent = link.target, link.target.getparent()
    if item.tag != "li" or parent is None or parent.tag != "ol" or not (link.label or "").isdecimal():
        return False
    if item not in ordinals:
        ordinals |= {one: number for number, one in enumerate(parent.iterchildren("li"), 1)}
    return int(link.label or 0) == ordinals[item]


def block_of(element: _Element) -> _Element:
    """The element itself, or the block that an inline element stands in."""
    while element.tag not in BLOCKS and element.tag not in ("td", "th"):
        parent = element.getparent()
        if parent is None:
            return element
        element = parent
    return element
