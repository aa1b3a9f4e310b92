"""Persons: authors at the head, editors and translators behind (or before) the words for their roles."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.cues import starts_with_idem, translation_pattern
from citekit.citations.dates import find_dates
from citekit.citations.introductions import introduction_behind
from citekit.citations.line import Line
from citekit.citations.name_runs import name_end, names_from, others_pattern
from citekit.citations.names import is_given_name, is_particle
from citekit.citations.reviews import review_behind
from citekit.citations.roles import (
    edited_by,
    newspaper,
    periodical,
    reference_work,
    role_after,
    role_pattern,
)
from citekit.lexicon import alternation, words

__all__ = ["tag_persons", "tag_translator", "titled_before_statement"]

_ROLE_FIELDS = (("translator", "translator_before"), ("contributor", "contributor_before"), ("editor", "editor_before"))
# "，洪天富译，": in Chinese the role stands behind the name.
_HANZI_ROLE = re.compile(
    r"(?<=[，,、])\s?(?:\[[^\]]{1,3}\])?(?P<name>[\u3400-\u9fff·]{2,12}?)等?(?P<role>译|譯|主编|主編|编|編|校注|点校)(?=[，,：])"
)
_COMMA_LETTER = re.compile(r",\s([^\W\d_])")
_BY = re.compile(r"[\s,.]{0,6}(?:di|by|von|de|par|por|d[’'])\s?", re.IGNORECASE)
_WITHIN = re.compile(r"[\s,]{0,6}in\s", re.IGNORECASE)
_IN = re.compile(r"\sin\s(?=[^\W\d_a-z])")
_HANZI_TAIL = re.compile(r"\s?[\u3400-\u9fff\uf900-\ufaff·]{1,6}(?:\s?\[[^\]]{2,40}\])?")


def tag_persons(line: Line) -> None:
    """Label author (or editor) at the head, then every person behind a word for a role."""
    _head(line)
    _behind_roles(line)


@cache
def _east_asian_before_cited() -> re.Pattern[str]:
    """ "網野前掲書", "陈寅恪：前引书", "이기백, 앞의 책": whose work was cited before."""
    listed = (*words("short_forms", "cited"), *words("short_forms", "note_reference_joined"))
    cited = alternation(word for word in listed if word[0] >= "\u2e80")
    return re.compile(rf"(?P<name>[\u3400-\u9fff々ヶ\uac00-\ud7af]{{1,8}}?)\s?[・、，,：:]?\s?(?={cited})")


# "前掲注(4)朝尾書": behind the number of the note whose book or article is meant.
_BEHIND_NOTE = re.compile(r"(?P<name>[\u3400-\u9fff々ヶ]{1,8}?)(?:論文|論稿|著書|書|书|著|稿|文)(?=[、，,。\s\d]|$)")


def _skip(line: Line, place: int, passed: str) -> int:
    while place < len(line.text) and (line.taken[place] or line.text[place] in passed):
        place += 1
    return place


def _head(line: Line) -> None:
    text = line.text
    start = 0
    start = _skip(line, start, " ,;:.[–—*_")
    again = role_after().match(text, start) if start and line.taken[start - 1] else None
    if again and "(" in again.group():
        line.hold(start, again.end())  # "ders. (Hg.), …"
        line.head = again.end()
        return
    idem = starts_with_idem(text)
    if idem and start <= idem.end() + 2 and text[idem.end() : start].lstrip(" .").startswith(","):
        line.head = start  # "Id., Title": the title follows at once
        return
    start = _skip(line, start, " ,;:.([–—*_")
    start = tag_translator(line, start)
    if start < 0:
        return
    first_mark = next((m.start for m in line.marks if m.quoted and m.start >= start), len(text))
    first_emphasis = next((s.start for s in line.emphasis if s.end > start), len(text))
    end = min(first_mark, first_emphasis, _next_taken(line, start))
    chinese = re.match(
        r"(?P<name>[\u3400-\u9fff·、]{2,20}?)(?:主?[编編]|等?[著撰]|等)?\s?(?:[：:]\s?(?=[《“「『])|(?=[「『]))",
        text[start:],
    )
    before_cited = _east_asian_before_cited().match(text, start)
    if before_cited is None and start and line.taken[start - 1]:
        before_cited = _BEHIND_NOTE.match(text, start)
        if before_cited:
            line.hold(before_cited.end("name"), before_cited.end())
    if before_cited:
        line.label("author", *before_cited.span("name"))
        line.head = before_cited.end()
        return
    if chinese:
        for match in re.finditer(r"[^、]+", chinese["name"]):
            line.label("author", start + match.start(), start + match.end())
        line.head = start + chinese.end()
        return
    if start >= end:
        line.head = start
        return
    found, after = names_from(text, start, end, language=line.language)
    if found and len(found) > 1 and _nothing_left(line, after):
        after, found = found[-1][0], found[:-1]
    if found and len(found) == 1 and _nothing_left(line, after) and not _short_enough(line, found[0]):
        found = []
    if len(found) == 1 and _lower_behind(line, after) and len(text[slice(*found[0])].split()) == 1:
        found = []  # "Mémoires, lettres choisies par …": what small letters go on with is a title
    if not found:
        line.head = start
        return
    if len(found) == 1 and reference_work().search(text[slice(*found[0])]):
        line.label("container-title", *found[0])
        line.head = after
        return
    if len(found) == 1 and periodical().search(text[slice(*found[0])]) and (line.has("volume") or line.has("issue")):
        line.label("container-title", *found[0])  # "Philosophical Transactions, vol. xliv. No. 480"
        line.head = after
        return
    if len(found) == 1 and newspaper().search(text[slice(*found[0])]) and find_dates(text[after : after + 40]):
        line.label("container-title", *found[0])  # "New York Times, 4 July 1976"
        line.head = after
        return
    if len(found) == 1 and (edited_by(text, after) or titled_before_statement(line, found[0])):
        line.head = start  # "Geschichtliche Grundbegriffe, hrsg. von O. Brunner": a title, whatever it looks like
        return
    role = role_after().match(text, after)
    name = "editor" if role else "author"
    for begin, stop in found:
        tail = _HANZI_TAIL.match(text, stop)
        line.label(name, begin, tail.end() if tail else stop)
        if tail:
            after = max(after, tail.end())
    alias = re.match(r"\s?\[[^\]]{2,40}\]", text[found[-1][1] :])
    if alias:
        line.hold(found[-1][1], found[-1][1] + alias.end())
    if role:
        line.hold(after, role.end())
        after = role.end()
    line.head = after


def tag_translator(line: Line, start: int) -> int:
    """ "trad. it. di A. Bianchi, …": the words behind the cue name the translator, then the title follows.

    Returns where the head goes on; -1 when the persons are done.
    """
    cue = translation_pattern().match(line.text)
    if not cue:
        return start
    text = line.text
    place = cue.end()
    by = _BY.match(text, place)
    role = role_pattern("editor_before").match(text, _skip(line, place, " .,"))
    lead = role or by
    if lead:
        end = _next_taken(line, lead.end())
        container = _IN.search(text, lead.end(), end)  # "trad. it. di L. Neri in Il pensiero …"
        found, after = names_from(text, lead.end(), container.start() if container else end, alone=False)
        if found:
            line.hold(cue.end(), lead.end())
            for begin, stop in found:
                line.label("editor" if role else "translator", begin, stop)
            place = after
    if place == cue.end():
        place = _skip(line, place, "")  # who edited it is told already
    within = _WITHIN.match(text, place)
    if within:
        line.hold(place, within.end())
        authors, after = names_from(text, within.end(), _next_taken(line, within.end()))
        for begin, stop in authors:
            line.label("author", begin, stop)
        place = after if authors else within.end()
    line.head = place
    return -1


def titled_before_statement(line: Line, span: tuple[int, int]) -> bool:
    """Whether the first chunk ends with a full stop, has no given name, and an editor is stated behind what follows.

    "Geschichtliche Grundbegriffe. Historisches Lexikon, hrsg. v. Otto Brunner": title and subtitle. Where a full stop
    parts an author from the title, the name is inverted or has initials, or its first word is a given name.
    """
    words_ = line.text[slice(*span)].split()
    return (
        line.stated is not None
        and line.text[span[1] : span[1] + 2] == ". "
        and len(words_) > 1
        and not any("." in word or "," in word or is_particle(word) for word in words_)
        and not any(is_given_name(word) for word in words_)
    )


_TOLD = (role_after, others_pattern, review_behind, introduction_behind)  # what goes on behind names in small letters


def _lower_behind(line: Line, place: int) -> bool:
    text = line.text
    match = _COMMA_LETTER.match(text, place)
    if match is None or line.taken[match.start(1)] or not match[1].islower():
        return False
    return not any(told().match(text, place) for told in _TOLD)


def _next_taken(line: Line, start: int) -> int:
    return next((i for i in range(start, len(line.text)) if line.taken[i]), len(line.text))


def _nothing_left(line: Line, after: int) -> bool:
    """Whether no title could follow: only labelled words, numbers and punctuation."""
    rest = "".join(" " if line.taken[i] else line.text[i] for i in range(after, len(line.text)))
    return not re.search(
        r"[^\W\d_]{3}", re.sub(r"\((?:eds?|hrsg|hg|éds?|dir|cur|org)\.?\)", "", rest, flags=re.IGNORECASE)
    )


def _short_enough(line: Line, span: tuple[int, int]) -> bool:
    """A name alone counts where a year or page follows it ("Skocpol 1979, S. 12"), or a cue ("Weber, op. cit.")."""
    return line.has("issued") or line.has("locator") or any(line.taken[span[1] :])


def _behind_roles(line: Line) -> None:
    text = line.text
    for match in _HANZI_ROLE.finditer(text):
        if match.start() >= line.head and line.free(*match.span()) and not line.quoted(match.start()):
            line.label("translator" if match["role"] in "译譯" else "editor", *match.span("name"))
            line.hold(*match.span())
    for name, concept in _ROLE_FIELDS:
        for match in role_pattern(concept).finditer(text):
            if match.start() < line.head - 1 and line.head > 0 and match.start() != 0:
                continue
            if (
                line.quoted(match.start())
                or line.emphasised(match.start())
                or not line.free(match.start(), match.end())
            ):
                continue
            end = min(_next_taken(line, match.end()), len(text))
            found, _ = names_from(text, match.end(), end, alone=False)
            if not found and match.end() < end:
                stop = name_end(text, match.end(), end)
                if re.fullmatch(r"[^\W\d_a-z][\w'’-]+", text[match.end() : stop].strip()):
                    found = [(match.end(), stop)]
            if not found:
                continue
            line.hold(match.start(), match.end())
            for begin, stop in found:
                tail = _HANZI_TAIL.match(text, stop)
                line.label(name, begin, tail.end() if tail else stop)
