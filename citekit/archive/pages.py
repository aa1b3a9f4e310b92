"""What a web page says: its words, title, headings, and where it leads by itself.

Everything read here was written by strangers: the parser loads nothing, follows nothing and stops at a size.
"""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from citekit.archive.exchange import Response

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["PAGE_TYPES", "Page", "main_text", "meta_refresh", "read_page"]

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_READ_AT_MOST = 4 * 1024 * 1024  # bytes: pages of text are smaller; a parser takes some twenty times as much memory
_TEXT_AT_MOST = 400_000  # code points that a fingerprint is taken of
_TITLE_AT_MOST = 300  # code points
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_SILENT = logging.NullHandler()  # what trafilatura warns of is no trouble of the reader's
_HEAD = 2048  # bytes in which a page names its encoding; HTML asks for 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSEEN = ("script", "style", "template", "svg", "head", "noscript")
_REFRESH = re.compile(
    r"\s*(?P<wait>\d{1,6})(?:\.\d{0,6})?\s*[;,]\s*(?:url\s*=)?\s*[\"']?(?P<url>[^\"'\s][^\"'\n]{0,2000})", re.IGNORECASE
)
_AT_ONCE = 10  # seconds: a page that leads on later is meant to be read first
_CHARACTER_LIMIT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")  # not allowed in XML, and so in lxml


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML.

    Attributes:
        text: what a reader would see, words divided by single blanks.
        title: of the document, None where it has none.
        headings: of the first level.
        unseen: what is shown only where scripts are not run (`noscript`).
        scripts: how many scripts it has.
        asks_password: whether it has a field for a password.
        source: the whole, decoded.
    """

    text: str
    title: str | None
    headings: tuple[str, ...]
    unseen: str
    scripts: int
    asks_password: bool
    source: str

    @property
    def words(self) -> int:
        """About how many words it has: a character of writing without blanks counts half a word."""
        return word_count(self.text)


def word_count(text: str) -> int:
    """About how many words a text has: a character of writing without blanks counts half a word."""
    dense = len(_DENSE.findall(text))
    return len(_DENSE.sub(" ", text).split()) + dense // 2


_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


def read_page(response: Response) -> Page | None:
    """The page that an answer holds; None where it holds none, or nothing that could be read."""
    if response.media_type not in PAGE_TYPES and not _looks_like_html(response):
        return None
    source = _decoded(response)
    root = _parsed(source)
    if root is None:
        return None
    title = next((_squeezed(node.text_content()) for node in root.iter("title")), "")[:_TITLE_AT_MOST]
    headings = tuple(_squeezed(node.text_content())[:_TITLE_AT_MOST] for node in root.iter("h1"))[:5]
    unseen = " ".join(_squeezed(node.text_content()) for node in root.iter("noscript"))
    scripts = sum(1 for _ in root.iter("script"))
    password = any((node.get("type") or "").lower() == "password" for node in root.iter("input"))
    return Page(_visible(root), title or None, headings, unseen, scripts, password, source)


def main_text(page: Page) -> str:
    """The page's own text without what stands around it on every page of its site; empty where none was found."""
    import trafilatura  # takes 0.2 s

    logging.getLogger("trafilatura").addHandler(_SILENT)
    found = trafilatura.extract(page.source, fast=True, include_comments=False, include_tables=True, deduplicate=False)
    return " ".join((found or "").split())[:_TEXT_AT_MOST]


def meta_refresh(response: Response, url: str) -> str | None:
    """Where a page leads by itself at once (`<meta http-equiv="refresh">`); None where it stays.

    Leading back to the same address is only loading anew.
    """
    if response.status != 200 or response.media_type not in PAGE_TYPES or b"refresh" not in response.body.lower():
        return None
    root = _parsed(_decoded(response))
    if root is None:
        return None
    for node in root.iter("meta"):
        if (node.get("http-equiv") or "").strip().lower() != "refresh" or _inside_noscript(node):
            continue
        match = _REFRESH.match(node.get("content") or "")
        if match and int(match["wait"]) <= _AT_ONCE:
            try:
                target = urljoin(url, match["url"].strip())
            except ValueError:  # brackets that are no IPv6 address
                return None
            return target if target.partition("#")[0] != url.partition("#")[0] else None
    return None


def _inside_noscript(node: Any) -> bool:
    return any(above.tag == "noscript" for above in node.iterancestors())


def _looks_like_html(response: Response) -> bool:
    """Without a media type, as browsers judge (WHATWG MIME Sniffing, 7.1)."""
    start = response.body[:_HEAD].lstrip().lower()
    return response.media_type is None and start.startswith(
        (b"<!doctype html", b"<html", b"<head", b"<title", b"<body")
    )


def _decoded(response: Response) -> str:
    """The body as text: by its byte-order mark, the header, its own word, or a guess; the first that fits."""
    body = response.body[:_READ_AT_MOST]
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    header = _CHARSET.search(response.header("Content-Type") or "")
    own = _CHARSET.search(body[:_HEAD].decode("ascii", "ignore"))
    for encoding in (header[1] if header else "", own[1] if own else "", "utf-8"):
        text = _decode(body, encoding) if encoding else None
        if text is not None:
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(body[: 64 * 1024]).best()
    return body.decode(best.encoding if best else "windows-1252", "replace")


def _decode(body: bytes, encoding: str) -> str | None:
    name = "gb18030" if encoding.lower() in ("gb2312", "gbk") else encoding  # as browsers: WHATWG Encoding
    name = "windows-1252" if name.lower() in ("iso-8859-1", "latin1", "ascii", "us-ascii") else name
    try:
        text: str = codecs.getincrementaldecoder(name)().decode(body)  # the last character may be cut in two
    except (LookupError, UnicodeError, ValueError, AttributeError):
        return None
    return text


def _parsed(source: str) -> HtmlElement | None:
    from lxml import etree, html

    words = _CHARACTER_LIMIT.sub("", source)
    if not words.strip():
        return None
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(words.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return root


def _visible(root: HtmlElement) -> str:
    """The words outside scripts and the like, a blank between blocks."""
    pieces: list[str] = []
    size = 0
    skipped = 0
    from lxml import etree

    for event, node in etree.iterwalk(root, events=("start", "end")):
        unseen = node.tag in _UNSEEN
        if event == "start":
            skipped += unseen
            words = node.text if not skipped else None
        else:
            skipped -= unseen
            words = node.tail if not skipped else None
        if words and not words.isspace():
            pieces.append(words)
            size += len(words)
            if size > _TEXT_AT_MOST:
                break
    return _squeezed(" ".join(pieces))[:_TEXT_AT_MOST]


def _squeezed(text: str) -> str:
    return " ".join(text.split())
