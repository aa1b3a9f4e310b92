"""Volumes and parts that a title states: "Histoire de France, tome III", "Das Kapital II", "资本论 第二卷".

A number that belongs to the word before it is no volume: rulers and popes ("Philippe II"), centuries ("secolo XIX"),
wars and councils ("World War II"), days ("vom 1. Januar"), and ordinals behind an article or a preposition ("des 19.
Jahrhunderts"). Taking one for a volume would keep a book from its own volume 2.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import alternation, concept
from citekit.matching.numerals import NUMBER, number_value
from citekit.matching.text import fold, folded_words

__all__ = ["ordinals_of_rulers", "volume_and_part"]

_COUNTED = re.compile(
    r"\d|(?<![^\W\d_])(?:[IVXLCivxlc]{1,8}|[A-Ha-h])(?![^\W\d_])|[一二三四五六七八九十]"
    r"|(?i:one|two|three|four|five|six|seven|eight|nine|ten)"
)
"""What a number of a volume or part begins with: most titles have none, and need not be searched for more."""
_BARE = re.compile(r"(?<=\w\w )(?:\d{1,2}(?= ?[:：.—–] |$)|[IVX]{1,6}(?= ?[:：—–] |$))")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\W*$")
_WORD_BEHIND = re.compile(r"\W*([^\W\d_]+)")
_RULER = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,30}) ([IVX]{1,7})(?![^\W\d_])")
_LONGEST_WORD = 40  # letters; how far back the word before a number is looked for


def volume_and_part(title: str) -> tuple[str, str | None, str | None]:
    """A title without what it states of volume and part, the volume, and the part, as Arabic digits."""
    volume = part = None
    if _COUNTED.search(title):
        title, volume = _stated("volume", title)
        title, part = _stated("part", title)
        if volume is None:
            title, volume = _bare(title)
    return title, volume, part


def ordinals_of_rulers(title: str) -> frozenset[str]:
    """The Roman numbers behind names that rulers and popes bear ("i" of "Elizabeth I"), in small letters."""
    return frozenset(match[2].lower() for match in _RULER.finditer(title) if _is_regnal(fold(match[1])))


@cache
def _statement(name: str) -> re.Pattern[str]:
    """A volume or part statement: word and number ("vol. 2", "Bd. IV", "第2卷"), or ordinal and word."""
    before = alternation(word for words in concept("matching", name).values() for word in words)
    pattern = rf"[,(\[]? ?\b{before} ?(?P<a>{NUMBER})\b[)\],]?"
    if name == "volume":
        after = alternation(word for words in concept("matching", "volume-after").values() for word in words)
        pattern += rf"|[,(\[]? ?第?(?P<b>\b{NUMBER}|(?<=第)[0-9一二三四五六七八九十]{{1,3}}) ?\.? ?{after}(?!\w)[)\],]?"
    return re.compile(pattern, re.IGNORECASE)


@cache
def _words_of(name: str) -> re.Pattern[str]:
    """The words of which one stands in each statement."""
    names = (name, "volume-after") if name == "volume" else (name,)
    return re.compile(
        alternation(word for each in names for words in concept("matching", each).values() for word in words),
        re.IGNORECASE,
    )


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
            return f"{title[: match.start()]} : {title[match.end() :]}", number_value(match[0])
    return title, None


def _belongs_to_a_word(title: str, number: re.Match[str]) -> bool:
    before = _WORD_BEFORE.search(title, max(0, number.start() - _LONGEST_WORD), number.start())
    word = fold(before[0]).strip(" .,'\"") if before else ""
    if word in _takes_numbers() or _is_regnal(word):
        return True
    if not number[0].isdigit():
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
