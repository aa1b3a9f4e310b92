"""Working off the queue: one step of one job at a time, as often as an archive allows.

    saver = Saver(session, archives)
    job = saver.step(job, keep=write_down)

`keep` is called before anything is sent that must not be sent twice, and the caller keeps what `step` returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from citekit.archive import jobs, save_page_now
from citekit.archive.archives import Archive
from citekit.archive.indexes import ask_availability, ask_timegate, ask_timemap, cdx_captures
from citekit.archive.jobs import JobState, SaveJob
from citekit.archive.memento_observing import MementoObserver
from citekit.archive.memento_policy import judge_memento
from citekit.archive.mementos import Memento, Period, page_of
from citekit.archive.observation import Observation
from citekit.archive.pacing import HostPacer
from citekit.archive.session import Authorization, Session
from citekit.archive.trouble import Trouble, TroubleKind

__all__ = ["Saver"]

_PAGES_REFUSED = 2  # for the day: what refuses two different pages will refuse the others
_CLOSES = {TroubleKind.QUOTA, TroubleKind.REFUSED}


class Saver:
    """Takes jobs a step further; for one thread.

    Args:
        session: the way to the network.
        archives: with Save Page Now.
        keys: of accounts, by the archive's name.
        within: no page is saved of which the archive has a copy that is no older.
        now: the time of day.
        sleep: waits.
    """

    def __init__(
        self,
        session: Session,
        archives: Sequence[Archive],
        *,
        keys: dict[str, Authorization | None] | None = None,
        within: timedelta | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._session = session
        self._archives = {archive.name: archive for archive in archives if archive.save}
        self._keys = keys or {}
        self._within = within
        self._now = now
        self._sleep = sleep
        self._observer = MementoObserver(session, now=now)
        self._pacers = {
            name: (
                HostPacer(
                    60 / (archive.saves_per_minute if self._keys.get(name) else archive.anonymous_saves_per_minute)
                ),
                HostPacer(60 / archive.queries_per_minute),
            )
            for name, archive in self._archives.items()
        }
        self._closed: dict[str, Trouble] = {}
        self._paused: dict[str, datetime] = {}
        self._refused: dict[str, set[str]] = {}
        self.read: Observation | None = None
        """What was seen at the memento, where the last step read one."""

    @property
    def closed(self) -> dict[str, Trouble]:
        """Archives that take nothing more in this run, by name, and why."""
        return dict(self._closed)

    def takes(self, archive: str) -> bool:
        """Whether an archive takes requests in this run."""
        return archive in self._archives and archive not in self._closed

    def paused_until(self, archive: str) -> datetime | None:
        """The moment until which an archive asked to be left alone."""
        return self._paused.get(archive)

    def check_allowance(self, archive: str) -> Trouble | None:
        """Ask what the account may still do; closes the archive where that is nothing."""
        key = self._keys.get(archive)
        if key is None or not self.takes(archive):
            return None
        self._wait(archive, saving=False)
        left = save_page_now.allowance(self._session, self._archives[archive], key=key)
        if isinstance(left, Trouble):
            if left.kind is TroubleKind.REFUSED:
                self._closed[archive] = left
                return left
            return None  # asking failed; the archive itself will tell
        if left.daily_left == 0:
            self._closed[archive] = Trouble(
                TroubleKind.QUOTA, "too-many-daily-captures", "the day's captures are used up"
            )
            return self._closed[archive]
        return None

    def step(self, job: SaveJob, keep: Callable[[SaveJob], None]) -> SaveJob:
        """Take a job one step further.

        Args:
            job: that has not ended.
            keep: writes a job down for good, before a request is sent that must not be sent twice.
        """
        self.read = None
        archive = self._archives[job.archive]
        if job.state is JobState.QUEUED:
            return self._submit(archive, job, keep)
        if job.memento is not None:
            return self._read(job, job.memento)
        if job.state is JobState.SUBMITTED and job.job is not None:
            self._wait(archive.name, saving=False)
            answer = save_page_now.job_status(self._session, archive, job.job, key=self._keys.get(archive.name))
            self._note(job, answer)
            return jobs.after_status(job, answer, self._now())
        return self._search(archive, job)

    def _submit(self, archive: Archive, job: SaveJob, keep: Callable[[SaveJob], None]) -> SaveJob:
        self._wait(archive.name, saving=True)
        sent = jobs.submitting(job, self._now())
        keep(sent)
        key = self._keys.get(archive.name)
        answer = save_page_now.submit(self._session, archive, job.url, key=key, within=self._within)
        self._note(job, answer)
        return jobs.after_submission(sent, answer, self._now())

    def _search(self, archive: Archive, job: SaveJob) -> SaveJob:
        """Ask the index for copies that can be this job's."""
        began = job.submitted_at or job.created_at
        since = began - (self._within or timedelta(days=3650)) if job.error == "skipped" else began
        since -= jobs.CLOCKS
        found = _copies(
            self._session, archive, job.url, since, self._now(), turn=lambda: self._wait(archive.name, saving=False)
        )
        self._note(job, found)
        return jobs.after_search(job, found, self._now(), since)

    def _read(self, job: SaveJob, memento: Memento) -> SaveJob:
        self._wait(job.archive, saving=False)
        seen = self._observer.look(memento.url).observation
        self.read = seen
        page = page_of(memento.original)
        judged = judge_memento([seen], url=memento.url, page=page, moment=memento.moment)
        return jobs.after_reading(job, judged, self._now())

    def _wait(self, archive: str, *, saving: bool) -> None:
        self._sleep(self._pacers[archive][0 if saving else 1].take(archive))

    def _note(self, job: SaveJob, answer: object) -> None:
        """What an answer means for the archive's other jobs."""
        if not isinstance(answer, Trouble):
            return
        if answer.kind is TroubleKind.QUOTA_OF_PAGE:  # archives say the same of a page's allowance and of a reader's
            pages = self._refused.setdefault(job.archive, set())
            pages.add(job.url)
            if len(pages) >= _PAGES_REFUSED:
                self._closed[job.archive] = answer
        elif answer.kind in _CLOSES:
            self._closed[job.archive] = answer
        elif answer.kind is TroubleKind.THROTTLED or (answer.kind is TroubleKind.UNKNOWN and answer.wait):
            self._paused[job.archive] = self._now() + timedelta(seconds=answer.wait or 60.0)


def _copies(
    session: Session, archive: Archive, url: str, since: datetime, now: datetime, *, turn: Callable[[], object]
) -> list[Memento] | Trouble:
    """The copies of a page since a moment, from whichever index the archive has."""
    if archive.cdx is not None:
        found: list[Memento] = []
        for one in cdx_captures(session, archive, url, since=since, turn=turn):
            if isinstance(one, Trouble):
                return one
            found.append(one)
        return found
    latest = Period(now, now)
    for ask in (ask_timegate, ask_availability):
        answer = ask(session, archive, url, latest, turn=turn)
        if isinstance(answer, Trouble) or answer:
            return answer
    return ask_timemap(session, archive, url, turn=turn)
