"""The queue of a store: copies of its pages are looked for, and pages are sent to archives to be saved."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from citekit.store.archive_options import ArchiveOptions

if TYPE_CHECKING:
    from citekit.archive.archives import Archive
    from citekit.archive.jobs import SaveJob
    from citekit.archive.lookup import Lookup
    from citekit.archive.mementos import Memento, Period
    from citekit.archive.session import Authorization, Session
    from citekit.archive.trouble import Trouble
    from citekit.store.link_reading import StoredLink
    from citekit.store.memento_reading import StoredMemento

__all__ = ["ArchiveOptions", "Archiving", "Found"]


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
    """Copies of the pages that the store's citations state, in web archives.

    All methods raise StoreError where there is no store, or it cannot be read, and those that write StoreLockedError
    where another process was writing for longer than the busy timeout. What an iterator gave is kept, whatever stops
    it, and the next run goes on behind it.
    """

    @abstractmethod
    def links(self) -> Iterator[StoredLink]:
        """All links that citations state."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A transaction that changes a store that is there."""

    @abstractmethod
    def links_with_mementos(self) -> Iterator[tuple[StoredLink, tuple[StoredMemento, ...]]]:
        """All links that citations state, each with the archived copies that are known."""

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
        for link, wanted, period, bad in self._wanted(chosen.before(now())):
            found = finder.find(link.url, period or _today(now()), passed_over=bad)
            with self._changing() as connection:
                kept = keep_memento(connection, link.id, found.closest, now()) if found.closest else None
                keep_lookup(connection, link.id, wanted, now(), memento=kept, troubles=found.troubles)
            yield Found(link.url, wanted, found)

    def lookups_due(self, options: ArchiveOptions | None = None, now: datetime | None = None) -> int:
        """How many questions `find_mementos` would ask: one for a link and a day."""
        return sum(1 for _ in self._wanted((options or ArchiveOptions()).before(now or datetime.now(UTC))))

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
        closed: Callable[[str, Trouble], object] | None = None,
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
            closed: told in the end of each archive that takes nothing more in this run, by name, and why.

        Yields:
            Each job after each step, once it is kept; one that has not ended is given again.
        """
        from citekit.archive.jobs import KNOWN_FOR
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
                    and job_keeping.running(connection, name, since=moment - KNOWN_FOR) < chosen.at_once
                ]
                job = job_keeping.next_job(connection, moment, known=known, taking=taking)
                later = [job_keeping.next_moment(connection, known=known, taking=taking)]
                if job is None and job_keeping.has_queued(connection, [name for name in known if saver.takes(name)]):
                    later += [until for name in known if (until := saver.paused_until(name)) and until > moment]
            if job is None:
                due = min((one for one in later if one is not None and one > moment), default=None)
                pause = (due - moment).total_seconds() + 0.01 if due is not None else 0.0
                if due is None or waited + pause > chosen.patience:
                    if closed is not None:
                        for name, trouble in saver.closed.items():
                            closed(name, trouble)
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

    def _wanted(self, before: datetime | None) -> Iterator[tuple[StoredLink, str, Period | None, list[Memento]]]:
        """The links and days that are to be looked for, each with the copies that are known to be bad."""
        from itertools import islice

        from citekit.archive.urls import LinkKind
        from citekit.store import memento_reading

        links = (link for link in self.links() if link.kind is LinkKind.WEB)
        while batch := list(islice(links, 100)):
            with self._reading() as connection:
                known = memento_reading.mementos_of(connection, batch)
                bad = {link: [copy for copy in copies if copy.is_bad] for link, copies in known.items()}
                every = [copy for copies in bad.values() for copy in copies]
                settled = memento_reading.settled_lookups(connection, [link.id for link in batch], before, every)
            for link in batch:
                passed_over = [copy.as_known_bad for copy in bad.get(link.id, ())]
                for wanted, period in memento_reading.wanted_days(link.citations).items():
                    if (link.id, wanted) not in settled:
                        yield link, wanted, period, passed_over


def _today(now: datetime) -> Period:
    from citekit.archive.mementos import Period

    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(day, day + timedelta(days=1))
