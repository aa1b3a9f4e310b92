"""Words as the search index keeps them: one spelling for what a reader takes for one word.

Small letters without accents (Greek and Latin; Cyrillic loses stress marks and the dots of "ё" alone, for "й" is a
letter of its own), ligatures and letters with strokes as plain ones, every other sign a space. Writing without spaces
between words (Chinese, Japanese, Thai …) is cut into single characters: a word of any length is then a phrase of
them. SQLite's own tokenisers cannot do this: `unicode61` takes a run of Chinese for one word, `trigram` finds nothing
shorter than three characters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["GAP", "PlacedWord", "fold", "placed_words"]

GAP = " \ue000 "
"""Between two texts of one column, so that no phrase reaches from one into the other; folding makes none."""

# Letters that Unicode does not take apart into a plain one and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ё": "е"}
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\u30fa"
    "\u30fc-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00016fe0-\U00018aff\U0001aff0-\U0001b16f"
    "\U00020000-\U0003ffff]"
)
_MARKED = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+|[^\u0300-\u036f]")
_CHUNK = re.compile(r"\S+")
_BARE = ("LATIN", "GREEK", "HEBREW", "ARABIC")  # scripts whose marks a reader leaves out when searching


class PlacedWord(NamedTuple):
    """A word of the index and the place in the text, in code points, of what it was made from."""

    word: str
    start: int
    end: int


class _Signs(dict[int, str]):
    """Code point → what becomes of it; filled as signs are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_sign(chr(code))
        return folded


def _fold_sign(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).casefold().translate(_LETTERS)
    return "".join(map(_bare_sign, plain))


def _bare_sign(sign: str) -> str:
    if _UNSPACED.match(sign):
        return f" {sign} "
    category = unicodedata.category(sign)
    if category == "Cf" or "\u0300" <= sign <= "\u036f":  # soft hyphens, joiners; accents that nothing composes
        return ""
    if category[0] not in "LNM":
        return " "
    script = unicodedata.name(sign, "").partition(" ")[0]
    if script not in _BARE:
        return sign
    apart = unicodedata.normalize("NFD", sign)
    return "".join(part for part in apart if unicodedata.category(part) != "Mn")


_SIGNS = _Signs()


def fold(text: str) -> str:
    """The words of `text` in the index's spelling, one space between each two."""
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return " ".join(composed.translate(_SIGNS).split())


def placed_words(text: str) -> list[PlacedWord]:
    """The same words, each with its place in `text`."""
    words: list[PlacedWord] = []
    for chunk in _CHUNK.finditer(text):
        printed = chunk[0]
        folded = fold(printed)
        if folded and printed.isalnum() and " " not in folded:  # most are; sign by sign is slow
            words.append(PlacedWord(folded, chunk.start(), chunk.end()))
        elif folded:
            words += _sign_by_sign(printed, chunk.start())
    return words


def _sign_by_sign(text: str, shift: int) -> list[PlacedWord]:
    words: list[PlacedWord] = []
    letters: list[str] = []
    start = end = 0
    for match in _MARKED.finditer(text):
        for sign in unicodedata.normalize("NFC", match[0]).translate(_SIGNS):
            if sign == " ":
                if letters:
                    words.append(PlacedWord("".join(letters), shift + start, shift + end))
                    letters = []
                continue
            if not letters:
                start = match.start()
            letters.append(sign)
            end = match.end()
    if letters:
        words.append(PlacedWord("".join(letters), shift + start, shift + end))
    return words
