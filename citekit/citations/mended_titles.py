"""Runs of labels that are titles, mended where a printed form settles where they begin and end, and of what."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from citekit.citations.line import TaggedField
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import alternation, words

__all__ = [
    "TITLES",
    "journal_behind_title",
    "periodical_alone",
    "title_before_container",
    "title_behind_bracket",
    "title_for_publisher",
    "title_with_first_word",
    "title_with_subtitle",
    "title_with_years",
    "titles_joined",
]

TITLES = frozenset({"title", "container-title", "original-title", "translated-title", "collection-title"})
"""The labels of words that are a title, the work's or another's."""
_SURE_OF_CONTAINER = 0.8
# A short word or two between the parts of a title, no mark that parts a title from what follows.
_WITHIN = re.compile(r"[,»”’“«]?(?:\s?[^\W\d_]{1,3}\.?){1,2}\s[«»„“‘]?")
# "in: Aus Kunst und Leben", "(ed.), In Defence of History": a word that leads to a container, with a capital.
_LEADING_WORD = re.compile(r"(?:\b(?:[Ii]n|[Dd]ans)\s?:?\s|[,.)]\s)(?P<word>Aus|In|Dans|Ur|Em|En)\s\Z")
# "Hrsg.), Titel", "o.J.): Titel": what a bracket before the title closes.
_CLOSES = re.compile(r"[^()\[\]]{1,10}[)\]][\s:.,]+(?=\S)")
_OF_HEAD = frozenset({"author", "editor", "issued"})
_IN = re.compile(r"[\s,.;:]\s?(?:[Ii]n|[Dd]ans)\s?:\s")
_BEFORE_YEAR = re.compile(r",?\s\(?")
_YEARS = re.compile(r"(?:1\d|20)\d\d\s?[-–]\s?(?:1\d|20)?\d\d")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.)])\s(?=[^\W\d_a-z])|(?<=\d\.)\s(?=[^\W\d_a-z])")
_PAGES_BEHIND = re.compile(r"(?:\s?\(\d{1,3}\))?\s?:\s?\d{1,5}")
_OF_PERIODICAL = frozenset({"issued", "issue", "volume", "page"})

_OF_JOURNALS = frozenset({"volume", "issue", "page"})
_QUOTED_LAST = re.compile(r",\s[«„](?P<name>[^«»„“”]{3,120})[»“”],\s\Z")

_FIRST_SENTENCE = re.compile(r"(?P<title>[^\s.]{1,40}(?:\s[^\s.]{1,40}){2,40})\.\s(?=[^\W\d_a-z])")


def titles_joined(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, those of one title joined over a word between them ("Practice in Theory", ", n. sp.")."""
    joined: list[TaggedField] = []
    for run in found:
        last = joined[-1] if joined else None
        if last and last.name == run.name and run.name in TITLES and _WITHIN.fullmatch(text, last.end, run.start):
            joined[-1] = TaggedField(run.name, last.start, run.end, min(last.sure, run.sure))
        else:
            joined.append(run)
    return joined


