"""Interviews cited again: "Nováková interview", "Dostál, Interview, Band 2", "Entretien Marchais, p. 3".

Chicago 17, 14.211: the first note says who spoke with whom, where and when; later the name and the word are enough.
Such a note shows no other sign of a citation, so that it is one only where the document cites an interview with a
person of this name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from citekit.citations.line import TaggedField
from citekit.citations.locators import find_locators
from citekit.citations.names import is_particle
from citekit.citations.signals import signal_head
from citekit.lexicon import Sought, alternation, sought, words
from citekit.model import Span

__all__ = [
    "begins_with_interview", "interview_again", "interviewees", "interviews_again", "is_interview", "names_interview",
    "with_interviewee",
]  # fmt: skip

_WORD = r"[^\W\d_][\w’'-]+"
_PERSON = rf"{_WORD}(?:\s(?:[^\W\d_]\.|{_WORD})){{0,3}}"
_TAPE = re.compile(
    r",\s(?:tape|disc|track|part|Band|Kassette|bande|cassette|nastro|cinta|taśma|кассета)\s\d{1,4}$", re.I
)
_LONGEST = 90  # characters of such a note
_PIECE = re.compile(r"[^;]+")


@cache
def _spoken() -> str:
    return rf"(?i:{alternation(words('archives', 'interview'))})"


@cache
def _word() -> Sought:
    listed = words("archives", "interview")
    return sought(rf"(?<![^\W\d_]){_spoken()}(?![^\W\d_])", listed)


@cache
def _in_full() -> re.Pattern[str]:
    """ "Interview with Karel Dostál, …", "Entretien de l’auteur avec Jean Moulin, …", "Jana Nováková, interview …"."""
    with_ = alternation(words("archives", "interview_with"))
    own, of_author, by = (
        rf"(?i:{alternation(words('archives', name))})"
        for name in ("own_interview", "interview_of_author", "interview_by")
    )
    return re.compile(
        rf"(?:{own}\s|[^\W\d_]+\s(?:of|of\san|der|des|de\sl[’']|di|de)\s)?(?P<word>{_spoken()})(?:\s{of_author})?"
        rf"\s{with_}\s(?P<after>{_PERSON})(?=[,(])"
        rf"|(?P<before>{_PERSON}),\s(?:in\s|im\s)?(?:{own}\s)?(?P<behind>{_spoken()})"
        rf"(?:\s(?P<own>{of_author})(?=\s?(?:[,(]|$))|\s{by}\s(?P<asking>{_PERSON})(?=,)|\s?(?=[,(]|[^\W\d_]))"
    )


@cache
def _again() -> re.Pattern[str]:
    with_ = alternation(words("archives", "interview_with"))
    return re.compile(
        rf"(?P<before>{_PERSON})(?:,\s|\s){_spoken()}(?:\s{with_}\s{_PERSON})?|{_spoken()}(?:,\s|\s(?:{with_}\s)?)(?P<after>{_PERSON})"
    )


def names_interview(text: str) -> bool:
    """Whether the words hold a word for an interview."""
    return _word().search(text) is not None


def interviewees(texts: Sequence[str]) -> frozenset[str]:
    """The family names of those with whom the notes cite interviews in full: with a day or a year."""
    found = set()
    for text in texts:
        if not names_interview(text):
            continue
        for piece in _PIECE.finditer(text):
            start = _behind_signal(text, *_trimmed(text, *piece.span()))
            match = _in_full().match(text, start, piece.end())
            name = (match["after"] or match["before"]) if match else ""
            if match and _is_person(name) and re.search(r"(?:19|20)\d{2}", text[match.end() : piece.end()]):
                found.add(name.split()[-1])
    return frozenset(found)


def interviews_again(text: str, taken: Sequence[tuple[int, int]], known: Collection[str]) -> Iterator[Span]:
    """The pieces of a note that name an interview with one of these people, and say no more than a place in it."""
    if not known or not names_interview(text):
        return
    for piece in _PIECE.finditer(text):
        start, end = _trimmed(text, *piece.span())
        start = _behind_signal(text, start, end)
        if end - start > _LONGEST or any(first < end and start < last for first, last in taken):
            continue
        if interview_again(text[start:end], known) is not None:
            yield Span(start, end)


def interview_again(text: str, known: Collection[str] | None = None) -> Span | None:
    """The bounds of the name in words that only name an interview again; None for others.

    Args:
        text: the words of one citation.
        known: the family names that can be meant; None for any.
    """
    end = len(text)
    tape = _TAPE.search(text)
    located = [found for found in find_locators(text) if found.end == end]
    if tape:
        end = tape.start()
    elif located:
        end = located[-1].start
    match = _again().fullmatch(text[:end].rstrip(" ,"))
    part = "before" if match and match["before"] else "after"
    if match is None or not _is_person(match[part]):
        return None
    return Span(*match.span(part)) if known is None or match[part].split()[-1] in known else None


def with_interviewee(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields of a citation; of an interview, whoever was asked is its author, and who asked has his own field.

    As CSL 1.0.2 has it (`interviewer`), and Chicago 17, 14.211.
    """
    if not names_interview(text):
        return fields
    again = interview_again(text)
    if again is not None:
        place = [field for field in fields if field.name == "locator" and field.start >= again.end]
        return (TaggedField("author", *again), *place)
    match = _in_full().match(text)
    if match is None or not (match["after"] or match["own"] or match["asking"]):
        return fields
    word, asked = ("word", "after") if match["after"] else ("behind", "before")
    people = [(name, group) for name, group in (("author", asked), ("interviewer", "asking")) if match[group]]
    if not all(_is_person(match[group]) for _, group in people):
        return fields
    behind = [field for field in fields if field.start >= match.end()]
    found = [
        TaggedField("genre", *match.span(word)),
        *(TaggedField(name, *match.span(group)) for name, group in people),
    ]
    return (*sorted(found, key=lambda field: field.start), *behind)


def is_interview(genre: str) -> bool:
    """Whether a genre is the word for an interview, and nothing else."""
    return _word().fullmatch(genre) is not None


def begins_with_interview(text: str) -> bool:
    """Whether words begin with the word for an interview, and with whom it was."""
    match = _in_full().match(text) if names_interview(text) else None
    return match is not None and bool(match["after"]) and _is_person(match["after"])


def _is_person(name: str) -> bool:
    named = name.split()
    return named[-1][0].isupper() and all(word[0].isupper() or is_particle(word) for word in named)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip(" .,"))


def _behind_signal(text: str, start: int, end: int) -> int:
    signal = signal_head().match(text, start, end)
    return signal.end() if signal and signal.end() < end else start
