"""When two names are one person, and two lists of names one group of people.

`name_similarity(a, b)` compares CSL names, `{"family", "given", …}` or `{"literal"}`:

=========== =================================================================================================
1.0         the same name, whatever the case, accents, order, or script ("顾颉刚", "Gu Jiegang")
~0.9        compatible: initials against full given names, family name alone, an institution and its acronym
0.6 to 0.8  a likely misprint or variant ("Karl", "Carl"), or one of several given names
0.5         cannot be told: different scripts whose romanisation does not meet
0.0         another person
=========== =================================================================================================

`same_people(a, b)` compares lists on the same scale: 1.0 all alike in order; 0.9 and less where one list is cut short
("et al.", the first author alone); 0.5 where a list is empty, so that nothing can be told; below 0.5 others.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from citekit.lexicon import concept
from citekit.matching import given_names
from citekit.matching.romanisation import pinyin_name
from citekit.matching.text import fold, folded_words, has_han, is_latin, without_han
from citekit.matching.transliteration import one_spelling

__all__ = ["Name", "name_similarity", "parse_name", "parse_people", "same_people", "similarity"]

_SKIPPED = 0.9  # a given name that only one of the two printings has stands before the one compared
_GIVEN_NAMES = 6  # of more, as in the names of nobles, the first are compared
UNKNOWN = 0.5
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_LATIN_WORD = re.compile(r"[^\W\d_\u0370-\uffff]{2}")
_LOOSE_ENTITY = re.compile(r"(?<=\w) (&#[0-9]{2,6};) ?(?=\w)")  # "m &#252; nster": a letter set apart by a conversion
_ACRONYM = re.compile(r"[A-ZÀ-ÞА-ЯΑ-Ω](?:\.?[A-ZÀ-ÞА-ЯΑ-Ω]){1,7}\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.?[\s-]*){1,4}")
_INITIALS_BEHIND = re.compile(r"[^\W\d_]{2,30}\s[A-Z]{1,3}\.?,\s*[^\W\d_]{2,30}\s[A-Z]{1,3}\.?")  # "Rossi M, Bianchi G"
_LONGEST_OTHERS = 30  # characters of "and others" in any language
_UMLAUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_VOWELS = frozenset("aeiouy")
_PIECES = re.compile(r"[,;&]|\b(?:and|und|et|e|ed|y|og|och|en)\b")


@dataclass(frozen=True, slots=True)
class Name:
    """A name, folded for comparison.

    Attributes:
        family: words of the family name, without particles and suffixes (all words of a `literal`).
        given: words and initials of the given names.
        whole: `literal` alone was given: what is family and what given name is not known.
        acronym: letters of an institution printed as an acronym, else empty.
        latin: printed in Latin script.
    """

    family: tuple[str, ...]
    given: tuple[str, ...]
    whole: bool
    acronym: str
    latin: bool

    def __hash__(self) -> int:
        return hash((self.family, self.given))

    @property
    def words(self) -> tuple[str, ...]:
        """All words, the family name first."""
        return self.family + self.given


def parse_name(name: Mapping[str, Any]) -> Name:
    """A CSL name, folded for comparison."""
    family = _string(name.get("family"))
    given = _string(name.get("given"))
    literal = "" if family else _string(name.get("literal")) or given
    return _parse(family, "" if literal else given, literal)


def _string(value: object) -> str:
    """A name part; of one printed in both scripts ("GU 顾") the Latin letters."""
    if not isinstance(value, str):
        return ""
    if "&" in value:
        value = html.unescape(_LOOSE_ENTITY.sub(r"\1", value))
    if has_han(value) and _LATIN_WORD.search(value):
        return without_han(value).strip()
    return value.strip()


@lru_cache(maxsize=16384)
def _parse(family: str, given: str, literal: str) -> Name:
    if literal and literal.count(",") == 1 and not _ACRONYM.fullmatch(literal):
        family, given = literal.split(",")
        literal = ""
    printed = literal or family
    latin = is_latin(printed + given)
    acronym = ""
    if not given and _ACRONYM.fullmatch(printed.strip()) and " " not in printed.strip() and len(printed) <= 8:
        acronym = "".join(char for char in fold(printed) if char.isalpha())
    if literal:
        return Name(_words(literal), (), True, acronym, latin)
    idle = folded_words("particles") | folded_words("name-suffixes")
    if "-" in given:
        family, given = pinyin_name((fold(family), fold(given)))
    words = _words(family)
    kept = tuple(word for word in words if word not in idle) if not idle.isdisjoint(words) else words
    return Name(kept or words, _given(given, idle) if given else (), False, acronym, latin)


@lru_cache(maxsize=16384)
def _words(text: str) -> tuple[str, ...]:
    """The words of a name; a Wade-Giles name becomes pinyin, other hyphens and apostrophes fall."""
    found: list[str] = []
    for word in pinyin_name(tuple(_WORD.findall(fold(text)))):
        found.extend(map(intern, word.replace("'", "").split("-")))
    return tuple(found)


def _given(text: str, idle: frozenset[str]) -> tuple[str, ...]:
    """Given names; "J.K." and "JK" are two initials."""
    if len(text) <= 3 and re.fullmatch(r"[A-Z]{2,3}", text):
        return tuple(text.lower())
    words = _words(text)
    if idle.isdisjoint(words):
        return words
    return tuple(word for word in words if len(word) == 1 or word not in idle)


def name_similarity(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """How far two CSL names are one person or institution (the module's docstring has the scale)."""
    return similarity(parse_name(a), parse_name(b))


@lru_cache(maxsize=16384)
def similarity(a: Name, b: Name) -> float:
    """`name_similarity` of names already folded."""
    if not a.words or not b.words:
        return UNKNOWN
    if a.words == b.words or _anyhow_joined(a, b):
        return 1.0
    if a.acronym or b.acronym:
        return _acronym(a, b)
    if a.latin != b.latin:
        return _across_scripts(a, b)
    if a.whole and b.whole and _is_institution(a) and _is_institution(b):
        return _families(a.family, b.family)
    if a.whole or b.whole:
        return max(_personal(first, second) for first in _readings(a) for second in _readings(b))
    return max(_personal(a, b), _swapped(a, b))


def _is_institution(name: Name) -> bool:
    """Whether a name in one string has a preposition that no person's has ("Ministry of …", "Amt für …")."""
    prepositions = folded_words("function-words") - folded_words("particles")
    return any(len(word) > 1 and word in prepositions for word in name.family)


def _anyhow_joined(a: Name, b: Name) -> bool:
    """The same letters, family name first or last, however divided ("xie chun tao", "Chuntao Xie")."""
    other = ("".join(b.words), "".join(b.given + b.family))
    return "".join(a.words) in other or "".join(a.given + a.family) in other


def _acronym(a: Name, b: Name) -> float:
    """An acronym against the words that it is made of; function words may count or not ("FAO", "BnF")."""
    for short, full in ((a, b), (b, a)):
        if short.acronym and len(full.words) > 1:
            idle = folded_words("function-words")
            letters = "".join(word[0] for word in full.words)
            weighty = "".join(word[0] for word in full.words if word not in idle)
            if short.acronym in {letters, weighty}:
                return 0.9
    if a.acronym and b.acronym:
        return 1.0 if a.acronym == b.acronym else 0.0
    return _personal(a, b) if not (a.whole and b.whole) else 0.0


def _across_scripts(a: Name, b: Name) -> float:
    """Romanisations differ in detail (Dostoevskij, Dostoyevsky); what does not meet may still be the same."""
    alike = max(
        fuzz.ratio("".join(a.words), "".join(b.words)), fuzz.ratio("".join(a.words), "".join(b.given + b.family))
    )
    families = fuzz.ratio("".join(a.family), "".join(b.family)) if not (a.whole or b.whole) else 0.0
    if alike >= 80 or families >= 80:
        return 0.85
    return UNKNOWN


@lru_cache(maxsize=16384)
def _readings(name: Name) -> tuple[Name, ...]:
    """The ways to divide a name given as one string: last word is the family name, or the first."""
    if not name.whole or len(name.family) < 2:
        return (name,)
    idle = folded_words("particles") | folded_words("name-suffixes")
    words = tuple(word for word in name.family if len(word) == 1 or word not in idle) or name.family
    return (
        Name(words[-1:], words[:-1], False, "", name.latin),
        Name(words[:1], words[1:], False, "", name.latin),
        Name(words, (), False, "", name.latin),
    )


def _personal(a: Name, b: Name) -> float:
    families = _families(a.family, b.family)
    if families == 0.0:
        return 0.0
    return families * _given_names(a.given, b.given)


def _swapped(a: Name, b: Name) -> float:
    """Family and given name exchanged, as happens to names of other cultures; only where both agree exactly."""
    return 0.85 if a.given and a.family == b.given and a.given == b.family else 0.0


def _families(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Family names: the same, the same but for spelling, or a part of a double name."""
    one, other = "".join(a), "".join(b)
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    if one[0] == other[0] or one_spelling(one)[:1] == one_spelling(other)[:1]:  # seldom misprinted
        if without_umlaut(one) == without_umlaut(other):
            return 0.98
        if min(len(one), len(other)) >= 5 and one_spelling(one) == one_spelling(other):
            return 0.95
        if one.replace("aa", "a") == other.replace("aa", "a"):  # Danish and Norwegian å
            return 0.95
        if min(len(one), len(other)) >= 5 and Levenshtein.distance(one, other, score_cutoff=1) <= 1:
            return 0.85
    if len(a) == len(b) == 1:
        return 0.0
    small, large = sorted((set(a), set(b)), key=len)
    if small and small < large and all(len(word) > 2 for word in small):
        return 0.85  # "García" for "García Márquez"
    return 0.0


def without_umlaut(name: str) -> str:
    for digraph, letter in _UMLAUT:
        name = name.replace(digraph, letter)
    return name


def _given_names(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Given names: full against full, initial against full, or missing."""
    if a == b or "".join(a) == "".join(b):
        return 1.0
    if not a or not b:
        return 0.9
    short, full = sorted((a, b), key=lambda words: (len(words), sum(map(len, words))))
    lowest = _in_order(short[:_GIVEN_NAMES], full[:_GIVEN_NAMES])
    if lowest == 0.0:
        return _several_in_one(short, full)
    return min(lowest, 0.95) if len(short) != len(full) else lowest


def _in_order(short: tuple[str, ...], full: tuple[str, ...]) -> float:
    """The least score of a list's names, held against those of a longer one in their order as well as can be.

    The "C." of "Charles C." is the second of "C. C.", though it is the first letter for letter.
    """
    if not short:
        return 1.0
    scores = ((_given_name(short[0], full[place]), place) for place in range(len(full) - len(short) + 1))
    return max(
        (
            min(score * (_SKIPPED if place else 1.0), _in_order(short[1:], full[place + 1 :]))
            for score, place in scores
            if score
        ),
        default=0.0,
    )


def _several_in_one(short: tuple[str, ...], full: tuple[str, ...]) -> float:
    """Initials written as one word, or a syllable name against its initials ("Zedong", "Z. D.")."""
    initials = "".join(word[0] for word in full)
    if len(short) == 1 and len(short[0]) <= 3 and short[0] == initials:
        return 0.9
    return 0.0


def _given_name(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.93 if a[0] == b[0] else 0.0
    if given_names.one_name(a, b):
        return 0.9
    if given_names.two_names(a, b):
        return 0.0
    short, full = sorted((a, b), key=len)
    if full.startswith(short) and (len(full) - len(short) > 1 if len(short) > 2 else not _VOWELS.intersection(short)):
        return 0.9  # "Jos." for Joseph, "Th." for Theodor; not Lin for Ling
    if len(short) >= 4 and Levenshtein.distance(a, b, score_cutoff=1) <= 1:
        return 0.8  # Karl, Carl
    return 0.0


@cache
def _others() -> frozenset[str]:
    return frozenset(_letters(word) for words in concept("matching", "others").values() for word in words)


def _is_others(printed: str) -> bool:
    """Whether a name is none, but "et al."."""
    return len(printed) <= _LONGEST_OTHERS and _letters(printed) in _others()


@lru_cache(maxsize=16384)
def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalpha())


def parse_people(names: Sequence[Mapping[str, Any]]) -> tuple[tuple[Name, ...], bool]:
    """The names of a list folded, and whether it is cut short by "et al."; a list in one string is taken apart."""
    people: list[Name] = []
    cut = False
    for name in names:
        if not isinstance(name, Mapping):
            continue
        printed = _string(name.get("literal")) or _string(name.get("family"))
        if _is_others(printed):
            cut = True
        elif name.get("family") or not _is_list(printed):
            people.append(parse_name(name))
        else:
            found, others = _taken_apart(printed)
            people.extend(found)
            cut = cut or others
    return tuple(person for person in people if person.words), cut


def _is_list(printed: str) -> bool:
    """Whether one string holds several people: several commas or a semicolon, or "and" between two with initials."""
    if ";" in printed or printed.count(",") > 1 or _INITIALS_BEHIND.fullmatch(printed):
        return True
    pieces = [piece for piece in _PIECES.split(printed) if piece.strip()]
    return len(pieces) > 1 and "," not in printed.rpartition(" ")[0][-1:] and bool(re.search(r"\b[A-Z]\.", printed))


def _taken_apart(printed: str) -> tuple[list[Name], bool]:
    """The people of a list in one string; initials belong to the family name before them ("Bell, S., Bower, J.")."""
    cut = False
    found: list[tuple[str, str]] = []
    for piece in _PIECES.split(printed):
        plain = piece.strip(" .")
        if not plain:
            continue
        if _is_others(plain) or re.fullmatch(r"eds?|editors?|in", plain, re.IGNORECASE):
            cut = cut or _is_others(plain)
        elif found and not found[-1][1] and _INITIALS.fullmatch(plain) and " " not in found[-1][0].strip():
            found[-1] = (found[-1][0], plain)
        else:
            found.append((plain, ""))
    return [parse_name({"family": head, "given": tail} if tail else {"literal": head}) for head, tail in found], cut


def same_people(a: Sequence[Mapping[str, Any]], b: Sequence[Mapping[str, Any]]) -> float:
    """How far two lists of CSL names are the same people (the module's docstring has the scale)."""
    first, cut_first = parse_people(a)
    second, cut_second = parse_people(b)
    return people_similarity(first, second, cut=cut_first or cut_second)


@lru_cache(maxsize=16384)
def people_similarity(a: tuple[Name, ...], b: tuple[Name, ...], *, cut: bool = False) -> float:
    """`same_people` of lists already folded; `cut` says that one of them ends in "et al."."""
    if not a or not b:
        return UNKNOWN
    short, full = sorted((a, b), key=len)
    left = list(full)
    scores = []
    in_order = True
    for place, person in enumerate(short):
        best = max(left, key=lambda other, person=person: similarity(person, other), default=None)  # type: ignore[misc]
        score = similarity(person, best) if best is not None else 0.0
        if best is not None and score > 0.0:
            left.remove(best)
            in_order = in_order and best == full[place]
        scores.append(score)
    met = [score for score in scores if score > 0.0]
    if len(met) < len(scores):
        return (0.5 if len(full) < 4 else 0.75) * len(met) / len(full)
    mean = sum(scores) / len(scores)
    if len(short) == len(full):
        return mean if in_order else mean * 0.95
    if similarity(short[0], full[0]) == 0.0:
        return mean * 0.7
    return mean * (0.95 if cut else 0.9)


def written_in_han(names: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any of the names is in Chinese characters."""
    return any(has_han(str(value)) for name in names for value in name.values())
