"""Short names that a document gives to works: "(hereafter ES)", "im Folgenden: VZ", "[= DG]", "（以下简称《汇编》）".

Chicago 17 14.36 and 14.60; MLA and OSCOLA put the name in brackets, with or without quotation marks; German, Italian,
French, Russian and Chinese practice has words of its own for it. What is called so later is a citation, however little
it says: "ES 24".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from citekit.citations.locators import find_locators
from citekit.citations.prose import sentence_words
from citekit.citations.signals import signal_head, signal_inside
from citekit.lexicon import Sought, alternation, concepts, sought, words

__all__ = ["Declaration", "Mention", "declarations", "declared_names", "mention", "mentions", "volume_behind"]

_LONGEST = 60  # characters of a short name
_NAME = rf"(?P<name>[^()\[\]（）;；\n]{{1,{_LONGEST}}})"
_WRAPPED = " \t\"'“”„‟‘’‚«»‹›「」『』《》〈〉*_"
_OPEN, _CLOSE = r"[\"'“„‟‘«‹「『《〈*_]{0,2}", r"[\"'”“’»›」』》〉*_]{0,2}"
# (What stands before is looked at behind the bracket: so a search runs past all that is no bracket.)
# Behind a page, a year or an imprint: "(“Treaty Series”)", "(WuG)"; elsewhere brackets hold a translated title.
_QUOTED = re.compile(r"[(\[](?<=[\d)\].]\s.)[\"“„«‘](?P<name>[^()\[\]\"“”„«»‘’]{1,40})[\"”“»’][)\]]")
_SIGLUM = re.compile(r"[(\[](?<=[\d)\].]\s.)(?P<name>[A-ZÄÖÜ](?=[^()\[\]]{0,6}[A-ZÄÖÜ])[A-Za-zÄÖÜäöüß]{1,7})[)\]]")
# "Karl Marx/Friedrich Engels: Werke (MEW), 43 Bde.": behind the title, before a comma; not of a container, which is
# another work than the one cited.
_BEHIND_TITLE = re.compile(
    r"[(\[](?<=[^\W\d_]{2}[”»“\"*_’]\s.|[^\W\d_]{3}\s.)"
    r"(?P<name>[A-ZÄÖÜ](?=[^()\[\]]{0,6}[A-ZÄÖÜ])[A-Za-zÄÖÜäöüß]{1,7})[)\]](?=[,.])"
)
_IN_CONTAINER = re.compile(r"(?<![^\W\d_])(?:[Ii]n|dans|en|v|в|у|w|em)(?::\s|\s[^\W\d_a-zа-я])")
# One word of few letters: "(= Forum Alte Geschichte 27)" is the German way to name a series.
_EQUALS = re.compile(r"[(\[]\s?=\s?[\"“„»«]?(?P<name>[^\W\d_]{2,10})[\"“”«»]?[)\]]")
_CONTAINER = re.compile(r",\s(?:in|dans|en|em|w|v|в|у|i):?\s$")
_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3}\.)|(?<=\d\.)|(?<=[)”»]\.)|(?<=[;；。]))\s?(?=\S)")
# An entry of a list of abbreviations: "MGH = Monumenta Germaniae Historica", "ZfG: Zeitschrift für …".
_ENTRY = re.compile(r"^(?P<name>[A-ZÄÖÜ](?=[^\W\d_]{0,8}[A-ZÄÖÜ])[^\W\d_]{1,8})(?:\s?=|:)\s(?=[^\W\d_a-z])")
_BARE = (_ENTRY, _QUOTED, _SIGLUM, _BEHIND_TITLE)  # without a word that declares
_ROMAN = re.compile(r"[IVXLCDM]+")
_CAPITALS = re.compile(r"[A-ZÄÖÜА-Я]{2,8}")
# "MEW 23, S. 49", "OC, III, 49", "PTJ 12:270": a volume and, behind it, the page.
_VOLUME = re.compile(
    r"[,.]?\s(?:(?P<roman>[IVXLC]{1,8})|(?P<number>\d{1,3}))"
    r"(?P<parted>,\s|:\s?|\.\s)(?=(?P<page>\d|[^\W\d_]{1,6}\.?\s?[\dIVXivx]|[§¶]))"
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """Words that declare a short name: their bounds, brackets included, and the name.

    `bare` is a name in brackets without a word that declares it: it is one only if the document uses it.
    """

    start: int
    end: int
    name: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A short name in a line of words: bounds of the citation, where the name ends, and the name as declared."""

    start: int
    name_end: int
    end: int
    name: str


