"""The history of decisions as a user reads it. Functions here take a connection and never commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from citekit.store import decisions, tables
from citekit.store.decisions import DecisionKind

__all__ = ["AnchoredCitation", "Decision", "decision_of", "history"]


@dataclass(frozen=True, slots=True)
class AnchoredCitation:
    """A citation that a decision is about, in the words by which it is found again.

    Attributes:
        side: which of the decision's works it was of, from 0 (of a split: 0 what became another work, 1 the rest).
        document: the document's source.
        note: label of its note, None where there is none.
        text: its words when the decision was made.
        fit: how it was found in the document's present version ("same", "text", "similar"); None: orphaned.
    """

    side: int
    document: str
    note: str | None
    text: str
    fit: str | None

    def to_json(self) -> dict[str, Any]:
        """The shape of a citation in `citekit history --json`."""
        return {
            "side": self.side,
            "document": self.document,
            "note": self.note,
            "text": self.text,
            "fit": self.fit,
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the user.

    Attributes:
        id: its number; later ones are higher.
        kind: what was decided.
        made_at: when, ISO 8601 in UTC.
        undone_at: when it was undone, None while it is in force.
        keys: the citation keys of its works when it was made.
        field: of an edit, the field.
        value: of an edit, the value (None: the field was taken away); of a rename, the new key.
        citations: what it is anchored to.
        overridden: whether a later decision contradicts it, at least in part: that one holds.
    """

    id: int
    kind: DecisionKind
    made_at: str
    undone_at: str | None
    keys: tuple[str, ...]
    field: str | None
    value: Any
    citations: tuple[AnchoredCitation, ...]
    overridden: bool

    @property
    def orphaned(self) -> tuple[AnchoredCitation, ...]:
        """The citations that no present version has; they are looked for again in every version to come."""
        return tuple(citation for citation in self.citations if citation.fit is None)

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit history --json` prints."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "made_at": self.made_at,
            "undone_at": self.undone_at,
            "keys": list(self.keys),
            "field": self.field,
            "value": self.value,
            "overridden": self.overridden,
            "orphaned": len(self.orphaned),
            "citations": [citation.to_json() for citation in self.citations],
        }


def history(connection: Connection) -> list[Decision]:
    """All decisions in the order in which they were made, those that were undone among them."""
    anchored = _anchored(connection)
    constraints = decisions.constraints(connection)
    overridden = constraints.overridden if constraints is not None else frozenset()
    return [decision_of(entry, anchored, overridden) for entry in decisions.log(connection)]


def decision_of(
    entry: decisions.LoggedDecision,
    anchored: Mapping[int, tuple[AnchoredCitation, ...]],
    overridden: frozenset[int] = frozenset(),
) -> Decision:
    """A row of the log with what it is about."""
    payload = entry.payload
    return Decision(
        id=entry.id,
        kind=entry.kind,
        made_at=entry.made_at,
        undone_at=entry.undone_at,
        keys=tuple(payload["keys"]),
        field=payload.get("field"),
        value=payload.get("key") if entry.kind is DecisionKind.RENAME else payload.get("value"),
        citations=anchored.get(entry.id, ()),
        overridden=entry.id in overridden,
    )


def _anchored(connection: Connection) -> dict[int, tuple[AnchoredCitation, ...]]:
    placed, anchors = tables.event_anchors.c, tables.anchors.c
    rows = connection.execute(
        select(
            placed.event_id, placed.side, anchors.source, anchors.label, anchors.text, anchors.fit, anchors.citation_id
        )
        .join(tables.anchors, anchors.id == placed.anchor_id)
        .order_by(placed.event_id, placed.position)
    )
    found: dict[int, list[AnchoredCitation]] = {}
    for row in rows:
        fit = row.fit if row.citation_id is not None else None
        citation = AnchoredCitation(row.side, row.source, row.label, row.text, fit)
        found.setdefault(row.event_id, []).append(citation)
    return {event: tuple(citations) for event, citations in found.items()}
