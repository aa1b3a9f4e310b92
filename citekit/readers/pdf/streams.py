"""Streams of a PDF that unpack to far more than a page has: looked for before PDFium unpacks them."""

from __future__ import annotations

import re
import zlib

__all__ = ["unpacks_too_far"]

_STREAM = re.compile(rb"stream\r?\n(?=\x78[\x01\x5e\x9c\xda])")  # the head of a zlib stream (RFC 1950, 2.2)
_END = b"endstream"
_MOST = 200_000_000  # bytes of any stream: PDFium needs twice as much; a picture in colour has less
_MOST_DRAWN = 8_000_000  # bytes of what is no picture, where they are packed as closely as words and drawings never are
_CLOSELY = 100  # times: a page's content is packed three to twenty times
_HEAD = 1000  # bytes before a stream in which its dictionary says that it is a picture
_FACTOR = 1032  # no stream unpacks to more than so many times its length (zlib's technical details)
_AT_ONCE = 1_000_000  # bytes unpacked, counted and forgotten


def unpacks_too_far(content: bytes) -> bool:
    """Whether a deflated stream of the file is a bomb; streams too short to be one are not unpacked.

    What is packed twice, or otherwise than by deflate, is not looked into.
    """
    for head in _STREAM.finditer(content):
        end = content.find(_END, head.end())
        length = (end if end >= 0 else len(content)) - head.end()
        picture = b"/Image" in content[max(0, head.start() - _HEAD) : head.start()].rpartition(b"endobj")[2]
        most = _MOST if picture else min(_MOST, max(_MOST_DRAWN, _CLOSELY * length))
        if length * _FACTOR > most and _unpacked(memoryview(content)[head.end() : head.end() + length], most) > most:
            return True
    return False


def _unpacked(packed: memoryview, most: int) -> int:
    inflating = zlib.decompressobj()
    size = 0
    given: bytes | memoryview = packed
    try:
        while given and size <= most and not inflating.eof:
            size += len(inflating.decompress(given, _AT_ONCE))
            given = inflating.unconsumed_tail
    except zlib.error:  # damaged, or other bytes that begin alike
        pass
    return size
