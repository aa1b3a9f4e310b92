"""The works of a list of abbreviations: "BR = Otto Krell, Die Brücken, Wien 1901", in lines, tables or definitions.

Chicago 17 14.60: sigla of works cited often stand in a list before the notes or the bibliography. Most abbreviations
of such lists are no works but archives and journals; so an entry counts only if it gives a work with its year, and if a
note uses its name.
"""

from __future__ import annotations

import re
from functools import cache

from citekit import lexicon
from citekit.model import Document, Note, NoteKind, Span
from citekit.notes.layout import Layout
from citekit.notes.signs import heading_kind, looks_like_heading

__all__ = ["listed_sigla"]

_MARK = r"[*_`«»“”\"《》『』]{0,3}"
# "BR = …", "BR: …", "| BR | … |", "BR<tab>…", "BR – …", "BR   …"; behind one blank only letters with two capitals.
_NAMED = rf"(?:[-*•]\s)?\|?\s?{_MARK}(?P<name>[^\W\d_][^\W\d_.]{{1,11}}(?:\s[^\W\d_]{{1,6}})?)\.?{_MARK}"
_APART = r"(?:\s?[=:：|]\s{0,9}|\s{0,3}\t\s{0,9}|\s[-–—]\s|\s{2,9})"
_ENTRY = re.compile(rf"{_NAMED}{_APART}(?P<work>\S.{{5,600}})")
_GLUED = re.compile(r"(?P<name>[A-ZÄÖÜ](?=[^\W\d_]{0,6}[A-ZÄÖÜ])[^\W\d_]{1,7})\s(?P<work>[^\W\d_a-z].{5,600})")
_NAME = re.compile(rf"{_NAMED}\|?")
_RULE = re.compile(r"[|\s:+=-]+")  # the line below a table's head
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]\d\d|20[0-2]\d)(?!\d)")
_RUNNING = re.compile(r"\d{4}\s?(?:ff|sqq|ss|segg|[-–]\s?[).]?\s?$)")  # a serial's first year: "Berlin 1859 ff."
_TITLED = re.compile(r"[^*_,]{3,60},\s[*_][^*_]{3,200}[*_]")  # "Otto Krell, *Les ponts*"
_MOST = 400  # entries


def listed_sigla(document: Document, layout: Layout, notes: list[Note]) -> list[Note]:
    """The entries (without ids, their name as label) that give a work, of all lists of abbreviations of a document."""
    taken = sorted((note.label_span or note.span).start for note in notes)
    said = "\n".join(note.text for note in notes)
    found: list[Note] = []
    for number in range(len(layout.lines)):
        if not layout.lines[number].blank and heading_kind(layout.words(number)) == "abbreviations":
            found += [
                entry for entry in _entries(document, layout, number + 1, taken) if _uses(said, entry.label or "")
            ]
    return found


def _entries(document: Document, layout: Layout, first: int, taken: list[int]) -> list[Note]:
    """The entries below a heading, up to the first line that is none, or that a note takes."""
    rows: list[tuple[Span, Span | None]] = []  # the name, and what it stands for once that is read
    end = next((place for place in taken if place > layout.lines[first - 1].start), None)
    for number in range(first, min(len(layout.lines), first + _MOST)):
        line = layout.lines[number]
        if line.blank or line.furniture:
            continue
        words = layout.words(number)
        if (end is not None and line.last > end) or heading_kind(words) or words[0] == "#":
            break
        entry = _ENTRY.fullmatch(words) or _GLUED.fullmatch(words)
        name = entry or _NAME.fullmatch(words)
        goes_on = bool(rows) and not layout.lines[number - 1].blank
        if entry and not entry["name"][0].islower():
            rows.append((_within(line.first, entry, "name"), _within(line.first, entry, "work")))
        elif rows and (rows[-1][1] is None or goes_on):
            known, said = rows[-1]
            rows[-1] = (known, Span(said.start if said else line.first, line.last))
        elif name and not name["name"][0].islower() and not looks_like_heading(words):
            rows.append((_within(line.first, name, "name"), None))
        elif not _RULE.fullmatch(words):
            break
    return [_note(document, name, work) for name, work in rows if work and _gives_work(document.text[slice(*work)])]


def _within(offset: int, match: re.Match[str], group: str) -> Span:
    return Span(offset + match.start(group), offset + match.end(group))


def _gives_work(words: str) -> bool:
    """Whether an expansion is a work: with a year, or with a title set apart behind an author; no journal's run."""
    periodical = _periodical().search(words) is not None
    if _RUNNING.search(words.rstrip(" |")) and periodical:
        return False
    return _YEAR.search(words) is not None or (_TITLED.match(words) is not None and not periodical)


@cache
def _periodical() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){lexicon.alternation(lexicon.words('roles', 'periodical'))}")


def _uses(said: str, name: str) -> bool:
    """Whether a note has the name as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) is not None


def _note(document: Document, name: Span, work: Span) -> Note:
    end = work.end
    while document.text[end - 1] in " |\t":
        end -= 1
    parts = (Span(work.start, end),)
    return Note("", document.text[slice(*name)], NoteKind.REFERENCE, name, parts, document.slice(parts))
