"""Chinese and Cyrillic words in Latin letters, as Western scholars transcribe them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from anyascii import anyascii

from citekit.training.grammar.eastern_bank import rows, words

__all__ = ["pinyin", "pinyin_name", "toned", "transliterated", "wade_giles"]

_HAN = re.compile(r"[一-鿿〇]+")
_LISTS = ("topics", "periods", "places", "persons", "moderns", "counties")
_PROPER = ("places", "persons", "moderns", "counties")
_PERIODS = "秦汉魏晋隋唐宋元明清"
_PUNCTUATION = str.maketrans(
    {
        "：": ": ",
        "，": ", ",
        "、": ", ",
        "（": " (",
        "）": ")",
        "《": " ",
        "》": " ",
        "〈": " ",
        "〉": " ",
        "“": " “",
        "”": "” ",
        "—": "–",
        "·": " ",
        "「": "“",
        "」": "”",
        "？": "? ",
        "！": "! ",
        "；": "; ",
        "。": ". ",
    }
)


def _spelt(characters: str) -> str:
    return anyascii(characters).lower()


@cache
def _readings() -> Mapping[str, str]:
    return {row[0]: row[1] for key in ("cities", "readings") for row in rows("zh_pinyin", key)}


def _paired(word: str) -> str:
    """Four characters are two words, as a rule; fewer are one."""
    if word in _readings():
        return _readings()[word]
    if len(word) == 4:
        return f"{_paired(word[:2])} {_paired(word[2:])}"
    return "".join(_readings().get(character) or _spelt(character) for character in word)


@cache
def _lexicon() -> Mapping[str, str]:
    """Words written together, with their reading; proper names have a capital."""
    known: dict[str, str] = {}
    for key in _LISTS:
        for entry in words("zh_words", key):
            word = entry.split("|")[0]
            if len(word) < 5 and _HAN.fullmatch(word):
                reading = _paired(word)
                if key in {"persons", "moderns"}:
                    reading = pinyin_name(word)
                elif key in _PROPER or (key == "periods" and word[0] in _PERIODS):
                    reading = reading.capitalize()
                known[word] = reading
    known.update(_readings())
    return known


@cache
def _longest() -> int:
    return max(map(len, _lexicon()))


def _syllable(character: str) -> str:
    return _lexicon().get(character) or _spelt(character)


def _words(run: str) -> list[str]:
    """Han characters cut into words: the longest the lexicon knows, else two together."""
    found: list[str] = []
    place = 0
    loose = ""
    while place < len(run):
        for length in range(min(_longest(), len(run) - place), 1, -1):
            if run[place : place + length] in _lexicon():
                break
        else:
            length = 1
        piece = run[place : place + length]
        if length == 1 and piece not in "的与和之论":
            loose += _syllable(piece).lower()
            if len(loose) > 5 or place + 1 == len(run):
                found.append(loose)
                loose = ""
        else:
            if loose:
                found.append(loose)
                loose = ""
            found.append(_lexicon().get(piece) or _syllable(piece))
        place += length
    return [*found, loose] if loose else found


def pinyin(text: str, *, capital: bool = True) -> str:
    """`text` in pinyin without tones, word by word, as library catalogues write it."""
    pieces: list[str] = []
    place = 0
    for found in _HAN.finditer(text):
        pieces += [text[place : found.start()].translate(_PUNCTUATION), " ", " ".join(_words(found.group())), " "]
        place = found.end()
    pieces.append(text[place:].translate(_PUNCTUATION))
    joined = " ".join("".join(pieces).split())
    joined = re.sub(r" ([,.:;?!)”])", r"\1", re.sub(r"([(“]) ", r"\1", joined)).replace("––", "–")
    joined = re.sub(r" ?– ?(?=[^\d])", ": ", joined) if "–" in joined else joined
    joined = re.sub(r"(\d): (?=\d)", r"\1–", joined)
    joined = re.sub(r"(: )([a-zü])", lambda m: m[1] + m[2].upper(), joined)
    for place, character in enumerate(joined):
        if character.isalpha():
            return joined[:place] + character.upper() + joined[place + 1 :] if capital else joined
    return joined


def pinyin_name(name: str) -> str:
    """A Chinese name: the family's, then the given name as one word."""
    name = (
        name.rsplit("]", maxsplit=1)[-1]
        .rsplit("）", maxsplit=1)[-1]
        .rsplit("〕", maxsplit=1)[-1]
        .rsplit(")", maxsplit=1)[-1]
    )
    cut = 2 if name[:2] in words("zh_words", "compound_families") else 1
    readings = {
        "曾": "zeng",
        "吕": "lü",
        "单": "shan",
        "解": "xie",
        "仇": "qiu",
        "长": "chang",
        "乐": "le",
        "女": "nü",
        "律": "lü",
    }
    parts = ["".join(readings.get(c) or _spelt(c) for c in part) for part in (name[:cut], name[cut:])]
    return " ".join(part.capitalize() for part in parts if part)


@cache
def _tones() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in words("zh_pinyin", "tones"):
        syllable, characters = entry.split()
        found.update(dict.fromkeys(characters, syllable))
    return found


