"""Short forms in full view: names, a title and a page ("Bohstedt, *Riots*, 99"; "Weir (n 4) 98").

Whatever words stand around them, they are citations: in a sentence ("As Bohstedt, *Riots*, 98 shows"), in brackets,
behind the page of another citation ("Vogel, Gewerbefreiheit, S. 140, gegen Koselleck, Preußen, S. 190").
"""

from __future__ import annotations

import re

from citekit.citations.cues import find_cues
from citekit.citations.cuts import ends_with_page
from citekit.citations.locators import find_locators
from citekit.citations.prose import sentence_words
from citekit.citations.topics import is_imprint, is_name, no_title
from citekit.model import CueKind, Span

__all__ = ["further_short_forms", "short_form_at", "short_forms"]

_LOOKED_AT = 220  # characters
_LONGEST_NAMES = 90  # characters
_LONGEST_BETWEEN = 30  # characters of the words between two citations
_PAGE_ENDS = "0123456789fn"
_WORD_START = re.compile(r"(?<![\w.’'*-])(?=[^\W\d_])|(?<=[\s(][*_])(?=[^\W\d_])")
_NAMES_END = re.compile(r",\s|:\s|\s(?=\()")
_MORE_NAMES = re.compile(r"(?:[^\W\d_a-z][\w’'-]+,\s){0,3}(?:and|und|et|e|y|en|i|&)\s[^\W\d_a-z][\w’'-]+,\s")
_OF_NOTE = re.compile(r"\((?:n|fn|note)\.?\s\d{1,4}\)(?:,?\s\d{1,4}(?:[-–]\d{1,4})?)?(?!\d)")
_CLOSING_NOTE = re.compile(r"\((?:n|fn|note)\.?\s\d{1,4}\)\s\d{1,4}$")  # "Stapleton (n 13) 65" (OSCOLA 1.2.1)
_PLAIN_TITLE = re.compile(r"[^\W\d_a-z][^,;:.()“”«»„\"]{2,80}(?=,\s)")
_QUOTED_TITLE = re.compile(r"[“«„\"‘][^“”«»„\"]{2,120}[”»“\"’],?(?=,?\s)")
_BARE_PAGE = re.compile(r"\d{1,4}(?:[-–]\d{1,4})?(?!\d)(?![.,]?\s?[-–]?\d)|passim\b")
_MARK = "*_ "
_OPENED = ("(", "(*", "(_")
_JOINED = re.compile(r"\s(?:and|und|et|e|y|en|i|sowie)\s[*_]?$")
_COMMENT = re.compile(r",?\s[^\W\dA-Z_][^\d()]{2,}")
_SMALL = r"[^\W\d_]{1,14}\.?"
# Between two citations: ", ", ". – ", ", gegen ", " (zit. nach ".
_BETWEEN = re.compile(rf"\.?(?:,\s|\s[–—-]\s|,?\s\(?(?P<said>{_SMALL}(?:\s{_SMALL}){{0,3}})\s)")


def short_form_at(
    text: str, place: int, end: int, emphasis: tuple[Span, ...] = (), *, places: bool = False
) -> int | None:
    """Where the short form ends that begins at `place` with names, None where none does.

    `places`: whether its title may be a place ("Koselleck, Preußen, S. 190"), as behind the page of another.
    """
    if not text[place].isupper():
        return None
    edge = _NAMES_END.search(text, place, min(end, place + _LONGEST_NAMES))
    while edge and edge.group() == ", ":
        more = _MORE_NAMES.match(text, edge.end(), end)
        if not more:
            break
        edge = _NAMES_END.search(text, more.end() - 2, end)
    if edge is None or not is_name(text[place : edge.start()]):
        return None
    if edge.group() == " ":
        note = _OF_NOTE.match(text, edge.end(), end)
        return note.end() if note else None
    return _title_and_page(text, edge.end(), end, emphasis, places=places)


def _title_and_page(text: str, place: int, end: int, emphasis: tuple[Span, ...], *, places: bool) -> int | None:
    """Where a title and its page end, or an "op. cit." and its page."""
    cues = find_cues(text[place : min(end, place + _LOOKED_AT)][:24])
    if cues and cues[0].start <= 1 and cues[0].cue.kind is CueKind.CITED:
        return _page(text, place + cues[0].end, end, marked=True)
    span = next((span for span in emphasis if 0 <= span.start - place <= 1), None)
    if span is not None:
        return _page(text, span.end, end, marked=True)
    quoted = _QUOTED_TITLE.match(text, place, end)
    if quoted:
        return _page(text, quoted.end(), end, marked=True)
    title = _PLAIN_TITLE.match(text, place, end)
    if title is None or (not places and is_imprint(title.group())) or no_title(title.group()):
        return None
    return _page(text, title.end(), end, marked=False)


