"""Templates of citations: `{slot}`, `[dropped when a slot inside is empty]`, `[~or else half of the time]`, `<a|b>`.

A backslash keeps the next character as it is; `{=name}` stands for the macro of that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft

__all__ = ["Slots", "expand", "fill"]

Slots = Mapping[str, Callable[[Draft], bool]]
"""What writes the words of a slot: True when there were any."""

_MACRO = re.compile(r"\{=([\w.-]+)\}")
_STOPS = ".?!"


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Group:
    parts: tuple[_Part, ...]
    seldom: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    ways: tuple[tuple[_Part, ...], ...]


_Part = str | _Slot | _Group | _Choice


def expand(template: str, macros: Mapping[str, str]) -> str:
    """The template with its macros replaced, also those inside macros."""
    while _MACRO.search(template):
        template = _MACRO.sub(lambda match: macros[match[1]], template)
    return template


@cache
def _parts(template: str) -> tuple[_Part, ...]:
    parts, end = _read(template, 0, "")
    if end != len(template):
        raise ValueError(f"a bracket too many at {end} in {template!r}")
    return parts


def _read(template: str, place: int, stops: str) -> tuple[tuple[_Part, ...], int]:
    """The parts from `place` to one of `stops`, and where that stands."""
    parts: list[_Part] = []
    words = ""
    while place < len(template) and template[place] not in (stops or "]>"):
        mark = template[place]
        if mark == "\\":
            words += template[place + 1]
            place += 2
            continue
        if mark not in "{[<":
            words += mark
            place += 1
            continue
        if words:
            parts.append(words)
            words = ""
        if mark == "{":
            end = template.index("}", place)
            parts.append(_Slot(template[place + 1 : end]))
        elif mark == "[":
            seldom = template.startswith("[~", place)
            inner, end = _read(template, place + (2 if seldom else 1), "]")
            parts.append(_Group(inner, seldom))
        else:
            ways = []
            end = place
            while end == place or template[end] == "|":
                way, end = _read(template, end + 1, "|>")
                ways.append(way)
            parts.append(_Choice(tuple(ways)))
        place = end + 1
    if words:
        parts.append(words)
    return tuple(parts), place


def fill(template: str, slots: Slots, chance: Chance, draft: Draft) -> bool:
    """Write the template; False when a slot that it cannot do without is empty."""
    return _write(_parts(template), slots, chance, draft)


def _write(parts: tuple[_Part, ...], slots: Slots, chance: Chance, draft: Draft) -> bool:
    for part in parts:
        if isinstance(part, str):
            _words(draft, part)
        elif isinstance(part, _Slot):
            if not slots[part.name](draft):
                return False
        elif isinstance(part, _Choice):
            before = len(draft.pieces)
            if not any(_try(way, slots, chance, draft, before) for way in chance.few(part.ways, len(part.ways))):
                return False
        elif not (part.seldom and chance.yes(0.5)):
            before = len(draft.pieces)
            if not _write(part.parts, slots, chance, draft):
                del draft.pieces[before:]
    return True


def _try(way: tuple[_Part, ...], slots: Slots, chance: Chance, draft: Draft, before: int) -> bool:
    """Write one of several ways; nothing stays of one that fails."""
    if _write(way, slots, chance, draft):
        return True
    del draft.pieces[before:]
    return False


def _words(draft: Draft, words: str) -> None:
    """Words as they are, but no second full stop behind one and no comma behind "?"."""
    last = draft.last
    if last and ((words[0] == "." and last in _STOPS and words[:3] != "...") or (words[0] == "," and last in "?!,")):
        words = words[1:]
    if words[:1] == " " and last == " ":
        words = words[1:]
    if words:
        draft.add(words)
