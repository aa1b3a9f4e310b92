"""A web page with its pictures in one file (.mhtml, .mht), as browsers save it: its page.

RFC 2557: a message of the type `multipart/related`, whose root (RFC 2387, `start`; else the first part) is the page.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from citekit.errors import ReadError
from citekit.model import Document
from citekit.readers.cut_off import cut_page
from citekit.readers.html import document_of_tree
from citekit.readers.markup import decode_page, html_tree
from citekit.readers.refusing import refuse_binary

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["read_web_archive"]

_PAGES = ("text/html", "application/xhtml+xml")


def read_web_archive(content: bytes, path: str | None) -> Document:
    """The page in a file that a browser saved with all that it shows; the text is that of the page (`read_html`).

    Raises:
        UnsupportedFormatError: the bytes are no text.
        ReadError: there is no page in it.
    """
    from email import message_from_bytes

    refuse_binary(content, path)
    name = path or "the input"
    try:
        page = _page(message_from_bytes(content))
    except RecursionError:
        page = None
    words = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(words, bytes):
        raise ReadError(f"{name}: there is no web page in this file; save the page again, as HTML")
    decoded = decode_page(words)
    text, told = decoded.text, decoded.diagnostics
    if charset := page.get_content_charset():  # what the file says of a part counts more than the page itself
        with suppress(LookupError, UnicodeDecodeError):
            text, told = words.decode(charset), ()
    tree, troubles = html_tree(text)
    return document_of_tree(
        tree,
        path=path,
        media_type="multipart/related",
        sha256=hashlib.sha256(content).hexdigest(),
        diagnostics=(*told, *troubles, *cut_page(text)),
    )


def _page(message: Message) -> Message | None:
    """The root of a message where it is a page, else the first page in it."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    root = message.get_param("start")
    return next((part for part in pages if root and part.get("Content-ID") == root), pages[0] if pages else None)
