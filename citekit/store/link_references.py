"""Good archived copies with which a page can be compared that was never seen well itself. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from citekit.archive.memento_policy import MementoVerdict, judge_memento
from citekit.archive.mementos import Period, page_of
from citekit.archive.policy import Reference
from citekit.store.link_tables import mementos, observations
from citekit.store.observing import observation_of

__all__ = ["references_of"]

_LATEST = datetime.max.replace(tzinfo=UTC)


def references_of(
    connection: Connection, links: Sequence[Row[Any]], read: Mapping[int, Period]
) -> dict[int, list[Reference]]:
    """The copies that were looked at and are good by themselves, the one closest to the day of reading first.

    Args:
        connection: that reads.
        links: rows of `links`; at most a few hundred at a time.
        read: the day on which a citation says that the page was read, by the link's id; without one the newest copy
            comes first.
    """
    pages = {row.id: row.canonical for row in links if row.kind == "web"}
    seen, of = observations.c, mementos.c
    query = (
        select(observations, of.url.label("memento"), of.original, of.memento_time)
        .join(mementos, of.id == seen.memento_id)
        .where(seen.link_id.in_([row.id for row in links]), of.memento_time.is_not(None), of.archive != "archive.today")
        .where(seen.status == 200, (seen.fingerprint.is_not(None)) | (seen.sha256.is_not(None)))
        .order_by(seen.id)
    )
    found: dict[int, dict[str, Reference]] = {}
    for row in connection.execute(query):
        moment = datetime.fromisoformat(row.memento_time)
        observation = observation_of(row)
        page = pages.get(row.link_id) or page_of(row.original)
        judged = judge_memento([observation], url=row.memento, page=page, moment=moment)
        if judged.verdict is MementoVerdict.GOOD:
            found.setdefault(row.link_id, {}).setdefault(row.memento, Reference(observation, moment))
    return {link: sorted(copies.values(), key=lambda one: _far(one, read.get(link))) for link, copies in found.items()}


def _far(copy: Reference, read: Period | None) -> tuple[Any, datetime]:
    return (read.distance(copy.moment) if read is not None else _LATEST - copy.moment), copy.moment
