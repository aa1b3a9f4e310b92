"""Whether a server tells pages apart: what is shown at an address beside a page that cannot exist."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from citekit.archive.exchange import Exchange
from citekit.archive.fingerprint import Fingerprint, resemblance
from citekit.archive.observation import Observation
from citekit.archive.pages import Page, read_page
from citekit.archive.signs import is_moved
from citekit.matching.identifiers import canonical_url

__all__ = ["Sibling", "address_beside", "directory_of", "ending_of", "shows_the_same"]

_ALIKE = 0.9  # of two pages of which one is shown at an address that cannot exist
_RUNS = 3  # of words; fewer are alike by chance
_ADDRESS_COUNTS = 250  # words: where so few stand, an address among them tells two pages apart
_TEXT = 4000  # code points that are kept: more than so many words
# A directory that is a number, no year, and a name of several words.
_NUMBERED = re.compile(r"/(?:\d{5,}|(?!1[5-9]\d\d|20\d\d)\d{4})/[^/.\s_-]+[_-][^/.\s]+(?:\.\w{1,5})?/?$")


@dataclass(frozen=True, slots=True)
class Sibling:
    """What an address that cannot exist is answered with."""

    asked: str
    status: int | None = None
    final_url: str | None = None
    sha256: str | None = None
    fingerprint: Fingerprint | None = None
    text: str = ""
    own_address: str | None = None

    @classmethod
    def of(cls, asked: str, exchange: Exchange) -> Sibling:
        """What an address was answered with."""
        response = exchange.response
        if response is None:
            return cls(asked)
        page = read_page(response)
        return cls(
            asked,
            response.status,
            exchange.final_url,
            response.sha256,
            Fingerprint.of("", page.text) if page else None,
            page.text[:_TEXT] if page else "",
            page.own_address if page else None,
        )


def shows_the_same(seen: Observation, page: Page, fingerprint: Fingerprint, sibling: Sibling) -> bool:
    """Whether a page is the one that is shown at an address that cannot exist, and not by the server's knowledge of it.

    Args:
        seen: at the page.
        page: that was answered.
        fingerprint: of it.
        sibling: what was answered beside it.
    """
    if sibling.status is None or not 200 <= sibling.status < 300 or _is_named(seen, page, sibling):
        return False
    final = seen.final_url or seen.url
    led = sibling.final_url if sibling.final_url and is_moved(sibling.asked, sibling.final_url) else None
    if sibling.sha256 is not None and sibling.sha256 == seen.sha256:
        return True
    if led is not None and _place(led) == _place(final):
        return True
    if sibling.fingerprint is None:
        return False
    if page.text == sibling.text or _are_alike(fingerprint, sibling.fingerprint):
        return True
    if page.words > _ADDRESS_COUNTS:
        return False
    bare = Fingerprint.of("", _without_address(page.text, final))
    other = Fingerprint.of("", _without_address(sibling.text, sibling.final_url or sibling.asked))
    return _are_alike(bare, other)


def address_beside(url: str, directory: str) -> str:
    """An address in a directory that cannot exist; with the same ending, for the same part of the server to answer."""
    return f"{directory}{secrets.token_hex(8)}{ending_of(url)}"


def directory_of(url: str) -> str | None:
    """The directory that an address lies in; None for the start page of a site."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return None
    return urlunsplit(
        (parts.scheme, parts.netloc, quote(path.rpartition("/")[0] + "/", safe="/%:@!$&'()*+,;=~"), "", "")
    )


def ending_of(url: str) -> str:
    """The ending of the file's name with its point; empty where it has none."""
    name = urlsplit(url).path.rpartition("/")[2]
    _, dot, end = name.rpartition(".")
    return f".{end}" if dot and end.isascii() and end.isalnum() and len(end) <= 5 else ""


def _is_named(seen: Observation, page: Page, sibling: Sibling) -> bool:
    """Whether the server shows that it knows the page though it shows it at other addresses too.

    It leads from them to the page's own address; or both name that address as the page's own; or the directory is the
    page's number and the name behind it only words for readers (/48123/tithes-in-kent), which many servers pass over.
    """
    final = seen.final_url or seen.url
    if is_moved(seen.url, final):
        return False
    if sibling.final_url is not None and not is_moved(seen.url, sibling.final_url):
        return True
    if page.own_address and page.own_address == sibling.own_address:
        return not is_moved(seen.url, urljoin(final, page.own_address))
    return _NUMBERED.search(urlsplit(seen.url).path) is not None


def _are_alike(one: Fingerprint, other: Fingerprint) -> bool:
    return min(one.whole.runs, other.whole.runs) > _RUNS and resemblance(one.whole, other.whole) >= _ALIKE


def _place(url: str) -> str:
    return canonical_url(url.partition("?")[0])


def _without_address(text: str, url: str) -> str:
    """The text without the address that it repeats."""
    parts = urlsplit(unquote(url))
    path = parts.path.rstrip("/")
    for words in (unquote(url), f"{path}?{parts.query}", path, path.rpartition("/")[2]):
        if len(words) > 3:
            text = text.replace(words, " ")
    return text