def toned(text: str) -> str:
    """The pinyin of `text` with its tones; empty where a reading is not known."""
    done, place = list(pinyin(text)), 0
    for character in text:
        if not _HAN.fullmatch(character):
            continue
        syllable = _tones().get(character)
        if syllable is None:
            return ""
        while place < len(done) and not done[place].isalpha():
            place += 1
        here = unicodedata.normalize("NFD", "".join(done[place : place + len(syllable)])).lower()
        if here.replace("\u0308", "") != re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", syllable)):
            return ""
        capital = done[place].isupper()
        done[place : place + len(syllable)] = syllable.capitalize() if capital else syllable
        place += len(syllable)
    return "".join(done)


_INITIALS = {
    "b": "p",
    "p": "p'",
    "d": "t",
    "t": "t'",
    "g": "k",
    "k": "k'",
    "j": "ch",
    "q": "ch'",
    "x": "hs",
    "zh": "ch",
    "ch": "ch'",
    "r": "j",
    "z": "ts",
    "c": "ts'",
}
_FINALS = {
    "ong": "ung",
    "ian": "ien",
    "ie": "ieh",
    "uo": "o",
    "e": "ê",
    "er": "erh",
    "yan": "yen",
    "ye": "yeh",
    "you": "yu",
    "yu": "yü",
    "yue": "yüeh",
    "yuan": "yüan",
    "yun": "yün",
    "ue": "üeh",
    "eng": "eng",
    "en": "en",
    "ui": "ui",
}
_SYLLABLE = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(iang|iong|uang|ian|iao|ang|eng|ing|ong|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|üe|er|a|o|e|i|u|ü)(?![aeiouü])"
)


def _wade_syllable(match: re.Match[str]) -> str:
    initial, final = match[1] or "", match[2]
    whole = initial + final
    special = {
        "yi": "i",
        "si": "szu",
        "zi": "tzu",
        "ci": "tz'u",
        "zhi": "chih",
        "chi": "ch'ih",
        "shi": "shih",
        "ri": "jih",
        "he": "ho",
        "ge": "ko",
        "ke": "k'o",
        "e": "o",
        "gui": "kuei",
        "kui": "k'uei",
        "guo": "kuo",
        "huo": "huo",
        "shuo": "shuo",
        "kuo": "k'uo",
    }
    if whole in special:
        return special[whole]
    if initial == "y" and whole in _FINALS:
        return _FINALS[whole]
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = "ü" + final[1:]
    final = {"üe": "üeh"}.get(final, _FINALS.get(final, final) if final not in {"eng", "en", "ui", "yu"} else final)
    return _INITIALS.get(initial, initial) + final


def wade_giles(text: str) -> str:
    """Pinyin in the system of Wade and Giles, syllables parted by hyphens."""

    def word(match: re.Match[str]) -> str:
        lowered = match[0].lower()
        syllables: list[str] = []
        place = 0
        while place < len(lowered):
            if lowered[place] == "'":
                place += 1
                continue
            found = next((m for m in (_SYLLABLE_AT.match(lowered, place),) if m), None)
            if not found:
                return match[0]
            syllables.append(_wade_syllable(found))
            place = found.end()
        joined = "-".join(syllables)
        return joined[:1].upper() + joined[1:] if match[0][0].isupper() else joined

    return re.sub(r"[A-Za-zü']+", word, text)


# Longest final first, and an "n" or "g" goes to the next syllable where a vowel follows it.
_SYLLABLE_AT = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(i?ang(?![aeiouü])|iong(?![aeiouü])|uang(?![aeiouü])|[eio]ng(?![aeiouü])|[iu]?an(?![aeiouü])|iao|uai|en(?![aeiouü])|in(?![aeiouü])|un(?![aeiouü])|ai|ei|ao|ou|ia|ie|iu|ua|uo|ui|ue|üe|er(?![aeiouü])|a|o|e|i|u|ü)"
)

_LIBRARY = dict(
    zip(
        "абвгдезийклмнопрстуфцыэіїєґ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "ts",
            "y",
            "e",
            "i",
            "i",
            "ie",
            "g",
        ],
        strict=True,
    )
) | {"ё": "e", "ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "'", "ю": "iu", "я": "ia"}
_SCHOLARLY = _LIBRARY | {
    "ж": "ž",
    "х": "ch",
    "ч": "č",
    "ш": "š",
    "щ": "šč",
    "ц": "c",
    "й": "j",
    "ю": "ju",
    "я": "ja",
    "ь": "'",
    "э": "ė",
    "ё": "ë",
}
_PLAIN = _LIBRARY | {"й": "y", "ю": "yu", "я": "ya", "ь": "", "ё": "yo"}


def transliterated(text: str, system: str = "library") -> str:
    """Russian in Latin letters.

    `system` is "library" (Library of Congress without ties), "scholarly" (ISO 9 of 1968) or "plain".
    """
    letters = {"library": _LIBRARY, "scholarly": _SCHOLARLY, "plain": _PLAIN}[system]
    done: list[str] = []
    for place, character in enumerate(text):
        latin = letters.get(character.lower())
        if latin is None:
            done.append({"№": "no.", "«": "“", "»": "”"}.get(character, character))
        elif character.isupper():
            following = text[place + 1 : place + 2]
            done.append(latin.upper() if following.isupper() and len(latin) > 1 else latin.capitalize())
        else:
            done.append(latin)
    return "".join(done)
