"""Entries of works of reference under their word: "Encyclopaedia Britannica, 11th ed., s.v. “Salt”".

What is read is the entry: its word is the title, the work that it stands in the container (CSL `entry-encyclopedia`;
BibLaTeX @inreference; Chicago 17, 14.232–234).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED, enclosures
from citekit.citations.line import TaggedField
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_given_name, is_person
from citekit.citations.prose import sentence_words
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["EntryWord", "entry_under_word", "with_entry_word"]

_WORK = re.compile(r"[^\W\d_a-zß-öø-ÿ][^;“”«»„\"()\[\]]{3,160}")
_NOT_OF_WORK = re.compile(r",\s(?=\d|[^\W\d_A-ZÀ-ÖØ-Þ]|Bd\b|Vol\b|T\.)")  # "…, 2nd ed.", "…, vol. 4", "…, t. II"
_PLAIN = re.compile(r"[^,.;:()\[\]“”«»„\"]{2,80}")
_GIVEN = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*"
_GIVEN_BEHIND = re.compile(rf",\s(?P<given>{_GIVEN}(?:\s{_GIVEN}){{0,3}})(?=[,;:(]|\.?$|\.\s)")
_FAMILY_BEFORE = re.compile(r"(?P<family>[^\W\d_a-zß-öø-ÿ][\w’'-]+),\s(?=[*_]?[^\W\d_a-zß-öø-ÿ])")
_BY = re.compile(r"[\s,.”»“\"’']{1,4}(?:by|par|von|di|de|por|door|av|af)\s(?=[^\W\d_a-zß-öø-ÿ])")
_BY_IN_BRACKET = re.compile(
    r"[\s,.”»“\"’']{1,4}\((?:(?:a cura di|di|by|par|von|por|de)\s)?(?P<name>[^\W\d_a-zß-öø-ÿ][^()\d]{2,60})\)"
)
_EDGES = " ,.;:"
_NAMES = frozenset({"author", "editor"})
_OF_WORK = frozenset({"edition", "volume", "publisher", "publisher-place", "issued", "collection-title"})


@dataclass(frozen=True, slots=True)
class EntryWord:
    """An entry and the work that it stands in.

    Attributes:
        work: the bounds of the work's name, with what else stands before the mark of the entry.
        entry: those of the word.
        authors: those of the names of who wrote the entry, behind it.
        end: where all of it ends.
    """

    work: tuple[int, int]
    entry: tuple[int, int]
    authors: tuple[tuple[int, int], ...]
    end: int


@lru_cache(maxsize=REMEMBERED)
def entry_under_word(text: str) -> EntryWord | None:
    """The entry that a citation names with "s.v." or its like; None where there is none.

    >>> text = "Encyclopaedia Britannica, s.v. “Salt”"
    >>> found = entry_under_word(text)
    >>> text[slice(*found.work)], text[slice(*found.entry)]
    ('Encyclopaedia Britannica', 'Salt')
    """
    mark = _mark().search(text)
    if mark is None:
        return None
    work = _WORK.fullmatch(text, len(text) - len(text.lstrip("*_ ")), mark.start())
    if work is None or sentence_words(work.group()):
        return None
    entry, end = _entry(text, mark.end())
    if entry is None:
        return None
    authors, end = _authors(text, end)
    return EntryWord((work.start(), work.end()), entry, authors, end)


def _entry(text: str, start: int) -> tuple[tuple[int, int] | None, int]:
    """The bounds of the word behind the mark, in quotation marks or up to the next one; and where it ends."""
    quoted = next((mark for mark in enclosures(text) if mark.start == start and mark.quoted), None)
    if quoted:
        first, last = quoted.inner
        return ((first, first + len(text[first:last].rstrip(_EDGES))), quoted.end)
    plain = _PLAIN.match(text, start)
    if plain is None or not any(char.isalpha() for char in plain.group()):
        return None, start
    given = _GIVEN_BEHIND.match(text, plain.end())
    end = given.end() if given and is_given_name(given["given"].split()[0]) else plain.end()
    return (start, start + len(text[start:end].rstrip(_EDGES))), end


def _authors(text: str, start: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """The names behind an entry: “Guilds,” by Anne Marsh; «Sale» (C. Neri)."""
    bracketed = _BY_IN_BRACKET.match(text, start)
    if bracketed and is_person(bracketed["name"]):
        return (bracketed.span("name"),), bracketed.end()
    by = _BY.match(text, start)
    names, end = names_from(text, by.end(), len(text), alone=False) if by else ([], start)
    return tuple(names), end if names else start


def with_entry_word(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, the word of an entry as the title and its work as the container."""
    found = entry_under_word(text)
    if found is None:
        return fields
    start, end = found.work
    before = [one for one in fields if start <= one.start and one.end <= end]
    titled = next((one for one in before if one.name.endswith("title") and one.name != "collection-title"), None)
    if titled and any(one.name in _NAMES and one.end <= titled.start for one in before):
        work = replace(titled, name="container-title")
        kept = [one for one in before if one.name in _NAMES | _OF_WORK]
    else:
        kept = [one for one in before if one.name in _OF_WORK and one.start > start]
        cut = _NOT_OF_WORK.search(text, start, end)
        last = min([end, *(one.start for one in kept), *([cut.start()] if cut else [])])
        family = _FAMILY_BEFORE.match(text, start, last)
        if family:
            kept.append(TaggedField("author", *family.span("family")))
            start = family.end()
        work = TaggedField("container-title", start, start + len(text[start:last].rstrip(_EDGES + "*_")))
    title = TaggedField("title", *found.entry)
    people = [TaggedField("author", *name) for name in found.authors]
    behind = [one for one in fields if one.start >= found.end and one.name not in ("title", "container-title")]
    return tuple(sorted((work, *kept, title, *people, *behind), key=lambda one: one.start))


@cache
def _mark() -> Sought:
    listed = words("roles", "under_word")
    return sought(rf"[*_]?[,.]?\s\(?(?i:{alternation(listed)})\s?(?=[“«„\"‘]|[^\W\d_])", listed)
