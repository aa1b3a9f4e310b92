# ruff: noqa: S608 - the words of SQL are ours, whatever a user typed is bound to a parameter
"""The statements of a search, for SQLite's FTS5: which works and passages fit, best first.

Each statement takes the first `_CAP` records that fit and ranks these: ranking all that hold a frequent word would
cost more than anybody wins by it. Words of the work itself are looked for before the words of notes that cite it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from citekit.store.facets import document_name
from citekit.store.search_query import Query
from citekit.store.search_text import fold

__all__ = ["Filters", "Ranked", "passages", "works"]

OWN = "title names published key"
CITED = f"{OWN} cited"
_WEIGHTS = "10.0, 6.0, 3.0, 8.0, 1.0, 0.5"  # of title, names, published, key, cited, noted
_CAP = 5000


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for beside words; None asks for nothing.

    Attributes:
        years: first and last year, each may be None; of the work, or of one that a passage cites.
        type: a CSL type, of the same.
        language: BCP 47, "de" for "de-AT" too: the one that a work's item states, or a passage's document is in.
        document: a document's path, its name, or the end of its path.
        has_url: with a web address.
        below_confidence: with a citation that was read with less confidence.
    """

    years: tuple[int | None, int | None] | None = None
    type: str | None = None
    language: str | None = None
    document: str | None = None
    has_url: bool = False
    below_confidence: float | None = None

    def __bool__(self) -> bool:
        return self != Filters()


class Ranked(NamedTuple):
    """Ids of records, best first, their scores (higher is better), and how many fit (`more`: at least as many).

    Of passages, in how many documents.
    """

    rows: list[tuple[int, float]]
    found: int
    more: bool
    documents: int = 0


def works(connection: Connection, query: Query, filters: Filters, limit: int) -> Ranked:
    """The works that fit: those whose own fields hold all words, then those that do with what cites them.

    A work of which only its neighbours in a note hold words is not meant.
    """
    where, values = _of_work(connection, filters, "f.work_id")
    if not query.wanted:
        listed = (
            f"SELECT f.work_id AS id, NULL AS document, 0.0 AS score FROM work_facets AS f WHERE {where} LIMIT {_CAP}"
        )
        return _ranked(connection, listed, values, limit)
    matched = (
        f"SELECT f.work_id AS id, NULL AS document, -bm25(search_works_fts, {_WEIGHTS}) AS score FROM search_works_fts "
        f"CROSS JOIN work_facets AS f ON f.work_id = search_works_fts.rowid "
        f"WHERE search_works_fts MATCH :query AND {where} LIMIT {_CAP}"
    )
    own = _ranked(connection, matched, {**values, "query": query.expression(OWN)}, limit)
    if len(own.rows) >= limit:
        return own
    every = _ranked(
        connection, matched, {**values, "query": query.expression(without=OWN, some=CITED)}, limit + len(own.rows)
    )
    known = {id_ for id_, _ in own.rows}
    rows = own.rows + [(id_, score) for id_, score in every.rows if id_ not in known]
    return Ranked(rows[:limit], every.found, every.more)


def passages(
    connection: Connection, query: Query, filters: Filters, limit: int, *, notes_only: bool, cited_only: bool = False
) -> Ranked:
    """The passages that fit: of all text, of notes only, or only those in which something is cited."""
    where, values = _of_passage(connection, filters, cited=cited_only)
    if notes_only:
        where += " AND p.note_id IS NOT NULL"
    if not query.wanted:
        if not notes_only and not cited_only:
            where += " AND p.span_start IS NULL"  # each document once, by its name
        columns = "p.id AS id, p.document_id AS document, 0.0 AS score"
        listed = f"SELECT {columns} FROM search_passages AS p WHERE {where} LIMIT {_CAP}"
        return _ranked(connection, listed, values, limit)
    matched = (
        "SELECT p.id AS id, p.document_id AS document, -bm25(search_passages_fts) AS score FROM search_passages_fts "
        "CROSS JOIN search_passages AS p ON p.id = search_passages_fts.rowid "
        f"WHERE search_passages_fts MATCH :query AND {where} LIMIT {_CAP}"
    )
    return _ranked(connection, matched, {**values, "query": query.expression()}, limit)


def _ranked(connection: Connection, inner: str, values: Mapping[str, Any], limit: int) -> Ranked:
    statement = text(
        f"WITH fitting AS ({inner}) SELECT id, score, count(*) OVER () AS found, "
        "(SELECT count(DISTINCT document) FROM fitting) AS documents FROM fitting ORDER BY score DESC, id LIMIT :limit"
    )
    rows = connection.execute(statement, {**values, "limit": limit}).all()
    found, documents = (rows[0].found, rows[0].documents) if rows else (0, 0)
    return Ranked([(row.id, row.score) for row in rows], found, found >= _CAP, documents)


