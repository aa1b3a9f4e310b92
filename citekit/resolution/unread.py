"""Notes of which no citation was read: comments, and such as cite a source that could not be read.

A comment does not come between an "ibid." and what it means; a source of its own does (Chicago 17 14.34). Archives,
newspapers and letters are cited in so many ways that a note without a citation that was read is looked at once more,
for signs that are too weak to read a citation by.
"""

from __future__ import annotations

import re
from enum import Enum

from citekit.citations.dates import find_dates
from citekit.citations.evidence import evidence
from citekit.citations.own_text import only_own_text
from citekit.citations.prose import sentence_words
from citekit.citations.shelfmarks import names_record, repository_named, shelfmark
from citekit.citations.signals import signal_head
from citekit.lexicon import concept

__all__ = ["Silence", "silence"]

_LONGEST = 240  # characters; what cites and says no more is shorter
_DIGIT = re.compile(r"\d")
# "HHStAW, Abt. 150": letters that stand for a repository or a collection, two of them capitals; no Roman number.
_SIGLUM = re.compile(
    r"(?![IVXLCDM]+\b)(?:[^\W\d_]{0,3}(?=[^\W\d_]{1,6}\b)[A-ZÄÖÜА-ЯΑ-Ω][a-zäöü]{0,2}[A-ZÄÖÜА-ЯΑ-Ω][^\W\d_]{0,6}|(?:[A-Z]\.\s?){2,5})"
    r"(?:\s[^\W\d_]{2,20})?[,.:]\s"
)
_BEHIND_DATE = re.compile(r"[\s,.)]{0,3}(?:г\.|р\.|(?:[^\W\d_]{1,4}\.\s?)?\d{1,4}[\s,.)]{0,3}){0,3}")
_EAST_ASIAN_TITLE = re.compile(r"[《『「〈][^》』」〉]{1,60}[》』」〉]")
_EAST_ASIAN_PLACE = re.compile(
    r"[第卷巻頁页期号號冊册]\s?[\d一二三四五六七八九十百]|[\d一二三四五六七八九十百]\s?[卷巻頁页期号號冊册葉]"
)
# "Grotius, De iure belli, I.i.10": book, chapter and section, the first in Roman figures.
_PASSAGE = re.compile(r"(?<=[^\W\d_]),\s[IVXLC]{1,7}\.(?:[ivxlc]{1,7}|\d{1,3})(?:\.\d{1,4})?[\s.]*\Z")
# "Roth, introduction, xiv": a name, a few words and a page; a year there may be that of an event.
_NAME_AND_PAGE = re.compile(
    r"[^\W\d_a-z][\w.’'-]{1,30}(?:\s[^\W\d_a-z][\w.’'-]{0,30}){0,2},\s[^\d;]{2,60}?,\s(?!(?:1[4-9]|20)\d{2}\b)"
    r"(?:\d{1,4}(?:[-–]\d{1,4})?|[ivxlc]{1,7})[\s.]*\Z"
)
_ISSUE = re.compile(r"(?:[^\W\d_a-zа-я][^\W\d_]{0,30}\s){1,5}(?:for|of|du|del|от|за|z|ze)\s(?:the\s)?")


class Silence(Enum):
    """What a note without a citation that was read very probably is."""

    COMMENT = "comment"
    DOUBTFUL = "doubtful"
    SOURCE = "source"


def silence(text: str, language: str | None) -> Silence:
    """What a note is of which no citation was read, by its words.

    Args:
        text: the words of the note.
        language: BCP 47 code of the document's main language, None where unknown.
    """
    said = text.strip()
    signal = signal_head().match(said)
    said = said[signal.end() :].strip() if signal else said
    if only_own_text(text):
        return Silence.COMMENT
    speaks = sentence_words(said) > 0
    if not speaks and len(said) <= _LONGEST and _names_source(said, language):
        return Silence.SOURCE
    if evidence(text).strong or _EAST_ASIAN_TITLE.search(said) or _issue_of_day(said, language):
        return Silence.DOUBTFUL
    dated = not speaks and len(said) <= _LONGEST and _closes_with_date(said, language)
    return Silence.DOUBTFUL if dated else Silence.COMMENT


def _names_source(said: str, language: str | None) -> bool:
    """Whether words without a verb give a shelfmark, a letter's day, an issue, a book's volume, a name and a page."""
    if _NAME_AND_PAGE.match(said):
        return True
    if not _DIGIT.search(said):
        return _EAST_ASIAN_TITLE.search(said) is not None and _EAST_ASIAN_PLACE.search(said) is not None
    if shelfmark(said) or _SIGLUM.match(said) or _held(said) or _PASSAGE.search(said):
        return True
    if _EAST_ASIAN_TITLE.search(said) and _EAST_ASIAN_PLACE.search(said):
        return True
    # Where the verbs of a language are not known, its sentences cannot be told: only what names its kind counts.
    if not _closes_with_date(said, language):
        return False
    known = (language or "").partition("-")[0] in concept("prose", "finite")
    return known or names_record(said) or said[: find_dates(said, language)[-1].start].rstrip()[-1:] in ".,"


def _held(said: str) -> bool:
    """ "Hampshire Record Office, 44M69/F5/12": who holds a piece, and behind it a number."""
    named = repository_named(said)
    return named is not None and _DIGIT.search(said, named) is not None


def _closes_with_date(said: str, language: str | None) -> bool:
    """ "Peel to Graham, 5 May 1843": a name, and a day at the end, at most with a page behind it."""
    dates = find_dates(said, language)
    return (
        bool(dates)
        and dates[-1].start > 2
        and not said[0].islower()
        and _BEHIND_DATE.fullmatch(said, dates[-1].end) is not None
    )


def _issue_of_day(said: str, language: str | None) -> bool:
    """ "The Morning Chronicle for 5 May 1843 carried it": an issue stands at the head of a sentence."""
    dates = find_dates(said, language)
    return bool(dates) and _ISSUE.fullmatch(said, 0, dates[0].start) is not None
