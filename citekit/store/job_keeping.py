"""The queue of pages to be saved, in the store. Takes a connection and never commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from citekit.archive.jobs import JobState, SaveJob
from citekit.archive.mementos import FoundBy, Memento
from citekit.store.link_tables import archive_jobs, mementos
from citekit.store.memento_keeping import iso, keep_memento

__all__ = ["counts", "enqueue", "has_queued", "jobs_of", "keep_job", "next_job", "next_moment", "running"]

_TABLE = archive_jobs.c
_OPEN = _TABLE.ended_at.is_(None)
_RUNNING = (JobState.SUBMITTED.value, JobState.SUBMITTING.value)


def enqueue(connection: Connection, link: int, archive: str, url: str, now: datetime) -> bool:
    """Queue a page to be saved; False where a job for it is open already."""
    if connection.execute(select(_TABLE.id).where(_TABLE.link_id == link, _TABLE.archive == archive, _OPEN)).first():
        return False
    values = {
        "link_id": link,
        "archive": archive,
        "url": url,
        "state": JobState.QUEUED.value,
        "created_at": iso(now),
        "attempts": 0,
    }
    connection.execute(insert(archive_jobs), values)
    return True


def keep_job(connection: Connection, job: SaveJob, now: datetime) -> int | None:
    """Write a job down as it is now; the id of its memento, which is made where there is none."""
    memento = keep_memento(connection, job.link, job.memento, now) if job.memento else None
    values = {
        "state": job.state.value,
        "submitted_at": _text(job.submitted_at),
        "asked_at": _text(job.asked_at),
        "not_before": _text(job.not_before),
        "ended_at": _text(job.ended_at),
        "job": job.job,
        "attempts": job.attempts,
        "error": job.error,
        "message": job.message,
        "memento_id": memento,
    }
    connection.execute(update(archive_jobs).where(_TABLE.id == job.id).values(values))
    return memento


def next_job(
    connection: Connection, now: datetime, *, known: Collection[str], taking: Collection[str]
) -> SaveJob | None:
    """The open job to be taken a step further: those that were sent before those that are to be.

    Args:
        connection: that reads.
        now: the time of day.
        known: archives that can be asked.
        taking: those among them that take requests at the moment.
    """
    due = or_(_TABLE.not_before.is_(None), _TABLE.not_before <= iso(now))
    query = (
        _jobs()
        .where(_OPEN, due, _may_move(known, taking))
        .order_by(_TABLE.state == JobState.QUEUED.value, _TABLE.not_before, _TABLE.id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return _job(row) if row else None


def next_moment(connection: Connection, *, known: Collection[str], taking: Collection[str]) -> datetime | None:
    """When the next open job is due; None where there is none."""
    query = select(func.min(_TABLE.not_before)).where(_OPEN, _may_move(known, taking))
    found = connection.execute(query).scalar()
    return datetime.fromisoformat(found) if found else None


def running(connection: Connection, archive: str, *, since: datetime) -> int:
    """How many requests an archive is at that were sent since a moment: older ones hold up no others."""
    query = select(func.count()).select_from(archive_jobs).where(_OPEN, _TABLE.archive == archive)
    chosen = query.where(_TABLE.state.in_(_RUNNING), _TABLE.memento_id.is_(None), _TABLE.submitted_at >= iso(since))
    found: int = connection.execute(chosen).scalar_one()
    return found


def has_queued(connection: Connection, archives: Collection[str]) -> bool:
    """Whether pages wait to be sent to one of these archives."""
    query = select(_TABLE.id).where(_OPEN, _TABLE.state == JobState.QUEUED.value, _TABLE.archive.in_(list(archives)))
    return connection.execute(query.limit(1)).first() is not None


def counts(connection: Connection) -> dict[str, int]:
    """How many jobs there are in each state."""
    query = select(_TABLE.state, func.count()).group_by(_TABLE.state)
    return {str(state): int(number) for state, number in connection.execute(query)}


def jobs_of(connection: Connection, links: Sequence[int]) -> dict[int, list[SaveJob]]:
    """The jobs of these links, the oldest first; at most a few hundred links at a time."""
    found: dict[int, list[SaveJob]] = {}
    for row in connection.execute(_jobs().where(_TABLE.link_id.in_(links)).order_by(_TABLE.id)):
        found.setdefault(row.link_id, []).append(_job(row))
    return found


def _may_move(known: Collection[str], taking: Collection[str]) -> Any:
    """Jobs of archives that can be asked; those that are yet to be sent only where that is possible now."""
    queued = _TABLE.state == JobState.QUEUED.value
    return or_(and_(queued, _TABLE.archive.in_(list(taking))), and_(~queued, _TABLE.archive.in_(list(known))))


def _jobs() -> Select[Any]:
    made = mementos.c
    return select(
        archive_jobs,
        made.url.label("memento_url"),
        made.original,
        made.memento_time,
        made.found_by,
        made.status.label("memento_status"),
    ).outerjoin(mementos, made.id == _TABLE.memento_id)


def _job(row: Row[Any]) -> SaveJob:
    memento = None
    if row.memento_id is not None:
        moment = _moment(row.memento_time)
        found_by = FoundBy(row.found_by)
        memento = Memento(row.archive, row.memento_url, row.original, moment, found_by, row.memento_status)
    created = _moment(row.created_at)
    assert created is not None  # noqa: S101 - the column is never null
    return SaveJob(
        id=row.id,
        link=row.link_id,
        archive=row.archive,
        url=row.url,
        state=JobState(row.state),
        created_at=created,
        submitted_at=_moment(row.submitted_at),
        asked_at=_moment(row.asked_at),
        not_before=_moment(row.not_before),
        ended_at=_moment(row.ended_at),
        job=row.job,
        attempts=row.attempts,
        error=row.error,
        message=row.message,
        memento=memento,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
