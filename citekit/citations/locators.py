"""Locators: the place in the work, in the spellings of many languages.

A value's dashes are "-", several ranges are joined by "; ", the rest stays as printed (the JSON schema, docs/schema).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.lexicon import alternation, concepts, words
from citekit.model import Locator

__all__ = [
    "LocatorMatch", "behind_label", "find_locators", "locator_value", "pages_and_following", "range_pattern",
]  # fmt: skip

_DASH = "-‐‑‒–—−"
# "12r", "56 v°", "4 об.": a leaf has two sides; "201n34": a note on a page (Chicago 17, 14.157).
_SIDE = r"(?:[rv](?![a-z])|\s?(?:[rv]°|[rv]º|об\b|зв\b)|°|(?<=\d)nn?\.?\s?\d{1,3}(?!\d))?"
# Words that are written with the letters of Roman figures: "p. 265-289, ici p. 270".
_SMALL_ROMAN = r"(?!(?:ici|il|di|mi|ci|mil|dim)\b)[ivxlcdm]{2,7}"
_NUMBER = rf"(?:\d{{1,5}}(?:[a-e](?![a-z]))?|[ivx]|{_SMALL_ROMAN}|[IVX]|[IVXLCDM]{{2,7}})(?:\*|bis|ter)?{_SIDE}"
# And the following pages, in the languages of scholars: "f.", "40n.", "e ss.", "et suivantes", "i n.", "и сл.".
_FOLLOW_SHORT = r"(?:ss?|ff?|segg?|sgg|suiv|sigs?|nn?|násl|nást|köv|seur|flg|følg|сл|след|наст)"
_FOLLOW_WHOLE = (
    r"(?:suivant(?:e?s)?|folgenden?|seguent[ei]|siguientes?|seguintes?|volgende|følgende|följande|następne|nasl"
    r"|následující|seuraavat|következő|следующие|далее)"
)
_FOLLOW = rf"(?:{_FOLLOW_SHORT}|{_FOLLOW_WHOLE})"
_AND = r"(?:e|y|et|i|a|u\.|und|en|og|och|ja|és|и|та)"
_FOLLOWING = (
    rf"(?:\s?(?:ff?|sqq?|ss?|segg?|sgg|f\.?\s?f)\b\.?|nn?\b\.?|\s{_AND}\s(?:{_FOLLOW_SHORT}\b\.?|{_FOLLOW_WHOLE}\b)"
    r"|\s(?:suiv|e\.\s?v|nn)\b\.?)?"
)
_FOLLOWED = re.compile(rf"\d\s{_AND}\s{_FOLLOW}\b")
_SIMPLE = rf"{_NUMBER}(?:\s?[{_DASH}]\s?{_NUMBER})?{_FOLLOWING}"
_JOIN = r"(?:\s?[,;&]\s?|\s(?:and|und|et|e|y|en|i|и|sowie)\s)"
_ROMAN = re.compile(r"(?:[ivx]{1,6}|[IVX]{2,7}|[IVXLC]{2,9}|[ivxlc]{2,9}|[XV])(?![a-zA-Z])")
_JOINED = re.compile(rf"\s?(?:[,;&、，]|\s(?:and|und|et|e|y|en|i|и|sowie)\s(?!{_FOLLOW}\b))\s?")
_FOLLOWING_APART = re.compile(r"(?<=\d)\s(?=ff?\b|sqq?\b|ss?\b|segg?\b)")
_WIDE = str.maketrans("０１２３４５６７８９～~〜", "0123456789---")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?(?![\d–-])")
_INITIAL_BEFORE = re.compile(r"(?<![^\W\d_])(?<!a\.)(?<!a\.\s)[^\W\d_a-z]\.\s?\Z")
# "Hill, M. and Vogel, S. 1977. Das Salz": what stands before the last initial of an author-date list is names alone.
_INVERTED = r"[^\W\d_a-z][\w’'-]{1,25}(?:[\s-][^\W\d_a-z][\w’'-]{1,25})?,\s"
_NAMES_BEFORE = re.compile(
    rf"(?:{_INVERTED}(?:[^\W\d_a-z]\.[\s-]?){{1,4}}(?:[,;/&\s]|and|und|et|e|y|i|en|och|og|и){{1,5}}\s?){{0,4}}{_INVERTED}"
)
_WORDS_BEHIND_YEAR = re.compile(r"\)?[.:,]?\s[^\W\d_]|\)?[.:,]\s[«„“\"‘*_]")
_LONGEST_NAMES = 200  # letters
_SKIPS = re.compile(rf"\s?[{_DASH}]\s?")
# Labels that would be read into ordinary words need a digit or a Roman numeral right behind and a full stop.
_AMBIGUOUS = frozenset({"p", "pp", "v.", "n.", "c.", "f.", "s.", "S.", "no.", "line", "note", "k.", "l.", "ch."})


_YEAR_BEHIND = re.compile(r"(?<=\d),\s(?:1[4-9]|20)\d{2}$")  # "p. 15-30, 1938": pages, then the year
_CAPITAL_ROMAN = re.compile(r"[IVXLCDM]{2,}(?![^\W\d_])")
_COUNTED_IN_ROMAN = frozenset({"page", "book", "chapter", "figure"})
_ROMAN_DIVISION = re.compile(r"(?:[IVXLC]{1,9}|[ivxlc]{1,9})(?![^\W\d_])")  # "liv. XI, ch. vi", "tav. III"
_SMALL_DIVISION = re.compile(r"[ivxlc]{2,9}(?![^\W\d_])")
_CIRCA = frozenset({"c.", "C."})  # "carta" before a leaf, "circa" before a year


def _opens_title(label: str, term: str) -> bool:
    """Whether the label is a word with a capital: "Figures III" and "Book IV" are titles, "fig. III" is a place."""
    return term != "page" and label[:1].isupper() and not label.endswith(".")


@dataclass(frozen=True, slots=True)
class LocatorMatch:
    """A labelled locator in a line of words.

    `start` and `end` bound label and numbers, `value_start` and `value_end` the numbers, `locator` is what they say.
    """

    start: int
    value_start: int
    value_end: int
    end: int
    locator: Locator


def range_pattern() -> str:
    """A regular expression for one or more page ranges ("70-71", "XIV", "17f.", "310-312; 315")."""
    return rf"{_SIMPLE}(?:(?:{_JOIN}|\s?;\s?{_page_again()}\s?){_SIMPLE}){{0,19}}"


@cache
def _page_again() -> str:
    return alternation(word for word in words("locators", "page") if word.endswith("."))


@cache
def _labels() -> dict[str, str]:
    """Printed label (folded) → CSL locator term; where languages share a label, the first term of the file holds."""
    terms: dict[str, str] = {}
    for term, listed in concepts("locators").items():
        if term != "narrowing":
            for word in (word for group in listed.values() for word in group):
                terms.setdefault(word, term)
                if len(word) > 1:
                    terms.setdefault(word[0].upper() + word[1:], term)
    return terms


# Each way to write pages in East Asia has one of them; elsewhere these ways need not be tried at every place.
_EAST = re.compile("[第页頁葉叶쪽면]")


@cache
def _pattern(*, east: bool) -> re.Pattern[str]:
    labels = alternation(_labels())
    narrowing = alternation(words("locators", "narrowing"))
    first = "".join(sorted({re.escape(word[0]) for word in (*_labels(), *words("locators", "narrowing"))}))
    labelled = (
        rf"(?<![^\W\d_])(?=[{first}])(?<!\bU\.)(?<!\bU\.\s)(?:(?P<narrow>{narrowing})\s?:?\s?)?(?P<label>{labels})\s?"
        rf"(?P<value>{range_pattern()})(?![^\W_])"
    )
    behind = (
        r"(?<![\w.])(?P<post>\d{1,5}(?:\.?\s?[-–]\s?\d{1,5})?)\.?\s?"
        r"(?P<postlabel>lpp?\b\.?|lk\b\.?|psl\b\.?|p\.l\.|(?:o|old)(?:\.|$))(?!\w)"
    )
    ways = [
        labelled,
        r"第\s?(?P<zh>[0-9０-９一二三四五六七八九十百]+(?:\s?[-–—~～〜、，,]\s?[0-9０-９]+)*)\s?(?P<zhlabel>[页頁葉叶])(?P<zhfollowing>以下|以降)?",
        r"(?<!\d)[頁页]\s?(?P<pre>[0-9０-９]{1,5}(?:\s?[-–—~～]\s?[0-9０-９]{1,5})?)(?!\d)",
        behind,
        r"(?P<cjk>\d{1,5}(?:\s?[-–~～〜]\s?\d{1,5})?|[〇一二三四五六七八九十百]{1,5}(?:[-–~～〜―][〇一二三四五六七八九十百]{1,5})?)\s?(?P<cjklabel>[頁页쪽면])(?P<cjkfollowing>以下|以降|이하)?",
    ]
    return re.compile("|".join(ways if east else (labelled, behind)))


_BEHIND_ONE_LETTER = r"\s\w:"
_PRINTED = {" ": r"\s", "'": "'’", "’": "'’"}
# "123. lpp.": behind the number, on the Baltic and in Hungary.
_NUMBER_BEFORE_LABEL = re.compile(r"\d\.?\s?(?:l[pk]|psl|p\.l|o)")


@cache
def _candidate() -> re.Pattern[str]:
    """The first two letters of a label that stands before its number: a search runs from one to the next."""
    behind: dict[str, set[str]] = {}
    for word in (*_labels(), *words("locators", "narrowing")):
        second = word[1:2]
        behind.setdefault(word[0], set()).add(
            _BEHIND_ONE_LETTER if not second else _PRINTED.get(second, re.escape(second))
        )
    return re.compile(
        "|".join(rf"{re.escape(one)}(?<![^\W\d_].)[{''.join(sorted(behind[one]))}]" for one in sorted(behind))
    )


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The labels with their numbers, none inside another."""
    east = _EAST.search(text) is not None
    if east or _NUMBER_BEFORE_LABEL.search(text):
        yield from _pattern(east=east).finditer(text)
        return
    pattern, end = _pattern(east=False), 0
    for candidate in _candidate().finditer(text):
        match = pattern.match(text, candidate.start()) if candidate.start() >= end else None
        if match:
            end = match.end()
            yield match


