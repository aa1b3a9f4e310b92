"""When two strings are the title of one work.

`title_similarity(short, full)` is what the resolution of short forms asks: is `short` this title, or a proper
shortening of it? The answer is a number with fixed meanings:

=========== ==================================================================================================
1.0         the same title, whatever the case, accents, punctuation, markup, leading article or script
>= 0.9      a proper shortening: the title without its subtitle, its first words (with or without "…"), its subtitle
0.6 to 0.9  words of the title that single it out ("Enclosure" for "Commons and Enclosure"), or a misprint
< 0.5       another title; also two volumes or parts of one title, and titles that differ in a number or year
=========== ==================================================================================================

`parse_title` takes a title apart: words, volume and part statements, years. The result is cached, so that one title
is read once however often it is compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from citekit.lexicon import alternation, concept
from citekit.matching.contrasts import contrasted, contrasting_words
from citekit.matching.numerals import numbers_differ
from citekit.matching.skeleton import skeleton
from citekit.matching.text import fold, folded_words, is_han, is_latin, tokens
from citekit.matching.volumes import ordinals_of_rulers, volume_and_part

__all__ = ["Title", "is_generic", "parse_title", "title_similarity"]

_ELLIPSIS = re.compile(r"(?:…|⋯|(?<!\.)\.{3,}|(?<!\. )(?:\. ){2,}\.|\[\s*(?:…|\.{3})\s*\])[\s\"'”’»“*_)\]]*$")
_WRAPPING = " \t\n\"'“”„‟‘’‚«»‹›「」『』《》〈〉*_"
_SEGMENT = re.compile(r"[:;：；]| [—–-] |——|(?<=\w{4})[.?!。] |(?<=[。？！])")
_PAUSE = re.compile(r"[,;.?!()\[\]{}\"“”„«»‹›（），、。/]")
_YEARS = re.compile(r"\b(1[0-9]|20)(\d\d) ?[-–—/] ?(\d\d)\b(?!\d)")
_MISPRINT = 0.87  # words this much alike (normalised Indel similarity) are one word misprinted
_MISPRINTED_LETTERS = 16  # a misprint of fewer letters is as easily another title
_ONE_WORD = 0.7  # words this much alike may be one, mangled or inflected
_FEW_COMMON = 4  # words in common; titles with more are known by them, and misquoted as often as varied
_MANY_SYLLABLES = 10  # in common; in a title of more characters another one may as well be a misprint
_OLD_LETTERS = str.maketrans("vj", "ui")  # one letter each to printers before the eighteenth century
_WORD = 3  # letters; shorter words are mostly function words of some language
_SOUNDS_ALIKE = 0.9  # the likeness of two romanisations of one title: their consonants are the same
_TELLING_CONSONANTS = 10
_OPENING = 4  # letters by which most titles are told from the generic ones
_UNRELATED = 0.45  # the most that titles with different volumes, parts or numbers can be alike


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart.

    Attributes:
        words: folded words and numbers, without leading article and volume statement.
        starts: where in `words` each segment (main title, subtitles) begins; the first is 0.
        pauses: before which of `words` a comma, stop or bracket stands.
        joined: `words` joined by nothing.
        truncated: printed with "…" at its end.
        volume: number of the volume that the title states, as Arabic digits; None when it states none.
        part: the same for a part ("Part II").
        numbers: all numbers among the words, years of a range in full.
        latin: printed in Latin script.
        content: the words that carry meaning, in order.
        roman: Roman numbers among the words ("i", a word of several languages, only behind a ruler's name).
        contrasting: words that no misprint turns into one another, such as names of countries.
        syllables: of a title in Chinese characters alone, their sounds in pinyin; else empty.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    pauses: frozenset[int]
    joined: str
    truncated: bool
    volume: str | None
    part: str | None
    numbers: frozenset[str]
    latin: bool
    content: tuple[str, ...]
    roman: frozenset[str]
    contrasting: frozenset[str]
    syllables: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.joined)  # a title is looked up a hundred times as often as another one has its letters

    @property
    def text(self) -> str:
        """The words joined by spaces."""
        return " ".join(self.words)

    @property
    def main(self) -> tuple[str, ...]:
        """The words of the main title, before the first subtitle."""
        return self.words[: self.starts[1]] if len(self.starts) > 1 else self.words


_AMBIGUOUS = frozenset({"i", "v", "x", "xvii", "xviii"})
_ONE_SEGMENT = (0,)
_NO_PAUSE: frozenset[int] = frozenset()
_ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi"})


@lru_cache(maxsize=8192)
def parse_title(title: str) -> Title:
    """Take a title apart: its words, subtitles, volume, part, numbers."""
    text = " ".join(title.split())
    truncated = _ELLIPSIS.search(text) is not None
    text = _ELLIPSIS.sub("", text).strip(_WRAPPING)
    text = _YEARS.sub(r"\1\2-\1\3", text)
    if "(" in text or "[" in text:
        text = _unpublished().sub("", text)
    text, volume, part = volume_and_part(text)
    words: list[str] = []
    starts: list[int] = []
    pauses: list[int] = []
    for segment in _SEGMENT.split(text):
        found = tokens(segment)
        before = len(words)
        if found and not starts and len(found) > 1 and found[0] in _articles():
            found = found[1:]
            before -= 1
        if found:
            starts.append(len(words))
            words.extend(found)
            pauses.extend(before + place for place in _pauses(segment))
    idle = folded_words("function-words")
    kept = tuple(words)
    content = tuple(word for word in kept if word not in idle)
    return Title(
        words=kept,
        starts=tuple(starts) if len(starts) > 1 else _ONE_SEGMENT,
        pauses=frozenset(pauses) if pauses else _NO_PAUSE,
        joined="".join(words),
        truncated=truncated,
        volume=volume,
        part=part,
        numbers=frozenset(word for word in kept if word.isdigit()),
        latin=is_latin(text),
        content=content if len(content) < len(kept) else kept,
        roman=_roman_among(kept, text),
        contrasting=contrasting_words(kept),
        syllables=tuple(map(fold, text)) if is_han(text) else (),
    )


@cache
def _unpublished() -> re.Pattern[str]:
    said = alternation(word for words in concept("matching", "unpublished").values() for word in words)
    return re.compile(rf"^[(\[] ?{said} ?[)\]][.,:]? ?| ?[(\[] ?{said} ?[)\]]$", re.IGNORECASE)


def _pauses(segment: str) -> Iterator[int]:
    """How many words of a segment stand before each comma, stop or bracket in it."""
    pieces = _PAUSE.split(segment)
    place = 0
    for piece in pieces[:-1]:
        place += len(tokens(piece))
        yield place


def _roman_among(words: tuple[str, ...], text: str) -> frozenset[str]:
    """The Roman numbers among words; those that are words of some language too only as a ruler's ordinal."""
    numbers = _ROMAN.intersection(words)
    return numbers if _AMBIGUOUS.isdisjoint(words) else numbers | ordinals_of_rulers(text)


