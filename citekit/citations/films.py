"""Films, recordings, broadcasts: "Metropolis, Regie: Fritz Lang, Deutschland 1927", "Analysis, BBC One, 12 March 2009".

A film is cited by its title, whoever directed it, and studio or country with the year (Chicago 17, 14.265; MLA 9, 5.30;
ISO 690:2010, 5.4). The director stands behind a word of their own, or a word that editors of books have too: then the
bracket of the year or of the studio, which no book has, or what the film is kept on tells the film.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import find_dates
from citekit.citations.line import Line
from citekit.citations.name_runs import names_from
from citekit.citations.places import is_place, is_region
from citekit.citations.prose import sentence_words
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["cites_film", "film_kind", "tag_film", "tag_medium"]

_LONGEST_TITLE = 120  # characters
_LONGEST_NAMES = 100
_TITLE = re.compile(
    r"[«„“\"*_]?[^\W_a-z][^()\[\];]{0,118}?(?:\s\([^()]{1,40}\))?"
    r"(?P<mark>(?:[,.:;][”»“\"*_]{0,3}|[”»“\"*_]{1,3}[,.:;]?)\s|\s\()"
)
_IN_BRACKET = re.compile(r"\([^()]{2,80}[,;.]\s")
_YEAR = r"(?:18[89]|19\d|20\d)\d"
# Behind the director: ", France, 1937", " (Warner Bros., 1942)", ". UFA, 1927", ", BRD 1959", ", 1962".
_IMPRINT = re.compile(
    rf"(?P<open>[,.;]?\s?\(|[,.;]\s)(?:(?P<first>{_YEAR});\s)?(?P<said>[^()\d;]{{0,80}}?),?\s?(?<!\d)(?P<year>{_YEAR})(?!\d)\)?"
)
_TITLE_ALONE = re.compile(r"[«„“\"][^»“”\"]{1,100}[»“”\"]|[^,.;()]{1,100}")
_ALONE = re.compile(rf"[,.]?\s?\(?(?P<year>{_YEAR})\)?")
_BEHIND_NAME = re.compile(
    rf"[^(),\d:;]{{3,80}}(?:\s\((?P<studio>[^():\d]{{2,60}}),\s{_YEAR}\)|,\s(?P<country>[^():,\d]{{2,40}}),?\s{_YEAR})"
)
_HOUSE = re.compile(r"(?P<place>[^:]{2,40}):\s(?P<house>[^:]{2,60})")
_RUNNING_TIME = re.compile(r"[,.;]\s(?P<time>\d{1,3}\s?(?:min|Min|мин)\.?)(?=[,.;)\s]|$)")
# "00:45:12": where in the film.
_MOMENT = re.compile(r"(?<=[\s(])(?P<at>\d{1,2}:\d{2}:\d{2}(?:[-–]\d{1,2}:\d{2}:\d{2})?)(?=[.,;)]|$)")
_CAPITALS = re.compile(
    r"[^\W\d_a-z][\w’'-]+(?:\s(?:v[oa]n|de[rnl]?|di|da|la|[^\W\d_a-z][\w’'-]+)){1,4}(?=[,.;)(]|\s\(|$)"
)
_EDGES = " \t,;.:"


@cache
def _directed() -> Sought:
    clear, shared = words("roles", "director_before"), words("roles", "director_or_editor_before")
    return sought(
        rf"(?<![^\W\d_])(?:(?P<clear>(?i:{alternation(clear)}))|(?P<shared>(?i:{alternation(shared)})))(?![^\W\d_])\s?(?=[^\W\d_a-z])",
        [*clear, *shared],
    )


@cache
def _director_behind() -> Sought:
    listed = words("roles", "director_after")
    said = alternation(listed)
    return sought(rf"(?:\s[(\[](?:{said})[)\]]|,\s(?:{said}))[,.:]?\s(?=[«„“\"*_]*[^\W\d_a-z])", listed)


@cache
def _medium(concept: str) -> Sought:
    listed = words("kinds", concept)
    return sought(rf"[,.;(]\s(?P<medium>(?:\d{{1,2}}\s)?{alternation(listed)}s?)(?=[.)]*\Z|[,;]\s\d)", listed)


def _credit(text: str) -> tuple[re.Match[str], re.Match[str] | None] | None:
    """Title and the director's word behind it; None where the words are no film's."""
    for role in _directed().finditer(text):
        title = _TITLE.fullmatch(text, 0, role.start())
        if title is None:
            opened = text.rfind("(", 0, role.start())  # "(Deutschland 2006, Regie: …)"
            if not role["clear"] or opened < 1 or not _IN_BRACKET.fullmatch(text, opened, role.start()):
                continue
        if sentence_words(text[: min(role.start(), _LONGEST_TITLE)]):
            continue
        if role["clear"] or (title is not None and title["mark"].endswith("(")) or _shows_film(text, role.end()):
            return role, title
    return None


def _shows_film(text: str, start: int) -> bool:
    """Whether a studio without a town stands in the bracket behind a name, a country before the year, or a medium."""
    behind = _BEHIND_NAME.match(text, start)
    if behind is not None:
        made = behind["studio"] or behind["country"]
        if not is_place(made) and (behind["studio"] or _is_country(made)):
            return True
    return _medium("film_medium").search(text) is not None or _MOMENT.search(text) is not None


def _is_country(name: str) -> bool:
    return is_region(name) or name.strip() in words("kinds", "film_country")


@lru_cache(maxsize=REMEMBERED)
def cites_film(text: str) -> bool:
    """Whether words begin with a film's title and who directed it, or with a broadcast, who sent it and when.

    >>> cites_film("Roma città aperta, regia di Roberto Rossellini, Italia 1945")
    True
    >>> cites_film("Histoire de la vie privée, dir. Georges Duby, Paris, Seuil, 1985")
    False
    """
    return _credit(text) is not None or _broadcast(text) is not None


def film_kind(item: Mapping[str, Any], text: str) -> str | None:
    """The CSL type of a film, a recording or a broadcast; None for other works."""
    medium = str(item.get("medium") or "")
    if item.get("director"):
        return "broadcast" if item.get("container-title") else "motion_picture"
    if medium:
        return "song" if _medium("sound_medium").search(f", {medium}") else "motion_picture"
    return "broadcast" if _broadcast(text) else None


def tag_film(line: Line) -> None:
    """Label title, director, studio or country, and year of a film; title, sender and day of a broadcast."""
    _tag_broadcast(line)
    credit = _credit(line.text)
    if credit is None:
        _tag_director_first(line)
        return
    role, title = credit
    if not line.free(0, role.end()):
        return
    names, end = names_from(line.text, role.end(), min(len(line.text), role.end() + _LONGEST_NAMES), alone=False)
    if not names:
        named = _CAPITALS.match(line.text, role.end())
        if named is None:
            return
        names, end = [named.span()], named.end()
    if title is not None:
        own = line.text[0] not in '«„“"' and line.text[title.start("mark")] in '»”"'  # "Броненосец «Потёмкин»"
        _label_title(line, 0, title.start("mark") + own)
        line.hold(title.start("mark"), role.end())
    else:
        opened = line.text.rfind("(", 0, role.start())
        _label_title(line, 0, opened)
        _label_imprint(line, opened, role.start())
        line.hold(role.start(), role.end())
    line.label("director", names[0][0], names[-1][1])
    _label_imprint(line, end, len(line.text))
    _label_rest(line)


def _tag_director_first(line: Line) -> None:
    """ "Jean Renoir (réal.), La Règle du jeu, France, 1939": the word stands behind the name."""
    behind = _director_behind().search(line.text)
    if behind is None or behind.start() > _LONGEST_NAMES or not line.free(0, behind.end()):
        return
    names, end = names_from(line.text, 0, behind.start(), language=line.language)
    if not names or line.text[end : behind.start()].strip():
        return
    title = _TITLE_ALONE.match(line.text, behind.end())
    if title is None or _imprint(line.text, title.end(), len(line.text)) is None:
        return
    line.label("director", names[0][0], end)
    line.hold(end, behind.end())
    _label_title(line, *title.span())
    _label_imprint(line, title.end(), len(line.text))
    _label_rest(line)


def _label_title(line: Line, start: int, end: int) -> None:
    """The title; where it is an episode's in quotation marks, its programme behind it is the container."""
    episode = next((mark for mark in line.marks if mark.quoted and mark.start == start and mark.end < end - 1), None)
    if episode is None:
        marks = '«»„“”"' if line.text[start] in '«„“"' else ""
        line.label("title", start, end, strip=" \t,;.*_" + marks)
        return
    line.label("title", *episode.inner, strip=" \t,;.*_")
    programme = re.compile(r"[\s,.*_]{1,4}(?P<name>[^\W\d_a-z][^,;]{2,80})").match(line.text, episode.end, end)
    if programme:
        line.label("container-title", *programme.span("name"))


