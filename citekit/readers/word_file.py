"""A Word file made ready for pandoc: its notes with their labels, text boxes in their places, fields as links."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from citekit.readers.called_notes import CalledNote
from citekit.readers.markup import local_name, xml_tree
from citekit.readers.pandoc import member
from citekit.readers.word_fields import StatedFields, link_fields
from citekit.readers.word_notes import label_notes, put_boxes_behind
from citekit.readers.word_sources import word_sources

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["plainer_word"]

_TEXT, _SETTINGS = "word/document.xml", "word/settings.xml"
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_PICTURES = "word/media/"


def plainer_word(archive: zipfile.ZipFile) -> tuple[bytes, StatedFields, list[CalledNote]]:
    """The file with links that tell its fields and its notes, in memory; the fields, and the notes.

    Pictures are left out: no word of the text is in them.

    Raises:
        KeyError, zipfile.BadZipFile and the others of `pandoc.DAMAGED`: a part of the file cannot be unpacked.
    """
    from lxml import etree

    names = list(dict.fromkeys(archive.namelist()))
    parts = {name: tree for name in (_TEXT, *_NOTES.values()) if (tree := _part(archive, names, name)) is not None}
    found = StatedFields(sources=word_sources(archive))
    called: list[CalledNote] = []
    if (text := parts.get(_TEXT)) is not None:
        put_boxes_behind(text)
        notes = {kind: parts[name] for kind, name in _NOTES.items() if name in parts}
        called = label_notes(text, notes, _part(archive, names, _SETTINGS))
    for tree in parts.values():
        link_fields(tree, found)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in names:
            if name.startswith(_PICTURES):
                continue
            if name in parts:
                content = etree.tostring(parts[name], xml_declaration=True, encoding="UTF-8", standalone=True)
            else:
                content = member(archive, name)
            copy.writestr(name, content)
    return written.getvalue(), found, called


def _part(archive: zipfile.ZipFile, names: list[str], name: str) -> _Element | None:
    """The tree of a part, None where there is none or it is no whole XML: pandoc tells of that."""
    if name not in names:
        return None
    tree, troubles = xml_tree(member(archive, name))
    return tree if tree is not None and not troubles and local_name(tree) else None
