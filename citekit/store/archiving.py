"""The archived copies of a store's links, as methods of the store: they are looked for, made and checked."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from citekit.archive.archives import Archive
    from citekit.archive.capturing import Capture
    from citekit.archive.checking import Task
    from citekit.archive.exchange import Exchange
    from citekit.archive.jobs import SaveJob
    from citekit.archive.lookup import Lookup
    from citekit.archive.mementos import Period
    from citekit.archive.observation import Observation
    from citekit.archive.rescue import Rescue
    from citekit.archive.session import Authorization, Session
    from citekit.store.deciding import Outcome
    from citekit.store.link_reading import StoredLink
    from citekit.store.memento_reading import StoredMemento

__all__ = ["ArchiveOptions", "Archiving", "Found"]

_INTERVAL = 1.0  # seconds between two visits to an archive of which nothing is known
_NEXT = 50  # copies held in memory to be looked at next


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """How copies are looked for, made and checked.

    Attributes:
        recheck: what was looked for, or looked at, within this time is left as it is; None: nothing is left.
        within: a page is not saved where the archive has a copy that is no older; None: always.
        again: pages whose saving failed are queued once more.
        every: pages are saved though there is a good copy.
        patience: seconds that a run waits, while no job goes on, for such as are not due yet.
        at_once: requests that an archive may be at.
        threads: how many archives are visited side by side.
        retries: how often what may pass is tried again.
        first_wait: seconds before the first retry, doubled for the next.
    """

    recheck: timedelta | None = timedelta(days=30)
    within: timedelta | None = timedelta(days=30)
    again: bool = False
    every: bool = False
    patience: float = 300.0
    at_once: int = 5
    threads: int = 8
    retries: int = 2
    first_wait: float = 5.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a link and a day.

    Attributes:
        url: of the link.
        wanted: the day of which a copy was looked for; empty: the newest.
        lookup: what the archives said.
    """

    url: str
    wanted: str
    lookup: Lookup = field(repr=False)


