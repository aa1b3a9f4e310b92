"""The model's labels as runs of words, mended where a printed form settles what a label for each word cannot say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise

from citekit.citations.dates import find_dates
from citekit.citations.line import TaggedField
from citekit.citations.name_lists import is_institutional
from citekit.citations.places import is_place, is_region
from citekit.citations.roles import role_after
from citekit.citations.shelfmarks import names_archive
from citekit.citations.tag_persons import names_from
from citekit.citations.tagger.model import OUTSIDE, Labelled

__all__ = ["TITLES", "runs"]

TITLES = frozenset({"title", "container-title", "original-title", "translated-title", "collection-title"})
"""The labels of words that are a title, the work's or another's."""
_SURE = 0.95
_SURE_OF_TITLE = 0.8
_SURE_OF_ARCHIVE = 0.9
# A short word or two between the parts of a title, no mark that parts a title from what follows.
_WITHIN = re.compile(r"[,»”’“«]?(?:\s?[^\W\d_]{1,3}\.?){1,2}\s[«»„“‘]?")


@lru_cache(maxsize=1)  # asked twice of a string that is one citation
def runs(read: Labelled, text: str) -> tuple[TaggedField, ...]:
    """Words with one label that follow one another; of each run the least sure word tells how sure it is."""
    labels = _with_title(_without_archive(read, text))
    found: list[TaggedField] = []
    place = 0
    for name, alike in groupby(labels):
        first, place = place, place + len(tuple(alike))
        if name != OUTSIDE:
            found.append(TaggedField(name, read.words[first][0], read.words[place - 1][1], min(read.sure[first:place])))
    found = _heading_apart(text, _joined(text, found))
    for mended in _MENDED:
        found = mended(text, found)
    return tuple(found)


def _without_archive(read: Labelled, text: str) -> Labelled:
    """The labels, "archive" only where a word of the citation tells of one; elsewhere the next most probable.

    The model saw many shelfmarks, and takes what it does not know for one: "Policy Brief, 16", "Heft 4/89".
    """
    doubted = [
        place
        for place, (name, sure) in enumerate(zip(read.labels, read.sure, strict=True))
        if name == "archive" and sure < _SURE_OF_ARCHIVE
    ]
    if not doubted or read.tagger is None or "§" in text or names_archive(text):
        return read
    others = [name for name in read.tagger.labels() if name != "archive"]
    labels, sure = list(read.labels), list(read.sure)
    for place in doubted:
        sure[place], labels[place] = max((read.tagger.marginal(name, place), name) for name in others)
    return replace(read, labels=labels, sure=sure)


# GOST R 7.0.5: "Петров А. А. Крестьянская община": behind family name and initials the title begins without a mark.
_HEADING = re.compile(r"[^\W\d_a-z][^\W\d_]+,?\s(?:[^\W\d_a-z]\.\s?){1,3}\s(?=[^\W\d_]{2,}\s[^\W\d_]{2,})")


def _heading_apart(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the title taken out of the author's where nothing else is the title."""
    first = found[0] if found else None
    if first is None or first.name != "author" or any(run.name in TITLES for run in found):
        return found
    heading = _HEADING.match(text, first.start, first.end)
    if heading is None or first.sure >= _SURE_OF_TITLE:
        return found
    author = TaggedField("author", first.start, heading.end() - 1, first.sure)
    return [author, TaggedField("title", heading.end(), first.end, first.sure), *found[1:]]


def _with_title(read: Labelled) -> list[str]:
    """The labels; where they name a container and no title, most often the container is the work itself.

    Only journals are cited without the title of the article, with a volume or a page or by the day, and without a
    place. Words right behind the author that are taken for a publisher, where there is no title, are the title.
    """
    labels = list(read.labels)
    said = set(labels)
    if "title" in said:
        return labels
    containers = [sure for name, sure in zip(labels, read.sure, strict=True) if name == "container-title"]
    placed = bool(said & {"publisher-place", "publisher"}) and "volume" not in said
    if containers:
        first = labels.index("container-title")
        behind = next((at for at in range(first, len(labels)) if labels[at] != "container-title"), len(labels))
        if "container-title" in labels[behind:] and {"author", "editor"} & set(labels[:first]):
            return [*labels[:first], *["title"] * (behind - first), *labels[behind:]]  # none has two containers alone
        whole = min(containers) < _SURE and (placed or not said & {"volume", "page"}) and not _names_day(read)
        return ["title" if whole and name == "container-title" else name for name in labels]
    first = next((place for place, name in enumerate(labels) if name not in (OUTSIDE, "author")), len(labels))
    if "author" in labels[:first] and labels[first : first + 1] == ["publisher"]:
        while first < len(labels) and labels[first] == "publisher":
            labels[first] = "title"
            first += 1
    return labels


