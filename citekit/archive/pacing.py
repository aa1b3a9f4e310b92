"""How often one host is asked, and how long to wait before something is tried again."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["HostPacer", "backoff", "retry_after"]

_JITTER = random.SystemRandom()


class HostPacer:
    """Leaves at least `interval` seconds between two visits to one host; for several threads.

    Args:
        interval: seconds between the starts of two visits.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._next: dict[str, float] = {}
        self._own: dict[str, float] = {}
        self._lock = threading.Lock()

    def ready_in(self, host: str) -> float:
        """Seconds until the host may be visited; 0 where now."""
        with self._lock:
            return max(self._next.get(host, 0.0) - time.monotonic(), 0.0)

    def take(self, host: str) -> float:
        """Book the next visit; seconds until it may start."""
        with self._lock:
            now = time.monotonic()
            start = max(self._next.get(host, 0.0), now)
            self._next[host] = start + self._own.get(host, self._interval)
            return start - now

    def wait(self, host: str) -> None:
        """Sleep until the host may be visited, and count this as a visit."""
        time.sleep(self.take(host))

    def defer(self, host: str, seconds: float) -> None:
        """Leave the host alone for `seconds`, because it asked to (`Retry-After`)."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)

    def set_interval(self, host: str, seconds: float) -> None:
        """A host's own interval (`Crawl-delay`), where it is longer than the usual one."""
        with self._lock:
            longer = max(seconds, self._interval)
            if host in self._next:  # the visit under way began before this was known
                self._next[host] += longer - self._own.get(host, self._interval)
            self._own[host] = longer


def backoff(attempt: int, *, first: float = 2.0, most: float = 60.0) -> float:
    """Seconds to wait before the attempt behind number `attempt` (from 1): doubled each time, with some chance in it.

    The chance keeps many clients from coming back at the same moment ("full jitter", half of it here).
    """
    wait = min(most, first * float(2 ** (attempt - 1)))
    return wait * (0.5 + _JITTER.random() / 2)


def retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """The seconds of a `Retry-After` header (RFC 9110, 10.2.3: seconds or a date); None where it says nothing."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max((date - (now or datetime.now(UTC))).total_seconds(), 0.0)
