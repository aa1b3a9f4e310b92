"""What a store tells of its links: who cites them, what was seen at them. Takes a connection and never commits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, select

from citekit.archive.exchange import FailureKind
from citekit.archive.mementos import period_of_day
from citekit.archive.observation import Observation
from citekit.archive.policy import DEFAULT_POLICY, Judgement, Policy, Reference, judge, timeline
from citekit.archive.urls import LinkKind
from citekit.model import Item
from citekit.store import tables
from citekit.store.link_references import references_of
from citekit.store.link_tables import link_citations, links, observations
from citekit.store.observing import observation_of

__all__ = [
    "LinkCitation",
    "StoredLink",
    "all_links",
    "hosts",
    "latest_with_content",
    "links_by_id",
    "next_of_host",
    "number_due",
]

_AT_ONCE = 400  # links held in memory together, with all that was seen at them


@dataclass(frozen=True, slots=True)
class LinkCitation:
    """A citation that states a link.

    Attributes:
        document: path or address of the document.
        note: label of the note, as printed; None without label, or in running text.
        keys: citation keys of the works that it cites.
        role: "url": the resource; "archive-url": a copy of it; "doi".
        printed: the address as printed.
        memento: the archive's address, where the printed one is an archive's.
        memento_time: the digits of YYYYMMDDhhmmss that this address states.
        accessed: CSL date on which its author read the page; None where it states none.
        archive_date: EDTF date at which it says that the copy was made; None where it states none.
    """

    document: str
    note: str | None
    keys: tuple[str, ...]
    role: str
    printed: str
    memento: str | None
    memento_time: str | None
    accessed: Mapping[str, Any] | None
    archive_date: str | None

    def to_json(self) -> dict[str, Any]:
        """The shape of the JSON schema (docs/schema/links.json)."""
        return {
            "document": self.document,
            "note": self.note,
            "works": list(self.keys),
            "role": self.role,
            "printed": self.printed,
            "memento": self.memento,
            "memento_time": self.memento_time,
            "accessed": dict(self.accessed) if self.accessed else None,
            "archive_date": self.archive_date,
        }


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link of the store.

    Attributes:
        id: of its row.
        kind: what its address is.
        url: cleaned and unwrapped, as it is asked for.
        canonical: the same for all addresses that mean this page.
        host: that is asked; empty where nothing can be asked.
        citations: all that state it, in the order of adding.
        observations: what was seen at it, the oldest first.
        references: good archived copies of it, the one that its citations mean first.
    """

    id: int
    kind: LinkKind
    url: str
    canonical: str
    host: str
    citations: tuple[LinkCitation, ...] = ()
    observations: tuple[Observation, ...] = ()
    references: tuple[Reference, ...] = ()

    def judgement(self, policy: Policy = DEFAULT_POLICY) -> Judgement:
        """The verdict that follows from what was seen."""
        return judge(self.observations, kind=self.kind, references=self.references, policy=policy)

    def timeline(self, policy: Policy = DEFAULT_POLICY) -> list[Judgement]:
        """The verdict after each observation."""
        return timeline(self.observations, kind=self.kind, references=self.references, policy=policy)

    def to_json(self) -> dict[str, Any]:
        """The shape of the JSON schema (docs/schema/links.json)."""
        return {
            "url": self.url,
            "canonical": self.canonical,
            "kind": self.kind.value,
            "citations": [citation.to_json() for citation in self.citations],
        }


def all_links(connection: Connection, *, after: int, size: int = _AT_ONCE) -> list[StoredLink]:
    """The next `size` cited links behind the id `after`, with citations and observations."""
    chosen = select(links).where(_is_cited(), links.c.id > after).order_by(links.c.id).limit(size)
    return _stored(connection, connection.execute(chosen).all())


def links_by_id(connection: Connection, ids: Sequence[int]) -> list[StoredLink]:
    """These links, in the order of their ids; at most a few hundred at a time."""
    return _stored(connection, connection.execute(select(links).where(links.c.id.in_(ids)).order_by(links.c.id)).all())


def hosts(connection: Connection, before: datetime | None, *, refused: bool = False) -> list[str]:
    """The hosts of cited links that were not looked at since `before`; "" for links that need no host."""
    query = select(links.c.host).distinct().where(_is_cited(), *_due(before, refused=refused)).order_by(links.c.host)
    return list(connection.execute(query).scalars())


def number_due(
    connection: Connection, before: datetime | None, only: Collection[int] | None, *, refused: bool = False
) -> tuple[int, int]:
    """How many cited links were not looked at since `before`, and how many there are at all (of `only`)."""
    if only is not None:
        listed = select(links.c.id).where(_is_cited(), *_due(before, refused=refused))
        return len(set(connection.execute(listed).scalars()) & set(only)), len(only)
    counted = select(func.count()).select_from(links)
    due = connection.execute(counted.where(_is_cited(), *_due(before, refused=refused))).scalar_one()
    return due, connection.execute(counted.where(_is_cited())).scalar_one()


