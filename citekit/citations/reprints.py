"""Two years of one work: that of the edition used, and that of the first, with its imprint where one is printed.

"(1903; repr., New York: Dover, 1994)" and "Weber, Max. (1922) 1978." (Chicago 17, 14.114, 15.40), "Leipzig 1887, ND
Darmstadt 1979", "Paris, Plon, 1928, rééd. Paris, Hachette, 1972", "(Original work published 1905)" (APA 7, 9.41). The
edition used is what the pages are of: its year is `issued`, the other one `original-date`.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.line import Line
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["tag_original_in_brackets", "tag_original_year"]

_YEAR = r"(?:1[4-9]|20)\d{2}(?!\d)"
_BOTH = re.compile(rf"(?<!\d)(?P<year>{_YEAR})\s?\((?P<original>{_YEAR})\)")
_BOTH_SQUARE = re.compile(rf"(?<!\d){_YEAR}\s?\[(?P<original>{_YEAR})\]")
_AT_HEAD = re.compile(rf"\.\s[\[(](?P<original>{_YEAR})[\])]\s(?P<year>{_YEAR})[a-z]?(?=[.,:]\s[“„«\"‘*_]?[^\W\d_])")
_DIGIT = re.compile(r"\d")
_LONGEST_NAMES = 160  # characters before the years of the author-date style
_GAP = 2  # years: of a volume for one year that came out in another
_HOUSE = r"[^,.:;()\[\]\d]{2,50}?"
# The imprint that a first year closes: "Leipzig 1887", "Paris, Plon, 1928", "Stuttgart: Cotta 1887".
_FIRST_IMPRINT = re.compile(rf"[,.(]\s?(?P<first>{_HOUSE})(?:(?P<sign>,\s|\s?:\s)(?P<second>{_HOUSE}))?,?\s\Z")
_LOOKED_BACK = 110


@cache
def _opening() -> re.Pattern[str]:
    """ "(1929; London: …, 1957)", "(1903; repr., New York: Dover, 1994)", "(1871, repr. Oxford, 1965)"."""
    listed = alternation(words("dates", "reprint"))
    return re.compile(
        rf"\((?P<original>{_YEAR})(?:;\s|[,;]\s(?i:{listed})[.,:]{{0,2}}\s)(?P<imprint>[^\W\d_a-z][^()\d]{{1,80}}?),?\s"
        rf"(?P<year>{_YEAR})(?=\))"
    )


@cache
def _reprinted() -> Sought:
    listed = words("dates", "reprint")
    return sought(
        rf"(?<!\d)(?P<original>{_YEAR})(?:[-–/]\d{{2,4}})?(?:\s?(?P<bracket>[(\[])|[;,.]\s)(?:=\s)?(?:[^\W\d_]{{3,16}}\.?\s)?"
        rf"(?i:{alternation(listed)})(?![^\W\d_])[.:,]{{0,2}}\s(?P<imprint>[^()\[\]\d;]{{2,80}}?),?\s(?P<year>{_YEAR})[)\]]?",
        listed,
    )


@cache
def _first_published() -> Sought:
    """ "(Original work published 1905)", "(erstmals erschienen 1905)", "(1re éd. 1905)" at the end."""
    listed = words("dates", "original")
    return sought(
        rf"[.,]?\s[(\[](?i:{alternation(listed)})(?:\s(?:in|im|en|nel|em|v|w))?:?\s(?P<original>{_YEAR})[)\]](?=\.?\s?\Z)",
        listed,
    )


def tag_original_year(line: Line) -> None:
    """Label the year of the first edition, and of a reprint that is stated with its place what is certain of both."""
    if "(" in line.text or "[" in line.text:
        _tag_bracketed(line)
    for match in _reprinted().finditer(line.text):
        if match["original"] < match["year"] and _usable(line, match) and not line.enclosed(match.start()):
            _with_first_imprint(line, match)


def _tag_bracketed(line: Line) -> None:
    text = line.text
    for match in _BOTH.finditer(text):
        if int(match["year"]) - int(match["original"]) >= _GAP and _usable(line, match):
            line.label("original-date", *match.span("original"))
            line.hold(match.start("original") - 1, match.end())
    head = _AT_HEAD.search(text, 0, _LONGEST_NAMES)
    if head and head["original"] < head["year"] and not _DIGIT.search(text, 0, head.start()) and _usable(line, head):
        line.label("original-date", *head.span("original"))
        line.hold(head.start("original") - 1, head.end("original") + 1)
        line.label("issued", *head.span("year"), strip="")
    for match in _opening().finditer(text):
        if match["original"] < match["year"] and _usable(line, match) and _imprint(match["imprint"]):
            line.label("original-date", *match.span("original"))
            line.hold(match.start("original"), match.start("imprint"))
            _label_reprint(line, match)
    stated = _first_published().search(text)
    if stated and _usable(line, stated):
        line.label("original-date", *stated.span("original"))
        line.hold(stated.start() + 1, stated.end())


def tag_original_in_brackets(line: Line) -> None:
    """ "1983 [1924]": the year of the original in square brackets behind that of the edition (ISO 690, 9.4).

    The model takes the two for one field, in which `read_date` tells them apart.
    """
    for match in _BOTH_SQUARE.finditer(line.text):
        if line.free(*match.span("original")) and not line.quoted(match.start()):
            line.label("original-date", *match.span("original"))
            line.hold(match.start("original") - 1, match.end())


def _usable(line: Line, match: re.Match[str]) -> bool:
    return line.free(*match.span()) and not line.quoted(match.start()) and not line.has("original-date")


def _imprint(printed: str) -> tuple[tuple[str, int, int], ...]:
    """Place and publisher in the words before a year, as they stand in them; nothing where neither is known."""
    cut = re.search(r"\s?:\s|,\s", printed)
    if cut is None:
        name = "publisher-place" if is_place(printed) else "publisher"
        return ((name, 0, len(printed)),) if is_place(printed) or is_publisher(printed) else ()
    first, second = (0, cut.start()), (cut.end(), len(printed))
    if is_place(printed[: cut.start()]):
        return ("publisher-place", *first), ("publisher", *second)
    if ":" not in cut.group() and is_place(printed[cut.end() :]):
        return ("publisher", *first), ("publisher-place", *second)
    return ()


def _label_reprint(line: Line, match: re.Match[str]) -> None:
    start = match.start("imprint")
    for name, first, last in _imprint(match["imprint"]):
        line.label(name, start + first, start + last)
    line.label("issued", *match.span("year"), strip="")


def _with_first_imprint(line: Line, match: re.Match[str]) -> None:
    """Label both imprints of a reprint, the first only as the original's."""
    found = _imprint(match["imprint"].strip(" ,"))
    before = _FIRST_IMPRINT.search(line.text, max(0, match.start() - _LOOKED_BACK), match.start())
    if not found or before is None:
        return
    # "…, Title, Leipzig 1887": the chunk before a place alone may be the title, and is not looked at.
    original, start = _imprint(line.text[before.start("first") : before.end()].rstrip(" ,")), before.start("first")
    if before["second"] and (not original or before["sign"] == ", "):
        alone = before["second"]
        if not original or (original[0][0] == "publisher" and not is_publisher(before["first"])):
            original, start = _imprint(alone), before.start("second")
    if not original or not line.free(start, match.start()):
        return
    for name, first, last in original:
        line.label(f"original-{name}", start + first, start + last)
    line.label("original-date", match.start("original"), match.start("original") + 4)
    _label_reprint(line, match)
    line.hold(start, match.end())
    line.tail = min(line.tail, start)
