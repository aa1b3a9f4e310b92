"""What the rules know when they decide about a citation, and what a decision is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import TypeAlias

from citekit.model import Citation, CueKind, Diagnostic, Form, Item, Keeper, Locator, Note, Resolution, Severity
from citekit.resolution.ledger import Draft, Ledger, naming_ids
from citekit.resolution.printed_words import PrintedWords
from citekit.resolution.sequence import Place, Reading

__all__ = ["Decision", "Rule", "State", "remark", "unresolved"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one citation.

    Attributes:
        works: the numbers of the works that it cites, in the order of their mention.
        resolution: the rule and its reasons; None for a full citation.
        locator: the locator taken over from the antecedent.
        diagnostics: what the user should know about it.
        own_locator: false where what was read as its locator belongs to its work ("ivi, 124": a file's number).
    """

    works: tuple[int, ...]
    resolution: Resolution | None = None
    locator: Locator | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    own_locator: bool = True


@dataclass(slots=True)
class State:
    """The document as far as it has been read.

    Attributes:
        citations: all citations, in document order.
        items: what each says, with the people carried over to it.
        reading: the order of reading.
        places: the place of each citation, under its index.
        ledger: the works that are cited in full anywhere in the document.
        unseen: the works that only short forms name; numbered together with those of `ledger`.
        undecided: what short forms stand for that fit several works; no later short form is led to it.
        unknown: the works between which one could not decide → the number of the work that stands for either.
        works_of_full: the work of each citation that is full or stated by an entry, under its index.
        notes: the notes under (stream, run, label).
        by_note: the indices of the citations of each note, under its id.
        printed: the words of the full citations.
        declaring: the indices of the citations that declare a short name, under the name.
        of_key: the numbers of the works that carry a key, under who wrote the entry and the key.
        missing_keys: the keys without a work that have been remarked.
        decisions: what has been decided so far, under the citation's index.
        read: how many citations have been decided.
        language: BCP 47 code of the document's main language, None where unknown.
        note_of: the notes under their ids.
        italics: what a note that gives no citation has in italics, under its id.
        archives: the names of archives under their sigla, as the document explains them.
    """

    citations: Sequence[Citation]
    items: Sequence[Item]
    reading: Reading
    places: dict[int, Place]
    ledger: Ledger
    unseen: Ledger
    undecided: Ledger
    works_of_full: dict[int, int]
    notes: dict[tuple[str, int, str], Note]
    by_note: dict[str, list[int]]
    printed: PrintedWords
    declaring: dict[str, list[int]]
    of_key: Mapping[tuple[Keeper, str], list[int]] = field(default_factory=dict)
    missing_keys: set[tuple[Keeper, str]] = field(default_factory=set)
    unknown: dict[frozenset[int], int] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)
    read: int = 0
    language: str | None = None
    note_of: Mapping[str, Note] = field(default_factory=dict)
    italics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    archives: Mapping[str, str] = field(default_factory=dict)

    def draft(self, number: int) -> Draft:
        """The work of this number."""
        return self.ledger.drafts[number]

    def beside(self, place: Place) -> int | None:
        """The citation just before, in the same note; None for the first of its note."""
        group = self.reading.groups[place.stream, place.group]
        position = group.index(place.citation)
        return group[position - 1] if position else None

    def after(self, place: Place) -> Citation | None:
        """The citation just behind, in the same note."""
        group = self.reading.groups[place.stream, place.group]
        position = group.index(place.citation) + 1
        return self.citations[group[position]] if position < len(group) else None

    def note_before(self, place: Place) -> tuple[int, ...]:
        """The citations of the last note before that has any, in the same stream."""
        return self.reading.groups.get((place.stream, place.group - 1), ())

    def works(self, index: int) -> tuple[int, ...]:
        """The works of a citation as far as they are known: a full one's always, a short form's once it is read."""
        if index in self.works_of_full:
            return (self.works_of_full[index],)
        decision = self.decisions.get(index)
        return decision.works if decision else ()

    def locator(self, index: int) -> Locator | None:
        """The locator of a citation, its own or the one it took over."""
        decision = self.decisions.get(index)
        own = self.citations[index].locator if decision is None or decision.own_locator else None
        return own or (decision.locator if decision else None)

    def words_behind(self, index: int, place: Place) -> str:
        """What the note of a citation says behind it, up to the citation at `place` where that is in the same note.

        Empty where the note runs over a page and its words are no one stretch.
        """
        citation, behind = self.citations[index], self.citations[place.citation]
        note = self.note_of.get(citation.note or "")
        if note is None or len(note.parts) != 1 or len(note.text) != note.span.end - note.span.start:
            return ""
        stop = behind.span.start if behind.note == citation.note else note.span.end
        return note.text[citation.span.end - note.span.start : stop - note.span.start]

    def naming(self, drafts: Sequence[Draft]) -> tuple[str, ...]:
        """The ids of the citations that name these works."""
        return naming_ids(drafts, self.citations)

    def record(self, index: int, decision: Decision) -> None:
        """Note a decision and that its works have been mentioned."""
        self.decisions[index] = decision
        for number in decision.works:
            draft = self.draft(number)
            draft.last, draft.last_place = index, self.read
            if index in self.works_of_full and self.citations[index].form is Form.FULL:
                draft.naming = index
        self.read += 1

    def pair(self, place: Place) -> None:
        """Remember which work the translation at `place` translates, and in which volume an "ivi" part stands."""
        citation = self.citations[place.citation]
        beside = self.beside(place)
        works = self.works(place.citation)
        if beside is None or len(works) != 1 or not self.works(beside):
            return
        number, before = works[0], self.draft(self.works(beside)[0])
        translation = citation.cue(CueKind.TRANSLATION)
        if translation:
            original = before.number if before.original is None else before.original
            if original != number:
                self.draft(number).original = original
                self.draft(original).translations[translation.value or ""] = number
        elif _stands_in_previous(citation) and before.number != number:
            self.draft(number).part_of = before.number


def _stands_in_previous(citation: Citation) -> bool:
    """ "X, ivi, pp. 3-9": the container is what was cited just before."""
    container = citation.cue(CueKind.CONTAINER_CITED) is not None and not citation.item.get("container-title")
    return container or citation.cue(CueKind.IBID) is not None


Rule: TypeAlias = Callable[[State, Place], Decision | None]
"""A rule decides about the citation at a place, or says nothing."""


def remark(severity: Severity, code: str, message: str, citation: Citation) -> Diagnostic:
    """A diagnostic about a citation, at its place."""
    return Diagnostic(severity, code, f"“{shorten(citation.text, 60, placeholder='…')}” {message}", citation.span)


def unresolved(citation: Citation, method: str, code: str, message: str) -> Decision:
    """A short form that leads to no work."""
    return Decision((), Resolution(None, method, 0.0), None, (remark(Severity.WARNING, code, message, citation),))