def _of_work(connection: Connection, filters: Filters, work: str) -> tuple[str, dict[str, Any]]:
    clauses, values = ["1"], dict[str, Any]()
    _add_facets(filters, clauses, values)
    if filters.language is not None:
        clauses.append("(f.language = :language OR f.language LIKE :languages)")
        values |= {"language": filters.language, "languages": f"{filters.language}-%"}
    if filters.document is not None:
        chosen = _documents(connection, filters.document)
        clauses.append(
            "EXISTS (SELECT 1 FROM memberships AS m JOIN document_works AS d ON d.id = m.document_work_id "
            f"WHERE m.work_id = {work} AND d.document_id IN ({chosen}))"
        )
    cited = (
        "EXISTS (SELECT 1 FROM memberships AS m JOIN citation_works AS w ON w.document_work_id = m.document_work_id "
        "JOIN citations AS c ON c.id = w.citation_id {more} "
        f"WHERE m.work_id = {work}{{and_}})"
    )
    if filters.has_url:
        item = f"SELECT 1 FROM works AS own WHERE own.id = {work} AND json_extract(own.item, '$.URL') IS NOT NULL"
        link = cited.format(more="JOIN link_citations AS l ON l.citation_id = c.id AND l.role != 'doi'", and_="")
        clauses.append(f"(EXISTS ({item}) OR {link})")
    if filters.below_confidence is not None:
        clauses.append(cited.format(more="", and_=" AND c.confidence < :confidence"))
        values["confidence"] = filters.below_confidence
    return " AND ".join(clauses), values


def _add_facets(filters: Filters, clauses: list[str], values: dict[str, Any]) -> None:
    if filters.years is not None:
        first, last = filters.years
        if first is not None:
            clauses.append("f.last_year >= :first")
            values["first"] = first
        if last is not None:
            clauses.append("f.first_year <= :last")
            values["last"] = last
        clauses.append("f.first_year IS NOT NULL")
    if filters.type is not None:
        clauses.append("f.type = :type")
        values["type"] = filters.type


def _of_passage(connection: Connection, filters: Filters, *, cited: bool) -> tuple[str, dict[str, Any]]:
    clauses, values = ["1"], dict[str, Any]()
    if filters.language is not None:
        clauses.append(
            "EXISTS (SELECT 1 FROM documents AS d WHERE d.id = p.document_id "
            "AND (d.language = :language OR d.language LIKE :languages))"
        )
        values |= {"language": filters.language, "languages": f"{filters.language}-%"}
    if filters.document is not None:
        clauses.append(f"p.document_id IN ({_documents(connection, filters.document)})")
    joins, conditions = "", list[str]()
    if filters.years is not None or filters.type is not None:
        joins += (
            " JOIN citation_works AS w ON w.citation_id = c.id JOIN memberships AS m "
            "ON m.document_work_id = w.document_work_id JOIN work_facets AS f ON f.work_id = m.work_id"
        )
        _add_facets(filters, conditions, values)
    if filters.has_url:
        joins += " JOIN link_citations AS l ON l.citation_id = c.id AND l.role != 'doi'"
    if filters.below_confidence is not None:
        conditions.append("c.confidence < :confidence")
        values["confidence"] = filters.below_confidence
    if joins or conditions or cited:
        more = "".join(f" AND {condition}" for condition in conditions)
        clauses.append(
            f"EXISTS (SELECT 1 FROM citations AS c{joins} WHERE c.document_id = p.document_id "
            f"AND c.note_id IS p.note_id AND c.span_start >= p.span_start AND c.span_start < p.span_end{more})"
        )
    return " AND ".join(clauses), values


def _documents(connection: Connection, named: str) -> str:
    """The ids of the documents that a user names, as a list for SQL: numbers of ours, nothing typed."""
    wanted = fold(named).split()
    rows = connection.execute(text("SELECT id, source FROM documents")).all()
    return ", ".join(str(row.id) for row in rows if _is_named(row.source, named, wanted))


def _is_named(source: str, named: str, wanted: list[str]) -> bool:
    """Whether a document is meant by its source, the end of its path, or words that follow each other in its name."""
    if source == named or source.endswith(f"/{named}"):
        return True
    return bool(wanted) and f" {' '.join(wanted)} " in f" {fold(document_name(source))} "
