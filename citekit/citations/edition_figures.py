"""The figure of an edition at a year or at a title: "Leipzig 19275", "Köln 31985", "Tübingen ⁵1972", "Geschichte⁵".

German, Italian and French scholars raise the number of the edition before the year, behind it, or behind the title;
what was copied out of a page or a PDF has lost the raising, and reads as a number of five figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.citations.line import Line
from citekit.citations.places import is_place, is_publisher

__all__ = ["figured_editions", "figured_years", "tag_raised_editions"]

_RAISED = r"(?:¹[⁰¹²³⁴-⁹]|[²³⁴-⁹])"  # nobody counts a first edition
_YEAR = r"(?:1[5-9]\d{2}|20[0-4]\d)"
# The two orders exclude each other: behind "1" a year goes on with 5 to 9, a whole one begins with 1 or 2.
_FLAT = re.compile(r"(?P<year>1[5-9]\d{2}|20\d{2})(?P<edition>[1-9])|(?P<first>[2-9])(?P<dated>1[5-9]\d{2}|20[0-4]\d)")
_FIVE_DIGITS = re.compile(r"[1-9](?<!\d\d)\d{4}(?!\d)")
_PLACE_BEFORE = re.compile(r"(?:[,.;:(]\s?|^)(?P<words>[^,.;:()]{2,40})\s\Z")
_HOUSE_BEFORE = re.compile(r"[,:]\s(?P<words>[^,;:()]{2,40}),\s\Z")
_AT_YEAR = re.compile(
    rf"(?<=[\s(\[])(?P<before>{_RAISED})(?={_YEAR}(?!\d))|(?<=\d{{4}})(?P<behind>{_RAISED})(?![\w⁰-⁹])"
)
_DATED = re.compile(rf"(?<!\d){_YEAR}\Z")
_AT_TITLE = re.compile(
    rf"(?<=[^\W\d_]{{3}})(?P<edition>{_RAISED})(?:[,.:]\s|\s\(|\s)(?P<printed>[^,.:;()\d]{{2,40}}?)(?=[,:]|,?\s{_YEAR})"
)
_LOOKED_BACK = 50  # characters: the longest place or house
_HAS_RAISED = re.compile(_RAISED)


def figured_years(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where a year and the figure of an edition may be one number: the bounds of the year, and of the figure."""
    for number in _FIVE_DIGITS.finditer(text):
        match = _FLAT.match(text, number.start())
        if match is None:
            continue
        names = ("year", "edition") if match["year"] else ("dated", "first")
        yield match.span(names[0]), match.span(names[1])


def figured_editions(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Of `figured_years`, those behind a known place, or behind a comma and a known house."""
    for year, edition in figured_years(text):
        start = min(year[0], edition[0])
        for before, comma in ((_PLACE_BEFORE, False), (_HOUSE_BEFORE, True)):
            chunk = before.search(text, max(0, start - _LOOKED_BACK), start)
            if chunk and (is_place(chunk["words"]) or (comma and is_publisher(chunk["words"]))):
                yield year, edition
                break


def tag_raised_editions(line: Line) -> None:
    """Label the raised figure before a year or behind it, or behind a title whose imprint follows."""
    if line.text.isascii() or not _HAS_RAISED.search(line.text):
        return
    for match in _AT_YEAR.finditer(line.text):
        group = "before" if match["before"] else "behind"
        if group == "behind" and not _DATED.search(line.text, 0, match.start()):
            continue
        if line.free(*match.span()) and not line.quoted(match.start()) and not line.has("edition"):
            line.label("edition", *match.span(group))
    for match in _AT_TITLE.finditer(line.text):
        printed = match["printed"]
        if line.has("edition") or not line.free(*match.span()) or not (is_place(printed) or is_publisher(printed)):
            continue
        line.label("edition", *match.span("edition"))
