"""Citations that Zotero left as reference marks in an OpenDocument text (OpenDocument 1.3, 7.7).

The name of a mark holds the entry, the words between its start and its end are what is printed. Before pandoc reads the
file, those words are put into a link to the number of their entry.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from citekit.readers.markup import attribute, local_name, xml_tree
from citekit.readers.word_fields import FIELD, StatedFields

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["has_marks", "linked_marks"]

_CITING = (b"ZOTERO_ITEM", b"CSL_CITATION")
_CONTENT = "content.xml"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_LINK = "http://www.w3.org/1999/xlink"


def has_marks(archive: zipfile.ZipFile) -> bool:
    """Whether a reference manager's marks are in an OpenDocument text."""
    if _CONTENT not in archive.namelist():
        return False
    content = archive.read(_CONTENT)
    return any(sign in content for sign in _CITING)


def linked_marks(archive: zipfile.ZipFile) -> tuple[bytes, StatedFields]:
    """The file with the words of each mark in a link to its number, in memory, and the entries."""
    from lxml import etree

    found = StatedFields()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.infolist():
            content = archive.read(member)
            if member.filename == _CONTENT:
                tree, troubles = xml_tree(content)
                if tree is not None and not troubles:
                    for start in [one for one in tree.iter() if local_name(one) == "reference-mark-start"]:
                        _link(start, found)
                    content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
            copy.writestr(member.filename, content, zipfile.ZIP_STORED if member.filename == "mimetype" else None)
    return written.getvalue(), found


def _link(start: _Element, found: StatedFields) -> None:
    from lxml import etree

    name = attribute(start, "name")
    inside: list[_Element] = []
    here = start.getnext()
    while here is not None and not (local_name(here) == "reference-mark-end" and attribute(here, "name") == name):
        inside.append(here)
        here = here.getnext()
    number = found.read(name) if here is not None else None
    if number is None:
        return
    link = etree.Element(f"{{{_TEXT}}}a", {f"{{{_LINK}}}type": "simple", f"{{{_LINK}}}href": f"{FIELD}{number}"})
    link.text, start.tail = start.tail, None
    start.addnext(link)
    for element in inside:
        link.append(element)
