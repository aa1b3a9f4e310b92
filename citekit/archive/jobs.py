"""The queue of pages that archives are asked to save: what a job is, and what each answer makes of it. Pure.

    queued ──▶ submitting ──▶ submitted ──▶ archived
       ▲            │              │
       └─ after the index was asked┴──▶ failed

A job is written down as "submitting" before the request is sent. So whoever finds it in that state, after a kill or a
lost answer, knows that the archive may have taken it: the archive's index is asked, and only when that knows of no
copy for as long as the archive would know of the request (an hour) may the request be sent again.
A job is "archived" when a memento of it was read, never because the archive took it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from citekit.archive.memento_policy import MementoJudgement, MementoVerdict
from citekit.archive.mementos import Memento
from citekit.archive.pacing import backoff
from citekit.archive.save_page_now import Done, Pending, Skipped, Submitted
from citekit.archive.trouble import Trouble, TroubleKind

__all__ = ["JobState", "SaveJob", "after_reading", "after_search", "after_status", "after_submission", "submitting"]

MOST_SUBMISSIONS = 3  # of one page; the documented limits are 5 or 10 a day, and readers may use them too
POLL = timedelta(seconds=10)  # a capture takes between five seconds and some minutes
KNOWN_FOR = timedelta(hours=1)  # the archive forgets jobs after an hour at most
SEARCH_AGAIN = timedelta(minutes=10)  # an index lags behind by minutes
SHOWN_WITHIN = timedelta(hours=24)  # what is not shown a day after it was saved is not coming
CLOCKS = timedelta(minutes=5)  # two clocks may differ by as much
_FIRST_BACKOFF = 60.0  # seconds
_LONGEST_BACKOFF = 3600.0
_KEPT_ANYWAY = {MementoVerdict.GOOD, MementoVerdict.DRIFTED}


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    """The request is being sent, or was sent and the answer is not known."""
    SUBMITTED = "submitted"
    """The archive has taken it; a memento may be known, and is not yet read."""
    ARCHIVED = "archived"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveJob:
    """A page that an archive is, or was, to save.

    Attributes:
        id: of its row.
        link: id of the link.
        archive: the archive's name.
        url: of the page.
        state: how far it is.
        created_at: when it was queued.
        submitted_at: when it was sent last.
        asked_at: when the archive was last asked what became of it.
        not_before: nothing is to be done before.
        ended_at: when it was archived or failed.
        job: the archive's own name of it.
        attempts: how often it was sent.
        error: code of what went wrong last.
        message: the same in words.
        memento: what came of it.
    """

    id: int
    link: int
    archive: str
    url: str
    state: JobState
    created_at: datetime
    submitted_at: datetime | None = None
    asked_at: datetime | None = None
    not_before: datetime | None = None
    ended_at: datetime | None = None
    job: str | None = None
    attempts: int = 0
    error: str | None = None
    message: str | None = None
    memento: Memento | None = None

    def to_json(self) -> dict[str, Any]:
        """As `citekit archive --json` prints it (docs/schema/archive.json)."""
        return {
            "url": self.url,
            "archive": self.archive,
            "state": self.state.value,
            "created_at": _time(self.created_at),
            "submitted_at": _time(self.submitted_at),
            "ended_at": _time(self.ended_at),
            "not_before": _time(self.not_before) if self.ended_at is None else None,
            "attempts": self.attempts,
            "error": self.error,
            "message": self.message,
            "memento": self.memento.to_json() if self.memento else None,
        }


def submitting(job: SaveJob, now: datetime) -> SaveJob:
    """The job as it is to be written down before the request is sent."""
    return replace(
        job,
        state=JobState.SUBMITTING,
        submitted_at=now,
        not_before=None,
        job=None,
        attempts=job.attempts + 1,
        error=None,
        message=None,
    )


def after_submission(job: SaveJob, answer: Submitted | Skipped | Done | Trouble, now: datetime) -> SaveJob:
    """What the answer to the request makes of a job that is being submitted."""
    match answer:
        case Submitted(job=name, message=message):
            return replace(job, state=JobState.SUBMITTED, job=name, message=message, not_before=now + POLL)
        case Done(memento=memento):
            return replace(job, state=JobState.SUBMITTED, memento=memento, not_before=now)
        case Skipped(message=message):
            # There is a copy that is new enough: which, the index says.
            return replace(job, state=JobState.SUBMITTED, error="skipped", message=message, not_before=now)
        case Trouble(kind=TroubleKind.UNKNOWN):
            return _told(replace(job, not_before=now + POLL), answer)
    return _refused(job, answer, now)


def after_status(job: SaveJob, answer: Pending | Done | Trouble, now: datetime) -> SaveJob:
    """What the archive's word on the job makes of it."""
    asked = replace(job, asked_at=now)
    since = now - (job.submitted_at or now)
    match answer:
        case Pending():  # an overloaded archive may begin hours later; it knows of the job, so it is not sent again
            if since < SHOWN_WITHIN:
                return replace(asked, not_before=now + max(POLL, since / 6))
            return replace(asked, state=JobState.SUBMITTING, error="still-pending", not_before=now)
        case Done(memento=memento):
            return replace(asked, memento=memento, error=None, message=None, not_before=now)
        case Trouble(kind=TroubleKind.UNKNOWN):  # it forgot: only the index can tell
            return _told(replace(asked, state=JobState.SUBMITTING, not_before=now), answer)
        case Trouble(code=code) if code.isdigit() or code in _OF_THE_NETWORK:  # the question failed, not the job
            if since >= KNOWN_FOR:  # the archive may have forgotten by now: the index can tell
                return _told(replace(asked, state=JobState.SUBMITTING, not_before=now), answer)
            wait = timedelta(seconds=answer.wait) if answer.wait is not None else POLL * 3
            return replace(asked, not_before=now + wait)
    return _refused(asked, answer, now)


