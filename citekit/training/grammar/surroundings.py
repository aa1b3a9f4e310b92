"""What stands before and behind a citation and is none of it: labels, signals, comment."""

from __future__ import annotations

from citekit.training import bank
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft

__all__ = ["close", "opening"]


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


def close(chance: Chance, draft: Draft, language: str, *, note: bool) -> None:
    """Comment now and then, and a full stop that is mostly there."""
    if note and chance.yes(0.05):
        draft.add(chance.of(bank.words("comment", language)))
    if draft.last != "." and chance.yes(0.75 if note else 0.35):
        draft.add(".")
    elif draft.pieces and draft.pieces[-1] == (None, ".") and chance.yes(0.12):
        draft.pieces.pop()
