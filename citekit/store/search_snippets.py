"""Where the words of a query are: pieces of text with the places to highlight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from citekit.model import Item, Span
from citekit.store.facets import years
from citekit.store.search_query import Term
from citekit.store.search_text import placed_words

__all__ = ["Snippet", "cut", "of_citations", "of_work"]

_WIDTH = 200  # characters: two lines of a terminal
_LEAD = 60  # characters before the first word found
_LOOKED_AT = 6  # notes of one work that hold words which its own fields lack
_IN_TEXT = 100  # citations of one work in running text, looked through for them
_SHOWN = 3

_FIELDS = ("title", "original-title", "container-title", "collection-title", "publisher", "publisher-place",
    "event-title", "archive", "number", "genre", "DOI", "ISBN", "URL", "note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text that holds words of the query.

    Attributes:
        text: the words as printed; "…" stands for what was cut.
        marks: the places to highlight in `text`, in order.
        where: the field of a work ("title", "author" …), "citation", or "" for the passage itself.
        document: of a citation.
        note: the label of a citation's note.
    """

    text: str
    marks: tuple[Span, ...]
    where: str = ""
    document: str | None = None
    note: str | None = None

    def spans(self) -> list[tuple[int, int]]:
        """The marks as pairs."""
        return [(mark.start, mark.end) for mark in self.marks]

    def to_json(self) -> dict[str, Any]:
        """Part of what `citekit search --json` prints."""
        shown: dict[str, Any] = {
            "in": self.where or None,
            "text": self.text,
            "marks": [list(mark) for mark in self.marks],
        }
        if self.document is not None:
            shown |= {"document": self.document, "note": self.note}
        return shown


def cut(text: str, terms: Sequence[Term], *, width: int | None = _WIDTH, where: str = "") -> Snippet:
    """The part of `text` around the first word found, `width` characters at most (None: all of it)."""
    words = placed_words(text)
    marks = _apart(place for term in terms for place in term.places(words))
    if width is None or len(text) <= width:
        return Snippet(text, tuple(marks), where)
    start = max(0, marks[0].start - _LEAD) if marks else 0
    start = start and min(start, len(text) - width)
    end = start + width
    before, behind = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    kept = tuple(
        Span(mark.start + shift, mark.end + shift) for mark in marks if start <= mark.start and mark.end <= end
    )
    return Snippet(f"{before}{text[start:end]}{behind}", kept, where)


def _apart(places: Any) -> list[Span]:
    """Places in order; those that overlap become one."""
    joined: list[Span] = []
    for start, end in sorted(places):
        if joined and start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined


def of_work(item: Item, terms: Sequence[Term]) -> tuple[tuple[Snippet, ...], tuple[Term, ...]]:
    """The fields of a work that hold terms, and the terms that none holds."""
    shown: list[Snippet] = []
    held: set[Term] = set()
    for name, printed in _fields(item):
        words = placed_words(printed)
        here = [term for term in terms if any(term.places(words))]
        if here:
            held.update(here)
            shown.append(cut(printed, here, where=name))
    return tuple(shown), tuple(term for term in terms if term not in held)


def _fields(item: Item) -> list[tuple[str, str]]:
    custom = item.get("custom")
    translated = custom.get("translated-title") if isinstance(custom, Mapping) else None
    fields = [(name, str(item[name])) for name in _FIELDS if isinstance(item.get(name), str | int)]
    if isinstance(translated, str):
        fields.append(("translated-title", translated))
    for name, value in item.items():
        if isinstance(value, list):
            fields.append((name, "; ".join(_name(part) for part in value if isinstance(part, Mapping))))
        elif years(value):
            fields.append((name, ", ".join(str(year) for year in dict.fromkeys(years(value)))))
    return [*fields, ("key", str(item.get("id", "")))]


def _name(name: Mapping[str, Any]) -> str:
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    return " ".join(str(name[part]) for part in order if name.get(part))


def of_citations(connection: Connection, work: int, terms: Sequence[Term]) -> tuple[Snippet, ...]:
    """The citations of a work, or their notes, that hold `terms`: as few as do."""
    held: list[tuple[frozenset[Term], str, Row[Any]]] = []
    for row in _citing(connection, work, terms):
        for printed in (row.text, row.note):
            if printed is not None:
                words = placed_words(printed)
                here = frozenset(term for term in terms if any(term.places(words)))
                if here:
                    held.append((here, printed, row))
    shown: list[Snippet] = []
    missing = set(terms)
    while missing and len(shown) < _SHOWN:
        if not any(entry[0] & missing for entry in held):
            break
        here, printed, row = max(held, key=lambda entry: len(entry[0] & missing))
        piece = cut(printed, [term for term in terms if term in here & missing])
        missing -= here
        shown.append(Snippet(piece.text, piece.marks, "citation", row.source, row.label))
    return tuple(shown)


_CITING = """
SELECT c.text AS text, n.text AS note, n.label AS label, d.source AS source
FROM memberships AS m
JOIN citation_works AS w ON w.document_work_id = m.document_work_id
JOIN citations AS c ON c.id = w.citation_id
JOIN documents AS d ON d.id = c.document_id
"""


def _citing(connection: Connection, work: int, terms: Sequence[Term]) -> list[Row[Any]]:
    """Citations of a work in notes that hold terms, those with most of them first; and some outside notes."""
    # The folded words are in the index's own table, where SQLite looks through a thousand in a few milliseconds.
    held = [f"(instr(' ' || p.text || ' ', :term{place}) > 0)" for place in range(len(terms))]
    in_notes = text(
        f"{_CITING} JOIN notes AS n ON n.id = c.note_id JOIN search_passages AS p ON p.note_id = n.id "
        f"WHERE m.work_id = :work AND ({' OR '.join(held)}) ORDER BY {' + '.join(held)} DESC, c.id LIMIT {_LOOKED_AT}"
    )
    elsewhere = text(
        f"{_CITING} LEFT JOIN notes AS n ON n.id = c.note_id "
        f"WHERE m.work_id = :work AND c.note_id IS NULL LIMIT {_IN_TEXT}"
    )
    words = {f"term{place}": f" {' '.join(term.words)}" + " " * (not term.prefix) for place, term in enumerate(terms)}
    return [*connection.execute(in_notes, {"work": work, **words}), *connection.execute(elsewhere, {"work": work})]
