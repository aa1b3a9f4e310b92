"""Bytes of a .bib file into text and back, byte for byte."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

from citekit.formats.bib.model import BibFile
from citekit.readers.decoding import decode

__all__ = ["bytes_of", "text_of"]

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ESCAPED = range(0xDC80, 0xDD00)  # PEP 383: a byte that does not fit, as "surrogateescape" carries it


def text_of(content: bytes) -> BibFile:
    """The text of these bytes, with no blocks yet; `bytes_of` gives them again."""
    decoded = decode(content)
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    bare = content[len(mark) :]
    try:
        if decoded.text.encode(decoded.encoding) == bare:
            return BibFile(decoded.text, (), decoded.diagnostics, {}, decoded.encoding, mark)
    except UnicodeEncodeError:
        pass
    for encoding in (decoded.encoding, "latin-1"):  # latin-1 has a character for each byte
        try:
            text = bare.decode(encoding, "surrogateescape")
        except UnicodeDecodeError:  # half a character of UTF-16
            continue
        stray = {place: bytes([ord(sign) - 0xDC00]) for place, sign in enumerate(text) if ord(sign) in _ESCAPED}
        plain = "".join("\ufffd" if ord(sign) in _ESCAPED else sign for sign in text) if stray else text
        if bytes_of(plain, encoding, b"", stray) == bare:
            return BibFile(plain, (), decoded.diagnostics, {}, encoding, mark, stray)
    raise AssertionError("latin-1 gives every byte again")


def bytes_of(text: str, encoding: str, mark: bytes, stray: Mapping[int, bytes]) -> bytes:
    """The bytes of a text; what the encoding cannot say is no part of it, so that the caller must choose another.

    Raises:
        UnicodeEncodeError: the text has a character that the encoding has not.
    """
    if not stray:
        return mark + text.encode(encoding)
    signs = list(text)
    for place, byte in stray.items():
        signs[place] = chr(0xDC00 + byte[0])
    return mark + "".join(signs).encode(encoding, "surrogateescape")
