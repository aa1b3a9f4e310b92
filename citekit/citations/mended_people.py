"""Runs of labels that are people, mended where a printed form settles who they are."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from citekit.citations.cues import find_cues
from citekit.citations.line import TaggedField
from citekit.citations.mended_titles import TITLES
from citekit.citations.name_lists import is_institutional
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_given_name, is_particle
from citekit.citations.roles import role_after
from citekit.model import CueKind

__all__ = [
    "author_before_date",
    "authors_before_title",
    "editor_by_role",
    "editors_of_container",
    "given_names_before_title",
    "names_before_dash",
    "title_behind_capitals",
    "title_behind_dash",
    "title_behind_full_names",
    "title_behind_heading",
    "title_behind_name",
    "title_of_one_word",
    "title_with_names",
    "without_dash",
]

_SURE_OF_TITLE = 0.8
# GOST R 7.0.5: "Петров А. А. Крестьянская община": behind family name and initials the title begins without a mark.
_HEADING = re.compile(r"[^\W\d_a-z][^\W\d_]+,?\s(?:[^\W\d_a-z]\.\s?){1,3}\s(?=[^\W\d_]{2,}\s[^\W\d_]{2,})")
# "Statistisches Bundesamt (2004): …", "Société d’histoire, 1998a: …", "NORWAY. CENTRAL BUREAU, 1911 – …".
_DATE_OPENS = re.compile(r"[\s,.(\[]{1,3}\Z")
_DATE_CLOSES = re.compile(r"[a-z]?[)\]]?\s?[:.,–—-]|[a-z]?[)\]]\s")
_GIVEN_AND_PARTICLE = re.compile(
    r"(?P<names>(?:[^\W\d_a-z][\w’'-]+\s){1,4}(?P<particle>[^\W\d_A-Z]{1,3}))\.\s(?=[^\W\d_a-z])"
)
_PARTICLE = 3  # letters of a longer one, at most
_GAP = 4  # characters between a field and the next: a mark and a blank
_NEXT_NAME = re.compile(r"[,;&]|\s(?:et|and|und|e|y|i)\s|\.\s?[^\W\d_]\.")
_LAST_PART = re.compile(r"(?P<names>.+)(?P<mark>[,.]) (?P<title>[^,]+)", re.DOTALL)
# "Weber", "Marx und Engels": family names alone.
_FAMILIES = re.compile(r"[^\W\d_][\w’'-]+(?:\s(?:et|and|und|e|y|i|&)\s[^\W\d_a-z][\w’'-]+){0,2}")
_IMPRINT = frozenset({"publisher", "publisher-place"})
_QUOTES = '"“„«»‘'
# "Virtanen, Matti": one name.
_INVERTED = re.compile(r"[^\W\d_a-z][^\W\d_]+, (?:(?:[^\W\d_a-z]\.\s?){1,3}|[^\W\d_a-z][^\W\d_]{2,})")
_LONGEST_AUTHOR = 160  # characters
# "Pierre GOUBERT, Beauvais": family names in capitals tell where the names end.
_CAPITAL_FAMILY = re.compile(
    r"(?:[^\W\d_][\w’'.-]*\s){1,3}(?:d[eiu]\s|von\s)?[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ’'-]{2,},\s"
)
_CAPITALS = re.compile(r"(?<![^\W\d_])[^\W\d_a-zß-öø-ÿ]{3,}(?![^\W\d_])")
_LEADING_DASH = re.compile(r"[–—-]\s")
_LED = re.compile(r"(?:^|[\s.,;:])(?:[Ii]n|[Dd]ans)\s?:?\s\Z")
_DATED = re.compile(r"\s?\((?:1\d|20)\d\d[a-z]?\)\s?:\s")
_WORDY = frozenset({"title", "container-title", "collection-title", "publisher"})
_PARTED = re.compile(r"\s?\((?:1\d|20)\d\d\)\s?:\s|\s?:\s|\.\s|,\s")


def title_behind_heading(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the title taken out of the author's where it begins behind family name and initials."""
    first = found[0] if found else None
    if first is None or first.name != "author":
        return found
    heading = _HEADING.match(text, first.start)
    if heading is None or heading.end() >= first.end:
        return found
    author = replace(first, end=heading.end() - 1)
    following = found[1] if len(found) > 1 else None
    if following is not None and following.name == "title" and following.start - first.end < _GAP:
        if _NEXT_NAME.search(text, heading.end() - 1, first.end):
            return found
        return [author, replace(following, start=heading.end()), *found[2:]]
    if first.sure >= _SURE_OF_TITLE or any(run.name in TITLES for run in found):
        return found
    return [author, TaggedField("title", heading.end(), first.end, first.sure), *found[1:]]


