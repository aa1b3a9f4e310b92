"""Titles, composed so that they never run dry."""

from __future__ import annotations

import re

from citekit.training import bank
from citekit.training.grammar import people
from citekit.training.grammar.chance import Chance

__all__ = ["compose", "plain", "subtitle", "years"]

_SLOT = re.compile(r"\{(\w+)\}")
_CASED = ("thing", "abstract", "adj", "people")
_PROPER = ("Gothic", "Victorian", "Edwardian", "Jews", "Huguenots", "Renaissance")
_ARTICLE = re.compile(r"\b([Aa]) (?=[AEIOUaeio])")
_NEW_GENUS = 0.7  # share of genera that are no real one: readers of nature meet new names in each title
_OWN_YEAR = re.compile(r"\d{4}")


def years(chance: Chance) -> str:
    """A span of years as in titles."""
    start = chance.number(1050, 1985)
    end = start + chance.small(1, 120)
    dash = chance.weighted("–-/", (6, 4, 1))
    return (
        f"{start}{dash}{end % 100:02d}"
        if start // 100 == end // 100 and chance.yes(0.25)
        else f"{start}{dash}{min(end, 2015)}"
    )


def _fill(chance: Chance, pattern: str, language: str, *, sentence: bool = False) -> str:
    """The pattern with its slots drawn; in sentence case only names are capitalised."""
    told: list[int] = []  # years so far: a later one is later

    def drawn(match: re.Match[str]) -> str:
        name = match[1]
        if name == "years":
            return years(chance)
        if name == "year":
            told.append(told[-1] + chance.small(2, 120) if told else chance.number(1100, 1900))
            return str(told[-1])
        if name == "name":
            return people.named(chance, language)
        if name == "family":
            return people.compose(chance, "en").family
        if name == "genus" and chance.yes(_NEW_GENUS):
            return chance.of(bank.lines("titles", "nature", "stem")) + chance.of(
                bank.lines("titles", "nature", "ending")
            )
        if name in ("genus", "species", "taxon", "ship") or language == "nature":
            return chance.of(bank.lines("titles", "nature", name))
        words = chance.of(bank.lines("titles", language, name))
        return words.lower() if sentence and name in _CASED and words not in _PROPER else words

    if not sentence:
        return _SLOT.sub(drawn, pattern)
    pieces = _SLOT.split(pattern)  # words and names of slots by turns
    written = [
        piece.lower() if index % 2 == 0 else _SLOT.sub(drawn, f"{{{piece}}}") for index, piece in enumerate(pieces)
    ]
    return "".join(written)


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]


def plain(chance: Chance, language: str, *, sentence: bool = False) -> str:
    """A title without subtitle."""
    heads = bank.lines("titles", language, "head")
    title = _fill(chance, chance.of(heads), language, sentence=sentence)
    tails = bank.lines("titles", language, "tail")
    quotes = bank.lines("titles", language, "quote")
    if tails and chance.yes(0.45) and not title.endswith(("?", "!")):
        tail = _fill(chance, chance.of(tails), language, sentence=sentence)
        if not (_OWN_YEAR.search(title) and _OWN_YEAR.search(tail)):
            title += tail if tail[:1] in ",:" else f" {tail}"
    elif quotes and chance.yes(0.1):
        marks = chance.of(("“”", "‘’", "„“", "«»", '""', ""))
        quote = chance.of(quotes)
        title = f"{marks[:1]}{quote}{marks[1:]}{chance.of((': ', '. ', ', '))}{title}"
    return _raised(_ARTICLE.sub(r"\1n ", title) if language == "en" else title)


def subtitle(chance: Chance, language: str, *, sentence: bool = False) -> str:
    """What stands behind the colon."""
    subs = bank.lines("titles", language, "sub")
    return _raised(_fill(chance, chance.of(subs), language, sentence=sentence)) if subs else ""


def compose(chance: Chance, language: str) -> tuple[str, str]:
    """Title and subtitle; the latter often empty."""
    sentence = language == "en" and chance.yes(0.3)
    title = plain(chance, language, sentence=sentence)
    wanted = 0.0 if "?" in title or ":" in title else 0.4
    return title, subtitle(chance, language, sentence=sentence) if chance.yes(wanted) else ""
