"""Looking at many links: hosts side by side, the links of a host one after the other.

What is to be looked at comes from a queue that is asked for a few at a time, and what was seen is handed over as soon
as it is there; so memory does not grow with the number of links, and whatever stops a run loses no observation.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Protocol

from citekit.archive.observation import Observation
from citekit.archive.observing import Attempt
from citekit.archive.pacing import HostPacer, backoff

__all__ = ["HostQueue", "Looks", "Task", "observe_all"]

_HOSTS_AT_HAND = 512  # of which a few links are held; more than are visited at once, since most of them are left alone
_LOOK_ROUND = 0.1  # seconds: how soon a wish to stop is noticed
_LONGEST_WAIT = 90.0  # seconds that a run waits for a host's sake; longer ones are left for the next run


@dataclass(frozen=True, slots=True)
class Task:
    """A link to be looked at.

    Attributes:
        link: its id.
        url: to be asked for.
        previous: its latest observation with content.
        attempts: how often it was tried in this run.
    """

    link: int
    url: str
    previous: Observation | None = None
    attempts: int = 0


class Looks(Protocol):
    """Looks at addresses, from several threads: at links, or at archived copies."""

    def look(self, url: str, previous: Observation | None = None) -> Attempt:
        """Look at an address once."""

    def give_up(self) -> None:
        """End all that is under way."""


HostQueue = Callable[[str], Iterable[Task]]
"""Gives the next few links of a host, none twice; nothing when there are no more."""


class _Host:
    def __init__(self, name: str) -> None:
        self.name = name
        self.waiting: deque[Task] = deque()
        self.drained = False
        self.failed = False
        """Whether it did not answer in spite of all retries: its other links are tried once."""


def observe_all(
    hosts: Iterable[str],
    queue: HostQueue,
    observer: Looks,
    pacer: HostPacer,
    *,
    threads: int = 32,
    retries: int = 2,
    first_wait: float = 2.0,
    stop: threading.Event | None = None,
) -> Iterator[list[tuple[int, Observation]]]:
    """Look at all links of all hosts, and give the observations as they come, with the ids of their links.

    Args:
        hosts: names as in the addresses; "" for links that need no host.
        queue: gives the links of a host; called by the calling thread alone.
        observer: looks.
        pacer: that the observer has.
        threads: how many hosts are visited side by side.
        retries: how often what may pass is tried again.
        first_wait: seconds before the first time, doubled for the next.
        stop: set to end soon: what is under way is finished and given, nothing is begun.
    """
    names = iter(hosts)
    ready: list[tuple[float, int, _Host]] = []  # by the moment from which on they may be visited
    order = itertools.count()
    running: dict[Future[Attempt], tuple[_Host, Task]] = {}

    def push(host: _Host) -> None:
        if not host.waiting and not host.drained:
            host.waiting.extend(queue(host.name))
            host.drained = not host.waiting
        if host.waiting:
            delay = pacer.ready_in(host.name) if host.name else 0.0
            heapq.heappush(ready, (time.monotonic() + delay, next(order), host))

    with ThreadPoolExecutor(threads, thread_name_prefix="citekit-check") as pool:
        try:
            while True:
                stopping = stop is not None and stop.is_set()
                while not stopping and len(ready) + len(running) < max(_HOSTS_AT_HAND, threads):
                    name = next(names, None)
                    if name is None:
                        break
                    push(_Host(name))
                now = time.monotonic()
                while not stopping and ready and ready[0][0] <= now and len(running) < threads:
                    host = heapq.heappop(ready)[2]
                    if host.name and pacer.ready_in(host.name) > 0:
                        push(host)
                        continue
                    task = host.waiting.popleft()
                    if host.name:
                        pacer.take(host.name)
                    running[pool.submit(observer.look, task.url, task.previous)] = (host, task)
                if not running and (stopping or not ready):
                    return
                pause = max(ready[0][0] - time.monotonic(), 0.0) if ready and len(running) < threads else None
                if not running:
                    time.sleep(min(pause or 0.0, 0.2))
                    continue
                done, _ = wait(
                    running,
                    timeout=_LOOK_ROUND if pause is None else min(pause, _LOOK_ROUND),
                    return_when=FIRST_COMPLETED,
                )
                seen: list[tuple[int, Observation]] = []
                for future in done:
                    host, task = running.pop(future)
                    attempt = future.result()
                    again = _again(attempt, task, host, pacer, retries=retries, first_wait=first_wait)
                    push(host)
                    if not again or stopping:
                        seen.append((task.link, replace(attempt.observation, attempts=task.attempts + 1)))
                if seen:
                    yield seen
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            if running:  # interrupted: nobody waits for answers any more
                observer.give_up()


def _again(attempt: Attempt, task: Task, host: _Host, pacer: HostPacer, *, retries: int, first_wait: float) -> bool:
    """Whether a link is tried again in this run; then it is the next of its host, which is left alone until then."""
    if not attempt.may_pass:
        return False
    pause = backoff(task.attempts + 1, first=first_wait) if attempt.wait is None else attempt.wait
    if attempt.wait is not None and host.name:
        pacer.defer(host.name, min(pause, _LONGEST_WAIT))
    if task.attempts >= retries or pause > _LONGEST_WAIT or host.failed:
        host.failed = host.failed or attempt.observation.failure is not None
        return False
    if host.name:
        pacer.defer(host.name, pause)
    host.waiting.appendleft(replace(task, attempts=task.attempts + 1))
    return True
