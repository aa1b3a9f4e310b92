"""How the words of notes differ from prose, and headings from both."""

from __future__ import annotations

import re
from functools import cache

from citekit import lexicon

__all__ = [
    "before_number",
    "chapter_heading",
    "complete",
    "ends_with_locator",
    "goes_on",
    "heading_kind",
    "label_value",
    "looks_like_heading",
    "looks_like_note",
    "unfinished",
]

_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_ADDRESS = re.compile(r"https?://|www\.|\bdoi\b|\barXiv\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
_CJK_NOTE = re.compile(
    r"第?\s?(?<![\d〇一二三四五六七八九十百])[\d〇一二三四五六七八九十百]+(?:[-—–～]\d+)?\s?[页頁]|《[^》]{1,80}》|『[^』]{1,80}』|同上|同前|前掲|참조|쪽"
)
_END = re.compile(r"[.!?…。！？．｡][\"”»’'“›)\]）」』】*_]*$")
_CLOSED = re.compile(r"[\"”»’)\]）」』>]$")
_OPEN = re.compile(r"[,;:\-‐–—(\[«„“‘/=&_，、；：（《「『]$")
_LAST_WORD = re.compile(r"(?:(?<=[\s(\[])|^)([^\W\d_]+)\.$")
_NUMBERING = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[ivxlcIVXLC]{1,6}|[A-Za-z])[.):]?\s+|[§#*=\s]+")
_HEADING_SIGNS = " \t\u00a0:.*#=_"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CIRCLED = {
    chr(code): number
    for first, last, base in ((0x2460, 0x2473, 1), (0x3251, 0x325F, 21), (0x32B1, 0x32BF, 36))
    for number, code in enumerate(range(first, last + 1), base)
}
# 第二章 政府与银行, 제2장; not 第二卷, which is a volume's number
_CJK_CHAPTER = re.compile(
    r"(?:第\s?[〇一二三四五六七八九十百\d]{1,4}\s?[章編编部节節]|제\s?\d{1,3}\s?[장부편절])(?:[\s：:][^，。；,;]{0,40})?"
)
_FULLWIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@cache
def _apparatus() -> frozenset[str]:
    return frozenset(word.lower() for word in lexicon.words("note_signs", "apparatus"))


@cache
def before_number() -> frozenset[str]:
    """Words (small letters, no full stop) behind which a number is no note number: "p", "vol", "Nr"."""
    return frozenset(word.lower() for word in lexicon.words("note_signs", "before_number"))


@cache
def _headings() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind in ("other", "abbreviations", "bibliography", "notes"):
        kinds.update((word, kind) for word in lexicon.words("headings", kind))
    return kinds


@cache
def _chapter() -> re.Pattern[str]:
    words = lexicon.alternation(lexicon.words("headings", "chapter"))
    return re.compile(words + r"(?!\w)(?P<number>\s+(?:\d{1,3}|[ivxlc]{1,7})\b)?", re.IGNORECASE)


def chapter_heading(words: str) -> bool:
    """Whether words are "Chapter 3", "Kapitel IV", "第二章" or the like."""
    if _CJK_CHAPTER.fullmatch(words):
        return True
    found = _chapter().match(words)
    if not found or len(words) >= 60:
        return False
    title = words[found.end() :].split()
    return bool(found["number"]) or not title or (len(title) == 1 and title[0][0].isupper() and title[0].isalpha())


def label_value(label: str) -> int | None:
    """The number that a printed label stands for, None for a sign such as `*`."""
    if label in _CIRCLED:
        return _CIRCLED[label]
    plain = label.translate(_SUPERSCRIPTS).translate(_FULLWIDTH)
    return int(plain) if plain.isdecimal() else None


def looks_like_note(words: str) -> bool:
    """Whether words have what notes have and prose seldom: a year, a page, a web address, "ibid.", "vgl."."""
    if _YEAR.search(words) or _ADDRESS.search(words) or _CJK_NOTE.search(words):
        return True
    apparatus = _apparatus()
    return any(word in apparatus for word in _WORD.findall(words.lower()))


def complete(words: str) -> bool:
    """Whether words end as a sentence ends (an abbreviation such as "pp." is no end)."""
    return bool(_END.search(words)) and not ends_with_locator(words)


def goes_on(words: str) -> bool:
    """Whether words cannot end here: a comma, a hyphen, an open bracket, "pp."."""
    return bool(_OPEN.search(words) and not _END.search(words)) or ends_with_locator(words)


def ends_with_locator(words: str) -> bool:
    """Whether words end with "p.", "vol." or the like, so that a number must follow."""
    last = _LAST_WORD.search(words[-30:])
    return bool(last and last[1].lower() in before_number() and len(last[1]) < 4)


def unfinished(words: str) -> bool:
    """Whether a sentence is still open at the end of `words`."""
    if not words or goes_on(words):
        return True
    closed = _END.search(words) or _CLOSED.search(words) or words[-1:].isdigit()
    return not closed and not _ADDRESS.match(words.rsplit(None, 1)[-1])


def heading_kind(words: str) -> str | None:
    """ "notes", "bibliography", "abbreviations" or "other" for a heading over such a part, None for other words."""
    if not words or len(words) > 80 or (words.count(" ") > 8 and words[1:2] != " "):
        return None
    plain = words.strip(" \t#*=_")
    if not plain or plain[-1] in ",;":
        return None
    if plain.endswith("}"):  # Markdown's attributes: ## Notes {#notes .unnumbered}
        plain = plain[: plain.rfind("{")] if "{" in plain else plain
    plain = plain.rstrip(_HEADING_SIGNS)
    kinds = _headings()
    found = kinds.get(plain.casefold())
    if found is None and (numbering := _NUMBERING.match(plain)):
        found = kinds.get(plain[numbering.end() :].strip(" *_").casefold())
    if found is None and len(plain) > 4 and plain[1] == " " and " " in plain:
        found = kinds.get(plain.replace(" ", "").casefold())  # l e t t e r - s p a c e d
    if found and plain[0].islower():
        return None  # a heading begins with a capital, where the script has them
    return found


def looks_like_heading(words: str) -> bool:
    """Whether a line reads as a chapter's or section's heading."""
    if not words or len(words) > 120:
        return False
    if words[0] == "#" or heading_kind(words):
        return True
    if chapter_heading(words):
        return True
    numbering = _NUMBERING.match(words)
    plain = words[numbering.end() :] if numbering else words
    letters = [char for char in plain if char.isalpha()]
    if len(letters) < 4 or looks_like_note(plain):
        return False
    capitals = sum(char.isupper() for char in letters)
    if capitals > 0.8 * len(letters) and letters[0].isupper():
        return True
    ends_open = plain[-1] not in ".,;:"
    return bool(numbering) and ends_open and len(plain) < 80 and plain[0].isupper()
