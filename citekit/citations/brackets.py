"""Quotation marks and brackets: what they enclose, and where a rule must not cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["REMEMBERED", "Enclosure", "enclosures", "protected"]

REMEMBERED = 64  # lines of words: the rules of one citation ask for the same findings again and again

_QUOTES = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "『": "』", "「": "」", "《": "》", "〈": "〉", "‟": "”"}
_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】", "〔": "〕"}
_SINGLE = {"‘": "’", "‚": "‘’", "'": "'"}
_PAIRS = {**_QUOTES, **_BRACKETS, **_SINGLE}
_SIGNS = re.compile(f'["{re.escape("".join((*_PAIRS, *_PAIRS.values())))}]')


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Words between two signs: `start` and `end` are the places of the signs (end exclusive), `opening` the first."""

    start: int
    end: int
    opening: str

    @property
    def inner(self) -> tuple[int, int]:
        """The bounds of the words inside."""
        return self.start + 1, self.end - 1

    @property
    def quoted(self) -> bool:
        """Whether the signs are quotation marks (title brackets of East Asia included)."""
        return self.opening not in _BRACKETS


@lru_cache(maxsize=REMEMBERED)
def enclosures(text: str) -> tuple[Enclosure, ...]:
    """The outermost quotations and all brackets, in order of their start.

    A quotation mark without its fellow encloses nothing; “ closes „ ("„Titel“") and opens otherwise; a sign that
    opens where its fellow should close is taken for a misprint of the closing one ("“Xiangcun… “,").
    """
    found: list[Enclosure] = []
    stack: list[tuple[str, int]] = []
    straight = -1
    quote: tuple[str, int, str] | None = None
    depth = 0
    signs = [(match.start(), match.group()) for match in _SIGNS.finditer(text)]
    last = {char: place for place, char in signs}
    for place, char in signs:
        if quote:
            opening, start, closing = quote
            if opening in _SINGLE and char in closing and text[place + 1 : place + 2].isalnum():
                continue  # an apostrophe: ‘It’s late’
            if char in closing and not depth:
                found.append(Enclosure(start, place + 1, opening))
                quote = None
            elif char == opening and opening != closing:
                depth += 1
            elif char in closing:
                depth -= 1
        elif char in _QUOTES and not (char == "»" and not _opens(text, place)):
            closing = _QUOTES[char]
            if char != "”" and any(last.get(mark, -1) > place for mark in closing):
                ahead = text.find(closing[0], place + 1)
                again = text.find(char, place + 1)
                if char == "“" and (ahead < 0 or (0 <= again < ahead and not _opens(text, again))):
                    closing = "“"
                quote = (char, place, closing)
            elif char == "“" and last.get("“", -1) > place:
                quote = (char, place, "“")
        elif char in _SINGLE and _opens(text, place) and not (char == "'" and text[place + 1].isdigit()):
            if any(last.get(mark, -1) > place for mark in _SINGLE[char]) and _single_end(text, place, _SINGLE[char]):
                quote = (char, place, _SINGLE[char])
        elif char == '"':
            if "א" <= text[place - 1 : place] <= "ת" and "א" <= text[place + 1 : place + 2] <= "ת":
                continue  # gershayim before the last letter of a Hebrew number or abbreviation: תשמ"ו
            if straight < 0 and _opens(text, place):
                straight = place
            elif straight >= 0 and not _opens(text, place):
                found.append(Enclosure(straight, place + 1, '"'))
                straight = -1
        elif char == "”" and straight < 0 and _opens(text, place) and last["”"] > place:
            quote = ("”", place, "”")
        elif char in _BRACKETS:
            stack.append((char, place))
        elif stack and char == _BRACKETS[stack[-1][0]]:
            opening, start = stack.pop()
            found.append(Enclosure(start, place + 1, opening))
    return tuple(sorted(found, key=lambda enclosure: (enclosure.start, -enclosure.end)))


def _opens(text: str, place: int) -> bool:
    """Whether a sign that looks the same on both sides stands where one opens."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return (before.isspace() or before in "([{—–-/“‘«„") and not after.isspace()


def _single_end(text: str, place: int, closing: str) -> int:
    """The place of the closing single quotation mark, 0 where only apostrophes follow."""
    for end in range(place + 2, min(len(text), place + 400)):
        if text[end] in closing and (end + 1 == len(text) or not text[end + 1].isalnum()):
            return end
    return 0


def protected(text: str, marks: tuple[Enclosure, ...], *, brackets: bool = True) -> bytearray:
    """A mask: 1 for each character inside quotation marks or (unless told otherwise) brackets, signs included."""
    mask = bytearray(len(text))
    for mark in marks:
        if brackets or mark.quoted:
            mask[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
    return mask
