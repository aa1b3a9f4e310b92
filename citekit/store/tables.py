"""The tables of a store, as SQLAlchemy Core metadata; `migrations/` makes them, and a test holds the two equal.

What a document says (documents, notes, markers, citations, document_works) is written once for each version
of the document. What follows from it (works, memberships, candidate_keys) is derived and can be made again. The
citation keys are promises: a key once given stays in `citation_keys` for ever. The decisions of the user (events,
event_anchors, anchors) are the only other thing that cannot be made again.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    collate,
    column,
)

__all__ = [
    "JsonText",
    "anchor_keys",
    "anchors",
    "candidate_keys",
    "citation_keys",
    "citation_works",
    "citations",
    "document_works",
    "documents",
    "event_anchors",
    "events",
    "machine_keys",
    "markers",
    "memberships",
    "metadata",
    "notes",
    "reserved_candidates",
    "reserved_keys",
    "store_metadata",
    "work_parts",
    "works",
]

metadata = MetaData(
    # Without names from the first revision on, a later batch migration could not find a constraint to change it.
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as text: the same in every database, readable with any SQLite tool."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - the interface's
        """To JSON; None is SQL's null."""
        return None if value is None else _COMPACT.encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - the interface's
        """From JSON."""
        return None if value is None else json.loads(value)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, name: str, *, nullable: bool = False, ondelete: str = "CASCADE") -> Column[int]:
    """A column that refers to the id of a row of `table`."""
    return Column(name, Integer, ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable)


