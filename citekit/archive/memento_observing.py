"""Looking at an archived copy once: the body as it was stored, and what the archive says of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from citekit.archive.exchange import Exchange, Failure, FailureKind, Limits, Witnessed
from citekit.archive.fingerprint import Fingerprint
from citekit.archive.mementos import page_of, raw_address, replay_address
from citekit.archive.observation import Observation, Sign
from citekit.archive.observing import Attempt, observed
from citekit.archive.pacing import retry_after
from citekit.archive.pages import leads_on, main_text, read_page
from citekit.archive.session import Session
from citekit.archive.signs import page_signs
from citekit.archive.urls import host_of
from citekit.version import VERSION

__all__ = ["MementoObserver"]

_LIMITS = Limits(connect=10, read=30, total=60, keep=4 * 1024 * 1024)
_MAY_PASS = {FailureKind.TIMEOUT, FailureKind.RESET, FailureKind.REFUSED, FailureKind.DNS}
_MAY_PASS_STATUS = {408, 425, 429, 500, 502, 503, 504}
_THROTTLED_WAIT = 60.0  # seconds, where the archive says "too many requests" and no Retry-After
# What the Wayback Machine shows a reader in the place of an archived redirect; its own words.
_REDIRECT_NOTICE = re.compile(r"Got an HTTP (3\d\d) response at crawl time")
_CLOSED = re.compile(r"\b(?:Administrative|Robot)AccessControlException\b")


class MementoObserver:
    """Looks at mementos; for several threads.

    Args:
        session: the way to the network.
        now: the time of day.
    """

    def __init__(self, session: Session, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._session = session
        self._now = now
        self._over = threading.Event()

    def give_up(self) -> None:
        """End all that is under way; what comes of it is not to be used."""
        self._over.set()
        self._session.give_up()

    def look(self, url: str, previous: Observation | None = None) -> Attempt:
        """Look at a memento once.

        Args:
            url: URI-M; where it has the form of the Wayback Machine, the body is asked for as it was stored (`id_`).
            previous: its latest observation with content, whose reading is taken over where no byte changed.
        """
        blank = Observation(self._now(), url, "", version=VERSION)
        if not host_of(url) or not url.lower().startswith(("http://", "https://")):
            return Attempt(replace(blank, failure=FailureKind.INVALID_URL, message="is no web address"))
        witnessed: list[Witnessed] = []
        exchange = self._fetch(raw_address(url), witnessed)
        seen = self._read(observed(blank, exchange, "GET"), exchange, previous)
        if (led := _archived_redirect(witnessed)) is not None:
            seen = replace(seen, signs={**seen.signs, Sign.ARCHIVED_REDIRECT: led})
        # 429 and 503 of the archive may pass; those that it keeps a copy of do not.
        of_archive = "memento-datetime" not in seen.headers
        may_pass = seen.failure in _MAY_PASS if seen.failure else of_archive and seen.status in _MAY_PASS_STATUS
        wait = None
        if may_pass and exchange.response is not None:
            wait = retry_after(exchange.response.header("Retry-After"))
            if wait is None and seen.status == 429:
                wait = _THROTTLED_WAIT
        return Attempt(seen, may_pass, wait)

    def _fetch(self, url: str, witnessed: list[Witnessed]) -> Exchange:
        if self._over.is_set():
            return Exchange((), None, Failure(FailureKind.TIMEOUT, "given up"), 0.0)
        return self._session.fetch("GET", url, limits=_LIMITS, witness=witnessed.append)

    def _read(self, seen: Observation, exchange: Exchange, previous: Observation | None) -> Observation:
        response = exchange.response
        if response is None:
            return seen
        signs: dict[Sign, str] = {}
        if response.truncated:
            signs[Sign.CUT_OFF] = f"{response.length} bytes"
        if response.status >= 400 and (closed := _CLOSED.search(response.body[:20_000].decode("utf-8", "replace"))):
            return replace(seen, message=closed[0])
        if not response.length:
            return replace(seen, signs={**signs, Sign.EMPTY: "0 bytes"} if response.status < 300 else signs)
        if (
            previous is not None
            and previous.sha256 is not None
            and (previous.sha256, previous.final_url) == (response.sha256, seen.final_url)
            and previous.status == response.status
        ):
            return replace(seen, title=previous.title, fingerprint=previous.fingerprint, signs=previous.signs)
        page = read_page(response)
        if page is None:
            return replace(seen, signs=signs)
        parts = replay_address(seen.url)
        original = parts.original if parts else seen.url
        signs |= page_signs(page, original, original)
        target = leads_on(response, original)
        if target is not None and page_of(target) != page_of(original):
            signs[Sign.ARCHIVED_REDIRECT] = f"by itself to {target}"
        if notice := _REDIRECT_NOTICE.search(page.text):
            signs[Sign.ARCHIVED_REDIRECT] = f"HTTP {notice[1]}"
        if not 200 <= response.status < 300:
            return replace(seen, title=page.title, signs=signs)
        if not page.words and not page.scripts:
            signs[Sign.EMPTY] = "no words"
        fingerprint = Fingerprint.of(main_text(page), page.text)
        return replace(seen, title=page.title, fingerprint=fingerprint.to_text(), signs=signs)


def _archived_redirect(witnessed: list[Witnessed]) -> str | None:
    """Where the page led when it was archived: a redirect with `Memento-Datetime` is the page's, else the archive's.

    Some archives leave its `Location` as it was, so it is read as the page meant it.
    """
    for one in witnessed:
        answer, here = one.response, replay_address(one.url)
        location = answer.header("Location")
        if here is None or not location or not 300 <= answer.status < 400 or not answer.header("Memento-Datetime"):
            continue
        there = replay_address(urljoin(one.url, location))
        target = there.original if there is not None else urljoin(here.original, location)
        if page_of(target) != here.page:
            return f"HTTP {answer.status} to {target}"
    return None
