"""Slavic names in the Latin letters of several countries: Dostoevskij, Dostoyevsky; Čexov, Chekhov, Tschechow.

Scholars (ISO 9), the Library of Congress and the newspapers of each country write one name in many ways. What they
write for one letter is made one letter here; for comparison alone, and applied to both sides.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["one_spelling"]

_LETTERS = (
    ("shch", "s"), ("schtsch", "s"), ("stch", "s"), ("szcz", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"),
    ("sc", "s"), ("kh", "c"), ("ch", "c"), ("cz", "c"), ("sh", "s"), ("sz", "s"), ("zh", "s"), ("ts", "c"), ("tz", "c"),
    ("x", "c"), ("ou", "u"), ("ph", "f"), ("th", "t"),
)  # fmt: skip
_ONE_LETTER = str.maketrans({"y": "i", "j": "i", "w": "v", "z": "s", "'": None})
_GLIDE = re.compile(r"i+(?=[aeou])")  # "ya", "ia", "ja" of Я; "ye", "ie", "je" of Е
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def one_spelling(name: str) -> str:
    """`name` (small ASCII letters) with one letter for each sound that romanisations spell in several ways."""
    for written, letter in _LETTERS:
        name = name.replace(written, letter)
    return _DOUBLED.sub(r"\1", _GLIDE.sub("", name.translate(_ONE_LETTER)))
