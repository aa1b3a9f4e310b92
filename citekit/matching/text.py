"""Folded text: what is left of a string when spelling habits are taken away.

Two printings of one title differ in case, accents, kinds of quotation marks, dashes and emphasis markup; none of
these tells works apart. Letters of other scripts are romanised by anyascii (Chinese in pinyin, whether written in
simplified or in traditional characters), so that a title in characters meets its own romanisation.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from sys import intern

from anyascii import anyascii

from citekit.lexicon import concept
from citekit.matching.romanisation import pinyin

__all__ = ["fold", "folded_words", "has_han", "is_han", "is_latin", "joined", "tokens", "without_han"]

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_ALONE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_NOT_LATIN = re.compile("[\u0370-\u1aff\u2c00-\ua71f\ua800-\ufaff\U00010000-\U0003ffff]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,9}>|<span [^<>]{0,80}>")
_TOKEN = re.compile(r"[0-9]+|[a-z]+")
_MISREAD = re.compile(r"(?<![0-9a-z])[01](?=[a-z]{4})|(?<=[a-z]{2})[01](?=[a-z]{2})|(?<=[a-z])[01](?=[a-z]{3})")
"""One and nought inside a word or before four letters: l and o, as scanners misread them ("1st" is no word of five)."""
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_HYPHENATED = re.compile(r"(?<![a-z'])[a-z']+(?:-[a-z']+)+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'"})


def has_han(text: str) -> bool:
    """Whether any Chinese character (of Chinese, Japanese or Korean writing) is in `text`."""
    return _HAN.search(text) is not None


def is_han(text: str) -> bool:
    """Whether `text` is Chinese characters alone."""
    return _HAN_ALONE.fullmatch(text) is not None


def without_han(text: str) -> str:
    """`text` without its Chinese characters."""
    return _HAN.sub("", text)


def is_latin(text: str) -> bool:
    """Whether no letter of another script than Latin is in `text`."""
    return _NOT_LATIN.search(text) is None


class _Romanised(dict[int, str]):
    """Letters in ASCII by their code points, each asked of anyascii once: it knows no context."""

    def __missing__(self, code: int) -> str:
        found = self[code] = anyascii(chr(code))
        return found


_ROMANISED = _Romanised()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` in small ASCII letters, without markup, accents and entities; apostrophes are `'`."""
    plain = _TAG.sub("", html.unescape(text)) if "&" in text or "<" in text else text
    if plain.isascii():
        return plain.replace("`", "'").lower()
    composed = unicodedata.normalize("NFKC", plain).translate(_APOSTROPHES)
    return (composed if composed.isascii() else composed.translate(_ROMANISED)).lower()


def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of `text`, folded; "Mao's" is one word, elided articles ("l'origine") are their own."""
    folded = fold(text)
    if "1" in folded or "0" in folded:
        folded = _MISREAD.sub(lambda match: "l" if match[0] == "1" else "o", folded)
    if "-" in folded:
        folded = _HYPHENATED.sub(lambda match: pinyin(match[0]), folded)
    if "'" in folded:
        elided = folded_words("elided")
        pieces = []
        for word in folded.split():
            head, apostrophe, tail = word.partition("'")
            pieces.append(f"{head} {tail}" if apostrophe and head.strip('"(*_') in elided else word)
        folded = _BETWEEN_LETTERS.sub("", " ".join(pieces))
    return tuple(map(intern, _TOKEN.findall(folded)))


def joined(text: str) -> str:
    """All letters and digits of `text`, folded, without anything between."""
    return "".join(_TOKEN.findall(fold(text).replace("'", "")))


@cache
def folded_words(name: str) -> frozenset[str]:
    """The words of a concept of the lexicon `matching`, folded, in all languages."""
    return frozenset(fold(word) for words in concept("matching", name).values() for word in words)