def _imprint(text: str, start: int, end: int) -> re.Match[str] | None:
    return _IMPRINT.match(text, start, end) or _ALONE.match(text, start, end)


def _label_imprint(line: Line, start: int, end: int) -> None:
    found = _imprint(line.text, start, end)
    if found is None:
        return
    groups = found.re.groupindex
    if "first" in groups and found["first"]:
        line.label("original-date", *found.span("first"), strip="")
    if "said" in groups and found["said"]:
        _label_made(line, *found.span("said"))
    line.label("issued", *found.span("year"), strip="")
    line.hold(found.start(), found.end())


def _label_made(line: Line, start: int, end: int) -> None:
    """Where and by whom a film was made: "Burbank, CA: Warner", "France", "Argos Films", "BRD/Österreich"."""
    placed = _HOUSE.fullmatch(line.text, start, end)
    if placed:
        line.label("publisher-place", *placed.span("place"))
        line.label("publisher", *placed.span("house"))
        return
    for first, last in _chunks(line.text, start, end):
        name = line.text[first:last].strip(_EDGES)
        place = any(is_place(part) or _is_country(part) for part in re.split(r"\s?[/–-]\s?", name))
        line.label("publisher-place" if place else "publisher", first, last, strip=" \t,;:")


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words between commas; no more than two tell a country and a studio."""
    for match in list(re.compile(r"[^,]+").finditer(text, start, end))[:2]:
        yield match.span()


def _label_rest(line: Line) -> None:
    """The running time and the moment in the film, so that they are no pages."""
    for match in _RUNNING_TIME.finditer(line.text):
        line.hold(*match.span())
    moment = _MOMENT.search(line.text)
    if moment and line.free(*moment.span("at")):
        line.hold(*moment.span("at"))


def tag_medium(line: Line) -> None:
    """Label what a film or a recording is kept on, where it closes the words: ", DVD", ", LP"."""
    for concept in ("film_medium", "sound_medium"):
        found = _medium(concept).search(line.text)
        if found and found.start() and line.free(*found.span()) and not line.quoted(found.start()):
            line.label("medium", *found.span("medium"))
            line.hold(*found.span())
            line.tail = min(line.tail, found.start())
            return


@cache
def _sender() -> Sought:
    listed = words("kinds", "broadcaster")
    return sought(
        rf"(?P<head>[«„“\"*_]?[^\W_a-z][^()\[\];]{{1,118}}?)[,.]?[”»“\"*_]*[,.]?\s(?:on\s)?(?P<sender>{alternation(listed)}(?:\s?\d{{1,2}})?),\s"
        r"(?:(?:broadcast|aired|gesendet|Sendung|diffusé|trasmesso|emitido)\s(?:on\s|am\s|vom\s|le\s|il\s|el\s|del\s)?)?(?=\S)",
        listed,
    )


@lru_cache(maxsize=REMEMBERED)
def _broadcast(text: str) -> tuple[re.Match[str], tuple[int, int]] | None:
    """A programme, who sent it, and the day, which is all that follows but for the hour."""
    found = _sender().match(text) if _sender().presence.possible(text) and len(text) < 2 * _LONGEST_TITLE else None
    if found is None or sentence_words(found["head"]):
        return None
    for date in find_dates(text):
        if date.start == found.end() and len(date.edtf) == len("2009-03-12") and len(text) - date.end < 15:
            return found, (date.start, date.end)
    return None


def _tag_broadcast(line: Line) -> None:
    found = _broadcast(line.text)
    if found is None or not line.free(0, found[1][1]):
        return
    head, day = found
    _label_title(line, 0, head.end("head"))
    line.label("publisher", *head.span("sender"), strip="")
    line.label("issued", *day, strip="")
    line.hold(0, day[1])
