"""The archived copies that a store knows: they are listed, made here, looked at, and put in the place of pages."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from citekit.store.archive_options import ArchiveOptions

if TYPE_CHECKING:
    from citekit.archive.archives import Archive
    from citekit.archive.capturing import Capture
    from citekit.archive.checking import Task
    from citekit.archive.exchange import Exchange
    from citekit.archive.observation import Observation
    from citekit.archive.rescue import Rescue
    from citekit.archive.session import Session
    from citekit.store.deciding import Outcome
    from citekit.store.link_reading import StoredLink
    from citekit.store.memento_reading import StoredMemento

__all__ = ["CopyKeeping"]

_INTERVAL = 1.0  # seconds between two visits to an archive of which nothing is known
_NEXT = 50  # copies held in memory to be looked at next


class CopyKeeping(ABC):
    """Archived copies of the pages that the store's citations state; errors as in `Archiving`."""

    @property
    @abstractmethod
    def path(self) -> Path:
        """The store's file."""

    @abstractmethod
    def links(self) -> Iterator[StoredLink]:
        """All links that citations state."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A transaction that changes a store that is there."""

    @property
    def captures_folder(self) -> Path:
        """Where local captures lie: a folder beside the store, to be moved and kept together with it."""
        return self.path.parent / f"{self.path.stem}-captures"

    def mementos(self) -> Iterator[StoredMemento]:
        """All archived copies that are known of the links that citations state, with what was seen at them."""
        for _, copies in self.links_with_mementos():
            yield from copies

    def links_with_mementos(self) -> Iterator[tuple[StoredLink, tuple[StoredMemento, ...]]]:
        """All links that citations state, each with the archived copies that are known."""
        from itertools import islice

        from citekit.store import memento_reading

        links = self.links()
        while batch := list(islice(links, 100)):
            with self._reading() as connection:
                copies = memento_reading.mementos_of(connection, batch)
            for link in batch:
                yield link, tuple(copies.get(link.id, ()))

    def capture_links(
        self,
        session: Session,
        options: ArchiveOptions | None = None,
        *,
        interval: float = 1.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> Iterator[tuple[StoredLink, Capture | Exchange]]:
        """Save the pages here, each in a WARC file of its own beside the store.

        Args:
            session: the way to the network.
            options: pages captured within `recheck` are left.
            interval: seconds between two visits to one host.
            now: the time of day.
            sleep: waits for a host's turn.

        Yields:
            A link with its capture, once it is kept; or with what the fetch came to, where no page came.

        Raises:
            ArchiveError: a file cannot be written.
        """
        from citekit.archive.archives import LOCAL
        from citekit.archive.capturing import Capture, capture
        from citekit.archive.pacing import HostPacer
        from citekit.archive.robots import Robots
        from citekit.store.memento_keeping import keep_capture
        from citekit.store.saves import may_be_there

        chosen = options or ArchiveOptions()
        before = chosen.before(now())
        pacer, robots = HostPacer(interval), Robots(session)
        folder = self.captures_folder
        for link, copies in self.links_with_mementos():
            fresh = any(
                copy.memento.archive == LOCAL and before is not None and (copy.memento.moment or before) > before
                for copy in copies
            )
            if fresh or not may_be_there(link):
                continue
            if (delay := robots.rules(link.url).delay) is not None:
                pacer.set_interval(link.host, delay)
            sleep(pacer.take(link.host))
            made = capture(session, link.url, folder, now=now, robots=robots)
            if isinstance(made, Capture):
                with self._changing() as connection:
                    keep_capture(connection, link.id, made, f"{folder.name}/{made.file}", now())
            yield link, made

    def mementos_due(self, options: ArchiveOptions | None = None, now: datetime | None = None) -> tuple[int, int]:
        """How many copies `check_mementos` would look at, and how many there are."""
        from citekit.store import memento_reading
        from citekit.store.memento_keeping import keep_printed

        moment = now or datetime.now(UTC)
        with self._changing() as connection:
            keep_printed(connection, moment)
            return memento_reading.number_due(connection, (options or ArchiveOptions()).before(moment))

    def check_mementos(
        self,
        session: Session,
        archives: Sequence[Archive] = (),
        options: ArchiveOptions | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Iterator[tuple[int, Observation]]:
        """Look at each archived copy: those that citations print, that were found, saved, and captured here.

        Args:
            session: the way to the network.
            archives: how often those that are known may be visited.
            options: how.
            now: the time of day.

        Yields:
            The id of a memento, and what was seen at it, once it is kept. `mementos` then tells the verdicts.
        """
        from citekit.archive.archives import LOCAL, WAYBACK
        from citekit.archive.checking import observe_all
        from citekit.archive.memento_observing import MementoObserver
        from citekit.archive.pacing import HostPacer
        from citekit.store import memento_reading
        from citekit.store.memento_keeping import keep_printed
        from citekit.store.observing import keep_observation

        chosen = options or ArchiveOptions()
        before = chosen.before(now())
        with self._changing() as connection:
            keep_printed(connection, now())
            due = memento_reading.archives_due(connection, before)
        intervals = {archive.name: 60 / archive.replays_per_minute for archive in (WAYBACK, *archives)}
        pacer = HostPacer(min(intervals.values()))
        for name in due:
            pacer.set_interval(name, intervals.get(name, _INTERVAL))
        seen_until: dict[str, int] = {}

        def queue(archive: str) -> Iterable[Task]:
            tasks, last = self._copies_to_see(archive, seen_until.get(archive, 0), before)
            seen_until[archive] = last
            return tasks

        observer = MementoObserver(session, now=now)
        elsewhere = [name for name in due if name != LOCAL]
        looked = observe_all(
            elsewhere,
            queue,
            observer,
            pacer,
            threads=chosen.threads,
            retries=chosen.retries,
            first_wait=chosen.first_wait,
        )
        for together in looked:
            for memento, seen in together:
                self._keep_seen(memento, seen, keep_observation)
            yield from together
        while LOCAL in due and (tasks := list(queue(LOCAL))):
            for task in tasks:
                seen = self._see_capture(task.link, task.url, now())
                self._keep_seen(task.link, seen, keep_observation)
                yield task.link, seen

    def rescues(self) -> Iterator[Rescue]:
        """For each work whose page is gone, the copy that can stand for it; works that say so already need none."""
        for _, one in self._considered():
            if not isinstance(one, str):
                yield one

    def not_rescued(self, keys: Collection[str]) -> dict[str, str]:
        """Why nothing is proposed for works, by their keys; works for which something is are not there."""
        reasons: dict[str, str] = {}
        proposed = set()
        for key, one in self._considered():
            if key not in keys:
                continue
            if isinstance(one, str):
                reasons.setdefault(key, one)
            else:
                proposed.add(key)
        return {key: reasons.get(key, "it cites no web page") for key in keys if key not in proposed}

    def _considered(self) -> Iterator[tuple[str, Rescue | str]]:
        from citekit.store.rescuing import considered

        for link, copies in self.links_with_mementos():
            yield from considered(link, copies, self._custom)

    def accept(self, rescue: Rescue) -> tuple[Outcome, ...]:
        """Write a proposal to its work, as decisions on three fields (`Rescue.fields`) that `undo` takes back.

        Raises:
            NoSuchWorkError: the work is not there any more.
        """
        from citekit.store import deciding

        with self._changing() as connection:
            return tuple(deciding.edit(connection, rescue.key, name, value) for name, value in rescue.fields().items())

    def _custom(self, key: str) -> Mapping[str, object]:
        from citekit.store import reading

        with self._reading() as connection:
            item = reading.work_with_key(connection, key).item
        return {"URL": item.get("URL"), **(item.get("custom") or {})}

    def _copies_to_see(self, archive: str, after: int, before: datetime | None) -> tuple[list[Task], int]:
        from citekit.archive.checking import Task
        from citekit.store import memento_reading

        with self._reading() as connection:
            found = memento_reading.next_of_archive(connection, archive, after=after, before=before, size=_NEXT)
            known = memento_reading.latest_of_mementos(connection, [memento for memento, _ in found])
        return [Task(memento, url, known.get(memento)) for memento, url in found], found[-1][0] if found else after

    def _keep_seen(self, memento: int, seen: Observation, keep: Callable[..., int]) -> None:
        from citekit.store import memento_reading

        with self._changing() as connection:
            keep(connection, memento_reading.link_of(connection, memento), seen, memento=memento)

    def _see_capture(self, memento: int, url: str, now: datetime) -> Observation:
        from citekit.archive.capture_observing import observe_capture
        from citekit.store import memento_reading

        with self._reading() as connection:
            stored = memento_reading.capture_of(connection, memento)
        return observe_capture(self.path.parent, url, stored, now)