_OF_THE_NETWORK = frozenset(
    {"not-json", "dns", "offline", "refused", "reset", "timeout", "tls", "protocol", "no-answer"}
)


def after_search(job: SaveJob, found: Iterable[Memento] | Trouble, now: datetime, since: datetime) -> SaveJob:
    """What the archive's index makes of a job whose outcome is not known, or for which there was a copy already.

    Args:
        job: in the state submitting or submitted, without memento.
        found: copies of the page, or why the index did not say.
        now: the time of day.
        since: copies that are older are none of this job.
    """
    asked = replace(job, asked_at=now)
    if isinstance(found, Trouble):
        wait = timedelta(seconds=found.wait) if found.wait is not None else SEARCH_AGAIN
        if found.kind is TroubleKind.BLOCKED:
            return _ended(_told(asked, found), JobState.FAILED, now)
        return replace(asked, not_before=now + wait)
    made = [one for one in found if one.moment is not None and one.moment >= since and (one.status or 200) < 400]
    if made:
        newest = max(made, key=lambda one: one.moment or since)
        return replace(asked, state=JobState.SUBMITTED, memento=newest, error=None, message=None, not_before=now)
    if now - (job.submitted_at or now) < KNOWN_FOR:
        return replace(asked, not_before=now + min(SEARCH_AGAIN, KNOWN_FOR))
    return _again(replace(asked, error=job.error or "unknown-outcome"), now, now)


def after_reading(job: SaveJob, judged: MementoJudgement, now: datetime) -> SaveJob:
    """What a look at the memento makes of a job: only a copy that was read counts."""
    if judged.verdict in _KEPT_ANYWAY:
        return _ended(replace(job, error=None, message=None), JobState.ARCHIVED, now)
    since = now - (job.submitted_at or job.created_at)
    not_yet = judged.verdict in (MementoVerdict.MISSING, MementoVerdict.UNCERTAIN, MementoVerdict.WRONG_DATE)
    if not_yet and since < SHOWN_WITHIN:
        later = now + max(SEARCH_AGAIN, since / 2)  # the longer it took, the longer it may take
        return replace(job, asked_at=now, not_before=later, message=judged.reason)
    return _ended(replace(job, error=judged.verdict.value, message=judged.reason), JobState.FAILED, now)


def _refused(job: SaveJob, trouble: Trouble, now: datetime) -> SaveJob:
    """What a word of refusal makes of a job: another try later, or its end."""
    told = _told(job, trouble)
    match trouble.kind:
        case TroubleKind.THROTTLED:  # nothing was done: it counts as no try
            later = now + timedelta(seconds=trouble.wait or _FIRST_BACKOFF)
            return replace(told, state=JobState.QUEUED, attempts=max(job.attempts - 1, 0), not_before=later, job=None)
        case TroubleKind.QUOTA | TroubleKind.QUOTA_OF_PAGE:
            attempts = max(job.attempts - 1, 0)
            return replace(told, state=JobState.QUEUED, attempts=attempts, not_before=_next_day(now), job=None)
        case TroubleKind.REFUSED:
            return replace(told, state=JobState.QUEUED, attempts=max(job.attempts - 1, 0), not_before=None, job=None)
        case TroubleKind.TRANSIENT:
            wait = backoff(max(job.attempts, 1), first=_FIRST_BACKOFF, most=_LONGEST_BACKOFF)
            return _again(told, now, now + timedelta(seconds=max(wait, trouble.wait or 0.0)))
    return _ended(told, JobState.FAILED, now)


def _again(job: SaveJob, now: datetime, later: datetime) -> SaveJob:
    if job.attempts >= MOST_SUBMISSIONS:
        return _ended(job, JobState.FAILED, now)
    return replace(job, state=JobState.QUEUED, not_before=later, job=None)


def _ended(job: SaveJob, state: JobState, now: datetime) -> SaveJob:
    return replace(job, state=state, ended_at=now, not_before=None)


def _told(job: SaveJob, trouble: Trouble) -> SaveJob:
    return replace(job, error=trouble.code, message=trouble.message)


def _next_day(now: datetime) -> datetime:
    """A few minutes into the next day, UTC, as the archives count days."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1) + CLOCKS


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
