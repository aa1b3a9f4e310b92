"""Looking at a link once: HEAD and GET, what the answer says, and whether the server tells pages apart."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from citekit.archive.exchange import Exchange, Failure, FailureKind, Limits
from citekit.archive.fingerprint import Fingerprint, resemblance
from citekit.archive.observation import Observation, Sign, telling_headers
from citekit.archive.pacing import HostPacer, retry_after
from citekit.archive.pages import PAGE_TYPES, Page, is_packed, leads_on, main_text, read_page
from citekit.archive.robots import Robots
from citekit.archive.session import Session
from citekit.archive.signs import chain_signs, is_moved, page_signs
from citekit.archive.urls import host_of, read_link
from citekit.matching.identifiers import canonical_url
from citekit.version import VERSION

__all__ = ["Attempt", "Observer", "observed"]

_LARGE = 8 * 1024 * 1024  # bytes: a file of this size that is no page is there when HEAD says so
_HEAD_LIMITS = Limits(connect=10, read=10, total=20)
_GET_LIMITS = Limits(connect=10, read=20, total=60, keep=4 * 1024 * 1024)
_SIBLING_LIMITS = Limits(connect=5, read=10, total=20, body=1024 * 1024, keep=1024 * 1024)
_FILES = {  # endings of files that are no pages
    *(
        ".7z",
        ".avi",
        ".bmp",
        ".csv",
        ".djvu",
        ".doc",
        ".docx",
        ".epub",
        ".flac",
        ".gif",
        ".gz",
        ".iso",
        ".jp2",
        ".jpeg",
    ),
    *(".jpg", ".m4a", ".mkv", ".mov", ".mp3", ".mp4", ".mpg", ".odp", ".ods", ".odt", ".ogg", ".pdf", ".png", ".ppt"),
    *(
        ".pptx",
        ".ps",
        ".rar",
        ".rtf",
        ".svg",
        ".tar",
        ".tgz",
        ".tif",
        ".tiff",
        ".wav",
        ".webm",
        ".webp",
        ".wmv",
        ".xls",
    ),
    *(".xlsx", ".xz", ".zip"),
}
_ALIKE = 0.9  # of two pages of which one is shown at an address that cannot exist
_RUNS = 3  # of words; fewer are alike by chance
_ADDRESS_COUNTS = 250  # words
_SIBLING_TEXT = 4000  # code points that are kept of it: more than so many words
# A directory that is a number, no year, and a name of several words.
_NUMBERED = re.compile(r"/(?:\d{5,}|(?!1[5-9]\d\d|20\d\d)\d{4})/[^/.\s]+(?:[-_][^/.\s-]+)+(?:\.\w{1,5})?/?$")
_FINAL_BY_HEAD = {  # no other method would tell more
    *(FailureKind.DNS, FailureKind.UNSAFE, FailureKind.CREDENTIALS, FailureKind.SCHEME, FailureKind.INVALID_URL),
    *(FailureKind.TLS, FailureKind.OFFLINE),
}
_MAY_PASS = {
    FailureKind.OFFLINE,
    FailureKind.TIMEOUT,
    FailureKind.RESET,
    FailureKind.REFUSED,
    FailureKind.DNS,
    FailureKind.PROTOCOL,
}
_MAY_PASS_STATUS = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An observation, and whether it is worth to try again at once.

    Attributes:
        observation: what was seen.
        may_pass: whether what went wrong may pass.
        wait: seconds that the server asked to wait (`Retry-After`).
    """

    observation: Observation
    may_pass: bool = False
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class _Sibling:
    """What an address that cannot exist is answered with."""

    asked: str
    status: int | None = None
    final_url: str | None = None
    sha256: str | None = None
    fingerprint: Fingerprint | None = None
    text: str = ""
    own_address: str | None = None


