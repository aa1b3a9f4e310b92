"""JATS, the Journal Article Tag Suite (NISO Z39.96), and BITS for books: text, footnotes, reference lists."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from citekit.model import HintKind, NoteKind
from citekit.readers.anchors import words_of
from citekit.readers.jats_calls import JatsCalls, own_label
from citekit.readers.markup import all_words, attribute, local_name
from citekit.readers.xml_entries import jats_citation
from citekit.readers.xml_text import Handler, XmlText, children

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["compose_jats"]

_BLOCKS = frozenset(
    (
        *("article", "book", "front", "body", "back", "sec", "p", "abstract", "list"),
        *(
            "list-item",
            "disp-quote",
            "verse-group",
            "verse-line",
            "ack",
            "app",
            "fn-group",
            "ref-list",
            "table-wrap",
            "tr",
        ),
        *(
            "fig",
            "caption",
            "boxed-text",
            "statement",
            "contrib-group",
            "def-item",
            "speech",
            "trans-abstract",
            "kwd-group",
        ),
    )
)
_PRINTED_IN_FRONT = ("title-group", "contrib-group", "abstract", "trans-abstract", "author-notes", "book-title-group")
_AS_PRINTED = ("mixed-citation", "string-name", "product", "related-article", "related-object")
_PUNCTUATED = ("element-citation", "nlm-citation")


def compose_jats(tree: _Element) -> XmlText:
    """The words of an article or book."""
    calls = JatsCalls.of(tree)
    composed = XmlText({**_HANDLERS, "xref": calls.xref}, _BLOCKS, calls.targets)
    composed.element(tree)
    composed.waiting_notes()
    return composed


def _nothing(_text: XmlText, _element: _Element) -> None:
    """What is not printed."""


def _front(text: XmlText, element: _Element) -> None:
    for child in element.iter():
        if local_name(child) in _PRINTED_IN_FRONT:
            text.element(child)
            text.composer.block()


def _title(text: XmlText, element: _Element) -> None:
    parent = element.getparent()
    if parent is not None and local_name(parent) in ("mixed-citation", "element-citation", "nlm-citation"):
        text.content(element)
        return
    text.composer.block()
    text.hinted(element, HintKind.HEADING)
    text.composer.block()


def _fn(text: XmlText, element: _Element) -> None:
    label = own_label(element)
    parent = element.getparent()
    listed = parent is not None and local_name(parent) in (
        "fn-group",
        "table-wrap-foot",
        "author-notes",
        "notes",
        "back",
    )
    key = text.key(element)
    if listed or key in text.targets:
        text.note(element, label, key, NoteKind.FOOTNOTE)
    else:
        text.call(element, label, NoteKind.FOOTNOTE)


def _ref(text: XmlText, element: _Element) -> None:
    """An entry of the reference list; its own label where it has one."""
    label = own_label(element)
    text.note(element, label, text.key(element), NoteKind.REFERENCE)


def _mixed(text: XmlText, element: _Element) -> None:
    """An entry as it is printed, with its parts marked or not."""
    text.citation(element, lambda: text.content(element), jats_citation)


def _structured(text: XmlText, element: _Element) -> None:
    text.citation(element, lambda: _punctuated(text, element), jats_citation)


def _punctuated(text: XmlText, element: _Element) -> None:
    """An entry without punctuation of its own: its parts in their order, parted by full stops and commas."""
    first = True
    for child in element:
        name = local_name(child)
        if not name or name in ("lpage", "label") or not all_words(child):
            continue
        if not first:
            text.composer.words(". " if name in ("article-title", "chapter-title", "source", "publisher-loc") else ", ")
        first = False
        text.element(child)


def _names(text: XmlText, element: _Element) -> None:
    named = list(children(element, "name", "string-name", "collab"))
    parted = any((words or "").strip() for words in (element.text, *(child.tail for child in element)))
    if _as_printed(element) and (parted or len(named) == 1):
        text.content(element)  # the words have their own punctuation
        return
    people = [_person(child) for child in named]
    text.composer.words("; ".join(filter(None, people)) or all_words(element))
    if element.get("person-group-type") == "editor":
        text.composer.words(" (ed.)" if len(people) == 1 else " (eds)")


def _as_printed(element: _Element) -> bool:
    """Whether an entry around an element has its words as they are printed (JATS 1.3, mixed-citation)."""
    return any(local_name(above) in _AS_PRINTED for above in islice(element.iterancestors(), 2))


def _person(element: _Element) -> str:
    surname = next((words_of(child) for child in children(element, "surname")), "")
    given = next((words_of(child) for child in children(element, "given-names")), "")
    return ", ".join(filter(None, (surname, given))) or words_of(element)


def _name(text: XmlText, element: _Element) -> None:
    parent = element.getparent()
    if parent is not None and local_name(parent) in _PUNCTUATED:
        text.composer.words(_person(element))
        return
    printed = all_words(element)
    given = next((words_of(child) for child in children(element, "given-names")), "")
    surname = next((words_of(child) for child in children(element, "surname")), "")
    if _as_printed(element):
        # In the order of the words, with a space where the markup parts them and the words do not.
        glued = surname and given and (surname + given in printed or given + surname in printed)
        for number, child in enumerate(element if glued else ()):
            text.composer.words(" " if number else element.text)
            text.element(child)
            text.composer.words(child.tail)
        if not glued:
            text.content(element)
        return
    text.composer.words(" ".join(filter(None, (given, surname))))


def _source(text: XmlText, element: _Element) -> None:
    text.hinted(element, HintKind.EMPHASIS)


def _link(text: XmlText, element: _Element) -> None:
    target = attribute(element, "href")
    text.hinted(element, HintKind.LINK, target) if target.startswith("http") else text.content(element)


def _label(text: XmlText, element: _Element) -> None:
    parent = element.getparent()
    if parent is None or local_name(parent) not in ("fn", "ref"):
        text.content(element)
        text.composer.words(" ")


def _pages(text: XmlText, element: _Element) -> None:
    parent = element.getparent()
    if parent is None or local_name(parent) not in _PUNCTUATED:
        text.content(element)
        return
    last = next(children(parent, "lpage"), None)
    text.content(element)
    if last is not None:
        text.composer.words("–")
        text.content(last)


def _last_page(text: XmlText, element: _Element) -> None:
    parent = element.getparent()
    if parent is None or local_name(parent) not in _PUNCTUATED:
        text.content(element)


_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("front", "book-meta", "front-stub"), _front),
    **dict.fromkeys(("title", "article-title", "subtitle"), _title),
    **dict.fromkeys(
        ("alternatives", "graphic", "object-id", "processing-meta", "contrib-id", "email", "floats-group"), _nothing
    ),
    "fn": _fn,
    "ref": _ref,
    **dict.fromkeys(_PUNCTUATED, _structured),
    "mixed-citation": _mixed,
    "person-group": _names,
    "name": _name,
    "source": _source,
    "italic": _source,
    "sup": lambda text, element: text.hinted(element, HintKind.SUPERSCRIPT),
    **dict.fromkeys(("ext-link", "uri"), _link),
    "label": _label,
    "fpage": _pages,
    "lpage": _last_page,
    "break": lambda text, _element: text.composer.line(),
    "td": lambda text, element: text.cell(element),
}
