""" "The letter is printed ibid., p. 12, without the date": an ibid. that stands in the middle of a comment.

Chicago 17, 14.34 lets "ibid." stand wherever a citation could. Behind it a page is stated, or the sentence ends; "gest.
ebd. 1920" and "morì ivi nel 1750" name the place of a life, and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from citekit.citations.brackets import enclosures, protected
from citekit.citations.cues import starts_with_ibid
from citekit.citations.dates import years
from citekit.citations.locators import find_locators
from citekit.citations.prose import sentence_words
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["behind_comment", "ibids_in_sentences"]

_EAST_ASIA = "\u2e80"
_BEHIND = 60  # characters behind an ibid. in which its page is looked for
_BETWEEN = 30  # characters between an ibid. and its page: "ebd. im Anhang, S. 99"
_BROKEN = re.compile(r"[.;:()\d]")
_BARE_PAGE = re.compile(r",?\s(?:at\s)?(?P<page>\d{1,4}(?:[-–]\d{1,4})?)(?:\s?ff?\b)?(?=[\s,.;:)]|$)")
_SENTENCE = re.compile(r"[.!?;]\s(?=[^\W\d_a-z])")
_CLOSED = re.compile(r"\s?(?:$|[;)]|\.?$|(?<=\.)\s[^\W\d_a-z])")
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,20}\s$")
_LIFE = re.compile(r"[*†]|(?<!\d)1\d{3}(?!\d)")
_BEFORE = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]{1,20})(?P<stop>\.?)\s\Z")
_LONG = 4  # letters of a word that closes a sentence before its ibid.
_KANA = re.compile(r"[\u3041-\u3096]")  # the particles of a Japanese sentence; no name has them


@cache
def _ibid() -> Sought:
    listed = [word.rstrip(".") for word in words("short_forms", "ibid") if word[0] < _EAST_ASIA]
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])\.?", listed)


@cache
def _unspaced() -> re.Pattern[str]:
    listed = [word for word in words("short_forms", "ibid") if "\u2e80" <= word[0] < "\ua000"]
    return re.compile(rf"{alternation(listed)}(?=[，、,]?\s?第?\s?\d)")


@cache
def _container() -> frozenset[str]:
    return frozenset(word.rstrip(":") for word in words("volumes", "container"))


def ibids_in_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of each ibid. of a note (reading text) with the page behind it, wherever it stands.

    One without a page is found only where its sentence ends with it, and tells no year of a life.
    """
    mask = None
    for pattern in (_ibid(), _unspaced()):
        for match in pattern.finditer(text):
            mask = mask or protected(text, enclosures(text), brackets=False)
            if mask[match.start()]:
                continue  # quoted from somebody
            end = _page_end(text, match.end())
            if end is not None or (pattern is not _unspaced() and _closes_sentence(text, match)):
                yield match.start(), end if end is not None else match.end() - text[: match.end()].endswith(".")


def behind_comment(words_before: str) -> bool:
    """Whether the words before an ibid. are a sentence that leads to it, no name ("Weber, ibid.") and no container."""
    if _KANA.search(words_before):
        return True
    last = _LAST_WORD.search(words_before)
    if last is None or not last.group().strip().islower() or last.group().strip() in _container():
        return False
    return not any(mark in words_before for mark in ',“”«»„":;') or sentence_words(words_before) > 0


def _page_end(text: str, place: int) -> int | None:
    """Where the page behind an ibid. ends; None where none follows."""
    behind = text[place : place + _BEHIND]
    end = None
    for found in find_locators(behind):
        between = behind[end or 0 : found.start]
        if _BROKEN.search(between) or len(between) > (_BETWEEN if end is None else 3) or sentence_words(between):
            break
        end = found.end
    if end is None:
        bare = _BARE_PAGE.match(behind)
        end = bare.end() if bare and not years(bare["page"]) else None
    return None if end is None else place + end


def _closes_sentence(text: str, match: re.Match[str]) -> bool:
    if _CLOSED.match(text, match.end()) is None or starts_with_ibid(match.group()) is None:
        return False
    start = max((edge.end() for edge in _SENTENCE.finditer(text, 0, match.start())), default=0)
    before = _BEFORE.search(text, start, match.start())
    if before is None or before["word"].casefold() in _end_of_life() or _LIFE.search(text, start, match.start()):
        return False
    said = before["word"].islower() and not before["stop"] and len(before["word"]) >= _LONG
    return said or sentence_words(text[start : match.start()]) > 0


@cache
def _end_of_life() -> frozenset[str]:
    return frozenset(words("short_forms", "end_of_life"))
