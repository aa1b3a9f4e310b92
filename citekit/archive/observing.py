"""Looking at a link once: HEAD and GET, what the answer says, and whether the server tells pages apart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from citekit.archive.exchange import Exchange, Failure, FailureKind, Limits
from citekit.archive.fingerprint import Fingerprint
from citekit.archive.observation import Observation, Sign, telling_headers
from citekit.archive.pacing import HostPacer, retry_after
from citekit.archive.pages import PAGE_TYPES, Page, is_packed, leads_on, main_text, read_page
from citekit.archive.robots import Robots
from citekit.archive.session import Session
from citekit.archive.siblings import Sibling, address_beside, directory_of, ending_of, shows_the_same
from citekit.archive.signs import chain_signs, page_signs
from citekit.archive.urls import host_of
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
_FINAL_BY_HEAD = {  # no other method would tell more
    *(FailureKind.DNS, FailureKind.UNSAFE, FailureKind.CREDENTIALS, FailureKind.SCHEME, FailureKind.INVALID_URL),
    *(FailureKind.TLS, FailureKind.OFFLINE, FailureKind.ROBOTS),
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
        self._siblings: dict[str, Sibling] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()

    def give_up(self) -> None:
        """End all that is under way; what comes of it is not to be used."""
        self._over.set()
        self._session.give_up()

    def _fetch(self, method: str, url: str, limits: Limits, *, lead_on: bool = False) -> Exchange:
        if self._over.is_set():
            return Exchange((), None, Failure(FailureKind.TIMEOUT, "given up"), 0.0)
        page_redirect = leads_on if lead_on else None
        may_visit = self._may_visit if self._robots is not None else None
        return self._session.fetch(method, url, limits=limits, page_redirect=page_redirect, may_visit=may_visit)

    def _may_visit(self, url: str) -> bool:
        """What the host's robots.txt says; how often it wants to be visited is kept to."""
        if self._robots is None or "@" in urlsplit(url).netloc:
            return True
        rules = self._robots.rules(url)
        if rules.delay is not None:
            self._pacer.set_interval(host_of(url), rules.delay)
        return rules.allows(url)

    def look(self, url: str, previous: Observation | None = None) -> Attempt:
        """Look at an address once.

        Args:
            url: as `read_link` gives it.
            previous: the latest observation of it with content, whose reading is taken over where no byte changed.
        """
        blank = Observation(self._now(), url, "", version=VERSION)
        if not url.lower().startswith(("http://", "https://")) or not host_of(url):
            return Attempt(replace(blank, **_not_web(url)))
        if not self._may_visit(url):
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
        directory = directory_of(seen.url)
        if directory is None:
            return {}
        with self._lock:
            sibling = self._siblings.get(directory)
        if sibling is None:
            address = address_beside(seen.url, directory)
            if not self._may_visit(address):
                return {}
            self._over.wait(self._pacer.take(host_of(seen.url)))  # it is a visit like any other
            sibling = Sibling.of(address, self._fetch("GET", address, _SIBLING_LIMITS, lead_on=True))
            with self._lock:
                self._siblings[directory] = sibling
        if sibling.status in (404, 410):
            return {Sign.SIBLING_MISSING: str(sibling.status)}
        if page is None or fingerprint is None or not shows_the_same(seen, page, fingerprint, sibling):
            return {}
        return {Sign.SAME_AS_SIBLING: directory}


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
    return ending_of(url).lower() in _FILES


def _size(head: Exchange) -> str:
    value = head.response.header("Content-Length") if head.response else None
    return value if value and value.isascii() and value.isdigit() and len(value) < 16 else ""
