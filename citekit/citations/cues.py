"""Words that lead from one citation to another: ibid., Id., op. cit., "see note 12", "trad. it."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from citekit.lexicon import alternation, words
from citekit.model import Cue, CueKind

__all__ = ["CueMatch", "find_cues", "starts_with_ibid", "starts_with_idem", "translation_pattern"]

_AFTER = r"(?![^\W\d_])"
_HEAD = r"(?<![^\W\d_])"


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue in a line of words and its place."""

    start: int
    end: int
    cue: Cue


@cache
def _ibid() -> re.Pattern[str]:
    return re.compile(rf"{alternation(words('short_forms', 'ibid'))}{_AFTER}\.?", re.IGNORECASE)


@cache
def _idem() -> re.Pattern[str]:
    return re.compile(rf"{alternation(words('short_forms', 'idem'))}{_AFTER}", re.IGNORECASE)


@cache
def _cited() -> re.Pattern[str]:
    latin = [word for word in words("short_forms", "cited") if word[0] < "\u2e80"]
    other = [word for word in words("short_forms", "cited") if word[0] >= "\u2e80"]
    return re.compile(rf"{_HEAD}(?:{alternation(latin)}){_AFTER}|(?:{alternation(other)})", re.IGNORECASE)


@cache
def _note_reference() -> re.Pattern[str]:
    labels = alternation(words("short_forms", "note_reference"))
    return re.compile(rf"{_HEAD}{labels}\s?(?P<number>\d{{1,4}})(?!\s?[-–]\s?\d)(?:\s?\))?", re.IGNORECASE)


@cache
def translation_pattern() -> re.Pattern[str]:
    """The words that open a translation given with its original."""
    return re.compile(rf"{_HEAD}{alternation(words('roles', 'translation'))}{_AFTER}", re.IGNORECASE)


def starts_with_ibid(text: str) -> re.Match[str] | None:
    """The ibid at the head of a citation, None where there is none."""
    return _ibid().match(text)


def starts_with_idem(text: str) -> re.Match[str] | None:
    """The Id. or Ders. at the head, None where there is none (Italian "Ivi" and "Ibid." are none)."""
    return _idem().match(text)


def find_cues(text: str) -> tuple[CueMatch, ...]:
    """The cues of one citation, in order.

    "cit." counts where it closes a name or title (behind a comma, a closing quotation mark or an ellipsis), not in
    "cit. in", which says where something is quoted.
    """
    found: list[CueMatch] = []
    head = starts_with_ibid(text)
    if head:
        found.append(CueMatch(0, head.end(), Cue(CueKind.IBID, head.group())))
    idem = starts_with_idem(text)
    if idem and not head:
        found.append(CueMatch(0, idem.end(), Cue(CueKind.IDEM, idem.group(), "author")))
    for match in re.finditer(rf"(?<=\bin )(?:{_ibid().pattern})|(?<=, )(?:{_ibid().pattern})", text, re.IGNORECASE):
        if match.start() > 3:
            found.append(CueMatch(match.start(), match.end(), Cue(CueKind.CONTAINER_CITED, match.group())))
    for match in re.finditer(rf"(?:(?<=\bin )|(?<=\bin: ))(?:{_idem().pattern})", text, re.IGNORECASE):
        found.append(CueMatch(match.start(), match.end(), Cue(CueKind.IDEM, match.group(), "editor")))
    translation = translation_pattern().match(text)
    if translation:
        found.append(CueMatch(0, translation.end(), Cue(CueKind.TRANSLATION, translation.group())))
    for match in _cited().finditer(text):
        following = text[match.end() : match.end() + 4].lstrip()
        if head or re.match(r"(?:in|da|en|dans|bei|nach|par|por)\b", following):
            continue
        found.append(CueMatch(match.start(), match.end(), Cue(CueKind.CITED, match.group())))
    for match in _note_reference().finditer(text):
        found.append(CueMatch(match.start(), match.end(), Cue(CueKind.CROSS_REFERENCE, match.group(), match["number"])))
    return tuple(sorted(found, key=lambda cue: cue.start))
