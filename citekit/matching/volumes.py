"""Volumes and parts that a title states: "Histoire de France, tome III", "Das Kapital II", "资本论 第二卷".

A number that belongs to the word before it is no volume: rulers and popes ("Philippe II"), centuries ("secolo XIX"),
wars and councils ("World War II"), days ("vom 1. Januar"), and ordinals behind an article or a preposition ("des 19.
Jahrhunderts"). Taking one for a volume would keep a book from its own volume 2.

What comes out in instalments counts them at the title's end: "(2)", ", II", 下, "(Fortsetzung)", "suite et fin".
"""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import alternation, concept
from citekit.matching.numerals import CONCLUDED, CONTINUED, NUMBER, number_value, ordinal_words
from citekit.matching.text import fold, folded_words

__all__ = ["ordinals_of_rulers", "volume_and_part"]

_COUNTED = re.compile(
    r"\d|(?<![^\W\d_])(?:[IVXLCivxlc]{1,8}|[A-Ha-h])(?![^\W\d_])|[一二三四五六七八九十]"
    r"|(?i:one|two|three|four|five|six|seven|eight|nine|ten)"
)
"""What a number of a volume or part begins with: most titles have none, and need not be searched for more."""
_LETTERS = r"(?<=[^\W\d_][^\W\d_])"
_BARE = re.compile(
    r"(?<=\w\w )(?:\d{1,2}(?= ?[:：.—–] |$)|[IVX]{1,6}(?= ?[:：—–] |$))"
    rf"|{_LETTERS}(?:[,.;] |,? ?[(\[（] ?| [—–-] )(?P<n>\d{{1,2}}|[IVX]{{1,6}}) ?[)\]）]?(?= ?[:：—–] |\.?$)"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]+\W*$")
_WORD_BEHIND = re.compile(r"\W*([^\W\d_]+)")
_RULER = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,30}) ([IVX]{1,7})(?![^\W\d_])")
_END = re.compile(r"[)）\]〕】.]$|[.,;—–-] [^\W\d_ ]{1,14}(?: [^\W\d_ ]{1,10}){0,2}$|[\u3400-\u9fff]$")
"""How a title may end that states an instalment: most do not."""
_LONGEST_WORD = 40  # letters; how far back the word before a number is looked for


def volume_and_part(title: str) -> tuple[str, str | None, str | None]:
    """A title without what it states of volume and part, the volume, and the part.

    Both as Arabic digits, as 上, 中 or 下, or as `CONTINUED` or `CONCLUDED` of an instalment that has no number.
    """
    volume = part = None
    if _END.search(title):
        title, volume = _half(title)
        title, part = _instalment(title)
    counted = _COUNTED.search(title) is not None
    if counted or _words_of("volume").search(title) or _words_of("part").search(title):
        title, found = _stated("volume", title)
        volume = found or volume
        title, found = _stated("part", title)
        part = found or part
        if volume is None and counted:
            title, volume = _bare(title)
    return title, volume, part


def ordinals_of_rulers(title: str) -> frozenset[str]:
    """The Roman numbers behind names that rulers and popes bear ("i" of "Elizabeth I"), in small letters."""
    return frozenset(match[2].lower() for match in _RULER.finditer(title) if _is_regnal(fold(match[1])))


@cache
def _statement(name: str) -> re.Pattern[str]:
    """A volume or part statement: word and number ("vol. 2", "Bd. IV", "第2卷"), or ordinal and word."""
    before = alternation(word for words in concept("matching", name).values() for word in words)
    after = alternation(word for words in concept("matching", f"{name}-after").values() for word in words)
    ordinals = alternation(ordinal_words())
    pattern = rf"[,(\[]? ?\b{before} ?(?P<a>{NUMBER}|(?<= ){ordinals})\b[)\],]?"
    if name == "volume":
        pattern += rf"|[,(\[]? ?第?(?P<b>\b{NUMBER}|(?<=第)[0-9一二三四五六七八九十]{{1,3}}) ?\.? ?{after}(?!\w)[)\],]?"
    # An ordinal before the word is a statement where it stands alone, not in "the second part of the century".
    pattern += rf"|[.,:;(\[—–-] ?(?P<c>{ordinals}|[0-9]{{1,2}}\.) {after}(?=[.,:;)\]—–]|$)[)\]]?"
    return re.compile(pattern, re.IGNORECASE)