@cache
def _articles() -> frozenset[str]:
    return folded_words("articles") | folded_words("elided")


def is_generic(title: str) -> bool:
    """Whether a title only says what kind of text it is ("Introduction", "Gesammelte Schriften", "Annual Report")."""
    return says_kind_alone(parse_title(title))


def says_kind_alone(title: Title) -> bool:
    """`is_generic` of a title already taken apart."""
    if title.joined[:_OPENING] not in _generic_openings() and not title.numbers and title.words:
        return False
    words = [word for word in title.words if not word.isdigit()]
    return not words or "".join(words) in _generic_joined()


@cache
def _generic_joined() -> frozenset[str]:
    listed = concept("matching", "generic-titles").values()
    read = (parse_title(title).words for titles in listed for title in titles)
    return frozenset("".join(words) for words in read if words)


@cache
def _generic_openings() -> frozenset[str]:
    return frozenset(kind[:_OPENING] for kind in _generic_joined())


def title_similarity(short: str, full: str) -> float:
    """How far `short` is the title `full`, or a shortening of it (the module's docstring has the scale).

    Args:
        short: the title as a short form prints it, perhaps cut ("The Making…"); may as well be the full title.
        full: the title that it may stand for.

    Returns:
        0.0 to 1.0; 0.0 when either has no words. Titles in different scripts are compared by romanisation.
    """
    return similarity(parse_title(short), parse_title(full))


@lru_cache(maxsize=8192)
def similarity(short: Title, full: Title) -> float:
    """`title_similarity` of titles already taken apart."""
    if not short.words or not full.words:
        return 0.0
    score = _similarity(short, full)
    return min(score, _UNRELATED) if contradict(short, full) else score


