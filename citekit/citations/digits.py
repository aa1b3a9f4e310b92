"""Decimal figures of other scripts: Arabic, Persian, Devanagari, Bengali and others, as Western ones."""

from __future__ import annotations

import unicodedata

__all__ = ["western_digits"]


def western_digits(text: str) -> str:
    """The text with every decimal digit as 0 to 9; of the same length.

    >>> western_digits("१९९७, ص ٢١٢")
    '1997, ص 212'
    """
    if text.isascii() or not any(char.isdecimal() and not char.isascii() for char in text):
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
