"""A character on a page."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Glyph"]


class Glyph(NamedTuple):
    """A character on a page; lengths in points, `y` downwards from the page's head.

    `size` is the height of its type, 0 for a space that stands for a gap; `turned` says that it does not run along
    the lines of its page (a library's stamp in the margin).
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    italic: bool
    turned: bool
