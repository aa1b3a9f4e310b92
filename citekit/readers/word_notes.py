"""The footnotes and endnotes of a Word file with the labels that Word prints, and its text boxes where they are read.

ECMA-376, 17.11: a reference calls a note by its id; numbers are counted for each kind by themselves, in the form, from
the number and anew where the settings or a section say so (17.11.11, 17.11.17–20), unless a mark of the author's own
stands there (`customMarkFollows`, 17.11.14).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citekit.model import NoteKind
from citekit.readers.called_notes import AGAIN, NOTE, CalledNote, NoteCount
from citekit.readers.markup import local_name
from citekit.readers.word_xml import is_deleted, link_to, said

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["label_notes", "put_boxes_behind"]

_KINDS = {"footnote": NoteKind.FOOTNOTE, "endnote": NoteKind.ENDNOTE}
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}  # 17.11.17: of endnotes, where nothing is said
_ON = ("1", "true", "on")
_LONGEST_MARK = 8  # characters
_BOXED = "citekit-boxed"  # an attribute of paragraphs that stood in a text box


@dataclass(slots=True)
class _Calls:
    """The notes of a file while its text is gone through.

    Attributes:
        called: the notes in the order in which they are called.
        numbers: the number of each note among them, by its kind and its id.
        bookmarked: the number of the note that a bookmark names.
    """

    called: list[CalledNote] = field(default_factory=list)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    bookmarked: dict[str, int] = field(default_factory=dict)


def put_boxes_behind(tree: _Element) -> None:
    """Put the paragraphs of text boxes behind those in which they are anchored.

    pandoc reads such a box in the place of the paragraph, whose own words are lost.
    """
    for fallback in [one for one in tree.iter() if local_name(one) == "Fallback"]:
        parent = fallback.getparent()
        if parent is not None and any(local_name(one) == "Choice" and _has_box(one) for one in parent):
            parent.remove(fallback)
    for box in [one for one in tree.iter() if local_name(one) == "txbxContent"]:
        anchored = next((above for above in box.iterancestors() if local_name(above) == "p"), None)
        run = next((above for above in box.iterancestors() if local_name(above) == "r"), None)
        if anchored is None or run is None or (shelf := anchored.getparent()) is None:
            continue
        place = shelf.index(anchored) + 1
        while place < len(shelf) and shelf[place].get(_BOXED):
            place += 1
        for paragraph in list(box):
            paragraph.set(_BOXED, "1")
            shelf.insert(place, paragraph)
            place += 1
        if not any(local_name(one) == "txbxContent" and len(one) for one in run.iter()):
            holding = run.getparent()
            if holding is not None:
                holding.remove(run)
    for one in tree.iter():
        if _BOXED in one.attrib:
            del one.attrib[_BOXED]


def _has_box(element: _Element) -> bool:
    return any(local_name(one) == "txbxContent" for one in element.iter())


def label_notes(text: _Element, notes: Mapping[str, _Element], settings: _Element | None) -> list[CalledNote]:
    """The notes in the order in which they are called; a link to its number is put at the head of each.

    Args:
        text: the document's text.
        notes: the part with the footnotes, and that with the endnotes, by the names of the kinds.
        settings: of the document.
    """
    calls = _Calls()
    sections = [one for one in text.iter() if local_name(one) == "sectPr" and _is_current(one)]
    rendered = any(local_name(one) == "lastRenderedPageBreak" for one in text.iter())
    counts = _counts(settings, sections[0] if sections else None)
    bookmarks: list[str] = []
    ended = False  # a section ends behind the paragraph that says so (17.6.18)
    for element in list(text.iter()):  # an author's mark is taken away meanwhile
        name = local_name(element)
        if ended and name == "p":
            sections.pop(0)
            _begin_section(counts, settings, sections[0] if sections else None)
            ended = False
        if name.endswith("Reference") and (kind := name.removesuffix("Reference")) in counts:
            if not is_deleted(element):
                number = _call(element, kind, counts[kind], calls)
                calls.bookmarked |= dict.fromkeys(bookmarks, number)
        elif name == "bookmarkStart":
            bookmarks.append(said(element, "name"))
        elif name == "bookmarkEnd":
            bookmarks.clear()
        elif name == "sectPr" and sections and element is sections[0]:
            ended = True
        elif name == "lastRenderedPageBreak" or (name == "br" and said(element, "type") == "page" and not rendered):
            for count in counts.values():
                if count.anew == "eachPage":
                    count.begin()
    for kind, part in notes.items():
        for note in part:
            number = calls.numbers.get((kind, said(note, "id")), -1)
            if number >= 0:
                _put_head(note, number, calls.called[number].label)
    _link_again(text, calls)
    return calls.called


def _counts(settings: _Element | None, section: _Element | None) -> dict[str, NoteCount]:
    """How the notes of each kind are counted: as their section says, else as the document's settings say."""
    counts = {}
    for kind in _KINDS:
        count = counts[kind] = NoteCount(_USUAL[kind])
        for holder in (settings, section):
            for properties in () if holder is None else (one for one in holder if local_name(one) == f"{kind}Pr"):
                for one in properties:
                    value = said(one, "val")
                    match local_name(one):
                        case "numFmt":
                            count.form = value
                        case "numStart" if value.isdecimal() and len(value) < 6:
                            count.first = int(value)
                        case "numRestart":
                            count.anew = value
    return counts


