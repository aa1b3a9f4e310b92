"""Citations in languages that the other grammars have little of, from one table (`bank/further.toml`).

Arabic, Persian, Hebrew, Hindi, Armenian, Georgian, Vietnamese; Estonian, Icelandic, Croatian with its neighbours, and
Catalan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from roman import toRoman

from citekit.training import bank
from citekit.training.example import Example
from citekit.training.grammar import template
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft

__all__ = ["SOURCE", "further_notes"]

SOURCE = "synthetic-further"

_KINDS = {"book": 44, "article": 22, "chapter": 10, "list": 12, "thesis": 5, "archival": 6}
_TRIES = 8
_SLOT = re.compile(r"\{(\w)\}")
_HEBREW_HUNDREDS = "קרשת"
_HEBREW_TENS = "יכלמנסעפצ"
_HEBREW_UNITS = "אבגדהוזחט"


def further_notes(seed: int, count: int) -> Iterator[Example]:
    """`count` notes and list entries; the same for the same seed."""
    chance = Chance(f"{seed}-further")
    languages = {name: table for name, table in bank.table("further").items() if "weight" in table}
    weights = [table["weight"] for table in languages.values()]
    written = 0
    while written < count:
        name = chance.weighted(list(languages), weights)
        example = _one(chance, name, languages[name])
        if example is not None:
            written += 1
            yield example


def _one(chance: Chance, language: str, words: Mapping[str, Any]) -> Example | None:
    kind = chance.weighted(list(_KINDS), list(_KINDS.values()))
    for _ in range(_TRIES):
        draft = Draft()
        if chance.yes(0.12):
            draft.add(chance.of(("{} ", "{}. ", "[{}] ", "({}) ")).format(chance.number(1, 200)))
        if template.fill(chance.of(words[kind]), _slots(chance, words), chance, draft):
            if draft.last not in ".։" and chance.yes(0.7):
                draft.add(chance.of(words.get("stop", (".",))))
            return draft.built().example(language=language, source=f"{SOURCE}-{language}", note=kind != "list")
    return None


def _digits(words: Mapping[str, Any], own: bool) -> Callable[[str], str]:
    """What writes numbers: in the script's own figures, or in Western ones."""
    if not own:
        return str
    table = str.maketrans("0123456789", words["digits"])
    return lambda number: number.translate(table)


def _person(chance: Chance, words: Mapping[str, Any], *, inverted: bool = False) -> str:
    if not inverted and words.get("one_name") and chance.yes(0.08):
        return str(chance.of(words["one_name"]))
    family, given = chance.of(words["family"]), chance.of(words["given"])
    if words.get("whole_names"):
        return f"{family} {given}"
    if inverted:
        return f"{family}{'، ' if chr(0x600) <= family[0] <= chr(0x6FF) else ', '}{given}"
    joint = "" if given.endswith("’") else " "
    return f"{given}{joint}{family}"


def _title(chance: Chance, words: Mapping[str, Any]) -> str:
    drawn: dict[str, Callable[[], str]] = {
        "s": lambda: chance.of(words["subject"]),
        "p": lambda: chance.of(words["land"]),
        "n": lambda: _person(chance, words),
        "y": lambda: _years(chance),
    }
    pattern = chance.of(words["head"]) + chance.of(words["tail"])
    written = _SLOT.sub(lambda match: drawn[match[1]](), pattern)
    return written[:1].upper() + written[1:] if written[:1].isascii() or "À" <= written[:1] <= "ž" else written


def _years(chance: Chance) -> str:
    start = chance.number(1500, 1960)
    return f"{start}{chance.of('-–')}{start + chance.small(2, 90)}"


