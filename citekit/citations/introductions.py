"""Introductions and afterwords to another's book: "A. Rossi, Introduzione a C. Neri, Il sale, Laterza, Bari 1990".

Who introduces is the author, what was introduced is the container, with an author of its own (Chicago 17, 14.110;
BibLaTeX `bookauthor`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from citekit.citations.line import TaggedField
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_given_name
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["cites_introduction", "introduction_behind", "with_introduced_book"]

_TITLE_FOLLOWS = re.compile(r",\s(?=[“„«\"*_]?[^\W\d_a-zß-öø-ÿ])")
_INITIAL = re.compile(r"[^\W\d_a-z]\w?\.")
_PAGE_AT_END = re.compile(r",\s(?P<page>(?:[ivxlc]{1,7}|\d{1,4})(?:[-–](?:[ivxlc]{1,7}|\d{1,4}))?)[\s.]*")
_FAMILY = re.compile(r"(?:[^\W\d_a-z]\.\s?){0,3}[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+)?")
_OPENED = ' “„«"*_'
_NEAR = 12  # characters behind what was read as the title


def with_introduced_book(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, the book that is introduced as the container, and its author as that one's."""
    found = _introduction().search(text)
    if found is None:
        return _again(fields, text)
    if not any(one.name in ("author", "editor") and one.start < found.start() for one in fields):
        return fields
    names, after = names_from(text, found.end(), len(text), alone=False)
    parted = _TITLE_FOLLOWS.match(text, after)
    if parted is None or not any(_named(text[first:last]) for first, last in names):
        return _titled(fields, text, found)
    start = _behind_marks(text, parted.end())
    title = next((one for one in fields if one.name in ("title", "container-title") and start < one.end), None)
    if title is None or title.start > start or any(one.name == "container-title" for one in fields if one is not title):
        return fields
    before = [_cut(one, text, found.start()) for one in fields if one.start < found.start()]
    if not any(one.name == "title" for one in before):  # else it has a title of its own
        before.append(TaggedField("title", *found.span("kind"), title.sure))
    people = (TaggedField("container-author", first, last, title.sure) for first, last in names)
    book = replace(title, name="container-title", start=start)
    return (*before, *people, book, *(one for one in fields if one.start >= title.end))


def _titled(fields: tuple[TaggedField, ...], text: str, found: re.Match[str]) -> tuple[TaggedField, ...]:
    """The same where the title of the book comes first: "introduction to *The Salt Roads*, by Karl Weber".

    Chicago 17, 14.110. Without its author, an editor behind it tells that it is a book, if the word before is small.
    """
    title = next((one for one in fields if one.name == "title" and one.start <= found.start("kind") < one.end), None)
    if title is None or any(one.name == "container-title" for one in fields):
        return fields
    start, end = _behind_marks(text, found.end()), title.end
    line = _by_line().search(text, start, end + _NEAR)
    names, after = names_from(text, line.end(), len(text), alone=False) if line else ([], end)
    if line and names and all(" " in text[first:last] for first, last in names):
        end = line.start()
    elif names or not (found["kind"].islower() and any(one.name == "editor" and one.start >= end for one in fields)):
        return fields
    if end <= start:
        return fields
    before = [one for one in fields if one.start < title.start]
    people = (TaggedField("container-author", first, last, title.sure) for first, last in names)
    return (
        *before,
        TaggedField("title", *found.span("kind"), title.sure),
        TaggedField("container-title", start, start + len(text[start:end].rstrip(_OPENED + "”»")), title.sure),
        *people,
        *(one for one in fields if one.start >= max(after, title.end)),
    )


def _behind_marks(text: str, start: int) -> int:
    while text[start] in _OPENED:
        start += 1
    return start


@cache
def _by_line() -> re.Pattern[str]:
    return re.compile(rf"[”»\"*_]?,\s{alternation(words('kinds', 'introduced_by'))}\s(?=[^\W\d_a-z])")


@cache
def introduction_behind() -> re.Pattern[str]:
    """What the name of who introduced goes on with, capitals or not: ", introduction, xiv", ", préface à …"."""
    leads = alternation(words("kinds", "introduction_to"))
    return re.compile(
        rf",?\s?(?P<kind>{alternation(words('kinds', 'introduction'))})(?=,\s|\s{leads}\s)", re.IGNORECASE
    )


def cites_introduction(text: str) -> bool:
    """Whether words are a name, the word for an introduction and a page: "Roth, introduction, xiv"."""
    return bool(_cited_again(text))


def _cited_again(text: str) -> tuple[TaggedField, ...]:
    named = _FAMILY.match(text)
    kind = introduction_behind().match(text, named.end()) if named else None
    page = _PAGE_AT_END.fullmatch(text, kind.end()) if kind else None
    if named is None or kind is None or page is None:
        return ()
    fields = (("author", named.span()), ("title", kind.span("kind")), ("locator", page.span("page")))
    return tuple(TaggedField(name, *span) for name, span in fields)


def _again(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields of an introduction that is cited again: "Petit, préface, p. IX" has an author."""
    if cited := _cited_again(text):
        return cited
    title = fields[0] if fields else None
    if title is None or title.name != "title" or any(one.name in ("author", "editor") for one in fields):
        return fields
    comma = text.find(",", title.start, title.end)
    kind = introduction_behind().match(text, comma) if comma > 0 else None
    if kind is None or kind.end() != title.end or not _FAMILY.fullmatch(text, title.start, comma):
        return fields
    author = replace(title, name="author", end=comma)
    return (author, replace(title, start=kind.start("kind")), *fields[1:])


def _named(name: str) -> bool:
    """Whether it is sure to be a person: "Introduction to Automata Theory, Languages, and Computation" is a title."""
    first = name.split(maxsplit=1)[0]
    return _INITIAL.match(first) is not None or is_given_name(first)


def _cut(field: TaggedField, text: str, end: int) -> TaggedField:
    """The field, up to a place in it at most."""
    return replace(field, end=field.start + len(text[field.start : min(field.end, end)].rstrip(' ,“„«"')))


@cache
def _introduction() -> Sought:
    listed = words("kinds", "introduction")
    leads = alternation(words("kinds", "introduction_to"))
    return sought(
        rf"(?<=[,.]\s)(?:[“„«\"]\s?)?(?P<kind>(?i:{alternation(listed)}))(?:\s?[”“»\"])?\s{leads}\s?:?\s"
        r"(?=[“„«\"*_]{0,2}\s?[^\W\d_a-zß-öø-ÿ])",
        listed,
    )