class Observer:
    """Looks at links, one at a time on each host; for several threads.

    Args:
        session: the way to the network.
        robots: whether hosts are asked what programs may visit.
        pacer: keeps visits to a host apart.
        now: the time of day.
    """

    def __init__(
        self,
        session: Session,
        *,
        robots: bool = True,
        pacer: HostPacer | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._session = session
        self._robots = Robots(session) if robots else None
        self._pacer = pacer or HostPacer(0)
        self._now = now
        self._siblings: dict[str, _Sibling] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()

    def give_up(self) -> None:
        """End all that is under way; what comes of it is not to be used."""
        self._over.set()
        self._session.give_up()

    def _fetch(self, method: str, url: str, limits: Limits, *, lead_on: bool = False) -> Exchange:
        if self._over.is_set():
            return Exchange((), None, Failure(FailureKind.TIMEOUT, "given up"), 0.0)
        return self._session.fetch(method, url, limits=limits, page_redirect=leads_on if lead_on else None)

    def look(self, url: str, previous: Observation | None = None) -> Attempt:
        """Look at an address once.

        Args:
            url: as `read_link` gives it.
            previous: the latest observation of it with content, whose reading is taken over where no byte changed.
        """
        blank = Observation(self._now(), url, "", version=VERSION)
        link = read_link(url)
        if not link.host:
            return Attempt(replace(blank, **_not_web(url)))
        if self._robots is not None and "@" not in urlsplit(url).netloc:
            rules = self._robots.rules(url)
            if rules.delay is not None:
                self._pacer.set_interval(host_of(url), rules.delay)
            if not rules.allows(url):
                return Attempt(replace(blank, failure=FailureKind.ROBOTS, message="robots.txt does not allow it"))
        return self._visit(blank, url, previous)

    def _visit(self, blank: Observation, url: str, previous: Observation | None) -> Attempt:
        head = None
        if _may_be_told_by_head(url, previous):
            head = self._fetch("HEAD", url, _HEAD_LIMITS)
            if head.failure is not None and head.failure.kind in _FINAL_BY_HEAD:
                return _attempt(observed(blank, head, "HEAD"), head)
            if head.status == 429:  # asking again at once would be what it complains about
                return _attempt(observed(blank, head, "HEAD"), head)
            if head.status in (200, 203) and _is_large_file(head):
                return _attempt(replace(observed(blank, head, "HEAD"), signs={Sign.UNREAD: _size(head)}), head)
        exchange = self._fetch("GET", url, _GET_LIMITS, lead_on=True)
        observation = self._read(observed(blank, exchange, "GET"), exchange, previous)
        if head is not None and _is_good(exchange) and not _is_good(head):
            noted = str(head.status or (head.failure.kind if head.failure else ""))
            observation = replace(observation, signs={**observation.signs, Sign.NO_HEAD: noted})
        seconds = exchange.seconds + (head.seconds if head else 0)
        return _attempt(replace(observation, seconds=seconds), exchange)

    def _read(self, seen: Observation, exchange: Exchange, previous: Observation | None) -> Observation:
        """The observation with what its content says."""
        response = exchange.response
        if response is None:
            return seen
        signs: dict[Sign, str] = chain_signs(exchange, seen.url)
        if response.truncated:
            signs[Sign.CUT_OFF] = f"{response.length} bytes"
        if not response.length:
            if 200 <= response.status < 300:
                signs[Sign.EMPTY] = "0 bytes"
            return replace(seen, signs=signs)
        if (
            previous is not None
            and previous.sha256 is not None
            and (previous.sha256, previous.final_url) == (response.sha256, seen.final_url)
            and (previous.fingerprint is not None or response.media_type not in PAGE_TYPES)
        ):
            # No byte changed, and so nothing that was read in them.
            kept: dict[Sign, str] = {sign: words for sign, words in previous.signs.items() if sign is not Sign.NO_HEAD}
            return replace(seen, title=previous.title, fingerprint=previous.fingerprint, signs={**kept, **signs})
        page = read_page(response)
        if page is None:
            if is_packed(response) and response.media_type in PAGE_TYPES and 200 <= response.status < 300:
                signs[Sign.PACKED] = response.header("Content-Encoding") or ""
                signs |= self._beside(seen, None, None)
            return replace(seen, signs=signs)
        signs |= page_signs(page, seen.url, seen.final_url or seen.url)
        if not 200 <= response.status < 300:
            return replace(seen, title=page.title, signs=signs)
        # The page's own text is only looked for when there is something to compare it with: that takes the most time.
        changed = previous is not None and previous.fingerprint is not None
        fingerprint = Fingerprint.of(main_text(page) if changed else "", page.text)
        if not (page.words or page.scripts or page.shows):
            signs[Sign.EMPTY] = "no words"
        signs |= self._beside(seen, page, fingerprint)
        return replace(seen, title=page.title, fingerprint=fingerprint.to_text(), signs=signs)

    def _beside(self, seen: Observation, page: Page | None, fingerprint: Fingerprint | None) -> dict[Sign, str]:
        """Whether an address in the same directory that cannot exist is answered with the same page."""
        directory = _directory(seen.url)
        if directory is None:
            return {}
        with self._lock:
            sibling = self._siblings.get(directory)
        if sibling is None:
            sibling = self._probe(seen.url, directory)
            with self._lock:
                self._siblings[directory] = sibling
        if sibling.status in (404, 410):
            return {Sign.SIBLING_MISSING: str(sibling.status)}
        if sibling.status is None or not 200 <= sibling.status < 300 or page is None or fingerprint is None:
            return {}
        if _is_named(seen, page, sibling):
            return {}
        led = sibling.final_url if sibling.final_url and is_moved(sibling.asked, sibling.final_url) else None
        same = sibling.sha256 is not None and sibling.sha256 == seen.sha256
        same = same or (led is not None and seen.final_url is not None and _place(led) == _place(seen.final_url))
        if not same and sibling.fingerprint is not None:
            same = page.text == sibling.text or _alike(fingerprint, sibling.fingerprint)
        if not same and page.words <= _ADDRESS_COUNTS:  # where few words stand, the address among them tells two apart
            bare = Fingerprint.of("", _without_address(page.text, seen.final_url or seen.url))
            other = Fingerprint.of("", _without_address(sibling.text, sibling.final_url or sibling.asked))
            same = _alike(bare, other)
        return {Sign.SAME_AS_SIBLING: directory} if same else {}

    def _probe(self, url: str, directory: str) -> _Sibling:
        self._pacer.take(host_of(url))  # counts as a visit: the host is left alone so much longer behind it
        end = _ending(url)
        address = f"{directory}{secrets.token_hex(8)}{end}"
        exchange = self._fetch("GET", address, _SIBLING_LIMITS, lead_on=True)
        response = exchange.response
        if response is None:
            return _Sibling(address)
        page = read_page(response)
        return _Sibling(
            address,
            response.status,
            exchange.final_url,
            response.sha256,
            Fingerprint.of("", page.text) if page else None,
            page.text[:_SIBLING_TEXT] if page else "",
            page.own_address if page else None,
        )


def _is_named(seen: Observation, page: Page, sibling: _Sibling) -> bool:
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


def _alike(one: Fingerprint, other: Fingerprint) -> bool:
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


def _not_web(url: str) -> dict[str, Any]:
    """Why an address is not asked for, as fields of an observation."""
    scheme, colon, _ = url.partition(":")
    if colon and scheme.isalnum() and scheme.lower() not in ("http", "https"):
        return {"failure": FailureKind.SCHEME, "message": f"{scheme.lower()}: is not http or https"}
    return {"failure": FailureKind.INVALID_URL, "message": "is no web address"}


def _attempt(observation: Observation, exchange: Exchange) -> Attempt:
    may_pass = observation.failure in _MAY_PASS if observation.failure else (observation.status in _MAY_PASS_STATUS)
    wait = retry_after(exchange.response.header("Retry-After")) if exchange.response and may_pass else None
    return Attempt(observation, may_pass, wait)


def observed(blank: Observation, exchange: Exchange, method: str) -> Observation:
    """An observation of what can be told without reading the content."""
    response = exchange.response
    return replace(
        blank,
        method=method,
        hops=exchange.hops,
        status=exchange.status,
        final_url=exchange.final_url,
        failure=exchange.failure.kind if exchange.failure else None,
        message=exchange.failure.message if exchange.failure else None,
        headers=telling_headers(exchange),
        media_type=response.media_type if response else None,
        length=response.length if response and method != "HEAD" else None,
        truncated=response.truncated if response else False,
        sha256=response.sha256 if response else None,
        seconds=exchange.seconds,
    )


def _is_good(exchange: Exchange) -> bool:
    return exchange.status is not None and exchange.failure is None and 200 <= exchange.status < 300


def _is_large_file(head: Exchange) -> bool:
    response = head.response
    return response is not None and response.media_type not in (*PAGE_TYPES, None) and int(_size(head) or 0) > _LARGE


def _may_be_told_by_head(url: str, previous: Observation | None) -> bool:
    """Whether HEAD can spare a GET: of a page the content is wanted whatever HEAD says, of a large file it is not."""
    if previous is not None and Sign.NO_HEAD in previous.signs:
        return False
    if previous is not None and previous.media_type is not None:
        return previous.media_type not in PAGE_TYPES
    return _ending(url).lower() in _FILES


def _size(head: Exchange) -> str:
    value = head.response.header("Content-Length") if head.response else None
    return value if value and value.isascii() and value.isdigit() and len(value) < 16 else ""


def _directory(url: str) -> str | None:
    """The directory that an address lies in; None for the start page of a site."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return None
    return urlunsplit(
        (parts.scheme, parts.netloc, quote(path.rpartition("/")[0] + "/", safe="/%:@!$&'()*+,;=~"), "", "")
    )


def _ending(url: str) -> str:
    """The ending of the file's name, so that the same part of the server answers."""
    name = urlsplit(url).path.rpartition("/")[2]
    _, dot, end = name.rpartition(".")
    return f".{end}" if dot and end.isascii() and end.isalnum() and len(end) <= 5 else ""
