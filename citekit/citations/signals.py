"""Words around citations: signals ("see", "vgl."), words that lead on ("also", "and"), words that join two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from citekit.citations.names import is_given_name, is_person
from citekit.lexicon import Opening, Sought, alternation, concept, opening, sought, words

__all__ = [
    "again",
    "is_of_name",
    "joins",
    "joins_behind",
    "joins_with_remark",
    "lead_head",
    "reprinted",
    "signal_behind",
    "signal_closing",
    "signal_head",
    "signal_inside",
    "signals_inside",
]

_NAME = 60  # characters in which a name ends
_LONG = 4_000  # characters of a note
_SHORT = 2  # letters: a name as often as a word ("So", "Ma", "E")
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d{2}\b")
_EAST_ASIA = "\u2e80"
# German "dazu", "hierzu" and English "following" introduce a citation only at the head of a sentence.
_HEAD_ONLY = ("dazu", "hierzu", "following")


@cache
def signal_head() -> Opening:
    """Signals at the head; "s." and "v." are small there, a capital is an initial ("V. Propp").

    Hungarian "S. a. r." (prepared for the press by) is no German "s. a." (see also).
    """
    short = [word for word in words("signals", "see") if len(word) < 3 and word[0] < _EAST_ASIA]
    longer = [word for word in words("signals", "see") if word not in short and word[0] < _EAST_ASIA]
    east = [word for word in words("signals", "see") if word[0] >= _EAST_ASIA]
    return opening(
        rf"(?:(?i:{alternation(longer)})|{alternation(short)})(?![^\W\d_]|\s?r\.\s)[\s:,]*|(?:{alternation(east)})[：:\s]*",
        words("signals", "see"),
    )


@cache
def lead_head() -> Opening:
    """Words that may stand before a citation, where one follows."""
    listed = (*words("signals", "lead"), *words("signals", "joins"))
    return opening(rf"(?:{alternation(listed)})(?![^\W\d_])[\s:,]*", listed, flags=re.IGNORECASE)


def is_of_name(text: str, lead: re.Match[str], end: int, language: str | None = None) -> bool:
    """Whether a word that seems to lead on belongs to a name: "Anders Ångström", "So Yamamoto", not "Also E. Carr".

    In a note of its own language it leads to a short form, one without a year: "So Nipperdey, Geschichte, S. 9".
    """
    word = lead.group().strip(" :,")
    whole = text[lead.start() : lead.start() + _NAME].split(",", maxsplit=1)[0]
    leads = concept("signals", "lead").get(language or "", ())
    short = len(whole.split()) == _SHORT and not _YEAR.search(text, lead.end(), end)
    if short and word[:1].lower() + word[1:] in leads:
        return False
    return word[:1].isupper() and is_person(whole) and (len(word) <= _SHORT or is_given_name(word))


@cache
def signal_inside() -> Sought:
    """Signals that may stand inside a sentence: none as short as "s." or "v.", which words of prose resemble."""
    longer = [word for word in words("signals", "see") if len(word) > 3 and word not in _HEAD_ONLY]
    short = [word for word in words("signals", "see") if len(word) == 3 and word.isalpha() and word[0] < _EAST_ASIA]
    # "For the second trial, see …": behind a comma a word of three letters opens no clause of its own.
    return sought(
        rf"(?:(?<![^\W\d_])(?:{alternation(longer)})|(?<=,\s){alternation(short)})(?![^\W\d_])[\s:,]*",
        (*longer, *short),
        flags=re.IGNORECASE,
    )


def signals_inside(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The signals in a piece of a note. Of a long note its piece alone is asked: it has thousands, each asking all."""
    inside = signal_inside()
    asked = text if len(text) <= _LONG else text[start:end]
    return inside.pattern.finditer(text, start, end) if inside.presence.possible(asked) else iter(())


@cache
def signal_behind() -> re.Pattern[str]:
    """A signal at the end of the comment before a citation ("For a different view, see")."""
    latin = [word for word in words("signals", "see") if len(word) > 2 and word[0] < _EAST_ASIA]
    return re.compile(rf"(?<![^\W\d_]){alternation(latin)}[\s:,]{{0,2}}$", re.IGNORECASE)


@cache
def signal_closing() -> re.Pattern[str]:
    """A signal that closes the citation, as in Japanese and Korean: "前掲注(1)参照", "… 15쪽 참조"."""
    east = [word for word in words("signals", "see") if word[0] >= _EAST_ASIA]
    return re.compile(
        rf"(?:など|ほか)?[をも、，,\s]{{0,3}}(?P<signal>{alternation(east)})(?:せよ|のこと|されたい)?[。.]?$"
    )


@cache
def joins() -> re.Pattern[str]:
    """A word between two citations in one sentence."""
    return re.compile(rf",?\s(?:{alternation(words('signals', 'joins'))})\s(?::\s)?")


@cache
def joins_with_remark() -> re.Pattern[str]:
    """The same with the author's own words behind it: ", and, for the contrary opinion, Susan Pike"."""
    listed = alternation(words("signals", "joins"))
    return re.compile(
        rf",?\s(?:{listed}),\s(?P<remark>[^\W\d_A-ZÀ-ÖØ-ÞА-Я][^\d,;:.()“”«»„\"*_]{{3,60}}),\s(?=[^\W\d_a-z])"
    )


@cache
def joins_behind() -> re.Pattern[str]:
    """A joining word left at the end of a piece that was cut behind it."""
    return re.compile(rf",?\s(?:{alternation(words('signals', 'joins'))})\s?$")


@cache
def again() -> re.Pattern[str]:
    """The comma before a second publication: ", ora in", ", reprinted in"."""
    return re.compile(
        r",\s(?=(?:ora|poi|già|now|jetzt|wieder|repris|repr\.|reprinted|erneut|auch|reimpreso)\s(?:in|dans|en)\b)",
        re.IGNORECASE,
    )


@cache
def reprinted() -> re.Pattern[str]:
    """Words that open a second publication in brackets: "(poi in …", "(repr. in …", "(wieder in …"."""
    return re.compile(
        r"(?:poi|ora|now|then|repr\.|reprinted|repris|wieder|jetzt|auch|publié|pubblicat[oa]|reimpreso)\b",
        re.IGNORECASE,
    )
