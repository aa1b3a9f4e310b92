"""Which keys the works of a document's new version take over: from its former version, and from works that were gone.

A work that says what a former one said, or that the matcher takes for one, has its key; so has one that took over the
citations of a former work, corrected, where author and title leave no doubt that it is the same. A key that nothing
has any more is reserved, with what its work said last: when the work comes back, so does its key. Functions here take
a connection and never commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from citekit import matching
from citekit.matching import comparison, record, weights
from citekit.model import Form, Item
from citekit.store import anchors, tables
from citekit.store.anchors import Anchored
from citekit.store.constraints import Mention
from citekit.store.facets import years
from citekit.store.neighbours import content
from citekit.store.rows import rows_of

__all__ = [
    "FormerVersion",
    "FormerWork",
    "Succession",
    "former_version",
    "leave",
    "may_be_corrected",
    "may_share_a_key",
    "returned",
    "same_as_reserved",
    "take_over",
]

_SAME = 0.8  # titles, or lists of names, this much alike are the same, corrected
_NUMBERS = ("volume", "edition", "issue", "number", "collection-number", "chapter-number")
_POINTING = frozenset({Form.IBID, Form.CROSS_REFERENCE})  # such a citation does not say itself which work it names


@dataclass(frozen=True, slots=True)
class FormerWork:
    """A work of a document's former version: what it said and the key under which it was known.

    Attributes:
        id: its row.
        item: what its citations said.
        key: the number of the key under which the machine first knew it.
        own: the number of a key that it was given under decisions, None where it was given none.
    """

    id: int
    item: Item
    key: int
    own: int | None = None


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """What is kept of the version of a document that makes place for another.

    Attributes:
        works: its works.
        named: the mentions that say themselves which work they name, as they can be recognised.
        work_of: the row of the work that each mention names, by citation and place.
        companions: works of other documents that the machine had grouped with each work, by its row.
    """

    works: tuple[FormerWork, ...] = ()
    named: tuple[Anchored, ...] = ()
    work_of: Mapping[Mention, int] = field(default_factory=dict)
    companions: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Succession:
    """What works of a new version, by their index, take over.

    Attributes:
        homes: the number of the key of the former work that each work is.
        own: the same for keys that were given under decisions.
        heirs: the works that took over the citations of others beside, by the number of the latters' keys.
    """

    homes: dict[int, int]
    own: dict[int, int]
    heirs: dict[int, int]


def former_version(connection: Connection, document: int) -> FormerVersion:
    """The version of a document that the store has, as it was read."""
    works, known, memberships = tables.document_works.c, tables.machine_keys.c, tables.memberships.c
    rows = connection.execute(
        select(works.id, works.item, known.home_id, memberships.citation_key_id)
        .join(tables.machine_keys, known.document_work_id == works.id)
        .join(tables.memberships, memberships.document_work_id == works.id, isouter=True)
        .where(works.document_id == document)
        .order_by(works.position)
    )
    own = tuple(
        FormerWork(row.id, row.item, row.home_id, row.citation_key_id if row.citation_key_id != row.home_id else None)
        for row in rows
    )
    work_of = _works_named(connection, document)
    named = [each for each in anchors.mentions_of(connection, document) if Mention(each.id, each.place) in work_of]
    return FormerVersion(own, tuple(named), work_of, _companions(connection, {work.id for work in own}))


def _companions(connection: Connection, works: Collection[int]) -> dict[int, frozenset[int]]:
    known = tables.machine_keys.c
    query = select(known.document_work_id, known.citation_key_id)
    carried = {
        row.document_work_id: row.citation_key_id for row in rows_of(connection, query, known.document_work_id, works)
    }
    members: dict[int, set[int]] = {}
    for row in rows_of(connection, query, known.citation_key_id, set(carried.values())):
        members.setdefault(row.citation_key_id, set()).add(row.document_work_id)
    return {work: frozenset(members[key] - set(works)) for work, key in carried.items()}


def _works_named(connection: Connection, document: int) -> dict[Mention, int]:
    """The work (of the document, whole) of each mention that says itself which it names."""
    cited, citations, parts = tables.citation_works.c, tables.citations.c, tables.work_parts.c
    rows = connection.execute(
        select(cited.citation_id, cited.position, cited.document_work_id, parts.whole_id, citations.form)
        .join(tables.citations, citations.id == cited.citation_id)
        .join(tables.work_parts, parts.document_work_id == cited.document_work_id, isouter=True)
        .where(citations.document_id == document)
    )
    return {
        Mention(row.citation_id, row.position): row.whole_id if row.whole_id is not None else row.document_work_id
        for row in rows
        if Form(row.form) not in _POINTING
    }


def take_over(
    connection: Connection, former: FormerVersion, document: int, works: Sequence[int], items: Sequence[Item]
) -> Succession:
    """What the works of a document's new version, as it is in the store now, take over.

    Args:
        connection: with an open transaction.
        former: the version before.
        document: its row.
        works: the rows of the works of the new version.
        items: what they say.
    """
    heir_of = _by_content(former.works, items)
    _take(heir_of, _by_matcher(_left(former, heir_of), _free(items, heir_of)))
    by_citations: _Heirs = {}
    if _left(former, heir_of):
        by_citations = _by_citations(connection, former, heir_of, document=document, works=works, items=items)
    homes: dict[int, int] = {}
    own: dict[int, int] = {}
    heirs: dict[int, int] = {}
    for found in (heir_of, by_citations):  # what a work says comes before where it stands
        known = set(homes)
        for work in sorted(former.works, key=lambda work: work.key):
            for index in found.get(work.id, ()):
                heirs.setdefault(work.key, index)
                if work.own is not None:
                    heirs.setdefault(work.own, index)
                if index in known:
                    continue
                homes.setdefault(index, work.key)
                if homes[index] == work.key and work.own is not None:
                    own.setdefault(index, work.own)
    fresh = {index: item for index, item in enumerate(items) if index not in homes}
    homes |= _returning(connection, document, fresh)
    return Succession(homes, own, heirs)


_Heirs = dict[int, set[int]]
"""The works of the new version (by index) that are a former one (by its row)."""


def _take(heirs: _Heirs, found: _Heirs) -> None:
    for work, indices in found.items():
        heirs.setdefault(work, set()).update(indices)


def _left(former: FormerVersion, heirs: _Heirs) -> list[FormerWork]:
    """The former works that no work of the new version is, by what is known so far."""
    found = {work.key for work in former.works if work.id in heirs}
    return [work for work in former.works if work.id not in heirs and work.key not in found]


def _free(items: Sequence[Item], heirs: _Heirs) -> dict[int, Item]:
    taken = {index for indices in heirs.values() for index in indices}
    return {index: item for index, item in enumerate(items) if index not in taken}


def _by_content(former: Sequence[FormerWork], items: Sequence[Item]) -> _Heirs:
    """The works that say the very same as a former one; of several that do, in their order."""
    said: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        said.setdefault(content(item), []).append(index)
    same: dict[str, list[FormerWork]] = {}
    for work in former:
        if (words := content(work.item)) in said:
            same.setdefault(words, []).append(work)
    heirs: _Heirs = {}
    for words, works in same.items():
        for place in range(max(len(works), len(said[words]))):
            work = works[min(place, len(works) - 1)]
            heirs.setdefault(work.id, set()).add(said[words][min(place, len(said[words]) - 1)])
    return heirs


def _by_matcher(gone: Sequence[FormerWork], fresh: Mapping[int, Item]) -> _Heirs:
    heirs: _Heirs = {}
    if not gone or not fresh:
        return heirs
    entries: list[tuple[Item, FormerWork | None, int]] = [(work.item, work, -1) for work in gone]
    entries += [(item, None, index) for index, item in fresh.items()]
    entries.sort(key=lambda entry: content(entry[0]))
    for cluster in matching.cluster([item for item, _, _ in entries], bounded=False):
        indices = {entries[place][2] for place in cluster} - {-1}
        works = [work for place in cluster if (work := entries[place][1]) is not None]
        if indices:
            heirs.update({work.id: set(indices) for work in works})
    return heirs


def _by_citations(
    connection: Connection,
    former: FormerVersion,
    heirs: _Heirs,
    *,
    document: int,
    works: Sequence[int],
    items: Sequence[Item],
) -> _Heirs:
    """The works that took over most of the citations of former ones, corrected; each former work has one heir."""
    left = {work.id: work for work in _left(former, heirs)}
    index_of = {work: index for index, work in enumerate(works)}
    naming = _works_named(connection, document)
    wanted = [each for each in former.named if former.work_of[Mention(each.id, each.place)] in left]
    present = [each for each in anchors.mentions_of(connection, document) if Mention(each.id, each.place) in naming]
    found = anchors.fit([Anchored(number, each.place, each.words) for number, each in enumerate(wanted)], present)
    votes: Counter[tuple[int, int]] = Counter()
    for number, (citation, _) in found.items():
        source = former.work_of[Mention(wanted[number].id, wanted[number].place)]
        index = index_of[naming[Mention(citation, wanted[number].place)]]
        if may_be_corrected(left[source].item, items[index]):
            votes[source, index] += 1
    taken = {index for indices in heirs.values() for index in indices}
    made: _Heirs = {}
    # A work that is no other former one comes first: it has most need of a key.
    for (source, index), _ in sorted(
        votes.items(), key=lambda vote: (vote[0][1] in taken, -vote[1], left[vote[0][0]].key, vote[0][1])
    ):
        made.setdefault(source, {index})
    return made


def may_be_corrected(former: Item, now: Item) -> bool:
    """Whether an item can be another one after a correction, and not that of another work in its place.

    One of names, title, and numbers (year, volume, edition …) can have been wrong. Where two are others now, another
    edition, another volume or another book may have been put there, and in doubt it was.
    """
    people = _people(former, now)
    title = _title(former, now)
    changed = sum(
        1
        for name in _NUMBERS
        if former.get(name) and now.get(name) and str(former[name]).casefold() != str(now[name]).casefold()
    )
    before, after = years(former.get("issued")), years(now.get("issued"))
    changed += bool(before and after and not set(before) & set(after))
    return (not people) + (not title) + changed <= 1


def may_share_a_key(former: Item, now: Item) -> bool:
    """Whether a record that kept its name can still be of the same work: not when its names and title are others."""
    return _people(former, now) or _title(former, now)


def _people(one: Item, other: Item) -> bool:
    pairs = [(one.get(role), other.get(role)) for role in ("author", "editor")]
    stated = [(a, b) for a, b in pairs if a and b]
    if not stated:
        return not any(a or b for a, b in pairs)  # nobody is named on either side
    return any(matching.same_people(a, b) >= _SAME for a, b in stated)


def _title(one: Item, other: Item) -> bool:
    first, second = ([item.get(name) for name in ("title", "title-short") if item.get(name)] for item in (one, other))
    return any(
        max(matching.title_similarity(str(a), str(b)), matching.title_similarity(str(b), str(a))) >= _SAME
        for a in first
        for b in second
    )


_LEFT = (
    select(tables.reserved_candidates.c.key, tables.reserved_candidates.c.citation_key_id, tables.documents.c.id)
    .join(tables.reserved_keys, tables.reserved_keys.c.citation_key_id == tables.reserved_candidates.c.citation_key_id)
    .join(tables.documents, tables.documents.c.source == tables.reserved_keys.c.source, isouter=True)
    .where(tables.reserved_keys.c.decided.is_(False))
)


_SAID = select(tables.reserved_keys.c.citation_key_id, tables.reserved_keys.c.said)
_DECIDED = select(tables.reserved_keys.c.citation_key_id, tables.reserved_keys.c.decided)
_KNOWN = select(tables.machine_keys)


def _returning(connection: Connection, document: int, fresh: Mapping[int, Item]) -> dict[int, int]:
    """The reserved keys of works that come back: what the matcher takes for the work that had one.

    Of several, that of the work which this document was the last to cite, and of those the oldest.
    """
    by_candidate: dict[str, set[int]] = {}
    for index, item in fresh.items():
        for key in matching.candidate_keys(item):
            by_candidate.setdefault(key, set()).add(index)
    pairs = {
        (row.id != document, row.citation_key_id, index)
        for row in rows_of(connection, _LEFT, tables.reserved_candidates.c.key, by_candidate)
        for index in by_candidate[row.key]
    }
    said = _reserved(connection, {key for _, key, _ in pairs})
    homes: dict[int, int] = {}
    for _, key, index in sorted(pairs):
        if index not in homes and _is_one_of(fresh[index], said[key]):
            homes[index] = key
    return homes


def same_as_reserved(connection: Connection, item: Item, numbers: Collection[int] | None = None) -> int | None:
    """The reserved key of the work that an item is: of `numbers`, or one that was given under decisions."""
    reserved = tables.reserved_keys.c
    if numbers is None:
        candidates = tables.reserved_candidates.c
        query = select(candidates.citation_key_id).join(
            tables.reserved_keys, reserved.citation_key_id == candidates.citation_key_id
        )
        rows = rows_of(
            connection, query.where(reserved.decided.is_(True)), candidates.key, matching.candidate_keys(item)
        )
        numbers = {row.citation_key_id for row in rows}
    said = _reserved(connection, numbers)
    return next((key for key in sorted(said) if _is_one_of(item, said[key])), None)


def _reserved(connection: Connection, numbers: Collection[int]) -> dict[int, list[Item]]:
    rows = rows_of(connection, _SAID, tables.reserved_keys.c.citation_key_id, numbers)
    return {row.citation_key_id: row.said for row in rows}


def _is_one_of(item: Item, said: Iterable[Item]) -> bool:
    words, own = content(item), record.read_record(item)
    return any(
        content(other) == words
        or comparison.match_probability(*_ordered(words, own, content(other), record.read_record(other)))
        >= weights.SAME
        for other in said
    )


def _ordered(one: str, first: record.Record, other: str, second: record.Record) -> tuple[record.Record, record.Record]:
    return (first, second) if one <= other else (second, first)


def leave(connection: Connection, former: FormerVersion, source: str, heirs: Mapping[int, int]) -> None:
    """Write down of the keys of former works that nothing has any more what their works said.

    Args:
        connection: with an open transaction, when all is grouped.
        former: the version that is gone.
        source: of its document.
        heirs: the works of documents (rows) that took over citations, by the number of the former work's key.
    """
    said: dict[int, list[Item]] = {}
    decided = set()
    for work in former.works:
        for key in {work.key, work.own} - {None}:
            items = said.setdefault(int(key or 0), [])
            if work.item not in items:
                items.append(work.item)
        if work.own is not None:
            decided.add(work.own)
    gone = said.keys() - _held(connection, said.keys() - decided, decided)
    keys = _machine_keys(connection, {*heirs.values(), *(id_ for ids in former.companions.values() for id_ in ids)})
    following = {key: keys[work].home_id for key, work in heirs.items() if work in keys}
    for work in former.works:  # the rest of what the machine took for one work goes on for it
        left = {keys[id_].citation_key_id for id_ in former.companions.get(work.id, ()) if id_ in keys}
        if len(left) == 1:
            following.setdefault(work.key, left.pop())
    for key in sorted(gone):
        _forget(connection, [key])
        row = {
            "citation_key_id": key,
            "said": said[key],
            "source": source,
            "decided": key in decided,
            "heir_id": following.get(key),
        }
        connection.execute(insert(tables.reserved_keys), row)
        found = sorted({name for item in said[key] for name in matching.candidate_keys(item)})
        if found:
            rows = [{"citation_key_id": key, "key": name} for name in found]
            connection.execute(insert(tables.reserved_candidates), rows)


def returned(connection: Connection, keys: Collection[int]) -> None:
    """Let go of what was kept of those of `keys` that works have again."""
    rows = rows_of(connection, _DECIDED, tables.reserved_keys.c.citation_key_id, keys)
    known = {row.citation_key_id: row.decided for row in rows}
    decided = {key for key, given in known.items() if given}
    _forget(connection, _held(connection, known.keys() - decided, decided))


def _forget(connection: Connection, keys: Collection[int]) -> None:
    for table in (tables.reserved_candidates, tables.reserved_keys):
        for key in sorted(keys):
            connection.execute(delete(table).where(table.c.citation_key_id == key))


def _held(connection: Connection, keys: Collection[int], decided: Collection[int]) -> set[int]:
    """Those of `keys` (and of keys given under decisions) under which a work of a document is known."""
    machine, memberships = tables.machine_keys.c, tables.memberships.c
    by_machine = (machine.home_id, machine.citation_key_id)
    asked = [(column, keys) for column in by_machine] + [(memberships.citation_key_id, decided)]
    return {row[0] for column, which in asked for row in rows_of(connection, select(column).distinct(), column, which)}


def _machine_keys(connection: Connection, works: Collection[int]) -> dict[int, Row[Any]]:
    rows = rows_of(connection, _KNOWN, tables.machine_keys.c.document_work_id, works)
    return {row.document_work_id: row for row in rows}
