""" "Smith to Jones, 3 May 1848" after the letter was cited with its collection: its short form.

Chicago 17 14.224 and 14.229 repeat writer, recipient and day, and leave out what the first note said of the place. The
surnames and the day tell the letter; an earlier note gave the names in full, the archive or the edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from citekit.citations.letters import Correspondents, correspondents
from citekit.matching.text import tokens
from citekit.model import Citation, Form, Item, Resolution
from citekit.resolution import fields
from citekit.resolution.ledger import Draft
from citekit.resolution.looking_back import cited_before
from citekit.resolution.sequence import Place, Reading
from citekit.resolution.state import Decision, State

__all__ = ["different_letters", "same_letter", "with_letters_again"]

SAME_LETTER = 0.9
_REPEATED = frozenset({"type", "title", "issued", "custom"})


def with_letters_again(
    reading: Reading, citations: Sequence[Citation], items: Sequence[Item], language: str | None
) -> Sequence[Citation]:
    """The citations, those that only name a letter again as short forms.

    Args:
        reading: the order in which the citations are read.
        citations: the citations of a document.
        items: what each says, with what was carried over to it.
        language: BCP 47 code of the document's main language.
    """
    before: dict[tuple[int, ...], list[tuple[Correspondents, int]]] = {}
    found = list(citations)
    for place in reading.places:
        index = place.citation
        letter = _letter(items[index], language)
        if letter is None or citations[index].keyed is not None:
            continue
        day, people = letter
        length = len(citations[index].text)
        again = any(said > length and _same(people, one) for one, said in before.get(day, ()))
        if again and citations[index].form is Form.FULL and items[index].keys() <= _REPEATED:
            found[index] = replace(citations[index], form=Form.SHORT)
        else:
            before.setdefault(day, []).append((people, length))
    return found


def different_letters(group: Sequence[int], items: Sequence[Item]) -> list[list[int]]:
    """A group of like citations cut where they name other correspondents: "J. Smith to Jones", "T. Smith to Jones"."""
    parts: list[list[int]] = []
    people = {index: found[1] for index in group if (found := _letter(items[index], None))}
    for index in group:
        fits = (part for part in parts if all(_same(people[one], people[index]) for one in part if one in people))
        fitting = next(fits, None) if index in people else next(iter(parts), None)
        if fitting is None:
            parts.append([index])
        else:
            fitting.append(index)
    return parts


def same_letter(state: State, place: Place) -> Decision | None:
    """The one letter of this day between people of these names."""
    citation = state.citations[place.citation]
    letter = _letter(citation.item, state.language)
    if letter is None:
        return None
    drafts = cited_before(state, place, list(_letters_alike(state, *letter)))
    if len(drafts) != 1:
        return None
    namer = drafts[0].namer
    antecedent = state.citations[namer].id if namer is not None else None
    return Decision((drafts[0].number,), Resolution(antecedent, "same-letter", SAME_LETTER))


def _letters_alike(state: State, day: tuple[int, ...], people: Correspondents) -> Iterator[Draft]:
    for draft in state.ledger.of_day(day):
        letters = (_letter(item, state.language) for item in draft.items)
        if draft.full and any(known and known[0] == day and _same(people, known[1]) for known in letters):
            yield draft


def _letter(item: Item, language: str | None) -> tuple[tuple[int, ...], Correspondents] | None:
    day = fields.day(item)
    people = correspondents(str(item.get("title") or ""), language) if day and not item.get("author") else None
    return (day, people) if day and people else None


def _same(one: Correspondents, other: Correspondents) -> bool:
    return _one_person(one.writer, other.writer) and _one_person(one.recipient, other.recipient)


def _one_person(one: str, other: str) -> bool:
    """Whether one name is the other, or its end: "Carlow" and "Lord Carlow", not "J. Smith" and "T. Smith"."""
    short, full = sorted((tokens(one), tokens(other)), key=len)
    return bool(short) and full[-len(short) :] == short