@cache
def _behind_word() -> Sought:
    """ "(hereafter NAME)", ", hereafter NAME.", "(Berlin 1990; im Folgenden: NAME)"."""
    latin = [word for word in words("short_forms", "declares") if word[0] < "\u2e80"]
    other = [word for word in words("short_forms", "declares") if word[0] >= "\u2e80"]
    lead = rf"(?i:{alternation(latin)})(?![^\W\d_])\s?[:,]?\s?|(?:{alternation(other)})[：:]?"
    return sought(
        rf"(?:[(\[（]|[,;，；]|(?<=[.)])\s)\s?(?:{lead})(?:[–—=-]\s?)?{_NAME}(?P<close>[)\]）]|(?=[;；]|$))",
        (*latin, *other),
    )


@lru_cache(maxsize=64)
def declarations(text: str) -> tuple[Declaration, ...]:
    """The short names that a note (reading text) declares, in order."""
    found: dict[int, Declaration] = {}
    for pattern in (_behind_word(), _ENTRY, _EQUALS, _QUOTED, _SIGLUM, _BEHIND_TITLE):
        for match in pattern.finditer(text):
            name, end = match["name"], match.end()
            # Without a bracket of its own the name ends with its sentence; a bracket that was open before stays.
            if pattern is _behind_word() and text[match.start()] not in "([（":
                stop = re.search(r"[.。](?:\s|$)", name)
                name = name[: stop.start()] if stop else name
                end = match.start("name") + len(name)
            name = name.strip(_WRAPPED + ".,:：，")
            if pattern in (_SIGLUM, _BEHIND_TITLE) and _ROMAN.fullmatch(name):
                continue
            if pattern is _BEHIND_TITLE and _IN_CONTAINER.search(text, 0, match.start()):
                continue
            if _is_name(name) and not any(one.start < end and match.start() < one.end for one in found.values()):
                found[match.start()] = Declaration(
                    match.start(), end, name, pattern in (_ENTRY, _QUOTED, _SIGLUM, _BEHIND_TITLE)
                )
    return tuple(found[start] for start in sorted(found))


def declared_names(texts: Sequence[str]) -> frozenset[str]:
    """The short names that the notes of a document declare."""
    found = [declaration for text in texts for declaration in declarations(text)]
    bare = {declaration.name for declaration in found if declaration.bare}
    used = {one.name for text in texts for one in mentions(text, frozenset(bare))} if bare else set()
    return frozenset(one.name for one in found if not one.bare or one.name in used)


def _is_name(name: str) -> bool:
    """Whether words can be the short name of a work: a capital (or letters that have none), few words, no number."""
    first = name[:1]
    return first.isalpha() and not first.islower() and len(name.split()) <= 8 and len(name) > 1


@cache
def _numbers() -> re.Pattern[str]:
    """What may follow a short name: volumes, pages, "passim", or nothing."""
    labels = alternation(
        {
            *(word for term in concepts("locators") if term != "narrowing" for word in words("locators", term)),
            *words("volumes", "volume"),
            *words("volumes", "issue"),
        }
    )
    number = r"(?:\d{1,5}[a-z]?|[IVXLCDM]{1,7}|[ivxlcdm]{1,7})(?:\s?[-–~～]\s?[\divxlcIVXLC]{1,7})?(?![^\W\d_]{2})"
    narrowing = alternation(words("locators", "narrowing"))  # "Milsom, Foundations, at 40"
    lead = rf"[第页頁]?(?:(?i:{narrowing})\s)?(?:(?i:{labels})\.?\s?)?"
    unit = rf"(?:{lead}{number}(?:\s?(?:ff?|sqq?|ss|segg?)\b\.?)?[页頁卷册冊쪽]?|passim\b)"
    return re.compile(rf"(?:[\s,.:：，、/]{{0,3}}{unit}){{0,9}}")


