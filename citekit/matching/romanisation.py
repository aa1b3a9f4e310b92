"""Wade-Giles and pinyin: two romanisations of the same Chinese names and titles.

Older scholarship writes Mao Tse-tung, Teng Hsiao-p'ing, newer Mao Zedong, Deng Xiaoping. Wade-Giles hyphenates the
syllables of a word; a word is converted only when each of its syllables is one of Wade-Giles, so that "Part-time"
stays as it is. Conversion serves comparison alone and is applied to both sides. Table: Library of Congress, "New
Chinese Romanization Guidelines" (1998), conversion from Wade-Giles.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["pinyin", "pinyin_name"]

_SYLLABLE = re.compile(r"(hs|sh|ch'|ch|ts'|tz'|ts|tz|ss|sz|p'|t'|k'|[ptkmfnlhjsyw])?(.+)")
_INITIALS = {
    "p'": "p", "p": "b", "t'": "t", "t": "d", "k'": "k", "k": "g", "ts'": "c", "tz'": "c", "ts": "z", "tz": "z",
    "ss": "s", "sz": "s", "hs": "x", "j": "r",
}  # fmt: skip
_FINALS = {
    "a": "a", "ai": "ai", "an": "an", "ang": "ang", "ao": "ao", "e": "e", "ei": "ei", "en": "en", "eng": "eng",
    "erh": "er", "i": "i", "ia": "ia", "iang": "iang", "iao": "iao", "ieh": "ie", "ien": "ian", "ih": "i", "in": "in",
    "ing": "ing", "iu": "iu", "iung": "iong", "o": "o", "ou": "ou", "u": "u", "ua": "ua", "uai": "uai", "uan": "uan",
    "uang": "uang", "ueh": "ue", "uei": "ui", "ui": "ui", "un": "un", "ung": "ong", "uo": "uo", "eh": "e", "ü": "u",
    "üan": "uan", "üeh": "ue", "ün": "un", "io": "ue",
}  # fmt: skip
_PALATAL = ("i", "ü")  # ch before these is pinyin j, ch' is q (Wade-Giles merges them with zh, ch)


@lru_cache(maxsize=8192)
def pinyin(word: str) -> str:
    """A hyphenated Wade-Giles word in pinyin, written together; any other word as it is.

    Args:
        word: in small letters; the aspirate sign is `'` and may have been lost, as it often is in print: then the
            unaspirated sound is taken.
    """
    syllables = word.split("-")
    if len(syllables) < 2:
        return word
    converted = [_syllable(syllable) for syllable in syllables]
    return word if any(not syllable for syllable in converted) else "".join(converted)


def pinyin_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name in pinyin: where one is hyphenated Wade-Giles, its single syllables are too (Chou En-lai)."""
    converted = tuple(pinyin(word) for word in words)
    if converted == words:
        return words
    return tuple(word if old != word else _syllable(word) or word for old, word in zip(words, converted, strict=True))


def _syllable(syllable: str) -> str:
    """One syllable in pinyin, empty when it is none of Wade-Giles."""
    match = _SYLLABLE.fullmatch(syllable)
    if match is None or match[2] not in _FINALS:
        return ""
    initial, final = match[1] or "", match[2]
    if initial in {"ch", "ch'"}:
        palatal = final.startswith(_PALATAL) and final != "ih"
        sound = {"ch": "j", "ch'": "q"}[initial] if palatal else {"ch": "zh", "ch'": "ch"}[initial]
    else:
        sound = _INITIALS.get(initial, initial)
    if final == "u" and initial in {"ss", "sz", "tz", "tz'"}:
        return sound + "i"
    if final == "o" and initial in {"t", "t'", "n", "l", "ts", "ts'", "s", "ch", "ch'", "j"}:
        return sound + "uo"
    if final == "o" and initial in {"k", "k'", "h"}:
        return sound + "e"
    if initial == "y" and final in {"en", "eh"}:
        return {"en": "yan", "eh": "ye"}[final]
    return sound + _FINALS[final]
