"""The topic that a note names before a citation: "For Egypt, Said, Orientalism, 44", "Zur Kritik Nolte, Staat, S. 13".

A preposition and its nouns, no verb; then, behind a comma or at once, an ibid. or a name and a short title. What may
be a title that begins with a preposition ("Sur Racine, Paris, Seuil, 1963") is left alone: behind a topic a name must
stand, behind the name a title, and neither may be a place, a publisher or a periodical.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.cues import find_cues, starts_with_ibid, starts_with_idem
from citekit.citations.dates import years
from citekit.citations.locators import find_locators
from citekit.citations.names import is_given_name, is_institution, is_particle, is_person
from citekit.citations.places import is_place, is_publisher
from citekit.citations.prose import sentence_words
from citekit.citations.signals import signal_head
from citekit.lexicon import Opening, alternation, concept, opening, words
from citekit.model import CueKind, Span

__all__ = ["behind_topic", "is_imprint", "is_name", "no_title"]

_LONGEST_TOPIC = 90  # characters
_MOST_WORDS = 9
_LOOKED_AT = 200  # characters of the citation
_MOST_BEFORE = 3  # words before a family name
_SHORTEST = 3  # letters of a preposition in a note of another language
_WORD_START = re.compile(r"(?<=[\s’'])(?=[^\W\d_])")
_SET_OFF = re.compile(r",\s|:\s|\s[–—-]\s")
_ENCLOSED = re.compile(r"[“”«»„\"()\[\];]")
_NAME_ENDS = re.compile(r",\s|:\s|\s\(")
_TITLE_ENDS = re.compile(r"[,:(]|\.\s")
_BETWEEN_NAMES = re.compile(r"\s?/\s?|,\s|\s(?:and|und|et|e|y|en|i|a|и|&)\s")
_QUOTED = tuple('“«„"‘')
_MORE_NAMES = re.compile(
    r"(?:[^\W\d_a-z][\w’'-]+,\s){0,3}(?:and|und|et|e|y|en|i|&)\s[^\W\d_a-z][\w’'-]+,\s"  # "Davies, and Oeppen, "
)
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?){1,3}")


@cache
def _prepositions(language: str | None) -> re.Pattern[str]:
    listed = concept("remarks", "topic")
    known = [word for each in listed.values() for word in each if len(word) >= _SHORTEST]
    return re.compile(
        rf"{alternation({*known, *listed.get(language or '', ())})}(?:(?<=[’'])|(?![^\W\d_’']))\s?", re.IGNORECASE
    )


@cache
def _small() -> frozenset[str]:
    """Articles, prepositions, and the like."""
    return frozenset(words("stopwords", "title"))


def no_title(words_behind: str) -> bool:
    """Whether words behind a name or a title are no title: a container, a volume, a role, a periodical."""
    return _no_title().match(words_behind) is not None


@cache
def _no_title() -> Opening:
    """What stands behind a title, not behind a name: container, volume, edition, role; or a periodical."""
    listed = [
        *words("volumes", "container"),
        *words("volumes", "volume"),
        *words("volumes", "issue"),
        *words("roles", "editor_before"),
        *words("roles", "translator_before"),
        *words("roles", "periodical"),
    ]
    numbered = r"\d{1,2}\.\s(?:Aufl|Ausg)"
    return opening(rf"(?i:{alternation(listed)})(?![^\W\d_])|{numbered}", (*listed, *"123456789"))


def behind_topic(
    text: str, start: int, end: int, emphasis: tuple[Span, ...] = (), language: str | None = None
) -> int | None:
    """Where the citation (or its signal) begins behind a topic, None where the words begin with none.

    >>> behind_topic("Für Bonn ebd., S. 14", 0, 20, language="de")
    9
    >>> behind_topic("Sur Racine, Paris, Seuil, 1963", 0, 30, language="fr")

    A string of no language is most often a reference, and has no topic.
    """
    preposition = _prepositions(language).match(text, start, end) if language else None
    if preposition is None or preposition.end() >= end:
        return None
    topic = _Topic(text, start, preposition.end(), end, emphasis)
    for place in topic.places():
        if topic.is_over(place):
            return None
        if topic.opens_citation(place):
            return place
    return None


class _Topic:
    """Words that may be a topic and the citation behind it."""

    def __init__(self, text: str, start: int, first: int, end: int, emphasis: tuple[Span, ...]) -> None:
        self.text, self.start, self.first, self.end = text, start, first, end
        self.marked = [span.start for span in emphasis if start <= span.start < end]
        self.set_off = {
            match.end()
            for match in _SET_OFF.finditer(text, first, min(end, first + _LONGEST_TOPIC))
            if match.end() < end
        }

    def places(self) -> list[int]:
        """Where the words behind the topic may begin."""
        text, limit = self.text, min(self.end, self.first + _LONGEST_TOPIC)
        return [match.start() for match in _WORD_START.finditer(text, self.first + 1, limit)]

    def is_over(self, place: int) -> bool:
        """Whether the words up to a place are too many, hold a verb, a title, or what brackets enclose."""
        said = self.text[self.first : place]
        return (
            len(said.split()) > _MOST_WORDS
            or _ENCLOSED.search(said) is not None
            or any(mark < place - 1 for mark in self.marked)
            or bool(sentence_words(said))
        )

    def opens_citation(self, place: int) -> bool:
        rest = self.text[place : min(self.end, place + _LOOKED_AT)]
        if starts_with_ibid(rest):
            return True
        idem = starts_with_idem(rest)
        if idem and rest[idem.end() :].startswith((",", ":")) and " " not in idem.group().strip(" ,:"):
            return True
        signal = signal_head().match(rest)
        if signal and len(signal.group().strip(" :,")) > 2 and signal.end() < len(rest):
            return True
        return self._opens_name(place, rest)

    def _opens_name(self, place: int, rest: str) -> bool:
        set_off = place in self.set_off
        edge = _NAME_ENDS.search(rest)
        # Several authors: "Wrigley, Davies, and Oeppen, *Population History*".
        while edge and edge.group() == ", " and _MORE_NAMES.match(rest, edge.end()):
            edge = _NAME_ENDS.search(rest, edge.end())
        if edge is None or not rest[:1].isupper():
            return False
        name, behind = rest[: edge.start()], rest[edge.end() :]
        if edge.group() == " (":
            return False
        if not (set_off or self._ends_before(place)) or not is_name(name):
            return False
        full = is_person(name) and _has_given(name)
        return self._opens_title(place + edge.end(), behind, full=full)

    def _ends_before(self, place: int) -> bool:
        """Whether the topic can end before a name that no comma sets off: with a noun, not with "the" or "Karl"."""
        last = self.text[self.first : place].split()[-1:]
        return (
            bool(last)
            and last[0].lower() not in _small()
            and not last[0].endswith((".", "-"))
            and not is_given_name(last[0])
            and not is_particle(last[0])
        )

    def _opens_title(self, place: int, behind: str, *, full: bool) -> bool:
        """Whether a title follows the name and its comma; without given names only one of a short form."""
        cues = find_cues(behind[:16])
        if cues and cues[0].start <= 1 and cues[0].cue.kind is CueKind.CITED:
            return True
        if any(0 <= mark - place <= 1 for mark in self.marked) or behind.startswith(_QUOTED):
            return True
        if any(mark > place for mark in self.marked):
            return False
        edge = _TITLE_ENDS.search(behind)
        title = behind[: edge.start()] if edge else ""
        located = find_locators(behind[:20])
        return (
            behind[:1].isupper()
            and edge is not None
            and edge.group() == ","
            and not (located and located[0].start == 0)
            and not _no_title().match(behind)
            and not is_imprint(title)
            and (full or not years(self.text[place : self.end]))
        )


def is_name(name: str) -> bool:
    """Whether words are names: capitals and particles, no place, no house, no institution."""
    if is_place(name) or is_publisher(name) or is_institution(name) or _no_title().match(name):
        return False
    named = [one for one in _BETWEEN_NAMES.split(name) if one.strip()]
    return bool(named) and all(_is_one_name(one.split()) and not is_place(one) for one in named)


def _is_one_name(parts: list[str]) -> bool:
    """A family name, with particles, initials or known given names before it (or initials behind: "Иванов И. И.")."""
    if not parts:
        return False
    if len(parts) > 1 and _INITIAL.fullmatch(parts[-1]):
        return parts[0][:1].isupper() and all(_INITIAL.fullmatch(one) for one in parts[1:])
    *before, family = parts
    if not (family[:1].isupper() and len(family) > 1) or family.lower() in _small() or len(before) > _MOST_BEFORE:
        return False
    return all(_INITIAL.fullmatch(one) or is_particle(one) or is_given_name(one) for one in before)


def _has_given(name: str) -> bool:
    return any(_INITIAL.fullmatch(one) or is_given_name(one) for one in name.split())


def is_imprint(title: str) -> bool:
    """Whether words are a place or a house, perhaps with the year."""
    without_year = title.rstrip("0123456789 ")
    return is_place(without_year) or is_publisher(without_year)
