"""An OpenDocument text made ready for pandoc: notes with their labels, text boxes in their places, citations as links.

OpenDocument 1.3, part 3: a note keeps the label that was printed last (6.3.3), and says whether it is an endnote
(19.852); a text box is anchored in a paragraph (10.4.3).
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from citekit.model import NoteKind
from citekit.readers.called_notes import NOTE, CalledNote
from citekit.readers.markup import all_words, attribute, local_name, xml_tree
from citekit.readers.open_document_xml import link_to
from citekit.readers.pandoc import member
from citekit.readers.reference_marks import link_marks
from citekit.readers.word_fields import StatedFields

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["plainer_open_document"]

_CONTENT, _PICTURES = "content.xml", "Pictures/"
_PARAGRAPHS = ("p", "h")
_LONGEST_LABEL = 12  # characters


def plainer_open_document(archive: zipfile.ZipFile) -> tuple[bytes, StatedFields, list[CalledNote]]:
    """The file with links that tell its citations and its notes, in memory; the citations, and the notes.

    Pictures are left out: no word of the text is in them.

    Raises:
        KeyError, zipfile.BadZipFile and the others of `pandoc.DAMAGED`: a part of the file cannot be unpacked.
    """
    from lxml import etree

    found, called = StatedFields(), list[CalledNote]()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in dict.fromkeys(archive.namelist()):
            if name.startswith(_PICTURES):
                continue
            content = member(archive, name)
            if name == _CONTENT:
                tree, troubles = xml_tree(content)
                if tree is not None and not troubles:
                    _leave_changes_out(tree)
                    _put_boxes_behind(tree)
                    called = _label_notes(tree)
                    link_marks(tree, found)
                    content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
            copy.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return written.getvalue(), found, called


def _leave_changes_out(tree: _Element) -> None:
    """What tracked changes have deleted is kept apart (5.5.2): no note of it is called."""
    for changes in [one for one in tree.iter() if local_name(one) == "tracked-changes"]:
        if (parent := changes.getparent()) is not None:
            parent.remove(changes)


def _put_boxes_behind(tree: _Element) -> None:
    """Put the paragraphs of text boxes behind those in which they are anchored: pandoc passes over them."""
    behind: dict[_Element, _Element] = {}
    for box in [one for one in tree.iter() if local_name(one) == "text-box"]:
        anchored = next((above for above in box.iterancestors() if local_name(above) in _PARAGRAPHS), None)
        if anchored is None:
            continue
        for paragraph in list(box):
            behind.get(anchored, anchored).addnext(paragraph)
            behind[anchored] = paragraph


def _label_notes(tree: _Element) -> list[CalledNote]:
    """The notes in the order in which they are called; a link to its number is put at the head of each."""
    called: list[CalledNote] = []
    for note in [one for one in tree.iter() if local_name(one) == "note" and attribute(one, "note-class")]:
        citation = next((one for one in note if local_name(one) == "note-citation"), None)
        paragraph = next((one for one in note.iter() if local_name(one) in _PARAGRAPHS), None)
        label = all_words(citation)[:_LONGEST_LABEL] if citation is not None else ""
        if paragraph is None or not label:
            continue
        kind = NoteKind.ENDNOTE if attribute(note, "note-class") == "endnote" else NoteKind.FOOTNOTE
        if citation is not None and attribute(citation, "label"):  # the author's own; Word's files repeat it
            paragraph.text = (paragraph.text or "").lstrip().removeprefix(label) or None
        link = link_to(f"{NOTE}{len(called)}")
        link.text, link.tail, paragraph.text = label, paragraph.text, None
        paragraph.insert(0, link)
        called.append(CalledNote(label, kind))
    return called