@lru_cache(maxsize=REMEMBERED)
def find_locators(text: str) -> tuple[LocatorMatch, ...]:
    """All labelled locators, in order."""
    found = []
    for match in _matches(text):
        if match["label"]:
            label, value = match["label"], match["value"]
            chapter = label == "ch." and _SMALL_DIVISION.match(value)
            if label in _AMBIGUOUS and not (value[:1].isdigit() or _CAPITAL_ROMAN.match(value) or chapter):
                continue
            if label in _CIRCA and re.match(r"\d{4}", value):
                continue
            if label[0].isupper() and (_YEAR.match(value) or value == "i") and _is_initial(text, match):
                continue
            term = _labels().get(label) or _labels().get(_spaced(label)) or "page"
            if value[:1].isalpha() and not (_ROMAN if term == "page" else _ROMAN_DIVISION).match(value):
                continue
            if value[:1].isalpha() and (term not in _COUNTED_IN_ROMAN or _opens_title(label, term)):
                continue
            start, end = match.span("value")
            dated = _YEAR_BEHIND.search(value)
            if dated:
                end -= len(dated.group())
                value = value[: dated.start()]
            found.append(LocatorMatch(match.start(), start, end, end, Locator(term, locator_value(value))))
        else:
            said = match.groupdict()
            group = next(name for name in ("zh", "pre", "post", "cjk") if said.get(name))
            start, end = match.span(group)
            following = said.get(f"{group}following") or ""  # "45頁以下": behind the label
            value = locator_value(match[group]) + following
            end = match.end() if following else end
            found.append(LocatorMatch(match.start(), start, end, match.end(), Locator("page", value)))
    return tuple(found)


