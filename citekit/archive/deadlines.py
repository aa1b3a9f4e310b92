"""A limit to how long a whole exchange may take.

The time-outs of sockets begin anew with each byte, so a server that sends one byte a second could hold a thread for
ever, also while it sends its headers. One watching thread shuts the connection down when the time is over.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

__all__ = ["Deadline", "Deadlines"]


@dataclass(slots=True, eq=False)
class Deadline:
    """The end of one exchange's time: `at` in the seconds of `time.monotonic`."""

    at: float
    expired: bool = False
    done: bool = False
    stop: Callable[[], None] | None = None
    """Shuts down what the exchange is waiting for just now."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def left(self) -> float:
        """Seconds that are left, at least a little so that it can be given as a time-out."""
        return max(self.at - time.monotonic(), 0.01)

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self.expired or time.monotonic() >= self.at

    def watch(self, stop: Callable[[], None]) -> None:
        """From now on `stop` is what ends the waiting."""
        with self.lock:
            self.stop = stop
            if not self.expired:
                return
        stop()

    def expire(self) -> None:
        """End the waiting."""
        with self.lock:
            self.expired = True
            stop = self.stop
        if stop is not None:
            stop()


class Deadlines:
    """The one thread that watches all exchanges of a session; it starts with the first and ends with `close`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Deadline]] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextmanager
    def limit(self, seconds: float) -> Iterator[Deadline]:
        """A deadline in `seconds` from now, until the block is left."""
        deadline = Deadline(time.monotonic() + seconds)
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="citekit-deadlines", daemon=True)
                self._thread.start()
            heapq.heappush(self._waiting, (deadline.at, next(self._numbers), deadline))
            if self._waiting[0][2] is deadline:
                self._changed.notify()
        try:
            yield deadline
        finally:
            with deadline.lock:
                deadline.done, deadline.stop = True, None

    def expire_all(self) -> None:
        """End all exchanges that are under way."""
        with self._changed:
            waiting, self._waiting = [deadline for _, _, deadline in self._waiting], []
        for deadline in waiting:
            if not deadline.done:
                deadline.expire()

    def close(self) -> None:
        """Let the thread end."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._waiting and self._waiting[0][2].done:
                    heapq.heappop(self._waiting)
                if self._closed:
                    return
                now = time.monotonic()
                if not self._waiting or self._waiting[0][0] > now:
                    self._changed.wait(self._waiting[0][0] - now if self._waiting else None)
                    continue
                deadline = heapq.heappop(self._waiting)[2]
            if not deadline.done:
                deadline.expire()