def contradict(a: Title, b: Title) -> bool:
    """Whether two titles state other volumes, parts, numbers or opposites: then alike titles are different works."""
    return of_other_parts(a, b) or in_contrast(a, b)


def of_other_parts(a: Title, b: Title) -> bool:
    """Whether two titles state different volumes or parts."""
    if a.volume and b.volume and numbers_differ(a.volume, b.volume):
        return True
    return bool(a.part and b.part and numbers_differ(a.part, b.part))


def in_contrast(a: Title, b: Title) -> bool:
    """Whether two titles have different numbers, or words that no misprint turns into one another.

    Numbers contradict when each title has one that the other lacks ("Report 1983", "Report 1984"); a title cut
    short may lack some ("The Making of Europe" without "950-1350").
    """
    if a.numbers - b.numbers and b.numbers - a.numbers:
        return True
    if _volume_against_number(a, b) or _volume_against_number(b, a):
        return True
    if a.roman - b.roman and b.roman - a.roman:
        return True
    return bool(a.contrasting and b.contrasting) and contrasted(a.contrasting, b.contrasting)


def _volume_against_number(a: Title, b: Title) -> bool:
    """Whether one title ends in what is taken for a volume, the other in a number too high for one ("Bulletin 104")."""
    if not a.volume or b.volume or a.volume in b.numbers:
        return False
    return any(len(number) < len("1900") for number in b.numbers - a.numbers)


def _similarity(short: Title, full: Title) -> float:
    if short.joined == full.joined or short.joined.translate(_OLD_LETTERS) == full.joined.translate(_OLD_LETTERS):
        return 1.0
    if short.latin != full.latin:
        return _across_scripts(short, full)
    shortening = _shortening(short, full)
    if shortening >= 0.9:
        return shortening
    return max(shortening, _alike(short, full), misprinted_shortening(short, full))


def _across_scripts(short: Title, full: Title) -> float:
    """Titles in different scripts: the same, or cut short, in romanisation; spelling systems differ a little."""
    if len(short.joined) >= 6 and full.joined.startswith(short.joined):
        return 0.95
    length = len(short.joined)
    alike = fuzz.ratio(short.joined, full.joined[:length] if short.truncated else full.joined) / 100
    return alike if alike >= 0.8 else alike * 0.5


def _shortening(short: Title, full: Title) -> float:
    """The score of `short` as words taken out of `full`, 0.0 when it is none."""
    content = short.content
    if not content and not short.truncated:
        return 0.0
    size = len(short.words)
    weighty = len(content) > 1 or (len(short.joined) >= 4 and not short.joined.isdigit())
    if full.words[:size] == short.words and weighty:
        ends = size in full.starts
        return 0.97 if ends else 0.95 if short.truncated or len(content) > 1 else 0.92
    if short.truncated and len(short.joined) >= 5 and full.joined.startswith(short.joined):
        return 0.93  # cut inside a word
    if not weighty or says_kind_alone(short):
        return 0.0
    articles = _articles()
    for subtitle in full.starts[1:]:
        start = subtitle + (full.words[subtitle] in articles and short.words[0] != full.words[subtitle])
        if full.words[start : start + size] == short.words:
            return 0.92 if len(content) > 1 else 0.8
    return _picked_out(content, full)


def goes_on(short: Title, full: Title) -> bool:
    """Whether `full` says all of `short` and goes on in the same phrase ("Salt Trade", "Salt Trade in the North").

    No subtitle, comma or bracket stands between, and nothing shows that `short` was cut. A title of more words is
    known by them, and likely enough the other lost its colon.
    """
    size = len(short.words)
    if short.truncated or len(short.starts) > 1 or len(short.content) >= _FEW_COMMON:
        return False
    if full.words[:size] != short.words or size == len(full.words):
        return False
    return size not in full.starts and size not in full.pauses


