"""A page's elements → its words as a browser shows them, with the place of each element.

What is no part of the document is left out: scripts, forms, navigation (HTML 4.3; WAI-ARIA landmarks), what is hidden,
and the machinery that MediaWiki adds to an article. A part that holds notes is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citekit.model import HintKind
from citekit.readers.anchors import HEADINGS, words_of
from citekit.readers.coins import read_coins
from citekit.readers.composing import Composer

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["BLOCKS", "PageText", "compose_page", "main_part"]

_UNSHOWN = frozenset(
    (
        *("script", "style", "template", "head", "noscript", "iframe", "object", "audio", "video", "canvas", "svg"),
        *("form", "button", "select", "textarea", "input", "dialog", "nav", "menu", "datalist", "annotation", "rp"),
    )
)
_NEVER = frozenset(("script", "style", "template", "head", "iframe", "svg", "annotation", "rp"))
_LANDMARKS = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "doc-toc", "doc-pagelist"))
# MediaWiki's own names for what is not the article (Help:CSS classes): edit links, boxes, the table of contents.
_MEDIAWIKI = frozenset(
    (
        *("mw-editsection", "navbox", "toc", "noprint", "catlinks", "printfooter", "mw-jump", "mw-jump-link"),
        *(
            "metadata",
            "vertical-navbox",
            "sistersitebox",
            "mw-indicators",
            "mw-empty-elt",
            "siteSub",
            "mw-cite-backlink",
        ),
    )
)
_ENTRIES = frozenset(("li", "div", "dd", "p", "td"))
_LONGEST_ENTRY = 1000  # characters: what is longer is prose
_MEDIAWIKI_IDS = frozenset(
    ("mw-navigation", "mw-head", "mw-panel", "toc", "siteSub", "jump-to-nav", "footer", "catlinks")
)
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt"),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "header",
            "hgroup",
            "hr",
            "html",
            "li",
            "main",
            "ol",
            "p",
            "pre",
        ),
        *("section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "caption", *HEADINGS),
    )
)
_ITALIC = frozenset(("i", "em", "cite", "dfn", "var"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Journals' sites print such buttons behind each reference; they lead to a search, and are no words of it.
_SEARCH = re.compile(r"https?://scholar\.google\.[a-z.]{2,6}/", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"[\[(]?\d{1,4}[\])]?[.):]?\s")
_MOSTLY = 0.5  # of a page's letters that its main part has at the least


@dataclass(slots=True)
class PageText:
    """A page's words, and from where to where each element's reach; the numbers of items that were met."""

    composer: Composer = field(default_factory=Composer)
    places: dict[_Element, tuple[int, int]] = field(default_factory=dict)
    numbers: dict[_Element, int] = field(default_factory=dict)


def main_part(tree: _Element, needed: set[_Element]) -> _Element:
    """The page's `main` or only `article`, if it holds most of the words and all notes; else the whole page."""
    for candidates in (
        [element for element in tree.iter() if element.tag == "main" or element.get("role") == "main"],
        list(tree.iter("article")),
    ):
        if len(candidates) == 1:
            inside = set(candidates[0].iter())
            if needed <= inside and _letters(candidates[0]) >= _MOSTLY * _letters(tree):
                return candidates[0]
    return tree


def _letters(tree: _Element) -> int:
    count = 0
    for element in tree.iter():
        if element.tag not in _NEVER:
            count += len((element.text or "").split())
        if element is not tree:
            count += len((element.tail or "").split())
    return count


def compose_page(root: _Element, needed: set[_Element], back: set[_Element]) -> PageText:
    """The words of a page under `root`.

    Args:
        root: the element to begin with.
        needed: elements that hold notes or markers: neither they nor what they lie in is left out.
        back: links back from a note whose words are no label: left out.
    """
    from lxml import etree

    page = PageText()
    composer = page.composer
    keep = {ancestor for element in needed for ancestor in (element, *element.iterancestors())}
    starts: dict[_Element, int] = {}
    walk = etree.iterwalk(root, events=("start", "end"))
    left_out: _Element | None = None
    preformatted = 0
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if left_out is not None:
                continue
            if "Z3988" in element.get("class", "").split():
                _stated(page, element, starts)
            if element in back or _left_out(element, tag, keep):
                left_out = element
                walk.skip_subtree()
                continue
            _open(composer, tag)
            starts[element] = composer.place
            preformatted += tag == "pre"
            if tag == "li" and (number := _number(element, page.numbers)):
                composer.words(number)
            (composer.preformatted if preformatted else composer.words)(element.text)
        else:
            if left_out is element:
                left_out = None
            elif left_out is None:
                preformatted -= tag == "pre"
                page.places[element] = (starts[element], composer.place)
                _mark(composer, element, tag, starts[element])
                if tag in BLOCKS:
                    composer.block()
                elif tag in ("td", "th"):
                    composer.words(" ")
            if left_out is None and element is not root:
                (composer.preformatted if preformatted else composer.words)(element.tail)
    return page


