"""The markup of Word files (ECMA-376, 17): attributes, new elements, what a tracked change has taken away.

A file uses one of two namespaces, "transitional" or "strict", whose attributes are in the namespace of their elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citekit.readers.markup import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_deleted", "link_to", "said"]

_DELETED = frozenset(("del", "moveFrom"))


def is_deleted(element: _Element) -> bool:
    """Whether a tracked change has taken an element away (17.13.5.14, 17.13.5.22)."""
    return any(local_name(above) in _DELETED for above in element.iterancestors())


def said(element: _Element, name: str) -> str:
    """An attribute of Word's own, "" where the element has none."""
    return str(element.get(f"{_namespace(element)}{name}") or "")


def link_to(anchor: str, beside: _Element, words: str = "") -> _Element:
    """A link to a place of the document, with words in it where some are given; `beside` is any element of the file."""
    from lxml import etree

    space = _namespace(beside)
    link = etree.Element(f"{space}hyperlink", {f"{space}anchor": anchor.removeprefix("#")})
    if words:
        etree.SubElement(etree.SubElement(link, f"{space}r"), f"{space}t").text = words
    return link


def _namespace(element: _Element) -> str:
    return str(element.tag).rpartition("}")[0] + "}"