def reworded(a: Title, b: Title) -> bool:
    """Whether one of two titles, alike as they are, has a word that is no misprint of any of the other's.

    A word divided or written together ("back-propagation") is none. In Chinese characters a syllable is a word.
    """
    if a.syllables and b.syllables:
        return _other_syllables(a.syllables, b.syllables)
    if a.latin != b.latin:  # romanisations differ in every word
        return False
    words, others = list(a.content), list(b.content)
    for word in a.content:
        if word in others:
            others.remove(word)
            words.remove(word)
    for word in list(words):
        partner = next((other for other in others if _misprint_of(word, other)), None)
        if partner is not None:
            words.remove(word)
            others.remove(partner)
    left, counter = "".join(words), "".join(others)
    if left == counter or len(a.content) - len(words) >= _FEW_COMMON:
        return False
    return any(len(word) >= _WORD and word not in b.joined for word in words) or any(
        len(other) >= _WORD and other not in a.joined for other in others
    )


def _other_syllables(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether titles of a few characters differ in a sound. Those that differ in writing alone have one sound."""
    common = sum((Counter(a) & Counter(b)).values())
    return common < min(max(len(a), len(b)), _MANY_SYLLABLES)


def _misprint_of(word: str, other: str) -> bool:
    if word.startswith(other) or other.startswith(word):  # abbreviated, or another ending
        return True
    if sorted(word) == sorted(other) or skeleton(word) == skeleton(other):
        return True
    return fuzz.ratio(word, other, score_cutoff=100 * _ONE_WORD) > 0


def misprinted_shortening(short: Title, full: Title) -> float:
    """The score of `short` as the beginning of `full` up to a subtitle, with a misprint in either; 0.0 when it is none.

    A title cut with "…" may end anywhere. Numbers are not misprinted: "Report 3" is no misprint of "Report 8".
    """
    if len(short.content) < 2 or len(short.joined) < _MISPRINTED_LETTERS or not short.numbers <= full.numbers:
        return 0.0
    ends = [len(short.joined)] if short.truncated else [len("".join(full.words[:start])) for start in full.starts[1:]]
    for end in ends:
        if abs(end - len(short.joined)) <= 3:
            alike = fuzz.ratio(short.joined, full.joined[:end], score_cutoff=100 * _MISPRINT) / 100
            if alike:
                return 0.6 + 0.25 * alike
    return 0.0


def _picked_out(content: tuple[str, ...], full: Title) -> float:
    """Words that stand in the title in this order, with others between them."""
    if len(content) > 1 and set(content).isdisjoint(full.content):
        return 0.0
    place = 0
    words = full.content
    for word in content:
        while place < len(words) and not _one_word(word, words[place]):
            place += 1
        if place == len(words):
            return 0.0
        place += 1
    if len(content) == 1:
        return 0.75 if len(content[0]) >= 5 else 0.5
    return 0.85


def _one_word(word: str, other: str) -> bool:
    return word == other or (len(word) > 5 and fuzz.ratio(word, other, score_cutoff=100 * _MISPRINT) > 0)


def _alike(a: Title, b: Title) -> float:
    """Two titles as wholes: how many of their letters stand in words that the other has too, misprints allowed."""
    longer = max(len(a.joined), len(b.joined))
    letters = fuzz.ratio(a.joined, b.joined) / 100
    if letters < 0.5 and longer > 3 * min(len(a.joined), len(b.joined)):
        return letters * 0.5
    words, others = a.content or a.words, b.content or b.words
    # Most pairs that are compared have no word in common: then only misprints of whole titles are left to find.
    shared = 0.0 if letters < 0.6 and set(words).isdisjoint(others) else _shared_words(words, others)
    score = 0.5 * letters + 0.5 * shared
    if score < _SOUNDS_ALIKE and letters >= 0.7 and not a.numbers ^ b.numbers:
        consonants = skeleton(a.joined)
        if len(consonants) >= _TELLING_CONSONANTS and consonants == skeleton(b.joined):
            return _SOUNDS_ALIKE
    return 0.99 * score if score >= 0.8 else score * 0.6


def _shared_words(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of letters that stand in words of both, each word used once (Dice coefficient)."""
    left = list(b)
    others = []
    common = 0
    for word in a:
        if word in left:
            left.remove(word)
            common += 2 * len(word)
        elif len(word) > 3:
            others.append(word)
    for word in others:
        for partner in left:
            if fuzz.ratio(word, partner, score_cutoff=80):
                left.remove(partner)
                common += len(word) + len(partner)
                break
    total = len("".join(a)) + len("".join(b))
    return common / total if total else 0.0


def folded_title(title: str) -> str:
    """The words of a title, folded, joined by spaces: what an index of titles keeps."""
    return parse_title(title).text or fold(title)
