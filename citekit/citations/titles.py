"""A title field: main title and subtitle, its original script, its translation in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from citekit.citations.brackets import enclosures
from citekit.citations.edges import one_line, without_brackets, without_stop
from citekit.lexicon import alternation, words

__all__ = ["Titled", "read_title"]

_EDGES = " \t,;:，；：、"
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_FIRST_CHARACTER = re.compile(rf"[{_CJK}]")
_IN_CHARACTERS = re.compile(rf"[{_CJK}\d《》〈〉「」『』（）()：，、—·.,\s]*")
_GLOSS = re.compile(r"\s?\[(?P<gloss>[^\[\]]{4,300})\][\s.,;:]*$")
_TRANSLATED_WITH_YEARS = 4  # words: "[Leipzig 1905]" is where and when, "[A History of Salt, 1775–1815]" a title
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]{2}")
_MARKS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‹": "›", '"': '"', "'": "'", "《": "》", "「": "」",
          "『": "』", "〈": "〉", "‚": "‘"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Titled:
    """A title as CSL has it, with what stood beside it; None where nothing did."""

    title: str
    original: str | None = None
    translated: str | None = None
    read: tuple[str, ...] = ()


def read_title(run: str, *, container: bool = False) -> Titled:
    """The words of a title without quotation marks, emphasis signs and closing punctuation.

    Args:
        run: the words as printed.
        container: whether "in", "In:", "//" before the title is no part of it.

    A title in characters behind a romanised one is the original, one in square brackets behind a foreign one its
    translation ("Zhongguo tongshi 中国通史 [A general history of China]").
    """
    text = one_line(run).strip(_EDGES)
    read: list[str] = []
    if container:
        lead = _container().match(text)
        if lead and text[lead.end() :].strip(_EDGES):
            read.append(lead.group())
            text = text[lead.end() :]
    original = translated = None
    gloss = _GLOSS.search(text)
    if gloss and gloss.start() > 2 and _is_gloss(gloss["gloss"]):
        translated = _plain(gloss["gloss"])
        text = text[: gloss.start()]
    script = _FIRST_CHARACTER.search(text)
    if script and _LATIN.search(text[: script.start()]) and _IN_CHARACTERS.fullmatch(text, script.start()):
        romanised = text[: script.start()].rstrip(" ,（(《「『〈")
        found = text[len(romanised) :].strip(_EDGES)
        if len(_FIRST_CHARACTER.findall(found)) > 1 and len(romanised) > 2:
            original = without_stop(without_brackets(_plain(found)))
            text = romanised
    return Titled(_plain(text) or text, original, translated, tuple(read))


@cache
def _container() -> re.Pattern[str]:
    listed = alternation(word for word in words("volumes", "container") if word[0] < "\u2e80")
    east = "|".join(sorted((w for w in words("volumes", "container") if w[0] >= "\u2e80"), key=len, reverse=True))
    return re.compile(
        rf"\s*(?:(?i:{listed})\s?[:：]\s?|(?:in|aus|dans|en|em|nell['’]?|ur)\s(?=[^\W\d_a-z]|[“„«\"'‘])|//\s?|(?:{east})[:：]?\s?(?=[《〈]))",
    )


def _is_gloss(words_inside: str) -> bool:
    """Whether brackets hold a translation: several words, no place and year, none that name a medium or an editor."""
    bare = words_inside.strip()
    imprint = len(bare.split()) < _TRANSLATED_WITH_YEARS and re.search(r"\d{4}[-–]?\d*$", bare)
    return (
        len(bare.split()) >= 2
        and bool(_LATIN.search(bare))
        and not imprint
        and bare[0].isupper() | (bare[0] in "“\"'‘")
        and not re.match(r"(?:Review|Book review|Rezension|Compte rendu|Recensione|Reseña|Online|Electronic)\b", bare)
    )


def _plain(text: str) -> str:
    """Wrapping marks and closing punctuation off."""
    for _ in range(4):
        before = text
        text = text.strip(_EDGES)
        for sign in ("***", "**", "*", "__", "_"):
            if text.startswith(sign) and text.endswith(sign) and len(text) > 2 * len(sign):
                text = text[len(sign) : -len(sign)].strip(_EDGES)
        text = without_stop(text)
        text = _unwrapped(text)
        if text == before:
            break
    return text


def _unwrapped(text: str) -> str:
    """Quotation marks that hold the whole title off, and one that lost its fellow."""
    if len(text) < 3:
        return text
    marks = [mark for mark in enclosures(text) if mark.quoted or mark.opening in ("(", "[")]
    if marks and marks[0].start == 0 and marks[0].end == len(text):
        return text[1:-1].strip(_EDGES)
    inner = text[1:]
    if text[0] in _MARKS and not any(sign in inner for sign in _MARKS[text[0]]):
        return inner
    last = text[-1]
    opening = [sign for sign, closing in _MARKS.items() if last in closing]
    if opening and last != "’" and last not in "'" and not any(sign in text[:-1] for sign in opening):
        return text[:-1]
    # ‘It’s late’, the closing mark cut off or a comma inside it
    if text[0] in "‘'“\"" and last in "’'”\"" and _MARKS.get(text[0]) == last and text[1:-1].count(last) == 0:
        return text[1:-1]
    for opening_sign, closing_sign in (("(", ")"), ("[", "]")):
        if text.startswith(opening_sign) and closing_sign not in text:
            return text[1:]
        if text.endswith(closing_sign) and opening_sign not in text:
            return text[:-1]
    return text