def given_names_before_title(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, given names and a particle at the head of the title as the author's: "Silva, João da. O sal …".

    ABNT NBR 6023 and MLA 9 put a particle behind the given names, and a full stop behind all.
    """
    if len(found) < 2 or (found[0].name, found[1].name) != ("author", "title") or text[found[0].end] != ",":
        return found
    author, title = found[0], found[1]
    given = _GIVEN_AND_PARTICLE.match(text, title.start, title.end)
    if given is None or not is_particle(given["particle"]) or text[author.end : title.start].strip(" ,"):
        return found
    return [replace(author, end=given.end("names")), replace(title, start=given.end()), *found[2:]]


def title_with_names(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, people right behind the colon of a title that has its author before it as words of the title.

    "O. Costa, Le crépuscule du sel: W. Kern et E. Blanc face à la gabelle": a statement of who wrote or edited does not
    follow a colon in any style; a subtitle does (ISBD 1.3).
    """
    for place, (run, other) in enumerate(pairwise(found)):
        if (
            (run.name, other.name) == ("title", "author")
            and text[run.end : other.start].strip() == ":"
            and any(before.name in ("author", "editor") for before in found[:place])
        ):
            return [*found[:place], replace(run, end=other.end, sure=min(run.sure, other.sure)), *found[place + 2 :]]
    return found


def title_behind_full_names(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the last of what looks like authors as the title, where nothing else is: "Weber, Salzwege, Jena 1931".

    No style cites an imprint or a journal by names alone; a work named by its author ("Weber, op. cit.") has one name
    before that.
    """
    first = found[0] if found else None
    if first is None or first.name != "author" or any(run.name == "title" for run in found):
        return found
    parted = _LAST_PART.fullmatch(text, first.start, first.end)
    if parted is None or len(found) < 2 or found[1].name == "issued" or _is_named(parted["title"]):
        return found  # (behind a year stands the title)
    names, comma = parted["names"], parted["mark"] == ","
    # In the sciences a journal may follow the names, as no title is printed; not one in quotation marks.
    placed = any(
        run.name in _IMPRINT or (run.name == "container-title" and text[run.start - 1] in _QUOTES) for run in found
    )
    full = bool(_INVERTED.fullmatch(names)) or (comma and all(_is_full(name) for name in names.split(", ")))
    families = comma and _FAMILIES.fullmatch(names) is not None
    if placed:
        titled = full or families or any(_is_common(word) for word in parted["title"].split())
    else:
        titled = full and _cited(text, first.end)
    if not titled:
        return found
    author = replace(first, end=parted.end("names"))
    return [author, TaggedField("title", parted.start("title"), first.end, first.sure), *found[1:]]


def _is_common(word: str) -> bool:
    """Whether a word is none of a name: small letters, and no particle."""
    return len(word) > _PARTICLE and word[0].islower() and not is_particle(word)


def _is_named(behind: str) -> bool:
    """Whether some words are a person: a known given name, initials, or one word in capitals."""
    return any(is_given_name(word) or "." in word or (len(word) > 1 and word.isupper()) for word in behind.split())


def _is_full(name: str) -> bool:
    """Whether a name has its given names or initials before the family name, or this one in capitals."""
    parts = name.split()
    if len(parts) < 2:
        return False
    return is_given_name(parts[0]) or any("." in part or (len(part) > 2 and part.isupper()) for part in parts)


def _cited(text: str, place: int) -> bool:
    """Whether an "op. cit." stands right there."""
    cues = find_cues(text[place:])
    return bool(cues) and cues[0].cue.kind is CueKind.CITED and cues[0].start < _GAP


def author_before_date(text: str, found: list[TaggedField]) -> list[TaggedField]:
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


def title_behind_capitals(text: str, found: list[TaggedField]) -> list[TaggedField]:
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


def editor_by_role(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, whoever stands first and has a role behind it as the editor: "Verein für Geschichte [Hrsg.], …"."""
    first = found[0] if found else None
    if first is None or first.name not in ("title", "container-title", "publisher") or first.start > 1:
        return found
    return [replace(first, name="editor"), *found[1:]] if role_after().match(text, first.end) else found


_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_IN_CAPITALS = rf"{_CAPITAL}{{2,}}(?:[\s-]{_CAPITAL}{{2,}}){{0,3}},\s{_CAPITAL}[^,;:–—\d()]{{0,40}}"
_BEFORE_DASH = re.compile(rf"(?P<names>{_IN_CAPITALS}(?:;\s{_IN_CAPITALS}){{0,5}})\s[–—]\s(?=[^\W\d_])")


def title_behind_dash(text: str) -> int | None:
    """Where the title begins behind the dash that closes inverted names in capitals; None without one."""
    dash = _BEFORE_DASH.match(text)
    return dash.end() if dash else None


def names_before_dash(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title behind the dash that closes inverted names: "MOURA, Ana José – O sal do rei" (NP 405)."""
    dash = _BEFORE_DASH.match(text)
    if dash is None or not found or found[0].start or found[0].name not in ("author", "title"):
        return found
    behind = [run for run in found if run.start >= dash.end("names") and run.name != "title"]
    title = next((run for run in found if run.name == "title" and run.end > dash.end()), None)
    edge = behind[0].start if behind else len(text)
    end = min(title.end, edge) if title else len(text[:edge].rstrip(" .,:;"))
    if end <= dash.end() or (title is None and edge == len(text)):
        return found
    sure = found[0].sure
    names = TaggedField("author", 0, dash.end("names"), sure)
    return [names, TaggedField("title", dash.end(), end, title.sure if title else sure), *behind]


# "Ute Kern, Salzherren": in the order of speech no author is a family name alone, unless a small word joins it.
_WORD_BEHIND_NAME = re.compile(
    r"(?P<given>[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_a-z][^\W\d_]+)?)\s(?:[^\W\d_a-z]\.\s)?[^\W\d_a-z][^\W\d_]+,\s"
    r"(?P<word>[^\W\d_a-z][^\W\d_]{3,30})"
)


def title_of_one_word(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a title's first word that was taken for an author: "Ute Kern, Salzherren. Das Recht der Stadt"."""
    first, title = (found[0], found[1]) if len(found) > 1 else (None, None)
    if first is None or title is None or (first.name, title.name) != ("author", "title"):
        return found
    named = _WORD_BEHIND_NAME.fullmatch(text, first.start, first.end)
    if named is None or text[first.end : title.start] != ". " or not is_given_name(named["given"]):
        return found
    author = replace(first, end=named.start("word") - 2)
    return [author, replace(title, start=named.start("word")), *found[2:]]


# "Lucien Faure, Correspondance": a full name, then words with a capital that are no "his life".
_FULL_NAME = re.compile(
    r"(?P<given>[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_a-z][^\W\d_]+)?)\s(?:[^\W\d_a-z]\.\s)?(?P<family>[^\W\d_a-z][^\W\d_]+),\s"
    r"(?!(?:Sa|Son|Ses|Sein|Seine|Ihr|Ihre|His|Her|Su|Sus|Jego|Jej|Il\ssuo|La\ssua)\s)(?=[^\W\d_a-z])"
)
_NAME_ALONE = re.compile(r"[^\W\d_a-z][^\W\d_]+\s(?:[^\W\d_a-z]\.\s)?[^\W\d_a-z][^\W\d_]+")
_MOST_AUTHORS = 4


def authors_before_title(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, further authors taken out of the title: "Jean Morel, Lucien Faure, Correspondance".

    Behind a full name in the order of speech, full names with a known given name and a comma; something is left that
    is the title. "John Smith, Oliver Cromwell, London" has no other title than the second name.
    """
    first, title = (found[0], found[1]) if len(found) > 1 else (None, None)
    if first is None or title is None or (first.name, title.name) != ("author", "title"):
        return found
    if text[first.end : title.start] != ", ":
        return found
    names = text[first.start : first.end].split(", ")
    if not all(_NAME_ALONE.fullmatch(name) and is_given_name(name.split()[0]) for name in names):
        return found
    start = title.start
    for _ in range(_MOST_AUTHORS):
        name = _FULL_NAME.match(text, start, title.end)
        if name is None or not is_given_name(name["given"]) or is_given_name(name["family"]):
            break
        start = name.end()
    if start == title.start:
        return found
    return [replace(first, end=start - 2), replace(title, start=start), *found[2:]]


def title_behind_name(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, a lone word behind full names as the title's first: "Mohamed Kably, Société, pouvoir et religion".

    No list of authors goes from full names to a bare one.
    """
    first, following = (found[0], found[1]) if len(found) > 1 else (None, None)
    if first is None or following is None or (first.name, following.name) != ("author", "title"):
        return found
    names, comma, word = text[first.start : first.end].rpartition(", ")
    if not comma or not word.isalpha() or text[first.end : following.start] != ", ":
        return found
    if is_given_name(word) or not all(_is_full(name) for name in names.split(", ")):
        return found
    author = replace(first, end=first.start + len(names))
    return [author, replace(following, start=author.end + 2), *found[2:]]


def without_dash(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, none with the dash that parts it from the former."""
    return [
        replace(run, start=run.start + 2) if _LEADING_DASH.match(text, run.start, run.end) else run for run in found
    ]


def editors_of_container(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the editors apart from the container that they stand before: "in: Jürgen Kocka, Bürgertum …".

    Behind "in" their names come first in German, French and Italian notes, with a word for their role or without.
    """
    place = next((place for place, run in enumerate(found) if run.name == "container-title"), 0)
    container = found[place] if place else None
    if container is None or any(run.name == "editor" for run in found) or not _LED.search(text, 0, container.start):
        return found
    following = next((other for other in range(place + 1, len(found)) if found[other].name != "issued"), 0)
    if following and _DATED.match(text, container.end):
        if found[following].name not in _WORDY:  # "In: Hansischer Verein (1910): Die Städte am Sund"
            return found
        renamed = {place: "editor", following: "container-title"}
        return [replace(run, name=renamed.get(number, run.name)) for number, run in enumerate(found)]
    names, after = names_from(text, container.start, container.end, alone=False)
    role = role_after().match(text, after, container.end) if names else None
    parted = role or _PARTED.match(text, after, container.end)
    if not names or parted is None or len(text[parted.end() : container.end].split()) < 2:
        return found
    first = text[names[0][0] : names[0][1]]
    inverted = "," in first
    if role is None and not (inverted or "." in first or is_given_name(first.split()[0])):
        return found
    mark = parted.group().strip()
    if role is None and ((mark == "," and inverted) or (mark == "." and not inverted)):
        return found  # "in Clues, Myths, and the Historical Method" is a title
    editors = [TaggedField("editor", names[0][0], names[-1][1], container.sure)]
    return [*found[:place], *editors, replace(container, start=parted.end()), *found[place + 1 :]]
