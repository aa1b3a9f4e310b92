"""Short forms that say whether they mean a book or an article: "art. cit.", "a.g.m.", "前掲論文", "前揭书".

An article stands in a container, a book does not. "Op. cit." and its like may mean either, so they tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from citekit.lexicon import words
from citekit.model import Citation, CueKind
from citekit.resolution.ledger import Draft

__all__ = ["of_its_kind"]

# "前掲注(4)朝尾書", "前引陈垣文": the kind behind the name, behind the number of the note or the word for "cited".
_BEHIND_NAME = re.compile(
    r"(?:[)）〕\]\d]|[前上][引揭])[\u3400-\u9fff々ヶ]{1,8}?"
    r"(?:(?P<article>論文|論稿|稿|文)|(?P<book>著書|書|书|著))(?=[、，,。\s\d]|$)"
)


@cache
def _cited(kind: str) -> frozenset[str]:
    return frozenset(word.casefold().rstrip(".") for word in words("short_forms", f"cited_{kind}"))


def of_its_kind(citation: Citation) -> Callable[[Draft], bool] | None:
    """Whether a work is of the kind that the short form says; None where it says none."""
    cue = citation.cue(CueKind.CITED)
    said = cue.text.casefold().rstrip(".") if cue else ""
    behind = _BEHIND_NAME.search(citation.text) if cue or citation.cue(CueKind.CROSS_REFERENCE) else None
    if said in _cited("article") or (behind and behind["article"]):
        return lambda draft: bool(draft.containers)
    if said in _cited("book") or (behind and behind["book"]):
        return lambda draft: not draft.containers
    return None
