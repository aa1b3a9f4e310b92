"""How many volumes a set has: "6 vols. Berlin, 1839–1847", "4 voll.", "5 Bde.", "9 т.", "в 9 т.".

It says nothing of which volume is cited, and stands behind the title, in the bracket of the imprint, or at the end
(Chicago 17, 14.117; GOST R 7.0.100, 5.2.6; CSL's `number-of-volumes`).
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.line import Line
from citekit.citations.numbers import counted_volumes
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["extent_in_volumes", "tag_number_of_volumes"]


@cache
def extent_in_volumes() -> re.Pattern[str]:
    """How many volumes a work has: "19 voll.", "3 Bde."."""
    return re.compile(
        rf"\b\d{{1,3}}\s{alternation(words('volumes', 'number-of-volumes'))}(?![^\W\d_])(?:\s\([^):\d]*\))?"
    )


@cache
def _between_marks() -> Sought:
    """The same between two marks, no other number behind it: "vol. 3, 2" is no count, nor is "12 vol. 3"."""
    told = (*words("volumes", "number-of-volumes"), *words("volumes", "volumes-of-set"))
    listed = (*told, *words("volumes", "volumes-at-end"))
    said, bare = alternation(told), alternation({word.rstrip(".") for word in listed})
    return sought(
        rf"(?<=[.,;:(\[»”)]\s)(?P<number>\d{{1,2}})\s(?:{said}(?![^\W\d_])(?=\s?[,;)\].]|\s\(|\s[^\W\d_])"
        rf"(?!\.?\s[IVXLC]{{1,6}}(?:[,.]|\s?\Z))|{bare}\.?(?=\s?\Z))"
        rf"|(?<=[(\[])(?P<first>\d{{1,2}})\s{said}(?=[,;)\]])",
        listed,
    )


@cache
def _label_before() -> re.Pattern[str]:
    """A word that the number belongs to: "Bd. 3 vol.", "no. 2 t."."""
    listed = alternation(
        word for of in (("volumes", "volume"), ("volumes", "issue"), ("locators", "page")) for word in words(*of)
    )
    return re.compile(rf"(?<![^\W\d_])(?i:{listed})\s\Z")


def tag_number_of_volumes(line: Line) -> None:
    """Label how many volumes the set has, and hold the words that say so."""
    for match in counted_volumes().finditer(line.text):
        behind_mark = line.text[: match.start()].rstrip()[-1:] in tuple(":;,.")
        if behind_mark and line.free(*match.span()) and not line.quoted(match.start()):
            _label(line, match, "number")
    for match in _between_marks().finditer(line.text):
        group = "number" if match["number"] else "first"
        if line.quoted(match.start()) or line.emphasised(match.start()) or not line.free(*match.span()):
            continue
        if not _label_before().search(line.text, max(0, match.start() - 12), match.start()):
            _label(line, match, group)


def _label(line: Line, match: re.Match[str], group: str) -> None:
    if not line.has("number-of-volumes"):
        line.label("number-of-volumes", *match.span(group))
    line.hold(*match.span())
