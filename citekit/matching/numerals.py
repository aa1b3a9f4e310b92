"""Numbers of volumes and editions in their many spellings: 2, II, "second", "Two", 第二."""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import concept
from citekit.matching.text import fold

__all__ = ["CONCLUDED", "CONTINUED", "NUMBER", "number_value", "numbers_differ", "ordinal_words", "roman_value"]

NUMBER = r"(?:\d{1,3}(?:[./]\d{1,3})?(?!\d)|[IVXLC]{1,8}|(?-i:[A-H])|one|two|three|four|five|six|seven|eight|nine|ten)"
"""A regular expression (no groups) for a number as a title states it, for use with IGNORECASE."""

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(cm|cd|d?c{0,4})(xc|xl|l?x{0,4})(ix|iv|v?i{0,4})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
CONTINUED = "continued"
CONCLUDED = "concluded"
_MAY_BE = {"上": {"1"}, "中": {"2"}, "下": {"2", "3"}}
"""What a volume that has no number but a place (first, middle, last) may be counted as."""
_LATER = frozenset({CONTINUED, CONCLUDED})
_HAN_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}


def roman_value(text: str) -> int | None:
    """The value of a Roman number ("XIV" and old "xiiii"), None when it is none."""
    small = text.lower()
    if not _ROMAN.fullmatch(small):
        return None
    values = [_ROMAN_VALUES[char] for char in small]
    return sum(
        -value if place + 1 < len(values) and value < values[place + 1] else value for place, value in enumerate(values)
    )


def number_value(text: str) -> str | None:
    """A number in Arabic digits ("XIV" is "14", "second" is "2", "4.2" stays); None when it is no number."""
    stripped = text.strip(" .,()[]")
    if not stripped:
        return None
    if re.fullmatch(r"[0-9]+(?:[./-][0-9]+)*", stripped):
        return ".".join(str(int(piece)) for piece in re.split(r"[./-]", stripped))
    roman = roman_value(stripped)
    if roman is not None:
        return str(roman)
    if all(char in _HAN_DIGITS or char == "十" for char in stripped):
        return str(_han_value(stripped))
    return _ordinals().get(fold(stripped)) or (stripped.lower() if len(stripped) == 1 else None)


def _han_value(text: str) -> int:
    """Chinese numbers below 100: 二十三 is 23."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    return 10 * _HAN_DIGITS.get(tens, 1) + _HAN_DIGITS.get(ones, 0)


def numbers_differ(a: str, b: str) -> bool:
    """Whether two numbers of volumes or parts are two: "2" and "3"; 上 and 下, but not 上 and "1"; no first part is
    continued."""
    if a == b:
        return False
    if a in _LATER or b in _LATER:
        return {a, b} == _LATER or "1" in {a, b}
    return {a, *_MAY_BE.get(a, ())}.isdisjoint({b, *_MAY_BE.get(b, ())})


def ordinal_words() -> frozenset[str]:
    """The words for first to tenth, as printed, in all their forms."""
    listed = (entry for words in concept("matching", "ordinals").values() for entry in words)
    return frozenset(form for entry in listed for form in entry.split("/"))


@cache
def _ordinals() -> dict[str, str]:
    return {
        fold(form): str(value)
        for words in concept("matching", "ordinals").values()
        for value, entry in enumerate(words, start=1)
        for form in entry.split("/")
    }
