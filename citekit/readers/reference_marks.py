"""Citations that Zotero left as reference marks in an OpenDocument text (OpenDocument 1.3, 7.7).

The name of a mark holds the entry, the words between its start and its end are what is printed. Before pandoc reads the
file, those words are put into a link to the number of their entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citekit.readers.markup import attribute, local_name
from citekit.readers.open_document_xml import link_to
from citekit.readers.word_fields import FIELD, StatedFields

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["link_marks"]


def link_marks(tree: _Element, found: StatedFields) -> None:
    """Put the words of each mark into a link to the number of its entry; `found` takes the entries."""
    for start in [one for one in tree.iter() if local_name(one) == "reference-mark-start"]:
        _link(start, found)


def _link(start: _Element, found: StatedFields) -> None:
    name = attribute(start, "name")
    inside: list[_Element] = []
    here = start.getnext()
    while here is not None and not (local_name(here) == "reference-mark-end" and attribute(here, "name") == name):
        inside.append(here)
        here = here.getnext()
    number = found.read(name) if here is not None else None
    if number is None:
        return
    link = link_to(f"{FIELD}{number}")
    link.text, start.tail = start.tail, None
    start.addnext(link)
    for element in inside:
        link.append(element)