def title_with_first_word(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title with the preposition that it begins with: behind "in:", or where no title stands before it."""
    mended: list[TaggedField] = []
    for run in found:
        word = _LEADING_WORD.search(text, max(0, run.start - 12), run.start) if run.name in TITLES else None
        own = word and (word.group()[0].isalpha() or not any(other.name in TITLES for other in mended))
        mended.append(replace(run, start=word.start("word")) if word and own else run)
    return mended


def title_for_publisher(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the first words behind people and date as the title, where there is none and they are a publisher's.

    "Schulze, H. (1994): Staat und Nation, München": no style cites a publisher without a work.
    """
    place = next((place for place, run in enumerate(found) if run.name not in _OF_HEAD), 0)
    if not 0 < place < len(found) or found[place].name != "publisher" or any(run.name in TITLES for run in found):
        return found
    known = is_publisher(text[found[place].start : found[place].end])
    if known or not {"author", "editor"} & {run.name for run in found[:place]}:
        return found
    return [*found[:place], replace(found[place], name="title"), *found[place + 1 :]]


def title_behind_bracket(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title without the end of the bracket before it."""
    mended = []
    for run in found:
        closes = _CLOSES.match(text, run.start, run.end) if run.name == "title" else None
        mended.append(replace(run, start=closes.end()) if closes and text[run.start - 1] in "([" else run)
    return mended


@cache
def _of_container() -> re.Pattern[str]:
    """What a subtitle seldom holds, and a container does: a number, proceedings, a conference."""
    listed = (*words("kinds", "paper-conference_container"), *words("kinds", "conference"))
    return re.compile(rf"\d|(?i:{alternation(listed)})")


def title_with_subtitle(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a subtitle behind a full stop as part of the title: "Krisenherde. Studien zur Geschichte".

    A container has its pages, its volume or a word that leads to it; without any of these, before the imprint, the
    words are the book's own (ISBD 0.3.2.3; Duden sets a full stop between title and subtitle).
    """
    if {run.name for run in found} & {"volume", "issue", "page", "locator", "number", "genre"}:
        return found
    for place, (run, other) in enumerate(pairwise(found)):
        behind = found[place + 2].name if place + 2 < len(found) else None
        if (
            (run.name, other.name) == ("title", "container-title")
            and behind in ("publisher-place", "publisher")
            and text[run.end : other.start] == ". "
            and other.sure < _SURE_OF_CONTAINER
            and not _of_container().search(text, other.start, other.end)
        ):
            return [*found[:place], replace(run, end=other.end, sure=min(run.sure, other.sure)), *found[place + 2 :]]
    return found


def title_before_container(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, title and container in the order that an "in:" between them says."""
    first = next((run for run in found if run.name in ("title", "container-title")), None)
    last = next((run for run in reversed(found) if run.name in ("title", "container-title")), None)
    if first is None or last is None or (first.name, last.name) != ("container-title", "title"):
        return found
    if sum(run.name in TITLES for run in found) != 2 or not _IN.search(text, first.end, last.start):
        return found
    names = {id(first): "title", id(last): "container-title"}
    return [replace(run, name=names.get(id(run), run.name)) for run in found]


def periodical_alone(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a name with a day or an issue and nothing else as a periodical: "Il Secolo, 14 luglio 1889".

    Persons are cited by the year; a newspaper by the day, perhaps without an article (Chicago 17, 14.191).
    """
    first = found[0] if found else None
    if first is None or first.name != "author" or any(run.name in TITLES | {"author", "editor"} for run in found[1:]):
        return found
    names = text[first.start : first.end]
    dated = any(run.name == "issue" or (run.name == "issued" and " " in text[run.start : run.end]) for run in found)
    if not dated or "," in names or "." in names or {run.name for run in found[1:]} - _OF_PERIODICAL:
        return found
    return [replace(first, name="container-title"), *found[1:]]


def title_with_years(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title with the years that are its own: "Datenreport 2004", "Ivan Petrov (1931–2009)".

    Behind the year of an author-date style no year of printing follows a title; elsewhere a range of years does not,
    before an imprint with its own.
    """
    dated = [place for place, run in enumerate(found) if run.name == "issued"]
    by_year = bool(dated) and {run.name for run in found[: dated[0]]} in ({"author"}, {"editor"}, {"author", "editor"})
    for place in dated[1:] if by_year else dated[:-1]:
        former, date = found[place - 1], found[place]
        following = found[place + 1].name if place + 1 < len(found) else None
        between = text[former.end : date.start]
        if former.name not in ("title", "container-title") or not _BEFORE_YEAR.fullmatch(between):
            continue
        if by_year and (following in ("title", "container-title") or between == " "):
            close = date.end + (between.endswith("(") and text[date.end : date.end + 1] == ")")
        elif (
            not by_year
            and following in ("publisher-place", "publisher")
            and _YEARS.fullmatch(text, date.start, date.end)
        ):
            close = date.end
        else:
            continue
        whole = replace(former, end=close, sure=min(former.sure, date.sure))
        behind = found[place + 1 :]
        if behind and behind[0].name == former.name and ". " not in text[close : behind[0].start]:
            whole, behind = replace(whole, end=behind[0].end), behind[1:]
        return title_with_years(text, [*found[: place - 1], whole, *behind])
    return found


def journal_behind_title(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the journal apart from the title: "… of eastern Africa. Steenstrupia. Copenhagen 3: 1–12".

    A number with pages behind a colon is a journal's (Council of Science Editors, 29.3.7.1); what stands before it, or
    before its place, is the journal, a sentence of its own.
    """
    place = next((place for place, run in enumerate(found) if run.name == "volume"), 0)
    if place < 2 or not _PAGES_BEHIND.match(text, found[place].end):
        return found
    before, title = found[place - 1], found[place - 2]
    located = before.name in ("container-title", "publisher-place") and is_place(text[before.start : before.end])
    if not located or title.name != "title" or any(run.name == "container-title" for run in found if run is not before):
        return found
    stops = [stop.end() for stop in _SENTENCE.finditer(text, title.start, title.end)]
    if not stops or text[title.end : before.start].strip() != ".":
        return found
    journal = replace(title, name="container-title", start=stops[-1])
    title = replace(title, end=len(text[: stops[-1]].rstrip(" .")))
    return [*found[: place - 2], title, journal, replace(before, name="publisher-place"), *found[place:]]


def journal_in_quotation(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a quotation that closes an unquoted title as the journal: "Il sale a Venezia, «Studi veneti», XII".

    Italian and Polish styles quote the names of journals alone; a number or a page must follow it.
    """
    place = next((place for place, run in enumerate(found) if run.name == "title"), -1)
    if place < 0 or place + 1 == len(found) or any(run.name == "container-title" for run in found):
        return found
    title, behind = found[place], found[place + 1]
    quoted = _QUOTED_LAST.search(text, title.start, behind.start)
    if behind.name not in _OF_JOURNALS or quoted is None or quoted.start() == title.start:
        return found
    journal = replace(title, name="container-title", start=quoted.start("name"), end=quoted.end("name"))
    return [*found[:place], replace(title, end=quoted.start()), journal, *found[place + 1 :]]


def title_in_journal(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the first sentence of what was taken for a journal as the title: "1988. Salz im Norden. Hansa 38: 3".

    Names, a year and a journal name nothing (the author-date style always has the title between them).
    """
    place = next((place for place, run in enumerate(found) if run.name == "container-title"), 0)
    if not place or found[place - 1].name != "issued" or any(run.name == "title" for run in found):
        return found
    journal = found[place]
    numbered = place + 1 < len(found) and found[place + 1].name in _OF_JOURNALS
    sentence = _FIRST_SENTENCE.match(text, journal.start, journal.end)
    if not numbered or sentence is None:
        return found
    title = replace(journal, name="title", end=sentence.end("title"))
    return [*found[:place], title, replace(journal, start=sentence.end()), *found[place + 1 :]]
