"""The source of a wiki's page → its nodes, where it is whole enough to be read in time that grows with its length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mwparserfromhell.wikicode import Wikicode

__all__ = ["parsed"]

_SIGN = re.compile(
    r"\{\{|\}\}|\[\[|\]\]|\[(?=https?:|ftp:|//)|\]|\{\||\|\}"
    r"|<(?P<end>/?)(?P<tag>[a-z][a-z0-9]{0,15})(?=[\s/>])[^<>]{0,1000}>",
    re.IGNORECASE,
)
_VOID = frozenset(("br", "wbr", "hr", "meta", "link", "img", "li", "dt", "dd", "th", "td", "tr"))  # closed by none
_DEEPEST = 40  # the parser looks no deeper
_LEFT_OPEN = 30  # for each sign that is not closed the parser reads the rest of the page again
_PAIRS = {"}}": "{{", "]]": "[[", "|}": "{|", "]": "["}


def parsed(source: str) -> Wikicode | None:
    """The nodes of a source, None where too much in it is left open or lies in each other."""
    import mwparserfromhell
    from mwparserfromhell.parser import ParserError

    if not _is_sound(source):
        return None
    try:
        return mwparserfromhell.parse(source, skip_style_tags=True)
    except (ParserError, RecursionError):
        return None


def _is_sound(source: str) -> bool:
    stack: list[str] = []
    left_open = 0
    for found in _SIGN.finditer(source):
        sign, tag = found[0], (found["tag"] or "").lower()
        if tag in _VOID or (tag and sign.endswith("/>")):
            continue
        opening = (tag if found["end"] else None) if tag else _PAIRS.get(sign)
        if opening is None:
            stack.append(tag or sign)
        elif opening in stack[-_DEEPEST:]:
            while stack.pop() != opening:
                left_open += 1
        elif sign != "]":  # of a place in brackets, an author's remark
            left_open += 1
        if len(stack) > _DEEPEST or left_open > _LEFT_OPEN:
            return False
    return len(stack) + left_open <= _LEFT_OPEN