def next_of_host(
    connection: Connection, host: str, *, after: int, before: datetime | None, size: int, refused: bool = False
) -> list[tuple[int, str]]:
    """The next links of a host behind the id `after` that were not looked at since `before`: ids and addresses."""
    query = (
        select(links.c.id, links.c.url)
        .where(_is_cited(), links.c.host == host, links.c.id > after, *_due(before, refused=refused))
        .order_by(links.c.id)
        .limit(size)
    )
    return [(row.id, row.url) for row in connection.execute(query)]


def latest_with_content(connection: Connection, ids: Sequence[int]) -> dict[int, Observation]:
    """The latest observation of each of these links that read some content."""
    seen = observations.c
    newest = (
        select(func.max(seen.id))
        .where(seen.link_id.in_(ids), seen.memento_id.is_(None), seen.sha256.is_not(None))
        .group_by(seen.link_id)
    )
    rows = connection.execute(select(observations).where(seen.id.in_(newest)))
    return {row.link_id: observation_of(row) for row in rows}


def _is_cited() -> Any:
    return exists().where(link_citations.c.link_id == links.c.id)


def _due(before: datetime | None, *, refused: bool) -> list[Any]:
    """Not looked at since `before`; with `refused` a look that the guard of private addresses refused is none."""
    if before is None:
        return []
    seen = observations.c
    later = [seen.observed_at >= before.isoformat(timespec="microseconds")]
    if refused:
        later.append(seen.failure.is_distinct_from(FailureKind.UNSAFE.value))
    return [~exists().where(seen.link_id == links.c.id, seen.memento_id.is_(None), *later)]


def _stored(connection: Connection, rows: Sequence[Row[Any]]) -> list[StoredLink]:
    ids = [row.id for row in rows]
    stated = _citations(connection, ids)
    seen = _observations(connection, ids)
    read = {
        link: [period for one in cited if (period := period_of_day(one.accessed))] for link, cited in stated.items()
    }
    copies = references_of(connection, rows, {link: min(periods) for link, periods in read.items() if periods})
    return [
        StoredLink(
            row.id,
            LinkKind(row.kind),
            row.url,
            row.canonical,
            row.host,
            tuple(stated.get(row.id, ())),
            tuple(seen.get(row.id, ())),
            tuple(copies.get(row.id, ())),
        )
        for row in rows
    ]


def _observations(connection: Connection, ids: Sequence[int]) -> dict[int, list[Observation]]:
    """What was seen at these links themselves, the oldest first."""
    seen = observations.c
    query = select(observations).where(seen.link_id.in_(ids), seen.memento_id.is_(None)).order_by(seen.id)
    found: dict[int, list[Observation]] = {}
    for row in connection.execute(query):
        found.setdefault(row.link_id, []).append(observation_of(row))
    return found


def _citations(connection: Connection, ids: Sequence[int]) -> dict[int, list[LinkCitation]]:
    stated, cited, noted, read = link_citations.c, tables.citations.c, tables.notes.c, tables.documents.c
    query: Select[Any] = (
        select(link_citations, cited.item, noted.label, read.source)
        .join(tables.citations, cited.id == stated.citation_id)
        .join(tables.documents, read.id == cited.document_id)
        .outerjoin(tables.notes, noted.id == cited.note_id)
        .where(stated.link_id.in_(ids))
        .order_by(cited.document_id, cited.position, stated.id)
    )
    rows = connection.execute(query).all()
    keys = _keys(connection, [row.citation_id for row in rows])
    found: dict[int, list[LinkCitation]] = {}
    for row in rows:
        item: Item = row.item
        found.setdefault(row.link_id, []).append(
            LinkCitation(
                document=row.source,
                note=row.label,
                keys=tuple(keys.get(row.citation_id, ())),
                role=row.role,
                printed=row.url,
                memento=row.memento,
                memento_time=row.memento_time,
                accessed=item.get("accessed"),
                archive_date=(item.get("custom") or {}).get("archive-date"),
            )
        )
    return found


def _keys(connection: Connection, citations: Sequence[int]) -> dict[int, list[str]]:
    """The keys of the works that citations cite."""
    found: dict[int, list[str]] = {}
    cited, kept, works, keys = tables.citation_works.c, tables.memberships.c, tables.works.c, tables.citation_keys.c
    for chosen in _batches(list(dict.fromkeys(citations))):
        query = (
            select(cited.citation_id, keys.key)
            .join(tables.memberships, kept.document_work_id == cited.document_work_id)
            .join(tables.works, works.id == kept.work_id)
            .join(tables.citation_keys, keys.id == works.citation_key_id)
            .where(cited.citation_id.in_(chosen))
            .order_by(cited.citation_id, cited.position)
        )
        for row in connection.execute(query):
            if row.key not in (listed := found.setdefault(row.citation_id, [])):
                listed.append(row.key)
    return found


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