def _page(text: str, place: int, end: int, *, marked: bool) -> int | None:
    """Where the page ends that follows a title, perhaps an "op. cit." before it; a bare number behind marked titles."""
    while place < end and text[place] in _MARK:
        place += 1
    if not text.startswith(",", place) and text[place - 1 : place] not in ",.":
        return None
    while place < end and text[place] in ", *_":
        place += 1
    rest = text[place : min(end, place + 60)]
    cues = find_cues(rest)
    if marked and cues and cues[0].start <= 1 and cues[0].cue.kind is CueKind.CITED:
        return _page(text, place + cues[0].end, end, marked=marked)
    located = find_locators(rest)
    if located and located[0].start == 0:
        return place + located[0].end
    bare = _BARE_PAGE.match(rest) if marked else None
    return place + bare.end() if bare else None


def short_forms(text: str, start: int, end: int, emphasis: tuple[Span, ...] = ()) -> list[tuple[int, int]]:
    """The bounds of the short forms that a sentence holds."""
    found: list[tuple[int, int]] = []
    for match in _WORD_START.finditer(text, start, end):
        if (found and match.start() < found[-1][1]) or not text[match.start()].isupper():
            continue
        closed = short_form_at(text, match.start(), end, emphasis)
        if closed is not None:
            found.append((match.start(), closed))
        elif bracketed := _title_in_brackets(text, match.start(), end, emphasis):
            found.append(bracketed)
    return found


def _title_in_brackets(text: str, place: int, end: int, emphasis: tuple[Span, ...]) -> tuple[int, int] | None:
    """The bounds of a title in italics and its page, where the sentence names the author: "Bohstedt (*Riots*, 99)"."""
    edge = _NAMES_END.search(text, place, min(end, place + _LONGEST_NAMES))
    if edge is None or edge.group() != " " or not is_name(text[place : edge.start()]):
        return None
    span = next((span for span in emphasis if text[edge.end() : span.start] in _OPENED), None)
    closed = _page(text, span.end, end, marked=True) if span else None
    return (span.start, closed) if span and closed and text.startswith(")", closed) else None


def further_short_forms(text: str, start: int, end: int, emphasis: tuple[Span, ...] = ()) -> list[tuple[int, int]]:
    """The bounds of a citation and of the short forms behind its page, which small words or brackets lead to.

    One pair where it is one citation alone.
    """
    bounds, closed = [(start, end)], None
    for match in _WORD_START.finditer(text, start + 1, end):
        place = match.start()
        if not text[place].isupper() or (len(bounds) > 1 and place < bounds[-1][0] + 2):
            continue
        first = bounds[-1][0]
        before = _before(text, first, place)
        if before is None:
            continue
        ended = short_form_at(text, place, end, emphasis, places=True)
        if ended is None and _JOINED.search(text[before:place]):
            ended = _title_at(text, place, end, emphasis)
        if ended is None:
            continue
        closed = ended
        bounds[-1] = (first, before)
        bounds.append((place, end))
    if closed and (sentence_words(text[closed:end]) or _COMMENT.fullmatch(text, closed, end)):
        bounds[-1] = (bounds[-1][0], closed)
    return bounds


def _title_at(text: str, place: int, end: int, emphasis: tuple[Span, ...]) -> int | None:
    """Where the page behind a title in italics ends: ", et *La campagne*, op. cit., p. 8", of the same author."""
    span = next((span for span in emphasis if 0 <= place - span.start <= 1), None)
    return _page(text, span.end, end, marked=True) if span else None


def _before(text: str, first: int, place: int) -> int | None:
    """Where the citation before `place` ends: at its page, with nothing but small words behind it."""
    for cut in range(place - 1, max(first, place - _LONGEST_BETWEEN), -1):
        if text[cut] not in _PAGE_ENDS or text[cut + 1].isalnum() or text.startswith(".,", cut + 1):
            continue  # "2., überarb. Aufl." counts the edition
        match = _BETWEEN.fullmatch(text, cut + 1, place)
        if match and (match["said"] is None or match["said"][0].islower()):
            said = text[first : cut + 1]
            return cut + 1 if ends_with_page(said) or _CLOSING_NOTE.search(said) else None
    return None
