"""Statements: who said what about a field of a work, and why one value was chosen.

Nothing of this is stored twice: what a citation says is its own item, what the user said is an event, and the chosen
value is the work's item. Functions here take a connection and never commit.

The policy, in this order: what the user set; else what the fullest citations say (a whole title rather than a cut
one, a list of names without "et al.", the more precise date); among equals what most of them say; then the longest.
`citekit.matching.merge` carries it out; here it is explained.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, select

from citekit.formats.types import NAMES
from citekit.model import Form, Item, Span
from citekit.store import fields, items, reading, tables
from citekit.store.agreement import agree

__all__ = ["Conflict", "FieldStatements", "Statement", "StatementKind", "conflicts", "of_field"]

_WORKS_AT_ONCE = 400


class StatementKind(StrEnum):
    """Who can say something about a work."""

    USER = "user"
    CITATION = "citation"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says about a field.

    Attributes:
        value: in CSL's shape; None where the user took the field away.
        kind: who says it.
        said_at: when it was read or decided, ISO 8601 in UTC.
        confidence: 0 to 1.
        document: the source of the document or the import; None for the user.
        note: label of the note, None where there is none.
        parts: the citation's place in the document's text.
        text: the citation's words.
        decision: number of the user's decision.
        form: how the citation names the work; None for the user.
    """

    value: Any
    kind: StatementKind
    said_at: str
    confidence: float
    document: str | None = None
    note: str | None = None
    parts: tuple[Span, ...] = ()
    text: str | None = None
    decision: int | None = None
    form: Form | None = None

    @property
    def weighed(self) -> bool:
        """Whether it counts against others: what a short form says is only as much as it takes to be led back."""
        return self.form in (None, Form.FULL)

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit show --why --json` prints for a statement."""
        place = {"document": self.document, "note": self.note, "parts": [list(part) for part in self.parts]}
        words = {"text": self.text, "form": self.form.value if self.form else None}
        source = {"decision": self.decision} if self.kind is StatementKind.USER else {**place, **words}
        return {
            "value": self.value,
            "kind": self.kind.value,
            "said_at": self.said_at,
            "confidence": round(self.confidence, 3),
            **source,
        }


@dataclass(frozen=True, slots=True)
class FieldStatements:
    """A field of a work: the chosen value, why it was chosen, and all that was said.

    Attributes:
        key: the work's citation key.
        field: the field.
        chosen: the value in the work's item, None where it has none.
        reason: which part of the policy decided, in words.
        statements: what the user said last comes first; then citations in the order of adding and of the text.
    """

    key: str
    field: str
    chosen: Any
    reason: str
    statements: tuple[Statement, ...]

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit show --why --json` prints."""
        return {
            "key": self.key,
            "field": self.field,
            "chosen": self.chosen,
            "reason": self.reason,
            "statements": [statement.to_json() for statement in self.statements],
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which a work's sources disagree.

    Attributes:
        key: the work's citation key.
        field: the field.
        chosen: the value in the work's item.
        values: each value that was said, the most frequent first, with the number of its sources.
    """

    key: str
    field: str
    chosen: Any
    values: tuple[tuple[Any, int], ...]

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit conflicts --json` prints."""
        said = [{"value": value, "statements": number} for value, number in self.values]
        return {"key": self.key, "field": self.field, "chosen": self.chosen, "values": said}


def of_field(connection: Connection, key: str, field: str) -> FieldStatements:
    """All that was said about a field of a work, and why the chosen value was chosen.

    Raises:
        NoSuchWorkError: the key leads to no work.
        StoreError: there is no such field.
    """
    name = fields.known(field)
    work = reading.require_work(connection, key)
    item = connection.execute(select(tables.works.c.item).where(tables.works.c.id == work)).scalar_one()
    edits = [edit for edit in items.edits_of(connection).get(work, ()) if edit.field == name]
    by_user = [
        Statement(edit.value, StatementKind.USER, edit.made_at, 1.0, decision=edit.event) for edit in reversed(edits)
    ]
    said = [
        _statement(row, value) for row in _rows(connection, [work]) if (value := value_of(row.item, name)) is not None
    ]
    chosen = value_of(item, name)
    reason = _reason(name, chosen, by_user, said)
    return FieldStatements(reading.key_of(connection, work)[1], name, chosen, reason, (*by_user, *said))


def value_of(item: Item, field: str) -> Any:
    """What an item says about a field, None where it says nothing."""
    holder = (item.get("custom") or {}) if field in items.CUSTOM else item
    value = holder.get(field) if isinstance(holder, Mapping) else None
    return value if value not in (None, "", [], {}) else None


def conflicts(
    connection: Connection, *, after: str = "", field: str | None = None
) -> tuple[list[Conflict], str | None]:
    """The conflicts of the next few hundred works behind the key `after`, and where to go on (None at the end).

    A field that the user set is settled. Short forms are not weighed: their words lead back to a work, and what they
    seem to say about it ("Bergier, Geschichte") is often a reading of too few words.

    Raises:
        StoreError: there is no such field.
    """
    wanted = None if field is None else fields.known(field)
    works, keys = tables.works.c, tables.citation_keys.c
    rows = connection.execute(
        select(works.id, works.item, keys.key)
        .join(tables.citation_keys, keys.id == works.citation_key_id)
        .where(keys.key > after)
        .order_by(keys.key)
        .limit(_WORKS_AT_ONCE)
    ).all()
    if not rows:
        return [], None
    settled = items.edits_of(connection)
    said: dict[int, dict[str, list[Any]]] = {}
    for cited in _rows(connection, [row.id for row in rows]):
        if cited.form != Form.FULL:
            continue
        stated = {**cited.item, **(cited.item.get("custom") or {})}
        for name, value in stated.items():
            if value not in (None, "", [], {}) and name in fields.FIELDS and wanted in (None, name):
                said.setdefault(cited.work_id, {}).setdefault(name, []).append(value)
    found = []
    for row in rows:
        decided = {edit.field for edit in settled.get(row.id, ())}
        for name, values in sorted(said.get(row.id, {}).items()):
            told = _told_apart(name, values)
            if name not in decided and len(told) > 1:
                found.append(Conflict(row.key, name, value_of(row.item, name), told))
    return found, rows[-1].key


def _told_apart(field: str, values: Sequence[Any]) -> tuple[tuple[Any, int], ...]:
    """Values that say different things, each with how many say it; who agrees with several counts for the first."""
    kinds: list[tuple[Any, int]] = []
    counted: dict[str, int] = {}
    for value in values:
        shown = repr(value)
        counted[shown] = counted.get(shown, 0) + 1
    spelled = {repr(value): value for value in values}
    # The longest first: what is cut short agrees with it rather than being a kind of its own.
    for shown, number in sorted(counted.items(), key=lambda each: (-len(each[0]), each[0])):
        value = spelled[shown]
        for index, (known, count) in enumerate(kinds):
            if agree(field, known, value):
                kinds[index] = (known, count + number)
                break
        else:
            kinds.append((value, number))
    return tuple(sorted(kinds, key=lambda each: (-each[1], repr(each[0]))))


_REASONS = {
    "title": "the title of the fullest citation that is not cut short, or a longer one that it is a shortening of",
    "original-title": "the title in its own script, of the fullest citation that gives one",
    "type": "what most citations were read as, a vague type only where there is no other",
    "issued": "the most precise date, of the fullest citation among equals",
    "URL": "the address that was accessed first, else that of the fullest citation",
    "accessed": "the day on which the chosen address was accessed",
}
_OF_PEOPLE = "the list of the citation that names most people, without et al. and with the fullest given names"
_OF_FULLEST = "the fullest citation that states it; among equals what most say, then the longest"


def _reason(field: str, chosen: Any, by_user: Sequence[Statement], said: Sequence[Statement]) -> str:
    if by_user:
        latest = by_user[0]
        what = "taken away" if latest.value is None else "set"
        return f"{what} by the user on {latest.said_at[:10]} (decision {latest.decision})"
    if chosen is None:
        return "nothing says it" if not said else "no value was chosen: another field has it"
    if not said:
        return "from the works as they were read"
    weighed = [statement for statement in said if statement.weighed] or said
    agreeing = sum(agree(field, chosen, statement.value) for statement in weighed)
    if agreeing == len(weighed):
        count = "the one statement says" if agreeing == 1 else f"all {agreeing} statements say"
        exact = any(statement.value == chosen for statement in weighed)
        return f"{count} so" if exact else f"{count} so, in another spelling"
    policy = _OF_PEOPLE if field in NAMES else _REASONS.get(field, _OF_FULLEST)
    return f"{policy} ({agreeing} of {len(weighed)} statements agree)"


def _rows(connection: Connection, works: Collection[int]) -> list[Row[Any]]:
    """The citations of works with what each says itself, in the order of adding and of the text.

    What a citation of several works says is about the first of them.
    """
    citations, notes, documents = tables.citations.c, tables.notes.c, tables.documents.c
    memberships, cited = tables.memberships.c, tables.citation_works.c
    first = tables.citation_works.alias("first")
    lowest = select(func.min(first.c.position)).where(first.c.citation_id == citations.id).scalar_subquery()
    query = (
        select(
            memberships.work_id,
            citations.item,
            citations.text,
            citations.parts,
            citations.confidence,
            citations.form,
            documents.source,
            documents.kind,
            documents.read_at,
            notes.label,
        )
        .join(tables.citation_works, cited.document_work_id == memberships.document_work_id)
        .join(tables.citations, citations.id == cited.citation_id)
        .join(tables.documents, documents.id == citations.document_id)
        .join(tables.notes, notes.id == citations.note_id, isouter=True)
        .where(memberships.work_id.in_(list(works)), cited.position == lowest)
        .order_by(citations.document_id, citations.position)
    )
    return list(connection.execute(query))


def _statement(row: Row[Any], value: Any) -> Statement:
    return Statement(
        value=value,
        kind=StatementKind.IMPORT if row.kind == "import" else StatementKind.CITATION,
        said_at=row.read_at,
        confidence=row.confidence,
        document=row.source,
        note=row.label,
        parts=tuple(Span(start, end) for start, end in row.parts),
        text=row.text,
        form=Form(row.form),
    )