def _names_day(read: Labelled) -> bool:
    """Whether the date has a day or a month: what appears by the day is a periodical ("Le Temps, 4 mai 1903")."""
    return sum(name == "issued" for name in read.labels) > 1


def _joined(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, those of one title joined over a word between them ("Practice in Theory", ", n. sp.")."""
    joined: list[TaggedField] = []
    for run in found:
        last = joined[-1] if joined else None
        if last and last.name == run.name and run.name in TITLES and _WITHIN.fullmatch(text, last.end, run.start):
            joined[-1] = TaggedField(run.name, last.start, run.end, min(last.sure, run.sure))
        else:
            joined.append(run)
    return joined


# "Zentrum für Forschung (1998), …", "Europäische Kommission, 1998a: …", "TANZANIA. BUREAU OF STATISTICS, 2002 – …".
_DATE_OPENS = re.compile(r"[\s,.(\[]{1,3}\Z")
_DATE_CLOSES = re.compile(r"[a-z]?[)\]]?\s?[:.,–—-]|[a-z]?[)\]]\s")
_LONGEST_AUTHOR = 160  # characters
_NUMBERS = frozenset({"volume", "issue", "number", "page", "issued"})


def _before_date(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, what stands before the date at the head as the author: an institution, which looks like a title.

    In author-date styles nothing else stands there, if the title follows (Chicago 17, 15.36; APA 7, 9.11).
    """
    place = next((place for place, run in enumerate(found) if run.name == "issued"), 0)
    head, behind = found[:place], found[place + 1 :]
    if not head or not behind or behind[0].name != "title" or head[0].start > 1:
        return found
    names = {run.name for run in head}
    printed = text[head[0].start : head[-1].end]
    if (
        not names <= {"title", "container-title", "publisher", "author", "editor", "archive"}
        or names <= {"author", "editor"}
        or (names & {"author", "editor"} and not is_institutional(printed))
        or head[-1].end - head[0].start > _LONGEST_AUTHOR
        or any(mark in printed for mark in ':;?!“”«»„"')
        or not _DATE_OPENS.search(text, head[-1].end, found[place].start)
        or not _DATE_CLOSES.match(text, found[place].end)
        or any(run.name == "author" for run in behind)
    ):
        return found
    author = TaggedField("author", head[0].start, head[-1].end, min(run.sure for run in head))
    return [author, *found[place:]]


# "Alphonse TOUSSENEL, Tristia": family names in capitals tell where the names end.
_CAPITAL_FAMILY = re.compile(
    r"(?:[^\W\d_][\w’'.-]*\s){1,3}(?:d[eiu]\s|von\s)?[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ’'-]{2,},\s"
)
_CAPITALS = re.compile(r"(?<![^\W\d_])[^\W\d_a-zß-öø-ÿ]{3,}(?![^\W\d_])")


def _behind_capitals(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the author without words in small letters behind a family name in capitals: these begin the title."""
    first = found[0] if found else None
    if first is None or first.name != "author":
        return found
    name = _CAPITAL_FAMILY.match(text, first.start, first.end)
    if name is None or name.group().isupper() or _CAPITALS.search(text, name.end(), first.end):
        return found
    author = replace(first, end=name.end() - 2)
    following = found[1] if len(found) > 1 else None
    if following is not None and following.name == "title" and following.start - first.end < 4:
        return [author, replace(following, start=name.end()), *found[2:]]
    if any(run.name == "title" for run in found):
        return found
    return [author, TaggedField("title", name.end(), first.end, first.sure), *found[1:]]


def _imprint_apart(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, place and publisher told apart where both were taken for one: "Londres, IB Tauris", "Seuil, Paris".

    What stands before the comma or behind it is a known place, and the rest is none; where neither is known, the place
    stands first (Chicago 17, 14.127; it is the order of French and Italian notes).
    """
    said = {run.name for run in found}
    if len(said & {"publisher", "publisher-place"}) != 1:
        return found
    mended: list[TaggedField] = []
    for run in found:
        printed = text[run.start : run.end]
        comma = _comma(printed) if run.name in ("publisher", "publisher-place") else -1
        first, second = printed[:comma], printed[comma + 2 :]
        if comma < 0:
            whole = run.name == "publisher" and is_place(printed)
            mended.append(replace(run, name="publisher-place") if whole else run)
        elif is_place(second) and _is_house(first):
            mended.append(replace(run, name="publisher", end=run.start + comma))
            mended.append(replace(run, name="publisher-place", start=run.start + comma + 2))
        elif _is_house(second) and (is_place(first) or (run.name == "publisher-place" and ", " not in second)):
            mended.append(replace(run, name="publisher-place", end=run.start + comma))
            mended.append(replace(run, name="publisher", start=run.start + comma + 2))
        else:
            mended.append(run)
    return mended


def _comma(printed: str) -> int:
    """Where the comma stands that may part place from publisher, behind a state or country; -1 where none does."""
    comma = printed.find(", ")
    following = printed.find(", ", comma + 2) if comma >= 0 else -1
    return following if following >= 0 and not _is_house(printed[comma + 2 : following]) else comma


def _is_house(text: str) -> bool:
    """Whether words can be a publisher's name: no place, no state or country behind one ("Mass.", "England")."""
    if is_place(text) or is_region(text):
        return False
    return " " in text or (len(text) > 3 and text[-1] != ".")


def _with_months(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the date with its months: "Annales, mai-juin 1979"."""
    dated = [run for run in found if run.name == "issued"]
    if not dated:
        return found
    for date in find_dates(text):
        run = next((run for run in dated if date.start < run.start < date.end <= run.end), None)
        if run is None:
            continue
        before = next((other for other in found if other.start < date.start < other.end), None)
        parts = [other for other in found if date.start <= other.start < run.start]
        if any(other.name not in _NUMBERS for other in parts):
            continue
        found = [other for other in found if other not in parts]
        found = [
            replace(one, start=date.start) if one is run else replace(one, end=date.start) if one is before else one
            for one in found
        ]
    return found


_NUMBER_BEHIND = re.compile(r"[\s,]+(?P<number>(?:(?:No|Nr|no|nr|n)\.?\s?[°º]?\s?)?\d{1,4}(?:[-–/]\d{1,4})?)\Z")


def _numbered(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the number of a report apart from its kind: "Arbeitspapier 4", "Discussion Paper No. 12"."""
    mended: list[TaggedField] = []
    for run in found:
        number = _NUMBER_BEHIND.search(text, run.start, run.end) if run.name == "genre" else None
        if number is None:
            mended.append(run)
            continue
        mended.append(replace(run, end=number.start()))
        mended.append(replace(run, name="number", start=number.start("number")))
    return mended


# "in: Aus Politik und Zeitgeschichte", "(Eds), In Search of Europe": a word that leads to a container, with a capital.
_LEADING_WORD = re.compile(r"(?:\b(?:[Ii]n|[Dd]ans)\s?:?\s|[,.)]\s)(?P<word>Aus|In|Dans|Ur|Em|En)\s\Z")


def _with_first_word(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title with the preposition that it begins with: behind "in:", or where it is the only title."""
    titles = [run for run in found if run.name in TITLES]
    if not titles:
        return found
    first = titles[-1]
    word = _LEADING_WORD.search(text, max(0, first.start - 12), first.start)
    if word is None or (len(titles) > 1 and not word.group()[0].isalpha()):
        return found
    return [replace(run, start=word.start("word")) if run is first else run for run in found]


# "Hrsg.), Titel", "o.J.): Titel": what a bracket before the title closes.
_CLOSES = re.compile(r"[^()\[\]]{1,10}[)\]][\s:.,]+(?=\S)")
_OF_HEAD = frozenset({"author", "editor", "issued"})


def _titled(_: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the first words behind people and date as the title, where there is none and they are a publisher's.

    "Schneider, H. (1991): Team und Teamarbeit, Bergisch Gladbach": no style cites a publisher without a work.
    """
    place = next((place for place, run in enumerate(found) if run.name not in _OF_HEAD), 0)
    if not 0 < place < len(found) or found[place].name != "publisher" or any(run.name in TITLES for run in found):
        return found
    if not {"author", "editor"} & {run.name for run in found[:place]}:
        return found
    return [*found[:place], replace(found[place], name="title"), *found[place + 1 :]]


def _behind_bracket(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title without the end of the bracket before it."""
    mended = []
    for run in found:
        closes = _CLOSES.match(text, run.start, run.end) if run.name == "title" else None
        mended.append(replace(run, start=closes.end()) if closes and text[run.start - 1] in "([" else run)
    return mended


def _subtitled(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a subtitle behind a full stop as part of the title: "Rasse, Blut und Gene. Geschichte der Eugenik".

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
        ):
            return [*found[:place], replace(run, end=other.end, sure=min(run.sure, other.sure)), *found[place + 2 :]]
    return found


_IN = re.compile(r"[\s,.;:]\s?(?:[Ii]n|[Dd]ans)\s?:\s")


def _title_before_in(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, title and container in the order that an "in:" between them says."""
    first = next((run for run in found if run.name in ("title", "container-title")), None)
    last = next((run for run in reversed(found) if run.name in ("title", "container-title")), None)
    if first is None or last is None or (first.name, last.name) != ("container-title", "title"):
        return found
    if sum(run.name in TITLES for run in found) != 2 or not _IN.search(text, first.end, last.start):
        return found
    names = {id(first): "title", id(last): "container-title"}
    return [replace(run, name=names.get(id(run), run.name)) for run in found]


def _with_role(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, whoever stands first and has a role behind it as the editor: "Bundesanstalt für Arbeit [Hrsg.], …"."""
    first = found[0] if found else None
    if first is None or first.name not in ("title", "container-title", "publisher") or first.start > 1:
        return found
    return [replace(first, name="editor"), *found[1:]] if role_after().match(text, first.end) else found


_LEADING_DASH = re.compile(r"[–—-]\s")


def _behind_dash(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, none with the dash that parts it from the former."""
    return [
        replace(run, start=run.start + 2) if _LEADING_DASH.match(text, run.start, run.end) else run for run in found
    ]


def _periodical(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a name with a day or an issue and nothing else as a periodical: "Kompas, 6 septembre 2010".

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


def _years_of_title(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title with the years that are its own: "Hochschulbericht 1999", "Chara A. Atayev (1936–2008)".

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
        return _years_of_title(text, [*found[: place - 1], whole, *behind])
    return found


_BEFORE_YEAR = re.compile(r",?\s\(?")
_YEARS = re.compile(r"(?:1\d|20)\d\d\s?[-–]\s?(?:1\d|20)?\d\d")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.)])\s(?=[^\W\d_a-z])|(?<=\d\.)\s(?=[^\W\d_a-z])")


def _journal_behind_title(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the journal apart from the title: "… from Madagascar. Spixiana. München 28: 181–189".

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


_LED = re.compile(r"(?:^|[\s.,;:])(?:[Ii]n|[Dd]ans)\s?:?\s\Z")
_DATED = re.compile(r"\s?\((?:1\d|20)\d\d[a-z]?\)\s?:\s")
_WORDY = frozenset({"title", "container-title", "collection-title", "publisher"})
_PARTED = re.compile(r"\s?\((?:1\d|20)\d\d\)\s?:\s|\s?:\s|\.\s|,\s")


def _people_of_container(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the editors apart from the container that they stand before: "in: Georges Courade, L’Afrique …".

    Behind "in" their names come first in German, French and Italian notes, with a word for their role or without.
    """
    place = next((place for place, run in enumerate(found) if run.name == "container-title"), 0)
    container = found[place] if place else None
    if container is None or any(run.name == "editor" for run in found) or not _LED.search(text, 0, container.start):
        return found
    following = next((other for other in range(place + 1, len(found)) if found[other].name != "issued"), 0)
    if following and _DATED.match(text, container.end):
        if found[following].name not in _WORDY:  # "In: Hertener Bürgerstiftung (2000): Bürgerschaftliches Engagement"
            return found
        renamed = {place: "editor", following: "container-title"}
        return [replace(run, name=renamed.get(number, run.name)) for number, run in enumerate(found)]
    names, after = names_from(text, container.start, container.end, alone=False)
    role = role_after().match(text, after, container.end) if names else None
    parted = role or _PARTED.match(text, after, container.end)
    if not names or parted is None or len(text[parted.end() : container.end].split()) < 2:
        return found
    inverted = "," in text[names[0][0] : names[0][1]]
    mark = parted.group().strip()
    if role is None and ((mark == "," and inverted) or (mark == "." and not inverted)):
        return found  # "in Clues, Myths, and the Historical Method" is a title
    editors = [TaggedField("editor", names[0][0], names[-1][1], container.sure)]
    return [*found[:place], *editors, replace(container, start=parted.end()), *found[place + 1 :]]


_PAGES_BEHIND = re.compile(r"(?:\s?\(\d{1,3}\))?\s?:\s?\d{1,5}")
_OF_PERIODICAL = frozenset({"issued", "issue", "volume", "page"})
_MENDED: tuple[Callable[[str, list[TaggedField]], list[TaggedField]], ...] = (
    _with_role,
    _before_date,
    _title_before_in,
    _titled,
    _behind_bracket,
    _subtitled,
    _behind_capitals,
    _imprint_apart,
    _with_months,
    _numbered,
    _with_first_word,
    _behind_dash,
    _years_of_title,
    _journal_behind_title,
    _people_of_container,
    _periodical,
)
