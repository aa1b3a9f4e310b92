"""Where a citation begins behind words of comment ("Su un altro piano C. Ginzburg, Il formaggio …")."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.brackets import enclosures, protected
from citekit.citations.evidence import evidence
from citekit.citations.names import is_person
from citekit.citations.places import is_place
from citekit.citations.prose import is_opening, sentence_words
from citekit.citations.roles import role_before
from citekit.citations.signals import signal_head, signal_inside
from citekit.citations.starts import LOOKED_AT, starts_citation
from citekit.lexicon import Sought, alternation, sought, words

__all__ = [
    "begins_inside",
    "behind_colon",
    "comment_behind",
    "in_brackets",
    "late_start",
    "late_title",
    "without_added",
]

_LONGEST_CITATION = 1200  # characters that are weighed behind a title inside a comment
_LONGEST_REMARK = 3_000  # characters before a colon in which a verb is looked for: a page of a note
_BEHIND = 80  # characters behind a title that tell whether it is one
_COLON = re.compile(r"\s?:\s(?!//)")
_NAME_INSIDE = re.compile(
    r"(?<![^\W\d_])(?<!-)(?P<name>(?:[^\W\d_a-z]\.[-\s]?|[A-Z][a-z]\.\s?){1,3}"
    r"(?:(?:von|van|de|di|da|del|della|Di|De|Van|Von|Le|La)\s){0,2}[^\W\d_a-z][^\W\d_][\w’'-]*)"
    r"(?=,\s|\s\(|:\s|\se\s|\sund\s|\sand\s)"
)
_FULL_NAME_INSIDE = re.compile(
    r"(?<![^\W\d_])(?P<name>[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z]\.){0,3}\s[^\W\d_a-z][^\W\d_][\w’'-]*"
    r"(?:\s[^\W\d_a-z][^\W\d_][\w’'-]+)?)(?=,\s[^\d]|\s\(\s?(?i:eds?|hrsg|hg|éd|dir|a cura|cur|red|coord)\b)"
)
_CITED_INSIDE = re.compile(
    r"(?<![^\W\d_])(?P<name>[^\W\d_a-z][^\W\d_][\w’'-]+)(?=,\s[^,;]{2,120},?\s(?:op\.\s?|art\.\s?)?cit\b)"
)


_LONGEST_ADDED = 60  # characters
_LONGEST_COAUTHOR = 60  # characters
# "…, Anne Dupont et" Jean Moreau: two or three capitalised words behind a mark.
_COAUTHOR = re.compile(
    r"[,:;(]\s(?P<both>[^\W\d_a-z][\w.'’-]{0,20}(?:\s[^\W\d_a-z][\w.'’-]{0,20}){1,2}\s(?:et|and|und|e|y|ve|och|og|en|és|și|&)\s)$"
)


def late_start(text: str, start: int, end: int) -> int | None:
    """Where the citation begins behind words of comment: at the first name set off by a comma, or a title."""
    places = []
    for pattern in (_NAME_INSIDE, _FULL_NAME_INSIDE):
        for match in pattern.finditer(text, start, end):
            if is_person(match["name"]) and not role_before(text, start, match.start()):
                places.append(match.start())
                break
    cited = _CITED_INSIDE.search(text, start, end)
    if cited and not places:
        places.append(cited.start())
    return _with_coauthor(text, start, min(places)) if places else None


def _with_coauthor(text: str, start: int, place: int) -> int:
    """The place, or where the name begins that an "and" joins to the one there."""
    former = _COAUTHOR.search(text[max(start, place - _LONGEST_COAUTHOR) : place])
    return place - len(former["both"]) if former else place


def without_added(text: str, start: int, end: int) -> int:
    """The end of a citation without what the note adds of the quotation: "(my translation)", ", emphasis added"."""
    added = _added().search(text[max(start, end - _LONGEST_ADDED) : end])
    return end - len(added.group()) if added and added.start() else end


@cache
def _added() -> Sought:
    listed = words("signals", "added")
    return sought(rf"[\s,;.(\[–—-]{{1,4}}{alternation(listed)}[)\].]{{0,2}}$", listed, flags=re.IGNORECASE)


def late_title(text: str, start: int, end: int, language: str | None) -> int | None:
    """Where a citation begins with its title, behind words of comment that name the author in their own way."""
    for mark in enclosures(text[start:end]):
        if not mark.quoted or not mark.start:
            continue
        behind = text[start + mark.end : end][:_BEHIND].lstrip(" ,*_")
        words = text[start + mark.start : min(end, start + mark.start + _LONGEST_CITATION)]
        if (behind[:1].isupper() or text[start + mark.end - 2] == ",") and evidence(words, language=language).strong:
            return start + mark.start
    return None


def behind_colon(text: str, start: int, end: int, language: str | None) -> int | None:
    """Where a citation begins behind a remark and a colon ("The pond was drained in 1842: Weber, Ponds, p. 12")."""
    mask = None
    for match in _COLON.finditer(text, start, end):
        head = text[start : match.start()]
        if not (sentence_words(head[-_LONGEST_REMARK:]) or is_opening(head)):
            continue
        mask = mask or protected(text[start:end], enclosures(text[start:end]))
        rest = text[match.end() : min(end, match.end() + _LONGEST_CITATION)]
        if mask[match.start() - start] or not rest or rest[0].islower():
            continue
        if is_place(head.rpartition(",")[2].strip()):
            continue  # "Was ist eine Mühle?, Halle: Niemeyer"
        named = start if starts_citation(head) else late_start(text, start, match.start())
        if named is not None and (
            _is_plain_citation(text[named : match.start()], language)
            or not (late_start(text, match.end(), end) == match.end() or sentence_words(text[named : match.start()]))
        ):
            return None  # the colon is its own: "Weber, Works, vol. 5: Letters", "was opened by Weber, Works: Letters"
        weighed = evidence(rest, language=language)
        if weighed.is_citation and (not weighed.prose or starts_citation(rest)):
            return match.end()
    return None


def in_brackets(text: str, start: int, end: int, language: str | None) -> tuple[int, int] | None:
    """The bounds of a citation that a sentence holds in brackets: the last one that has the signs of a citation."""
    for mark in reversed(enclosures(text[start:end])):
        if mark.quoted:
            continue
        first, last = (start + place for place in mark.inner)
        signal = signal_head().match(text, first, last)
        if signal and signal.end() < last:
            first = signal.end()
        inner = text[first:last]
        if inner[:1].isupper() and _is_plain_citation(inner, language):
            return first, last
    return None


def _is_plain_citation(words: str, language: str | None) -> bool:
    weighed = evidence(words, language=language)
    return weighed.is_citation and not weighed.prose


def comment_behind(text: str, start: int, end: int) -> int | None:
    """Where the words about the work begin behind its citation (", who explains that …"), None where none do."""
    mask = None
    for match in _relative().finditer(text, start + 1, end):
        mask = mask or protected(text[start:end], enclosures(text[start:end]))
        if not mask[match.start() - start] and sentence_words(text[match.start() : end]):
            return match.start()
    return None


@cache
def _relative() -> re.Pattern[str]:
    """A comma and a word that opens a clause."""
    return re.compile(rf",\s(?={alternation(words('prose', 'relative'))}(?![^\W\d_]))")


def begins_inside(comment: str) -> bool:
    """Whether a citation has begun in the words so far, at their head, behind a signal or at a name set off."""
    leading = signal_head().match(comment, 0, 40)
    signals = [leading] if leading else []
    return (
        starts_citation(comment)
        or any(
            starts_citation(comment[signal.end() : signal.end() + LOOKED_AT])
            for signal in (*signals, *signal_inside().finditer(comment))
        )
        or late_start(comment, 0, len(comment)) is not None
    )