def _begin_section(counts: dict[str, NoteCount], settings: _Element | None, section: _Element | None) -> None:
    for kind, count in _counts(settings, section).items():
        if count.anew not in ("eachSect", "eachPage"):
            count.met = counts[kind].met
        counts[kind] = count


def _is_current(section: _Element) -> bool:
    return not any(local_name(above) == "sectPrChange" for above in section.iterancestors())


def _call(reference: _Element, kind: str, count: NoteCount, calls: _Calls) -> int:
    key = (kind, said(reference, "id"))
    if key in calls.numbers:
        return calls.numbers[key]
    mark = _own_mark(reference) if said(reference, "customMarkFollows") in _ON else ""
    number = calls.numbers[key] = len(calls.called)
    calls.called.append(CalledNote(mark or count.next(), _KINDS[kind]))
    return number


def _own_mark(reference: _Element) -> str:
    """The mark that the author put behind a reference, taken away from there: the label stands for it."""
    run = reference.getparent()
    behind = list(reference.itersiblings())
    follows = run.getnext() if run is not None and not any(_sign(one) for one in behind) else None
    if follows is not None and local_name(follows) == "r":
        behind = list(follows)
    signs = [one for one in behind if _sign(one)]
    mark = "".join(map(_sign, signs)).strip()
    if not mark or len(mark) > _LONGEST_MARK:
        return ""
    for one in signs:
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    return mark


def _sign(element: _Element) -> str:
    """The words of a run's text; of a symbol its character, where the font has it at a place of its own."""
    if local_name(element) == "t":
        return element.text or ""
    if local_name(element) == "sym":
        return _symbol(said(element, "char"))
    return ""


def _symbol(code: str) -> str:
    """A character of the font Symbol, which Word keeps at F000 and on: the signs that its "Symbol" button offers."""
    return {"2A": "*", "A7": "§", "B6": "¶", "23": "#"}.get(code.upper()[-2:], "*") if code else ""


def _put_head(note: _Element, number: int, label: str) -> None:
    """Put the link to a note's number at the head of its first paragraph, in the place of its author's own mark."""
    paragraph = next((one for one in note.iter() if local_name(one) == "p"), None)
    if paragraph is None:
        return
    if not any(local_name(one) in ("footnoteRef", "endnoteRef") for one in paragraph.iter()):
        _take_mark(paragraph, label)
    link = link_to(f"{NOTE}{number}", paragraph, label)
    paragraph.insert(1 if len(paragraph) and local_name(paragraph[0]) == "pPr" else 0, link)


def _take_mark(paragraph: _Element, label: str) -> None:
    """Take the author's own mark away from a note's head; some programs leave it there twice."""
    for one in [one for one in paragraph.iter() if _sign(one).strip()][:2]:
        words = _sign(one).lstrip()
        if not words.startswith(label):
            return
        if local_name(one) == "t":
            one.text = words.removeprefix(label).lstrip()
            if one.text:
                return
        else:
            parent = one.getparent()
            if parent is not None:
                parent.remove(one)


def _link_again(text: _Element, calls: _Calls) -> None:
    """Put a label that repeats a note's number, printed as one, into a link (NOTEREF with `\\f`, 17.16.5.42)."""
    for words, run in _note_fields(text):
        target, *switches = words.split()[1:] or [""]
        number = calls.bookmarked.get(target, -1)
        printed = "".join((one.text or "") for one in run if local_name(one) == "t").strip()
        if "\\f" not in switches or number < 0 or printed != calls.called[number].label:
            continue
        parent = run.getparent()
        if parent is not None:
            link = link_to(f"{AGAIN}{number}", run)
            parent.replace(run, link)
            link.append(run)


def _note_fields(text: _Element) -> Iterator[tuple[str, _Element]]:
    """The fields that print a note's number: the instruction and the one run that is printed."""
    found: list[tuple[str, _Element]] = []
    runs: list[_Element] = []
    instruction, printing = "", False
    for element in text.iter():
        match local_name(element):
            case "fldChar":
                kind = said(element, "fldCharType")
                if kind == "end" and instruction.strip().startswith("NOTEREF ") and len(runs) == 1:
                    found.append((instruction.strip(), runs[0]))
                instruction, printing, runs = ("" if kind != "separate" else instruction), kind == "separate", []
            case "instrText":
                instruction += element.text or ""
            case "r" if printing and any(local_name(one) == "t" for one in element) and not is_deleted(element):
                runs.append(element)
    return iter(found)
