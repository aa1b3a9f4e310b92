"""TEI P5 (and what P4 has in common with it): text, notes, lists of works.

Chapters of the Guidelines: 3.9 (notes), 3.12 (bibliographic citations), 3.5 (simple editorial changes).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from citekit.model import HintKind, NoteKind
from citekit.readers.anchors import label_of, words_of
from citekit.readers.markup import all_words, attribute, local_name
from citekit.readers.xml_entries import tei_citation
from citekit.readers.xml_text import Handler, XmlText

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["compose_tei"]

_BLOCKS = frozenset(
    (
        *("text", "front", "body", "back", "group", "div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "p"),
        *(
            "ab",
            "head",
            "list",
            "item",
            "table",
            "row",
            "lg",
            "l",
            "sp",
            "speaker",
            "stage",
            "opener",
            "closer",
            "byline",
        ),
        *("dateline", "salute", "signed", "epigraph", "argument", "titlePage", "docTitle", "titlePart", "docAuthor"),
        *(
            "docImprint",
            "docDate",
            "listBibl",
            "figure",
            "trailer",
            "floatingText",
            "postscript",
            "castList",
            "castItem",
        ),
        *("desc", "abstract", "biblStruct", "biblFull", "noteGrp"),
    )
)
_ITALIC = ("italic", "i", "it", "em", "emph", "oblique")
_AROUND_PASSAGES = ("div", "div1", "div2", "div3", "body", "epigraph", "cit")
_IN_MARGIN = ("margin", "left", "right", "inline", "above", "below", "interlinear", "overleaf", "opposite")
_AT_END = ("end", "endnote", "back", "endnotes")


def compose_tei(tree: _Element) -> XmlText:
    """The words of a TEI document, without its header."""
    named = {attribute(element, "id"): element for element in tree.iter() if attribute(element, "id")}
    shelves: dict[_Element, int] = {}
    called = {
        target
        for element in tree.iter()
        if local_name(element) in ("ref", "ptr")
        for target in _targets(element)
        if target.startswith("#")
        and local_name(named.get(target[1:], element)) == "note"
        and _apart(named[target[1:]], shelves)
    }
    composed = XmlText(_HANDLERS, _BLOCKS, frozenset(called), shelves=shelves)
    for target in called:
        if (label := _label(named[target[1:]])) is not None:
            composed.labels[target] = label
    for note in [element for element in tree.iter() if local_name(element) == "note"]:
        place, label = (note.get("targetEnd") or note.get("target") or "").removeprefix("#"), _label(note)
        if label and place in named and local_name(named[place]) != "note" and _apart(note, shelves):
            composed.pointing.setdefault(place, []).append((label, note))
    texts = [element for element in tree if local_name(element) in ("text", "TEI", "TEI.2", "standOff")] or [tree]
    for element in texts:
        composed.element(element)
    composed.waiting_notes()
    return composed


def _targets(element: _Element) -> list[str]:
    """What a reference leads to; some encoders say it by `corresp` alone (Guidelines 17.4.1)."""
    return (element.get("target") or element.get("corresp") or "").split()


def _nothing(_text: XmlText, _element: _Element) -> None:
    """What is not printed."""


def _choice(text: XmlText, element: _Element) -> None:
    """As printed: the misprint, the old spelling, the abbreviation (Guidelines 3.5)."""
    for name in ("sic", "orig", "abbr"):
        printed = next((child for child in element if local_name(child) == name), None)
        if printed is not None:
            text.element(printed)
            return
    text.content(element)


def _break(text: XmlText, element: _Element) -> None:
    if element.get("break") != "no":
        text.composer.words(" ")


def _head(text: XmlText, element: _Element) -> None:
    text.hinted(element, HintKind.HEADING)


def _styled(text: XmlText, element: _Element) -> None:
    style = f"{element.get('rend', '')} {element.get('rendition', '')} {element.get('style', '')}".lower()
    words = style.replace("#", " ").replace(":", " ").replace(";", " ").replace("-", " ").split()
    if "sup" in words or "superscript" in words or "super" in words:
        text.hinted(element, HintKind.SUPERSCRIPT)
    elif any(word in _ITALIC for word in words) or (local_name(element) == "emph" and not words):
        text.hinted(element, HintKind.EMPHASIS)
    else:
        text.content(element)


def _title(text: XmlText, element: _Element) -> None:
    """A title: of a part in quotation marks, of a whole in italics, as TEI's `level` is printed (3.12.2.2)."""
    level = element.get("level", "")
    if level in ("a", "u") and not element.get("rend"):
        text.quoted(element)
    elif level in ("m", "j", "s") or "ital" in element.get("rend", ""):
        text.hinted(element, HintKind.EMPHASIS)
    else:
        text.content(element)


def _quotation(text: XmlText, element: _Element) -> None:
    """Words in quotation marks, unless they are a passage of their own (Guidelines 3.3.3)."""
    parent = element.getparent()
    own = "block" in element.get("rend", "") or any(local_name(child) in _BLOCKS for child in element)
    if own or (parent is not None and local_name(parent) in _AROUND_PASSAGES):
        text.composer.block()
        text.content(element)
        text.composer.block()
    else:
        text.quoted(element)


def _reference(text: XmlText, element: _Element) -> None:
    target = (element.get("target") or " ".join(_targets(element)[:1])).strip()
    words = words_of(element, 30) or element.get("n", "")
    label = label_of(words) if words else text.labels.get(target)
    if target in text.targets and label:
        text.marker(label, target)
    elif target and not target.startswith("#"):
        text.hinted(element, HintKind.LINK, target)
    else:
        text.content(element)


