"""The links of a store and their checks, as methods of the store: the part of `Store` that looks at the web."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from citekit.archive.checking import Task
    from citekit.archive.observation import Observation
    from citekit.archive.policy import Policy, Verdict
    from citekit.archive.session import Session
    from citekit.store.link_reading import StoredLink

__all__ = ["CheckOptions", "LinkKeeping"]

_NEXT_OF_HOST = 50  # links of one host held in memory


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How links are looked at.

    Attributes:
        recheck: links that were looked at within this time are left as they are; None: none is left.
        only: links with one of these verdicts; none named: all.
        robots: whether hosts are asked what programs may visit.
        interval: seconds between two visits to one host.
        threads: how many hosts are visited side by side.
        retries: how often what may pass is tried again.
        first_wait: seconds before the first retry, doubled for the next.
        refused: whether links count as not looked at that were refused last for leading into a private network: hosts
            of one's own may be visited now.
    """

    recheck: timedelta | None = timedelta(hours=20)  # less than a day, for those who look once a day
    only: frozenset[Verdict] = frozenset()
    robots: bool = True
    interval: float = 0.5
    threads: int = 32
    retries: int = 2
    first_wait: float = 2.0
    refused: bool = False


class LinkKeeping(ABC):
    """The links that the store's citations state, and what is seen at them.

    All methods raise StoreError where there is no store, or it cannot be read, and those that write StoreLockedError
    where another process was writing for longer than the busy timeout.
    """

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A transaction that changes a store that is there."""

    def links(self) -> Iterator[StoredLink]:
        """All links that citations state, each once, with these citations and all observations."""
        from citekit.store import link_reading

        after = 0
        while True:
            with self._reading() as connection:
                found = link_reading.all_links(connection, after=after)
            yield from found
            if not found:
                return
            after = found[-1].id

    def links_with(self, verdicts: Collection[Verdict], policy: Policy | None = None) -> list[int]:
        """The ids of the links of which one of these verdicts is true."""
        from citekit.archive.policy import DEFAULT_POLICY

        rules = policy or DEFAULT_POLICY
        return [link.id for link in self.links() if link.judgement(rules).verdict in verdicts]

    def links_due(self, options: CheckOptions, now: datetime | None = None) -> tuple[int, int]:
        """How many links `check_links` would look at, and how many it would choose from."""
        from citekit.store import link_reading

        only = self.links_with(options.only) if options.only else None
        with self._reading() as connection:
            return link_reading.number_due(connection, _before(options, now), only, refused=options.refused)

    def check_links(
        self,
        session: Session,
        options: CheckOptions | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        stop: threading.Event | None = None,
    ) -> Iterator[tuple[int, Observation]]:
        """Look at links, and keep each observation before the next is given.

        Whatever stops it (leaving the loop, an interrupt, a kill), what was given is kept, and the next run goes on
        with the links that were not looked at.

        Args:
            session: the way to the network (`citekit.archive.session.open_session`).
            options: how.
            now: the time of day.
            stop: set to end soon: what is under way is finished, nothing is begun.

        Yields:
            The id of a link, and what was seen at it.
        """
        from citekit.archive.checking import observe_all
        from citekit.archive.observing import Observer
        from citekit.archive.pacing import HostPacer
        from citekit.store import link_reading
        from citekit.store.observing import keep_observations

        chosen = options or CheckOptions()
        before = _before(chosen, now())
        only = frozenset(self.links_with(chosen.only)) if chosen.only else None
        pacer = HostPacer(chosen.interval)
        observer = Observer(session, robots=chosen.robots, pacer=pacer, now=now)
        with self._reading() as connection:
            hosts = link_reading.hosts(connection, before, refused=chosen.refused)
        seen_until: dict[str, int] = {}
        ended: set[str] = set()

        def queue(host: str) -> Iterable[Task]:
            while True:
                if host in ended:
                    return []
                tasks, last, more = self._tasks(host, seen_until.pop(host, 0), before, only, refused=chosen.refused)
                if more:
                    seen_until[host] = last
                else:
                    ended.add(host)
                if tasks:
                    return tasks

        observed = observe_all(
            hosts,
            queue,
            observer,
            pacer,
            threads=chosen.threads,
            retries=chosen.retries,
            first_wait=chosen.first_wait,
            stop=stop,
        )
        for seen in observed:
            with self._changing() as connection:
                keep_observations(connection, seen)
            yield from seen

    def _tasks(
        self, host: str, after: int, before: datetime | None, only: frozenset[int] | None, *, refused: bool
    ) -> tuple[list[Task], int, bool]:
        """The next links of a host that are to be looked at, up to which id, and whether there may be more."""
        from citekit.archive.checking import Task
        from citekit.store import link_reading

        with self._reading() as connection:
            found = link_reading.next_of_host(
                connection, host, after=after, before=before, size=_NEXT_OF_HOST, refused=refused
            )
            wanted = [(link, url) for link, url in found if only is None or link in only]
            known = link_reading.latest_with_content(connection, [link for link, _ in wanted])
        tasks = [Task(link, url, known.get(link)) for link, url in wanted]
        return tasks, found[-1][0] if found else after, len(found) == _NEXT_OF_HOST


def _before(options: CheckOptions, now: datetime | None) -> datetime | None:
    return (now or datetime.now(UTC)) - options.recheck if options.recheck is not None else None
