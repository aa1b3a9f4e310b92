""" "TNA, FO 371/23456; FO 371/23500": files of one archive in a row, which is named before the first alone.

Chicago 17, 14.222 and the archives' own rules name the repository once; what stands behind a semicolon is another file
of it, in full or only from the unit that differs ("filza 12, c. 3r; filza 14, c. 9v").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from citekit.citations.locators import find_locators
from citekit.citations.names import is_person
from citekit.citations.prose import sentence_words
from citekit.citations.shelfmarks import find_units, repository_at_head, shelfmark
from citekit.citations.signals import signal_head
from citekit.lexicon import words

__all__ = ["behind_same_units", "files_behind", "further_files", "is_archival", "is_further", "shape"]

_LONGEST = 120  # characters of a file's place and leaf
# Commas part the units, and full stops behind a number or a whole word: not "Rep. 89", "Add. MS 40446", "inv. č. 3".
_EDGE = re.compile(r"[,;:]\s|(?:(?<=\d)|(?<=[^\W\d_]{5})|(?<=[A-ZА-Я]{3}))\.\s")
_RUN = re.compile(r"\d+|[^\W\d_]+\.?")
_SIGLUM = 5  # letters: a longer word in capitals is a name
_QUOTES = frozenset('“”«»„"()[]‘’')
# "doc. 5", "Nr. 7", "file 4": books and journals count them, too; alone they open no file.
_COUNTED_ELSEWHERE = frozenset({"nr", "no", "n", "doc", "item", "file", "series", "papers"})


def is_archival(citation: str) -> bool:
    """Whether a citation is one of an archive's files: a repository at its head, or units of a shelfmark."""
    return repository_at_head(citation) is not None or shelfmark(citation) is not None


def further_files(text: str, bounds: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The starts of those citations of a note that are further files of the archive named before them."""
    found: set[int] = set()
    held = False
    for number, (start, end) in enumerate(bounds):
        first, last = bounds[number - 1] if number else (0, 0)
        if held and ";" in text[last:start] and is_further(text[first:last], text[start:end]):
            found.add(start)
        else:
            held = is_archival(text[start:end])
    return frozenset(found)


def files_behind(text: str, start: int, end: int, before: str) -> list[tuple[int, int]]:
    """The bounds of the files, each behind a semicolon, in a stretch of a note behind a citation of their archive.

    >>> files_behind("BArch, R 43 II/1245; R 43 II/1246.", 19, 34, "BArch, R 43 II/1245")
    [(21, 33)]
    """
    found: list[tuple[int, int]] = []
    place = start
    while (semicolon := text.find(";", place, end)) >= 0 and not text[place:semicolon].strip(" .,)"):
        stop = text.find(";", semicolon + 1, end)
        first, place = _bounds(text, semicolon + 1, end if stop < 0 else stop)
        if not is_further(before, text[first:place]):
            break
        found.append((first, place))
        before = text[first:place]
    return found


def behind_same_units(before: str, stated: str) -> str:
    """A shelfmark with the larger units that it shares with the one before it.

    >>> behind_same_units("MAP, filza 12", "filza 14")
    'MAP, filza 14'
    >>> behind_same_units("Ф. 17. Оп. 3. Д. 5", "Оп. 4. Д. 6")
    'Ф. 17. Оп. 4. Д. 6'

    A unit that the one before does not have is a smaller one of it; words of its own ("Signori, reg. 14") name another
    group of the same archive.
    """
    edges, head = _chunks(before), _first(stated)
    alike = [start for start, end in edges if shape(before[start:end]) == shape(head)]
    if alike:
        return before[: alike[0]] + stated
    return f"{before}, {stated}" if find_units(head)[:1] and find_units(head)[0].start() == 0 else stated


def is_further(before: str, piece: str) -> bool:
    """Whether words are a further file of the archive of which the file before was."""
    if len(piece) > _LONGEST or not any(map(str.isdigit, piece)) or sentence_words(piece):
        return False
    head = _first(piece)
    if _QUOTES & set(piece) or repository_at_head(piece) is not None or _is_leaf(head) or not head[:1].isalnum():
        return False
    if not head.isdigit() and shape(head) in {shape(before[start:end]) for start, end in _chunks(before)}:
        return True
    opening = next((start for start, end in _chunks(piece) if _opens_file(piece[start:end])), None)
    return opening is not None and (opening == 0 or (head[0].isupper() and not is_person(head)))


def _chunks(shelfmark: str) -> list[tuple[int, int]]:
    """The bounds of the units of a shelfmark, the largest first."""
    edges = [*_EDGE.finditer(shelfmark)]
    starts, ends = [0, *(edge.end() for edge in edges)], [*(edge.start() for edge in edges), len(shelfmark)]
    return list(zip(starts, ends, strict=True))


def _first(shelfmark: str) -> str:
    start, end = _chunks(shelfmark)[0]
    return shelfmark[start:end]


def shape(chunk: str) -> str:
    """A chunk with its numbers and its sigla alike: "R 43 II/1245" and "FO 58 I/12" have one shape, "ф. 5" another."""
    return _RUN.sub(_kind, chunk.rstrip(" ."))


def _kind(run: re.Match[str]) -> str:
    said = run.group()
    if said[0].isdigit():
        return "9"
    return "A" if said.isupper() and len(said) <= _SIGLUM and not said.endswith(".") else said.casefold()


def _is_leaf(chunk: str) -> bool:
    """Whether a chunk is a leaf or a page: a place in the file before."""
    located = find_locators(chunk)
    return bool(located) and located[0].start == 0 and located[0].locator.label in ("folio", "page")


def _opens_file(chunk: str) -> bool:
    """Whether a chunk is a unit and its number ("busta 5"), and a unit that nothing but archives have."""
    unit = next(iter(find_units(chunk)), None)
    return (
        unit is not None
        and unit.start() == 0
        and not _is_leaf(chunk)
        and unit.group().rstrip(" .").casefold() not in _elsewhere()
    )


@cache
def _elsewhere() -> frozenset[str]:
    counted = {word.rstrip(".").casefold() for term in ("volume", "issue") for word in words("volumes", term)}
    return _COUNTED_ELSEWHERE | counted


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the words of a stretch, without signal and closing marks."""
    while start < end and text[start] == " ":
        start += 1
    signal = signal_head().match(text, start, end)
    start = signal.end() if signal else start
    while end > start and text[end - 1] in " .,":
        end -= 1
    return start, end
