"""The day of a letter or document that a later edition prints: "Brief an Ruge, 3. Mai 1848, in: Briefe, Berlin 1972".

Chicago 17, 14.111 (letters in published collections) and the editions' own style: who wrote to whom, the day, then the
edition with a year of its own. The day is the letter's (`original-date`), the year the edition's (`issued`).
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.cues import starts_with_idem
from citekit.citations.dates import DateMatch, find_dates, years
from citekit.citations.line import Line
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_given_name
from citekit.citations.places import is_place
from citekit.citations.shelfmarks import names_record
from citekit.lexicon import alternation, words

__all__ = ["tag_letter"]

_DAY = 10  # characters of an EDTF date with its day
_BEFORE = re.compile(r"(?:[,(\[]\s?|[,.]?\s(?:vom|le|dated|of|du|del|de|от|z|z\sdnia|ze\sdne|van|den|av|af)\s|[.:]\s)$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_INITIAL = re.compile(r"[^\W\d_a-z]\.")
_CHUNK = re.compile(r"(?P<title>[^\W\d_][^,;:()\[\]«»„“”\"]{2,80}?)(?=,\s|\s[(\[])")
_NEXT = re.compile(r"[,\s(\[]{1,3}(?P<next>[^,;:()\[\]]{1,40})")
_PUNCTUATION = " \t,.:;"


@cache
def _lead() -> re.Pattern[str]:
    """ ", in: ", " г. // ", "), dans ": what leads from the document to the book that prints it."""
    listed = [word for word in words("volumes", "container") if len(word) > 1 and word[0] < "\u0590" and word != "//"]
    letters = alternation(words("volumes", "container_letter"))
    return re.compile(
        rf"(?:\s?[гр]\.)?[)\]]?(?=[,.;\s/])(?P<lead>)(?:[,.;]\s(?:{alternation(listed)}):?\s|[,.;]\s{letters}:\s|\s?//\s?)(?=\S)",
        re.IGNORECASE,
    )


def tag_letter(line: Line) -> None:
    """Label the day before the words that lead to an edition with a year of its own as `original-date`.

    Of a record that its word names ("Brief an …", "Carta a …") the words before the day are the title.
    """
    for date in find_dates(line.text, line.language):
        lead = _lead().match(line.text, date.end)
        if lead is None or line.quoted(date.start) or not line.free(date.start, date.end):
            continue
        before = _BEFORE.search(line.text, max(0, date.start - 12), date.start)
        if before and _LETTERS.search(line.text, 0, before.start()) and _printed_later(line, date, lead.end()):
            line.label("original-date", date.start, date.end, strip="")
            if names_record(line.text) and line.free(0, before.start()) and len(date.edtf) == _DAY:
                line.label("title", 0, before.start())
            line.hold(before.start(), lead.start("lead"))
            _edition(line, lead.end())
        return


def _printed_later(line: Line, date: DateMatch, place: int) -> bool:
    """Whether another year follows behind `place`: that of the edition."""
    return any(
        line.free(place + year.start, place + year.end) and year.edtf[:4] >= date.edtf[:4]
        for year in years(line.text[place:])
    )


def _edition(line: Line, start: int) -> None:
    """Label the edition's title where its author stands before it: "in: Friedrich Hebbel, Briefe, Bd. 2"."""
    text = line.text
    idem = starts_with_idem(text[start : start + 20])
    if idem:
        place = start + idem.end()
    else:
        found, place = names_from(text, start, len(text), alone=False)
        first = text[slice(*found[0])].split() if found else []
        if not first or not (is_given_name(first[0]) or _INITIAL.match(first[0])):
            return
    while place < len(text) and text[place] in _PUNCTUATION:
        place += 1
    title = _CHUNK.match(text, place)
    behind = _NEXT.match(text, title.end()) if title else None
    if title is None or behind is None or not line.free(*title.span()) or is_place(title["title"]):
        return
    place_and_year = behind["next"].split()
    imprint = is_place(" ".join(word for word in place_and_year if not word.isdigit()))
    if line.taken[behind.start("next")] or imprint or place_and_year[0][-1] == "." or place_and_year[0].isdigit():
        line.label("container-title", *title.span("title"))
        line.hold(start, title.start())
