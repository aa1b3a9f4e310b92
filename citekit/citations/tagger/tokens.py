"""A citation as words and marks: what the tagger labels one by one."""

from __future__ import annotations

import re

from citekit.citations.identifiers import find_identifiers

__all__ = ["LIMIT", "Token", "tokens"]

LIMIT = 3000
"""Words and marks of one citation that the tagger looks at; no citation is so long."""

# Writing without spaces between words is taken by the character: kana, Chinese characters. Hangul has spaces.
_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS = rf"[^\W\d_{_SINGLE}]"
# What combines with the letter before: accents, vowel points, the vowel signs of India's scripts, and joiners.
_MARKS = (
    r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    r"\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d]"
)
_TOKEN = re.compile(rf"{_LETTERS}++(?:{_MARKS}++{_LETTERS}*+)*+|\d+|[{_SINGLE}]|[^\w\s]|_")

Token = tuple[int, int, str]
"""Start, end, and what an identifier reader made of it: "URL", "DOI" …, or ""."""


def tokens(text: str) -> list[Token]:
    """The words, numbers and marks of a citation in order; an address or identifier is one word."""
    found: list[Token] = []
    place = 0
    for identifier in find_identifiers(text):
        found += _plain(text, place, identifier.start)
        found.append((identifier.start, identifier.end, identifier.field))
        place = identifier.end
    found += _plain(text, place, len(text))
    return found[:LIMIT]


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [(match.start(), match.end(), "") for match in _TOKEN.finditer(text, start, end)]