def _is_initial(text: str, match: re.Match[str]) -> bool:
    """Whether such a label is an initial before the year of author-date styles: "Marsh, Edith M. S. 2016.".

    So is "Nowak, S. i Kowal, J." one.
    """
    if _INITIAL_BEFORE.search(text, 0, match.start()):
        return True
    return (
        len(match["label"]) == len("S.")
        and match.start() < _LONGEST_NAMES
        and _NAMES_BEFORE.fullmatch(text, 0, match.start()) is not None
        and _WORDS_BEHIND_YEAR.match(text, match.end()) is not None
    )


def _spaced(label: str) -> str:
    return re.sub(r"\s+", " ", label)


def locator_value(printed: str) -> str:
    """A locator's value as the JSON schema (docs/schema) has it.

    >>> locator_value("310–312; pp. 141 – 145")
    '310-312; 141-145'
    >>> locator_value("12 e 34-35")
    '12; 34-35'
    """
    value = _label_again().sub("", printed.strip())
    value = _JOINED.sub("; ", value)
    value = _SKIPS.sub("-", value.translate(_WIDE))
    value = _FOLLOWING_APART.sub("", value)
    return value.strip(" ,;")


@cache
def _label_again() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{_page_again()})\s?(?=\d|[ivxlcIVXLC]+\b)")  # "12 ss." has no label again


def pages_and_following(text: str) -> list[tuple[int, int]]:
    """The bounds of locators with words for the pages that follow: "p. 40 et s.", where "s." means no "see"."""
    return [
        (found.start, found.end)
        for found in find_locators(text)
        if _FOLLOWED.search(text, found.value_start, found.end)
    ]


def behind_label(text: str, end: int) -> int:
    """Where words end that were cut between a label and its number, or before the words for the pages that follow.

    >>> behind_label("Studi, cit., vol. I, p. X.", 22)
    25
    >>> behind_label("Études, op. cit., p. 4 et suivantes.", 22)
    35
    """
    if text[end : end + 2] == ". " and text[end - 1].isalpha():
        return next((found.end for found in find_locators(text) if found.start < end < found.value_start), end)
    if text[end - 1].isdigit() and text[end : end + 1] == " ":
        return next((last for first, last in pages_and_following(text) if first < end < last), end)
    return end
