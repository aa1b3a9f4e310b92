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

from urllib3 import HTTPResponse

from citekit.archive.exchange import Response

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["PAGE_TYPES", "Page", "is_packed", "leads_on", "main_text", "read_page", "word_count"]

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_READ_AT_MOST = 4 * 1024 * 1024  # bytes: pages of text are smaller; a parser takes some twenty times as much memory
_TEXT_AT_MOST = 400_000  # code points that a fingerprint is taken of
_OWN_TEXT_WITHIN = 1024 * 1024  # code points of source in which a page's own text is looked for: four seconds of work
_TITLE_AT_MOST = 300  # code points
_SHOWN = ("img", "frame", "iframe", "object", "embed", "video", "audio", "canvas")
_TELLING = ("title", "h1", "h2", "h3", "noscript", "script", "input", "link", *_SHOWN)
_UNPACKED = {"", "identity", *(name.lower() for name in HTTPResponse.CONTENT_DECODERS)}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_SILENT = logging.NullHandler()  # what trafilatura warns of is no trouble of the reader's
_HEAD = 2048  # bytes in which a page names its encoding; HTML asks for 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSEEN = ("script", "style", "template", "svg", "head", "noscript")
_REFRESH = re.compile(
    r"\s*(?P<wait>\d{1,6})(?:\.\d{0,6})?\s*[;,]\s*(?:url\s*=)?\s*[\"']?(?P<url>[^\"'\s][^\"'\n]{0,2000})", re.IGNORECASE
)
_LOCATION = re.compile(  # location = "…", window.location.href = "…", location.replace("…")
    r"(?<![\w$])location(?:\.href)?\s{0,4}(?:=|\.(?:replace|assign)\()\s{0,4}([\"'])(?P<url>[^\"'\s+]{1,2000})\1\s{0,4}[;)}\n]"
)
_SCRIPT_AT_MOST = 16 * 1024  # bytes: pages that only lead on are small
_NO_WORDS = 12
_AT_ONCE = 10  # seconds: a page that leads on later is meant to be read first
_CHARACTER_LIMIT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")  # not allowed in XML, and so in lxml


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML, or of plain text.

    Attributes:
        text: what a reader would see, words divided by single blanks.
        title: of the document, None where it has none.
        words: about how many it has (`word_count`).
        headings: of the first level.
        subheadings: of the second and third level.
        unseen: what is shown only where scripts are not run (`noscript`).
        scripts: how many scripts it has.
        shows: how many images, frames and other things it shows beside words.
        asks_password: whether it has a field for a password.
        own_address: which address it says is its own (`rel="canonical"`, RFC 6596), as it stands there.
        source: the whole, decoded; empty for plain text.
    """

    text: str
    title: str | None
    words: int
    headings: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
    unseen: str = ""
    scripts: int = 0
    shows: int = 0
    asks_password: bool = False
    own_address: str | None = None
    source: str = ""


def word_count(text: str) -> int:
    """About how many words a text has: a character of writing without blanks counts half a word."""
    dense = len(_DENSE.findall(text))
    return len((_DENSE.sub(" ", text) if dense else text).split()) + dense // 2


_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


def read_page(response: Response) -> Page | None:
    """The page that an answer holds; None where it holds none, or nothing that could be read."""
    if is_packed(response):
        return None
    if response.media_type == "text/plain":
        text = _squeezed(_CHARACTER_LIMIT.sub("", _decoded(response)))[:_TEXT_AT_MOST]
        return Page(text, None, word_count(text)) if text else None
    if response.media_type not in PAGE_TYPES and not _looks_like_html(response):
        return None
    source = _decoded(response)
    root = _parsed(source)
    if root is None:
        return None
    named: dict[str, list[Any]] = {}
    for node in root.iter(*_TELLING):
        named.setdefault(node.tag, []).append(node)

    def text_of(*tags: str, most: int = 5) -> tuple[str, ...]:
        nodes = [node for tag in tags for node in named.get(tag, ())][:most]
        return tuple(_squeezed(node.text_content())[:_TITLE_AT_MOST] for node in nodes)

    text = _visible(root)
    canonical = (node.get("href") for node in named.get("link", ()) if (node.get("rel") or "").lower() == "canonical")
    return Page(
        text=text,
        title=next(iter(text_of("title", most=1)), "") or None,
        words=word_count(text),
        headings=text_of("h1"),
        subheadings=text_of("h2", "h3"),
        unseen=" ".join(_squeezed(node.text_content()) for node in named.get("noscript", ())),
        scripts=len(named.get("script", ())),
        shows=sum(len(named.get(tag, ())) for tag in _SHOWN),
        asks_password=any((node.get("type") or "").lower() == "password" for node in named.get("input", ())),
        own_address=next(canonical, None),
        source=source,
    )


def is_packed(response: Response) -> bool:
    """Whether a body has a content encoding that was not undone, because nobody asked for it (RFC 9110, 8.4)."""
    encodings = {one.strip().lower() for one in (response.header("Content-Encoding") or "").split(",")}
    return not encodings <= _UNPACKED


def main_text(page: Page) -> str:
    """The page's own text without what stands around it on every page of its site; empty where none was found."""
    if not page.source:
        return ""
    import trafilatura  # takes 0.2 s

    logging.getLogger("trafilatura").addHandler(_SILENT)
    source = page.source[:_OWN_TEXT_WITHIN]
    found = trafilatura.extract(source, fast=True, include_comments=False, include_tables=True, deduplicate=False)
    return " ".join((found or "").split())[:_TEXT_AT_MOST]


def leads_on(response: Response, url: str) -> str | None:
    """Where a page leads by itself at once; None where it stays.

    By `<meta http-equiv="refresh">`; or by a script, where the page shows nothing and the script names the address.
    Leading back to the same address is only loading anew.
    """
    if response.status != 200 or response.media_type not in PAGE_TYPES or is_packed(response):
        return None
    small = len(response.body) <= _SCRIPT_AT_MOST and b"location" in response.body
    if not small and b"refresh" not in response.body.lower():
        return None
    root = _parsed(_decoded(response))
    if root is None:
        return None
    led = _refreshed(root) or (_scripted(root) if small else None)
    if led is None:
        return None
    try:
        target = urljoin(url, led)
    except ValueError:  # brackets that are no IPv6 address
        return None
    return target if target.partition("#")[0] != url.partition("#")[0] else None


def _refreshed(root: HtmlElement) -> str | None:
    for node in root.iter("meta"):
        if (node.get("http-equiv") or "").strip().lower() != "refresh" or _inside_noscript(node):
            continue
        match = _REFRESH.match(node.get("content") or "")
        if match and int(match["wait"]) <= _AT_ONCE:
            return str(match["url"]).strip()
    return None


def _scripted(root: HtmlElement) -> str | None:
    """The one address that the scripts of a page without words lead to."""
    if word_count(_visible(root)) > _NO_WORDS:
        return None
    led = {match["url"] for node in root.iter("script") for match in _LOCATION.finditer(node.text or "")}
    return led.pop().strip() if len(led) == 1 else None


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
