"""The tables of links, of what was seen at them, and of their archived copies.

`links` and `link_citations` follow from what was read. What was observed cannot be made again: rows of `observations`,
`mementos` and `captures` are never changed nor deleted, and a link that has any stays when nobody cites it any more.
Verdicts (live, dead …) are kept nowhere: `citekit.archive.policy` derives them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

from citekit.store.tables import JsonText, metadata

__all__ = ["archive_jobs", "captures", "link_citations", "links", "lookups", "mementos", "observations"]


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, name: str, *, nullable: bool = False, ondelete: str = "RESTRICT") -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable)


links = Table(
    "links",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),  # see citekit.archive.urls.LinkKind
    Column("url", Text, nullable=False),  # cleaned and unwrapped, as it is fetched
    Column("canonical", Text, nullable=False),  # what tells links apart
    Column("host", Text, nullable=False),  # empty where it has none; visits to one host are paced
    UniqueConstraint("canonical"),
    Index(None, "host", "id"),
)
"""Each address once, whoever cites it and however it is printed."""

link_citations = Table(
    "link_citations",
    metadata,
    _id(),
    _of("citations", "citation_id", ondelete="CASCADE"),
    _of("links", "link_id"),
    Column("role", Text, nullable=False),  # "url": the resource; "archive-url": a copy of it; "doi"
    Column("url", Text, nullable=False),  # as printed
    Column("memento", Text),  # the archive's address, cleaned, where the printed one is an archive's
    Column("memento_time", Text),  # digits of YYYYMMDDhhmmss that it states, at least the year
    UniqueConstraint("citation_id", "role"),
    Index(None, "link_id"),
    Index(None, "url"),
)
"""Which citation states which link, in which words."""

mementos = Table(
    "mementos",
    metadata,
    _id(),
    _of("links", "link_id"),
    Column("archive", Text, nullable=False),  # its name in the configuration; "local" for captures
    Column("url", Text, nullable=False),  # URI-M, RFC 7089
    Column("original", Text, nullable=False),  # URI-R: the address that the archive keeps it under
    Column("memento_time", Text),  # ISO 8601, UTC; null: the archive does not say
    Column("status", Integer),  # at the time of archiving; null: not said
    Column("media_type", Text),
    Column("digest", Text),  # as the archive's index states it
    Column("found_by", Text, nullable=False),  # printed, availability, cdx, timegate, timemap, save, capture
    Column("found_at", Text, nullable=False),  # ISO 8601, UTC
    UniqueConstraint("link_id", "url"),
)
"""Archived copies that somebody says there are; whether they are good, observations of them tell."""

observations = Table(
    "observations",
    metadata,
    _id(),  # grows: the order in which they were made
    _of("links", "link_id"),
    _of("mementos", "memento_id", nullable=True),  # null: the link itself was looked at
    Column("observed_at", Text, nullable=False),  # ISO 8601, UTC, when it began
    Column("url", Text, nullable=False),  # that was asked for
    Column("method", Text, nullable=False),  # of the request that decided: GET, HEAD; empty where nothing was asked
    Column("chain", JsonText, nullable=False),  # each request: url, method, status, location, address, seconds
    Column("status", Integer),  # of the last answer; null: none
    Column("final_url", Text),
    Column("failure", Text),  # see citekit.archive.exchange.FailureKind; null: an answer came
    Column("message", Text),  # of the failure
    Column("headers", JsonText, nullable=False),  # the telling ones, by name in small letters
    Column("media_type", Text),
    Column("length", Integer),  # bytes of the body that were read
    Column("truncated", Boolean, nullable=False),
    Column("sha256", Text),  # of the body; null: none, or cut off
    Column("title", Text),
    Column("fingerprint", Text),  # of the text, see citekit.archive.fingerprint; null: none was taken
    Column("signs", JsonText, nullable=False),  # what was noticed, see citekit.archive.signs
    Column("seconds", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("citekit_version", Text, nullable=False),
    Index(None, "link_id", "id"),
    Index(None, "memento_id"),
    Index(None, "observed_at"),
)
"""What was seen at a link, or at a memento of it, at one moment."""

captures = Table(
    "captures",
    metadata,
    _id(),
    _of("links", "link_id"),
    _of("mementos", "memento_id", nullable=True),  # under which it is listed
    Column("captured_at", Text, nullable=False),  # ISO 8601, UTC
    Column("file", Text, nullable=False),  # the WARC file, relative to the folder of the store
    Column("record_id", Text, nullable=False),  # WARC-Record-ID of the response
    Column("byte_offset", Integer, nullable=False),  # of that record in the file
    Column("byte_length", Integer, nullable=False),  # of the records of this capture
    Column("target_url", Text, nullable=False),  # WARC-Target-URI of the response
    Column("status", Integer, nullable=False),
    Column("media_type", Text),
    Column("payload_digest", Text, nullable=False),  # sha1:BASE32, WARC 1.1, 5.9
    Column("sha256", Text, nullable=False),  # of the payload
    UniqueConstraint("file", "record_id"),
    Index(None, "link_id"),
    Index(None, "memento_id"),
)
"""What citekit saved itself."""

lookups = Table(
    "lookups",
    metadata,
    _id(),  # grows: the order in which archives were asked
    _of("links", "link_id"),
    Column("wanted", Text, nullable=False),  # the day, month or year of the copy that was looked for; empty: the newest
    Column("asked_at", Text, nullable=False),  # ISO 8601, UTC
    _of("mementos", "memento_id", nullable=True),  # the closest; null: there was none
    Column("troubles", JsonText, nullable=False),  # by archive: what kept it from answering
    Index(None, "link_id"),
    Index(None, "memento_id"),
)
"""Which copy was the closest to the day that a citation states, when archives were asked."""

_OPEN = text("ended_at IS NULL")
# What is under way is not asked for a second time.
_ONE_UNDER_WAY = Index("uq_archive_jobs_open", "link_id", "archive", unique=True, sqlite_where=_OPEN)

archive_jobs = Table(
    "archive_jobs",
    metadata,
    _id(),
    _of("links", "link_id"),
    Column("archive", Text, nullable=False),  # the archive's name in the configuration
    Column("url", Text, nullable=False),  # to be saved
    # queued, submitting (sent, the answer is not known), submitted, archived, failed, given-up
    Column("state", Text, nullable=False),
    Column("created_at", Text, nullable=False),  # ISO 8601, UTC, as all times here
    Column("submitted_at", Text),
    Column("asked_at", Text),  # when its status was asked for last
    Column("not_before", Text),  # nothing is to be done before
    Column("ended_at", Text),
    Column("job", Text),  # the archive's own name of the job
    Column("attempts", Integer, nullable=False),  # submissions that the archive took
    Column("error", Text),  # status_ext, or a failure of the network
    Column("message", Text),
    _of("mementos", "memento_id", nullable=True),  # what came of it
    Index(None, "link_id"),
    Index(None, "memento_id"),
    Index(None, "state", "not_before"),
    _ONE_UNDER_WAY,
)
"""What archives were asked, or are to be asked, to save."""


@event.listens_for(archive_jobs, "before_create")
def _say_it_to_postgresql(_table: Table, connection: Connection, **_: Any) -> None:
    """Said beside `sqlite_where`, it would load SQLAlchemy's whole PostgreSQL with every start."""
    if connection.dialect.name == "postgresql":
        _ONE_UNDER_WAY.dialect_kwargs["postgresql_where"] = _OPEN
