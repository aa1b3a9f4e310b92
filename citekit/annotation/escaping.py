"""Strangers' words in a page: nothing in them is markup, steers the page, or is an address that runs something."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["address", "language", "text"]

# Control characters are shown by their pictures (Unicode, "Control Pictures"); HTML allows neither them nor the
# non-characters and surrogates (WHATWG HTML, 13.1, "text"). Tab and line feed are white space; a carriage return
# would come back from the parser as a line feed (13.2.3.5), as a reference it stays what it is.
_WRITTEN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)},
    **dict.fromkeys((0x7F, *range(0x80, 0xA0), 0xFFFE, 0xFFFF, *range(0xFDD0, 0xFDF0), *range(0xD800, 0xE000)), "�"),
    **{plane << 16 | last: "�" for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)},
    0x0D: "&#13;",
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,5}")  # the shape of BCP 47


def text(words: str) -> str:
    """Words as they stand between tags or in a quoted attribute."""
    return words.translate(_WRITTEN)


def language(code: object) -> str:
    """` lang="…"` for a code that has the shape of one, else nothing."""
    return f' lang="{code}"' if isinstance(code, str) and _LANGUAGE.fullmatch(code) else ""


def address(url: str) -> str | None:
    """An address that may be followed, escaped: http and https alone; None for any other."""
    try:
        followed = urlsplit(url).scheme.lower() in ("http", "https")
    except ValueError:  # "http://[": no host
        return None
    return text(url) if followed and not re.search(r"[\s\x00-\x20]", url) else None
