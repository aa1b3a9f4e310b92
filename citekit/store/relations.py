"""How works belong together, as the citations state it: derived, each with the citation that says so.

part-of          a chapter or entry, and the one book of the store that its container's title, year and editors mean
translation-of   "trad. it. …" behind a full citation, in the same note
reprint-of       "rist. anast.", "Nachdr.", "repr.": the one work of same authors and title from a year printed there
edition-of       same authors and title, both state their edition; of the earliest
review-of        "review of", "Rez. zu": the one work whose title and author follow

Where two works could be meant there is no relation. Functions here take a connection and never commit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from citekit.matching import same_people
from citekit.model import Form, Item
from citekit.store import tables
from citekit.store.facets import PARTS_OF_BOOKS, title_key, years
from citekit.store.relation_cues import (
    is_translation_alone,
    opens_with_translation,
    possible_titles,
    reprinted_years,
    reviewed,
)
from citekit.store.relation_reading import RelationKind
from citekit.store.rows import rows_of
from citekit.store.search_tables import holding_title, relations, search_works, work_facets
from citekit.store.search_text import GAP, fold

__all__ = ["relate"]

_AT_ONCE = 300
_SAME = 0.8  # names this much alike are the same people
_BACK = 3  # translations of one original that can follow each other


_LEADING = select(relations.c.work_id)
_TITLES = select(search_works.c.work_id, search_works.c.title)
_FACETS, _OTHER = work_facets.alias("facets").c, work_facets.alias("other").c
_SAME_TITLE = tuple(
    select(_OTHER.work_id).join(_FACETS.title_key.table, _FACETS.title_key == key)
    for key in (_OTHER.title_key, _OTHER.container_key)
)
_WITH_TITLE = select(tables.works.c.id, tables.works.c.item, work_facets.c.type, work_facets.c.first_year).join(
    work_facets, work_facets.c.work_id == tables.works.c.id
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A work whose relations are asked for, with the full citations of it."""

    id: int
    item: Item
    facets: Any
    citations: Sequence[Any]

    @property
    def years(self) -> list[int]:
        return years(self.item.get("issued"))


@dataclass(frozen=True, slots=True)
class _Found:
    kind: RelationKind
    target: int
    citation: int
    confidence: float


def relate(connection: Connection, works: Collection[int]) -> None:
    """Derive the relations of works anew, and of all works whose relations to them may have changed."""
    touched = sorted(_touched(connection, works))
    for start in range(0, len(touched), _AT_ONCE):
        portion = touched[start : start + _AT_ONCE]
        connection.execute(delete(relations).where(relations.c.work_id.in_(portion)))
        rows: dict[tuple[int, str, int, int], dict[str, Any]] = {}
        for work in _asked(connection, portion):
            for rule in _RULES:
                for found in rule(connection, work):
                    key = (work.id, found.kind.value, found.target, found.citation)
                    names = ("work_id", "kind", "target_id", "citation_id")
                    rows.setdefault(key, {**dict(zip(names, key, strict=True)), "confidence": found.confidence})
        if rows:
            connection.execute(insert(relations), list(rows.values()))


def _touched(connection: Connection, works: Collection[int]) -> set[int]:
    """`works` and those that a rule may lead to or from them."""
    found = set(works)
    if len(found) >= connection.execute(select(func.count()).select_from(tables.works)).scalar_one():
        return found  # all: there is nothing beyond
    found |= {row.work_id for row in rows_of(connection, _LEADING, relations.c.target_id, works)}
    for query in _SAME_TITLE:
        found |= {row.work_id for row in rows_of(connection, query, _FACETS.work_id, works)}
    return found | _translated_beside(connection, works) | _reviews(connection, works)


def _reviews(connection: Connection, works: Collection[int]) -> set[int]:
    """The works whose title says that they review something, and has the title of one of `works` in it."""
    found: set[int] = set()
    for row in rows_of(connection, _TITLES, search_works.c.work_id, works):
        title = row.title.partition(GAP)[0].split()
        if len(title) > 1:  # single words are in too many titles
            found |= {work for work, words in holding_title(connection, title) if reviewed(words) is not None}
    return found - set(works)