store_metadata = Table(
    "store_metadata",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the store says about itself: `citekit_version`, the version that made or last upgraded it; `backup_of`, the
store that it is an untouched copy of."""

documents = Table(
    "documents",
    metadata,
    _id(),
    Column("source", Text, nullable=False),  # identity: absolute path, URI, or the name that its user gave it
    Column("sha256", Text, nullable=False),  # version: digest of the source's bytes
    Column("media_type", Text, nullable=False),
    Column("encoding", Text),
    Column("language", Text),
    Column("citekit_version", Text, nullable=False),  # the version that read it
    Column("read_at", Text, nullable=False),  # ISO 8601, UTC
    Column("text", Text, nullable=False),  # all words: the spans below slice it
    Column("kind", Text, nullable=False, server_default="document"),  # or "import": a bibliography, record by record
    UniqueConstraint("source"),
)

notes = Table(
    "notes",
    metadata,
    _id(),
    _of("documents", "document_id"),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),  # the extraction's id: n1, n2 …
    Column("label", Text),
    Column("kind", Text, nullable=False),
    Column("label_start", Integer),
    Column("label_end", Integer),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("parts", JsonText, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("document_id", "position"),
    CheckConstraint("span_start <= span_end", name="span"),
)

markers = Table(
    "markers",
    metadata,
    _id(),
    _of("documents", "document_id"),
    _of("notes", "note_id", nullable=True),  # null: a marker whose note is missing
    Column("label", Text),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    CheckConstraint("span_start <= span_end", name="span"),
    Index(None, "document_id"),
    Index(None, "note_id"),
)

citations = Table(
    "citations",
    metadata,
    _id(),
    _of("documents", "document_id"),
    _of("notes", "note_id", nullable=True),  # null: a citation in running text
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),  # the extraction's id: c1, c2 …
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("parts", JsonText, nullable=False),
    Column("text", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("signal", Text),
    Column("locator_label", Text),
    Column("locator_value", Text),
    Column("item", JsonText, nullable=False),  # CSL-JSON: what this citation itself says
    Column("field_spans", JsonText, nullable=False),
    _of("citations", "antecedent_id", nullable=True, ondelete="SET NULL"),
    Column("resolution_method", Text),
    Column("resolution_confidence", Float),
    Column("alternatives", JsonText),  # names of citations of the same document
    Column("confidence", Float, nullable=False),
    UniqueConstraint("document_id", "position"),
    CheckConstraint("span_start <= span_end", name="span"),
    Index(None, "note_id"),
    Index(None, "antecedent_id"),
)

document_works = Table(
    "document_works",
    metadata,
    _id(),
    _of("documents", "document_id"),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),  # the extraction's id: w1, w2 …
    Column("item", JsonText, nullable=False),  # CSL-JSON: what this document's citations say together
    Column("incomplete", Boolean, nullable=False),
    UniqueConstraint("document_id", "position"),
)
"""The works as the reading of one document told them apart."""

citation_works = Table(
    "citation_works",
    metadata,
    _of("citations", "citation_id"),
    _of("document_works", "document_work_id"),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("citation_id", "document_work_id"),
    Index(None, "document_work_id"),
)

citation_keys = Table(
    "citation_keys",
    metadata,
    _id(),  # grows: the lower of two keys was given first
    Column("key", Text, nullable=False),
    UniqueConstraint("key"),
    Index("ix_citation_keys_folded", collate(column("key"), "NOCASE")),  # BibTeX knows no case in keys
)
"""Every key ever given; rows are never deleted, so that no key comes to mean another work."""

reserved_keys = Table(
    "reserved_keys",
    metadata,
    Column("citation_key_id", Integer, ForeignKey("citation_keys.id", ondelete="RESTRICT"), primary_key=True),
    Column("said", JsonText, nullable=False),  # CSL-JSON items: what its last works of documents said
    Column("source", Text, nullable=False),  # of the document that was the last to cite it
    Column("decided", Boolean, nullable=False),  # given under decisions, not by the machine alone
    # The key of the work that took over its citations; null: none did.
    _of("citation_keys", "heir_id", nullable=True, ondelete="RESTRICT"),
    Index(None, "heir_id"),
)
"""Keys whose work nothing cites any more, with what it said: when it comes back, so does its key."""

reserved_candidates = Table(
    "reserved_candidates",
    metadata,
    Column("citation_key_id", Integer, ForeignKey("reserved_keys.citation_key_id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),
    PrimaryKeyConstraint("citation_key_id", "key"),
    Index(None, "key"),
)
"""The matcher's blocking keys of what is kept of reserved keys."""

works = Table(
    "works",
    metadata,
    _id(),
    _of("citation_keys", "citation_key_id", ondelete="RESTRICT"),
    Column("item", JsonText, nullable=False),  # CSL-JSON: what all its members say together
    Column("incomplete", Boolean, nullable=False),
    UniqueConstraint("citation_key_id"),
)
"""The works across documents: groups of document_works."""

memberships = Table(
    "memberships",
    metadata,
    Column("document_work_id", Integer, ForeignKey("document_works.id", ondelete="CASCADE"), primary_key=True),
    _of("works", "work_id"),
    # The key under which this member was first known: when groups part again, each finds its own key here.
    _of("citation_keys", "citation_key_id", ondelete="RESTRICT"),
    Index(None, "work_id"),
    Index(None, "citation_key_id"),
)

candidate_keys = Table(
    "candidate_keys",
    metadata,
    _of("document_works", "document_work_id"),
    Column("key", Text, nullable=False),
    PrimaryKeyConstraint("document_work_id", "key"),
    Index(None, "key"),
)
"""The matcher's blocking keys: only document_works that share one can be the same work."""

machine_keys = Table(
    "machine_keys",
    metadata,
    Column("document_work_id", Integer, ForeignKey("document_works.id", ondelete="CASCADE"), primary_key=True),
    _of("citation_keys", "home_id", ondelete="RESTRICT"),  # under which it was first known
    _of("citation_keys", "citation_key_id", ondelete="RESTRICT"),  # which its group would carry
    Index(None, "home_id"),
    Index(None, "citation_key_id"),
)
"""The keys of the groups as they would be without any decision: what `undo` comes back to."""

work_parts = Table(
    "work_parts",
    metadata,
    Column("document_work_id", Integer, ForeignKey("document_works.id", ondelete="CASCADE"), primary_key=True),
    _of("document_works", "whole_id"),
    Index(None, "whole_id"),
)
"""Works of documents that the user divided: each part is a row of document_works too, behind those that were read.

While a whole is divided its parts have its citations (citation_works) and its memberships, and it has none."""

events = Table(
    "events",
    metadata,
    _id(),  # grows: the order in which decisions were made
    Column("kind", Text, nullable=False),  # merge, split, apart, later, edit, rename
    Column("made_at", Text, nullable=False),  # ISO 8601, UTC
    Column("payload", JsonText, nullable=False),
    Column("undone_at", Text),  # null: in force
)
"""The decisions of the user; rows are never deleted."""

anchors = Table(
    "anchors",
    metadata,
    _id(),
    Column("source", Text, nullable=False),  # the document's; it may have none of its rows left
    Column("label", Text),  # of the note; null: none printed, or running text
    Column("text", Text, nullable=False),  # the citation's words
    Column("before", Text, nullable=False),  # words around it
    Column("behind", Text, nullable=False),
    Column("place", Integer, nullable=False),  # which of the works that the citation cites, from 0
    _of("citations", "citation_id", nullable=True, ondelete="SET NULL"),  # null: orphaned
    Column("fit", Text),  # how it was found in the present version: same, text, similar; null: orphaned
    Index(None, "source"),
    Index(None, "citation_id"),
)
"""Citations that decisions are about, so described that they are found again in another version of the document."""

anchor_keys = Table(
    "anchor_keys",
    metadata,
    _of("anchors", "anchor_id"),
    _of("citation_keys", "citation_key_id", ondelete="RESTRICT"),
    PrimaryKeyConstraint("anchor_id", "citation_key_id"),
    Index(None, "citation_key_id"),
)
"""Keys given to works that decisions made out of others: when such a work comes again, so does its key."""

event_anchors = Table(
    "event_anchors",
    metadata,
    _of("events", "event_id", ondelete="RESTRICT"),
    Column("position", Integer, nullable=False),
    Column("side", Integer, nullable=False),  # which of the works that the decision is about, from 0
    _of("anchors", "anchor_id", ondelete="RESTRICT"),
    PrimaryKeyConstraint("event_id", "position"),
    Index(None, "anchor_id"),
)
