"""Searching a store: works, citations, notes and documents that hold all words of a query, best first.

Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, case, func, select, true

from citekit.model import Item, Span
from citekit.store import reading, search_statements, tables
from citekit.store.link_tables import link_citations
from citekit.store.search_query import Query, read_query
from citekit.store.search_snippets import Snippet, cut, of_citations, of_work
from citekit.store.search_statements import Filters, Ranked
from citekit.store.search_tables import search_passages, work_facets
from citekit.store.search_text import placed_words

__all__ = ["DEFAULT_KINDS", "Filters", "Hit", "Kind", "Query", "Results", "Snippet", "search"]

_CANDIDATES = 2000  # passages looked through for single citations
_AT_ONCE = 100


class Kind(StrEnum):
    """What can be found."""

    WORK = "work"
    CITATION = "citation"
    NOTE = "note"
    DOCUMENT = "document"


DEFAULT_KINDS = (Kind.WORK, Kind.DOCUMENT)
"""Notes and citations are words of documents, and lead to works."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds all words.

    Attributes:
        kind: what it is.
        score: higher is better, among records of one kind.
        snippets: where the words are.
        works: keys of the work, or of the works that the citation or note cites.
        item: the work's CSL-JSON item; None for other kinds.
        document: where a citation, a note or a passage stands; None for a work.
        note: the note's label as printed; None where there is none.
        span: its place in the document's text; None for a work, and for a document found by its name.
        confidence: of a citation.
    """

    kind: Kind
    score: float
    snippets: tuple[Snippet, ...]
    works: tuple[str, ...] = ()
    item: Item | None = None
    document: str | None = None
    note: str | None = None
    span: Span | None = None
    confidence: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit search --json` prints."""
        shown: dict[str, Any] = {"kind": self.kind.value, "score": round(self.score, 3)}
        if self.kind is Kind.WORK:
            shown |= {"key": self.works[0], "item": dict(self.item or {})}
        else:
            shown |= {"document": self.document, "note": self.note, "span": list(self.span) if self.span else None}
            shown["works"] = list(self.works)
        if self.confidence is not None:
            shown["confidence"] = round(self.confidence, 3)
        return {**shown, "snippets": [snippet.to_json() for snippet in self.snippets]}


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    Attributes:
        query: the query as it was understood.
        hits: kind by kind, the best of each first.
        found: how many records of each kind fit; of documents, how many passages, or (without a word) documents.
        more: the kinds of which only the first were counted, and more may fit.
        documents: in how many documents those passages are.
    """

    query: Query
    hits: tuple[Hit, ...]
    found: dict[Kind, int]
    more: frozenset[Kind]
    documents: int = 0

    def marks(self, words: str) -> list[tuple[int, int]]:
        """The places in `words` that the query asks for, in order, none over another."""
        return cut(words, self.query.wanted, width=None).spans()


def search(
    connection: Connection,
    query: str,
    *,
    kinds: Collection[Kind] = DEFAULT_KINDS,
    filters: Filters | None = None,
    limit: int = 20,
) -> Results:
    """Find the records that hold all words of `query` (`citekit.store.search_query`) and pass the filters.

    Without a word, all that pass the filters are listed.

    Args:
        connection: in a transaction.
        query: as typed.
        kinds: what is looked for.
        filters: what is asked for beside words.
        limit: the most hits of each kind.
    """
    read, wanted = read_query(query), filters or Filters()
    hits: list[Hit] = []
    found: dict[Kind, int] = {}
    more: set[Kind] = set()
    documents = 0
    for kind in Kind:
        if kind in kinds and (read.wanted or wanted):
            ranked, shown = _FINDERS[kind](connection, read, wanted, limit)
            hits += shown
            found[kind] = ranked.found
            more |= {kind} if ranked.more else set()
            documents = ranked.documents if kind is Kind.DOCUMENT else documents
    return Results(read, tuple(hits), found, frozenset(more), documents)


def _works(connection: Connection, query: Query, filters: Filters, limit: int) -> tuple[Ranked, list[Hit]]:
    ranked = search_statements.works(connection, query, filters, limit)
    items = reading.items_of(connection, [id_ for id_, _ in ranked.rows])
    hits = []
    for id_, score in ranked.rows:
        item = items[id_]
        own, rest = of_work(item, query.wanted)
        cited = of_citations(connection, id_, rest) if rest else ()
        hits.append(Hit(Kind.WORK, score, (*own, *cited), (item["id"],), item))
    return ranked, hits


def _notes(connection: Connection, query: Query, filters: Filters, limit: int) -> tuple[Ranked, list[Hit]]:
    ranked = search_statements.passages(connection, query, filters, limit, notes_only=True)
    return ranked, _passages(connection, Kind.NOTE, query, ranked)


def _documents(connection: Connection, query: Query, filters: Filters, limit: int) -> tuple[Ranked, list[Hit]]:
    ranked = search_statements.passages(connection, query, filters, limit, notes_only=False)
    return ranked, _passages(connection, Kind.DOCUMENT, query, ranked)


def _passages(connection: Connection, kind: Kind, query: Query, ranked: Ranked) -> list[Hit]:
    rows = {row.id: row for row in _passage_rows(connection, [id_ for id_, _ in ranked.rows])}
    notes = [row.note_id for row in rows.values() if row.note_id is not None]
    cited = _keys(connection, tables.citations.c.note_id, notes)
    hits = []
    for id_, score in ranked.rows:
        row = rows[id_]
        whole = row.words if row.words is not None else row.source
        span = Span(row.span_start, row.span_end) if row.span_start is not None else None
        snippet = cut(whole, query.wanted)
        works = tuple(cited.get(row.note_id, ()))
        hits.append(Hit(kind, score, (snippet,), works, document=row.source, note=row.label, span=span))
    return hits


def _passage_rows(connection: Connection, ids: Sequence[int]) -> Sequence[Any]:
    """Passages with the words as printed; a document's name has none and is found in its source."""
    passages, documents, notes = search_passages.c, tables.documents.c, tables.notes.c
    printed = func.substr(documents.text, passages.span_start + 1, passages.span_end - passages.span_start)
    words = case((passages.note_id.is_not(None), notes.text), (passages.span_start.is_not(None), printed))
    return connection.execute(
        select(
            passages.id,
            passages.note_id,
            passages.span_start,
            passages.span_end,
            documents.source,
            notes.label,
            words.label("words"),
        )
        .join(tables.documents, documents.id == passages.document_id)
        .join(tables.notes, notes.id == passages.note_id, isouter=True)
        .where(passages.id.in_(ids))
    ).all()


