"""Works without a year: an imprint that closes with place and publisher, or a word that the work is not out yet.

Chicago 17, 14.145 (no date), 14.146 (forthcoming); ISO 690:2010, 9.2.5.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.dates import years
from citekit.citations.line import Line
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import Sought, alternation, sought, words

__all__ = [
    "author_forthcoming",
    "closes_with_imprint",
    "said_for_year",
    "says_forthcoming",
    "tag_forthcoming",
    "tag_place_alone",
]

_HOUSE = r"[^\W_][^,;:()\[\].\d]{1,60}(?:\.[^,;:()\[\].\d]{1,40})?"
_CLOSING = re.compile(
    rf"[,.(]\s?(?P<place>[^\W\d_][^,;:()\d]{{1,40}}?)(?::\s|\s:\s|,\s|、)(?P<house>{_HOUSE})\)?[.。]?\s?\Z"
)
_NAME_AND_BRACKET = re.compile(r"(?:[^\W\d_a-z][\w’'-]*\.?,?\s(?:[^\W\d_]{1,3}\s)?){1,6}\(")
_MARK = re.compile(r"[,.(:]")
_REACH = 140  # characters at the end in which an imprint has room


def closes_with_imprint(text: str) -> bool:
    """Whether place and publisher close the words, behind a title: ", trad. A. Morel, Paris, Vrin".

    One of the two must be known: a place with namesakes among the words of a sentence is none.

    >>> closes_with_imprint("Lettere e diari, a cura di G. Morandi, Torino, Einaudi")
    True
    >>> closes_with_imprint("He lived in turn in Paris, London, and Rome")
    False
    """
    first = max(0, len(text) - _REACH)
    for mark in _MARK.finditer(text, max(first, 3)):
        found = _CLOSING.match(text, mark.start())
        if found is None or is_place(found["house"]):
            continue
        capital = found["house"][0].isupper() or not found["house"][0].islower()
        if capital and (is_place(found["place"]) or (is_publisher(found["house"]) and found["place"][0].isupper())):
            return True
        if is_publisher(found["place"]) and is_place(found["house"]):
            return True
    return False


@cache
def _forthcoming() -> Sought:
    listed = words("dates", "forthcoming")
    said = alternation(listed)
    return sought(
        rf"[(\[](?P<in>(?i:{said}))[)\]]|,\s(?P<behind>{said})(?=\.?\s?\Z)|\.\s(?P<apart>(?i:{said}))(?=\.?\s?\Z)"
        rf"|\.\s(?P<head>(?i:{said}))(?=\.\s[“«„‘\"*_]*[^\W\d_])",  # where an author-date style has the year
        listed,
    )


def says_forthcoming(text: str) -> bool:
    """Whether the words say of a work that it is not out yet, where a citation has the year."""
    return _forthcoming().search(text) is not None


def author_forthcoming(text: str) -> bool:
    """Whether words begin with a name and, in brackets, that the work is not out yet: "García (en prensa)"."""
    name = _NAME_AND_BRACKET.match(text)
    said = _forthcoming().search(text) if name else None
    return name is not None and said is not None and said.start() == name.end() - 1 and said["in"] is not None


def tag_forthcoming(line: Line) -> None:
    """Label the words that stand for the year of a work that is not out yet: "(in press)", ", à paraître".

    Where a year is stated all the same, they are a note on it.
    """
    for match in _forthcoming().finditer(line.text):
        name = next(group for group in ("in", "behind", "apart", "head") if match[group])
        span = match.span(name)
        if match.start() and line.free(*span) and not line.quoted(span[0]) and not line.emphasised(span[0]):
            line.label("note" if years(line.text) else "issued", *span, strip="")
            line.hold(*match.span())


@cache
def _undated() -> re.Pattern[str]:
    """ "Berlin o. J.", "Routledge, n.d.": what stands for the year where none is printed."""
    said = alternation(word for word in words("imprint", "none") if word[-2:-1] in "Jdг")
    return re.compile(rf"[,.]\s(?P<place>[^,.;()]{{2,30}}),?\s(?P<none>{said})")


@cache
def _no_date_behind() -> re.Pattern[str]:
    said = alternation(word for word in words("imprint", "none") if word[-2:-1] in "Jdг")
    return re.compile(rf",?\s{said}$")


def tag_place_alone(line: Line) -> None:
    """No year at all: nothing is an imprint but what brackets, a colon or "no date" say."""
    undated = _undated().search(line.text)
    if undated and line.free(*undated.span("place")) and not line.quoted(undated.start()):
        line.hold(*undated.span("none"))
        if is_place(undated["place"]):
            line.label("publisher-place", *undated.span("place"))
            line.tail = min(line.tail, undated.start("place"))
    for mark in line.marks:
        if not mark.quoted and ":" in line.text[mark.start : mark.end] and line.free(*mark.inner):
            inner = line.text[mark.start + 1 : mark.end - 1]
            place, _, house = inner.partition(":")
            said = _no_date_behind().search(house)
            house = house[: said.start()] if said else house
            if is_place(place) and house.strip():
                line.label("publisher-place", mark.start + 1, mark.start + 1 + len(place))
                line.label("publisher", mark.start + 2 + len(place), mark.start + 2 + len(place) + len(house))
                line.hold(mark.start, mark.end)
                line.tail = min(line.tail, mark.start)


def said_for_year(line: Line) -> tuple[int, int] | None:
    """Where the words stand that the line has in place of a year, none behind them; None where there are none."""
    issued = line.first("issued")
    return (issued.start, issued.end) if issued and not any(map(str.isdigit, line.text[issued.start :])) else None
