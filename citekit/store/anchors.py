"""Anchors: how a decision finds its citations again in another version of their document.

Rows of citations come and go with each reading; a decision holds on to what a reader of the page would: the label of
the note, the words of the citation, and the words around it. Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from sqlalchemy import Connection, bindparam, func, insert, select, update

from citekit.store import tables
from citekit.store.constraints import Mention
from citekit.store.rows import rows_of

__all__ = ["SIMILAR", "Anchored", "Attached", "Fit", "Quotation", "anchor", "attach", "fit", "mentions_of"]

SIMILAR = 80.0  # of 100, rapidfuzz's ratio: a corrected page number or year stays above, another reference below
_CONTEXT = 60  # code points kept on each side: about a line

_OF_SOURCE = select(tables.anchors).where(tables.anchors.c.source == bindparam("source")).order_by(tables.anchors.c.id)


class Fit(StrEnum):
    """How an anchor was found, the surest first."""

    SAME = "same"
    """Same label, same words."""
    TEXT = "text"
    """Same words under another label: notes were added or taken out before it."""
    SIMILAR = "similar"
    """Same label, words alike: the citation was corrected."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A citation as it can be recognised: label of its note, its words, and the words around it."""

    label: str | None
    text: str
    before: str
    behind: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """Something numbered that is quoted: an anchor, or a citation of the present version."""

    id: int
    place: int
    words: Quotation


@dataclass(frozen=True, slots=True)
class Attached:
    """How many anchors of a document were found in its present version, and how many are orphaned."""

    found: int
    orphaned: int


def anchor(connection: Connection, mentions: Sequence[Mention]) -> list[int]:
    """Anchor mentions and return the anchors' ids in their order.

    A mention that is anchored already keeps its anchor, whose words become the present ones: it is these that the
    user has just looked at.
    """
    anchors = tables.anchors.c
    known = {
        Mention(row.citation_id, row.place): row.id
        for row in rows_of(
            connection,
            select(anchors.id, anchors.citation_id, anchors.place),
            anchors.citation_id,
            {mention.citation for mention in mentions},
        )
    }
    quoted = _quotations(connection, {mention.citation for mention in mentions})
    ids = []
    for mention in mentions:
        source, words = quoted[mention.citation]
        values = {
            "source": source,
            "label": words.label,
            "text": words.text,
            "before": words.before,
            "behind": words.behind,
            "place": mention.place,
            "citation_id": mention.citation,
            "fit": Fit.SAME.value,
        }
        number = known.get(mention)
        if number is None:
            number = int(connection.execute(insert(tables.anchors).returning(tables.anchors.c.id), values).scalar_one())
            known[mention] = number
        else:
            connection.execute(update(tables.anchors).where(anchors.id == number).values(values))
        ids.append(number)
    return ids


def attach(connection: Connection, document: int, source: str) -> Attached:
    """Find the anchors of a source in the document's present version."""
    anchors = tables.anchors.c
    rows = connection.execute(_OF_SOURCE, {"source": source}).all()
    if not rows:
        return Attached(0, 0)
    wanted = [Anchored(row.id, row.place, Quotation(row.label, row.text, row.before, row.behind)) for row in rows]
    found = fit(wanted, mentions_of(connection, document))
    connection.execute(
        update(tables.anchors)
        .where(anchors.id == bindparam("anchor"))
        .values(citation_id=bindparam("citation"), fit=bindparam("how")),
        [
            {
                "anchor": each.id,
                "citation": found[each.id][0] if each.id in found else None,
                "how": found[each.id][1].value if each.id in found else None,
            }
            for each in wanted
        ],
    )
    return Attached(len(found), len(wanted) - len(found))


