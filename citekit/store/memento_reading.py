"""What a store tells of archived copies: which there are, what was seen at them, what was looked for.

Takes a connection and never commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, exists, func, select

from citekit.archive.memento_policy import (
    MementoJudgement,
    MementoVerdict,
    Warned,
    judge_memento,
    period_of_stamp,
    warnings_of,
)
from citekit.archive.mementos import FoundBy, Memento, Period, page_of, period_of_day, period_of_text
from citekit.archive.observation import Observation
from citekit.archive.policy import DEFAULT_POLICY, Policy, Verdict
from citekit.store.link_reading import LinkCitation, StoredLink
from citekit.store.link_tables import captures, lookups, mementos, observations
from citekit.store.memento_keeping import iso
from citekit.store.observing import observation_of

if TYPE_CHECKING:
    from citekit.archive.capturing import StoredCapture

_BAD = {
    *(MementoVerdict.OF_ERROR_PAGE, MementoVerdict.OF_REDIRECT, MementoVerdict.WRONG_DATE),
    *(MementoVerdict.MISSING, MementoVerdict.NOT_PLAYABLE),
}

__all__ = [
    "StoredMemento",
    "archives_due",
    "capture_of",
    "days_read",
    "last_good",
    "latest_of_mementos",
    "link_of",
    "mementos_of",
    "next_of_archive",
    "number_due",
    "settled_lookups",
    "wanted_days",
]


@dataclass(frozen=True, slots=True)
class StoredMemento:
    """An archived copy of a link of the store.

    Attributes:
        id: of its row.
        link: that it is a copy of.
        memento: what the archive says of it.
        observations: what was seen at it, the oldest first.
        wanted: the days for which it was the closest copy ("2009-10-13"; empty: for the newest).
    """

    id: int
    link: StoredLink
    memento: Memento
    observations: tuple[Observation, ...] = ()
    wanted: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[LinkCitation, ...]:
        """The citations that print its address."""
        return tuple(one for one in self.link.citations if one.memento == self.memento.url)

    def judgement(self, policy: Policy = DEFAULT_POLICY) -> MementoJudgement:
        """The verdict that follows from what was seen at it, and at the page itself."""
        return self._judged(self.observations, policy)

    def timeline(self, policy: Policy = DEFAULT_POLICY) -> list[MementoJudgement]:
        """The verdict that follows from each observation."""
        return [self._judged([seen], policy) for seen in self.observations]

    def _judged(self, seen: Sequence[Observation], policy: Policy) -> MementoJudgement:
        return judge_memento(
            seen,
            url=self.memento.url,
            page=self.link.canonical if self.link.kind.value == "web" else _page(self.memento),
            moment=self.memento.moment,
            reference=last_good(self.link, self.memento.moment, policy),
            policy=policy,
        )

    def warnings(self, now: datetime) -> tuple[Warned, ...]:
        """What a reader should know of it, whatever it is like."""
        printing = self.citations
        return warnings_of(
            archive=self.memento.archive,
            url=self.memento.url,
            stamp=next((one.memento_time for one in printing if one.memento_time), None),
            printed_dates=[one.archive_date for one in printing if one.archive_date],
            now=now,
        )

    @property
    def is_bad(self) -> bool:
        """Whether it was looked at, and is no copy of the page that anybody can read."""
        return self.judgement().verdict in _BAD

    @property
    def bad_since(self) -> datetime | None:
        """The first look that found it bad."""
        looks = zip(self.observations, self.timeline(), strict=True)
        return next((seen.observed_at for seen, judged in looks if judged.verdict in _BAD), None)

    @property
    def as_known_bad(self) -> Memento:
        """What tells the archive's other copies that are as bad: of an error page, all with the same content."""
        of_content = self.judgement().verdict is MementoVerdict.OF_ERROR_PAGE
        return self.memento if of_content else replace(self.memento, digest=None)

    def to_json(self, now: datetime) -> dict[str, Any]:
        """The shape of the JSON schema (docs/schema/archived.json)."""
        judged = self.judgement()
        return {
            "url": self.link.url,
            **self.memento.to_json(),
            "wanted": list(self.wanted),
            "verdict": judged.verdict.value,
            "reason": judged.reason,
            "checked_at": judged.checked_at.isoformat(timespec="seconds") if judged.checked_at else None,
            "resemblance": round(judged.resemblance, 3) if judged.resemblance is not None else None,
            "warnings": [{"code": one.code.value, "message": one.message} for one in self.warnings(now)],
            "citations": [one.to_json() for one in self.citations],
            "observations": [
                {**seen.to_json(), "verdict": then.verdict.value, "reason": then.reason}
                for seen, then in zip(self.observations, self.timeline(), strict=True)
            ],
        }


def last_good(link: StoredLink, near: datetime | None, policy: Policy = DEFAULT_POLICY) -> Observation | None:
    """The page as it was seen well, nearest to a moment; None where it never was, or nothing was kept of its words."""
    line = link.timeline(policy)
    good = [
        seen
        for seen, judged in zip(link.observations, line, strict=True)
        if judged.verdict in (Verdict.LIVE, Verdict.REDIRECTED) and (seen.fingerprint or seen.sha256)
    ]
    if near is None:
        return good[-1] if good else None
    return min(good, key=lambda seen: abs(seen.observed_at - near), default=None)


def wanted_days(citations: Iterable[LinkCitation]) -> dict[str, Period | None]:
    """The days of which copies are wanted: when authors read the page, else those of the copies that they name.

    Of a copy the moment in its address counts, and where that states none, the day that is printed.

    Returns:
        Each as it is stated, with the time that it means; "" (with None) alone where no citation states any: the
        newest copy.
    """
    listed = list(citations)
    stamped = {
        _place(one): period
        for one in listed
        if one.memento_time and (period := period_of_stamp(one.memento_time)) is not None
    }
    found: dict[str, Period | None] = {}
    for citation in listed:
        copied = stamped.get(_place(citation)) or period_of_text(citation.archive_date or "")
        period = period_of_day(citation.accessed) or copied
        if period is not None:
            found[str(period)] = period
    return found or {"": None}