@lru_cache(maxsize=8)
def _named(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"{_OPEN}(?P<name>{alternation(names)})[,.]?{_CLOSE}(?![^\W\d_])")


def _found(text: str, names: frozenset[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Each short name in a text, with what follows it of volumes and pages."""
    match = _named(names).search(text)
    while match:
        numbers = _behind(match)
        yield match, numbers
        match = _named(names).search(text, numbers.end())


def _behind(name: re.Match[str]) -> re.Match[str]:
    return cast("re.Match[str]", _numbers().match(name.string, name.end()))  # which may be empty


def mention(text: str, names: Collection[str]) -> Mention | None:
    """The short name that a citation consists of, but for volumes and pages; None where it says anything else."""
    if not names:
        return None
    match = _named(frozenset(names)).match(text)
    if match is None:
        return None
    end = _behind(match).end()
    if text[end:].strip(" .,;:。，)"):
        return None
    return Mention(0, match.end("name"), end, _as_declared(match["name"], names))


def volume_behind(text: str, name_end: int) -> tuple[int, int] | None:
    """The bounds of the bare volume behind a short name; None where the first number is a page ("ES 24, 30")."""
    match = _VOLUME.match(text, name_end)
    if match is None or (match["number"] and match["page"].isdigit() and ":" not in match["parted"]):
        return None
    return match.span("roman" if match["roman"] else "number")


def mentions(text: str, names: Collection[str]) -> Iterator[Mention]:
    """The short names in a note that stand where a citation can begin, each with the volumes and pages behind it.

    "Selim, diary entry, 29 May 1944, in RT, 170" is one, too: what stands in the work that is called so. A name that
    only a sentence mentions is none ("The text of RT is abridged").
    """
    if not names:
        return
    last = 0
    for match, behind in _found(text, frozenset(names)):
        end = match.start() + len(text[match.start() : behind.end()].rstrip(" .,:"))
        numbered = bool(behind.group().strip(" .,:"))
        if text[end:].strip(" )*_") and text[end : end + 1] not in (".", ";", "；", "。", ")", ","):
            continue
        place = match.start()
        container = _CONTAINER.search(text, max(last, place - 8), place)
        if container and numbered:
            place = _sentence_start(text, last, container.start())
            if sentence_words(text[place : match.start()]):
                continue
        elif not _begins(text, place, alone=not numbered) and not _is_cited(match["name"], behind.group()):
            continue
        last = end
        yield Mention(place, match.end("name"), end, _as_declared(match["name"], names))


def _is_cited(name: str, numbers: str) -> bool:
    """ "Die Stelle findet sich in MEW 23, S. 50": a siglum and its page, wherever a sentence has them."""
    return _CAPITALS.fullmatch(name) is not None and bool(find_locators(numbers))


def _sentence_start(text: str, first: int, last: int) -> int:
    """Where the sentence that reaches to `last` begins, not before `first`."""
    return max((match.end() for match in _SENTENCE.finditer(text, first, last)), default=first)


def _as_declared(printed: str, names: Collection[str]) -> str:
    """The name as it was declared; an apostrophe or a blank may be printed otherwise."""
    return printed if printed in names else next((name for name in names if _key(name) == _key(printed)), printed)


def _key(name: str) -> str:
    return "".join(name.replace("’", "'").split())


def _begins(text: str, place: int, *, alone: bool) -> bool:
    """Whether a citation can begin here: at the head, behind a semicolon or signal; with a page, behind a sentence."""
    before = text[:place].rstrip()
    if not before or before[-1] in (";；" if alone else ";；.。(（"):
        return True
    start = max(0, place - 60)
    return any(
        match.end() == place and (match.start() == 0 or not alone)
        for pattern in (signal_inside(), signal_head().pattern)
        for match in pattern.finditer(text, start, place)
    )