def _hebrew(number: int, mark: str) -> str:
    """A number below 800 in Hebrew letters, its mark before the last ("תשמ״ו")."""
    letters = "ת" * (number // 400)
    rest = number % 400
    letters += _HEBREW_HUNDREDS[rest // 100 - 1] if rest >= 100 else ""
    rest %= 100
    if rest in (15, 16):  # never the name of God
        letters += "ט" + _HEBREW_UNITS[rest - 10]
    else:
        letters += (_HEBREW_TENS[rest // 10 - 1] if rest >= 10 else "") + (
            _HEBREW_UNITS[rest % 10 - 1] if rest % 10 else ""
        )
    return f"{letters[:-1]}{mark}{letters[-1]}" if len(letters) > 1 and mark else letters


def _slots(chance: Chance, words: Mapping[str, Any]) -> template.Slots:
    shown = _digits(words, "digits" in words and chance.yes(words.get("local", 0.0)))
    marks = chance.of(words["quotes"])
    opening, closing = (marks[:1], marks[1:]) if marks else ("", "")
    geresh = chance.of('"""״”')
    place, publisher = chance.of(words["house"]).split("|")
    year = chance.number(1890, 2022)
    dated = shown(str(year))
    if "digits" in words and words["digits"].startswith("۰") and chance.yes(0.85):
        dated = shown(str(chance.number(1300, 1402)))  # of the solar calendar
    elif "digits" in words and words["digits"].startswith("٠") and chance.yes(0.12):
        dated = shown(str(chance.number(1290, 1440)))  # of the Hijra
    elif words.get("hebrew_years") and chance.yes(0.45):
        dated = _hebrew(chance.number(650, 783), geresh)
    first = chance.number(1, 420)
    roll = chance.number(1, 10)
    dash = chance.of("-–-–—")
    located = shown(str(first)) if roll < 7 else f"{shown(str(first))}{dash}{shown(str(first + chance.small(1, 30)))}"
    extent = f"{shown(str(first))}{dash}{shown(str(first + chance.small(3, 45)))}"
    volume = chance.number(1, 12)
    latin = "digits" not in words and not words.get("hebrew_years")
    counted = toRoman(volume) if latin and chance.yes(0.5) else shown(str(volume))
    values: dict[str, Callable[[], str]] = {
        "title": lambda: _title(chance, words),
        "book": lambda: _title(chance, words),
        "journal": lambda: chance.of(words["journal"]),
        "school": lambda: chance.of(words["school"]),
        "genre": lambda: chance.of(words["genre"]),
        "archive": lambda: chance.of(words["archive"]),
        "shelf": lambda: "".join(
            str(chance.number(1, 9)) if mark == "9" else mark for mark in chance.of(words["shelf"])
        ),
        "place": lambda: place,
        "publisher": lambda: publisher,
        "year": lambda: dated,
        "vol": lambda: counted,
        "hvol": lambda: (
            _hebrew(chance.number(1, 90), chance.of((geresh, geresh, ""))) if words.get("hebrew_years") else counted
        ),
        "iss": lambda: shown(str(chance.small(1, 140))),
        "page": lambda: extent,
        "loc": lambda: located,
        "edition": lambda: chance.of(_EDITIONS.get(str(words.get("digits", "")), ("2", "3", "4"))),
    }

    def field(name: str, key: str, around: tuple[str, str] = ("", "")) -> Callable[[Draft], bool]:
        def write(draft: Draft) -> bool:
            draft.add(around[0])
            draft.put(name, values[key]())
            draft.add(around[1])
            return True

        return write

    def said(role: str, share: float, *, inverted: bool = False) -> Callable[[Draft], bool]:
        def write(draft: Draft) -> bool:
            draft.put(role, _person(chance, words, inverted=inverted))
            if not inverted and chance.yes(share):
                draft.add(words["and"])
                draft.put(role, _person(chance, words))
            return True

        return write

    quoted = (opening, closing)
    return {
        "author": said("author", 0.1),
        "inverted": said("author", 0.0, inverted=True),
        "editor": said("editor", 0.2),
        "translator": said("translator", 0.15),
        "title": field("title", "title"),
        "qtitle": field("title", "title", quoted),
        "book": field("container-title", "book"),
        "qbook": field("container-title", "book", quoted),
        "journal": field("container-title", "journal"),
        "qjournal": field("container-title", "journal", quoted),
        "place": field("publisher-place", "place"),
        "publisher": field("publisher", "publisher"),
        "school": field("publisher", "school"),
        "genre": field("genre", "genre"),
        "year": field("issued", "year"),
        "vol": field("volume", "vol"),
        "hvol": field("volume", "hvol"),
        "iss": field("issue", "iss"),
        "page": field("page", "page"),
        "loc": field("locator", "loc"),
        "edition": field("edition", "edition"),
        "archive": field("archive", "archive"),
        "shelf": field("archive_location", "shelf"),
    }


_EDITIONS = {
    "٠١٢٣٤٥٦٧٨٩": ("2", "٢", "3", "1", "الأولى", "الثانية", "الثالثة"),
    "۰۱۲۳۴۵۶۷۸۹": ("دوم", "سوم", "اول", "۲", "چهارم", "پنجم"),
}
