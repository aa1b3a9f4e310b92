"""Lead every citation of a document to the work that it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citekit.model import Citation, CueKind, Diagnostic, Document, Form, HintKind, Note, Work
from citekit.offsets import reading_text
from citekit.resolution.archives import archives_in_full, same_file, with_carried_archives
from citekit.resolution.containers import with_carried_containers
from citekit.resolution.cross_references import cross_reference, misdirected
from citekit.resolution.declared_names import declared_name
from citekit.resolution.east_asian_names import with_full_east_asian_names
from citekit.resolution.entry_keys import citation_key, entered, works_of_keys
from citekit.resolution.ibid import ibid, translation_of_previous
from citekit.resolution.interviews import same_interview
from citekit.resolution.ledger import Ledger
from citekit.resolution.letters_again import same_letter, with_letters_again
from citekit.resolution.locators import outside_pages
from citekit.resolution.named_in_sentence import with_named_authors, without_asides
from citekit.resolution.persons import with_carried_people
from citekit.resolution.printed_words import PrintedWords
from citekit.resolution.sequence import Place, note_by_label, reading_order
from citekit.resolution.short_titles import author_alone, misspelt_author, printed_alike, short_title, unseen_work
from citekit.resolution.short_with_year import with_short_forms
from citekit.resolution.state import Decision, Rule, State
from citekit.resolution.works import finished, ledger_of_full_citations

__all__ = ["RULES", "Resolved", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The citations of a document with their works.

    Attributes:
        citations: in document order, with `works`, `resolution` and an ibid's inherited `locator`.
        works: `w1`, `w2` … in order of first mention.
        diagnostics: what could not be led back, or only with doubt, in document order.
    """

    citations: tuple[Citation, ...]
    works: tuple[Work, ...]
    diagnostics: tuple[Diagnostic, ...]


RULES: tuple[Rule, ...] = (
    citation_key,
    cross_reference,
    declared_name,
    same_file,
    ibid,
    translation_of_previous,
    same_letter,
    same_interview,
    short_title,
    author_alone,
    printed_alike,
    misspelt_author,
    unseen_work,
)
"""Asked in this order about each short form; the first that has an answer decides, and the last always has one."""


def resolve(document: Document, notes: Sequence[Note], citations: Sequence[Citation]) -> Resolved:
    """Lead every citation of a document to the work that it means.

    Full citations of one work become that work; short forms follow, in the order of reading, by `RULES`. The document
    alone decides. What cannot be decided is left open: an ambiguous short form has no antecedent and names its
    alternatives.

    Args:
        document: the document that was read.
        notes: its notes, in document order.
        citations: its citations, in document order, as the reading stage gives them.

    Returns:
        The same citations with works and resolutions, the works, and the diagnostics.
    """
    breaks = sorted(hint.span.start for hint in document.hints if hint.kind is HintKind.PAGE_BREAK)
    citations = without_asides(document, citations)
    reading = reading_order(notes, citations, breaks)
    items, diagnostics = with_carried_people(reading, citations)
    items = with_full_east_asian_names(citations, with_named_authors(document, citations, items))
    items = with_carried_containers(reading, citations, with_carried_archives(reading, items))
    citations = with_letters_again(reading, with_short_forms(reading, citations, items), items, document.language)
    ledger, works_of_full = ledger_of_full_citations(citations, items)
    by_note: dict[str, list[int]] = {}
    declaring: dict[str, list[int]] = {}
    for index, citation in enumerate(citations):
        if citation.note is not None:
            by_note.setdefault(citation.note, []).append(index)
        for cue in citation.cues:
            if cue.kind is CueKind.DECLARES:
                declaring.setdefault(cue.value or "", []).append(index)
    state = State(
        citations=citations,
        items=items,
        reading=reading,
        places={place.citation: place for place in reading.places},
        ledger=ledger,
        unseen=Ledger(ledger.drafts),
        undecided=Ledger(ledger.drafts),
        works_of_full=works_of_full,
        notes=note_by_label(notes, reading),
        by_note=by_note,
        printed=PrintedWords(citations),
        declaring=declaring,
        of_key=works_of_keys(citations, works_of_full),
        language=document.language,
        note_of={note.id: note for note in notes},
        italics=_italics(document, (note for silent in reading.silent.values() for note in silent)),
        archives=archives_in_full(citations),
    )
    for place in reading.places:
        index = place.citation
        decision = _decide(state, place)
        if state.citations[index].keyed is None:  # what an entry states is no slip of the words
            decision = outside_pages(state, index, misdirected(state, place, decision))
        state.record(index, decision)
        state.pair(place)
    done, resolved = finished(state)
    found = diagnostics + [remark for decision in state.decisions.values() for remark in decision.diagnostics]
    found.sort(key=lambda diagnostic: diagnostic.span or (len(document.text), 0))
    return Resolved(resolved, done, tuple(found))


def _italics(document: Document, notes: Iterable[Note]) -> dict[str, tuple[str, ...]]:
    """What each of these notes has in italics."""
    lines = ((note.id, reading_text(document, note.parts)) for note in notes)
    return {name: tuple(line.text[span.start : span.end] for span in line.emphasis) for name, line in lines}


def _decide(state: State, place: Place) -> Decision:
    """What the first rule with an answer says; a full citation needs none."""
    if state.citations[place.citation].form is Form.FULL:
        return Decision((state.works_of_full[place.citation],))
    if place.citation in state.works_of_full:
        return entered(state, place.citation)
    answers = (rule(state, place) for rule in RULES)
    return next(answer for answer in answers if answer is not None)
