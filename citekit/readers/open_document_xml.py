"""New elements in the markup of OpenDocument texts (OpenDocument 1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["link_to"]

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_LINK = "http://www.w3.org/1999/xlink"


def link_to(target: str) -> _Element:
    """An empty link (6.1.8)."""
    from lxml import etree

    return etree.Element(f"{{{_TEXT}}}a", {f"{{{_LINK}}}type": "simple", f"{{{_LINK}}}href": target})
