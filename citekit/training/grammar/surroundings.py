"""What stands before and behind a citation: labels, signals, comment, which are none of it, and addresses."""

from __future__ import annotations

from citekit.training import bank
from citekit.training.grammar import numbers
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft
from citekit.training.grammar.manner import Manner
from citekit.training.grammar.records import Record

__all__ = ["close", "online", "opening"]

_DOI = ("https://doi.org/", "doi:", "doi: ", "DOI: ", "http://dx.doi.org/", "https://dx.doi.org/", "DOI ", "doi.org/")
_BEFORE_URL = ("", "", "", "URL: ", "<", "online: ", "Available at: ", "http link: ")


def opening(chance: Chance, draft: Draft, language: str, *, note: bool) -> None:
    """A note's number, a list's label, a signal."""
    if chance.yes(0.16 if note else 0.85):
        number = chance.small(1, 250)
        draft.add(
            chance.of((f"{number} ", f"{number}. ", f"{number}) ", f"[{number}] ", f"({number}) ", f"{number}.  "))
            if note
            else chance.of((f"[{number}] ", f"{number}. ", f"{number} ", "– ", "• ", "- "))
        )
    if note and chance.yes(0.17):
        signals = bank.words("signals", language)
        signal = chance.of(signals)
        draft.add(signal)


def online(chance: Chance, draft: Draft, record: Record, manner: Manner) -> None:
    """Where a printed work is read online: its DOI, or an address and the day of the visit."""
    if {"DOI", "URL"} & draft.names:
        return
    if record.doi and chance.yes(0.5):
        draft.add(_joint(chance, draft))
        draft.add(chance.of(_DOI))
        draft.put("DOI", record.doi)
    elif not record.doi and chance.yes(0.04):
        draft.add(_joint(chance, draft))
        before = chance.of(_BEFORE_URL)
        draft.add(before)
        draft.put("URL", chance.of(bank.rows("sources", "addresses"))[0].replace("#", str(chance.number(1000, 999999))))
        draft.add(">" if before == "<" else "")
        if chance.yes(0.75):
            around, behind = chance.of(bank.words("accessed", manner.language)).split("|")
            day, month, year = chance.number(1, 28), chance.number(1, 12), str(chance.number(2000, 2025))
            draft.add(around)
            draft.put("accessed", numbers.date(chance, day, month, year, manner))
            draft.add(behind)


def _joint(chance: Chance, draft: Draft) -> str:
    return " " if draft.last in ".!?" else chance.of((", ", ", ", ". ", " "))


def close(chance: Chance, draft: Draft, language: str, *, note: bool) -> None:
    """Comment now and then, and a full stop that is mostly there."""
    if note and chance.yes(0.05):
        draft.add(chance.of(bank.words("comment", language)))
    if draft.last != "." and chance.yes(0.75 if note else 0.35):
        draft.add(".")
    elif draft.pieces and draft.pieces[-1] == (None, ".") and chance.yes(0.12):
        draft.pieces.pop()