class Archiving(ABC):
    """Copies of the pages that the store's citations state.

    All methods raise StoreError where there is no store, or it cannot be read, and those that write StoreLockedError
    where another process was writing for longer than the busy timeout. What an iterator gave is kept, whatever stops
    it, and the next run goes on behind it.
    """

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

    def find_mementos(
        self,
        session: Session,
        archives: Sequence[Archive],
        options: ArchiveOptions | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> Iterator[Found]:
        """Look for the copy of each page that is closest to the day on which a citation says that it was read.

        Args:
            session: the way to the network.
            archives: to be asked.
            options: how.
            now: the time of day.
            sleep: waits for an archive's turn.

        Yields:
            What was found for a link and a day, once it is kept.
        """
        from citekit.archive.lookup import Finder
        from citekit.store.memento_keeping import keep_lookup, keep_memento, keep_printed

        chosen = options or ArchiveOptions()
        finder = Finder(session, archives, sleep=sleep)
        with self._changing() as connection:
            keep_printed(connection, now())
        for link, wanted, period in self._wanted(_before(chosen, now())):
            found = finder.find(link.url, period or _today(now()))
            with self._changing() as connection:
                kept = keep_memento(connection, link.id, found.closest, now()) if found.closest else None
                keep_lookup(connection, link.id, wanted, now(), memento=kept, troubles=found.troubles)
            yield Found(link.url, wanted, found)

    def lookups_due(self, options: ArchiveOptions | None = None, now: datetime | None = None) -> int:
        """How many questions `find_mementos` would ask: one for a link and a day."""
        return sum(1 for _ in self._wanted(_before(options or ArchiveOptions(), now or datetime.now(UTC))))

    def queue_saves(
        self, archives: Sequence[Archive], options: ArchiveOptions | None = None, *, now: datetime | None = None
    ) -> int:
        """Queue the pages that are to be saved: those that are there, as far as is known, and have no good copy.

        Args:
            archives: that are to save them.
            options: how.
            now: the time of day.

        Returns:
            How many were queued.
        """
        from citekit.store.job_keeping import enqueue, jobs_of
        from citekit.store.saves import is_to_be_saved

        chosen = options or ArchiveOptions()
        moment = now or datetime.now(UTC)
        queued = 0
        for link, copies in self.links_with_mementos():
            if not is_to_be_saved(link, copies, every=chosen.every):
                continue
            with self._reading() as connection:
                former = jobs_of(connection, [link.id]).get(link.id, [])
            for archive in archives:
                ended = any(job.archive == archive.name and job.ended_at is not None for job in former)
                if archive.save is None or (ended and not chosen.again):
                    continue
                with self._changing() as connection:
                    queued += enqueue(connection, link.id, archive.name, link.url, moment)
        return queued

    def save_links(
        self,
        session: Session,
        archives: Sequence[Archive],
        options: ArchiveOptions | None = None,
        *,
        keys: Mapping[str, Authorization | None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> Iterator[SaveJob]:
        """Work off the queue of pages to be saved, as far as the archives allow.

        What is sent is written down before it is sent: whatever ends the program, nothing is sent twice.

        Args:
            session: the way to the network.
            archives: that are to save.
            options: how.
            keys: of accounts, by the archive's name (`citekit.archive.save_page_now.credentials`).
            now: the time of day.
            sleep: waits.

        Yields:
            Each job after each step, once it is kept; one that has not ended is given again.
        """
        from citekit.archive.saving import Saver
        from citekit.store import job_keeping
        from citekit.store.observing import keep_observation

        chosen = options or ArchiveOptions()
        saver = Saver(session, archives, keys=dict(keys or {}), within=chosen.within, now=now, sleep=sleep)
        known = [archive.name for archive in archives if archive.save]
        for name in known:
            saver.check_allowance(name)

        def keep(job: SaveJob) -> None:
            with self._changing() as connection:
                memento = job_keeping.keep_job(connection, job, now())
                if saver.read is not None and memento is not None:
                    keep_observation(connection, job.link, saver.read, memento=memento)

        waited = 0.0  # since a job went on
        while True:
            with self._reading() as connection:
                moment = now()
                taking = [
                    name
                    for name in known
                    if saver.takes(name)
                    and (saver.paused_until(name) or moment) <= moment
                    and job_keeping.running(connection, name) < chosen.at_once
                ]
                job = job_keeping.next_job(connection, moment, known=known, taking=taking)
                later = [job_keeping.next_moment(connection, known=known, taking=taking)]
                if job is None and job_keeping.has_queued(connection, [name for name in known if saver.takes(name)]):
                    later += [until for name in known if (until := saver.paused_until(name)) and until > moment]
            if job is None:
                due = min((one for one in later if one is not None and one > moment), default=None)
                pause = (due - moment).total_seconds() + 0.01 if due is not None else 0.0
                if due is None or waited + pause > chosen.patience:
                    return
                sleep(pause)
                waited += pause
                continue
            saver.read = None
            stepped = saver.step(job, keep)
            keep(stepped)
            if (stepped.state, stepped.memento) != (job.state, job.memento):
                waited = 0.0
            yield stepped

    def jobs(self) -> Iterator[SaveJob]:
        """All pages that archives are, or were, to save."""
        from itertools import islice

        from citekit.store.job_keeping import jobs_of

        links = self.links()
        while batch := [link.id for link in islice(links, 400)]:
            with self._reading() as connection:
                found = jobs_of(connection, batch)
            for link in batch:
                yield from found.get(link, ())

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
        from citekit.store.memento_keeping import keep_capture
        from citekit.store.saves import may_be_there

        chosen = options or ArchiveOptions()
        before = _before(chosen, now())
        pacer = HostPacer(interval)
        folder = self.captures_folder
        for link, copies in self.links_with_mementos():
            fresh = any(
                copy.memento.archive == LOCAL and before is not None and (copy.memento.moment or before) > before
                for copy in copies
            )
            if fresh or not may_be_there(link):
                continue
            sleep(pacer.take(link.host))
            made = capture(session, link.url, folder, now=now)
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
            return memento_reading.number_due(connection, _before(options or ArchiveOptions(), moment))

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
        before = _before(chosen, now())
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
        """For each work whose page is gone, the copy that can stand for it; works that name a good one need none."""
        from citekit.store.rescuing import proposals

        for link, copies in self.links_with_mementos():
            yield from proposals(link, copies, self._custom)

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

    def _wanted(self, before: datetime | None) -> Iterator[tuple[StoredLink, str, Period | None]]:
        """The links and days that are to be looked for."""
        from itertools import islice

        from citekit.archive.urls import LinkKind
        from citekit.store import memento_reading

        links = (link for link in self.links() if link.kind is LinkKind.WEB)
        while batch := list(islice(links, 100)):
            with self._reading() as connection:
                settled = memento_reading.settled_lookups(connection, [link.id for link in batch], before)
            for link in batch:
                for wanted, period in memento_reading.wanted_days(link.citations).items():
                    if (link.id, wanted) not in settled:
                        yield link, wanted, period

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


def _before(options: ArchiveOptions, now: datetime) -> datetime | None:
    return now - options.recheck if options.recheck is not None else None


def _today(now: datetime) -> Period:
    from citekit.archive.mementos import Period

    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(day, day + timedelta(days=1))