def _citations(connection: Connection, query: Query, filters: Filters, limit: int) -> tuple[Ranked, list[Hit]]:
    """Citations whose own words fit: looked for in the passages that hold the words."""
    wanted = Query(query.wanted)
    candidates = search_statements.passages(connection, wanted, filters, _CANDIDATES, notes_only=False, cited_only=True)
    best: list[tuple[Row[Any], float]] = []
    found = 0
    for start in range(0, len(candidates.rows), _AT_ONCE):
        portion = dict(candidates.rows[start : start + _AT_ONCE])
        for row in _citations_in(connection, list(portion), filters):
            words = placed_words(row.text)
            if query.wanted and not query.holds(words):
                continue
            found += 1
            if len(best) < limit:
                best.append((row, portion[row.passage]))
        if found > limit:
            break
    more = found > limit or candidates.found > len(candidates.rows)
    cited = _keys(connection, tables.citations.c.id, [row.id for row, _ in best])
    hits = [_citation_hit(row, query, score, cited.get(row.id, ())) for row, score in best]
    return Ranked([], found, more), hits


def _citation_hit(row: Row[Any], query: Query, score: float, works: Sequence[str]) -> Hit:
    span = Span(row.span_start, row.span_end)
    snippet = cut(row.text, query.wanted)
    return Hit(Kind.CITATION, score, (snippet,), tuple(works), None, row.source, row.label, span, row.confidence)


def _citations_in(connection: Connection, ids: Sequence[int], filters: Filters) -> Iterator[Any]:
    """The citations of passages, best passage first, that pass the filters themselves."""
    passages, citations, documents, notes = search_passages.c, tables.citations.c, tables.documents.c, tables.notes.c
    below = citations.confidence < filters.below_confidence if filters.below_confidence is not None else true()
    rows = connection.execute(
        select(
            passages.id.label("passage"), citations.id, citations.text, citations.span_start, citations.span_end,
            citations.confidence, documents.source, notes.label,
        )
        .join(
            tables.citations,
            (citations.document_id == passages.document_id)
            & citations.note_id.is_not_distinct_from(passages.note_id)
            & (citations.span_start >= passages.span_start)
            & (citations.span_start < passages.span_end),
        )
        .join(tables.documents, documents.id == citations.document_id)
        .join(tables.notes, notes.id == citations.note_id, isouter=True)
        .where(passages.id.in_(ids), below)
    ).all()  # fmt: skip
    order = {id_: place for place, id_ in enumerate(ids)}
    allowed = _passing(connection, [row.id for row in rows], filters)
    yield from (row for row in sorted(rows, key=lambda row: (order[row.passage], row.span_start)) if row.id in allowed)


def _passing(connection: Connection, citations: Sequence[int], filters: Filters) -> set[int]:
    """Those of `citations` that cite a work of the years and type asked for and have the address asked for."""
    allowed = set(citations)
    if filters.years is not None or filters.type is not None:
        cited, memberships = tables.citation_works.c, tables.memberships.c
        query = (
            select(cited.citation_id)
            .join(tables.memberships, memberships.document_work_id == cited.document_work_id)
            .join(work_facets, work_facets.c.work_id == memberships.work_id)
            .where(cited.citation_id.in_(citations))
        )
        if filters.type is not None:
            query = query.where(work_facets.c.type == filters.type)
        first, last = filters.years or (None, None)
        if first is not None:
            query = query.where(work_facets.c.last_year >= first)
        if last is not None:
            query = query.where(work_facets.c.first_year <= last)
        allowed &= set(connection.execute(query).scalars())
    if filters.has_url:
        stated = link_citations.c
        query = select(stated.citation_id).where(stated.citation_id.in_(citations), stated.role != "doi")
        allowed &= set(connection.execute(query).scalars())
    return allowed


def _keys(connection: Connection, column: Any, values: Sequence[int]) -> dict[int, list[str]]:
    """The keys of the works that citations cite, under the citations' `column` (their id or note)."""
    if not values:
        return {}
    citations, cited, memberships = tables.citations.c, tables.citation_works.c, tables.memberships.c
    works, keys = tables.works.c, tables.citation_keys.c
    rows = connection.execute(
        select(column.label("of"), keys.key)
        .select_from(tables.citations)
        .join(tables.citation_works, cited.citation_id == citations.id)
        .join(tables.memberships, memberships.document_work_id == cited.document_work_id)
        .join(tables.works, works.id == memberships.work_id)
        .join(tables.citation_keys, keys.id == works.citation_key_id)
        .where(column.in_(values))
        .order_by(citations.position, cited.position)
    )
    found: dict[int, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row.of, {})[row.key] = None
    return {of: list(listed) for of, listed in found.items()}


_FINDERS = {Kind.WORK: _works, Kind.CITATION: _citations, Kind.NOTE: _notes, Kind.DOCUMENT: _documents}
