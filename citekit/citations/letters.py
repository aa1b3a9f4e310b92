"""Letters by writer, recipient and day: "Smith to Jones, 3 May 1848", "Humboldt an Varnhagen, Berlin, 27.10.1834".

Chicago 17, 14.224 and 14.229; Turabian 17.7.4. Both are names, the day follows at once or behind the town.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import find_dates
from citekit.citations.line import TaggedField
from citekit.citations.names import is_institution, is_particle
from citekit.citations.places import is_place
from citekit.citations.shelfmarks import names_archive
from citekit.lexicon import alternation, concept, words
from citekit.model import Span

__all__ = ["ANY", "Correspondents", "correspondents", "letter_at_head", "with_letter"]

# "to", "an", "aan", behind a name and before a name, mean nothing else in any language; "a", "do", "au" do.
_EVERYWHERE = ("en", "de", "nl", "sv", "da")
ANY = "mul"
"""The words of all languages (ISO 639-2), for asking whether words could begin a letter at all."""
_LONGEST = 240  # characters
_LONGEST_NAME = 120  # characters to the word behind the writer's name
_DAY = 10  # characters of an EDTF date with its day
_MOST_WORDS = 7
_NAME = r"[^\W\d_][^,;:()\[\]“”«»„\"\d]{1,70}?"
_TOWN = re.compile(r",\s(?:[^\W\d_][^,;:()“”«»\"\d]{2,40},\s)?(?:den\s|le\s|on\s|il\s)?")
_SMALL_WORDS = ("of", "the", "und", "et", "and", "e", "y", "der", "die", "le", "la", "del", "al")


_EDITED = frozenset({"container-title", "publisher", "publisher-place", "editor", "URL"})


@dataclass(frozen=True, slots=True)
class Correspondents:
    """Who wrote a letter and to whom, as printed ("Lord Carlow", "H. Ashcombe")."""

    writer: str
    recipient: str


@cache
def _joiners(language: str | None) -> tuple[str, ...]:
    listed = concept("archives", "letter_to")
    languages = listed if language == ANY else {*_EVERYWHERE, language or ""}
    return tuple(sorted({word for each in languages for word in listed.get(each, ())}))


@cache
def _joiner(language: str | None) -> re.Pattern[str]:
    return re.compile(rf" {alternation(_joiners(language))} ")


@cache
def _joined(language: str | None) -> re.Pattern[str]:
    records = alternation(words("archives", "record"))
    of = r"(?:\s(?:from|by|of|von|vom|de|di|da|od|van|av|af|från|fra))?"
    return re.compile(
        rf"(?:(?i:{records})(?![^\W\d_]){of}\s(?:d[’'])?)?(?P<writer>{_NAME})\s{alternation(_joiners(language))}\s(?P<recipient>{_NAME})(?=,|$)"
    )


@lru_cache(maxsize=REMEMBERED)
def correspondents(title: str, language: str | None = None) -> Correspondents | None:
    """Who wrote to whom, where words say no more: "Henry Ashcombe to Lord Carlow"; None for other words."""
    match = _joined(language).match(title)
    if match is None or match.end() != len(title) or not (_names(match["writer"]) and _names(match["recipient"])):
        return None
    return Correspondents(match["writer"], match["recipient"])


def letter_at_head(text: str, language: str | None = None) -> tuple[Span, Span] | None:
    """Where the correspondents and the day stand, if the words begin with these; None else."""
    if len(text) > _LONGEST or not _joiner(language).search(text, 0, _LONGEST_NAME):
        return None
    return _at_head(text, language)


@lru_cache(maxsize=REMEMBERED)
def _at_head(text: str, language: str | None) -> tuple[Span, Span] | None:
    match = _joined(language).match(text)
    if match is None or correspondents(match.group(), language) is None:
        return None
    day = next(iter(find_dates(text, language)), None)
    if day is None or len(day.edtf) != _DAY or _TOWN.fullmatch(text, match.end(), day.start) is None:
        return None
    return Span(0, match.end()), Span(day.start, day.end)


def with_letter(fields: tuple[TaggedField, ...], text: str, language: str | None) -> tuple[TaggedField, ...]:
    """The fields of a citation; of a letter, the correspondents are its title, the day is its date.

    What follows says where it is kept, and a name among it is the collection's; unless an edition prints the letter.
    """
    letter = letter_at_head(text, language)
    if letter is None:
        return fields
    title, day = letter
    behind = [
        TaggedField(field.name, max(field.start, day.end), field.end, field.sure)
        for field in fields
        if field.end > day.end and field.start >= title.end
    ]
    named = {field.name for field in behind}
    kept_somewhere = bool(named & {"archive", "archive_location"})
    if named & _EDITED and not kept_somewhere:  # the town belongs to its title, and the day is its own (`tag_letters`)
        return fields
    if not kept_somewhere and names_archive(text[day.end :]):
        locators = [field for field in behind if field.name == "locator"]
        end = min((field.start for field in locators), default=len(text))
        behind = [TaggedField("archive_location", day.end, end), *locators]
    kept = "archive_location" if "archive" in named else "archive"
    behind = [TaggedField(kept, one.start, one.end, one.sure) if one.name == "author" else one for one in behind]
    return (TaggedField("title", *title), TaggedField("issued", *day), *map(_trimmed(text), behind))


def _trimmed(text: str) -> Callable[[TaggedField], TaggedField]:
    """A field without the marks before its first word."""

    def trim(field: TaggedField) -> TaggedField:
        said = text[field.start : field.end]
        start = field.end - len(said.lstrip(" ,.;:(["))
        return TaggedField(field.name, start, field.start + len(said.rstrip(" ,;:")), field.sure)

    return trim


@cache
def _small_words() -> frozenset[str]:
    return frozenset({*_SMALL_WORDS, *words("archives", "rank")})


def _names(said: str) -> bool:
    """Whether words are a person's name, with titles and offices: capitals and particles, no town, no institution."""
    parts = said.split()
    return (
        len(parts) <= _MOST_WORDS
        and parts[-1][:1].isupper()
        and all(part[:1].isupper() or is_particle(part) or part in _small_words() for part in parts)
        and not is_place(said)
        and not is_institution(said)
    )