def fit(anchors: Sequence[Anchored], mentions: Sequence[Anchored]) -> dict[int, tuple[int, Fit]]:
    """Which citation each anchor stands for now, and how it was found; anchors that fit nothing are left out.

    Each mention serves one anchor: the best pairs are taken first, by kind of fit, likeness of the words, likeness of
    the words around them, and order. Pure.

    Args:
        anchors: what decisions are about.
        mentions: the mentions of the present version, in document order; `id` is the citation's.
    """
    by_text: dict[tuple[int, str], list[int]] = {}
    by_label: dict[tuple[int, str | None], list[int]] = {}
    for index, mention in enumerate(mentions):
        by_text.setdefault((mention.place, _plain(mention.words.text)), []).append(index)
        by_label.setdefault((mention.place, mention.words.label), []).append(index)
    pairs = []
    for number, wanted in enumerate(anchors):
        words = _plain(wanted.words.text)
        alike = by_text.get((wanted.place, words), [])
        for index in alike:
            kind = Fit.SAME if mentions[index].words.label == wanted.words.label else Fit.TEXT
            pairs.append((_rank(kind), -100.0, -_context(wanted.words, mentions[index].words), number, index, kind))
        for index in by_label.get((wanted.place, wanted.words.label), []):
            if index in alike:
                continue
            ratio = fuzz.ratio(words, _plain(mentions[index].words.text), score_cutoff=SIMILAR)
            if ratio >= SIMILAR:
                around = _context(wanted.words, mentions[index].words)
                pairs.append((_rank(Fit.SIMILAR), -ratio, -around, number, index, Fit.SIMILAR))
    found: dict[int, tuple[int, Fit]] = {}
    taken: set[int] = set()
    for *_, number, index, kind in sorted(pairs):
        if anchors[number].id not in found and index not in taken:
            found[anchors[number].id] = (mentions[index].id, kind)
            taken.add(index)
    return found


def _rank(kind: Fit) -> int:
    return list(Fit).index(kind)


def _plain(text: str) -> str:
    """Words without their line breaks: a reflowed paragraph says the same."""
    return " ".join(text.split())


def _context(one: Quotation, other: Quotation) -> float:
    """How alike the surroundings are, 0 to 200."""
    return fuzz.ratio(_plain(one.before), _plain(other.before)) + fuzz.ratio(_plain(one.behind), _plain(other.behind))


def _quotations(connection: Connection, citations: Collection[int]) -> dict[int, tuple[str, Quotation]]:
    """The source and the words of citations."""
    columns, notes, documents = tables.citations.c, tables.notes.c, tables.documents.c
    query = (
        select(
            columns.id,
            documents.source,
            notes.label,
            columns.text,
            # SQL counts characters from 1, and a negative start from the end.
            func.substr(
                documents.text,
                func.max(columns.span_start - _CONTEXT, 0) + 1,
                func.min(columns.span_start, _CONTEXT),
            ).label("before"),
            func.substr(documents.text, columns.span_end + 1, _CONTEXT).label("behind"),
        )
        .join(tables.documents, documents.id == columns.document_id)
        .join(tables.notes, notes.id == columns.note_id, isouter=True)
    )
    return {
        row.id: (row.source, Quotation(row.label, row.text, row.before, row.behind))
        for row in rows_of(connection, query, columns.id, citations)
    }


def mentions_of(connection: Connection, document: int) -> list[Anchored]:
    """The mentions of a document's present version in the order of its text."""
    columns, cited, notes = tables.citations.c, tables.citation_works.c, tables.notes.c
    text = connection.execute(select(tables.documents.c.text).where(tables.documents.c.id == document)).scalar_one()
    rows = connection.execute(
        select(columns.id, cited.position, columns.text, columns.span_start, columns.span_end, notes.label)
        .join(tables.citation_works, cited.citation_id == columns.id)
        .join(tables.notes, notes.id == columns.note_id, isouter=True)
        .where(columns.document_id == document)
        .order_by(columns.position, cited.position)
    )
    return [
        Anchored(
            row.id,
            row.position,
            Quotation(
                row.label,
                row.text,
                text[max(0, row.span_start - _CONTEXT) : row.span_start],
                text[row.span_end : row.span_end + _CONTEXT],
            ),
        )
        for row in rows
    ]
