"""What is said of a text without notes that cites all the same: works named in its sentences, or notes run into them.

citekit reads notes and lists of references. A text whose line breaks were lost on the way has neither, and no citation
would be found without a word. The signs are those that prose has not: an imprint or a year with its page in brackets,
a labelled page, "op. cit.".
"""

from __future__ import annotations

import re
from functools import cache

from citekit import lexicon
from citekit.lexicon.phrases import alternation
from citekit.model import Diagnostic, Severity, Span

__all__ = ["unread_citations"]

_FEWEST = 3  # a text may well have one page or one book in a sentence
_BEFORE, _SHOWN = 30, 60  # characters of the first sign that the message quotes
_SHORTEST = 4  # characters of an abbreviation that stands for itself: "ibid.", "ebd.", not "ib."
_IN_BRACKETS = re.compile(
    r"\([^():]{2,60}:\s[^():]{2,80},\s(?:1[4-9]|20)\d\d\)"  # (London: Gray Press, 1922)
    r"|\([^()]{2,80}?\s(?:1[4-9]|20)\d\d[a-z]?[,:]\s?(?:[^\W\d_]{1,4}\.\s?)?\d{1,4}[^()]{0,60}\)"  # (Gray 1922, 14)
    r"|第?\s?\d{1,4}\s?[页頁]"
)


@cache
def _by_words() -> re.Pattern[str]:
    pages = (word for word in lexicon.words("locators", "page") if word.endswith("."))
    short = (word for name in ("ibid", "cited") for word in lexicon.words("short_forms", name))
    forms = (word for word in short if word.endswith(".") and len(word) >= _SHORTEST)
    return re.compile(
        rf"(?<![^\W_])(?:{alternation(pages)}\s?\d{{1,4}}(?!\d)|{alternation(forms)}(?![^\W_]))", re.IGNORECASE
    )


def unread_citations(text: str) -> list[Diagnostic]:
    """One warning where a text without notes has three signs of citations or more, at the first of them."""
    found = sorted(match.span() for pattern in (_IN_BRACKETS, _by_words()) for match in pattern.finditer(text))
    apart: list[tuple[int, int]] = []
    for span in found:
        if not apart or span[0] >= apart[-1][1]:  # "(Gray 1922, S. 14)" is one sign, not two
            apart.append(span)
    if len(apart) < _FEWEST:
        return []
    start, end = apart[0]
    before = text[max(0, start - _BEFORE) : start]
    whole = before.partition(" ")[2] if start > _BEFORE else before
    shown = " ".join((whole + text[start : min(end, start + _SHOWN)]).split())
    message = (
        f"{len(apart):,} places look like citations, the first “… {shown} …”, but there are no notes and no list of "
        "references, which alone are read; put each note on a line of its own behind its number, a list under a "
        "heading such as “References”"
    )
    return [Diagnostic(Severity.WARNING, "citations-unread", message, Span(start, end))]