def _note(text: XmlText, element: _Element) -> None:
    apart = _apart(element, text.shelves)
    label = _label(element) if apart else _number(element)
    first = _leading(element) if apart else None
    if first is not None and label == label_of(words_of(first, 20)):
        text.unprinted.add(first)
    place = element.get("place", "").lower()
    at_end = place in _AT_END or (not place and apart)
    kind = NoteKind.ENDNOTE if at_end else NoteKind.FOOTNOTE
    key = text.key(element)
    if f"#{attribute(element, 'id')}" in text.targets or _listed(element, text.shelves):
        text.note(element, label, key, kind)
    elif label is None and place.split(":")[0].split("-")[0] in _IN_MARGIN:
        text.waiting.append((element, None, key, NoteKind.INLINE))
    else:
        text.call(element, label, kind)


def _number(element: _Element) -> str | None:
    """The label that a note has as its number (`n`)."""
    number = (element.get("n") or "").strip()
    return (label_of(number) or number) if number else None


def _label(element: _Element) -> str | None:
    """A note's number, or the label that is marked at its head."""
    first = _leading(element)
    return _number(element) or (label_of(words_of(first, 20)) if first is not None else None)


def _leading(element: _Element) -> _Element | None:
    """The `label`, `seg` or `num` at a note's head, in its first paragraph too."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is not None and local_name(first) == "p" and len(first) and not (first.text or "").strip():
        first = first[0]
    named = first is not None and local_name(first) in ("label", "seg", "num")
    return first if named else None


_SHELVES = ("div", "div1", "div2", "list", "item", "noteGrp", "body", "back", "text", "standOff", "listAnnotation")


def _apart(element: _Element, shelves: dict[_Element, int]) -> bool:
    """Whether a note stands outside all sentences: a reference to it calls it, one to another points at it."""
    return _notes_on_shelf(element.getparent(), shelves) > 0


def _listed(element: _Element, shelves: dict[_Element, int]) -> bool:
    """Whether a note stands among notes, outside all sentences."""
    return _notes_on_shelf(element.getparent(), shelves) > 1


def _notes_on_shelf(parent: _Element | None, shelves: dict[_Element, int]) -> int:
    """What stands in an element beside a note: 0 words of its own, 1 elements alone, 2 mostly notes; asked once."""
    if parent is None or local_name(parent) not in _SHELVES:
        return 0
    if parent not in shelves:
        if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
            shelves[parent] = 0
        else:
            around = [name for node in parent if (name := local_name(node))]
            shelves[parent] = 2 if around.count("note") * 2 > len(around) else 1
    return shelves[parent]


def _bibl(text: XmlText, element: _Element) -> None:
    """An entry of a list of works; a `bibl` in a sentence is its words alone."""
    parent = element.getparent()
    if parent is not None and local_name(parent) == "listBibl":
        write = partial(
            text.note, element, None, f"#bibl-{attribute(element, 'id') or text.composer.place}", NoteKind.REFERENCE
        )
    else:
        write = partial(text.content, element)
    text.citation(element, write, tei_citation)


def _bibl_struct(text: XmlText, element: _Element) -> None:
    """A structured entry, its parts in the order of the encoding, parted as a bibliography prints them."""
    text.composer.block()
    start = text.composer.place
    text.citation(element, lambda: _parts(text, element), tei_citation)
    text.composer.hint(HintKind.NOTE, start, text.composer.place, target=f"#bibl-{start}", note_kind=NoteKind.REFERENCE)
    text.composer.block()


_GROUPS = ("analytic", "monogr", "series", "imprint", "biblStruct")
_UNPRINTED = ("idno", "relatedItem", "note", "ref", "ptr", "textLang", "availability")


def _parts(text: XmlText, element: _Element) -> None:
    for child in element:
        name = local_name(child)
        if name in _GROUPS:
            _parts(text, child)
        elif name and (
            name not in _UNPRINTED or (name == "idno" and child.get("type", "").upper() in ("DOI", "ISBN", "URL"))
        ):
            words = all_words(child)
            if not words and not (child.get("when") or child.get("from")):
                continue
            if text.composer.pieces and not text.composer.pending.startswith("\n"):
                text.composer.words(", " if name != "title" else ". ")
            start = text.composer.place
            if name in ("author", "editor"):
                _person(text, child)
            elif not words:
                text.composer.words(child.get("when") or _range(child))
            else:
                text.element(child)
            if text.places is not None:
                text.places[child] = (start, text.composer.place)


def _range(element: _Element) -> str:
    return "–".join(dict.fromkeys(filter(None, (element.get("from"), element.get("to")))))


def _person(text: XmlText, element: _Element) -> None:
    surname = next((all_words(node) for node in element.iter() if local_name(node) == "surname"), "")
    given = [all_words(node) for node in element.iter() if local_name(node) == "forename"]
    if surname:
        text.composer.words(", ".join(filter(None, (surname, " ".join(given)))))
    else:
        text.composer.words(all_words(element))
    if local_name(element) == "editor":
        text.composer.words(" (ed.)")


_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        ("teiHeader", "fw", "pb", "cb", "gb", "milestone", "anchor", "figDesc", "facsimile", "index"), _nothing
    ),
    **dict.fromkeys(
        ("corr", "reg", "expan"), lambda text, element: None if _chosen(element) else text.content(element)
    ),
    "choice": _choice,
    "lb": _break,
    "head": _head,
    **dict.fromkeys(("hi", "emph", "foreign", "term"), _styled),
    "title": _title,
    **dict.fromkeys(("ref", "ptr"), _reference),
    "note": _note,
    **dict.fromkeys(("q", "quote", "said", "soCalled"), _quotation),
    "bibl": _bibl,
    **dict.fromkeys(("biblStruct", "biblFull"), _bibl_struct),
    "cell": lambda text, element: text.cell(element),
}


def _chosen(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) == "choice"