def _stated(page: PageText, element: _Element, starts: Mapping[_Element, int]) -> None:
    """The work that a COinS element states, over the words of the element before it, or of the entry that it closes."""
    item = read_coins(element.get("title", ""))
    before, parent = element.getprevious(), element.getparent()
    if not item or parent is None or parent.tag in ("body", "head", "html"):
        return
    start, end = page.places.get(before, (0, 0)) if before is not None else (0, 0)
    if (before is None or before.tag != "cite") and _is_entry(parent, str(item["title"])):
        start, end = starts.get(parent, end), page.composer.place
    if end > start:
        page.composer.hint(HintKind.ITEM, start, end, item=item)


def _is_entry(parent: _Element, title: str) -> bool:
    """Whether an element is one entry of a list, as a bibliography's program prints it: short, one work, its title."""
    words = words_of(parent, _LONGEST_ENTRY + 1)  # of a list of thousands, no more
    if parent.tag not in _ENTRIES or len(words) > _LONGEST_ENTRY:
        return False
    stated = [one for one in parent.iter() if "Z3988" in (one.get("class") or "").split()]
    letters = "".join(filter(str.isalnum, words.casefold()))
    return len(stated) == 1 and "".join(filter(str.isalnum, title.casefold())) in letters


def _left_out(element: _Element, tag: str, keep: set[_Element]) -> bool:
    if tag in _NEVER or not tag:
        return True
    if element in keep:
        return False
    if tag in _UNSHOWN:
        return True
    if tag == "footer" and (parent := element.getparent()) is not None and parent.tag == "body":
        return True
    if not element.attrib:
        return False
    if tag == "del" and "datetime" in element.attrib:  # a tracked change, as Word saves it
        return True
    if tag == "a" and _SEARCH.match(element.get("href", "")):
        return True
    if element.get("role") in _LANDMARKS or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
        return True
    if element.get("id") in _MEDIAWIKI_IDS and tag != "body":
        return True
    return bool(_MEDIAWIKI.intersection(element.get("class", "").split()))


def _open(composer: Composer, tag: str) -> None:
    if tag in ("tr", "br", "dt", "dd"):
        composer.line()
    elif tag in BLOCKS:
        composer.block()


def _mark(composer: Composer, element: _Element, tag: str, start: int) -> None:
    """Say what an element says of its words."""
    end = composer.place
    if end <= start:
        return
    if tag in HEADINGS:
        composer.hint(HintKind.HEADING, start, end)
    elif tag == "sup":
        composer.hint(HintKind.SUPERSCRIPT, start, end)
    elif tag == "a":
        href = element.get("href", "").strip()
        if href and not href.startswith(("#", "javascript:", "data:")):
            composer.hint(HintKind.LINK, start, end, target=href)
    elif tag in _ITALIC and not (tag == "cite" and any(child.tag in ("i", "em", "a") for child in element.iter())):
        composer.hint(HintKind.EMPHASIS, start, end)


def _number(element: _Element, numbers: dict[_Element, int]) -> str:
    """The number that a browser prints before an item of an ordered list ("3. "), "" where it prints none."""
    parent = element.getparent()
    if (
        parent is None
        or parent.tag != "ol"
        or "list-style" in parent.get("style", "").replace("list-style-position", "")
    ):
        return ""
    number = numbers[element] = _ordinal(element, parent, numbers)
    if _OWN_NUMBER.match(words_of(element, 20)):
        return ""
    kind = parent.get("type", "1")
    if kind in ("a", "A") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter if kind == 'a' else letter.upper()}. "
    return f"{number}. "


def _ordinal(element: _Element, parent: _Element, numbers: Mapping[_Element, int]) -> int:
    """An item's number: its own, or one more than that of the item before it (HTML, 4.4.8)."""
    value = element.get("value", "")
    if value.isdecimal() and len(value) < 6:
        return int(value)
    before = next(element.itersiblings("li", preceding=True), None)
    if before is not None and before in numbers:
        return numbers[before] + 1
    start = parent.get("start", "1")
    try:
        first = int(start)
    except ValueError:
        first = 1
    return first if before is None else first + sum(1 for _ in element.itersiblings("li", preceding=True))
