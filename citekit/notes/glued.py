"""A chapter's heading that was glued to the last words of the page before it.

Text taken from a PDF loses the page break there: "… 1971, pp. 15-34.  CHAPTER 2" is a note's end and the next page's
first line. Only the headings of chapters are told so, and only where a line ends with one and a sentence was closed.
"""

from __future__ import annotations

import re
from functools import cache

from citekit import lexicon
from citekit.notes.signs import chapter_heading, looks_like_heading

__all__ = ["glued_heading"]

_LONGEST = 60  # characters of a chapter's heading
_GAP = re.compile(
    r"(?<=[.!?…。！？．”\"»’)\]）」』])[ \t\u00a0\u3000]+(?=\S)|(?<=\d)(?:[ \t\u00a0]{2,}|\t|\u3000)(?=\S)"
)
_CJK = re.compile(r"[第제]")


@cache
def _named() -> re.Pattern[str]:
    """ "Capitolo secondo", "Zweites Kapitel", "II. fejezet": a chapter's word and one that counts it."""
    words = lexicon.alternation(lexicon.words("headings", "chapter"))
    return re.compile(
        rf"(?:{words}\s[^\W\d_]{{2,20}}|(?:\d{{1,3}}|[IVXLC]{{1,7}}|[^\W\d_]{{2,20}})\.?\s{words})", re.IGNORECASE
    )


def glued_heading(text: str, start: int, end: int, following: str) -> tuple[int, int] | None:
    """Where in a line the words before a glued heading end, and where the heading begins.

    Args:
        text: the document's text.
        start: offset of the line's first word.
        end: offset behind its last word.
        following: the words of the next line, "" where it is blank or the text ends.
    """
    for gap in _GAP.finditer(text, max(start, end - _LONGEST - 20), end):
        heading = text[gap.end() : end]
        if gap.start() > start and len(heading) <= _LONGEST and _opens_chapter(heading, gap[0], following):
            return gap.span()
    return None


def _opens_chapter(heading: str, gap: str, following: str) -> bool:
    """Whether the last words of a line are a heading; one that a single space sets off must be sure of itself."""
    apart = not following or looks_like_heading(following)
    if not heading[0].isupper() and not heading[0].isdecimal() and not _CJK.match(heading):
        return False
    if not chapter_heading(heading) and not (apart and _named().fullmatch(heading)):
        return False
    if gap.strip(" \u00a0") or len(gap) > 1:
        return heading.isupper() or not following[:1].islower()
    return apart and (heading.isupper() or bool(_CJK.match(heading)))
