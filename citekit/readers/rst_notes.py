r"""Footnotes and citations of reStructuredText, made ready for pandoc: each where it is defined, with its label.

docutils, "reStructuredText Markup Specification" (Footnotes, Citations): `[1]_` is called by its number, `[#]_` and
`[#name]_` get the numbers that are free, in the order of the definitions, `[*]_` the next sign, `[Weber1978]_` is a
citation. pandoc puts a note's words at each of its calls, numbers them anew, and drops what nothing calls.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from citekit.model import NoteKind
from citekit.readers.called_notes import CALL, NOTE, CalledNote

__all__ = ["plainer_notes"]

_NAME = r"[^\W_](?:[\w.+:-]{0,80}[^\W_])?"
_DEFINED = re.compile(rf"^([ \t]{{0,40}})\.\.[ \t]{{1,4}}\[(\d{{1,6}}|\*|#(?:{_NAME})?|{_NAME})\](?:[ \t]+(\S.*))?$")
_CALLED = re.compile(rf"(?<![\w`])\[(\d{{1,6}}|\*|#(?:{_NAME})?|{_NAME})\]_(?![\w_])")
_LITERAL = re.compile(r"``[^`\n]{1,400}``")
_SIGNS = "*†‡§¶#♠♥♦♣"


@dataclass(frozen=True, slots=True)
class _Definition:
    """A definition in the source: its line, its indentation, its name as it is written, the words on its line."""

    line: int
    indent: str
    name: str
    words: str


def plainer_notes(source: str) -> tuple[str, list[CalledNote]]:
    """The source with each definition as a container and each call as a link to its number, and the notes."""
    lines = source.splitlines()
    defined = [
        _Definition(number, found[1], found[2], found[3] or "")
        for number, line in enumerate(lines)
        if ".. [" in line and (found := _DEFINED.match(line))
    ]
    if not defined:
        return source, []
    called = list(_labelled(defined))
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(defined):
        numbers[one.name.casefold()].append(number)
    at = {one.line: (number, one) for number, one in enumerate(defined)}
    met: dict[str, int] = defaultdict(int)
    written: list[str] = []
    for place, line in enumerate(lines):
        words = line
        if place in at:
            number, one = at[place]
            inner = _indentation(lines, place, one.indent)
            written += ["", f"{one.indent}.. container:: {NOTE[1:]}{number}", ""]
            words = f"{inner}{one.words}" if one.words else ""
        written.append(_with_links(words, numbers, met, called))
    return "\n".join(written) + "\n", called


def _labelled(defined: list[_Definition]) -> Iterator[CalledNote]:
    """The notes in the order of their definitions."""
    taken = {one.name for one in defined if one.name.isdecimal()}
    free = (str(number) for number in range(1, 1_000_000) if str(number) not in taken)
    signs = 0
    for one in defined:
        if one.name == "*":
            yield CalledNote(_SIGNS[signs % len(_SIGNS)] * (signs // len(_SIGNS) + 1), NoteKind.FOOTNOTE)
            signs += 1
        elif one.name.startswith("#"):
            yield CalledNote(next(free), NoteKind.FOOTNOTE)
        else:
            yield CalledNote(one.name, NoteKind.FOOTNOTE if one.name.isdecimal() else NoteKind.REFERENCE)


def _indentation(lines: list[str], place: int, base: str) -> str:
    """How far the lines of a definition are indented."""
    for line in lines[place + 1 :]:
        if line.strip():
            own = line[: len(line) - len(line.lstrip())]
            return own if len(own) > len(base) and own.startswith(base) else f"{base}   "
    return f"{base}   "


def _with_links(line: str, numbers: dict[str, list[int]], met: dict[str, int], called: list[CalledNote]) -> str:
    """A line with its calls as links; those without definition are left."""
    if "]_" not in line:
        return line
    literal = [found.span() for found in _LITERAL.finditer(line)]

    def linked(found: re.Match[str]) -> str:
        name = found[1].casefold()
        listed = numbers.get(name, [])
        if not listed or any(start <= found.start() < end for start, end in literal):
            return found[0]
        number = listed[0]
        if name in ("#", "*"):  # each call of these is the next note's
            number = listed[min(met[name], len(listed) - 1)]
            met[name] += 1
        return f"`{called[number].label} <{CALL}{number}>`__"

    return _CALLED.sub(linked, line)
