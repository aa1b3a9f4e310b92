"""What a host lets programs visit (RFC 9309), asked once a run and host."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from citekit.archive.exchange import Limits
from citekit.archive.session import Session

__all__ = ["Robots", "Rules"]

_NAME = "citekit"  # the product token that rules name
_LONGEST_DELAY = 30.0  # seconds; a longer Crawl-delay would stop a run
_LIMITS = Limits(
    connect=5, read=5, total=10, body=512 * 1024, keep=512 * 1024, redirects=5
)  # RFC 9309, 2.5 and 2.3.1.2


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host says: the parsed file (None: no rules), and the seconds that it wants between visits."""

    parsed: Any = None
    delay: float | None = None

    def allows(self, url: str) -> bool:
        """Whether programs may visit the address."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, _NAME))


class Robots:
    """The rules of all hosts of a run; for several threads.

    Where the file is missing all is allowed. Where it cannot be had (5xx, no answer), RFC 9309 keeps crawlers away;
    a check is one visit of a page that a document names, as a reader makes it, so it is made all the same: what is
    wrong with the host is then seen at the page.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def rules(self, url: str) -> Rules:
        """The rules of the host of an address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            if origin in self._known:
                return self._known[origin]
        rules = self._fetch(origin)
        with self._lock:
            return self._known.setdefault(origin, rules)

    def allow(self, url: str) -> bool:
        """Whether programs may visit an address."""
        return self.rules(url).allows(url)

    def _fetch(self, origin: str) -> Rules:
        exchange = self._session.fetch("GET", f"{origin}/robots.txt", limits=replace(_LIMITS))
        response = exchange.response
        if response is None or response.status != 200 or response.media_type == "text/html":
            return Rules()
        from protego import Protego

        parsed = Protego.parse(response.body.decode("utf-8-sig", "replace"))
        delay = parsed.crawl_delay(_NAME)
        return Rules(parsed, min(float(delay), _LONGEST_DELAY) if delay else None)
