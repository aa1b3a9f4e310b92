"""Names and titles of any script in Latin letters: Chinese by words that decide how a character is read, the rest by
anyascii."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anyascii import anyascii

__all__ = ["family_in_latin", "in_latin", "words_in_latin"]

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
# Straight and curly apostrophes and hyphens do not part a word that is one in its language: L'Année, Sino-Soviet are
# two words in a key, as in Better BibTeX; "d’Histoire" is too.
_WORD = re.compile(r"[^\W_]+")
# Characters that are read otherwise as a surname than alone (Xiandai Hanyu cidian, under each).
_SURNAMES = {
    "曾": "zeng", "单": "shan", "單": "shan", "仇": "qiu", "解": "xie", "查": "zha", "任": "ren", "区": "ou",
    "區": "ou", "翟": "zhai", "盖": "ge", "蓋": "ge", "缪": "miao", "繆": "miao", "朴": "piao", "冼": "xian",
    "尉迟": "yuchi", "尉遲": "yuchi", "长孙": "zhangsun", "長孫": "zhangsun", "万俟": "moqi", "萬俟": "moqi",
    "令狐": "linghu", "澹台": "tantai", "单于": "chanyu", "單于": "chanyu",
}  # fmt: skip


def in_latin(text: str) -> str:
    """The text in ASCII letters, its spaces and punctuation as they are; Chinese syllables run together."""
    if _KANA.search(text):  # Japanese: pinyin would be as wrong as anything, and longer to load
        return anyascii(text)
    return anyascii(_HAN_RUN.sub(lambda run: "".join(_syllables(run[0])), text))


def family_in_latin(family: str) -> str:
    """A family name in ASCII letters; Chinese surnames by their own readings (曾 is Zeng, not Ceng)."""
    name = family.strip()
    for length in (2, 1):
        reading = _SURNAMES.get(name[:length])
        if reading and _HAN_RUN.fullmatch(name):
            return reading + in_latin(name[length:])
    return in_latin(name)


def words_in_latin(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text, each as it stands and in ASCII letters.

    Chinese has no spaces: its characters come in pairs, the commonest length of its words.
    """
    japanese = _KANA.search(text) is not None
    for match in _WORD.finditer(text):
        for word, is_han in _by_script(match[0]):
            if not is_han:
                yield word, anyascii(word)
                continue
            syllables = [anyascii(word[place]).lower() for place in range(len(word))] if japanese else _syllables(word)
            for start in range(0, len(word), 2):
                yield word[start : start + 2], "".join(syllables[start : start + 2])


def _by_script(word: str) -> Iterator[tuple[str, bool]]:
    """Pieces of a word that are Chinese characters, and pieces that are not."""
    end = 0
    for run in _HAN_RUN.finditer(word):
        if run.start() > end:
            yield word[end : run.start()], False
        yield run[0], True
        end = run.end()
    if end < len(word):
        yield word[end:], False


def _syllables(run: str) -> list[str]:
    """One syllable a character. ü is written v, as on keyboards and in ISO 7098's ASCII practice: lv."""
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(run)
    if len(read) != len(run):  # what has no reading comes as it is, and several of it together
        return [anyascii(sign).lower() for sign in run]
    return [anyascii(syllable).lower() for syllable in read]
