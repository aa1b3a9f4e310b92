"""Writing down archived copies, what was looked for, and captures. Takes a connection and never commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, exists, insert, select

from citekit.archive.archives import LOCAL
from citekit.archive.capturing import Capture
from citekit.archive.mementos import FoundBy, Memento, replay_address
from citekit.archive.trouble import Trouble
from citekit.archive.wrappers import archive_of, memento_moment
from citekit.store.link_tables import captures, link_citations, links, lookups, mementos

__all__ = ["keep_capture", "keep_lookup", "keep_memento", "keep_printed"]

_AT_ONCE = 400


def keep_memento(connection: Connection, link: int, memento: Memento, now: datetime) -> int:
    """The id of a memento's row, which is made where there is none; what is there stays as it was found first."""
    table = mementos.c
    known = connection.execute(select(table.id).where(table.link_id == link, table.url == memento.url)).scalar()
    if known is not None:
        return int(known)
    values = {
        "link_id": link,
        "archive": memento.archive,
        "url": memento.url,
        "original": memento.original,
        "memento_time": iso(memento.moment) if memento.moment else None,
        "status": memento.status,
        "media_type": memento.media_type,
        "digest": memento.digest,
        "found_by": memento.found_by.value,
        "found_at": iso(now),
    }
    made: int = connection.execute(insert(mementos).returning(table.id), values).scalar_one()
    return made


def keep_printed(connection: Connection, now: datetime) -> int:
    """Write down the copies that citations state and that are not known yet; how many."""
    stated = link_citations.c
    known = exists().where(mementos.c.link_id == stated.link_id, mementos.c.url == stated.memento)
    query = (
        select(stated.link_id, stated.memento, stated.memento_time, links.c.url)
        .join(links, links.c.id == stated.link_id)
        .where(stated.memento.is_not(None), ~known)
        .distinct()
        .order_by(stated.link_id)
    )
    made = 0
    while rows := connection.execute(query.limit(_AT_ONCE)).all():
        for row in rows:
            parts = replay_address(row.memento)
            moment = memento_moment(row.memento_time) if row.memento_time else None
            original = parts.original if parts else row.url
            printed = Memento(archive_of(row.memento), row.memento, original, moment, FoundBy.PRINTED)
            keep_memento(connection, row.link_id, printed, now)
            made += 1
    return made


def keep_lookup(
    connection: Connection,
    link: int,
    wanted: str,
    now: datetime,
    *,
    memento: int | None,
    troubles: Mapping[str, Trouble],
) -> None:
    """Write down which copy was the closest to a day."""
    values = {
        "link_id": link,
        "wanted": wanted,
        "asked_at": iso(now),
        "memento_id": memento,
        "troubles": {name: {"kind": one.kind.value, "code": one.code} for name, one in troubles.items()},
    }
    connection.execute(insert(lookups), values)


def keep_capture(connection: Connection, link: int, captured: Capture, file: str, now: datetime) -> int:
    """Write down a capture, and the memento that it is; the memento's id.

    Args:
        connection: in a transaction that writes.
        link: its id.
        captured: what was captured.
        file: of the capture, relative to the folder of the store.
        now: the time of day.
    """
    memento = keep_memento(
        connection,
        link,
        Memento(
            LOCAL,
            f"{file}#{captured.record_id.strip('<>')}",
            captured.target_url,
            captured.captured_at,
            FoundBy.CAPTURE,
            captured.status,
            captured.media_type,
            captured.payload_digest,
        ),
        now,
    )
    values = {
        "link_id": link,
        "memento_id": memento,
        "captured_at": iso(captured.captured_at),
        "file": file,
        "record_id": captured.record_id,
        "byte_offset": captured.byte_offset,
        "byte_length": captured.byte_length,
        "target_url": captured.target_url,
        "status": captured.status,
        "media_type": captured.media_type,
        "payload_digest": captured.payload_digest,
        "sha256": captured.sha256,
    }
    connection.execute(insert(captures), values)
    return memento


def iso(moment: datetime) -> str:
    """A moment as the store keeps it: comparable as text."""
    return moment.isoformat(timespec="microseconds")
