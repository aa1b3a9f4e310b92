"""The links inside a page: which call a note, which lead back, and what they lead to.

Signs, in the order of their weight: DPUB-ARIA roles (`doc-noteref`, `doc-backlink`), EPUB's `epub:type`, the names that
word processors and content systems give ("_ftnref1", "fn-backref", "cite_note"), a raised number, and the shape of the
link: a label alone, leading forward to the head of a short passage that leads back to it or begins with the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from citekit.readers.markup import attribute, local_name
from citekit.readers.ways_back import says_back

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["HEADINGS", "Anchors", "Link", "find_anchors", "is_note_element", "label_of", "only_leads_back", "words_of"]

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LABEL = re.compile(
    r"[\s\[\](){}^⟨⟩]*"
    r"(?P<label>\d{1,4}[a-z]?|[⁰¹²³⁴-⁹]{1,4}|[①-⑳]|[a-z]{1,2}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8}|[*†‡§¶‖⁂#]{1,5}"
    r"|[^\W\d_]{1,12}\.?\s?\d{1,3})"
    r"[\s\[\](){}.:,^⟨⟩]*"
)
_ARROWS = re.compile(r"[\s\[\]()\ufe0e\ufe0f^↑↩↵⏎⤴⮌⇑▲△∧⬆↖←🔝«‹]+")
_CALLS = re.compile(r"(?:foot|end|side)?note[-_]?(?:ref|call|link|marker|number)|\bfn-?ref|\bref-?fn|\bsup-?ref", re.I)
_LEADS_BACK = re.compile(r"back-?_?(?:link|ref)|footnote-?back|reversefoot|return|mw:referencedBy|referrer", re.I)
# MediaWiki's "cite_ref-1" is a marker; its "CITEREFWeber1922" is an entry of the list (Module:Citation/CS1).
_BACK_TARGET = re.compile(
    r"(?:(?:fn|ftn|edn|note|sdfootnote\d+|sdendnote\d+)[-_:]?|cite[-_:])(?:ref|anc)|refmark", re.I
)
_NOTE_ROLES = frozenset(("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"))
_NOTE_CLASSES = frozenset(("sidenote", "marginnote", "footnote-content", "footnotetext"))
_LONGEST = 24  # characters of a link's words that can be a label with its brackets


@dataclass(slots=True)
class Link:
    """A link to a place of the same page.

    Attributes:
        element: the `a` element.
        target: what it leads to.
        label: the label that its words are, None where they are none.
        calls: it calls a note by what the page says of it.
        back: it leads back to a marker by what the page says of it.
        returns: its words only say that it leads back ("Back to text"), or there are none.
        raised: it is printed as a superscript.
    """

    element: _Element
    target: _Element
    label: str | None
    calls: bool
    back: bool
    returns: bool
    raised: bool


@dataclass(slots=True)
class Anchors:
    """The links of a page among themselves, in document order, and the place of each element."""

    links: list[Link] = field(default_factory=list)
    order: dict[_Element, int] = field(default_factory=dict)


def find_anchors(tree: _Element) -> Anchors:
    """All links to places of the same page."""
    found = Anchors()
    named: dict[str, _Element] = {}
    linking: list[_Element] = []
    for number, element in enumerate(tree.iter()):
        found.order[element] = number
        for key in ("id", "name"):
            if name := element.get(key) or (attribute(element, "id") if key == "id" else ""):
                named.setdefault(name, element)
        if element.tag == "a" and "#" in element.get("href", ""):
            linking.append(element)
    for element in linking:
        fragment = element.get("href", "").rpartition("#")[2]
        target = named.get(fragment)
        if target is None:
            target = named.get(unquote(fragment))
        if target is None or target is element or not fragment:
            continue
        found.links.append(_link(element, target, fragment))
    return found


def _link(element: _Element, target: _Element, fragment: str) -> Link:
    words = words_of(element)
    kinds = f"{element.get('role', '')} {attribute(element, 'type')}"
    names = " ".join((element.get("class", ""), element.get("rel", ""), element.get("rev", "")))
    above = element.getparent()
    around = "" if above is None else f"{above.get('class', '')} {above.get('rel', '')}"
    own_name = element.get("id") or element.get("name") or ""
    label = label_of(words)
    returns = not words or only_leads_back(words)
    back = (
        "doc-backlink" in kinds
        or "backlink" in kinds
        or "referrer" in kinds
        or bool(_LEADS_BACK.search(names) or _LEADS_BACK.search(around))
        or element.get("rev") == "footnote"
        or bool(words and _ARROWS.fullmatch(words))
        or bool((returns or label) and _BACK_TARGET.search(fragment))
    )
    calls = not back and (
        "noteref" in kinds
        or element.get("rel") == "footnote"
        or bool(_CALLS.search(names))
        or bool(_BACK_TARGET.search(own_name))
    )
    return Link(element, target, label, calls, back, returns, _raised(element))


def only_leads_back(words: str) -> bool:
    """Whether a link's words are an arrow, or only say that it leads back."""
    return bool(_ARROWS.fullmatch(words)) or says_back(words)


def _raised(element: _Element) -> bool:
    parent = element.getparent()
    grand = parent.getparent() if parent is not None else None
    if any(node is not None and node.tag == "sup" for node in (parent, grand)):
        return True
    return any(child.tag == "sup" for child in element.iter()) or "vertical-align:super" in element.get(
        "style", ""
    ).replace(" ", "")


def words_of(element: _Element, most: int = 200) -> str:
    """The words inside an element, at most so many characters of them."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        length += len(pieces[-1])
        if length > most:
            break
    return " ".join("".join(pieces).split())[:most]


def label_of(words: str) -> str | None:
    """The label of a note that some words are ("[12]", "(a)", "†", "note 3"), None where they are none."""
    if len(words) > _LONGEST:
        return None
    found = _LABEL.fullmatch(words)
    return found["label"] if found else None


def is_note_element(element: _Element) -> bool:
    """Whether the page itself calls this element a note."""
    kinds = {*element.get("role", "").split(), *attribute(element, "type").split()} if element.attrib else set()
    classes = set(element.get("class", "").lower().split()) if element.attrib else set()
    noted = bool(kinds & _NOTE_ROLES or classes & _NOTE_CLASSES) or ("tooltip" in kinds and label_before(element) != "")
    return noted and local_name(element) not in ("a", "section", "ol")


def label_before(element: _Element) -> str:
    """The label that stands right before an element, of a note that opens at its marker; "" where none does."""
    before = element.getprevious()
    if before is None or (before.tail or "").strip() or not isinstance(before.tag, str):
        return ""
    return label_of(words_of(before, 30)) or ""