def _translated_beside(connection: Connection, works: Collection[int]) -> set[int]:
    """The works of citations that stand just behind a citation of `works` and open with "trad."."""
    query, column = _translated()
    rows = rows_of(connection, query, column, works)
    return {row.work_id for row in rows if opens_with_translation(row.text, row.before)}


@cache
def _translated() -> tuple[Select[Any], Any]:
    one, next_ = tables.citations.alias("one"), tables.citations.alias("next")
    between = tables.citations.alias("between")
    cited, of_next = tables.citation_works.alias("cited"), tables.citation_works.alias("of_next")
    member, target = tables.memberships.alias("member"), tables.memberships.alias("target")
    query = (
        select(next_.c.text, between.c.text.label("before"), target.c.work_id)
        .select_from(member)
        .join(cited, cited.c.document_work_id == member.c.document_work_id)
        .join(one, one.c.id == cited.c.citation_id)
        .join(next_, (next_.c.document_id == one.c.document_id) & next_.c.position.in_(_behind(one)))
        .join(
            between,
            (between.c.document_id == one.c.document_id)
            & (between.c.position == one.c.position + 1)
            & (between.c.position < next_.c.position),
            isouter=True,
        )
        .join(of_next, of_next.c.citation_id == next_.c.id)
        .join(target, target.c.document_work_id == of_next.c.document_work_id)
        .where(next_.c.note_id == one.c.note_id, next_.c.form == Form.FULL.value)
    )
    return query, member.c.work_id


def _behind(citation: Any) -> tuple[Any, Any]:
    """The next two places in the document: the words "trad. it" may have been read as a citation of their own."""
    return citation.c.position + 1, citation.c.position + 2


def _asked(connection: Connection, works: Sequence[int]) -> Iterator[_Asked]:
    cited, citations, memberships = tables.citation_works.c, tables.citations.c, tables.memberships.c
    before = tables.citations.alias("before")
    full = connection.execute(
        select(
            memberships.work_id, citations.id, citations.text, citations.document_id, citations.note_id,
            citations.position, before.c.text.label("before"),
        )
        .join(tables.citation_works, cited.document_work_id == memberships.document_work_id)
        .join(tables.citations, citations.id == cited.citation_id)
        .join(
            before,
            (before.c.document_id == citations.document_id)
            & (before.c.position == citations.position - 1)
            & (before.c.note_id == citations.note_id),
            isouter=True,
        )
        .where(memberships.work_id.in_(works), citations.form == Form.FULL.value)
        .order_by(citations.id)
    )  # fmt: skip
    by_work: dict[int, list[Any]] = {}
    for row in full:
        by_work.setdefault(row.work_id, []).append(row)
    items = connection.execute(
        select(tables.works.c.id, tables.works.c.item, work_facets)
        .join(work_facets, work_facets.c.work_id == tables.works.c.id)
        .where(tables.works.c.id.in_(works))
        .order_by(tables.works.c.id)
    )
    for row in items:
        if row.id in by_work:
            yield _Asked(row.id, row.item, row, by_work[row.id])


def _with_title(connection: Connection, keys: Collection[str], *, besides: int) -> list[Row[Any]]:
    """The works with one of these titles."""
    return [row for row in rows_of(connection, _WITH_TITLE, work_facets.c.title_key, set(keys)) if row.id != besides]


def _part_of(connection: Connection, work: _Asked) -> Iterator[_Found]:
    if not work.facets.container_key:
        return
    editors, volume = work.item.get("editor"), str(work.item.get("volume") or "")
    fitting = []
    for book in _with_title(connection, [work.facets.container_key], besides=work.id):
        responsible = book.item.get("editor") or book.item.get("author")
        other_volume = str(book.item.get("volume") or "")
        if book.type in PARTS_OF_BOOKS or book.type.startswith("article"):
            continue
        if work.years and book.first_year is not None and book.first_year not in work.years:
            continue
        if (editors and responsible and same_people(editors, responsible) < _SAME) or (
            volume and other_volume and volume != other_volume
        ):
            continue
        fitting.append(book)
    if len(fitting) == 1:
        sure = bool(work.years) and fitting[0].first_year is not None
        yield _Found(RelationKind.PART_OF, fitting[0].id, work.citations[0].id, 0.9 if sure else 0.7)


