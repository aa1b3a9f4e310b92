"""Where an article is, and in brackets the page meant: "JZ 1958, S. 129 (134)", "HZ 6 (1958), S. 129–150 (134)".

German lawyers and the historians of law cite so (Byrd & Lehmann, Zitierfibel für Juristen). Behind a place and a year a
single page and a bracket are two editions of a book.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.line import Line
from citekit.citations.places import is_place
from citekit.lexicon import alternation, words

__all__ = ["tag_page_in_bracket"]

_LONG_ARTICLE = 200  # pages
_DIGITS = re.compile(r"\d+")
_NAME_AND_YEAR = re.compile(r"[\s,](?P<name>[^\s,;()\d][^,;()\d]{0,40})\s(?:1[5-9]|20)\d\d,\s\Z")


@cache
def _page_and_bracket() -> re.Pattern[str]:
    labels = alternation(words("locators", "page"))
    return re.compile(
        rf"(?<![^\W\d_]){labels}\s?(?P<page>\d{{1,5}}(?P<last>[-–—]\d{{1,5}})?)"
        r"\s\((?P<pin>\d{1,5}(?:[-–]\d{1,4})?(?:\s?ff?\.?)?)\)"
    )


def tag_page_in_bracket(line: Line) -> None:
    """Label both."""
    match = _page_and_bracket().search(line.text) if ")" in line.text else None
    if match is None or not line.free(*match.span()) or line.quoted(match.start()):
        return
    first, pin = _number(match["page"]), _number(match["pin"])
    if not first <= pin <= first + _LONG_ARTICLE:
        return
    if not match["last"]:
        named = _NAME_AND_YEAR.search(line.text, max(0, match.start() - 60), match.start())
        if named is None or is_place(named["name"]):
            return
    line.label("page", *match.span("page"))
    line.label("locator", *match.span("pin"))
    line.hold(*match.span())


def _number(printed: str) -> int:
    found = _DIGITS.match(printed)
    return int(found.group()) if found else 0
