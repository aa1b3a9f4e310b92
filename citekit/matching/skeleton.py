"""The consonants of a word: what is left of it whatever romanisation, accents and most misprints do to its letters.

Vowels, h, j, y and w are where romanisations of one word differ (Dostoevskij, Dostoyevsky; Chruščev, Khrushchev) and
where German, French and English spell one sound differently. Serves blocking alone: what shares a skeleton is compared.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["skeleton"]

_ONE_SOUND = (("rn", "n"), ("ts", "k"), ("tz", "k"), ("ks", "k"), ("ph", "f"))  # rn: m, as scanners misread it
_LETTERS = str.maketrans(dict.fromkeys("aeiouyhjw'0") | {"c": "k", "q": "k", "x": "k", "m": "n", "z": "s", "1": "l"})
_DOUBLED = re.compile(r"(.)\1+")
_TELLING = 3  # consonants; a word of fewer (Wu, Lao, Eco) keeps its vowels too


@lru_cache(maxsize=16384)
def skeleton(letters: str) -> str:
    """The consonants of `letters` (small ASCII letters and digits), those that are easily exchanged made one."""
    plain = letters
    for written, sound in _ONE_SOUND:
        plain = plain.replace(written, sound)
    found = _DOUBLED.sub(r"\1", plain.translate(_LETTERS))
    return found if len(found) >= _TELLING else letters
