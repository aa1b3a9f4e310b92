"""Keeping the search index in step: the words of works and passages. Functions here never commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from citekit.model import Span
from citekit.store import tables
from citekit.store.facets import document_name, facets, item_words
from citekit.store.passages import passages_between
from citekit.store.search_tables import insert_words, search_passages, search_works, work_facets
from citekit.store.search_text import GAP, fold

__all__ = ["index_document", "index_works", "optimise"]

_DOCUMENT, _NOTE = tables.documents.c, tables.notes.c
_FORGET = delete(search_passages).where(search_passages.c.document_id == bindparam("document"))
_TEXT = select(_DOCUMENT.source, _DOCUMENT.text).where(_DOCUMENT.id == bindparam("document"))
_NOTES = (
    select(_NOTE.id, _NOTE.parts, _NOTE.text, _NOTE.label_start, _NOTE.label_end, _NOTE.span_start, _NOTE.span_end)
    .where(_NOTE.document_id == bindparam("document"))
    .order_by(_NOTE.position)
)


def index_document(connection: Connection, document: int) -> None:
    """Bring the passages of a document in step with its text and notes."""
    chosen = {"document": document}
    connection.execute(_FORGET, chosen)
    row = connection.execute(_TEXT, chosen).one_or_none()
    if row is None:
        return
    rows = connection.execute(_NOTES, chosen).all()
    taken: list[Span] = []
    passages = [_passage(document, None, None, document_name(row.source))]
    for note in rows:
        taken += (Span(*part) for part in note.parts)
        if note.label_start is not None:
            taken.append(Span(note.label_start, note.label_end))
        passages.append(_passage(document, note.id, Span(note.span_start, note.span_end), note.text))
    passages += (
        _passage(document, None, span, row.text[span.start : span.end]) for span in passages_between(row.text, taken)
    )
    connection.execute(insert(search_passages), [passage for passage in passages if passage["text"]])
    insert_words(connection, search_passages, search_passages.c.document_id, [document])


def _passage(document: int, note: int | None, span: Span | None, text: str) -> dict[str, Any]:
    return {
        "document_id": document,
        "note_id": note,
        "span_start": span.start if span else None,
        "span_end": span.end if span else None,
        "text": fold(text),
    }


def index_works(connection: Connection, works: Collection[int]) -> None:
    """Bring the words and facets of works (a few hundred) in step with their items, keys and citations."""
    listed, keys = tables.works.c, tables.citation_keys.c
    rows = connection.execute(
        select(listed.id, listed.item, keys.key)
        .join(tables.citation_keys, keys.id == listed.citation_key_id)
        .where(listed.id.in_(works))
        .order_by(listed.id)
    ).all()
    if not rows:
        return
    aliases, cited = _aliases(connection, works), _cited(connection, works)
    words = [
        {
            "work_id": row.id,
            **item_words(row.item, {row.key, *aliases.get(row.id, ())}),
            **cited.get(row.id, {"cited": "", "noted": ""}),
        }
        for row in rows
    ]
    changed = _changed(connection, search_works, words)
    if changed:
        connection.execute(insert(search_works), changed)
        insert_words(connection, search_works, search_works.c.work_id, [row["work_id"] for row in changed])
    asked = _changed(connection, work_facets, [{"work_id": row.id, **facets(row.item)} for row in rows])
    if asked:
        connection.execute(insert(work_facets), asked)


def _changed(connection: Connection, table: Any, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of `rows` that the table does not have; what it has of their works instead is taken out."""
    wanted = {row["work_id"]: row for row in rows}
    of_works = select(table).where(table.c.work_id.in_(list(wanted)))
    known = {row.work_id: row._asdict() for row in connection.execute(of_works)}
    changed = {work: row for work, row in wanted.items() if known.get(work) != row}
    gone = [work for work in changed if work in known]
    if gone:
        connection.execute(delete(table).where(table.c.work_id.in_(gone)))
    return list(changed.values())


def _aliases(connection: Connection, works: Collection[int]) -> dict[int, list[str]]:
    """The keys under which the members of works were first known: a search for an old key finds the work."""
    memberships, keys = tables.memberships.c, tables.citation_keys.c
    rows = connection.execute(
        select(memberships.work_id, keys.key)
        .join(tables.citation_keys, keys.id == memberships.citation_key_id)
        .where(memberships.work_id.in_(works))
        .distinct()
        .order_by(memberships.work_id)
    )
    return {work: [row.key for row in group] for work, group in groupby(rows, key=_work)}


def _cited(connection: Connection, works: Collection[int]) -> dict[int, dict[str, str]]:
    """The words of the citations of each work, and of the notes that these stand in, each text once."""
    memberships, cited, citations, notes = (
        tables.memberships.c, tables.citation_works.c, tables.citations.c, tables.notes.c,
    )  # fmt: skip
    rows = connection.execute(
        select(memberships.work_id, citations.text, citations.note_id, notes.text.label("note"))
        .join(tables.citation_works, cited.document_work_id == memberships.document_work_id)
        .join(tables.citations, citations.id == cited.citation_id)
        .join(tables.notes, notes.id == citations.note_id, isouter=True)
        .where(memberships.work_id.in_(works))
        .order_by(memberships.work_id, citations.id)
    )
    found = {}
    for work, group in groupby(rows, key=_work):
        listed = list(group)
        said = dict.fromkeys(row.text for row in listed)
        beside = {row.note_id: row.note for row in listed if row.note_id is not None}
        noted = dict.fromkeys(beside.values())
        found[work] = {"cited": GAP.join(map(fold, said)), "noted": GAP.join(map(fold, noted))}
    return found


def _work(row: Any) -> int:
    return int(row.work_id)


def optimise(connection: Connection) -> None:
    """After much was written, merge the pieces of the full-text index into one each: searching is then faster."""
    for table in ("search_works_fts", "search_passages_fts"):
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - names of ours