def _translation_of(connection: Connection, work: _Asked) -> Iterator[_Found]:
    for citation in work.citations:
        if citation.note_id is None or not opens_with_translation(citation.text, citation.before):
            continue
        original = _original(connection, citation)
        if original is not None and original != work.id:
            yield _Found(RelationKind.TRANSLATION_OF, original, citation.id, 0.9)


def _original(connection: Connection, citation: Any) -> int | None:
    """The one work cited just before, in the same note, past other translations of it."""
    citations, cited, memberships = tables.citations.c, tables.citation_works.c, tables.memberships.c
    rows = connection.execute(
        select(citations.text, citations.position, memberships.work_id)
        .join(tables.citation_works, cited.citation_id == citations.id, isouter=True)
        .join(tables.memberships, memberships.document_work_id == cited.document_work_id, isouter=True)
        .where(
            citations.document_id == citation.document_id,
            citations.note_id == citation.note_id,
            citations.position.between(citation.position - _BACK, citation.position - 1),
        )
        .order_by(citations.position.desc())
    ).all()
    announced = {row.position for row in rows if is_translation_alone(row.text)}
    for row in rows:
        if not opens_with_translation(row.text) and row.position - 1 not in announced:
            works = {other.work_id for other in rows if other.position == row.position}
            return works.pop() if len(works) == 1 else None
    return None


def _same_title(connection: Connection, work: _Asked) -> list[Row[Any]]:
    """Other works with the same title by the same authors."""
    author = work.item.get("author") or work.item.get("editor")
    if not work.facets.title_key or not author:
        return []
    return [
        row
        for row in _with_title(connection, [work.facets.title_key], besides=work.id)
        if same_people(author, row.item.get("author") or row.item.get("editor") or []) >= _SAME
    ]


def _reprint_of(connection: Connection, work: _Asked) -> Iterator[_Found]:
    stated = [(citation, reprinted_years(citation.text)) for citation in work.citations]
    if not work.years or not any(printed for _, printed in stated):
        return
    earlier = [
        row for row in _same_title(connection, work) if row.first_year is not None and row.first_year < min(work.years)
    ]
    for citation, printed in stated:
        meant = [row for row in earlier if row.first_year in printed]
        if len(meant) == 1:
            yield _Found(RelationKind.REPRINT_OF, meant[0].id, citation.id, 0.9)


def _edition_of(connection: Connection, work: _Asked) -> Iterator[_Found]:
    own = str(work.item.get("edition") or "")
    if not own or not work.years:
        return
    others = [
        row
        for row in _same_title(connection, work)
        if row.first_year is not None and str(row.item.get("edition") or own) != own
    ]
    first = min((row.first_year for row in others), default=None)
    earliest = [row for row in others if row.first_year == first]
    if first is not None and first < min(work.years) and len(earliest) == 1:
        yield _Found(RelationKind.EDITION_OF, earliest[0].id, work.citations[0].id, 0.6)


def _review_of(connection: Connection, work: _Asked) -> Iterator[_Found]:
    for citation in work.citations:
        words = reviewed(citation.text)
        if words is None:
            continue
        keys = {key for title in possible_titles(words) if (key := title_key(title))}
        named = f" {fold(words)} "
        meant = {row.id for row in _with_title(connection, keys, besides=work.id) if _is_named(row.item, named)}
        if len(meant) == 1:
            yield _Found(RelationKind.REVIEW_OF, meant.pop(), citation.id, 0.8)


def _is_named(item: Item, words: str) -> bool:
    """Whether a family name of a work's authors or editors is among words."""
    people = [*(item.get("author") or []), *(item.get("editor") or [])]
    families = [fold(str(person.get("family") or person.get("literal") or "")) for person in people]
    return any(family and f" {family} " in words for family in families)


_RULES: tuple[Callable[[Connection, _Asked], Iterator[_Found]], ...] = (
    _part_of,
    _translation_of,
    _reprint_of,
    _edition_of,
    _review_of,
)