def days_read(citations: Iterable[LinkCitation]) -> list[str]:
    """The days on which authors say that they read the page, each once."""
    periods = (period_of_day(one.accessed) for one in citations)
    return list(dict.fromkeys(str(period) for period in periods if period is not None))


def _place(citation: LinkCitation) -> tuple[str, str | None, tuple[str, ...]]:
    return citation.document, citation.note, citation.keys


def mementos_of(connection: Connection, links: Sequence[StoredLink]) -> dict[int, list[StoredMemento]]:
    """The archived copies of these links, by the link's id; at most a few hundred links at a time."""
    by_id = {link.id: link for link in links}
    rows = connection.execute(select(mementos).where(mementos.c.link_id.in_(by_id)).order_by(mementos.c.id)).all()
    seen: dict[int, list[Observation]] = {}
    chosen = observations.c
    query = select(observations).where(chosen.link_id.in_(by_id), chosen.memento_id.is_not(None)).order_by(chosen.id)
    for row in connection.execute(query):
        seen.setdefault(row.memento_id, []).append(observation_of(row))
    looked = lookups.c
    wanted: dict[int, dict[str, None]] = {}
    for row in connection.execute(
        select(looked.memento_id, looked.wanted)
        .where(looked.link_id.in_(by_id), looked.memento_id.is_not(None))
        .order_by(looked.id)
    ):
        wanted.setdefault(row.memento_id, {})[row.wanted] = None
    found: dict[int, list[StoredMemento]] = {}
    for row in rows:
        memento = Memento(
            row.archive,
            row.url,
            row.original,
            datetime.fromisoformat(row.memento_time) if row.memento_time else None,
            FoundBy(row.found_by),
            row.status,
            row.media_type,
            row.digest,
        )
        stored = StoredMemento(
            row.id, by_id[row.link_id], memento, tuple(seen.get(row.id, ())), tuple(wanted.get(row.id, ()))
        )
        found.setdefault(row.link_id, []).append(stored)
    return found


def settled_lookups(
    connection: Connection, links: Sequence[int], since: datetime | None, bad: Iterable[StoredMemento] = ()
) -> set[tuple[int, str]]:
    """Links and days for which all archives answered since then.

    Args:
        connection: that reads.
        links: their ids.
        since: then; None: nothing is settled.
        bad: copies that are known to be bad; where one of them was found and nothing was asked since it was known,
            another is looked for.
    """
    if since is None:
        return set()
    looked = lookups.c
    query = select(looked.link_id, looked.wanted, looked.troubles, looked.memento_id, looked.asked_at).where(
        looked.link_id.in_(links), looked.asked_at >= iso(since)
    )
    bad_since = {one.id: iso(first) for one in bad if (first := one.bad_since) is not None}
    return {
        (row.link_id, row.wanted)
        for row in connection.execute(query)
        if not row.troubles and row.asked_at >= bad_since.get(row.memento_id, "")
    }


def archives_due(connection: Connection, before: datetime | None) -> list[str]:
    """The archives that have copies which were not looked at since `before`."""
    query = select(mementos.c.archive).distinct().where(*_due(before)).order_by(mementos.c.archive)
    return list(connection.execute(query).scalars())


def number_due(connection: Connection, before: datetime | None) -> tuple[int, int]:
    """How many copies were not looked at since `before`, and how many there are."""
    counted = select(func.count()).select_from(mementos)
    due: int = connection.execute(counted.where(*_due(before))).scalar_one()
    return due, connection.execute(counted).scalar_one()


def next_of_archive(
    connection: Connection, archive: str, *, after: int, before: datetime | None, size: int
) -> list[tuple[int, str]]:
    """The next copies in an archive behind the id `after` that were not looked at since `before`: ids and addresses."""
    table = mementos.c
    query = (
        select(table.id, table.url)
        .where(table.archive == archive, table.id > after, *_due(before))
        .order_by(table.id)
        .limit(size)
    )
    return [(row.id, row.url) for row in connection.execute(query)]


def latest_of_mementos(connection: Connection, ids: Sequence[int]) -> dict[int, Observation]:
    """The latest observation of each of these copies that read some content."""
    seen = observations.c
    newest = (
        select(func.max(seen.id)).where(seen.memento_id.in_(ids), seen.sha256.is_not(None)).group_by(seen.memento_id)
    )
    rows = connection.execute(select(observations).where(seen.id.in_(newest)))
    return {row.memento_id: observation_of(row) for row in rows}


def link_of(connection: Connection, memento: int) -> int:
    """The id of the link that it is a copy of."""
    found: int = connection.execute(select(mementos.c.link_id).where(mementos.c.id == memento)).scalar_one()
    return found


def capture_of(connection: Connection, memento: int) -> StoredCapture | None:
    """Where the local capture lies that a memento is."""
    from citekit.archive.capturing import StoredCapture

    table = captures.c
    row = connection.execute(select(captures).where(table.memento_id == memento).order_by(table.id.desc())).first()
    if row is None:
        return None
    return StoredCapture(
        row.file, row.record_id, row.byte_offset, row.payload_digest, row.sha256, row.status, row.target_url
    )


def _page(memento: Memento) -> str:
    return page_of(memento.original)


def _due(before: datetime | None) -> list[Any]:
    if before is None:
        return []
    seen = observations.c
    return [~exists().where(seen.memento_id == mementos.c.id, seen.observed_at >= iso(before))]
