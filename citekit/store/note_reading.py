"""The notes of a document as they are set anew: the author's words, and which work each citation cites.

Functions here take a connection and never commit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, select

from citekit.model import Locator, NoteKind
from citekit.store import reading, tables
from citekit.styles.printed import CitedWork, Piece, PrintedNote, Unresolved

__all__ = ["listed_works", "printed_notes"]

_BLANKS = re.compile(r"\s+")
_AT_ONCE = 400  # works asked for together; one IN (...) of SQLite takes 999 values at least

# A sign and a word in small letters; what follows a place in capitals can be a publisher or a town.
_OWN_WORDS = re.compile(r"\s{0,2}[,;:–—]\s{0,2}[^\W\d_A-Z]{2}|\s{0,2}[,;:–—]\s{0,2}a\s")
_YEAR = re.compile(r"\d{4}")


def printed_notes(connection: Connection, document: int) -> tuple[list[PrintedNote], list[dict[str, Any]]]:
    """The notes of a document in their order, and the items of the works that they cite.

    The entries of a reference list are none of them. A citation that could not be led to a work, or whose work nobody
    cites in full, is `Unresolved`.
    """
    notes = tables.notes.c
    chosen = select(notes.id, notes.label, notes.text, notes.parts).where(notes.document_id == document)
    rows = connection.execute(chosen.where(notes.kind != NoteKind.REFERENCE.value).order_by(notes.position)).all()
    cited: dict[int, list[Any]] = {}
    for row in _citations(connection, document):
        cited.setdefault(row.note_id, []).append(row)
    items = _items(connection, {row.work_id for listed in cited.values() for row in listed if row.work_id is not None})
    made = [PrintedNote(row.label, tuple(_pieces(row, cited.get(row.id, ()), items))) for row in rows]
    used = {piece.key for note in made for piece in note.pieces if isinstance(piece, CitedWork)}
    return made, [item for _, item in sorted(items.items()) if item["id"] in used]


def listed_works(connection: Connection, document: int | None) -> tuple[list[dict[str, Any]], list[str]]:
    """The items of the works that a document cites (of all works: None), and the keys of those without a full citation.

    Both in the order of their keys. A work that short forms alone name ("Rossi, op. cit.") has nothing to print.
    """
    works, members, table = tables.document_works.c, tables.memberships.c, tables.works.c
    query = select(table.id, table.incomplete)
    if document is not None:
        cited = (
            select(members.work_id)
            .join(tables.document_works, works.id == members.document_work_id)
            .where(works.document_id == document)
        )
        query = query.where(table.id.in_(cited))
    rows = connection.execute(query).all()
    whole = _items(connection, {row.id for row in rows if not row.incomplete})
    parts = _items(connection, {row.id for row in rows if row.incomplete}, incomplete=True)
    keys = sorted(str(item["id"]) for item in parts.values())
    return sorted(whole.values(), key=lambda item: str(item["id"])), keys


def incomplete_keys(connection: Connection) -> list[str]:
    """The keys of the works that nobody cites in full, in their order."""
    works, keys = tables.works.c, tables.citation_keys.c
    query = select(keys.key).join(tables.works, works.citation_key_id == keys.id).where(works.incomplete)
    return sorted(connection.execute(query).scalars())


def _citations(connection: Connection, document: int) -> list[Any]:
    """The citations in notes, one row a work (a row without work where there is none), in the order of the text."""
    citations, cited, members = tables.citations.c, tables.citation_works.c, tables.memberships.c
    query = (
        select(
            citations.id, citations.note_id, citations.parts, citations.text, citations.locator_label,
            citations.locator_value, members.work_id,
        )
        .join(tables.citation_works, cited.citation_id == citations.id, isouter=True)
        .join(tables.memberships, members.document_work_id == cited.document_work_id, isouter=True)
        .where(citations.document_id == document, citations.note_id.is_not(None))
        .order_by(citations.position, cited.position)
    )  # fmt: skip
    return list(connection.execute(query))


def _items(connection: Connection, works: set[int], *, incomplete: bool = False) -> dict[int, dict[str, Any]]:
    """The items of works by their ids; without `incomplete`, those alone that a citation gives in full."""
    listed = sorted(works)
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        if not incomplete:
            table = tables.works.c
            some = list(connection.execute(select(table.id).where(table.id.in_(some), ~table.incomplete)).scalars())
        found |= reading.items_of(connection, some)
    return found


def _pieces(note: Any, cited: Sequence[Any], items: dict[int, dict[str, Any]]) -> Iterator[Piece]:
    """The words of a note and its citations, in their order; one that stands inside another is passed over."""
    groups: dict[int, list[Any]] = {}
    for row in cited:
        groups.setdefault(row.id, []).append(row)
    place = 0
    for rows in sorted(groups.values(), key=lambda group: group[0].parts[0][0]):
        start, end = _within(note.parts, rows[0].parts[0][0]), _within(note.parts, rows[0].parts[-1][1])
        if start is None or end is None or start < place:
            continue
        yield from _words(note.text[place:start])
        yield from _works(rows, items)
        place = end
    yield from _words(note.text[place:].rstrip())


def _works(rows: Sequence[Any], items: dict[int, dict[str, Any]]) -> Iterator[Piece]:
    first = rows[0]
    known = [items[row.work_id]["id"] for row in rows if row.work_id in items]
    if not known or len(known) < len(rows):
        yield Unresolved(_BLANKS.sub(" ", first.text))
        return
    locator = Locator(first.locator_label, first.locator_value) if first.locator_label is not None else None
    for number, key in enumerate(dict.fromkeys(known)):
        if number:
            yield "; "
        yield CitedWork(key, locator)
    yield from _words(_own_words(first.text, first.locator_value))


def _own_words(text: str, place: str | None) -> str:
    """The author's words that the reader took for a part of a citation: behind the place in the work, no field."""
    if not place or place not in text:
        return ""
    behind = text[text.rindex(place) + len(place) :]
    return behind if _OWN_WORDS.match(behind) and not _YEAR.search(behind) else ""


def _words(text: str) -> Iterator[str]:
    plain = _BLANKS.sub(" ", text)
    if plain:
        yield plain


def _within(parts: Sequence[Sequence[int]], offset: int) -> int | None:
    """The place in a note's text of a place in its document, None where that is not in the note."""
    before = accumulate((end - start for start, end in parts), initial=0)
    for (start, end), skipped in zip(parts, before, strict=False):
        if start <= offset <= end:
            return skipped + offset - start
    return None