@cache
def _words_of(name: str) -> re.Pattern[str]:
    """The words of which one stands in each statement."""
    return re.compile(
        alternation(
            word for each in (name, f"{name}-after") for words in concept("matching", each).values() for word in words
        ),
        re.IGNORECASE,
    )


@cache
def _halves() -> tuple[re.Pattern[str], dict[str, str]]:
    """上, 中, 下 and their compounds at the end of a title, where they are no part of its last word."""
    place_of = {word: place for place, words in concept("matching", "halves").items() for word in words}
    compounds = alternation(word for word in place_of if len(word) > 1)
    single = alternation(word for word in place_of if len(word) == 1)
    opening, closing = r"(?:[\s·:：,，]|[\s·:：,，]?[(（\[〔【])", r"\s*[)）\]〕】]?$"
    numbered = r"[(（\[〔【](?P<n>[一二三四五六七八九十]{1,3})[)）\]〕】]$"
    return re.compile(rf"(?:{opening}(?P<a>{single})|{opening}?(?P<b>{compounds})){closing}|{numbered}"), place_of


def _half(title: str) -> tuple[str, str | None]:
    pattern, place_of = _halves()
    match = pattern.search(title)
    if match is None or match.start() == 0:
        return title, None
    counted = match["n"]
    value = number_value(counted) if counted else place_of[match["a"] or match["b"]]
    return title[: match.start()], value


@cache
def _instalments() -> tuple[tuple[re.Pattern[str], str], ...]:
    """How titles of later instalments end, the last one's first; the words of a sentence need brackets or a stop."""
    found = []
    for name in (CONCLUDED, CONTINUED):
        said = alternation(word for words in concept("matching", name).values() for word in words)
        pattern = rf"(?:(?<!\s)\s*[(\[（]|[.,;] | [—–-] ){said}[.!]?\s*[)\]）]?\.?$"
        found.append((re.compile(pattern, re.IGNORECASE), name))
    return tuple(found)


def _instalment(title: str) -> tuple[str, str | None]:
    for pattern, value in _instalments():
        match = pattern.search(title)
        if match is not None and match.start() > 0:
            return title[: match.start()], value
    return title, None


def _stated(name: str, title: str) -> tuple[str, str | None]:
    """The title without its volume or part statement, and the number that it states."""
    if not _words_of(name).search(title):
        return title, None
    for match in _statement(name).finditer(title):
        value = number_value(next(group for group in match.groups() if group))
        if value is not None and match.start() > 0:
            return f"{title[: match.start()]} : {title[match.end() :]}", value
    return title, None


def _bare(title: str) -> tuple[str, str | None]:
    """The same of a number that no word calls a volume."""
    for match in _BARE.finditer(title):
        if not _belongs_to_a_word(title, match):
            return f"{title[: match.start()]} : {title[match.end() :]}", number_value(match["n"] or match[0])
    return title, None


def _belongs_to_a_word(title: str, number: re.Match[str]) -> bool:
    start = number.start()
    before = _WORD_BEFORE.search(title, max(0, start - _LONGEST_WORD), start)
    word = fold(before[0]).strip(" .,'\"") if before else ""
    if word in _takes_numbers() or _is_regnal(word):
        return True
    if not (number["n"] or number[0]).isdigit():
        return False
    behind = _WORD_BEHIND.match(title, number.end())
    return word in _no_nouns() or (behind is not None and fold(behind[1]) in _dated())


def _is_regnal(word: str) -> bool:
    """Whether a folded word is a ruler's name, perhaps in the genitive of a Germanic language."""
    names = folded_words("regnal-names")
    return word in names or (word.endswith("s") and word[:-1] in names)


@cache
def _takes_numbers() -> frozenset[str]:
    return folded_words("numbered") | _dated()


@cache
def _dated() -> frozenset[str]:
    """Months and centuries, without the points of abbreviations."""
    centuries = (fold(word).strip(". ") for words in concept("dates", "century").values() for word in words)
    return folded_words("months") | frozenset(word for word in centuries if len(word) > 1)


@cache
def _no_nouns() -> frozenset[str]:
    """Articles and prepositions: what follows them is no volume of theirs, but an ordinal or an age."""
    return folded_words("articles") | folded_words("function-words")
